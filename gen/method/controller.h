/* SPDX-License-Identifier: MIT */
/* A step size controller as data (lua/controller/NAME.lua): a linear filter
 * of the logarithms of the errors and step sizes (G. Soederlind, Digital
 * filters in adaptive time-stepping, ACM TOMS 29 (2003) 1-26, section 3),
 *
 *   h_{n+1} = h_n * safety * err_n^-ki * err_{n-1}^kp * err_{n-2}^-kd * (h_n/h_{n-1})^ratio
 *
 * where err is the weighted norm and n - 1, n - 2 are the last accepted steps.
 * The exponents are those of the file divided by q = model_error_order. */
#ifndef METHOD_CONTROLLER_H
#define METHOD_CONTROLLER_H

#include <stdbool.h>

#include "base/array.h"
#include "base/number.h"

typedef struct Controller {
    const char *name; /* interned */
    const char *title, *reference;
    bool adaptive;     /* false: `fixed`, all else unused */
    Number ki, kp, kd; /* times 1/q */
    Number ratio;      /* exponent of h_n/h_{n-1} */
    bool at_most_i;    /* never larger than the plain err^(-1/q) would give */
} Controller;
typedef ARRAY(Controller) ControllerList;

#endif
