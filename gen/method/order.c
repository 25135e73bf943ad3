/* SPDX-License-Identifier: MIT */
#include "method/order.h"

#include <assert.h>

#include "method/order_sum.h"

/* ---- rooted trees ---- */

/* A tree is `rest` with `child` grafted onto its root. Taking as `child` the
 * last of the root's children in the order of numbers makes that unique. */
typedef struct Tree {
    int rest, child; /* -1 for the single node */
    int size;
    long gamma;
} Tree;

enum { TREE_COUNT = 1205 };

static Tree trees[TREE_COUNT];
static int first_tree[ORDER_MAX + 2]; /* by size; [size + 1] is the end */

static void grow_trees_of(int size)
{
    int count = first_tree[size];
    for (int child_size = 1; child_size < size; child_size++) {
        int rest_size = size - child_size;
        for (int rest = first_tree[rest_size]; rest < first_tree[rest_size + 1]; rest++)
            for (int child = first_tree[child_size]; child < first_tree[child_size + 1]; child++) {
                if (child < trees[rest].child) continue;
                assert(count < TREE_COUNT);
                long gamma = trees[rest].gamma / rest_size * size * trees[child].gamma;
                trees[count++] = (Tree){ rest, child, size, gamma };
            }
    }
    first_tree[size + 1] = count;
}

static void grow_trees(void)
{
    if (trees[0].size) return;
    trees[0] = (Tree){ -1, -1, 1, 1 };
    first_tree[1] = 0;
    first_tree[2] = 1;
    for (int size = 2; size <= ORDER_MAX; size++) grow_trees_of(size);
    assert(first_tree[ORDER_MAX + 1] == TREE_COUNT);
}

int order_tree_count(int order)
{
    grow_trees();
    assert(order >= 0 && order <= ORDER_MAX);
    return first_tree[order + 1];
}

long order_tree_gamma(int tree)
{
    assert(tree >= 0 && tree < order_tree_count(ORDER_MAX));
    return trees[tree].gamma;
}

/* The factors of a vector, those of the first children first. */
static void add_vector(Text *text, int tree)
{
    if (!tree) {
        text_add(text, "1");
        return;
    }
    int child = trees[tree].child, rest = tree, power = 0;
    for (; rest && trees[rest].child == child; rest = trees[rest].rest) power++;
    if (rest) {
        add_vector(text, rest);
        text_add(text, "*");
    }
    text_add(text, child ? "A(" : "c");
    if (child) add_vector(text, child);
    text_add(text, child ? ")" : "");
    if (power > 1) text_printf(text, "^%d", power);
}

void order_condition(Text *text, const char *weights, int tree)
{
    assert(tree >= 0 && tree < order_tree_count(ORDER_MAX));
    text_printf(text, "%s.(", weights);
    add_vector(text, tree);
    text_add(text, ")");
}

/* ---- elementary weights ---- */

typedef struct Elementary {
    const Tableau *tableau;
    int stages;   /* extra ones included */
    Sum *phi;     /* [tree][stage]: Phi_i */
    Sum *product; /* [tree][stage]: prod_k sum_j a_ij Phi_j(tk); rosenbrock: not Phi_i with one child */
    Sum *a_phi;   /* [tree][stage]: sum_j a_ij Phi_j */
} Elementary;

static void apply_a(const Elementary *elementary, int tree)
{
    int n = elementary->stages;
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++)
            sum_add(&elementary->a_phi[tree * n + i], tableau_a(elementary->tableau, i, j).value,
                    elementary->phi[tree * n + j]);
}

/* On an only child a Rosenbrock method has a + gamma instead of a. */
static void apply_gamma(const Elementary *elementary, int tree)
{
    int s = elementary->stages, child = trees[tree].child;
    for (int i = 0; i < s; i++)
        for (int j = 0; j < s; j++)
            sum_add(&elementary->phi[tree * s + i], elementary->tableau->gamma[i * s + j].value,
                    elementary->phi[child * s + j]);
}

/* Phi for all trees of up to `order` nodes, in `arena`. */
static Elementary elementary_weights(Arena *arena, const Tableau *tableau, int order)
{
    int count = order_tree_count(order), n = tableau->stages + tableau->dense_stages;
    Elementary all = { tableau, n, ARENA_ARRAY(arena, Sum, count * n), ARENA_ARRAY(arena, Sum, count * n),
                       ARENA_ARRAY(arena, Sum, count * n) };
    for (int i = 0; i < n; i++) all.product[i] = (Sum){ 1, 1 };
    for (int tree = 0; tree < count; tree++) {
        for (int i = 0; i < n; i++) {
            if (tree)
                all.product[tree * n + i] =
                    sum_product(all.product[trees[tree].rest * n + i], all.a_phi[trees[tree].child * n + i]);
            all.phi[tree * n + i] = all.product[tree * n + i];
        }
        if (tableau->gamma && tree && !trees[tree].rest) apply_gamma(&all, tree);
        if (trees[tree].size < order) apply_a(&all, tree);
    }
    return all;
}

