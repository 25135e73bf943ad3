/* SPDX-License-Identifier: MIT */
/* Words of other tools (MATLAB, Python, R, Modelica, XPP, SBML, Fortran), for
 * messages about names that a file uses and nobody declared. */
#ifndef SCRIPT_FOREIGN_H
#define SCRIPT_FOREIGN_H

#include "base/arena.h"

typedef struct ForeignWord {
    const char *word, *here; /* "ln", "log(x)": what is written here instead */
} ForeignWord;
extern const ForeignWord foreign_words[];
extern const int foreign_word_count;

/* What to write for an unknown name, as the end of a message ("; write log(x)",
 * "; did you mean 'sqrt'?"), in the arena; "" when nothing is near. */
const char *foreign_advice(Arena *arena, const char *name, const char *const *known, int count);

#endif
