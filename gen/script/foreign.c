/* SPDX-License-Identifier: MIT */
#include "script/foreign.h"

#include <string.h>
#include <strings.h>

#include "base/intern.h"

/* What stands on the right must exist here (tests/script/foreign.c). */
const ForeignWord foreign_words[] = {
    { "ln", "log(x)" },
    { "lg", "log10(x)" },
    { "arccos", "acos(x)" },
    { "arccosh", "acosh(x)" },
    { "arcosh", "acosh(x)" },
    { "arcsin", "asin(x)" },
    { "arcsinh", "asinh(x)" },
    { "arsinh", "asinh(x)" },
    { "arctan", "atan(x)" },
    { "arctan2", "atan2(y, x)" },
    { "arctanh", "atanh(x)" },
    { "artanh", "atanh(x)" },
    { "cot", "1/tan(x)" },
    { "csc", "1/sin(x)" },
    { "sec", "1/cos(x)" },
    { "fabs", "abs(x)" },
    { "sgn", "sign(x)" },
    { "signum", "sign(x)" },
    { "power", "x^y" },
    { "square", "x^2" },
    { "root", "x^(1/n)" },
    { "nthroot", "x^(1/n)" },
    { "gamma", "tgamma(x)" },
    { "gammaln", "lgamma(x)" },
    { "lngamma", "lgamma(x)" },
    { "loggamma", "lgamma(x)" },
    { "factorial", "tgamma(n + 1)" },
    { "mod", "x - y*floor(x/y)" },
    { "fmod", "x - y*floor(x/y)" },
    { "rem", "x - y*floor(x/y)" },
    { "round", "floor(x + 0.5)" },
    { "trunc", "sign(x)*floor(abs(x))" },
    { "fix", "sign(x)*floor(abs(x))" },
    { "int", "floor(x)" },
    { "sigmoid", "1/(1 + exp(-x))" },
    { "logistic", "1/(1 + exp(-x))" },
    { "relu", "max(x, 0)" },
    { "if", "where(condition, a, b)" },
    { "ifelse", "where(condition, a, b)" },
    { "iif", "where(condition, a, b)" },
    { "cond", "where(condition, a, b)" },
    { "piecewise", "where(condition, a, b)" },
    { "then", "where(condition, a, b)" },
    { "else", "where(condition, a, b)" },
    { "heav", "where(x >= 0, 1, 0)" },
    { "heaviside", "where(x >= 0, 1, 0)" },
    { "heavisidetheta", "where(x >= 0, 1, 0)" },
    { "unitstep", "where(x >= 0, 1, 0)" },
    { "step", "where(t >= on, 1, 0)" },
    { "pulse", "where(t >= on and t < off, 1, 0)" },
    { "rect", "where(t >= on and t < off, 1, 0)" },
    { "ramp", "max(t - on, 0)" },
    { "e", "exp(1)" },
    { "inf", "math.huge" },
    { "infinity", "math.huge" },
    { "time", "t" },
    { "der", "ddt.x = ..." },
    { "param", "parameters { a = 1 }" },
    { "params", "parameters { a = 1 }" },
    { "par", "parameters { a = 1 }" },
    { "const", "constants { a = 1 }" },
    { "init", "states { x = 1 }" },
    { "vars", "states { x = 1 }" },
    { "variables", "states { x = 1 }" },
    { "output", "observe.y = ..." },
};
const int foreign_word_count = sizeof foreign_words / sizeof *foreign_words;

static const char *translate(const char *name)
{
    for (int i = 0; i < foreign_word_count; i++)
        if (!strcasecmp(foreign_words[i].word, name)) return foreign_words[i].here;
    return NULL;
}

/* The known name that differs in capitals only, else the nearest. */
static const char *find_near(const char *name, const char *const *known, int count)
{
    for (int i = 0; i < count; i++)
        if (!strcasecmp(known[i], name)) return known[i];
    return nearest_name(name, known, count);
}

const char *foreign_advice(Arena *arena, const char *name, const char *const *known, int count)
{
    const char *here = translate(name), *near = here ? NULL : find_near(name, known, count);
    if (here) return arena_printf(arena, "; write %s", here);
    return near ? arena_printf(arena, "; did you mean '%s'?", near) : "";
}
