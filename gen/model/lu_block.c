/* SPDX-License-Identifier: MIT */
#include "model/lu_block.h"

void lu_block_follow(bool *real, const LuOperation *o)
{
    switch (o->kind) {
    case LU_RECIPROCAL: break;
    case LU_SCALE: real[o->target] = real[o->target] && real[o->left]; break;
    case LU_SUBTRACT: real[o->target] = real[o->target] && real[o->left] && real[o->right]; break;
    case LU_FILL: real[o->target] = real[o->left] && real[o->right]; break;
    }
}

static bool *real_at_first(Arena *arena, const Lu *lu, bool complex)
{
    bool *real = ARENA_ARRAY(arena, bool, lu->count.entries);
    for (int i = 0; i < lu->count.entries; i++) real[i] = !complex || lu->entry[i].row != lu->entry[i].column;
    return real;
}

static LuBlock block_make(Arena *arena, const Lu *lu, const LuOperationList *operations, const SpectrumBlock *source,
                          int first)
{
    LuBlock block = { .block = source, .complex = !spectrum_is_real(source), .first = first };
    int *place = ARENA_ARRAY(arena, int, lu->count.entries);
    bool *real = real_at_first(arena, lu, block.complex);
    for (int i = 0; i < operations->count; i++) lu_block_follow(real, &operations->items[i]);
    for (int i = 0; i < lu->count.entries; i++) {
        place[i] = first + block.size;
        block.size += real[i] ? 1 : 2;
    }
    block.place = place;
    block.is_real = real;
    block.real_now = real_at_first(arena, lu, block.complex);
    return block;
}

LuBlock *lu_blocks_make(Arena *arena, const Matrix *matrix, const Spectrum *spectrum)
{
    LuBlock *blocks = ARENA_ARRAY(arena, LuBlock, spectrum->count);
    LuOperationList operations = lu_factor(arena, matrix->lu, NULL);
    for (int i = 0, first = 0; i < spectrum->count; i++) {
        blocks[i] = block_make(arena, matrix->lu, &operations, &spectrum->block[i], first);
        blocks[i].index = i;
        first += blocks[i].size;
    }
    return blocks;
}

int lu_blocks_size(const Matrix *matrix, const Spectrum *spectrum)
{
    Arena *scratch = arena_new();
    const LuBlock *last = &lu_blocks_make(scratch, matrix, spectrum)[spectrum->count - 1];
    int size = last->first + last->size;
    arena_free(scratch);
    return size;
}

int lu_blocks_table_place(const Spectrum *spectrum, int b)
{
    int place = 0;
    for (int i = 0; i < b; i++) place += spectrum_is_real(&spectrum->block[i]) ? 1 : 2;
    return place;
}

int lu_blocks_table_size(const Matrix *matrix, const Spectrum *spectrum)
{
    return lu_blocks_table_place(spectrum, spectrum->count) * matrix->lu->count.entries;
}
