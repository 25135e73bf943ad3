/* SPDX-License-Identifier: MIT */
/* Calls in the text of equations: functions, conditions, where. */
#include <string.h>

#include "base/intern.h"
#include "script/foreign.h"
#include "script/notation/expression.h"
#include "script/ground.h"
#include "script/lua/symbols.h"

/* A call while its function is looked up. */
typedef struct Call {
    ExpressionReader *reader;
    const Token *name;
    const Expr *const *arguments;
    int count;
} Call;

static const Expr *fail(const Call *call)
{
    return symbol_stand_in(call->reader->L, "?");
}

static const Expr *number_argument(const Call *call, int index)
{
    const Expr *argument = call->arguments[index];
    if (!expr_is_condition(argument)) return argument;
    diag_error(call->name->source, "argument %d of %s() is a condition, not a number", index + 1, call->name->text);
    return fail(call);
}

/* NULL after a report, or for a stand-in. */
static const Expr *condition_argument(const Call *call, int index)
{
    const Expr *argument = call->arguments[index];
    if (expr_is_condition(argument)) return argument;
    if (!symbol_is_stand_in(argument))
        diag_error(call->name->source, "argument %d of %s() is a number, not a condition such as x < 1", index + 1,
                   call->name->text);
    return NULL;
}

static bool check_count(const Call *call, int wanted)
{
    if (call->count == wanted) return true;
    diag_error(call->name->source, "%s() takes %d argument%s, not %d", call->name->text, wanted, wanted == 1 ? "" : "s",
               call->count);
    return false;
}

static const Expr *call_function(const Call *call, Function function)
{
    Graph *graph = call->reader->graph;
    int arity = function_arity(function);
    bool several = function == FUNCTION_MIN || function == FUNCTION_MAX;
    if (function == FUNCTION_LOG && call->count == 2)
        return expr_divide(graph, expr_call(graph, FUNCTION_LOG, number_argument(call, 0), NULL),
                           expr_call(graph, FUNCTION_LOG, number_argument(call, 1), NULL));
    if (function == FUNCTION_ATAN && call->count == 2)
        return expr_call(graph, FUNCTION_ATAN2, number_argument(call, 0), number_argument(call, 1));
    if (!(several && call->count > arity) && !check_count(call, arity)) return fail(call);
    const Expr *result = number_argument(call, 0);
    if (arity == 1) return expr_call(graph, function, result, NULL);
    for (int i = 1; i < call->count; i++) {
        const Expr *next = number_argument(call, i);
        result = function == FUNCTION_POW ? expr_power(graph, result, next) : expr_call(graph, function, result, next);
    }
    return result;
}

static const Expr *call_where(const Call *call)
{
    if (!check_count(call, 3)) return fail(call);
    const Expr *condition = condition_argument(call, 0);
    const Expr *yes = number_argument(call, 1), *no = number_argument(call, 2);
    return condition ? expr_where(call->reader->graph, condition, yes, no) : fail(call);
}

static const Expr *call_join(const Call *call, ExprKind kind)
{
    const Expr *joined = NULL;
    for (int i = 0; i < call->count; i++) {
        const Expr *condition = condition_argument(call, i);
        if (!condition) continue;
        joined = joined ? expr_condition(call->reader->graph, kind, joined, condition) : condition;
    }
    if (!call->count) diag_error(call->name->source, "%s() takes at least one condition", call->name->text);
    return joined ? joined : fail(call);
}

static const Expr *call_no(const Call *call)
{
    const Expr *condition = check_count(call, 1) ? condition_argument(call, 0) : NULL;
    return condition ? expr_condition(call->reader->graph, EXPR_NOT, condition, NULL) : fail(call);
}

static const Expr *report_unknown(const Call *call)
{
    static const char *const others[] = { "where", "all", "any", "no", "lt", "le", "gt", "ge", "eq", "ne" };
    const char *names[FUNCTION_COUNT + sizeof others / sizeof *others], *name = call->name->text;
    int count = 0;
    for (int i = 0; i < FUNCTION_COUNT; i++)
        if (i != FUNCTION_DIGAMMA) names[count++] = function_name((Function)i);
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) names[count++] = others[i];
    const char *advice = foreign_advice(call->reader->arena, name, names, count);
    if (names_get(reader_of(call->reader->L)->names, name))
        diag_error(call->name->source, "'%s' is a symbol and no function; a '*' may be missing", name);
    else
        diag_error(call->name->source, "unknown function '%s'%s", name,
                   *advice ? advice : "; cubie-gen --list=functions shows all");
    return fail(call);
}

const Expr *expression_call(ExpressionReader *reader, const Token *name, const Expr *const *arguments, int count)
{
    Call call = { reader, name, arguments, count };
    Function function;
    Comparison comparison;
    if (function_find(&function, name->text) && function != FUNCTION_DIGAMMA) return call_function(&call, function);
    if (!strcmp(name->text, "where")) return call_where(&call);
    if (!strcmp(name->text, "all")) return call_join(&call, EXPR_AND);
    if (!strcmp(name->text, "any")) return call_join(&call, EXPR_OR);
    if (!strcmp(name->text, "no")) return call_no(&call);
    if (!symbol_comparison_find(&comparison, name->text)) return report_unknown(&call);
    if (!check_count(&call, 2)) return fail(&call);
    return symbol_compare(reader->graph, comparison, number_argument(&call, 0), number_argument(&call, 1));
}
