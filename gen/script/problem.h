/* SPDX-License-Identifier: MIT */
/* Inside of script_read_problem: the words of a problem file, one source file
 * for each group of them, and what they share. */
#ifndef SCRIPT_PROBLEM_H
#define SCRIPT_PROBLEM_H

#include <lauxlib.h>

#include "script/sandbox.h"
#include "script/symbols.h"
#include "script/vector.h"
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

/* problem.c: the names a problem file sees. Statement words cannot be hidden. */
bool problem_is_word(const char *name);
/* Makes the value on top of the stack (popped) visible under the name. */
void problem_set_value(lua_State *L, const char *name);
/* Every name that can be read, sorted, for suggestions. */
const char **problem_known_names(Arena *arena, lua_State *L, int *count);
/* Reports an unknown name with the nearest known one; pushes a stand-in. */
int problem_unknown(lua_State *L, const char *name);

/* table.c: arguments of words. */
typedef struct KeyList {
    const char **items; /* interned, sorted */
    int count;
} KeyList;
/* The table at stack index 1 has only names as keys: its keys. Others are
 * reported. Raises when there is no table. */
KeyList table_keys(lua_State *L, const char *word);
/* Those of a table at an absolute index; *others: it has other keys, too. */
KeyList table_keys_at(bool *others, lua_State *L, int index);
/* Where `key =` stands in the table of the statement that is running. */
Source table_key_source(lua_State *L, const char *key);
void table_error(lua_State *L, Source source, const char *format, ...) __attribute__((format(printf, 3, 4)));
/* The source line that is running, trimmed, with the lines before it that
 * belong to the same assignment. */
const char *table_statement_text(lua_State *L);
/* A finite number at the index as exact text or number; false and a report
 * that starts with `what` when it is none. */
bool table_number(Number *number, lua_State *L, int index, Source source, const char *what);

/* declare.c */
int word_problem(lua_State *L);
int word_parameters(lua_State *L);
int word_constants(lua_State *L);
int word_states(lua_State *L);
int word_units(lua_State *L);
/* Takes a name, with all that can be wrong about it reported. `elements` of a
 * vector, else 0. */
bool declare_name(lua_State *L, const char *name, NameKind kind, int elements, Source source);
/* At the end of the file: units of names that were declared after them. */
void declare_finish(Reader *reader);

/* assign.c: pushes the tables `ddt` and `observe`. */
void assign_open(lua_State *L);
void assign_push_ddt(lua_State *L);
void assign_push_observe(lua_State *L);
void assign_derivative(Reader *reader, const char *state, const Expr *expr, const char *text, Source source);

/* equations.c */
int word_equations(lua_State *L);

/* solve.c */
/* The shortest text that reads back as the same double. */
const char *solve_number_text(Arena *arena, double value);
int word_solve(lua_State *L);
int word_buffers(lua_State *L);

/* sweep.c */
int word_sweep(lua_State *L);
void sweep_open(lua_State *L); /* adds linspace ... file to the table on top */

/* tableaux.c: where the methods of this state go; those of a user are checked
 * against their order. */
void tableaux_open(lua_State *L, TableauList *list, bool check_order);
int word_tableau(lua_State *L);

#endif
