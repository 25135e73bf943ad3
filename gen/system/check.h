/* SPDX-License-Identifier: MIT */
/* What can be wrong with a Spec, for system_build alone. */
#ifndef SYSTEM_CHECK_H
#define SYSTEM_CHECK_H

#include "system/names.h"
#include "system/system.h"

/* Every check below reports what it finds. `states` maps names of states to
 * their Declaration. */
void check_states(const Spec *spec);
void check_equations(Arena *arena, const Spec *spec, const NameMap *states);
void check_initial_values(Arena *arena, const Spec *spec);

#endif
