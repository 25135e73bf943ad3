/* SPDX-License-Identifier: MIT */
#include "script/lua/watch.h"

#include <lauxlib.h>
#include <string.h>
#include <sys/time.h>
#include <unistd.h>

/* What a function of the library still gets when time is over, in microseconds. */
enum { GRACE = 100000, SECOND = 1000000 };

/* More is no limit. */
#define SECONDS_MOST 1e8

static Sandbox *volatile watched;

void watch_open(Sandbox *sandbox)
{
    double seconds = sandbox->limits.seconds;
    sandbox->microseconds = seconds > 0 && seconds < SECONDS_MOST ? (int64_t)(seconds * SECOND) + 1 : 0;
    sandbox->overtime = arena_printf(sandbox->arena,
                                     "stopped after %g seconds of processor time (script_seconds=N on the command "
                                     "line allows more)",
                                     seconds);
}

/* The program may be anywhere here, within malloc too: nothing but writing. */
static void put(const char *text)
{
    size_t length = strlen(text);
    while (length) {
        ssize_t written = write(STDERR_FILENO, text, length);
        if (written <= 0) return;
        text += written;
        length -= (size_t)written;
    }
}

static void put_line(int line)
{
    char digits[16];
    size_t at = sizeof digits;
    digits[--at] = '\0';
    for (; line > 0 && at; line /= 10) digits[--at] = (char)('0' + line % 10);
    put(":");
    put(digits + at);
}

static _Noreturn void give_up(const Sandbox *sandbox)
{
    Source place = sandbox->library_at;
    put(place.file ? place.file : "cubie-gen");
    if (place.line) put_line(place.line);
    put(": error: ");
    put(sandbox->overtime);
    put("\n");
    _exit(EXIT_INPUT);
}

static void stop(lua_State *L, lua_Debug *frame)
{
    (void)frame;
    sandbox_raise(L, "%s", sandbox_of(L)->overtime);
}

/* lua_sethook is the one function of Lua that a signal may call. */
static void expire(int signal)
{
    Sandbox *sandbox = watched;
    (void)signal;
    if (!sandbox) return;
    if (sandbox->expired) give_up(sandbox);
    sandbox->expired = 1;
    lua_sethook(sandbox->lua, stop, LUA_MASKCALL | LUA_MASKRET | LUA_MASKLINE | LUA_MASKCOUNT, 1);
}

static struct timeval to_time(int64_t microseconds)
{
    return (struct timeval){ .tv_sec = (time_t)(microseconds / SECOND),
                             .tv_usec = (suseconds_t)(microseconds % SECOND) };
}

void watch_start(Sandbox *sandbox)
{
    if (watched || !sandbox->microseconds) return;
    struct sigaction action = { .sa_handler = expire, .sa_flags = SA_RESTART };
    struct itimerval timer = { .it_value = to_time(sandbox->microseconds), .it_interval = to_time(GRACE) };
    sigemptyset(&action.sa_mask);
    sandbox->library_at = (Source){ sandbox->files.count > 1 ? sandbox->files.items[1].path : NULL, 0, 0 };
    watched = sandbox;
    sigaction(SIGPROF, &action, NULL);
    setitimer(ITIMER_PROF, &timer, NULL);
}

void watch_stop(Sandbox *sandbox)
{
    struct itimerval off = { { 0, 0 }, { 0, 0 } }, left;
    if (watched != sandbox) return;
    setitimer(ITIMER_PROF, &off, &left);
    watched = NULL;
    sandbox->microseconds = sandbox->expired ? 1 : left.it_value.tv_sec * SECOND + left.it_value.tv_usec + 1;
}

/* Upvalue 1: the function of the library, which runs in this one's place so
 * that messages name it. */
static int call_library(lua_State *L)
{
    Sandbox *sandbox = sandbox_of(L);
    Source before = sandbox->library_at;
    sandbox->library_at = sandbox_source(L);
    int results = lua_tocfunction(L, lua_upvalueindex(1))(L);
    sandbox->library_at = before;
    return results;
}

/* Upvalue 1: what gmatch gave. */
static int call_iterator(lua_State *L)
{
    Sandbox *sandbox = sandbox_of(L);
    Source before = sandbox->library_at;
    sandbox->library_at = sandbox_source(L);
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_insert(L, 1);
    lua_call(L, lua_gettop(L) - 1, LUA_MULTRET);
    sandbox->library_at = before;
    return lua_gettop(L);
}

/* Upvalue 1: gmatch, whose work is done by the function that it gives. */
static int call_gmatch(lua_State *L)
{
    lua_tocfunction(L, lua_upvalueindex(1))(L);
    lua_pushcclosure(L, call_iterator, 1);
    return 1;
}

void watch_library(lua_State *L, const char *table)
{
    lua_getglobal(L, table);
    int library = lua_gettop(L);
    for (lua_pushnil(L); lua_next(L, library);) {
        if (lua_iscfunction(L, -1)) {
            const char *name = lua_tostring(L, -2);
            lua_pushcclosure(L, !strcmp(name, "gmatch") ? call_gmatch : call_library, 1);
            lua_pushvalue(L, -2);
            lua_insert(L, -2);
            lua_rawset(L, library);
        } else {
            lua_pop(L, 1);
        }
    }
    lua_pop(L, 1);
}
