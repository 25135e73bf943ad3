/* SPDX-License-Identifier: MIT */
/* What a problem file cannot do, how it is stopped, and that it says the same
 * every time. */
#include "script/script_kit.h"

#include <sys/wait.h>

static void test_absent(Kit *kit)
{
    static const char *const names[] = {
        "io",     "os",    "debug",          "package",      "coroutine",    "load",   "loadfile", "loadstring",
        "dofile", "pcall", "xpcall",         "getmetatable", "setmetatable", "rawget", "rawset",   "rawequal",
        "rawlen", "next",  "collectgarbage", "print",        "warn",         "_G",     "_VERSION", "utf8",
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        kit_read(kit, arena_printf(kit->arena, "local v = %s", names[i]));
        const char *start = arena_printf(kit->arena, "p.lua:2: error: unknown name '%s'", names[i]);
        tap_ok(!strncmp(kit->messages.data, start, strlen(start)), "no %s", names[i]);
    }
    kit_read(kit, "assert(string.dump == nil and math.pi and table.concat and ipairs and select)");
    kit_good(kit, "no string.dump; math, table and the rest are there");
    kit_read(kit, "assert(tostring({}) == 'table' and tostring(sin) == 'function' and tostring(1) == '1')");
    kit_good(kit, "tostring gives no addresses");
}

static void test_files(Kit *kit)
{
    static const char *const names[] = { "..", "../p", "/etc/passwd", "a/b", "a..b", ".a", "a.", "", "~/x" };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        kit_read(kit, arena_printf(kit->arena, "require '%s'", names[i]));
        const char *start = arena_printf(kit->arena, "p.lua:2: error: module '%s' is no name of a module", names[i]);
        tap_ok(!strncmp(kit->messages.data, start, strlen(start)), "require '%s' is refused", names[i]);
    }
    kit_write("p.lua", "\x1bLua");
    kit_read_file(kit, NULL);
    kit_says(kit, "p.lua: error: 'p.lua' is compiled Lua; only source text is read\n", "compiled Lua is refused");
    kit_write("p.lua", "\xEF\xBB\xBF#!/usr/bin/env cubie-gen\r\nproblem \"p\"\r\nstates { x = 1 }\r\nddt.x = q1\r\n");
    const Spec *spec = kit_read_file(kit, NULL);
    tap_ok(strstr(kit->messages.data, "p.lua:4: error: unknown name 'q1'") != NULL, "BOM, #! and CR LF");
    tap_ok(spec->derivatives.count == 1 && !strcmp(spec->derivatives.items[0].text, "ddt.x = q1"), "text without CR");
    kit_write("m.lua", "\xEF\xBB\xBF#!/bin/lua\nif 1 > 2 then\n  return nil\nend\nreturn { k = 1 < 2 and qq }\n");
    kit_read(kit, "local m = require 'm'\nassert(m.k > 1)");
    kit_says(kit, "m.lua:5: error: unknown name 'qq'; did you mean 'eq'?\n", "BOM, #! and logic of a module");
    kit_write("p.lua", "\xEF\xBB\xBFproblem 'p' states { x = 1 } equations [[ dx = qq1 ]]");
    kit_read_file(kit, NULL);
    tap_ok(strstr(kit->messages.data, "p.lua:1:48: error: unknown name 'qq1'") != NULL, "a BOM takes no column");
    unlink("p.lua");
    spec = kit_read_file(kit, NULL);
    kit_says(kit, "p.lua: error: cannot be read: No such file or directory\n", "no file");
    tap_ok(!spec->complete && !kit_build(kit, spec), "an incomplete Spec builds nothing");
    mkdir("p.lua", 0777);
    kit_read_file(kit, NULL);
    kit_says(kit, "p.lua: error: cannot be read: Is a directory\n", "a directory");
    rmdir("p.lua");
}

static void stops(Kit *kit, const char *text, const char *message)
{
    static const Limits small = { 2000000, INT64_C(16) << 20, 30 };
    kit_write("p.lua", arena_printf(kit->arena, "problem \"p\" states { x = 1 }\n%s\n", text));
    const Spec *spec = kit_read_file(kit, &small);
    char *line = arena_printf(kit->arena, "%s", text);
    for (char *c = line; *c; c++)
        if (*c == '\n') *c = ';';
    kit_says(kit, message, line);
    tap_ok(!spec->complete, "and the Spec is not complete");
}

#define LOOP \
    "stopped after 2000000 instructions: an endless loop? (script_instructions=N on the command line allows more)\n"
#define MEMORY \
    "the script wants more than 16777216 bytes of memory (script_memory=BYTES on the command line allows more)\n"

