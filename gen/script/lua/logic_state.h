/* SPDX-License-Identifier: MIT */
/* Inside of logic.h: what its files share. */
#ifndef SCRIPT_LUA_LOGIC_STATE_H
#define SCRIPT_LUA_LOGIC_STATE_H

#include "script/lua/logic.h"

/* What a value is where something has to be true or false. */
typedef enum Operand {
    OPERAND_PLAIN, /* Lua's own */
    OPERAND_CONDITION,
    OPERAND_EXPRESSION, /* or a vector of them: neither true nor false */
    OPERAND_STAND_IN    /* reported already */
} Operand;

Operand logic_operand(lua_State *L, int index);

/* The operator that is at work stands on that line; 0: no longer. */
void logic_at(lua_State *L, lua_Integer line);

/* Pushes the stand-in after a report. */
int logic_push_stand_in(lua_State *L);

/* logic_chain.c: adds all, all_first ... any_next to the table on top. */
void logic_add_chains(lua_State *L);

#endif
