/* SPDX-License-Identifier: MIT */
/* Printing with a stack of its own: what is left to print, last first. */
#include <assert.h>
#include <math.h>
#include <string.h>

#include "expr/expr.h"

/* How tightly a text holds together, and how tightly its place asks it to. */
typedef enum Level { LEVEL_CONDITION, LEVEL_SUM, LEVEL_SIGN, LEVEL_PRODUCT, LEVEL_ATOM } Level;

/* Either a piece of text or an expression to print. */
typedef struct Task {
    const char *text;
    const Expr *expr;
    Level level;
} Task;

typedef struct Printer {
    Text *text;
    size_t start;
    ExprNotation notation;
    Precision precision;
    const Schedule *schedule;
    int step;
    Arena *scratch;
    struct {
        Task *items;
        int count, capacity;
    } stack;
} Printer;

static void later_text(Printer *printer, const char *text)
{
    *array_push(printer->scratch, &printer->stack) = (Task){ .text = text };
}

static void later_expr(Printer *printer, const Expr *expr, Level level)
{
    *array_push(printer->scratch, &printer->stack) = (Task){ .expr = expr, .level = level };
}

/* name(argument, ...): pushed from the end. */
static void later_call(Printer *printer, const char *name, const Expr *expr)
{
    later_text(printer, ")");
    for (int i = expr->arity - 1; i >= 0; i--) {
        later_expr(printer, expr->argument[i], LEVEL_CONDITION);
        if (i) later_text(printer, ", ");
    }
    later_text(printer, "(");
    later_text(printer, name);
}

/* A choice between two literals says their type: nothing else in it does, and
 * the runtime's overloads of select would be as good as each other. */
static void later_choice(Printer *printer, const Expr *expr)
{
    bool untyped = expr->argument[1]->kind == EXPR_NUMBER && expr->argument[2]->kind == EXPR_NUMBER;
    later_text(printer, ")");
    later_expr(printer, expr->argument[2], LEVEL_CONDITION);
    later_text(printer, untyped ? "), " : ", ");
    later_expr(printer, expr->argument[1], LEVEL_CONDITION);
    later_text(printer, untyped ? ", Real(" : ", ");
    later_expr(printer, expr->argument[0], LEVEL_CONDITION);
    later_text(printer, "select(");
}

static void later_infix(Printer *printer, const Expr *expr, Level left, const char *operator_text, Level right)
{
    later_expr(printer, expr->argument[1], right);
    later_text(printer, operator_text);
    later_expr(printer, expr->argument[0], left);
}

static void later_prefix(Printer *printer, const Expr *expr, const char *operator_text, Level level)
{
    later_expr(printer, expr->argument[0], level);
    later_text(printer, operator_text);
}

static bool is_short_decimal(Number number)
{
    return number_equal(number, number_double(number_to_double(number)));
}

static bool is_fraction(const Printer *printer, Number number)
{
    return printer->notation == NOTATION_PROBLEM && number.exact && !number_is_integer(number) &&
           !is_short_decimal(number);
}

static void print_number(Printer *printer, Number number)
{
    if (printer->notation == NOTATION_CODE)
        number_literal(printer->text, number, printer->precision);
    else if (!number_is_finite(number))
        text_add(printer->text, isnan(number.value) ? "nan" : number.value < 0 ? "-inf" : "inf");
    else if (is_fraction(printer, number))
        text_printf(printer->text, "%lld/%lld", (long long)number.numerator, (long long)number.denominator);
    else if (number.exact && number_is_integer(number))
        text_printf(printer->text, "%lld", (long long)number.numerator);
    else
        number_literal(printer->text, number, PRECISION_FLOAT64);
}

static Level number_level(const Printer *printer, Number number)
{
    if (number.value < 0) return LEVEL_SIGN;
    return is_fraction(printer, number) ? LEVEL_PRODUCT : LEVEL_ATOM;
}

