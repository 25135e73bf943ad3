/* SPDX-License-Identifier: MIT */
/* Hoisting: what is taken out of the roots, under which names, and that values
 * stay the same to the last bit. */
#include <math.h>
#include <time.h>

#include "expr/hoist.h"
#include "expr/expr_kit.h"

enum { ROOTS = 4, TREES = 3000, LARGE = 100000 };

static const char *const taken[] = { "x", "y", "z", "p_1", "rhs" };
enum { TAKEN = sizeof taken / sizeof *taken };

static HoistedList hoist(const Expr **results, const Expr *const *roots, int count)
{
    IdentifierScope *scope = identifier_scope_new(arena);
    for (int i = 0; i < TAKEN; i++) identifier_take(scope, taken[i]);
    return hoist_make(results, graph, roots, count, scope);
}

/* "y * p_1 / x; h1 = y * p_1" and so on: roots, then hoisted values. */
static void check_hoist(const Expr *const *roots, int count, const char *expected)
{
    const Expr *results[ROOTS];
    HoistedList list = hoist(results, roots, count);
    Text text = text_new(arena);
    for (int i = 0; i < count; i++) text_printf(&text, "%s%s", i ? "; " : "", code(results[i]));
    for (int i = 0; i < list.count; i++)
        text_printf(&text, "; %s = %s", list.items[i].symbol->code, code(list.items[i].expr));
    check_text(text.data, expected);
}

static void check_one(const Expr *root, const char *expected)
{
    check_hoist(&root, 1, expected);
}

static void check_two(const Expr *first, const Expr *second, const char *expected)
{
    check_hoist((const Expr *[]){ first, second }, 2, expected);
}

/* x is a state, z is t, y and p[1] are parameters. */
static void test_what(void)
{
    const Expr *ratio = quo(y, p), *sum = add(mul(y, p), num(3));
    check_one(mul(ratio, x), "h1 * x; h1 = y / p_1");
    check_one(mul(mul(y, p), x), "y * p_1 * x");
    check_one(mul(add(y, num(1)), x), "(y + 1.0) * x");
    check_one(mul(sum, x), "h1 * x; h1 = y * p_1 + 3.0");
    check_one(sum, "h1; h1 = y * p_1 + 3.0");
    check_one(mul(call(FUNCTION_SQRT, y), x), "h1 * x; h1 = sqrt(y)");
    check_one(mul(call(FUNCTION_EXP, neg(y)), x), "h1 * x; h1 = exp(-y)");
    check_one(mul(call2(FUNCTION_MAX, y, p), x), "h1 * x; h1 = max(y, p_1)");
    check_one(mul(call(FUNCTION_SIN, quo(y, x)), y), "sin(y / x) * y");
    check_one(mul(call(FUNCTION_SIN, mul(quo(y, p), z)), x), "sin(h1 * z) * x; h1 = y / p_1");
    check_one(mul(y, x), "y * x");
    check_one(num(2), "2.0");
    check_one(y, "y");
    check_one(neg(y), "-y");
    check_one(mul(call(FUNCTION_SIN, num(2)), call(FUNCTION_EXP, x)),
              code(mul(call(FUNCTION_SIN, num(2)), call(FUNCTION_EXP, x))));
}

static void test_signs_and_sharing(void)
{
    const Expr *ratio = quo(y, p);
    check_one(neg(ratio), "-h1; h1 = y / p_1");
    check_two(sub(x, ratio), add(x, ratio), "x - h1; x + h1; h1 = y / p_1");
    check_two(mul(ratio, x), neg(ratio), "h1 * x; -h1; h1 = y / p_1");
    check_two(mul(add(ratio, y), x), mul(ratio, x), "h2 * x; h1 * x; h1 = y / p_1; h2 = y / p_1 + y");
    check_two(mul(ratio, x), mul(quo(p, y), x), "h1 * x; h2 * x; h1 = y / p_1; h2 = p_1 / y");
}

static void test_choices(void)
{
    const Expr *uniform = cond(EXPR_LT, quo(y, p), num(1)), *varying = cond(EXPR_LT, x, quo(y, p));
    check_one(where(uniform, x, z), "select(h1 < 1.0, x, z); h1 = y / p_1");
    check_one(where(varying, x, z), "select(x < h1, x, z); h1 = y / p_1");
    check_one(where(cond(EXPR_LT, y, p), x, z), "select(y < p_1, x, z)");
    check_one(mul(where(uniform, y, p), x), "h1 * x; h1 = select(y / p_1 < 1.0, y, p_1)");
    check_one(where(cond(EXPR_LT, x, z), call(FUNCTION_LOG, y), x), "select(x < z, h1, x); h1 = log(y)");
    check_one(where(cond(EXPR_AND, uniform, varying), x, z), "select((h1 < 1.0) & (x < h1), x, z); h1 = y / p_1");
}

