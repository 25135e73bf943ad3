/* SPDX-License-Identifier: MIT */
/* What the buffer specs (lua/buffers) say, once more: their sizes as formulas of the
 * states, stages and entries of the factors, and which aliases hold, method by
 * method. By this the memory map is checked, so it must not be derived from it. */
#ifndef TESTS_SUPPORT_ACCOUNTS_H
#define TESTS_SUPPORT_ACCOUNTS_H

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "numerics/kit.h"

typedef struct Problem {
    const char *path;
    int n, parameters;
    bool forced; /* time stands in the equations */
    int entries; /* of the factors of shift*I - J with the fill of its order */
} Problem;

/* Entries: robertson has full rows x and y, and y and z in row z; pollution as many as
 * a kernel written by hand has for it. */
static Problem problems[] = {
    { "problems/robertson.lua", 3, 3, false, 8 },
    { "forced.lua", 3, 3, true, 8 },
    { "problems/pollution.lua", 20, 25, false, 94 },
};

static const char forced[] = "problem 'forced'\n"
                             "parameters { k1 = 0.04, k2 = 3e7, k3 = 1e4 }\n"
                             "states { x = 1, y = 0, z = 0 }\n"
                             "ddt.x = -k1 * x + k3 * y * z + cos(t)\n"
                             "ddt.y = k1 * x - k3 * y * z - k2 * y^2\n"
                             "ddt.z = k2 * y^2\n";

enum { KEEPS_NOTHING, KEEPS_RHS, KEEPS_INCREMENT };

typedef struct Method {
    const char *family, *name;
    int s, dense;      /* stages, and more of the interpolant */
    int keeps;         /* erk, rosenbrock: f in stage_cache; dirk: rhs_cache or increment_cache */
    bool fixed, reuse; /* of factors, over several steps */
    int matrices[2];   /* of a fully implicit method: real ones (with that of the estimate) and complex ones */
} Method;

static const Method methods[] = {
    { "erk", "classical-rk4", 4, 0, KEEPS_NOTHING, true, false, { 1, 0 } },
    { "erk", "tsit5", 7, 0, KEEPS_RHS, false, false, { 1, 0 } },
    { "erk", "vern7", 10, 6, KEEPS_NOTHING, false, false, { 1, 0 } },
    { "dirk", "implicit-midpoint", 1, 0, KEEPS_INCREMENT, true, false, { 1, 0 } },
    { "dirk", "kvaerno3", 4, 0, KEEPS_RHS, false, false, { 1, 0 } },
    { "dirk", "kvaerno3", 4, 0, KEEPS_RHS, false, true, { 1, 0 } },
    { "dirk", "l-stable-sdirk-4", 5, 0, KEEPS_INCREMENT, false, false, { 1, 0 } },
    { "firk", "radau-iia-3", 2, 0, KEEPS_NOTHING, false, false, { 1, 1 } },
    { "firk", "radau-iia-5", 3, 0, KEEPS_NOTHING, false, false, { 1, 1 } },
    { "firk", "radau-iia-5", 3, 0, KEEPS_NOTHING, false, true, { 1, 1 } },
    { "rosenbrock", "rodas4p", 6, 0, KEEPS_NOTHING, false, false, { 1, 0 } },
    { "rosenbrock", "rosenbrock23", 3, 0, KEEPS_RHS, false, false, { 1, 0 } },
    { "rosenbrock", "rosenbrock23", 3, 0, KEEPS_RHS, true, false, { 1, 0 } },
};

typedef struct Solver {
    const char *name, *preconditioner;
    int run_width, factor_width; /* bytes */
    bool tables;                 /* of pollution: loops over tables, since its operations exceed unroll_limit */
} Solver;

static const Solver solvers[] = {
    { "lu", "", 8, 8, false },
    { "lu", "", 8, 4, false },
    { "lu", "", 4, 4, false },
    { "lu", "", 8, 4, true },
    { "bicgstab", "none", 8, 8, false },
    { "bicgstab", "jacobi", 8, 8, false },
    { "bicgstab", "neumann", 8, 8, false },
    { "minimal_residual", "none", 8, 8, false },
    { "minimal_residual", "jacobi", 8, 8, false },
    { "minimal_residual", "neumann", 8, 8, false },
};

enum { LOOP, ALGORITHM, NEWTON, LINEAR, LEVELS };
enum { SHARED, PERSISTENT, LOCAL, KINDS };

typedef struct Item {
    const char *name, *declared; /* in the generated text */
    int level, kind, width;
    int64_t size;
    const char *over; /* what it lies over: then it adds nothing */
    int64_t start;    /* bytes into its slab, from the generated text */
} Item;

