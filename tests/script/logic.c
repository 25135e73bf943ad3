/* SPDX-License-Identifier: MIT */
/* Comparisons and logic of problem files: plain values do what plain Lua does,
 * symbols what `equations` does. */
#include <lauxlib.h>
#include <lualib.h>

#include "script/lua/sandbox.h"
#include "script/script_kit.h"

#include "random_lua.h"

enum { PLAIN_TEXTS = 1500, CONDITIONS = 300 };

/* What random texts stand in: they note what happens, in order, and so does
 * the end; the chunk returns the notes. */
static const char before[] =
    "local notes, counted = '', 0\n"
    "local one, none, list = 1, nil, { a = 5 }\n"
    "local function show(v)\n"
    "  local kind = type(v)\n"
    "  return kind == 'number' and string.format('%.14g', v) or kind == 'string' and '\"' .. v .. '\"' or\n"
    "         kind == 'boolean' and tostring(v) or kind\n"
    "end\n"
    "local function note(...)\n"
    "  local text = ''\n"
    "  for i = 1, select('#', ...) do text = text .. show((select(i, ...))) .. ' ' end\n"
    "  notes = notes .. '[' .. text .. '] '\n"
    "end\n"
    "local function f(k, ...) notes = notes .. k .. ' ' return ... end\n"
    "local function no() end\n"
    "local function count() counted = counted + 1 return counted < 4 end\n"
    "local function main(...)\n";
static const char after[] = "end\nmain('v', 2)\nreturn notes\n";

/* What plain Lua says: the notes, or "p.lua:LINE: error: MESSAGE". */
static const char *run_plain(Arena *arena, const char *text)
{
    lua_State *L = luaL_newstate();
    luaL_openlibs(L);
    const char *result = "no text";
    bool good = luaL_loadbuffer(L, text, strlen(text), "@p.lua") == LUA_OK && lua_pcall(L, 0, 1, 0) == LUA_OK;
    if (lua_isstring(L, -1)) result = lua_tostring(L, -1);
    const char *message = good ? NULL : strstr(result, ": ");
    result = message ? arena_printf(arena, "%.*s: error%s\n", (int)(message - result), result, message)
                     : arena_printf(arena, "%s", result);
    lua_close(L);
    return result;
}

static const char *run_rewritten(Kit *kit, Sandbox *sandbox, const char *text)
{
    unlink("p.lua"); /* a new file is faster than one that is cut first */
    kit_write("p.lua", text);
    diag_reset();
    kit->messages = text_new(kit->arena);
    diag_capture(&kit->messages);
    bool good = sandbox_run_file(sandbox, "p.lua");
    diag_capture(NULL);
    const char *result = good ? arena_printf(kit->arena, "%s", lua_tostring(sandbox_lua(sandbox), -1)) : NULL;
    lua_settop(sandbox_lua(sandbox), 0);
    return result ? result : kit->messages.data;
}

/* Lua gives a comparison the line of its last word; ours is the operator's. */
static bool are_same(const char *plain, const char *rewritten)
{
    const char *a = strstr(plain, ": error: attempt to compare"), *b = strstr(rewritten, ": error: attempt to compare");
    return a && b ? !strcmp(a, b) && atoi(rewritten + strlen("p.lua:")) <= atoi(plain + strlen("p.lua:"))
                  : !strcmp(plain, rewritten);
}

static void test_plain(Kit *kit)
{
    Random random = { 20241130 };
    Sandbox *sandbox = sandbox_open(kit->arena, NULL);
    int same = 0, errors = 0;
    for (int i = 0; i < PLAIN_TEXTS; i++) {
        Text text = text_new(kit->arena);
        text_add(&text, before);
        for (int k = 0; k < 3; k++) random_statement(&text, &random, 1 + k);
        text_add(&text, after);
        const char *plain = run_plain(kit->arena, text.data), *rewritten = run_rewritten(kit, sandbox, text.data);
        errors += strstr(plain, ": error: ") != NULL;
        if (are_same(plain, rewritten)) {
            same++;
        } else if (i - same < 5) {
            tap_diag("%s", text.data + sizeof before - 1);
            tap_diag("plain: %s\nrewritten: %s", plain, rewritten);
        }
    }
    sandbox_close(sandbox);
    tap_ok(same == PLAIN_TEXTS, "%d of %d texts of plain values do what plain Lua does", same, PLAIN_TEXTS);
    tap_ok(errors > PLAIN_TEXTS / 10 && errors < PLAIN_TEXTS * 9 / 10, "%d of them end with Lua's own error", errors);
}

