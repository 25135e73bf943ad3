/* SPDX-License-Identifier: MIT */
/* No macro of the headers that generated code includes can get in the way of a
 * name: every one that the C++ compiler, and nvcc where there is one, defines
 * for them gets another identifier. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "system/names.h"
#include "tap.h"

static bool is_plain_macro(char *name, const char *line)
{
    size_t length;
    if (strncmp(line, "#define ", 8)) return false;
    length = strspn(line + 8, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_");
    if (!length || length > 200 || line[8 + length] == '(') return false;
    memcpy(name, line + 8, length);
    name[length] = '\0';
    return true;
}

static void check_compiler(Arena *arena, const char *command, const char *what)
{
    IdentifierScope *taken = identifier_scope_new(arena);
    FILE *stream = popen(command, "r");
    static char line[65536];
    char name[256];
    int seen = 0, missed = 0;
    while (stream && fgets(line, sizeof line, stream)) {
        if (!is_plain_macro(name, line)) continue;
        seen++;
        if (strcmp(names_code(taken, name), name)) continue;
        missed++;
        tap_diag("%s is a macro", name);
    }
    if (stream) pclose(stream);
    if (seen < 100)
        tap_skip(what, "the compiler says nothing");
    else
        tap_ok(!missed, "%s: none of %d macros is an identifier", what, seen);
}

static void check_kept(Arena *arena)
{
    static const char *const names[] = { "h",    "x",  "ATP",   "NADH",  "EGFR", "g_Na", "I_ext", "dt", "k1",
                                         "M_Na", "Ca", "error", "alpha", "SIR",  "R_0",  "N",     "V_m" };
    IdentifierScope *taken = identifier_scope_new(arena);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        tap_ok(!strcmp(names_code(taken, names[i]), names[i]), "%s stays as it is", names[i]);
}

static const char *value_or(const char *variable, const char *otherwise)
{
    const char *value = getenv(variable);
    return value && *value ? value : otherwise;
}

int main(void)
{
    static const char constants[] = "-DCUBIE_PRECISION=64 -DCUBIE_STATES=1 -DCUBIE_PARAMETERS=1 -DCUBIE_OUTPUTS=1";
    Arena *arena = arena_new();
    const char *top = value_or("srcdir", "."), *nvcc = value_or("NVCC", NULL);
    const char *include = "printf '#include <cubie/device.hpp>\\n'";
    check_kept(arena);
    check_compiler(arena,
                   arena_printf(arena, "%s | %s -x c++ -std=c++17 -dM -E %s -I%s/runtime/include - 2>&1", include,
                                value_or("CXX", "c++"), constants, top),
                   "CPU target");
    if (nvcc)
        check_compiler(arena,
                       arena_printf(arena,
                                    "f=$(mktemp --suffix=.cu) && %s >$f && %s -std=c++17 -E -Xcompiler -dM "
                                    "%s -I%s/runtime/include $f 2>&1; rm -f $f",
                                    include, nvcc, constants, top),
                       "CUDA target");
    else
        tap_skip("CUDA target", "no nvcc");
    arena_free(arena);
    return tap_done();
}