static Level level_of(const Printer *printer, const Expr *expr)
{
    if (schedule_name(printer->schedule, expr, printer->step)) return LEVEL_ATOM;
    if (expr_is_condition(expr)) return printer->notation == NOTATION_PROBLEM ? LEVEL_ATOM : LEVEL_CONDITION;
    switch (expr->kind) {
    case EXPR_NUMBER: return number_level(printer, expr->number);
    case EXPR_NEG: return LEVEL_SIGN;
    case EXPR_ADD:
    case EXPR_SUB: return LEVEL_SUM;
    case EXPR_MUL:
    case EXPR_DIV: return LEVEL_PRODUCT;
    default: return LEVEL_ATOM;
    }
}

static void later_condition(Printer *printer, const Expr *expr)
{
    static const struct {
        const char *problem, *code;
    } words[] = { { "lt", " < " },  { "le", " <= " }, { "eq", " == " }, { "ne", " != " },
                  { "all", " & " }, { "any", " | " }, { "no", "!" } };
    int i = (int)(expr->kind - EXPR_LT);
    if (printer->notation == NOTATION_PROBLEM)
        later_call(printer, words[i].problem, expr);
    else if (expr->kind == EXPR_NOT)
        later_prefix(printer, expr, words[i].code, LEVEL_ATOM);
    else if (expr->kind == EXPR_AND || expr->kind == EXPR_OR)
        later_infix(printer, expr, LEVEL_ATOM, words[i].code, LEVEL_ATOM);
    else
        later_infix(printer, expr, LEVEL_SUM, words[i].code, LEVEL_SUM);
}

/* Rounding depends on the order of operations, so a right operand of the same
 * level keeps its parentheses even where mathematics needs none. */
static void later_operation(Printer *printer, const Expr *expr)
{
    bool is_code = printer->notation == NOTATION_CODE;
    switch (expr->kind) {
    case EXPR_NUMBER: print_number(printer, expr->number); break;
    case EXPR_SYMBOL: text_add(printer->text, is_code ? expr->symbol->code : expr->symbol->name); break;
    case EXPR_NEG: later_prefix(printer, expr, "-", LEVEL_PRODUCT); break;
    case EXPR_ADD: later_infix(printer, expr, LEVEL_SUM, " + ", LEVEL_PRODUCT); break;
    case EXPR_SUB: later_infix(printer, expr, LEVEL_SUM, " - ", LEVEL_PRODUCT); break;
    case EXPR_MUL: later_infix(printer, expr, LEVEL_PRODUCT, " * ", LEVEL_ATOM); break;
    case EXPR_DIV: later_infix(printer, expr, LEVEL_PRODUCT, " / ", LEVEL_ATOM); break;
    case EXPR_CALL: later_call(printer, function_name(expr->function), expr); break;
    case EXPR_WHERE: is_code ? later_choice(printer, expr) : later_call(printer, "where", expr); break;
    default: later_condition(printer, expr);
    }
}

static void print_expr(Printer *printer, const Expr *expr, Level level)
{
    const char *name = schedule_name(printer->schedule, expr, printer->step);
    if (name) {
        text_add(printer->text, name);
        return;
    }
    bool parentheses = level_of(printer, expr) < level;
    if (parentheses) {
        text_add(printer->text, "(");
        later_text(printer, ")");
    }
    later_operation(printer, expr);
}

static bool is_full(const Printer *printer)
{
    return !printer->schedule && printer->text->length - printer->start >= EXPR_TEXT_MOST;
}

void expr_print(Text *text, const Expr *expr, ExprNotation notation, Precision precision, const Schedule *schedule,
                int step)
{
    assert(precision != PRECISION_INT32);
    Printer printer = { .text = text,
                        .start = text->length,
                        .notation = notation,
                        .precision = precision,
                        .schedule = schedule,
                        .step = step,
                        .scratch = arena_new() };
    later_expr(&printer, expr, LEVEL_CONDITION);
    while (printer.stack.count && !is_full(&printer)) {
        Task task = printer.stack.items[--printer.stack.count];
        if (task.text)
            text_add(text, task.text);
        else
            print_expr(&printer, task.expr, task.level);
    }
    if (printer.stack.count) text_add(text, "...");
    arena_free(printer.scratch);
}
