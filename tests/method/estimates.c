/* SPDX-License-Identifier: MIT */
/* What error estimates see of linear equations: of every method that has one, and of methods made
 * to be blind. */
#include <string.h>

#include "base/intern.h"
#include "method/estimate.h"
#include "method/order.h"
#include "script/script.h"
#include "support/stability.h"
#include "tap.h"

static Arena *arena;
static TableauList shipped;

/* ---- the shipped tableaux ---- */

/* Among explicit methods some estimates are zero at a point (bogacki-shampine-32 at -1). */
static void test_somewhere(const Tableau *tableau, bool blind)
{
    const long double complex z[] = { -0.4L, -2.3L, 0.7L * I, -1 + 2 * I, 1.6L, -0.2L - 0.9L * I };
    int unseen = 0, count = sizeof z / sizeof *z;
    for (int i = 0; i < count; i++) {
        long double error = cabsl(stability(tableau, z[i]) - cexpl(z[i]));
        unseen += !(cabsl(stability_estimate(tableau, z[i])) > 0.05L * error);
    }
    tap_ok(unseen == (blind ? count : 0), "%s: the estimate %s", tableau->name,
           blind ? "is zero" : "is about as large as the error, or larger");
    tap_diag("smaller at %d of %d points", unseen, count);
}

/* Of very stiff components. */
static void test_far(const Tableau *tableau, bool blind)
{
    bool seen = true;
    for (long double z = -10; z > -1e10L; z *= 10)
        seen = seen && cabsl(stability_estimate(tableau, z)) > 0.2L * cabsl(stability(tableau, z) - expl(z));
    tap_ok(seen != blind, "%s: and %s", tableau->name, blind ? "far left, too" : "far left, too, down to -1e9");
}

static void test_tableau(const Tableau *tableau)
{
    bool blind = !strcmp(tableau->name, "ros3p");
    tap_ok(estimate_sees(tableau) == (tableau->error && !blind), "%s: %s", tableau->name,
           !tableau->error ? "no estimate"
           : blind         ? "a blind estimate"
                           : "an estimate that sees");
    if (!tableau->error) return;
    test_somewhere(tableau, blind);
    if (family_traits(tableau->family)->implicit) test_far(tableau, blind);
}

/* ---- others ---- */

static Tableau *copy_of(const char *name)
{
    const Tableau *tableau = tableau_find(shipped.items, shipped.count, intern(name));
    Tableau *copy = arena_copy(arena, tableau, sizeof *copy);
    copy->error = arena_copy(arena, tableau->error, sizeof *copy->error * (size_t)copy->stages);
    return copy;
}

static void set_error(Tableau *tableau, const Number *error)
{
    memcpy(tableau->error, error, sizeof *error * (size_t)tableau->stages);
}

/* Weights and embedded weights of order 2 and 3 as quadrature, on stages that are the same for
 * linear equations: y' = f(t) has an estimate, y' = lambda y has none. */
static void test_quadrature(void)
{
    const Number zero = number_integer(0), half = number_ratio(1, 2), one = number_integer(1);
    Number a[9] = { zero, zero, zero, half, zero, zero, one, zero, zero }, c[3] = { zero, half, one };
    Number b[3] = { zero, one, zero }, error[3] = { number_ratio(-1, 6), number_ratio(1, 3), number_ratio(-1, 6) };
    Tableau mine = { .name = "mine", .family = FAMILY_ERK, .stages = 3, .order = 2, .embedded_order = 2 };
    mine.a = a;
    mine.b = b;
    mine.c = c;
    mine.error = error;
    mine.error_start = zero;
    tap_ok(order_verify(&mine) && !estimate_sees(&mine), "midpoint and Simpson's weights on Euler's stages are blind");
    a[7] = one, a[6] = zero;
    tap_ok(estimate_sees(&mine), "and see when the third stage uses the second");
}

/* Differences of rounding size, as of coefficients with 16 digits, are none. */
static void test_rounding(void)
{
    Tableau *mine = copy_of("ros3p");
    for (int i = 0; i < 3; i++) mine->error[i] = number_real((double)mine->error[i].value);
    tap_ok(!estimate_sees(mine), "ros3p rounded to double is blind as well");
    mine->error[0] = number_real(mine->error[0].value + 1e-6L);
    tap_ok(estimate_sees(mine), "another estimate with it sees");
}

static void test_none(void)
{
    Tableau *mine = copy_of("kvaerno3");
    set_error(mine, (Number[]){ number_integer(0), number_integer(0), number_integer(0), number_integer(0) });
    tap_ok(!estimate_sees(mine), "no error at all is blind");
    mine = copy_of("radau-iia-3");
    set_error(mine, (Number[]){ number_integer(0), number_integer(0) });
    tap_ok(estimate_sees(mine), "h error_start f alone sees");
}

int main(void)
{
    arena = arena_new();
    shipped = script_read_tableaux(arena);
    for (int i = 0; i < shipped.count; i++) test_tableau(shipped.items[i]);
    test_quadrature();
    test_rounding();
    test_none();
    arena_free(arena);
    return tap_done();
}
