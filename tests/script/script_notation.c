/* SPDX-License-Identifier: MIT */
/* `equations [[ ... ]]` gives the same expressions, to the pointer, as the
 * same mathematics written in Lua; and the functions of problem files do with
 * plain numbers what they should. */
#include "script/script_kit.h"

#include <math.h>

#include "base/intern.h"

static const Expr *derivative_of(const Spec *spec, const char *state)
{
    for (int i = 0; i < spec->derivatives.count; i++)
        if (!strcmp(spec->derivatives.items[i].name, state)) return spec->derivatives.items[i].expr;
    return NULL;
}

/* The right side in the notation of `equations`, and in Lua. */
static const char *const pairs[][2] = {
    { "sigma*(y - x)", "sigma*(y - x)" },
    { "x^2 + y**3", "x^2 + y^3" },
    { "-x^2", "-(x^2)" },
    { "2^-x", "2^(-x)" },
    { "2^x^y", "2^(x^y)" },
    { "-x*y", "-x*y" },
    { "x - y - sigma", "(x - y) - sigma" },
    { "x/y/sigma", "(x/y)/sigma" },
    { "x/y*sigma", "(x/y)*sigma" },
    { "+x + -y", "x - y" },
    { "1.5e-3*x + .5 + 2.", "1.5e-3*x + 0.5 + 2" },
    { "0.1*x", "\"0.1\"*x" },
    { "1/3*x", "\"1/3\"*x" },
    { "2*pi*x", "2*pi*x" },
    { "t*x", "t*x" },
    { "sqrt(x) + exp(-y) + log(x, 2) + atan(y, x) + pow(x, y)",
      "sqrt(x) + exp(-y) + log(x, 2) + atan(y, x) + pow(x, y)" },
    { "min(x, y, sigma) + max(x, 1)", "min(x, y, sigma) + max(x, 1)" },
    { "where(x < 1, x, y)", "where(lt(x, 1), x, y)" },
    { "where(x <= 1, x, y)", "where(le(x, 1), x, y)" },
    { "where(x > 1, x, y)", "where(gt(x, 1), x, y)" },
    { "where(x >= 1, x, y)", "where(ge(x, 1), x, y)" },
    { "where(x == 1, x, y)", "where(eq(x, 1), x, y)" },
    { "where(x != 1, x, y)", "where(ne(x, 1), x, y)" },
    { "where(x ~= 1, x, y)", "where(ne(x, 1), x, y)" },
    { "where(x < 1 && y < 2 || !(x < y), x, y)", "where(any(all(lt(x, 1), lt(y, 2)), no(lt(x, y))), x, y)" },
    { "where(x < 1 and y < 2 or not x < y, x, y)", "where(any(all(lt(x, 1), lt(y, 2)), no(lt(x, y))), x, y)" },
    { "where(all(lt(x, 1), y < 2, no(x < y)), x, y)", "where(all(lt(x, 1), lt(y, 2), no(lt(x, y))), x, y)" },
    { "where(x + 1 < y*2, 1, 0)", "where(lt(x + 1, y*2), 1, 0)" },
    { "u[1]*u[2] + u[3]", "u[1]*u[2] + u[3]" },
    { "x − y·sigma × 2", "x - y*sigma*2" },
    { "(x\n + y)", "x + y" },
    { "x +\n y", "x + y" },
    { "x\n - y", "x - y" },
    { "x # a comment\n + y -- another", "x + y" },
    { "x\n# a comment\n*y", "x*y" },
    { "gain*x", "gain*x" },
    { "macro", "macro" },
    { "c*x", "\"1/3\"*x" },
};

static void test_pair(Kit *kit, const char *text, const char *lua)
{
    kit_write("p.lua", arena_printf(kit->arena,
                                    "problem \"p\" parameters { sigma = 10 } constants { c = \"1/3\" }\n"
                                    "states { x = 1, y = 2, p = 0, q = 0, u = vector(3, 0) }\n"
                                    "gain = 2.5 macro = x*y + sigma\n"
                                    "equations [[ dp = %s\n]]\n"
                                    "ddt.q = %s\n",
                                    text, lua));
    const Spec *spec = kit_read_file(kit, NULL);
    const Expr *left = derivative_of(spec, "p"), *right = derivative_of(spec, "q");
    const char *line = arena_printf(kit->arena, "%s", text);
    for (char *c = (char *)line; *c; c++) *c = *c == '\n' || *c == '#' ? ' ' : *c;
    if (!tap_ok(left && left == right && !kit->messages.length, "%s", line)) tap_diag("%s", kit->messages.data);
}