static const Expr *named(const Expr *expr, const char *name)
{
    expr_set_name(graph, expr, name);
    return expr;
}

static void test_names(void)
{
    const Expr *rate = named(call(FUNCTION_EXP, add(y, p)), "rate"),
               *same = named(call(FUNCTION_EXP, sub(y, p)), "rate");
    check_two(mul(rate, x), mul(same, x), "rate * x; rate_2 * x; rate = exp(y + p_1); rate_2 = exp(y - p_1)");
    check_one(mul(named(call(FUNCTION_LOG, y), "rhs"), x), "rhs_2 * x; rhs_2 = log(y)");
    check_one(mul(named(call(FUNCTION_SIN, y), "double"), x), "double_ * x; double_ = sin(y)");
    check_one(mul(named(call(FUNCTION_COS, y), "p[1]"), x), "p_1_2 * x; p_1_2 = cos(y)");
    const Expr *inner = named(call(FUNCTION_TANH, x), "h1");
    check_one(mul(inner, call(FUNCTION_CBRT, y)), "tanh(x) * h2; h2 = cbrt(y)");
    check_one(mul(named(neg(call(FUNCTION_ATAN, y)), "turn"), call(FUNCTION_EXP, x)), "-h1 * exp(x); h1 = atan(y)");
    check_one(named(neg(call(FUNCTION_ASIN, y)), "turned"), "turned; turned = -asin(y)");
    const Expr *result;
    HoistedList list = hoist(&result, &rate, 1);
    tap_ok(list.count == 1 && result->symbol == list.items[0].symbol && result->symbol->kind == SYMBOL_HOISTED &&
               result->symbol->index == 0 && result->symbol->name == intern("rate"),
           "the symbol of a hoisted value");
    const Expr *outer = named(mul(call(FUNCTION_ERF, y), x), "product"), *root = add(outer, z);
    hoist(&result, &root, 1);
    tap_ok(result->argument[0]->name == intern("product"), "what is rebuilt keeps its name");
}

/* ---- random roots ---- */

static double inputs[4];

typedef struct Values {
    const HoistedList *list;
    long double hoisted[ROOTS * 1000];
} Values;

static long double input_of(void *context, const Symbol *symbol)
{
    const Values *values = context;
    return symbol->kind == SYMBOL_HOISTED ? values->hoisted[symbol->index] : inputs[symbol->index];
}

static bool same_values(const Expr *const *roots, const Expr *const *results, const HoistedList *list)
{
    static Values values;
    for (int i = 0; i < 4; i++) inputs[i] = (double)(below(41) - 20) / 8;
    for (int i = 0; i < list->count; i++) values.hoisted[i] = expr_evaluate(list->items[i].expr, input_of, &values);
    for (int i = 0; i < ROOTS; i++) {
        long double a = expr_evaluate(roots[i], input_of, &values), b = expr_evaluate(results[i], input_of, &values);
        if (a != b && !(isnan(a) && isnan(b))) return false;
    }
    return true;
}

static bool depends_on_kind(const Expr *expr, bool parameter)
{
    for (int i = 0; i < 4; i++)
        if ((symbols[i].kind == SYMBOL_PARAMETER) == parameter && expr_depends(expr, &symbols[i])) return true;
    return false;
}

static bool is_costly(const Expr *expr)
{
    OperationCount count = expr_count(&expr, 1);
    return count.divisions + count.roots + count.functions + count.selections ||
           count.additions + count.multiplications > 1;
}

static bool uses_hoisted(const Expr *expr, const HoistedList *list)
{
    for (int i = 0; i < list->count; i++)
        if (expr_depends(expr, list->items[i].symbol)) return true;
    return false;
}

/* Nothing in or below expr could be hoisted, alone or with what was. */
static bool is_bare(const Expr *expr, const HoistedList *list)
{
    bool value = expr->arity && !expr_is_condition(expr) && (expr->kind != EXPR_NEG || expr->name);
    bool uniform = !depends_on_kind(expr, false) && (depends_on_kind(expr, true) || uses_hoisted(expr, list));
    if (value && uniform && (is_costly(expr) || uses_hoisted(expr, list))) return false;
    for (int i = 0; i < expr->arity; i++)
        if (!is_bare(expr->argument[i], list)) return false;
    return true;
}

