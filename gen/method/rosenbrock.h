/* SPDX-License-Identifier: MIT */
/* What steps of Rosenbrock methods take from their tableaux beyond the numbers. */
#ifndef METHOD_ROSENBROCK_H
#define METHOD_ROSENBROCK_H

#include "method/tableau.h"

/* Equal but for the rounding of the transformation (tableau_transformed). */
bool rosenbrock_is_same(Number a, Number b);

/* Whether stages i and j, from 0, evaluate f at the same place. */
bool rosenbrock_share_input(const Tableau *tableau, int i, int j);

/* Whether f at the start of the step is needed again: by a later stage, by dense output or
 * by the next step. */
bool rosenbrock_keeps_first_rhs(const Tableau *tableau);

#endif
