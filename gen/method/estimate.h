/* SPDX-License-Identifier: MIT */
/* What an error estimate sees of linear equations.
 *
 * Of y' = lambda y, with z = h lambda, a step makes R(z) y and its estimate is E(z) y:
 *
 *   E(z) = R(z) - Rhat(z) = z (error_start + sum_i error_i k_i),  (I - z B) k = (1 .. 1)
 *
 * with B = a (rosenbrock: a + gamma), before it is filtered, which multiplies it by a function
 * that is zero nowhere. Where E vanishes identically the estimate of any linear problem is zero,
 * whatever the step: ros3p's does, whose two solutions differ on nonlinear equations alone. */
#ifndef METHOD_ESTIMATE_H
#define METHOD_ESTIMATE_H

#include "method/tableau.h"

/* Whether the tableau has an error estimate, and one that sees: steps may be chosen by it. */
bool estimate_sees(const Tableau *tableau);

#endif
