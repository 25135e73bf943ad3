/* SPDX-License-Identifier: MIT */
/* Inside of a Sandbox: shared by sandbox.c (state, limits, errors),
 * sandbox_files.c (chunks, modules), watch.c (time) and logic.c, and by nothing
 * else. */
#ifndef SCRIPT_SANDBOX_STATE_H
#define SCRIPT_SANDBOX_STATE_H

#include <signal.h>

#include "base/array.h"
#include "expr/expr.h"
#include "script/lua/sandbox.h"

/* A file that was loaded. Its chunk is named "@#INDEX", which Lua puts in
 * front of messages unshortened whatever the path is. */
typedef struct ScriptFile {
    const char *path; /* as diagnostics show it; interned */
    const char *text; /* line breaks as \n, no byte order mark */
    size_t length;
    ARRAY(const char *) lines; /* where each begins */
    bool module;               /* a file of the disk, required by another */
    bool embedded;             /* of the package, which decides on nothing symbolic */
    bool hidden;               /* the prelude: mistakes belong to the line that called it */
} ScriptFile;

/* A chain of `and` or `or` that is being evaluated (logic_chain.c). */
typedef struct LogicFrame {
    const Expr *joined; /* the conditions so far, or NULL */
    bool failed;        /* reported; the chain gives a stand-in */
} LogicFrame;

struct Sandbox {
    Arena *arena;
    lua_State *lua;
    Limits limits;
    int64_t executed; /* instructions */
    int64_t used;     /* bytes of Lua objects */
    int64_t charged;  /* bytes besides them */
    bool starved;     /* the memory limit was hit */
    Source starved_at;
    int reports;       /* mistakes, equal ones included */
    Source last_error; /* where the last mistake was reported */
    Source raised_at;  /* where the error that ends the chunk arose */
    void *context;
    ARRAY(ScriptFile) files;
    ARRAY(LogicFrame) frames;
    int operator_line;        /* of the comparison or logic at work, else 0 */
    lua_CFunction sort, find; /* Lua's own */
    int64_t microseconds;     /* of processor time that are left */
    const char *overtime;     /* what is said when none are */
    Source library_at;        /* where a function of string or table was called that is running */
    volatile sig_atomic_t expired;
    uint64_t hash;
};

/* The place that a message of Lua names in its head ("#2:7: text"); moves
 * *message behind it. False when it names none. */
bool sandbox_strip_location(Source *source, const Sandbox *sandbox, const char **message);

/* Adds `require` and the two-way bookkeeping of files. */
void sandbox_open_files(lua_State *L);

/* The protected call under all others: function and arguments are on the
 * stack. Reports what went wrong. */
bool sandbox_protected(Sandbox *sandbox, int arguments, int results);

#endif