enum { ITEMS = 40 };
typedef struct Case {
    const Problem *problem;
    const Method *method;
    const Solver *solver;
    unsigned shared; /* a bit for each level */
    int count;
    Item item[ITEMS];
    char words[2000];
} Case;

static bool is(const char *a, const char *b)
{
    return !strcmp(a, b);
}

static const char *problem_path(const Problem *problem)
{
    return strchr(problem->path, '/') ? kit_source(problem->path) : problem->path;
}

static bool is_shared(const Case *c, int level)
{
    return c->shared >> level & 1;
}

static bool has_newton(const Case *c)
{
    return is(c->method->family, "dirk") || is(c->method->family, "firk");
}

static bool is_implicit(const Case *c)
{
    return !is(c->method->family, "erk");
}

/* ---- the specs ---- */

/* A buffer whose location is a setting. */
static Item *add(Case *c, int level, const char *name, int64_t size)
{
    Item *item = &c->item[c->count++];
    bool narrow = level == LINEAR && is(c->solver->name, "lu");
    *item = (Item){ name,
                    name,
                    level,
                    is_shared(c, level) ? SHARED : LOCAL,
                    narrow ? c->solver->factor_width : c->solver->run_width,
                    size,
                    NULL,
                    -1 };
    if (is_shared(c, level)) sprintf(c->words + strlen(c->words), " %s_location=shared", name);
    return item;
}

static void add_persistent(Case *c, int level, const char *name, int64_t size, const char *over)
{
    Item *item = add(c, level, name, size);
    if (item->kind == LOCAL) item->kind = PERSISTENT;
    item->over = over;
}

/* Its location is no setting: local, unless it lies over the shared buffer. */
static void add_cache(Case *c, int64_t size, const char *over)
{
    Item *item = &c->item[c->count++];
    *item = (Item){ "stage_cache",        "stage_cache", ALGORITHM, over ? SHARED : PERSISTENT,
                    c->solver->run_width, size,          over,      -1 };
}

static void add_loop(Case *c)
{
    int n = c->problem->n;
    add(c, LOOP, "state", n);
    add(c, LOOP, "proposed_state", n);
    add(c, LOOP, "parameters", c->problem->parameters);
    add(c, LOOP, "error", c->method->fixed ? 0 : n);
    add(c, LOOP, "saved_state", n);
}

/* stage_cache over stage_rhs never holds: the derivative at the start of a step is
 * needed in its later stages. */
static void add_erk(Case *c)
{
    const Method *m = c->method;
    int n = c->problem->n;
    add(c, ALGORITHM, "stage_rhs", n);
    add(c, ALGORITHM, "stage_accumulator", (m->s - 1) * n);
    add(c, ALGORITHM, "stage_dense", m->dense * n);
    add_cache(c, m->keeps == KEEPS_RHS ? n : 0, NULL);
}

/* The first state that Newton's iterations write in shared memory, as increment_cache
 * sees it: what it left is read for the first guess of the only stage. Newton's delta
 * and the vectors of the iterations are written after that; factors are before. */
static bool midpoint_cache_fits(const Case *c)
{
    return is(c->method->name, "implicit-midpoint") &&
           (is_shared(c, NEWTON) || (is_shared(c, LINEAR) && !is(c->solver->name, "lu")));
}

/* stage_base over accumulator: the first row of it is free where f of the first stage is
 * in rhs_cache. */
static void add_dirk(Case *c)
{
    const Method *m = c->method;
    int n = c->problem->n;
    bool shared = is_shared(c, ALGORITHM), keeps_rhs = m->keeps == KEEPS_RHS;
    add(c, ALGORITHM, "stage_increment", n);
    add(c, ALGORITHM, "accumulator", (m->s - 1) * n);
    add(c, ALGORITHM, "stage_base", n)->over = shared && keeps_rhs ? "accumulator" : NULL;
    const char *over = midpoint_cache_fits(c) ? "newton_shared" : NULL;
    add_persistent(c, ALGORITHM, keeps_rhs ? "rhs_cache" : "increment_cache", n, over);
    add(c, NEWTON, "delta", n);
}

static void add_firk(Case *c)
{
    int n = c->problem->n, s = c->method->s;
    add_persistent(c, ALGORITHM, "stage_increment", s * n, NULL);
    add(c, ALGORITHM, "stage_state", n);
    add(c, NEWTON, "delta", s * n);
}

