/* SPDX-License-Identifier: MIT */
/* Writing a project directory. A file is written to a neighbour and renamed,
 * and only when its bytes differ: what has not changed keeps its time, and a
 * file is never half-written. */
#ifndef PLAN_PROJECT_H
#define PLAN_PROJECT_H

#include "plan/plan.h"

/* Besides the files, .origin for their Makefile, as new as this writing. Makes the
 * directory (not its parents) when it is not there. What the system refuses ends
 * the program with EXIT_SYSTEM. */
void project_write(const char *directory, const ProjectFiles *files, const Origin *origin);

/* True when the directory holds exactly these files' bytes; else says on
 * standard output what differs, one line a file, with the first line that does. */
bool project_check(const char *directory, const ProjectFiles *files);

#endif
