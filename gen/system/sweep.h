/* SPDX-License-Identifier: MIT */
/* Sweeps of a Spec, in the notation of the generated program's command line. */
#ifndef SYSTEM_SWEEP_H
#define SYSTEM_SWEEP_H

#include "system/spec.h"

/* Checks names and sizes; reports every mistake. */
void sweep_check(Arena *arena, const Spec *spec);

#endif
