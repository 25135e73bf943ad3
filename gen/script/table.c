/* SPDX-License-Identifier: MIT */
/* Reading the tables that are arguments of words. */
#include "script/table.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/intern.h"
#include "script/notation/notation.h"

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static int count_entries(lua_State *L, int index)
{
    int count = 0;
    for (lua_pushnil(L); lua_next(L, index); lua_pop(L, 1)) count++;
    return count;
}

KeyList table_keys_at(bool *others, lua_State *L, int index)
{
    KeyList keys = { ARENA_ARRAY(sandbox_arena(sandbox_of(L)), const char *, count_entries(L, index) + 1), 0 };
    *others = false;
    for (lua_pushnil(L); lua_next(L, index); lua_pop(L, 1)) {
        if (lua_type(L, -2) == LUA_TSTRING)
            keys.items[keys.count++] = intern(lua_tostring(L, -2));
        else
            *others = true;
    }
    qsort(keys.items, (size_t)keys.count, sizeof *keys.items, compare_names);
    return keys;
}

KeyList table_keys(lua_State *L, const char *word)
{
    if (lua_type(L, 1) != LUA_TTABLE || lua_gettop(L) != 1)
        return sandbox_raise(L, "'%s' takes a table: %s { NAME = VALUE, ... }", word, word), (KeyList){ NULL, 0 };
    bool others;
    KeyList keys = table_keys_at(&others, L, 1);
    if (others) sandbox_error(L, "'%s' has an entry without a name; write %s { NAME = VALUE, ... }", word, word);
    return keys;
}

/* A cursor over the text of a file, for looking up what Lua does not keep: the
 * line of a key. Only for locations, so strings and comments are skipped in
 * the plain cases and nothing breaks in the others. */
typedef struct Cursor {
    const char *at;
    int line;
} Cursor;

static void skip_quoted(Cursor *cursor)
{
    char quote = *cursor->at++;
    while (*cursor->at && *cursor->at != quote && *cursor->at != '\n')
        cursor->at += cursor->at[0] == '\\' && cursor->at[1] ? 2 : 1;
    if (*cursor->at == quote) cursor->at++;
}

static size_t word_length(const char *text)
{
    size_t length = 0;
    while (isalnum((unsigned char)text[length]) || text[length] == '_') length++;
    return length;
}

static bool is_key(const char *word, size_t length)
{
    const char *after = word + length;
    while (*after == ' ' || *after == '\t') after++;
    return *after == '=' && after[1] != '=';
}

static void note_key(NameMap *lines, const Cursor *cursor, size_t length)
{
    const char *key = intern_bytes(cursor->at, length);
    if (!names_get(lines, key)) names_set(lines, key, (void *)(intptr_t)cursor->line);
}

/* The keys of the first table from here on, each with its line. */
static void note_keys(NameMap *lines, Cursor cursor)
{
    int depth = 0;
    while (*cursor.at) {
        size_t word = word_length(cursor.at);
        if (*cursor.at == '\'' || *cursor.at == '"')
            skip_quoted(&cursor);
        else if (!strncmp(cursor.at, "--", 2))
            cursor.at += strcspn(cursor.at, "\n");
        else if (word) {
            if (depth == 1 && is_key(cursor.at, word)) note_key(lines, &cursor, word);
            cursor.at += word;
        } else {
            depth += *cursor.at == '{';
            if (*cursor.at == '}' && --depth <= 0) return;
            cursor.line += *cursor.at++ == '\n';
        }
    }
}

/* Registry entry "keys": those of the last statement asked about, for a table
 * may have very many. */
typedef struct KeyLines {
    Source statement;
    NameMap *lines;
} KeyLines;

