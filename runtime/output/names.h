/* SPDX-License-Identifier: MIT */
/* Names of variables, dimensions and columns of result files: all different. */
#ifndef CUBIE_NAMES_H
#define CUBIE_NAMES_H

#include "pool.h"

typedef struct Names {
    Pool *pool;
    const char **slot; /* [size], by hash; NULL: free */
    size_t size, count;
} Names; /* starts with its pool alone */

/* Takes the name, with underscores behind it where somebody has it; the name taken. */
const char *cubie_names_take(Names *names, const char *name);

#endif