static bool list_is_sound(const HoistedList *list)
{
    for (int i = 0; i < list->count; i++) {
        const Expr *expr = list->items[i].expr;
        const Symbol *symbol = list->items[i].symbol;
        if (depends_on_kind(expr, false) || !depends_on_kind(expr, true) || uses_hoisted(expr, list)) return false;
        if (!is_costly(expr) || expr_is_condition(expr) || symbol->index != i) return false;
        for (int k = 0; k < i; k++)
            if (list->items[k].expr == expr || list->items[k].symbol->code == symbol->code) return false;
    }
    return true;
}

static bool all_used(const HoistedList *list, const Expr *const *results)
{
    for (int i = 0; i < list->count; i++) {
        bool used = false;
        for (int k = 0; k < ROOTS; k++) used |= expr_depends(results[k], list->items[i].symbol);
        if (!used) return false;
    }
    return true;
}

static void make_kinds(void)
{
    static const SymbolKind kinds[] = { SYMBOL_STATE,     SYMBOL_TIME,      SYMBOL_DRIVER,    SYMBOL_OTHER,
                                        SYMBOL_PARAMETER, SYMBOL_PARAMETER, SYMBOL_PARAMETER, SYMBOL_PARAMETER };
    for (int i = 0; i < 4; i++) symbols[i].kind = kinds[below(8)];
}

static const Expr *random_root(void)
{
    const Expr *root = random_tree(5);
    while (expr_find_nonfinite(root)) root = random_tree(5);
    return root;
}

static bool is_done(const Expr *const *results)
{
    const Expr *again[ROOTS];
    HoistedList list = hoist(again, results, ROOTS);
    return !list.count && !memcmp(again, results, sizeof again);
}

static void test_random(void)
{
    bool same = true, bare = true, sound = true, used = true, done = true;
    int hoisted = 0;
    srand48(4);
    for (int tree = 0; tree < TREES; tree++) {
        const Expr *roots[ROOTS], *results[ROOTS];
        for (int i = 0; i < ROOTS; i++) roots[i] = random_root();
        make_kinds();
        HoistedList list = hoist(results, roots, ROOTS);
        hoisted += list.count;
        for (int k = 0; k < 3; k++) same &= same_values(roots, results, &list);
        for (int i = 0; i < ROOTS; i++) bare &= is_bare(results[i], &list);
        sound &= list_is_sound(&list);
        used &= all_used(&list, results);
        done &= is_done(results);
    }
    tap_diag("%d values hoisted from %d random roots", hoisted, TREES * ROOTS);
    tap_ok(same, "values are the same to the last bit");
    tap_ok(bare, "nothing is left to hoist");
    tap_ok(sound, "hoisted values depend on parameters alone, are worth it, and differ");
    tap_ok(used, "every hoisted value is used");
    tap_ok(done, "hoisting again changes nothing");
    tap_ok(hoisted > TREES, "there was something to hoist");
}

/* ---- large graphs ---- */

/* Partial sums of a long one, each of them a value of its own: their common
 * nodes are not to be counted once for each. */
static void test_large(void)
{
    const Expr **roots = ARENA_ARRAY(arena, const Expr *, LARGE), **results = ARENA_ARRAY(arena, const Expr *, LARGE);
    const Expr *sum = y;
    for (int i = 0; i < LARGE; i++) {
        sum = add(mul(sum, p), num(i + 2));
        roots[i] = mul(sum, x);
    }
    clock_t start = clock();
    HoistedList list = hoist(results, roots, LARGE);
    double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
    tap_diag("%d values hoisted in %.3f s", list.count, seconds);
    tap_ok(list.count == LARGE && seconds < 5, "%d nested values", LARGE);
    sum = x;
    for (int i = 0; i < LARGE; i++) sum = add(sum, quo(y, add(p, num(i + 1))));
    start = clock();
    list = hoist(results, &sum, 1);
    seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
    tap_diag("%d values hoisted in %.3f s", list.count, seconds);
    tap_ok(list.count == LARGE && seconds < 5, "a chain of %d sums", LARGE);
    sum = add(y, p);
    for (int i = 0; i < LARGE; i++) sum = call(i % 2 ? FUNCTION_SIN : FUNCTION_COS, sum);
    sum = mul(sum, x);
    list = hoist(results, &sum, 1);
    tap_ok(list.count == 1 && results[0]->argument[0]->symbol == list.items[0].symbol, "a tower of %d calls", LARGE);
}

int main(void)
{
    kit_start();
    symbols[1].kind = symbols[3].kind = SYMBOL_PARAMETER;
    symbols[2].kind = SYMBOL_TIME;
    test_what();
    test_signs_and_sharing();
    test_choices();
    test_names();
    test_large();
    test_random();
    return tap_done();
}
