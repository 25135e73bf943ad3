/* What the first guess of a stage's increment is made of; for the tests. */
#ifndef PART_DIRK_H
#define PART_DIRK_H

#include "part/tableau.h"

/* weight[j], j < stage: the guess for the derivative of the stage (counted from
 * 0) is sum_j weight[j] k_j. False when no earlier stage serves: the guess is
 * what the step before has left. */
bool dirk_predict(Number *weight, const Tableau *tableau, int stage);

/* Whether the error estimate of a very stiff component grows with its stiffness,
 * so that it goes through (I - h a_ii J)^-1 before it is used. */
bool dirk_filters_error(const Tableau *tableau);

#endif
