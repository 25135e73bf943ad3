/* SPDX-License-Identifier: MIT */
#include "solver/linear.h"

#include <string.h>

const LinearPart *const linear_parts[] = { &linear_lu, &linear_bicgstab, &linear_minimal_residual, NULL };

const LinearPart *linear_find(const char *name)
{
    for (int i = 0; linear_parts[i]; i++)
        if (!strcmp(linear_parts[i]->name, name)) return linear_parts[i];
    return NULL;
}
