/* SPDX-License-Identifier: MIT */
#include "script/notation/expression.h"

#include <stdlib.h>
#include <string.h>

#include "base/intern.h"
#include "script/foreign.h"
#include "script/words/words.h"

/* One statement on its way to a value. Statements may use each other in any
 * order, as papers do, so they are read in the order of their needs. */
typedef struct Work {
    const Statement *statement;
    bool derivative;
    const char *state; /* of a derivative */
    const Expr *expr;  /* when it has been read */
    enum { WORK_NEW, WORK_OPEN, WORK_DONE } progress;
    int next; /* while open: the token at which to go on */
} Work;

typedef struct Block {
    lua_State *L;
    Reader *reader;
    const char *text;
    TokenList tokens;
    Work *works;
    int count;
    Work **path;          /* room for the longest chain */
    NameMap *assigned;    /* left side as written ("m_inf", "dx") to Work */
    NameMap *derivatives; /* state to Work */
} Block;

static const Name *declared_symbol(const Block *block, const char *name)
{
    const Name *declared = names_get(block->reader->names, name);
    return declared && declared->kind != NAME_OBSERVABLE ? declared : NULL;
}

static bool is_state(const Block *block, const char *name)
{
    const Name *declared = names_get(block->reader->names, name);
    return declared && declared->kind == NAME_STATE;
}

/* "dx" or "du[3]" names the derivative of a state, if that is one. */
static const char *state_behind_d(const Block *block, const char *name)
{
    const char *rest = name[0] == 'd' && name[1] ? intern(name + 1) : NULL;
    return rest && is_state(block, rest) ? rest : NULL;
}

/* Reports why nothing can be assigned to the name. */
static bool check_assigned(const Block *block, const Statement *statement)
{
    const char *name = statement->name, *state = state_behind_d(block, name);
    const Name *declared = declared_symbol(block, name);
    int skipped = *name == 'd'; /* dv[9] speaks of v[9] */
    const Name *vector = names_get(block->reader->names, intern(statement->base + skipped));
    Source source = statement->source;
    if (!strcmp(name, "t"))
        diag_error(source, "'t' is time and cannot be assigned");
    else if (ground_is_word(block->L, name))
        diag_error(source, "'%s' is a statement word and cannot be assigned", name);
    else if (declared && state)
        diag_error(source, "'%s' is %s, and '%s' is a state; write %s' = ... for the derivative of '%s'", name,
                   name_kind_text(declared->kind), state, state, state);
    else if (declared && declared->kind == NAME_STATE)
        diag_error(source, "'%s' is a state; write d%s = ... or %s' = ... for its derivative", name, name, name);
    else if (declared)
        diag_error(source, "'%s' is %s and cannot be assigned", name, name_kind_text(declared->kind));
    else if (statement->base != name && !state && vector && vector->elements)
        diag_error(source, "'%s' does not exist; '%s' has elements 1 to %d", name + skipped, vector->name,
                   vector->elements);
    else if (statement->base != name && !state)
        diag_error(source, "'%s' is no element of a state; only derivatives have elements here", name);
    else
        return true;
    return false;
}

static void report_second(const Work *work, const Work *previous)
{
    diag_error(work->statement->source, "second assignment to '%s'", work->statement->name);
    diag_note(previous->statement->source, "previous assignment to '%s'", work->statement->name);
}

/* What each left side means; false for a statement that means nothing. */
static bool classify(Block *block, Work *work)
{
    const Statement *statement = work->statement;
    const char *behind = state_behind_d(block, statement->name);
    work->derivative = statement->derivative;
    work->state = statement->name;
    if (!statement->derivative) {
        if (!check_assigned(block, statement)) return false;
        work->derivative = behind != NULL;
        if (behind) work->state = behind;
        Work *previous = names_get(block->assigned, statement->name);
        if (previous && !behind) return report_second(work, previous), false;
        if (!previous) names_set(block->assigned, statement->name, work);
    }
    if (work->derivative && !names_get(block->derivatives, work->state))
        names_set(block->derivatives, work->state, work);
    return true;
}

static void classify_all(Block *block, const StatementList *statements)
{
    block->works = ARENA_ARRAY(block->reader->arena, Work, statements->count);
    block->path = ARENA_ARRAY(block->reader->arena, Work *, statements->count + 1);
    for (int i = 0; i < statements->count; i++) {
        Work *work = &block->works[block->count];
        *work = (Work){ .statement = &statements->items[i] };
        if (classify(block, work)) block->count++;
    }
}