/* ---- conditions ---- */

/* Weights under test: rows of `columns` for the powers of theta from `power`
 * on (one column and power 0: plain weights at `theta`). */
typedef struct Weights {
    const Sum *row;
    int columns, power;
    long double theta;
    Sum start; /* of f(t, y), which is in the condition of the single node only */
} Weights;

static long double right_side(const Weights *weights, int tree, int power)
{
    int size = trees[tree].size;
    long double theta = power ? (power == size) : powl(weights->theta, size);
    return theta / (long double)trees[tree].gamma;
}

static double residual(OrderResult *result, const Elementary *elementary, const Weights *weights, int tree, int column)
{
    int n = elementary->stages;
    Sum sum = tree ? (Sum){ 0 } : weights->start;
    for (int i = 0; i < n; i++) {
        Sum weight = weights->row[i * weights->columns + column], phi = elementary->phi[tree * n + i];
        sum.value += weight.value * phi.value;
        sum.scale += weight.scale * phi.scale;
    }
    int power = weights->power ? weights->power + column : 0;
    long double expected = right_side(weights, tree, power);
    double error = sum_scaled(sum.value - expected, sum.scale + fabsl(expected));
    if (error > ORDER_TOLERANCE && result->tree < 0) {
        result->tree = tree;
        result->power = power;
        result->sum = sum.value;
        result->expected = expected;
    }
    return error;
}

/* Checks all trees of up to `limit` nodes. */
static OrderResult check_weights(const Elementary *elementary, const Weights *weights, int declared, int limit)
{
    OrderResult result = { .tree = -1 };
    for (int size = 1; size <= limit; size++) {
        double largest = 0;
        for (int tree = first_tree[size]; tree < first_tree[size + 1]; tree++)
            for (int column = 0; column < weights->columns; column++)
                largest = fmax(largest, residual(&result, elementary, weights, tree, column));
        if (size <= declared) result.residual = fmax(result.residual, largest);
        if (result.tree < 0) result.order = size;
    }
    return result;
}

/* b, or b - error: the scale is that of the two parts. */
static OrderResult check_plain(Arena *arena, const Elementary *elementary, const Number *error, int declared, int limit)
{
    const Tableau *tableau = elementary->tableau;
    Sum *row = ARENA_ARRAY(arena, Sum, elementary->stages);
    for (int i = 0; i < tableau->stages; i++) {
        long double part = error ? error[i].value : 0;
        row[i] = (Sum){ tableau->b[i].value - part, fabsl(tableau->b[i].value) + fabsl(part) };
    }
    long double start = error == tableau->error && error ? tableau->error_start.value : 0;
    return check_weights(elementary, &(Weights){ row, 1, 0, 1, { -start, fabsl(start) } }, declared, limit);
}

static OrderResult check_dense(Arena *arena, const Elementary *elementary, int declared, int limit)
{
    const Tableau *tableau = elementary->tableau;
    int count = elementary->stages * tableau->dense_degree;
    Sum *row = ARENA_ARRAY(arena, Sum, count);
    for (int i = 0; i < count; i++) row[i] = (Sum){ tableau->dense[i].value, fabsl(tableau->dense[i].value) };
    return check_weights(elementary, &(Weights){ row, tableau->dense_degree, 1, 1, { 0, 0 } }, declared, limit);
}

/* ---- the whole ---- */

/* One above the declared order, so that a method better than declared is seen. */
static int limit_of(int declared)
{
    return declared < ORDER_MAX ? declared + 1 : ORDER_MAX;
}

static int larger(int a, int b)
{
    return a > b ? a : b;
}

OrderReport order_check(const Tableau *tableau)
{
    Arena *arena = arena_new();
    int limit = limit_of(tableau->order), embedded = limit_of(tableau->embedded_order);
    int low = limit_of(tableau->error_low_order), dense = limit_of(tableau->dense_order);
    Elementary elementary = elementary_weights(arena, tableau, larger(larger(limit, embedded), larger(low, dense)));
    OrderResult none = { .tree = -1 };
    OrderReport report = { .embedded = none, .embedded_low = none, .dense = none, .w = none, .index1 = none };
    report.solution = check_plain(arena, &elementary, NULL, tableau->order, limit);
    if (tableau->error)
        report.embedded = check_plain(arena, &elementary, tableau->error, tableau->embedded_order, embedded);
    if (tableau->error_low)
        report.embedded_low = check_plain(arena, &elementary, tableau->error_low, tableau->error_low_order, low);
    if (tableau->dense) report.dense = check_dense(arena, &elementary, tableau->dense_order, dense);
    if (tableau->w_order) report.w = order_check_w(arena, tableau, tableau->w_order, tableau->w_order + 1);
    if (tableau->index1_order)
        report.index1 = order_check_index1(arena, tableau, tableau->index1_order, tableau->index1_order + 1);
    order_check_rest(&report, tableau);
    arena_free(arena);
    return report;
}

