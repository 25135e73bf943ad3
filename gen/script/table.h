/* SPDX-License-Identifier: MIT */
/* Tables that are arguments of words, and where their entries stand. */
#ifndef SCRIPT_TABLE_H
#define SCRIPT_TABLE_H

#include "script/ground.h"

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

#endif
