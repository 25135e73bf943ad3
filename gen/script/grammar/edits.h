/* SPDX-License-Identifier: MIT */
/* Changes to a text, collected in any order and made at once. Line breaks stay
 * where they are. */
#ifndef SCRIPT_GRAMMAR_EDITS_H
#define SCRIPT_GRAMMAR_EDITS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

/* At one place, what closes stands before what opens, the later opened outside
 * the earlier, and both before what takes the place of a word. */
typedef enum EditSide { EDIT_CLOSE, EDIT_OPEN, EDIT_REPLACE } EditSide;

typedef struct Edit {
    uint32_t at, index;
    uint32_t line;    /* EDIT_CLOSE: what the call is told */
    uint8_t side;     /* EditSide */
    uint8_t function; /* EDIT_OPEN, and EDIT_REPLACE of `not`: an index into names */
    uint8_t cut;      /* EDIT_REPLACE: bytes that go */
} Edit;

enum { EDIT_COMMA = 255 }; /* the function of a replaced comparison */

typedef struct Edits {
    Arena *arena;
    Edit *items;
    int count, capacity;
} Edits;

void edits_add(Edits *edits, Edit edit);

/* The text with all changes made: calls are written TABLE.NAME(. */
void edits_apply(Text *result, Edits *edits, const char *text, size_t length, const char *table,
                 const char *const *names);

#endif
