/* SPDX-License-Identifier: MIT */
/* The memory map: a resolved layout for people and for programs. */
#ifndef LAYOUT_MAP_H
#define LAYOUT_MAP_H

#include "layout/layout.h"

/* layout.txt and --layout=text: per group and slab who lies where, what lies
 * over what and why not, totals, bytes per run, and the block sizes for which
 * the shared slabs of all runs of a block fit. */
void layout_print_text(Text *text, const Layout *layout);

/* --layout=json, on one line:
 *   {"groups":[{"name":..,"shared":{"stage_rhs":[0,100]},"persistent":{..},
 *   "local":{"stage_accumulator":100},"shared_elements":100,
 *   "persistent_elements":0,"local_elements":100}, ...]}
 * root first, then depth first; a group below the root is named by its path.
 * Buffers without memory (unused) are listed with a zero length. */
void layout_print_json(Text *text, const Layout *layout);

/* The few lines for the head of generated source, each after `prefix`. */
void layout_print_summary(Text *text, const Layout *layout, const char *prefix);

/* Shared memory of one block: what every device gives, and what sm_90 gives
 * a kernel that opts in (CUDA C++ Programming Guide, table of compute
 * capabilities: 227 KiB per block). */
enum { MAP_SHARED_DEFAULT = 48 * 1024, MAP_SHARED_OPT_IN = 227 * 1024, MAP_BLOCK_MOST = 1024 };

/* The largest multiple of 32 runs a block may have so that their shared slabs
 * fit into `bytes`; 0 when not even 32 do; MAP_BLOCK_MOST when none are needed. */
int layout_block_size(const Layout *layout, int64_t bytes);

#endif