/* The statement that gives a name its value, if one of this block does. */
static Work *work_of(const Block *block, const char *name)
{
    Work *work = names_get(block->assigned, name);
    const char *state = state_behind_d(block, name);
    return work || !state || declared_symbol(block, name) ? work : names_get(block->derivatives, state);
}

/* Pushes the local variable of that name where the equations stand; the
 * innermost is the last. */
static bool push_local(lua_State *L, const char *name)
{
    lua_Debug frame;
    const char *local;
    int found = 0;
    if (!lua_getstack(L, 1, &frame)) return false;
    for (int i = 1; (local = lua_getlocal(L, &frame, i)); i++) {
        if (!strcmp(local, name)) found = i;
        lua_pop(L, 1);
    }
    return found && lua_getlocal(L, &frame, found);
}

/* The value that Lua has under a name: a number, a symbol or an element. */
static const Expr *lua_value(const Block *block, const char *base, const char *name)
{
    lua_State *L = block->L;
    const Expr *expr;
    if (names_get(block->reader->names, base) || !push_local(L, base)) ground_push_value(L, base);
    if (base != name && (lua_isuserdata(L, -1) || lua_istable(L, -1)) && !symbol_get(L, -1)) {
        lua_pushinteger(L, atoi(name + strlen(base) + 1));
        lua_gettable(L, -2);
    } else if (base != name)
        lua_pushnil(L);
    expr = symbol_get(L, -1);
    if (lua_type(L, -1) == LUA_TNUMBER) expr = symbol_want(L, -1, name);
    lua_settop(L, 1);
    return expr;
}

static const Expr *report_unknown(const Block *block, const char *name, const Token *token)
{
    int known_count, count = 0;
    const char **known = ground_known_names(block->reader->arena, block->L, &known_count);
    const char **names = ARENA_ARRAY(block->reader->arena, const char *, known_count + block->count);
    for (int i = 0; i < block->count; i++) names[count++] = block->works[i].statement->name;
    for (int i = 0; i < known_count; i++) names[count++] = known[i];
    const char *advice = foreign_advice(block->reader->arena, name, names, count);
    if (!*advice) advice = "; declare it with parameters, constants or states, or give it an equation";
    diag_error(token->source, "unknown name '%s'%s", name, advice);
    return symbol_stand_in(block->L, name);
}

static const Expr *lookup(void *context, const char *name, const char *base, const Token *token)
{
    const Block *block = context;
    const Work *work = work_of(block, name);
    const Name *vector = names_get(block->reader->names, base);
    if (work) return work->expr ? work->expr : symbol_stand_in(block->L, name);
    if (!strcmp(name, "t")) return expr_symbol(symbols_graph(block->L), block->reader->spec->time);
    if (vector && vector->elements && name == base) {
        diag_error(token->source, "'%s' is a vector; name one of its elements: %s[1]", name, name);
        return symbol_stand_in(block->L, name);
    }
    if (vector && vector->elements && name != base && !names_get(block->reader->names, name)) {
        diag_error(token->source, "'%s' does not exist; '%s' has elements 1 to %d", name, base, vector->elements);
        return symbol_stand_in(block->L, name);
    }
    const Expr *expr = lua_value(block, base, name);
    if (expr) return expr;
    if (!strcmp(name, "pi")) return expr_number(symbols_graph(block->L), number_double(3.14159265358979323846));
    return report_unknown(block, name, token);
}

static const Expr *lookup_derivative(void *context, const char *name, const char *base, const Token *token)
{
    const Block *block = context;
    (void)base;
    const Work *work = names_get(block->derivatives, name);
    const Expr *before = names_get(block->reader->derivatives, name);
    if (work) return work->expr ? work->expr : symbol_stand_in(block->L, name);
    if (before) return before;
    diag_error(token->source, "%s' is used but has no equation", name);
    return symbol_stand_in(block->L, name);
}

static void read_expression(const Block *block, Work *work)
{
    ExpressionReader reader = {
        .L = block->L,
        .graph = symbols_graph(block->L),
        .arena = block->reader->arena,
        .tokens = &block->tokens,
        .at = work->statement->first,
        .end = work->statement->end,
        .takes_condition = !work->derivative,
        .lookup = lookup,
        .lookup_derivative = lookup_derivative,
        .context = (void *)block,
    };
    work->expr = expression_read(&reader);
    bool leaf = work->expr->kind == EXPR_SYMBOL || work->expr->kind == EXPR_NUMBER;
    if (!work->derivative && !leaf) expr_set_name(reader.graph, work->expr, work->statement->name);
    work->progress = WORK_DONE;
}