static void test_limits(Kit *kit)
{
    stops(kit, "while true do end", "p.lua:2: error: " LOOP);
    stops(kit, "local function f()\n  return f()\nend\nf()", "p.lua:3: error: " LOOP);
    stops(kit, "while true do local a = nothing_of_that_kind end",
          "p.lua:2: error: unknown name 'nothing_of_that_kind'; declare it with parameters, constants or states\n");
    stops(kit, "local t = {}\nfor i = 1, 1e9 do\n  t[i] = {}\nend", "p.lua:4: error: " MEMORY);
    stops(kit, "local s = 'x'\nwhile true do s = s .. s end", "p.lua:3: error: " MEMORY);
    stops(kit, "local s = ('x'):rep(100000000)", "p.lua:2: error: " MEMORY);
    stops(kit, "local e = x\nwhile true do\n  e = e + sin(e)\nend", "p.lua:4: error: " MEMORY);
    stops(kit, "for i = 1, 1e9 do observe['a' .. i] = x end", "p.lua:2: error: " MEMORY);
    stops(kit, "states { u = vector(1000000, 0) }", "p.lua:2: error: " MEMORY);
    stops(kit, "local function f(n)\n  return 1 + f(n)\nend\nf(1)", "p.lua:3: error: " MEMORY);
    stops(kit, "table.sort({ 3, 1, 2 }, function() while true do end end)", "p.lua:2: error: " LOOP);
    stops(kit, "local s = ('x'):gsub('x', function() while true do end end)", "p.lua:2: error: " LOOP);
    stops(kit, "error { code = 1 }", "p.lua:2: error: error() needs a text, not a table\n");
    stops(kit, "error 'two\\nlines'", "p.lua:2: error: two lines\n");
    kit_write("p.lua", "problem \"p\" states { x = 1 }\nlocal function f(n)\n  return 1 + f(n)\nend\nf(1)");
    kit_read_file(kit, NULL);
    kit_says(kit, "p.lua:3: error: stack overflow\n", "endless recursion");
}

#define TIME "stopped after 0.1 seconds of processor time (script_seconds=N on the command line allows more)\n"