static void test_conditions(Kit *kit)
{
    Random random = { 7 };
    Text text = text_new(kit->arena);
    text_add(&text, "parameters { k = 2 }\n");
    for (int i = 0; i < CONDITIONS; i++) {
        Text texts[3] = { text_new(kit->arena), text_new(kit->arena), text_new(kit->arena) };
        random_condition(texts, &random, 4);
        text_printf(&text, "observe.a%d = where(%s, x, y)\nobserve.b%d = where(%s, x, y)\n", i, texts[0].data, i,
                    texts[1].data);
        text_printf(&text, "equations [[ e%d = where(%s, x, y) ]] observe.e%d = e%d\n", i, texts[2].data, i, i);
    }
    const Spec *spec = kit_read(kit, text.data);
    kit_good(kit, "conditions in Lua, with functions and in equations");
    int same = 0, choices = 0;
    for (int i = 0; i + 2 < spec->observables.count; i += 3) {
        const Equation *three = &spec->observables.items[i];
        bool equal = three[0].expr == three[1].expr && three[0].expr == three[2].expr;
        same += equal;
        choices += three[0].expr->kind == EXPR_WHERE;
        if (!equal) tap_diag("%s\n%s", three[0].text, three[1].text);
    }
    tap_ok(same == CONDITIONS, "%d of %d give the same graph", same, CONDITIONS);
    tap_ok(choices > CONDITIONS * 3 / 4, "%d of them choose", choices);
}

/* Two spellings of one observable. */
static const char *const equal_pairs[][2] = {
    { "where(t >= k and t < y, x, 0)", "where(all(ge(t, k), lt(t, y)), x, 0)" },
    { "where(t == 5, 1, 0)", "where(eq(t, 5), 1, 0)" },
    { "where(5 ~= t, 1, 0)", "where(ne(5, t), 1, 0)" },
    { "where(x == '1/3', 1, 0)", "where(eq(x, '1/3'), 1, 0)" },
    { "where(not (x > 3), 1, 0)", "where(no(gt(x, 3)), 1, 0)" },
    { "where(x < 1 and y < 2 or t < 3 and k < 4, 1, 0)",
      "where(any(all(lt(x, 1), lt(y, 2)), all(lt(t, 3), lt(k, 4))), 1, 0)" },
    { "where(x < y + 1 and 2*x > y^2, 1, 0)", "where(all(lt(x, y + 1), gt(2*x, y^2)), 1, 0)" },
    { "where(true and x < 1, 1, 0)", "where(lt(x, 1), 1, 0)" },
    { "where(x < 1 and true, 1, 0)", "where(lt(x, 1), 1, 0)" },
    { "where(x < 1 and 1 < 2 and y < 3, 1, 0)", "where(all(lt(x, 1), lt(y, 3)), 1, 0)" },
    { "where(x < 1 and false, 1, 0)", "0" },
    { "where(x < 1 or true, 1, 0)", "1" },
    { "where(x < 1 or false, 1, 0)", "where(lt(x, 1), 1, 0)" },
    { "where(false or x < 1 or 2 < 1, 1, 0)", "where(lt(x, 1), 1, 0)" },
    { "where(nil or x < 1, 1, 0)", "where(lt(x, 1), 1, 0)" },
    { "where(c < 1, x, y)", "x" }, /* an exact constant is known while the file is read */
    { "where(x*0 < 1, x, y)", "x" },
    { "where((function(...) return ... > 1 end)(x), x, y)", "where(x > 1, x, y)" },
    { "where(({ x > 1, n = y < 2 }).n, x, y)", "where(lt(y, 2), x, y)" },
    { "where(on, x, y)", "where(gt(t, 5), x, y)" },
    { "x or 3", "x" },
    { "nil or x", "x" },
    { "(x ~= nil) and x*2 or 1", "x*2" },
    { "(x == nil) and 1 or y", "y" },
    { "(nil ~= x) and x or 1", "x" },
    { "(x > 1 == nil) and 1 or y", "y" },
    { "(none or { k = x }).k", "x" },
};

