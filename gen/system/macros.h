/* SPDX-License-Identifier: MIT */
/* Macros of the headers that generated code includes. A variable cannot have
 * the name of one, wherever it stands. */
#ifndef SYSTEM_MACROS_H
#define SYSTEM_MACROS_H

#include <stdbool.h>

/* Whether C, POSIX, C++ or CUDA headers define a macro of that name, or could
 * on another system: tests/expr/macros.c holds the answer against the compilers. */
bool macros_may_define(const char *name);

#endif
