/* SPDX-License-Identifier: MIT */
/* The statements that make and use the factors of a block. */
#include "solver/lu_block.h"

/* ---- factorisation ---- */

/* Every statement is one multiply-add or one call; re and im are elements. */
static void subtract(Text *text, int target, int left, int right)
{
    text_printf(text, "lu[%d] -= lu[%d] * lu[%d];\n", target, left, right);
}

static void add_subtract(Text *text, LuBlock *block, const LuOperation *o)
{
    int t = block->place[o->target], l = block->place[o->left], r = block->place[o->right];
    bool left = block->real_now[o->left], right = block->real_now[o->right], fresh = block->real_now[o->target];
    subtract(text, t, l, r);
    if (!left && !right) text_printf(text, "lu[%d] += lu[%d] * lu[%d];\n", t, l + 1, r + 1);
    if (left && right) return;
    int a = left ? l : l + 1, b = left ? r + 1 : r; /* a product that is there in any case */
    if (fresh)
        text_printf(text, "lu[%d] = -(lu[%d] * lu[%d]);\n", t + 1, a, b);
    else
        subtract(text, t + 1, a, b);
    if (!left && !right) subtract(text, t + 1, l, r + 1);
}

static void add_fill(Text *text, const LuBlock *block, const LuOperation *o)
{
    int t = block->place[o->target], l = block->place[o->left], r = block->place[o->right];
    bool left = block->real_now[o->left], right = block->real_now[o->right];
    text_printf(text, "lu[%d] = -(lu[%d] * lu[%d]);\n", t, l, r);
    if (!left && !right) text_printf(text, "lu[%d] += lu[%d] * lu[%d];\n", t, l + 1, r + 1);
    if (!left)
        text_printf(text, "lu[%d] = -(lu[%d] * lu[%d]);\n", t + 1, l + 1, r);
    else if (!right)
        text_printf(text, "lu[%d] = -(lu[%d] * lu[%d]);\n", t + 1, l, r + 1);
    if (!left && !right) subtract(text, t + 1, l, r + 1);
}

static void add_scale(Text *text, const LuBlock *block, const LuOperation *o)
{
    int t = block->place[o->target], p = block->place[o->left];
    if (!block->complex)
        text_printf(text, "lu[%d] *= lu[%d];\n", t, p);
    else if (block->real_now[o->target])
        text_printf(text, "lu[%d] = lu[%d] * lu[%d];\nlu[%d] *= lu[%d];\n", t + 1, t, p + 1, t, p);
    else
        text_printf(text, "turn(lu[%d], lu[%d], lu[%d], lu[%d]);\n", t, t + 1, p, p + 1);
}

/* The pivot's size, of real and imaginary part together: NaN stays. */
static const char *size_text(const Text *text, const LuBlock *block, int slot)
{
    int p = block->place[slot];
    return block->complex ? arena_printf(text->arena, "abs(lu[%d]) + abs(lu[%d])", p, p + 1)
                          : arena_printf(text->arena, "lu[%d]", p);
}

static void add_reciprocal(Text *text, const LuBlock *block, const LuOperation *o, const char *before)
{
    int p = block->place[o->target];
    if (before)
        text_printf(text, "good = good & is_pivot(%s, %s, shifts[%d]);\n", size_text(text, block, o->target), before,
                    block->index);
    if (block->complex)
        text_printf(text, "invert(lu[%d], lu[%d]);\n", p, p + 1);
    else
        text_printf(text, "lu[%d] = reciprocal(lu[%d]);\n", p, p);
}

void lu_block_load_row(Text *text, LuBlock *block, const Lu *lu, int k, const bool *zero)
{
    for (int i = lu->pattern.start[k], e = 0; i < lu->pattern.start[k + 1]; i++) {
        int slot = lu->slot[i], p = block->place[slot];
        const LuEntry *entry = &lu->entry[slot];
        if (entry->source < 0) continue;
        if (entry->row != entry->column)
            text_printf(text, "lu[%d] = entry[%d];\n", p, e);
        else if (zero[e])
            text_printf(text, "lu[%d] = shifts[%d];\n", p, block->index);
        else
            text_printf(text, "lu[%d] = shifts[%d] + entry[%d];\n", p, block->index, e);
        if (entry->row == entry->column && block->complex)
            text_printf(text, "lu[%d] = turns[%d];\n", p + 1, block->index);
        e++;
    }
}

void lu_block_finish_row(Text *text, LuBlock *block, const LuOperation *operation, int count, bool watched)
{
    int pivot = -1;
    bool changed = false;
    for (int i = 0; i < count; i++)
        if (operation[i].kind == LU_RECIPROCAL) pivot = operation[i].target;
    for (int i = 0; i < count; i++) changed |= operation[i].kind == LU_SUBTRACT && operation[i].target == pivot;
    if (changed) text_printf(text, "before = %s;\n", size_text(text, block, pivot));
    const char *before = changed ? "before" : watched ? size_text(text, block, pivot) : NULL;
    for (int i = 0; i < count; i++) {
        const LuOperation *o = &operation[i];
        switch (o->kind) {
        case LU_RECIPROCAL: add_reciprocal(text, block, o, before); break;
        case LU_SCALE: add_scale(text, block, o); break;
        case LU_SUBTRACT: add_subtract(text, block, o); break;
        case LU_FILL: add_fill(text, block, o); break;
        }
        lu_block_follow(block->real_now, o);
    }
}

/* ---- solution ---- */

void lu_block_solve(Text *text, const LuBlock *block, const LuOperation *o)
{
    int t = o->target, p = block->place[o->left], from = o->right;
    if (o->kind == LU_SCALE) {
        if (block->complex)
            text_printf(text, "turn(x[%d], y[%d], lu[%d], lu[%d]);\n", t, t, p, p + 1);
        else
            text_printf(text, "x[%d] *= lu[%d];\n", t, p);
        return;
    }
    text_printf(text, "x[%d] -= lu[%d] * x[%d];\n", t, p, from);
    if (!block->complex) return;
    if (!block->is_real[o->left]) text_printf(text, "x[%d] += lu[%d] * y[%d];\n", t, p + 1, from);
    text_printf(text, "y[%d] -= lu[%d] * y[%d];\n", t, p, from);
    if (!block->is_real[o->left]) text_printf(text, "y[%d] -= lu[%d] * x[%d];\n", t, p + 1, from);
}
