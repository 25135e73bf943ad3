/* SPDX-License-Identifier: MIT */
/* Buffers in the emitted code: their names, declarations and accesses. */
#ifndef CODE_VIEW_H
#define CODE_VIEW_H

#include "code/emit.h"

/* Part of a buffer under the name it has in the emitted code. */
typedef struct View {
    const Buffer *buffer;
    int64_t first; /* element of the buffer that [0] of the view is */
    int count;
    const char *name;
} View;

/* The buffer of this name in the tree of the parts; it must be there. */
const Buffer *view_buffer(const Emitter *e, const char *name);
/* The group of this name, likewise. */
const BufferGroup *view_group(const Emitter *e, const char *name);
/* All of a buffer under its own name; and elements from `first` on under another. */
View view_of(const Emitter *e, const char *buffer);
View view_piece(const Buffer *buffer, int64_t first, int count, const char *name);

/* The view's name for the text, with the access recorded in the step that is open.
 * emit_update reads and writes. */
const char *emit_read(Emitter *e, View view);
const char *emit_write(Emitter *e, View view);
const char *emit_may_write(Emitter *e, View view);
const char *emit_update(Emitter *e, View view);

/* The same for what emit_unchecked prints. */
void emit_read_unchecked(Emitter *e, View view);
void emit_may_write_unchecked(Emitter *e, View view);

/* The buffer's declaration: a piece of a slab or a local array, as the layout
 * says. It stays if something in the scope uses it. */
void emit_declare(Emitter *e, const char *buffer);
/* The same under another name. */
void emit_declare_as(Emitter *e, const Buffer *buffer, const char *name);
/* A name of its own for what a declared buffer is seen as. */
void emit_declare_numbers(Emitter *e, const Buffer *buffer, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* The same for what the GPU is to leave in memory, be it local or shared. */
void emit_declare_in_memory(Emitter *e, const char *buffer);
/* The view's name for its place in a buffer that is declared. */
void emit_name(Emitter *e, View view);
/* A member of the struct Run for a buffer that lives as long as the run; and the
 * text of its place in the constructor, or NULL. */
void emit_member(Emitter *e, const Buffer *buffer);
const char *emit_constructed(const Emitter *e, const Buffer *buffer);

/* The persistent slab is emitted as one array for each type: how many elements of
 * that type lie below a byte of the slab. */
int64_t emit_persistent_length(const Emitter *e, Precision precision, int64_t below);
/* True when both live at the same place, so that a copy between them is idle. */
bool emit_is_same_place(const Emitter *e, View a, View b);

#endif