static KeyLines *keys_of_statement(lua_State *L, Source source)
{
    Arena *arena = sandbox_arena(sandbox_of(L));
    lua_getfield(L, LUA_REGISTRYINDEX, "keys");
    KeyLines *keys = lua_touserdata(L, -1);
    lua_pop(L, 1);
    const char *line = sandbox_line(sandbox_of(L), source);
    if (keys && keys->statement.file == source.file && keys->statement.line == source.line) return keys;
    keys = ARENA_NEW(arena, KeyLines);
    *keys = (KeyLines){ source, names_new(arena) };
    if (line) note_keys(keys->lines, (Cursor){ line, source.line });
    lua_pushlightuserdata(L, keys);
    lua_setfield(L, LUA_REGISTRYINDEX, "keys");
    return keys;
}

Source table_key_source(lua_State *L, const char *key)
{
    Source source = sandbox_source(L);
    int line = (int)(intptr_t)names_get(keys_of_statement(L, source)->lines, intern(key));
    if (line) source.line = line;
    return source;
}

void table_error(lua_State *L, Source source, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    diag_error(source, "%s", arena_vprintf(sandbox_arena(sandbox_of(L)), format, args));
    va_end(args);
}

/* One line without its indentation, its end and what would disturb a comment
 * of C: a backslash at the end, control characters. */
static void add_trimmed(Text *text, const char *line)
{
    size_t length = strcspn(line, "\n"), blank = strspn(line, " \t");
    if (blank > length) blank = length;
    while (length > blank && strchr(" \t\r\\;", line[length - 1])) length--;
    for (size_t i = blank; i < length; i++) {
        unsigned char c = (unsigned char)line[i];
        text_add_bytes(text, c < ' ' ? " " : &line[i], 1);
    }
}

static bool starts_assignment(const char *line)
{
    size_t length = strcspn(line, "\n");
    for (size_t i = 0; i + 3 <= length; i++)
        if (!strncmp(line + i, "ddt", 3) || (i + 7 <= length && !strncmp(line + i, "observe", 7))) return true;
    return false;
}

static const char *previous_line(const char *text, const char *line)
{
    const char *at = line - 1;
    while (at > text && at[-1] != '\n') at--;
    return at;
}

/* Lua's line of an assignment is that of its last token. */
static const char *find_statement(lua_State *L, Source source)
{
    enum { LINES_MOST = 40 };
    size_t length;
    const char *line = sandbox_line(sandbox_of(L), source), *first = line;
    if (!line) return "";
    const char *text = sandbox_text(sandbox_of(L), source.file, &length);
    int lines = 1;
    while (!starts_assignment(first) && first > text && lines < LINES_MOST) first = previous_line(text, first), lines++;
    if (!starts_assignment(first)) first = line, lines = 1;
    Text result = text_new(reader_of(L)->arena);
    for (; lines > 0; lines--) {
        add_trimmed(&result, first);
        first += strcspn(first, "\n");
        first += *first == '\n';
        if (lines > 1) text_add(&result, " ");
    }
    notation_shorten(&result);
    return result.data;
}

const char *table_statement_text(lua_State *L)
{
    Reader *reader = reader_of(L);
    Source source = sandbox_source(L);
    if (reader->text && source.line == reader->text_source.line && source.file == reader->text_source.file)
        return reader->text;
    reader->text_source = source;
    return reader->text = find_statement(L, source);
}

bool table_number(Number *number, lua_State *L, int index, Source source, const char *what)
{
    const char *why = "";
    const Expr *expr = symbol_get(L, index);
    if (lua_isinteger(L, index)) return *number = number_integer(lua_tointeger(L, index)), true;
    if (lua_type(L, index) == LUA_TNUMBER || (expr && expr->kind == EXPR_NUMBER)) {
        *number = expr ? expr->number : number_double(lua_tonumber(L, index));
        if (isfinite(number->value)) return true;
        return table_error(L, source, "%s is not finite", what), false;
    }
    if (lua_type(L, index) != LUA_TSTRING) {
        if (!expr || !symbol_is_stand_in(expr))
            table_error(L, source, "%s is %s, not a number", what, symbol_type_text(L, index));
        return false;
    }
    if (number_parse(number, lua_tostring(L, index), &why)) return true;
    return table_error(L, source, "%s is \"%s\", which is no number: %s", what, lua_tostring(L, index), why), false;
}
