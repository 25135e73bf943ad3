/* SPDX-License-Identifier: MIT */
#include "script/shipped/spec_reader.h"

#include <lauxlib.h>
#include <stdlib.h>
#include <string.h>

#include "base/intern.h"
#include "script/shipped/spec_text.h"

/* More than any part has; a spec that goes beyond is a program gone wrong. */
enum { BUFFERS_MOST = 10000, CHILDREN_MOST = 1000, WEIGHT_MOST = 100000, DEPTH_MOST = 32, MISTAKE_BYTES = 256 };

static SpecReader *reader_of(lua_State *L)
{
    return sandbox_context(L);
}

static void charge(lua_State *L, int64_t bytes)
{
    SpecReader *reader = reader_of(L);
    reader->bytes += bytes;
    sandbox_charge(L, reader->bytes);
}

__attribute__((format(printf, 3, 4))) static void mistake(lua_State *L, Source source, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    diag_error(source, "%s", arena_vprintf(reader_of(L)->arena, format, args));
    va_end(args);
    reader_of(L)->mistakes++;
    charge(L, MISTAKE_BYTES);
}

/* ---- fields: the value is on top of the stack and stays there ---- */

typedef struct Field {
    const char *name;
    void (*read)(lua_State *L, Buffer *buffer);
} Field;

/* The value for a message; of tables and functions the kind alone. */
static const char *shown(lua_State *L)
{
    int type = lua_type(L, -1);
    if (type != LUA_TSTRING && type != LUA_TNUMBER && type != LUA_TBOOLEAN)
        return arena_printf(reader_of(L)->arena, "a %s", lua_typename(L, type));
    const char *text =
        arena_printf(reader_of(L)->arena, type == LUA_TSTRING ? "'%s'" : "%s", luaL_tolstring(L, -1, NULL));
    lua_pop(L, 1);
    return text;
}

static void wrong(lua_State *L, const Buffer *buffer, const char *field, const char *expected)
{
    mistake(L, buffer->source, "buffer '%s' has %s = %s; it must be %s", buffer->name, field, shown(L), expected);
}

static void read_size(lua_State *L, Buffer *buffer)
{
    int whole = 0;
    lua_Integer size = lua_type(L, -1) == LUA_TNUMBER ? lua_tointegerx(L, -1, &whole) : 0;
    if (whole)
        buffer->size = size;
    else
        wrong(L, buffer, "size", "a whole number");
}

static void read_location(lua_State *L, Buffer *buffer)
{
    if (lua_type(L, -1) != LUA_TSTRING || !location_parse(&buffer->location, lua_tostring(L, -1)))
        wrong(L, buffer, "location", "'shared' or 'local'");
}

static void read_persistent(lua_State *L, Buffer *buffer)
{
    if (lua_type(L, -1) == LUA_TBOOLEAN)
        buffer->persistent = lua_toboolean(L, -1);
    else
        wrong(L, buffer, "persistent", "true or false");
}

static void read_fixed_location(lua_State *L, Buffer *buffer)
{
    if (lua_type(L, -1) == LUA_TBOOLEAN)
        buffer->fixed_location = lua_toboolean(L, -1);
    else
        wrong(L, buffer, "fixed_location", "true or false");
}

static void read_aliases(lua_State *L, Buffer *buffer)
{
    if (lua_type(L, -1) != LUA_TSTRING)
        wrong(L, buffer, "aliases", "the name of a buffer of the same group");
    else
        buffer->aliases = *lua_tostring(L, -1) ? intern(lua_tostring(L, -1)) : NULL;
}

static void read_precision(lua_State *L, Buffer *buffer)
{
    buffer->own_precision = lua_type(L, -1) == LUA_TSTRING && precision_parse(&buffer->precision, lua_tostring(L, -1));
    if (!buffer->own_precision) wrong(L, buffer, "precision", "'float32', 'float64' or 'int32'");
}

static const Field fields[] = {
    { "size", read_size },       { "location", read_location },   { "persistent", read_persistent },
    { "aliases", read_aliases }, { "precision", read_precision }, { "fixed_location", read_fixed_location },
};
enum { FIELDS = sizeof fields / sizeof *fields };

/* ---- one buffer: its table is on top of the stack ---- */

