/* SPDX-License-Identifier: MIT */
/* Where a project came from, for make, which generates it again when the problem
 * file, a module or the generator is newer. What is the same wherever the project
 * lies goes into its Makefile: names and settings. What is true here alone goes
 * into its file .origin, which is not committed: the generator, the folder of the
 * problem file, and where pkg-config finds the runtime of that generator. */
#ifndef PLAN_ORIGIN_H
#define PLAN_ORIGIN_H

#include "base/text.h"
#include "system/spec.h"

typedef struct Origin {
    const char *problem;     /* path of its file, as given */
    FileList modules;        /* that it required; below its folder */
    AssignmentList settings; /* of the command line */
} Origin;

/* False, and reported, when no Makefile can name these. */
bool origin_check(const Origin *origin);

/* Lines of the Makefile: PROBLEM, MODULES, SETTINGS (words of the shell). */
void origin_print(Text *text, const Origin *origin);

/* The text of .origin. */
const char *origin_place(Arena *arena, const Origin *origin);

#endif
