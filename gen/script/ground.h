/* SPDX-License-Identifier: MIT */
/* The ground that all words of a problem file stand on: the state of the
 * reading and the names that the file sees. */
#ifndef SCRIPT_GROUND_H
#define SCRIPT_GROUND_H

#include <lauxlib.h>

#include "script/lua/sandbox.h"
#include "script/lua/symbols.h"
#include "system/names.h"
#include "system/spec.h"

typedef enum NameKind { NAME_STATE, NAME_PARAMETER, NAME_CONSTANT, NAME_OBSERVABLE, NAME_KIND_COUNT } NameKind;

/* A declared name: a scalar, a vector as a whole, or one of its elements. */
typedef struct Name {
    const char *name; /* interned */
    NameKind kind;
    int elements; /* of a vector; 0 for a scalar or an element */
    Source source;
} Name;

typedef struct Unit {
    const char *name, *unit;
    Source source;
} Unit;

typedef struct Reader {
    Arena *arena;
    Sandbox *sandbox;
    Spec *spec;
    NameMap *names;         /* to Name: declared names, vectors, their elements, observables */
    IdentifierScope *codes; /* identifiers of generated code in use */
    NameMap *derivatives;   /* state name to Expr, of the ddt assignments so far */
    NameMap *observed;      /* observable name to Expr */
    ARRAY(Unit) units;
    Source text_source; /* of the last assignment, for loops */
    const char *text;
} Reader;

/* What one declaration or equation takes, for sandbox_charge_more. */
enum { RECORD_BYTES = 1024 };

Reader *reader_of(lua_State *L);

/* "state", "parameter", ... with its article: "a state". */
const char *name_kind_text(NameKind kind);

/* Opens the environment of the file over two tables on top of the stack
 * (popped): the library (functions, math, ...) and above it the statement
 * words, which cannot be hidden. */
void ground_open(lua_State *L);
bool ground_is_word(lua_State *L, const char *name);
/* Makes the value on top of the stack (popped) visible under the name. */
void ground_set_value(lua_State *L, const char *name);
/* Pushes what the name was declared as or assigned, or nil. */
void ground_push_value(lua_State *L, const char *name);
/* Every name that can be read, sorted, for suggestions. */
const char **ground_known_names(Arena *arena, lua_State *L, int *count);
/* Reports an unknown name with the nearest known one; pushes a stand-in. */
int ground_unknown(lua_State *L, const char *name);

#endif
