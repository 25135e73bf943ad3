/* SPDX-License-Identifier: MIT */
/* What a buffer spec of the package (lua/buffers/NAME.lua) sees as globals: sizes and facts that the
 * parts of an integrator offer by name. A name that is given again has its last value. */
#ifndef LAYOUT_SCOPE_H
#define LAYOUT_SCOPE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/array.h"

typedef enum ScopeKind { SCOPE_COUNT, SCOPE_FLAG, SCOPE_TEXT } ScopeKind;

typedef struct ScopeValue {
    const char *name;
    ScopeKind kind;
    int64_t number; /* of a count; of a flag 0 or 1 */
    const char *text;
} ScopeValue;

typedef struct Scope {
    Arena *arena;
    ARRAY(ScopeValue) values;
    bool any; /* a name that is not in it is 1: to see what buffers there are */
} Scope;

void scope_count(Scope *scope, const char *name, int64_t count);
void scope_flag(Scope *scope, const char *name, bool flag);
void scope_text(Scope *scope, const char *name, const char *text);

#endif
