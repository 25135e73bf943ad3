/* SPDX-License-Identifier: MIT */
/* Order conditions of Rosenbrock methods. */
#include <assert.h>

#include "base/array.h"
#include "method/order_sum.h"

/* Trees of two kinds of nodes. A tree is a forest grafted onto a root; a forest
 * is `rest` with one more tree, `child`, the last in order of numbers. What a
 * root is says how its values come from those of its forest. */
typedef enum Root { ROOT_F, ROOT_JACOBIAN, ROOT_ALGEBRAIC } Root;

typedef struct Forest {
    int rest, child, size, count;
    bool zero;         /* a Jacobian in it: its condition is 0 */
    long double gamma; /* the product over its trees */
    Sum *product;      /* by stage: prod_k sum_j a_ij Phi_j(tree k) */
} Forest;

typedef struct Branch {
    Root root;
    int size;
    bool zero;
    long double gamma;
    Sum *phi, *a_phi; /* by stage: Phi_i, sum_j a_ij Phi_j */
} Branch;

typedef struct Wood {
    Arena *arena;
    const Tableau *tableau;
    Sum *a, *gamma, *beta, *omega; /* s by s; beta = a + gamma, omega its inverse */
    ARRAY(Forest) forests;
    ARRAY(Branch) branches;
} Wood;

static Sum plain(long double value)
{
    return (Sum){ value, fabsl(value) };
}

static Sum *apply(const Wood *wood, const Sum *matrix, const Sum *vector)
{
    int s = wood->tableau->stages;
    Sum *result = ARENA_ARRAY(wood->arena, Sum, s);
    for (int i = 0; i < s; i++)
        for (int j = 0; j < s; j++) {
            result[i].value += matrix[i * s + j].value * vector[j].value;
            result[i].scale += matrix[i * s + j].scale * vector[j].scale;
        }
    return result;
}

/* Of a lower triangle, by columns. */
static Sum *inverse(Arena *arena, const Sum *matrix, int s)
{
    Sum *result = ARENA_ARRAY(arena, Sum, s * s);
    for (int j = 0; j < s; j++)
        for (int i = j; i < s; i++) {
            Sum sum = plain(i == j);
            for (int k = j; k < i; k++) sum_add(&sum, -matrix[i * s + k].value, result[k * s + j]);
            long double pivot = matrix[i * s + i].value;
            result[i * s + j] = (Sum){ sum.value / pivot, sum.scale / fabsl(pivot) };
        }
    return result;
}

static Wood wood_of(Arena *arena, const Tableau *tableau)
{
    int s = tableau->stages;
    Wood wood = { .arena = arena, .tableau = tableau };
    wood.a = ARENA_ARRAY(arena, Sum, s * s);
    wood.gamma = ARENA_ARRAY(arena, Sum, s * s);
    wood.beta = ARENA_ARRAY(arena, Sum, s * s);
    for (int i = 0; i < s * s; i++) {
        wood.a[i] = plain(tableau->a[i].value);
        wood.gamma[i] = plain(tableau->gamma[i].value);
        wood.beta[i] = (Sum){ wood.a[i].value + wood.gamma[i].value, wood.a[i].scale + wood.gamma[i].scale };
    }
    wood.omega = inverse(arena, wood.beta, s);
    return wood;
}

static Sum *ones(const Wood *wood)
{
    Sum *vector = ARENA_ARRAY(wood->arena, Sum, wood->tableau->stages);
    for (int i = 0; i < wood->tableau->stages; i++) vector[i] = (Sum){ 1, 1 };
    return vector;
}

static void add_forest(Wood *wood, int rest, int child)
{
    Forest before = { -1, -1, 0, 0, false, 1, rest < 0 ? ones(wood) : NULL };
    if (rest >= 0) before = wood->forests.items[rest];
    Branch branch = wood->branches.items[child];
    Forest forest = { rest,
                      child,
                      before.size + branch.size,
                      before.count + 1,
                      before.zero || branch.zero,
                      before.gamma * branch.gamma,
                      ones(wood) };
    for (int i = 0; i < wood->tableau->stages; i++) forest.product[i] = sum_product(before.product[i], branch.a_phi[i]);
    *array_push(wood->arena, &wood->forests) = forest;
}

static void add_branch(Wood *wood, Root root, int size, bool zero, long double gamma, Sum *phi)
{
    Branch branch = { root, size, zero, gamma, phi, apply(wood, wood->a, phi) };
    *array_push(wood->arena, &wood->branches) = branch;
}

/* All forests of `size` nodes and two trees or more. */
static void grow_forests(Wood *wood, int size)
{
    int forests = wood->forests.count, branches = wood->branches.count;
    for (int rest = 0; rest < forests; rest++)
        for (int child = 0; child < branches; child++) {
            const Forest *before = &wood->forests.items[rest];
            if (child >= before->child && before->size + wood->branches.items[child].size == size)
                add_forest(wood, rest, child);
        }
}

