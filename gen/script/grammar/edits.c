/* SPDX-License-Identifier: MIT */
#include "script/grammar/edits.h"

#include <stdlib.h>

#include "base/array.h"

void edits_add(Edits *edits, Edit edit)
{
    edit.index = (uint32_t)edits->count;
    *array_push(edits->arena, edits) = edit;
}

static int order(uint32_t a, uint32_t b)
{
    return (a > b) - (a < b);
}

static int compare_edits(const void *a, const void *b)
{
    const Edit *left = a, *right = b;
    if (left->at != right->at) return order(left->at, right->at);
    if (left->side != right->side) return left->side - right->side;
    return left->side == EDIT_OPEN ? order(right->index, left->index) : order(left->index, right->index);
}

static void print_edit(Text *result, const Edit *edit, const char *table, const char *const *names)
{
    if (edit->side == EDIT_CLOSE)
        text_printf(result, ",%u)", (unsigned)edit->line);
    else if (edit->function == EDIT_COMMA)
        text_add(result, ",");
    else
        text_printf(result, " %s.%s(", table, names[edit->function]);
}

void edits_apply(Text *result, Edits *edits, const char *text, size_t length, const char *table,
                 const char *const *names)
{
    size_t at = 0;
    if (edits->count) qsort(edits->items, (size_t)edits->count, sizeof *edits->items, compare_edits);
    for (int i = 0; i < edits->count; i++) {
        const Edit *edit = &edits->items[i];
        text_add_bytes(result, text + at, edit->at - at);
        print_edit(result, edit, table, names);
        at = edit->at + edit->cut;
    }
    text_add_bytes(result, text + at, length - at);
}