int order_of_weights(const Tableau *tableau, const long double *weights, long double theta, int limit)
{
    assert(limit >= 1 && limit <= ORDER_MAX);
    Arena *arena = arena_new();
    Elementary elementary = elementary_weights(arena, tableau, limit);
    Sum *row = ARENA_ARRAY(arena, Sum, elementary.stages);
    for (int i = 0; i < elementary.stages; i++) row[i] = (Sum){ weights[i], fabsl(weights[i]) };
    OrderResult result = check_weights(&elementary, &(Weights){ row, 1, 0, theta, { 0, 0 } }, limit, limit);
    arena_free(arena);
    return result.order;
}

/* ---- errors ---- */

static bool verify_order(const Tableau *tableau, const OrderResult *result, const char *weights, const char *word,
                         int declared)
{
    if (declared > ORDER_MAX)
        diag_warning(tableau->source, "tableau '%s': %s = %d is checked up to %d only", tableau->name, word, declared,
                     ORDER_MAX);
    if (result->tree < 0 || trees[result->tree].size > declared) return true;
    Arena *arena = arena_new();
    Text text = text_new(arena);
    if (result->power) text_printf(&text, "the coefficient of theta^%d in ", result->power);
    order_condition(&text, weights, result->tree);
    text_printf(&text, " is %.12Lg and must be ", result->sum);
    if (result->expected == 0)
        text_add(&text, "0");
    else
        text_printf(&text, trees[result->tree].gamma > 1 ? "1/%ld" : "%ld", trees[result->tree].gamma);
    if (result->order) text_printf(&text, "; the order is %d, or a coefficient is wrong", result->order);
    diag_error(tableau->source, "tableau '%s' does not have its declared %s = %d: %s", tableau->name, word, declared,
               text.data);
    arena_free(arena);
    return false;
}

/* A condition that no tree of order_condition has. */
static bool verify_more(const Tableau *tableau, const OrderResult *result, const char *word, int declared)
{
    if (!declared || result->order >= declared) return true;
    diag_error(tableau->source,
               "tableau '%s' does not have its declared %s = %d: a condition of order %d is %.12Lg and must be %.12Lg; "
               "the order is %d, or a coefficient is wrong",
               tableau->name, word, declared, result->power, result->sum, result->expected, result->order);
    return false;
}

static bool verify_stiff(const Tableau *tableau, const OrderReport *report)
{
    bool sums = report->gamma_sum <= ORDER_TOLERANCE;
    bool last = report->stiffly_accurate || !tableau->stiffly_accurate;
    if (!sums)
        diag_error(tableau->source, "tableau '%s': row %d of gamma does not sum to d = %.12Lg; each row must",
                   tableau->name, report->gamma_sum_stage + 1, tableau->d[report->gamma_sum_stage].value);
    if (!last)
        diag_error(tableau->source,
                   "tableau '%s' is declared stiffly_accurate, but the last row of %s is not b at c = 1", tableau->name,
                   tableau->gamma ? "a + gamma" : "a");
    return sums && last;
}

static bool verify_rest(const Tableau *tableau, const OrderReport *report)
{
    bool rows = report->row_sum <= ORDER_TOLERANCE, end = report->dense_end <= ORDER_TOLERANCE;
    bool last = report->first_same_as_last || !tableau->first_same_as_last;
    if (!rows)
        diag_error(tableau->source, "tableau '%s': row %d of a does not sum to c = %.12Lg; each row must",
                   tableau->name, report->row_sum_stage + 1, tableau->c[report->row_sum_stage].value);
    if (!end)
        diag_error(tableau->source,
                   "tableau '%s': row %d of dense does not sum to the weight of its stage in b; each row must",
                   tableau->name, report->dense_end_stage + 1);
    if (!last)
        diag_error(tableau->source,
                   "tableau '%s' is declared first_same_as_last, but the last row of a is not b at c = 1",
                   tableau->name);
    return rows && end && last;
}

bool order_verify(const Tableau *tableau)
{
    OrderReport report = order_check(tableau);
    bool ok = verify_order(tableau, &report.solution, "b", "order", tableau->order);
    if (tableau->error)
        ok &= verify_order(tableau, &report.embedded, "(b - error)", "embedded_order", tableau->embedded_order);
    if (tableau->error_low)
        ok &=
            verify_order(tableau, &report.embedded_low, "(b - error_low)", "error_low_order", tableau->error_low_order);
    if (tableau->dense) ok &= verify_order(tableau, &report.dense, "b(theta)", "dense_order", tableau->dense_order);
    ok &= verify_more(tableau, &report.w, "w_order", tableau->w_order);
    ok &= verify_more(tableau, &report.index1, "index1_order", tableau->index1_order);
    return verify_rest(tableau, &report) & verify_stiff(tableau, &report) & ok;
}
