/* SPDX-License-Identifier: MIT */
/* What is carried between functions: which values, and that they stay the same to
 * the last bit. */
#include <math.h>

#include "expr/carry.h"
#include "expr/expr_kit.h"

enum { ROOTS = 6, GROUPS = 3, TREES = 3000, TERMS = 5000, MOST = 100, WORTH = 8, NO_END = 1 << 30 };

/* "ddt = carried[0] * x; carried[0] = sin(x)": roots, then carried values. */
static void check_carried(const Expr *first, const Expr *second, int most, const char *expected)
{
    const Expr *roots[] = { first, second }, *results[2];
    CarriedList list = carry_make(results, graph, roots, (int[]){ 0, 1 }, 2, "c", most);
    Text text = text_new(arena);
    text_printf(&text, "%s; %s", code(results[0]), code(results[1]));
    for (int i = 0; i < list.count; i++) text_printf(&text, "; c[%d] = %s", i, code(list.items[i]));
    check_text(text.data, expected);
}

static void test_what(void)
{
    const Expr *wave = call(FUNCTION_SIN, x), *slope = sub(num(1), mul(wave, wave)), *ratio = quo(x, y);
    check_carried(mul(wave, y), add(wave, z), NO_END, "c[0] * y; c[0] + z; c[0] = sin(x)");
    check_carried(mul(wave, y), mul(slope, z), NO_END, "c[0] * y; (1.0 - c[0] * c[0]) * z; c[0] = sin(x)");
    check_carried(mul(slope, y), mul(slope, z), NO_END,
                  "(1.0 - c[0] * c[0]) * y; (1.0 - c[0] * c[0]) * z; c[0] = sin(x)");
    check_carried(mul(mul(x, y), z), mul(mul(x, y), p), NO_END, "x * y * z; x * y * p_1");
    check_carried(add(mul(wave, ratio), y), add(mul(wave, ratio), z), NO_END,
                  "c[0] * c[1] + y; c[0] * c[1] + z; c[0] = sin(x); c[1] = x / y");
    check_carried(mul(ratio, z), neg(ratio), NO_END, "c[0] * z; -c[0]; c[0] = x / y");
    check_carried(wave, wave, NO_END, "c[0]; c[0]; c[0] = sin(x)");
    check_carried(mul(wave, wave), y, NO_END, "sin(x) * sin(x); y");
    const Expr *outer = call(FUNCTION_EXP, wave);
    check_carried(mul(outer, y), mul(outer, z), NO_END, "c[0] * y; c[0] * z; c[0] = exp(sin(x))");
    check_carried(mul(outer, y), mul(wave, z), NO_END, "exp(c[0]) * y; c[0] * z; c[0] = sin(x)");
    const Expr *choice = cond(EXPR_LT, wave, y);
    check_carried(where(choice, x, z), where(choice, y, p), NO_END,
                  "select(c[0] < y, x, z); select(c[0] < y, y, p_1); c[0] = sin(x)");
}

static void test_parts(void)
{
    const Expr *parts = mul(add(add(add(x, y), z), p), z);
    check_carried(parts, z, 1, "(c[0] + p_1) * z; z; c[0] = x + y + z");
    check_carried(parts, z, 4, "(x + y + z + p_1) * z; z");
}

/* ---- random roots ---- */

typedef struct Values {
    double input[4];
    long double carried[ROOTS * 1000];
} Values;

static long double input_of(void *context, const Symbol *symbol)
{
    const Values *values = context;
    return symbol->kind == SYMBOL_OTHER ? values->carried[symbol->index] : (long double)values->input[symbol->index];
}

/* Each carried value is made of those before it. */
static bool same_values(const Expr *const *roots, const Expr *const *results, const CarriedList *list)
{
    static Values values;
    for (int i = 0; i < 4; i++) values.input[i] = (double)(below(41) - 20) / 8;
    for (int i = 0; i < list->count; i++) {
        for (int k = i; k < list->count; k++) values.carried[k] = NAN;
        values.carried[i] = expr_evaluate(list->items[i], input_of, &values);
    }
    for (int i = 0; i < ROOTS; i++) {
        long double a = expr_evaluate(roots[i], input_of, &values), b = expr_evaluate(results[i], input_of, &values);
        if (a != b && !(isnan(a) && isnan(b))) return false;
    }
    return true;
}

/* What two groups compute both costs less than what is worth to be carried, but for
 * products and conditions, of which the operands are. */
static bool is_bare(const Expr *expr, const Expr *const *others, int count)
{
    bool below_others = false;
    for (int i = 0; i < count && !below_others; i++) {
        const Expr *both[] = { others[i], expr };
        below_others = expr_cost(both, 2) == expr_cost(both, 1);
    }
    bool can_be = !expr_is_condition(expr) && expr->kind != EXPR_NEG && expr->kind != EXPR_MUL;
    if (below_others && can_be) return expr_cost(&expr, 1) < WORTH;
    for (int i = 0; i < expr->arity; i++)
        if (!is_bare(expr->argument[i], others, count)) return false;
    return true;
}

static const Expr *random_root(void)
{
    const Expr *root = random_tree(5);
    while (expr_find_nonfinite(root)) root = random_tree(5);
    return root;
}

static void test_random(void)
{
    bool same = true, bare = true;
    int carried = 0;
    srand48(4);
    for (int tree = 0; tree < TREES; tree++) {
        const Expr *roots[ROOTS], *results[ROOTS];
        int group[ROOTS];
        const Expr *shared = random_root();
        for (int i = 0; i < ROOTS; i++) {
            roots[i] = below(2) ? mul(shared, random_root()) : random_root();
            if (expr_find_nonfinite(roots[i])) roots[i] = random_root();
            group[i] = i * GROUPS / ROOTS;
        }
        CarriedList list = carry_make(results, graph, roots, group, ROOTS, "c", tree % 2 ? NO_END : 10 + below(MOST));
        carried += list.count;
        for (int k = 0; k < 3; k++) same &= same_values(roots, results, &list);
        for (int i = 0; i < 2; i++) bare &= is_bare(results[i], results + 2, ROOTS - 2);
    }
    tap_diag("%d values carried from %d random roots", carried, TREES * ROOTS);
    tap_ok(same, "values are the same to the last bit, each made of those before it");
    tap_ok(bare, "no group computes what another does and is worth to be carried");
    tap_ok(carried > TREES, "there was something to carry");
}

/* ---- bounds ---- */

static void test_bound(void)
{
    const Expr *sum = x, *result;
    for (int i = 0; i < TERMS; i++) sum = add(sum, mul(num(i + 2), call(FUNCTION_SIN, mul(num(i + 1), x))));
    int longest = 0, group = 0, total = 0;
    CarriedList list = carry_make(&result, graph, &sum, &group, 1, "c", MOST);
    *array_push(graph_arena(graph), &list) = result;
    for (int i = 0; i < list.count; i++) {
        int cost = expr_cost(&list.items[i], 1);
        if (cost > longest) longest = cost;
        total += cost;
    }
    tap_ok(list.count > TERMS / 10 && longest <= 3 * MOST, "a long sum is in %d parts of at most %d operations",
           list.count, longest);
    tap_ok(total == expr_cost(&sum, 1), "which cost together what it costs");
}

int main(void)
{
    kit_start();
    test_what();
    test_parts();
    test_random();
    test_bound();
    arena_free(arena);
    return tap_done();
}
