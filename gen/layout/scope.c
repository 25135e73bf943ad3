/* SPDX-License-Identifier: MIT */
#include "layout/scope.h"

void scope_count(Scope *scope, const char *name, int64_t count)
{
    *array_push(scope->arena, &scope->values) = (ScopeValue){ name, SCOPE_COUNT, count, NULL };
}

void scope_flag(Scope *scope, const char *name, bool flag)
{
    *array_push(scope->arena, &scope->values) = (ScopeValue){ name, SCOPE_FLAG, flag, NULL };
}

void scope_text(Scope *scope, const char *name, const char *text)
{
    *array_push(scope->arena, &scope->values) = (ScopeValue){ name, SCOPE_TEXT, 0, text };
}