static const char *const left_sides[] = { "dx =", "x' =", "dx/dt =", "d(x)/dt =", "ddt.x =", "x′ =" };
static const char *const element_sides[] = { "du[2] =", "u[2]' =", "du[2]/dt =", "d(u[2])/dt =", "ddt.u[2] =" };

static void test_left_side(Kit *kit, const char *side, const char *state)
{
    const Spec *spec = kit_read(kit, arena_printf(kit->arena,
                                                  "states { u = vector(2, 0) }\n"
                                                  "equations [[\n  %s -3*y\n]]",
                                                  side));
    const Equation *equation = spec->derivatives.count == 1 ? &spec->derivatives.items[0] : NULL;
    bool good = equation && equation->name == intern(state) && equation->source.line == 4 &&
                equation->source.column == 3 && !kit->messages.length &&
                !strcmp(equation->text, arena_printf(kit->arena, "%s -3*y", side));
    if (!tap_ok(good, "%s", side)) tap_diag("%s%s", kit->messages.data, equation ? equation->text : "");
}

static void test_intermediates(Kit *kit)
{
    const Spec *spec = kit_read(kit, "parameters { g = 3 }\n"
                                     "equations [[\n"
                                     "  dx = ina + ik; dy = dx*2   # in the order of a paper\n"
                                     "  ina = g*m^3*(x - E)\n"
                                     "  ik = ina/2\n"
                                     "  m = 1/(1 + exp(-y))\n"
                                     "  E = 50\n"
                                     "  alias = x\n"
                                     "]]\n"
                                     "observe.ina = ina\n"
                                     "observe.same = ina + ik\n"
                                     "equations [[ w = ik*2 + x' ]]\n"
                                     "observe.w = w observe.e = E observe.a = alias");
    kit_good(kit, "intermediates may be used before they are given");
    if (spec->observables.count != 5) return;
    const Expr *ina = spec->observables.items[0].expr;
    tap_ok(ina->name && !strcmp(ina->name, "ina"), "an intermediate gives its name");
    tap_ok(spec->derivatives.items[0].expr == spec->observables.items[1].expr, "Lua sees the intermediates");
    tap_ok(spec->derivatives.items[1].expr->kind == EXPR_MUL, "dx in an expression is the derivative");
    tap_ok(expr_is_number(spec->observables.items[3].expr, 50) &&
               spec->observables.items[4].expr->kind == EXPR_SYMBOL && !spec->observables.items[4].expr->name,
           "numbers and symbols stay what they are");
    tap_ok(expr_depends(spec->observables.items[2].expr, spec->states.items[0].symbol), "x' is read from before");
}

/* What Lua sees, equations see. */
static void test_locals(Kit *kit)
{
    const Spec *spec = kit_read(kit, "local k = 3 local function f() local k = 5 equations [[ dx = k*x ]] end f()\n"
                                     "local x = 7 local w = { 2, 4 }\n"
                                     "equations [[ dy = k*y + x + w[2] ]]\n"
                                     "ddt.y = 3*y + (ddt.x / 5) + 4");
    kit_good(kit, "locals are seen");
    if (spec->derivatives.count != 3) return;
    tap_ok(spec->derivatives.items[0].expr->argument[0]->number.numerator == 5, "the innermost first");
    tap_ok(spec->derivatives.items[1].expr == spec->derivatives.items[2].expr, "but declared names stay what they are");
}

/* A comment is no place for a thousand letters. */
static void test_length(Kit *kit)
{
    Text sum = text_new(kit->arena);
    for (int i = 0; i < 300; i++) text_printf(&sum, "+ %d*x", i);
    const Spec *spec =
        kit_read(kit, arena_printf(kit->arena, "ddt.x = x %s\nequations [[ dy = x %s ]]", sum.data, sum.data));
    kit_good(kit, "long equations");
    for (int i = 0; i < 2 && spec->derivatives.count == 2; i++) {
        const char *text = spec->derivatives.items[i].text;
        tap_ok(strlen(text) == 244 && !strcmp(text + 240, " ..."), "are shortened for comments");
    }
}

