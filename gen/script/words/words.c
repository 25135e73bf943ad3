/* SPDX-License-Identifier: MIT */
#include "script/words/words.h"

#include "script/lua/vector.h"
#include "script/shipped/tableaux.h"

/* The list is the registry. */
static const luaL_Reg statement_words[] = {
    { "problem", word_problem },     { "parameters", word_parameters }, { "constants", word_constants },
    { "states", word_states },       { "units", word_units },           { "vector", word_vector },
    { "equations", word_equations }, { "solve", word_solve },           { "buffers", word_buffers },
    { "sweep", word_sweep },         { "tableau", word_tableau },       { NULL, NULL },
};

/* Words of later versions, refused with what they stand for. */
typedef struct LaterWord {
    const char *name, *what;
} LaterWord;

static const LaterWord later_words[] = {
    { "drivers", "drivers are" },
    { "metric", "metrics are" },
    { "metrics", "metrics are" },
    { "events", "events are" },
};

/* Upvalue 1: the LaterWord. Takes a name or a table, and again a table. */
static int refuse_word(lua_State *L)
{
    const LaterWord *word = lua_touserdata(L, lua_upvalueindex(1));
    sandbox_error(L, "'%s' cannot be used: %s not available in this version", word->name, word->what);
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_pushcclosure(L, refuse_word, 1);
    return 1;
}

void words_push(lua_State *L)
{
    lua_newtable(L);
    luaL_setfuncs(L, statement_words, 0);
    for (size_t i = 0; i < sizeof later_words / sizeof *later_words; i++) {
        lua_pushlightuserdata(L, (void *)&later_words[i]);
        lua_pushcclosure(L, refuse_word, 1);
        lua_setfield(L, -2, later_words[i].name);
    }
    symbol_push(L, expr_symbol(symbols_graph(L), reader_of(L)->spec->time));
    lua_setfield(L, -2, "t");
    assign_push_ddt(L);
    lua_setfield(L, -2, "ddt");
    assign_push_observe(L);
    lua_setfield(L, -2, "observe");
}
