/* SPDX-License-Identifier: MIT */
/* What can be wrong with the derivatives that implicit methods need. */
#ifndef MODEL_MATRIX_CHECK_H
#define MODEL_MATRIX_CHECK_H

#include "model/model.h"

/* Reports derivatives with constants that are not finite (d 0^y / d y), or that
 * the precision of the linear algebra does not hold: at most one an equation,
 * located there. */
bool matrix_check(const Model *model, const Jacobian *jacobian);

#endif