static void test_pairs(Kit *kit)
{
    for (size_t i = 0; i < sizeof equal_pairs / sizeof *equal_pairs; i++) {
        const char *a = equal_pairs[i][0], *b = equal_pairs[i][1];
        const Spec *spec = kit_read(kit, arena_printf(kit->arena,
                                                      "parameters { k = 2 } constants { c = '1/3' } on = t > 5\n"
                                                      "local none\n"
                                                      "observe.a = %s\nobserve.b = %s",
                                                      a, b));
        const EquationList *list = &spec->observables;
        bool same = list->count == 2 && list->items[0].expr == list->items[1].expr && !kit->messages.length;
        if (!tap_ok(same, "%s", a)) tap_diag("%s", kit->messages.data);
    }
}

/* Conditions travel between Lua and equations, under names of their own. */
static void test_values(Kit *kit)
{
    const Spec *spec =
        kit_read(kit, "on = t > 5 and x < 2\n"
                      "local off = not on\n"
                      "equations [[ up = x > y\n dx = where(on and !up, 1, 0)\n dy = where(off, 1, 0) ]]\n"
                      "observe.o = where(up, 1, 0)");
    kit_good(kit, "conditions are values of Lua and of equations");
    tap_ok(kit_build(kit, spec) != NULL, "and are built");
    kit_good(kit, "without a word");
}

static void test_loops(Kit *kit)
{
    kit_read(kit, "constants { n = '4', h = '1/2' }\n"
                  "local sum = 0\n"
                  "for i = 1, n do sum = sum + i end\n"
                  "for i = 0, 1, h do sum = sum + i end\n"
                  "if n == 4 and h < 1 then sum = sum + 100 end\n"
                  "while n < 3 do sum = 0 end\n"
                  "assert(sum == 111.5)");
    kit_good(kit, "exact constants count and decide");
}

/* A chain as long as a program writes it, and brackets as deep as Lua reads them. */
static void test_size(Kit *kit)
{
    Text chain = text_new(kit->arena), deep = text_new(kit->arena);
    text_add(&chain, "observe.a = where(x < 0");
    for (int i = 1; i < 2000; i++) text_printf(&chain, " or x == %d", i);
    text_add(&chain, ", 1, 0)");
    kit_read(kit, chain.data);
    kit_good(kit, "a chain of 2000 conditions");
    for (int i = 0; i < 100000; i++) text_add(&deep, i % 2 ? "(" : "not ");
    kit_read(kit, arena_printf(kit->arena, "\nobserve.a = %s", deep.data));
    kit_says(kit, "p.lua:3: error: brackets, tables, functions or blocks are nested too deep\n", "100000 brackets");
    deep = text_new(kit->arena);
    for (int i = 0; i < 75; i++) text_add(&deep, "(not ");
    text_add(&deep, "(x < 1)");
    for (int i = 0; i < 75; i++) text_add(&deep, ")");
    kit_read(kit, arena_printf(kit->arena, "observe.a = where(%s, 1, 0)", deep.data));
    kit_good(kit, "75 brackets");
}

int main(void)
{
    Kit kit = kit_open();
    test_plain(&kit);
    test_conditions(&kit);
    test_pairs(&kit);
    test_values(&kit);
    test_loops(&kit);
    test_size(&kit);
    kit_close(&kit);
    return tap_done();
}
