/* What the first guess of a stage's increment is made of; for the tests. */
#ifndef PART_DIRK_H
#define PART_DIRK_H

#include "part/tableau.h"

/* The first guess for the derivative of an implicit stage, counted from 0, is
 * sum_j weight[j] k_j over the stages j before it, and weight[stage] times what
 * the last stage of the step before has left. `weight` has stage + 1 elements. */
void dirk_predict(Number *weight, const Tableau *tableau, int stage);

/* Whether the error estimate of very stiff components does not vanish, so that it
 * goes through (I - h a_ii J)^-1 before it is used (Hairer & Wanner II, IV.8, do so
 * in their codes SDIRK4 and RADAU5). */
bool dirk_filters_error(const Tableau *tableau);

#endif
