/* SPDX-License-Identifier: MIT */
/* Parts that the dumps of Spec and System share. */
#ifndef SYSTEM_DUMP_H
#define SYSTEM_DUMP_H

#include "system/spec.h"

void dump_declaration(Text *text, const char *word, const Declaration *declaration);
void dump_equation(Text *text, const char *word, const Equation *equation);
void dump_sweep(Text *text, const SweepAxisList *sweep, bool zip, int64_t runs);

#endif