/* stage_cache over stage_store: the first stage is kept there while f at the start may
 * be needed again, in an attempt after a rejected one or by dense output; with
 * fixed steps and the interpolant of rosenbrock23 it is not. */
static void add_rosenbrock(Case *c)
{
    const Method *m = c->method;
    int n = c->problem->n;
    add(c, ALGORITHM, "stage_rhs", n);
    add(c, ALGORITHM, "stage_increment", n);
    add(c, ALGORITHM, "stage_store", (m->s - 1) * n);
    add_cache(c, m->keeps == KEEPS_RHS ? n : 0, m->fixed && is_shared(c, ALGORITHM) ? "stage_store" : NULL);
    add(c, ALGORITHM, "cached_auxiliaries", c->problem->forced ? n : 0);
}

/* A complex factor has two numbers an entry, and one where elimination leaves it real:
 * off the diagonal the matrix is real, and an entry becomes complex by products of
 * what is left of it. `numbers` is what layout.txt counts. */
static void add_lu(Case *c, int64_t numbers)
{
    const Method *m = c->method;
    int narrow = c->solver->factor_width < c->solver->run_width;
    if (m->reuse)
        add_persistent(c, LINEAR, "lu_factor", numbers, NULL);
    else
        add(c, LINEAR, "lu_factor", numbers);
    add(c, LINEAR, "lu_row", c->solver->tables ? c->problem->n : 0);
    add(c, LINEAR, "lu_renewed", m->reuse ? numbers : 0);
    add(c, LINEAR, "lu_vector", narrow ? (m->matrices[1] ? 2 : 1) * c->problem->n : 0);
}

/* Vectors of a complex system have two numbers a state, and serve real ones, too. */
static void add_vector(Case *c, const char *name, const char *declared, bool used)
{
    bool complex = c->method->matrices[1] > 0;
    Item *item = add(c, LINEAR, name, used ? (complex ? 2 : 1) * c->problem->n : 0);
    if (complex) item->declared = declared;
}

static void add_krylov(Case *c)
{
    bool bicgstab = is(c->solver->name, "bicgstab"), preconditioned = !is(c->solver->preconditioner, "none");
    add_vector(c, "linear_residual", "linear_residual_parts", true);
    add(c, LINEAR, "linear_weight", c->problem->n);
    if (bicgstab) add_vector(c, "shadow_residual", "shadow_residual_parts", true);
    if (bicgstab) add_vector(c, "direction", "direction_parts", true);
    if (bicgstab) add_vector(c, "direction_product", "direction_product_parts", true);
    add_vector(c, "preconditioned_vec", "preconditioned_vec_parts", preconditioned);
    add_vector(c, "preconditioner_diagonal", "preconditioner_diagonal_parts", is(c->solver->preconditioner, "jacobi"));
    add_vector(c, "temp", "temp_parts", true);
}

static void add_words(Case *c)
{
    const Method *m = c->method;
    const Solver *s = c->solver;
    char *words = c->words;
    words += sprintf(words, "%s algorithm=%s", problem_path(c->problem), m->name);
    words += sprintf(words, "%s precision=%s", m->fixed ? " controller=fixed dt=0.01" : "",
                     s->run_width == 8 ? "float64" : "float32");
    if (!is_implicit(c)) return;
    words += sprintf(words, " linear_solver=%s", s->name);
    if (*s->preconditioner)
        words += sprintf(words, " preconditioner=%s", s->preconditioner);
    else
        words += sprintf(words, " lu_precision=%s", s->factor_width == 8 ? "float64" : "float32");
    if (s->tables) words += sprintf(words, " unroll_limit=1");
    if (has_newton(c) && !m->fixed && is(s->name, "lu"))
        sprintf(words, " factor_reuse=%s", m->reuse ? "steps" : "attempt");
}

static Case new_case(const Problem *problem, const Method *method, const Solver *solver, unsigned shared,
                     int64_t numbers)
{
    Case c = { .problem = problem, .method = method, .solver = solver, .shared = shared };
    add_words(&c);
    add_loop(&c);
    if (is(method->family, "erk")) add_erk(&c);
    if (is(method->family, "dirk")) add_dirk(&c);
    if (is(method->family, "firk")) add_firk(&c);
    if (is(method->family, "rosenbrock")) add_rosenbrock(&c);
    if (!is_implicit(&c)) return c;
    if (is(solver->name, "lu"))
        add_lu(&c, numbers);
    else
        add_krylov(&c);
    /* Room for what lies over it: it takes none itself. */
    if (has_newton(&c) && is_shared(&c, ALGORITHM)) strcat(c.words, " solver_scratch_location=shared");
    return c;
}

#endif
