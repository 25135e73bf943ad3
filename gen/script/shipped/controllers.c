/* SPDX-License-Identifier: MIT */
#include "script/shipped/controllers.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/intern.h"
#include "script/lua/embedded.h"
#include "script/lua/sandbox.h"

/* A controller while it is read: its table is at stack index 1. */
typedef struct Draft {
    lua_State *L;
    Controller controller;
    bool good;
} Draft;

static const char *const fields[] = { "adaptive", "at_most_i", "kd", "ki", "kp", "ratio", "reference", "title" };

enum { FIELD_COUNT = sizeof fields / sizeof *fields };

static void complain(Draft *draft, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void complain(Draft *draft, const char *format, ...)
{
    Arena *arena = sandbox_arena(sandbox_of(draft->L));
    va_list args;
    va_start(args, format);
    sandbox_error(draft->L, "controller '%s': %s", draft->controller.name, arena_vprintf(arena, format, args));
    va_end(args);
    draft->good = false;
}

static bool is_field(const char *name)
{
    for (int i = 0; i < FIELD_COUNT; i++)
        if (!strcmp(fields[i], name)) return true;
    return false;
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Sorted, for Lua's own order changes from run to run. */
static void complain_unknown(Draft *draft, const char **names, int count)
{
    qsort(names, (size_t)count, sizeof *names, compare_names);
    for (int i = 0; i < count; i++) {
        const char *nearest = nearest_name(names[i], fields, FIELD_COUNT);
        if (nearest)
            complain(draft, "unknown field '%s'; did you mean '%s'?", names[i], nearest);
        else
            complain(draft, "unknown field '%s'", names[i]);
    }
}

static void check_fields(Draft *draft)
{
    lua_State *L = draft->L;
    ARRAY(const char *) unknown = { NULL, 0, 0 };
    bool unnamed = false;
    for (lua_pushnil(L); lua_next(L, 1); lua_pop(L, 1)) {
        if (lua_type(L, -2) != LUA_TSTRING)
            unnamed = true;
        else if (!is_field(lua_tostring(L, -2)))
            *array_push(sandbox_arena(sandbox_of(L)), &unknown) = intern(lua_tostring(L, -2));
    }
    if (unknown.count) complain_unknown(draft, unknown.items, unknown.count);
    if (unnamed) complain(draft, "an entry has no name; write ki = \"1\"");
}

static const char *read_text(Draft *draft, const char *field)
{
    const char *text = "";
    if (lua_getfield(draft->L, 1, field) == LUA_TSTRING) text = intern(lua_tostring(draft->L, -1));
    if (!*text) complain(draft, "'%s' is no text; write %s = \"...\"", field, field);
    lua_pop(draft->L, 1);
    return text;
}

static bool read_choice(Draft *draft, const char *field)
{
    int type = lua_getfield(draft->L, 1, field);
    bool choice = lua_toboolean(draft->L, -1);
    if (type != LUA_TBOOLEAN && type != LUA_TNIL) complain(draft, "'%s' is neither true nor false", field);
    lua_pop(draft->L, 1);
    return choice;
}

static bool is_given(Draft *draft, const char *field)
{
    bool given = lua_getfield(draft->L, 1, field) != LUA_TNIL;
    lua_pop(draft->L, 1);
    return given;
}

static void parse_exponent(Number *exponent, Draft *draft, const char *field)
{
    const char *text = lua_tostring(draft->L, -1), *why;
    if (number_parse(exponent, text, &why)) return;
    complain(draft, "'%s' is \"%s\", which is no number: %s", field, text, why);
}

/* Exponents that mean anything lie far within this. */
enum { EXPONENT_MOST = 100 };

static Number read_exponent(Draft *draft, const char *field)
{
    Number exponent = number_integer(0);
    int type = lua_getfield(draft->L, 1, field);
    if (type == LUA_TSTRING)
        parse_exponent(&exponent, draft, field);
    else if (type == LUA_TNUMBER)
        exponent = number_double(lua_tonumber(draft->L, -1));
    else if (type != LUA_TNIL)
        complain(draft, "'%s' is no number; write %s = \"0.5\"", field, field);
    lua_pop(draft->L, 1);
    if (fabsl(exponent.value) <= EXPONENT_MOST) return exponent;
    complain(draft, "'%s' is not between -%d and %d", field, EXPONENT_MOST, EXPONENT_MOST);
    return number_integer(0);
}

/* On err_n = C h_n^q the logarithms of step sizes follow x_{n+1} = (1 - ki +
 * ratio) x_n + (kp - ratio) x_{n-1} - kd x_{n-2}. They settle when the roots of
 * z^3 + a z^2 + b z + c lie within the unit circle: Jury's conditions. */
static void check_settling(Draft *draft)
{
    const Controller *it = &draft->controller;
    const long double a = it->ki.value - it->ratio.value - 1, b = it->ratio.value - it->kp.value, c = it->kd.value;
    if (1 + a + b + c <= 0)
        complain(draft, "ki - kp + kd is %Lg, so that step sizes run away from any tolerance; it must be above 0",
                 1 + a + b + c);
    else if (1 - a + b - c <= 0 || fabsl(c) >= 1 || fabsl(b - a * c) >= 1 - c * c)
        complain(draft, "step sizes never settle on err = C h^q, they oscillate; make the exponents smaller");
}

/* A rejected error is above 1 and those before it are at most 1; steps with a
 * ratio have no gain of their own when rejected (part/control.c). */
static void check_rejection(Draft *draft)
{
    const Controller *it = &draft->controller;
    const Number zero = number_integer(0);
    if (it->at_most_i) return;
    if (!number_is(it->ratio, 0))
        complain(draft, "'ratio' says nothing about rejected steps; add at_most_i = true");
    else if (number_compare(it->ki, zero) <= 0 || number_compare(it->kp, zero) < 0 || number_compare(it->kd, zero) > 0)
        complain(draft, "it may enlarge a rejected step, as ki > 0, kp >= 0 >= kd does not hold; add at_most_i = true");
}

static void read_adaptive(Draft *draft)
{
    draft->controller.ki = read_exponent(draft, "ki");
    draft->controller.kp = read_exponent(draft, "kp");
    draft->controller.kd = read_exponent(draft, "kd");
    draft->controller.ratio = read_exponent(draft, "ratio");
    draft->controller.at_most_i = read_choice(draft, "at_most_i");
    if (!is_given(draft, "ki")) complain(draft, "'ki' is missing; write ki = \"1\"");
    if (!draft->good) return;
    check_settling(draft);
    check_rejection(draft);
}

static void read_fixed(Draft *draft)
{
    static const char *const meaningless[] = { "ki", "kp", "kd", "ratio", "at_most_i" };
    Controller *it = &draft->controller;
    for (int i = 0; i < 5; i++)
        if (is_given(draft, meaningless[i]))
            complain(draft, "'%s' has no meaning with adaptive = false", meaningless[i]);
    it->ki = it->kp = it->kd = it->ratio = number_integer(0);
}

static void check_new(Draft *draft, const ControllerList *list)
{
    for (int i = 0; i < list->count; i++)
        if (list->items[i].name == draft->controller.name) complain(draft, "the name is taken already");
}

/* Upvalue 1: the name. */
static int read_controller(lua_State *L)
{
    Draft draft = { .L = L, .good = true };
    ControllerList *list = sandbox_context(L);
    draft.controller.name = intern(lua_tostring(L, lua_upvalueindex(1)));
    if (!lua_istable(L, 1))
        return sandbox_raise(L, "controller '%s' needs a table: controller \"%s\" { ki = \"1\", ... }",
                             draft.controller.name, draft.controller.name);
    check_new(&draft, list);
    check_fields(&draft);
    draft.controller.title = read_text(&draft, "title");
    draft.controller.reference = read_text(&draft, "reference");
    draft.controller.adaptive = read_choice(&draft, "adaptive");
    if (!is_given(&draft, "adaptive"))
        complain(&draft, "'adaptive' is missing; write adaptive = true");
    else if (draft.controller.adaptive)
        read_adaptive(&draft);
    else
        read_fixed(&draft);
    if (draft.good) *array_push(sandbox_arena(sandbox_of(L)), list) = draft.controller;
    return 0;
}

static int word_controller(lua_State *L)
{
    const char *letters = "abcdefghijklmnopqrstuvwxyz0123456789-";
    const char *name = lua_type(L, 1) == LUA_TSTRING ? lua_tostring(L, 1) : "";
    if (!*name || name[strspn(name, letters)])
        return sandbox_raise(L, "the name of a controller has small letters, digits and -: controller \"pi\" { ... }");
    lua_settop(L, 1);
    lua_pushcclosure(L, read_controller, 1);
    return 1;
}

static int add_word(lua_State *L)
{
    lua_pushcfunction(L, word_controller);
    lua_setglobal(L, "controller");
    return 0;
}

static Sandbox *open_sandbox(ControllerList *list, Arena *arena)
{
    Sandbox *sandbox = sandbox_open(arena, NULL);
    sandbox_set_context(sandbox, list);
    sandbox_call(sandbox, add_word, NULL);
    return sandbox;
}

/* A file without a word leaves the list as it was. */
static void check_added(const ControllerList *list, int before, int errors, const char *path)
{
    if (list->count == before && diag_errors() == errors)
        diag_error((Source){ path, 0, 0 }, "the file has no controller; write controller \"NAME\" { ... }");
}

ControllerList controllers_read(Arena *arena)
{
    ControllerList *list = ARENA_NEW(arena, ControllerList);
    Sandbox *sandbox = open_sandbox(list, arena);
    for (int i = 0; i < embedded_file_count; i++) {
        const int before = list->count, errors = diag_errors();
        if (strncmp(embedded_files[i].name, "controller/", 11)) continue;
        sandbox_run_embedded(sandbox, embedded_files[i].name);
        check_added(list, before, errors, arena_printf(arena, "lua/%s", embedded_files[i].name));
    }
    sandbox_close(sandbox);
    return *list;
}

bool controllers_add_file(ControllerList *list, Arena *arena, const char *path)
{
    const int before = list->count, errors = diag_errors();
    Sandbox *sandbox = open_sandbox(list, arena);
    sandbox_run_file(sandbox, path);
    check_added(list, before, errors, path);
    sandbox_close(sandbox);
    return diag_errors() == errors;
}