static void report_unknown(lua_State *L, Source source, const char *what, const char *key, const char *const *names,
                           int count, const char *expected)
{
    const char *near = nearest_name(key, names, count);
    if (near)
        mistake(L, source, "%s has unknown field '%s'; did you mean '%s'?", what, key, near);
    else
        mistake(L, source, "%s has unknown field '%s'; it must be %s", what, key, expected);
}

static int compare_texts(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The text keys of the table on top of the stack, sorted. */
static const char **text_keys(lua_State *L, int *count)
{
    int entries = 0;
    *count = 0;
    for (lua_pushnil(L); lua_next(L, -2); lua_pop(L, 1)) entries++;
    const char **keys = ARENA_ARRAY(reader_of(L)->arena, const char *, entries + 1);
    for (lua_pushnil(L); lua_next(L, -2); lua_pop(L, 1))
        if (lua_type(L, -2) == LUA_TSTRING) keys[(*count)++] = intern(lua_tostring(L, -2));
    qsort(keys, (size_t)*count, sizeof *keys, compare_texts);
    return keys;
}

static void check_fields(lua_State *L, const Buffer *buffer)
{
    const char *names[FIELDS];
    int count;
    const char **keys = text_keys(L, &count);
    for (int i = 0; i < FIELDS; i++) names[i] = fields[i].name;
    for (int i = 0; i < count; i++) {
        bool known = false;
        for (int j = 0; j < FIELDS; j++) known = known || !strcmp(keys[i], names[j]);
        if (!known)
            report_unknown(L, buffer->source, arena_printf(reader_of(L)->arena, "buffer '%s'", buffer->name), keys[i],
                           names, FIELDS, "size, location, persistent, aliases, precision or fixed_location");
    }
}

/* A child decides what its slabs need. */
static void check_slab(lua_State *L, const BufferGroup *group, const Buffer *buffer, const bool *given)
{
    const BufferGroup *child = buffer_slab_child(NULL, group, buffer->name);
    for (int i = 0; i < FIELDS; i++) {
        bool size = fields[i].read == read_size;
        if (child && given[i] && !size && fields[i].read != read_aliases)
            mistake(L, buffer->source, "buffer '%s' has a %s, but it is what child '%s' needs; leave it out",
                    buffer->name, fields[i].name, child->name);
        if (!child && !given[i] && size)
            mistake(L, buffer->source, "buffer '%s' has no size; write { \"%s\", size = N }", buffer->name,
                    buffer->name);
    }
}

static void read_fields(lua_State *L, const BufferGroup *group, Buffer *buffer)
{
    bool given[FIELDS];
    for (int i = 0; i < FIELDS; i++) {
        given[i] = lua_getfield(L, -1, fields[i].name) != LUA_TNIL;
        if (given[i]) fields[i].read(L, buffer);
        lua_pop(L, 1);
    }
    check_fields(L, buffer);
    check_slab(L, group, buffer, given);
}

static void read_buffer(lua_State *L, BufferGroup *group, SpecText *text)
{
    if (lua_type(L, -1) != LUA_TTABLE || lua_geti(L, -1, 1) != LUA_TSTRING) {
        mistake(L, spec_text_source(text, NULL), "buffer %d of the group has no name; write { \"NAME\", size = N }",
                group->buffers.count + 1);
        lua_settop(L, 2);
        buffer_group_add(reader_of(L)->arena, group, "?", 0);
        return;
    }
    Buffer *buffer = buffer_group_add(reader_of(L)->arena, group, lua_tostring(L, -1), 0);
    buffer->source = spec_text_source(text, buffer->name);
    lua_pop(L, 1);
    read_fields(L, group, buffer);
    lua_pop(L, 1);
}

/* ---- groups ---- */

/* Buffers and groups below, and the levels. */
static int64_t weigh(const BufferGroup *group, int *depth)
{
    int64_t weight = 1 + group->buffers.count;
    int deepest = 0;
    for (int i = 0; i < group->children.count; i++) {
        int below;
        weight += weigh(group->children.items[i], &below);
        deepest = below > deepest ? below : deepest;
    }
    *depth = deepest + 1;
    return weight;
}

/* Groups travel through Lua as light userdata, which no chunk can make. A copy
 * is taken, since one value may be the child of several. */
static void adopt(lua_State *L, BufferGroup *group, const BufferGroup *value, const char *name)
{
    int depth;
    int64_t weight = weigh(value, &depth);
    charge(L, weight * (int64_t)sizeof(BufferGroup));
    if (weight > WEIGHT_MOST)
        sandbox_raise(L, "child '%s' has more than %d buffers and groups in all", name, WEIGHT_MOST);
    if (depth >= DEPTH_MOST) sandbox_raise(L, "child '%s' is nested more than %d groups deep", name, DEPTH_MOST);
    BufferGroup *child = buffer_group_copy(reader_of(L)->arena, value, name);
    if (!child->own_precision) buffer_group_set_precision(child, group->precision);
    buffer_group_add_child(reader_of(L)->arena, group, child);
}

static void read_child(lua_State *L, BufferGroup *group, const char *name)
{
    lua_getfield(L, -1, name);
    if (lua_type(L, -1) == LUA_TLIGHTUSERDATA)
        adopt(L, group, lua_touserdata(L, -1), name);
    else
        mistake(L, group->source, "child '%s' is %s; it must be buffers { ... }", name, shown(L));
    lua_pop(L, 1);
}

static void read_children(lua_State *L, BufferGroup *group)
{
    int type = lua_getfield(L, 1, "children"), count = 0;
    if (type == LUA_TTABLE) {
        const char **names = text_keys(L, &count);
        for (int i = 0; i < count; i++) read_child(L, group, names[i]);
        if (lua_rawlen(L, -1))
            mistake(L, group->source, "a child has no name; write children = { NAME = buffers { ... } }");
    } else if (type != LUA_TNIL) {
        mistake(L, group->source, "children = %s; it must be a table of groups: { NAME = buffers { ... } }", shown(L));
    }
    lua_pop(L, 1);
}

static void read_group_precision(lua_State *L, BufferGroup *group)
{
    if (lua_getfield(L, 1, "precision") != LUA_TNIL) {
        group->own_precision = lua_type(L, -1) == LUA_TSTRING &&
                               precision_parse(&group->precision, lua_tostring(L, -1)) &&
                               group->precision != PRECISION_INT32;
        if (!group->own_precision) {
            mistake(L, group->source, "precision = %s; it must be 'float32' or 'float64'", shown(L));
            group->precision = reader_of(L)->precision;
        }
    }
    lua_pop(L, 1);
}

static const char *read_group_name(lua_State *L, Source source)
{
    const char *name = "";
    int type = lua_getfield(L, 1, "name");
    if (type == LUA_TSTRING)
        name = intern(lua_tostring(L, -1));
    else if (type != LUA_TNIL)
        mistake(L, source, "name = %s; it must be a text", shown(L));
    lua_pop(L, 1);
    return name;
}

static void check_group_fields(lua_State *L, const BufferGroup *group)
{
    static const char *const names[] = { "name", "precision", "children" };
    int count;
    const char **keys = text_keys(L, &count);
    for (int i = 0; i < count; i++)
        if (strcmp(keys[i], names[0]) && strcmp(keys[i], names[1]) && strcmp(keys[i], names[2]))
            report_unknown(L, group->source, "the group", keys[i], names, 3, "name, precision or children");
}

int spec_word_buffers(lua_State *L)
{
    Source source = sandbox_source(L);
    if (lua_gettop(L) != 1 || lua_type(L, 1) != LUA_TTABLE)
        return sandbox_raise(L, "'buffers' takes one table: buffers { { \"NAME\", size = N }, ... }");
    BufferGroup *group =
        buffer_group_new(reader_of(L)->arena, read_group_name(L, source), reader_of(L)->precision, source);
    SpecText text = spec_text_at(sandbox_of(L), source);
    read_group_precision(L, group);
    check_group_fields(L, group);
    read_children(L, group);
    lua_Unsigned count = lua_rawlen(L, 1);
    if (count > BUFFERS_MOST)
        return sandbox_raise(L, "a group has %llu buffers; it may have %d", (unsigned long long)count, BUFFERS_MOST);
    charge(L, (int64_t)sizeof(BufferGroup) + (int64_t)count * (int64_t)sizeof(Buffer));
    for (int i = 1; i <= (int)count; i++) {
        lua_geti(L, 1, i);
        read_buffer(L, group, &text);
        lua_settop(L, 1);
    }
    lua_pushlightuserdata(L, group);
    return 1;
}