/* The next statement that the open one needs and that has not been read. */
static Work *next_need(const Block *block, Work *work)
{
    Arena *arena = block->reader->arena;
    while (work->next < work->statement->end) {
        const Token *token = &block->tokens.items[work->next++];
        if (token->kind != TOKEN_NAME) continue;
        const char *name = token->text;
        if (token[1].kind == TOKEN_OPEN_INDEX && token[2].kind == TOKEN_NUMBER)
            name = intern(arena_printf(arena, "%s[%s]", name, token[2].text));
        int behind = name == token->text ? 1 : 4;
        Work *need = token[behind].kind == TOKEN_PRIME ? names_get(block->derivatives, name) : work_of(block, name);
        if (need && need->progress != WORK_DONE) return need;
    }
    return NULL;
}

static void report_cycle(const Block *block, int count, const Work *need)
{
    Work *const *path = block->path;
    Text text = text_new(block->reader->arena);
    int first = count - 1;
    while (path[first] != need) first--;
    for (int i = first; i < count; i++) text_printf(&text, "%s -> ", path[i]->statement->name);
    diag_error(need->statement->source, "'%s' depends on itself: %s%s", need->statement->name, text.data,
               need->statement->name);
}

/* Depth first without recursion: a chain may be as long as the text. */
static void resolve(const Block *block, Work *root)
{
    Work **path = block->path;
    int count = 0;
    if (root->progress == WORK_NEW) path[count++] = root;
    while (count) {
        Work *work = path[count - 1];
        if (work->progress == WORK_NEW) work->next = work->statement->first;
        work->progress = WORK_OPEN;
        Work *need = next_need(block, work);
        if (need && need->progress == WORK_OPEN)
            report_cycle(block, count, need);
        else if (need)
            path[count++] = need;
        else {
            read_expression(block, work);
            count--;
        }
    }
}

static void publish(const Block *block, const Work *work)
{
    if (work->derivative) {
        const char *line = notation_line(block->reader->arena, block->text, work->statement);
        assign_derivative(block->reader, work->state, work->expr, line, work->statement->source);
    } else {
        symbol_push(block->L, work->expr);
        ground_set_value(block->L, work->statement->name);
    }
}

/* Where the text begins in the file, so that mistakes have a line and a column:
 * Lua keeps the line of the statement only, and the text is its own needle. */
static TextPlace find_text(lua_State *L, const char *text)
{
    size_t length;
    TextPlace place = { sandbox_source(L), false };
    Source source = place.first;
    const char *from = sandbox_line(sandbox_of(L), source);
    const char *found = from && *text ? strstr(from, text) : NULL;
    if (from && *text && !found) {
        from = sandbox_text(sandbox_of(L), source.file, &length);
        found = strstr(from, text);
        source.line = 1;
    }
    if (!found) return place;
    place.first = (Source){ source.file, source.line, 1 };
    for (const char *c = from; c < found; c++) {
        if (*c == '\n')
            place.first.line++, place.first.column = 1;
        else if (((unsigned char)*c & 0xC0) != 0x80)
            place.first.column++;
    }
    place.columns = true;
    return place;
}

int word_equations(lua_State *L)
{
    Reader *reader = reader_of(L);
    if (lua_type(L, 1) != LUA_TSTRING || lua_gettop(L) != 1)
        return sandbox_raise(L, "'equations' takes a text: equations [[ dx = -k*x ]]");
    if (strlen(lua_tostring(L, 1)) != lua_rawlen(L, 1)) return sandbox_raise(L, "the equations hold a zero byte");
    sandbox_charge_more(L, (int64_t)lua_rawlen(L, 1) * (int64_t)sizeof(Token) + RECORD_BYTES);
    Block block = { .L = L,
                    .reader = reader,
                    .text = arena_printf(reader->arena, "%s", lua_tostring(L, 1)),
                    .assigned = names_new(reader->arena),
                    .derivatives = names_new(reader->arena) };
    block.tokens = notation_tokens(reader->arena, block.text, find_text(L, block.text));
    StatementList statements = notation_statements(reader->arena, &block.tokens);
    classify_all(&block, &statements);
    for (int i = 0; i < block.count; i++) resolve(&block, &block.works[i]);
    for (int i = 0; i < block.count; i++) publish(&block, &block.works[i]);
    return 0;
}