/* What a process of its own says about the text; its exit status. */
static int read_apart(Kit *kit, const char *text)
{
    static const Limits brief = { INT64_C(1) << 50, INT64_C(256) << 20, 0.1 };
    int pipes[2], status = 0;
    kit_write("p.lua", arena_printf(kit->arena, "problem \"p\" states { x = 1 }\n%s\n", text));
    kit->messages = text_new(kit->arena);
    if (pipe(pipes)) exit(99);
    fflush(stdout);
    pid_t child = fork();
    if (!child) {
        dup2(pipes[1], STDERR_FILENO);
        diag_reset();
        script_read_problem(kit->arena, "p.lua", &brief);
        _exit(diag_errors() ? EXIT_INPUT : EXIT_DONE);
    }
    close(pipes[1]);
    char part[4096];
    for (ssize_t count; (count = read(pipes[0], part, sizeof part)) > 0;)
        text_add_bytes(&kit->messages, part, (size_t)count);
    close(pipes[0]);
    waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/* Functions of Lua's library that no instruction ends. */
static void test_time(Kit *kit)
{
    static const char *const endless[] = {
        "local text = ('a'):rep(200)\nlocal found = string.find(text, ('a-'):rep(30) .. 'b')",
        "local text = ('a'):rep(200)\nlocal found = text:match(('.-'):rep(30) .. 'b')",
        "local text = ('a'):rep(200)\nlocal found = text:gsub(('a*'):rep(30) .. 'b', function() return 'c' end)",
        "local text = ('a'):rep(200)\nfor word in text:gmatch(('a-'):rep(30) .. 'b') do end",
        "local t = {}\ntable.move(t, 1, math.maxinteger - 2, 2)",
        "local t, s = {}, ('x'):rep(1000) for i = 1, 2000 do t[i] = s end\nwhile true do local u = table.concat(t) end",
        "local function f()\ntable.sort({ 3, 2, 1 }, function() for i = 1, 1e15 do end end) end f()",
    };
    for (size_t i = 0; i < sizeof endless / sizeof *endless; i++) {
        int status = read_apart(kit, endless[i]);
        tap_ok(status == EXIT_INPUT, "exit status %d", status);
        kit_says(kit, "p.lua:3: error: " TIME, strchr(endless[i], '\n') + 1);
    }
    tap_ok(read_apart(kit, "local n = 0\nfor w in ('a b c'):gmatch '%a' do n = n + 1 end\nassert(n == 3)\nddt.x = 1") ==
               0,
           "gmatch gives what it gave");
    read_apart(kit, "local s = ('x'):find({})");
    kit_says(kit, "p.lua:2: error: bad argument #1 to 'find' (string expected, got table)\n",
             "messages name the function");
    read_apart(kit, "for w in ('x'):gmatch\n'[' do end");
    kit_says(kit, "p.lua:2: error: malformed pattern (missing ']')\n", "and the line");
}

/* Everything whose order Lua itself would leave to chance. */
static const char many_names[] =
    "problem \"p\"\n"
    "parameters { kb = 1, ka = 2, kz = 3, k1 = 4, km = 5, alpha = 6, beta = 7, gamma = 8, delta = 9 }\n"
    "constants { c2 = 1, c1 = 2, c3 = 3 }\n"
    "states { x = 1, y = 2, z = 3, w = 4, v = { 5, \"V\" }, u = vector(3, 1) }\n"
    "local rates = { x = 1, y = 2, z = 3, w = 4, v = 5 }\n"
    "for name, rate in pairs(rates) do ddt[name] = rate * math.random() end\n"
    "for i, s in pairs(u) do ddt.u[i] = s * i end\n"
    "observe.o = kb + ka + alpha + nothing1 + nothing2\n"
    "solve { rtol = { z = 1e-3, x = 1e-4, y = 1e-5 }, atol = 1e-6, duration = 3, t0 = 1, zzz = 3, yyy = 4 }\n"
    "sweep { kb = linspace(0, 1, 3), ka = uniform(0, 1), alpha = { 1, 2 }, x = 3, nothing3 = 4 }\n"
    "units { kb = \"1\", ka = \"2\", t = \"s\", qqq = \"3\" }\n";

/* The other side of test_order: this program with an argument. */
static int dump_file(const char *path)
{
    Arena *arena = arena_new();
    Text text = text_new(arena);
    const Spec *spec = script_read_problem(arena, path, NULL);
    script_dump_spec(&text, spec);
    system_build(arena, spec);
    settings_resolve(arena, settings_table(arena), &spec->settings, false);
    fputs(text.data, stdout);
    arena_free(arena);
    return 0;
}

static char *output_of(Arena *arena, const char *command)
{
    Text text = text_new(arena);
    char part[4096];
    size_t count;
    FILE *stream = popen(command, "r");
    while (stream && (count = fread(part, 1, sizeof part, stream)) > 0) text_add_bytes(&text, part, count);
    if (stream) pclose(stream);
    return text.data;
}

/* Lua seeds its tables anew in every process. */
static void test_order(Kit *kit)
{
    char program[4096];
    ssize_t length = readlink("/proc/self/exe", program, sizeof program - 1);
    if (length <= 0) {
        tap_skip("the same every time", "no /proc/self/exe");
        return;
    }
    program[length] = '\0';
    kit_write("p.lua", many_names);
    const char *command = arena_printf(kit->arena, "'%s' p.lua 2>&1", program);
    const char *first = output_of(kit->arena, command);
    bool same = strstr(first, "unknown name 'nothing2'") && strstr(first, "ddt.z = ") && strstr(first, "sweep kb = ");
    for (int i = 0; i < 12 && same; i++) same = !strcmp(first, output_of(kit->arena, command));
    if (!tap_ok(same, "twelve processes say the same")) tap_diag("%s", first);
}

static void test_pairs(Kit *kit)
{
    kit_read(kit, "local text = ''\n"
                  "for k, v in pairs { b = 1, a = 2, 30, 20, [10] = 5, [2.5] = 4, [true] = 6, [-1] = false } do\n"
                  "  text = text .. tostring(k) .. '=' .. tostring(v) .. ' '\n"
                  "end\n"
                  "assert(text == 'true=6 -1=false 1=30 2=20 2.5=4 10=5 a=2 b=1 ', text)\n"
                  "for k in pairs { a = 1, b = 2 } do assert(k == 'a') break end\n"
                  "local t = { a = 1, b = 2, c = 3 }\n"
                  "for k in pairs(t) do t.b = nil assert(k ~= 'b') end\n"
                  "local seen = {}\n"
                  "for s, name in pairs { [y] = 'y', [x] = 'x' } do seen[#seen + 1] = name end\n"
                  "assert(seen[1] == 'x' and seen[2] == 'y')");
    kit_good(kit, "pairs has one order: booleans, numbers, texts, symbols");
    kit_read(kit, "math.randomseed(5) local a = math.random() math.randomseed(5) assert(a == math.random())\n"
                  "math.randomseed() local b = math.random() math.randomseed() assert(b == math.random())");
    kit_good(kit, "random numbers are the same every time");
}

int main(int argc, char **argv)
{
    if (argc > 1) return dump_file(argv[1]);
    Kit kit = kit_open();
    test_absent(&kit);
    test_files(&kit);
    test_limits(&kit);
    test_time(&kit);
    test_pairs(&kit);
    test_order(&kit);
    kit_close(&kit);
    return tap_done();
}
