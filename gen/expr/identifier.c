/* SPDX-License-Identifier: MIT */
#include "expr/identifier.h"

#include <ctype.h>
#include <stdint.h>
#include <string.h>

#include "base/intern.h"
#include "base/text.h"
#include "expr/expr.h"

/* Keywords of C11, C++23 and CUDA, and macros that their headers, or compilers
 * on their own (linux, unix), define. */
static const char *const reserved[] = {
    "alignas",
    "alignof",
    "and",
    "and_eq",
    "asm",
    "assert",
    "atomic_cancel",
    "atomic_commit",
    "atomic_noexcept",
    "auto",
    "bitand",
    "bitor",
    "blockDim",
    "blockIdx",
    "bool",
    "break",
    "case",
    "catch",
    "char",
    "char16_t",
    "char32_t",
    "char8_t",
    "class",
    "co_await",
    "co_return",
    "co_yield",
    "compl",
    "complex",
    "concept",
    "const",
    "const_cast",
    "consteval",
    "constexpr",
    "constinit",
    "continue",
    "decltype",
    "default",
    "delete",
    "do",
    "double",
    "dynamic_cast",
    "else",
    "enum",
    "EOF",
    "errno",
    "explicit",
    "export",
    "extern",
    "false",
    "float",
    "for",
    "friend",
    "goto",
    "gridDim",
    "I",
    "if",
    "imaginary",
    "import",
    "INFINITY",
    "inline",
    "int",
    "linux",
    "long",
    "M_PI",
    "main",
    "Mask",
    "module",
    "mutable",
    "namespace",
    "NAN",
    "new",
    "noexcept",
    "noreturn",
    "not",
    "not_eq",
    "NULL",
    "nullptr",
    "operator",
    "or",
    "or_eq",
    "private",
    "protected",
    "public",
    "Real",
    "reflexpr",
    "register",
    "reinterpret_cast",
    "requires",
    "restrict",
    "return",
    "select",
    "short",
    "signed",
    "sizeof",
    "static",
    "static_assert",
    "static_cast",
    "stderr",
    "stdin",
    "stdout",
    "std",
    "struct",
    "switch",
    "synchronized",
    "template",
    "this",
    "thread_local",
    "threadIdx",
    "throw",
    "true",
    "try",
    "typedef",
    "typeid",
    "typename",
    "typeof",
    "union",
    "unix",
    "unsigned",
    "using",
    "virtual",
    "void",
    "volatile",
    "warpSize",
    "wchar_t",
    "while",
    "xor",
    "xor_eq",
};

/* Also a name that printed expressions use ("select", "exp"). */
static bool is_reserved(const char *name)
{
    for (size_t i = 0; i < sizeof reserved / sizeof *reserved; i++)
        if (!strcmp(reserved[i], name)) return true;
    for (int i = 0; i < FUNCTION_COUNT; i++)
        if (!strcmp(function_name((Function)i), name)) return true;
    return false;
}

/* "u[3]" ends in a bracket, not in an underscore. */
static void drop_made_up_end(Text *text, const char *name)
{
    size_t length = strlen(name);
    bool made_up = length && name[length - 1] != '_' && text->data[text->length - 1] == '_';
    if (made_up) text->data[--text->length] = '\0';
}

const char *identifier_make(const char *name)
{
    Arena *scratch = arena_new();
    Text text = text_new(scratch);
    if (!isalpha((unsigned char)*name)) text_add(&text, "x_");
    for (const char *c = name; *c; c++) {
        bool joins = text.length && text.data[text.length - 1] == '_';
        if (isascii((unsigned char)*c) && isalnum((unsigned char)*c))
            text_add_bytes(&text, c, 1);
        else if (!joins)
            text_add(&text, "_");
    }
    drop_made_up_end(&text, name);
    if (is_reserved(text.data)) text_add(&text, "_");
    const char *identifier = intern(text.data);
    arena_free(scratch);
    return identifier;
}

typedef struct Entry {
    struct Entry *next;
    const char *name;
    int suffix; /* the last one tried */
} Entry;

enum { SCOPE_SLOTS = 64 };

struct IdentifierScope {
    Arena *arena;
    const IdentifierScope *outer;
    Entry **slots;
    int count, size;
};

IdentifierScope *identifier_scope_new(Arena *arena)
{
    return identifier_scope_below(arena, NULL);
}

IdentifierScope *identifier_scope_below(Arena *arena, const IdentifierScope *outer)
{
    IdentifierScope *scope = ARENA_NEW(arena, IdentifierScope);
    scope->arena = arena;
    scope->outer = outer;
    scope->size = SCOPE_SLOTS;
    scope->slots = ARENA_ARRAY(arena, Entry *, SCOPE_SLOTS);
    return scope;
}

/* Names are interned: their addresses tell them apart. */
static Entry **slot_of(const IdentifierScope *scope, const char *name)
{
    uint64_t hash = (uint64_t)(uintptr_t)name * 0x9e3779b97f4a7c15u;
    return &scope->slots[(hash >> 32) & (uint64_t)(scope->size - 1)];
}

static Entry *find(const IdentifierScope *scope, const char *name)
{
    Entry *entry = *slot_of(scope, name);
    while (entry && entry->name != name) entry = entry->next;
    return entry;
}

static void insert(IdentifierScope *scope, Entry *entry)
{
    Entry **slot = slot_of(scope, entry->name);
    entry->next = *slot;
    *slot = entry;
}

static void grow(IdentifierScope *scope)
{
    Entry **old = scope->slots;
    int old_size = scope->size;
    scope->size *= 2;
    scope->slots = ARENA_ARRAY(scope->arena, Entry *, scope->size);
    for (int i = 0; i < old_size; i++) {
        for (Entry *entry = old[i], *next; entry; entry = next) {
            next = entry->next;
            insert(scope, entry);
        }
    }
}

static Entry *add(IdentifierScope *scope, const char *name)
{
    if (scope->count++ >= scope->size) grow(scope);
    Entry *entry = ARENA_NEW(scope->arena, Entry);
    entry->name = name;
    entry->suffix = 1;
    insert(scope, entry);
    return entry;
}

bool identifier_is_taken(const IdentifierScope *scope, const char *name)
{
    name = intern(name);
    for (; scope; scope = scope->outer)
        if (find(scope, name)) return true;
    return false;
}

bool identifier_take(IdentifierScope *scope, const char *name)
{
    if (identifier_is_taken(scope, name)) return false;
    add(scope, intern(name));
    return true;
}

const char *identifier_take_near(IdentifierScope *scope, const char *name)
{
    name = intern(name);
    if (identifier_take(scope, name)) return name;
    Entry *entry = find(scope, name);
    if (!entry) entry = add(scope, name); /* an outer one has it */
    const char *join = name[strlen(name) - 1] == '_' ? "" : "_";
    for (;;) {
        Arena *scratch = arena_new();
        const char *next = intern(arena_printf(scratch, "%s%s%d", name, join, ++entry->suffix));
        arena_free(scratch);
        if (identifier_take(scope, next)) return next;
    }
}
