/* SPDX-License-Identifier: MIT */
/* The fields of a tableau while it is read from Lua (tableaux.c). */
#ifndef SCRIPT_DRAFT_H
#define SCRIPT_DRAFT_H

#include <lua.h>

#include "method/tableau.h"

/* A tableau while it is read: its table is at stack index 1, and the table of
 * the fields at hand (that one, or `transformed` in it) at `table`. */
typedef struct Draft {
    lua_State *L;
    Arena *arena;
    Tableau *tableau;
    int table;
    int rows; /* stages and extra ones */
    bool good;
    const char *field;   /* the last one looked for in the text, */
    Source field_source; /* and where it is */
} Draft;

/* Where the field is in the text; looked for once, not for every coefficient. */
Source draft_source(Draft *draft, const char *field);

/* Reports at the field, and the draft is no longer good. */
void draft_complain(Draft *draft, const char *field, const char *format, ...) __attribute__((format(printf, 3, 4)));

/* A field of the whole: "" , 0 and false when it is not given. */
const char *draft_text(Draft *draft, const char *field);
int draft_order(Draft *draft, const char *field);
bool draft_flag(Draft *draft, const char *field);

/* Fields of draft->table. How long a list is (0: none); one coefficient (0 when
 * not given); exactly `count` of them (NULL when not given); a list of lists,
 * one for each stage, into rows of `columns`, the rest 0. */
int draft_length(Draft *draft, const char *field);
Number draft_number(Draft *draft, const char *field);
Number *draft_row(Draft *draft, const char *field, int count);
Number *draft_matrix(Draft *draft, const char *field, int columns);

/* Entries of the list on top of the stack into `numbers`; the rest is 0.
 * Returns how many there were, or -1. */
int draft_numbers(Number *numbers, int most, Draft *draft, const char *field);

#endif
