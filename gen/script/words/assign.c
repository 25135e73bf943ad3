/* SPDX-License-Identifier: MIT */
/* The words ddt and observe: equations of a problem file. */
#include <string.h>

#include "base/intern.h"
#include "script/table.h"
#include "script/words/words.h"

#define TARGET_TYPE "list of equations"

/* `ddt`, `observe` (vector NULL) or what ddt.u and observe.v give (vector
 * "u"), whose elements can be assigned. */
typedef struct Target {
    const char *vector;
    bool observes;
} Target;

static void push_target(lua_State *L, bool observes, const char *vector)
{
    Target *target = lua_newuserdatauv(L, sizeof *target, 0);
    *target = (Target){ vector, observes };
    luaL_setmetatable(L, TARGET_TYPE);
}

static const char *target_word(const Target *target)
{
    return target->observes ? "observe" : "ddt";
}

/* The name that the key at index 2 stands for: text, a symbol, or an element's
 * number. NULL after a report. */
static const char *key_name(lua_State *L, const Target *target)
{
    Arena *arena = reader_of(L)->arena;
    const Expr *symbol = symbol_get(L, 2);
    if (target->vector) {
        if (lua_isinteger(L, 2) && lua_tointeger(L, 2) >= 1)
            return intern(arena_printf(arena, "%s[%lld]", target->vector, (long long)lua_tointeger(L, 2)));
        sandbox_error(L, "%s.%s[%s]: the index of an element is a whole number from 1", target_word(target),
                      target->vector, luaL_tolstring(L, 2, NULL));
        return NULL;
    }
    if (lua_type(L, 2) == LUA_TSTRING) return intern(lua_tostring(L, 2));
    if (symbol && symbol->kind == EXPR_SYMBOL && !symbol_is_stand_in(symbol)) return symbol->symbol->name;
    if (!symbol) sandbox_error(L, "%s needs a name: %s.NAME = expression", target_word(target), target_word(target));
    return NULL;
}

/* Reading gives back what was assigned, or a way to the elements of a vector. */
static int read_target(lua_State *L)
{
    const Target *target = luaL_checkudata(L, 1, TARGET_TYPE);
    Reader *reader = reader_of(L);
    const char *name = key_name(L, target);
    const Expr *known = name ? names_get(target->observes ? reader->observed : reader->derivatives, name) : NULL;
    const Name *declared = name ? names_get(reader->names, name) : NULL;
    if (known)
        symbol_push(L, known);
    else if (name && !target->vector && (!declared || declared->elements))
        push_target(L, target->observes, name);
    else {
        if (name) sandbox_error(L, "%s.%s is read before it is assigned", target_word(target), name);
        symbol_push(L, symbol_stand_in(L, "?"));
    }
    return 1;
}

static void add_equation(EquationList *list, Reader *reader, const char *name, const Expr *expr, const char *text,
                         Source source)
{
    Equation *equation = array_push(reader->arena, list);
    *equation = (Equation){ name, NULL, expr, text, "", source };
}

void assign_derivative(Reader *reader, const char *state, const Expr *expr, const char *text, Source source)
{
    add_equation(&reader->spec->derivatives, reader, state, expr, text, source);
    if (!names_get(reader->derivatives, state)) names_set(reader->derivatives, state, (void *)expr);
}

/* An observable takes a name like a declaration; its second equation is
 * reported with those of the states, when all are known. */
static void assign_observable(lua_State *L, const char *name, const char *vector, const Expr *expr)
{
    Reader *reader = reader_of(L);
    Source source = sandbox_source(L);
    const char *declared = vector ? vector : name;
    const Name *previous = names_get(reader->names, declared);
    bool known = previous && previous->kind == NAME_OBSERVABLE && !previous->elements == !vector;
    if (!known && !declare_name(L, declared, NAME_OBSERVABLE, vector != NULL, source)) return;
    add_equation(&reader->spec->observables, reader, name, expr, table_statement_text(L), source);
    if (!names_get(reader->observed, name)) names_set(reader->observed, name, (void *)expr);
}

static void assign_one(lua_State *L, const Target *target, const char *name, const char *vector)
{
    sandbox_charge_more(L, RECORD_BYTES);
    const char *what = arena_printf(reader_of(L)->arena, "the right side of %s.%s", target_word(target), name);
    const Expr *expr = symbol_want(L, -1, what);
    if (target->observes)
        assign_observable(L, name, vector, expr);
    else
        assign_derivative(reader_of(L), name, expr, table_statement_text(L), sandbox_source(L));
}

/* ddt.u = { ... }: one expression for each element. */
static void assign_elements(lua_State *L, const Target *target, const char *vector)
{
    int count = (int)luaL_len(L, 3);
    const Name *declared = names_get(reader_of(L)->names, vector);
    if (!target->observes && declared && declared->elements && declared->elements != count) {
        sandbox_error(L, "ddt.%s has %d expressions; '%s' has %d elements", vector, count, vector, declared->elements);
        return;
    }
    for (int i = 1; i <= count; i++) {
        lua_rawgeti(L, 3, i);
        assign_one(L, target, intern(arena_printf(reader_of(L)->arena, "%s[%d]", vector, i)), vector);
        lua_pop(L, 1);
    }
}

static int assign_target(lua_State *L)
{
    const Target *target = luaL_checkudata(L, 1, TARGET_TYPE);
    const char *name = key_name(L, target);
    if (!name) return 0;
    if (lua_istable(L, 3) && !target->vector)
        assign_elements(L, target, name);
    else
        assign_one(L, target, name, target->vector);
    return 0;
}

static int call_target(lua_State *L)
{
    const char *word = target_word(luaL_checkudata(L, 1, TARGET_TYPE));
    sandbox_error(L, "'%s' is not called; write %s.NAME = expression", word, word);
    symbol_push(L, symbol_stand_in(L, "?"));
    return 1;
}

void assign_open(lua_State *L)
{
    static const luaL_Reg methods[] = {
        { "__index", read_target },
        { "__newindex", assign_target },
        { "__call", call_target },
        { NULL, NULL },
    };
    luaL_newmetatable(L, TARGET_TYPE);
    luaL_setfuncs(L, methods, 0);
    lua_pop(L, 1);
}

void assign_push_ddt(lua_State *L)
{
    push_target(L, false, NULL);
}

void assign_push_observe(lua_State *L)
{
    push_target(L, true, NULL);
}