/* The trees of one size are there: each is a forest too. */
static void plant(Wood *wood, int first)
{
    for (int i = first; i < wood->branches.count; i++) add_forest(wood, -1, i);
}

/* A node of f on one child: a for the next f, gamma for the matrix A, whose
 * trees the exact solution does not have (Hairer & Wanner II, IV.7, W-methods). */
static void grow_w(Wood *wood, int size)
{
    int first = wood->branches.count;
    grow_forests(wood, size - 1);
    if (size == 1) add_branch(wood, ROOT_F, 1, false, 1, ones(wood));
    for (int i = 0; i < wood->forests.count; i++) {
        Forest forest = wood->forests.items[i];
        if (forest.size == size - 1) add_branch(wood, ROOT_F, size, forest.zero, forest.gamma * size, forest.product);
    }
    for (int i = 0; i < first; i++) {
        Branch branch = wood->branches.items[i];
        if (branch.size == size - 1)
            add_branch(wood, ROOT_JACOBIAN, size, true, 1, apply(wood, wood->gamma, branch.phi));
    }
    plant(wood, first);
}

/* y' = f(y, z), 0 = g(y, z) (there, VI.4; M. Roche, Rosenbrock methods for
 * differential algebraic equations, Numer. Math. 52 (1988) 45-63). The size of a
 * tree is its number of nodes of f. A node of g has two children or more: with
 * one, or as the only child of f, its condition is that of another tree. */
static void grow_index1(Wood *wood, int size)
{
    int first = wood->branches.count;
    grow_forests(wood, size);
    if (size == 1) add_branch(wood, ROOT_F, 1, false, 1, ones(wood));
    for (int i = 0; i < wood->forests.count; i++) {
        Forest forest = wood->forests.items[i];
        if (forest.count < 2) continue;
        if (forest.size == size - 1) add_branch(wood, ROOT_F, size, false, forest.gamma * size, forest.product);
        if (forest.size == size)
            add_branch(wood, ROOT_ALGEBRAIC, size, false, forest.gamma, apply(wood, wood->omega, forest.product));
    }
    for (int i = 0; i < first; i++) {
        Branch branch = wood->branches.items[i];
        if (branch.size == size - 1 && branch.root == ROOT_F)
            add_branch(wood, ROOT_F, size, false, branch.gamma * size, apply(wood, wood->beta, branch.phi));
    }
    plant(wood, first);
}

/* A tree whose condition belongs to `order`. */
static void check(OrderResult *result, const Wood *wood, const Branch *branch, int order, int declared)
{
    Sum sum = { 0 };
    long double expected = branch->zero ? 0 : 1 / branch->gamma;
    for (int i = 0; i < wood->tableau->stages; i++) sum_add(&sum, wood->tableau->b[i].value, branch->phi[i]);
    double error = sum_scaled(sum.value - expected, sum.scale + fabsl(expected));
    if (order <= declared) result->residual = fmax(result->residual, error);
    if (error <= ORDER_TOLERANCE || result->tree >= 0) return;
    result->tree = 0;
    result->power = order;
    result->sum = sum.value;
    result->expected = expected;
}

OrderResult order_check_w(Arena *arena, const Tableau *tableau, int declared, int limit)
{
    Wood wood = wood_of(arena, tableau);
    OrderResult result = { .tree = -1 };
    for (int size = 1; size <= limit; size++) {
        int first = wood.branches.count;
        grow_w(&wood, size);
        for (int i = first; i < wood.branches.count; i++)
            check(&result, &wood, &wood.branches.items[i], size, declared);
        if (result.tree < 0) result.order = size;
    }
    return result;
}

/* The algebraic component may have one order less locally: an error in it is
 * not handed on to the next step, other than by R(inf). */
OrderResult order_check_index1(Arena *arena, const Tableau *tableau, int declared, int limit)
{
    Wood wood = wood_of(arena, tableau);
    OrderResult result = { .tree = -1 };
    for (int size = 1; size <= limit; size++) {
        int first = wood.branches.count;
        for (int i = 0; i < first; i++)
            if (wood.branches.items[i].root == ROOT_ALGEBRAIC && wood.branches.items[i].size == size - 1)
                check(&result, &wood, &wood.branches.items[i], size, declared);
        grow_index1(&wood, size);
        for (int i = first; i < wood.branches.count; i++)
            if (wood.branches.items[i].root == ROOT_F) check(&result, &wood, &wood.branches.items[i], size, declared);
        if (result.tree < 0) result.order = size;
    }
    return result;
}