static void test_places(Kit *kit)
{
    kit_read(kit, "local text = [==[\n\tdx = mystery\n]==]\n\nequations(text)");
    kit_says(kit,
             "p.lua:3:7: error: unknown name 'mystery'; declare it with parameters, constants or states, or give it "
             "an equation\n",
             "a text that stands elsewhere");
    kit_read(kit, "equations(\"dx = mys\" .. \"tery\")");
    kit_says(kit,
             "p.lua:2: error: unknown name 'mystery'; declare it with parameters, constants or states, or give it an "
             "equation\n",
             "a text made by a program has the line of the statement");
    kit_read(kit, "equations [[ dx = − ü ]]");
    kit_says(kit,
             "p.lua:2:21: error: 'ü': names have letters a to z and A to Z, digits and _ only\n"
             "p.lua:2:19: error: a number, a name or '(' expected before the end of the equation\n",
             "columns count characters");
}

/* A chain as long as no C stack would carry, in the order that needs most. */
static void test_chain(Kit *kit)
{
    enum { LINKS = 20000 };
    Text text = text_new(kit->arena);
    text_add(&text, "equations [[\ndx = a0\n");
    for (int i = 0; i < LINKS; i++) text_printf(&text, "a%d = a%d + sin(a%d)\n", i, i + 1, i + 1);
    text_printf(&text, "a%d = x\n]]\nddt.y = y", LINKS);
    const Spec *spec = kit_read(kit, text.data);
    kit_good(kit, "a chain of 20000 intermediates, last first");
    tap_ok(kit_build(kit, spec) != NULL, "is built");
}

static void test_brackets(Kit *kit)
{
    Text text = text_new(kit->arena);
    text_add(&text, "equations [[ dx = ");
    for (int i = 0; i < 100000; i++) text_add(&text, "(");
    text_add(&text, " ]]");
    kit_read(kit, text.data);
    kit_says(kit, "p.lua:2:219: error: brackets are nested more than 200 deep\n", "100000 brackets");
}

static void test_numbers(Kit *kit)
{
    static const char *const claims[] = {
        "sqrt(4) == 2",
        "exp(0) == 1",
        "floor(2.7) == 2",
        "math.type(floor(2.7)) == 'integer'",
        "ceil(2.1) == 3",
        "abs(-3) == 3",
        "math.type(abs(-3)) == 'integer'",
        "min(3, 1, 2) == 1",
        "max(1, 2.5) == 2.5",
        "sign(-2) == -1",
        "pow(2, 10) == 1024",
        "hypot(3, 4) == 5",
        "log(8, 2) == 3",
        "atan(1, 1) == math.pi / 4",
        "pi == math.pi",
        "lt(1, 2) == true",
        "ge(1, 2) == false",
        "eq(2, 2) == true",
        "ne(2, 2) == false",
        "gt(2, 1) == true",
        "le(2, 2) == true",
        "where(true, 1, 2) == 1",
        "where(lt(2, 1), 1, 2) == 2",
        "all(true, false) == false",
        "any(true, false) == true",
        "no(true) == false",
        "math.sqrt(9) == 3",
        "math.floor(-0.5) == -1",
        "tgamma(5) == 24",
        "erf(0) == 0",
        "cbrt(27) == 3",
        "log10(1000) == 3",
        "expm1(0) == 0",
        "atan2(0, 1) == 0",
    };
    for (size_t i = 0; i < sizeof claims / sizeof *claims; i++) {
        kit_read(kit, arena_printf(kit->arena, "assert(%s)", claims[i]));
        kit_good(kit, claims[i]);
    }
    const Spec *spec = kit_read(kit, "observe.a = math.sin(x) + math.max(x, y)\n"
                                     "observe.b = sin(x) + max(x, y)\n"
                                     "observe.c = where(all(true, lt(x, 1)), 1, 0)\n"
                                     "observe.d = where(any(false, lt(x, 1)), 1, 0)\n"
                                     "observe.e = where(lt(x, 1), 1, 0)");
    kit_good(kit, "math takes symbols");
    tap_ok(spec->observables.items[0].expr == spec->observables.items[1].expr, "math.sin is sin");
    tap_ok(spec->observables.items[3].expr == spec->observables.items[4].expr, "booleans fold into conditions");
}

int main(void)
{
    Kit kit = kit_open();
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) test_pair(&kit, pairs[i][0], pairs[i][1]);
    for (size_t i = 0; i < sizeof left_sides / sizeof *left_sides; i++) test_left_side(&kit, left_sides[i], "x");
    for (size_t i = 0; i < sizeof element_sides / sizeof *element_sides; i++)
        test_left_side(&kit, element_sides[i], "u[2]");
    test_intermediates(&kit);
    test_locals(&kit);
    test_length(&kit);
    test_places(&kit);
    test_chain(&kit);
    test_brackets(&kit);
    test_numbers(&kit);
    kit_close(&kit);
    return tap_done();
}
