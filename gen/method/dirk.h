/* SPDX-License-Identifier: MIT */
/* What steps of dirk methods take from their tableaux beyond its numbers. */
#ifndef METHOD_DIRK_H
#define METHOD_DIRK_H

#include "method/tableau.h"

/* The first guess for the derivative of an implicit stage, counted from 0, is
 * sum_j weight[j] k_j over the stages j before it, and weight[stage] times what
 * the last stage of the step before has left. `weight` has stage + 1 elements. */
void dirk_predict(Number *weight, const Tableau *tableau, int stage);

/* The matrix is J at the state at the start of the step, and, where that depends on
 * time, at the time t + node h among the stages: the mean of those that are implicit. */
Number dirk_matrix_node(const Tableau *tableau);

/* Whether the error estimate of very stiff components does not vanish, so that it
 * goes through (I - h a_ii J)^-1 before it is used (Hairer & Wanner II, IV.8, do so
 * in their codes SDIRK4 and RADAU5). */
bool dirk_filters_error(const Tableau *tableau);

#endif
