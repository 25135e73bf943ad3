/* SPDX-License-Identifier: MIT */
/* The word tableau, of the files of lua/ and of problem files. */
#ifndef SCRIPT_TABLEAUX_H
#define SCRIPT_TABLEAUX_H

#include <lua.h>
#include <stdbool.h>

#include "method/tableau.h"

/* Where the methods of this state go; those of a user are checked against
 * their order. */
void tableaux_open(lua_State *L, TableauList *list, bool check_order);
int word_tableau(lua_State *L);

#endif
