/* SPDX-License-Identifier: MIT */
#include "code/equations.h"

#include <stdlib.h>
#include <string.h>

#include "code/emit.h"

enum { INPUTS_WIDTH = 100 }; /* of a line that declares several */

typedef ARRAY(const Symbol *) SymbolList;

static int compare_positions(const void *a, const void *b)
{
    int left = (*(const Symbol *const *)a)->index, right = (*(const Symbol *const *)b)->index;
    return (left > right) - (left < right);
}

/* "const Real x = state[0];" for what the outputs use, several to a line. */
static void emit_inputs(Emitter *e, SymbolList *used, const char *array, const char *narrow)
{
    Text line = text_new(e->arena);
    if (used->count) qsort(used->items, (size_t)used->count, sizeof *used->items, compare_positions);
    for (int i = 0; i < used->count; i++) {
        const Symbol *symbol = used->items[i];
        const char *value = arena_printf(e->arena, "%s[%d]", array, symbol->index);
        if (narrow) value = arena_printf(e->arena, "%s(%s)", narrow, value);
        const char *item = arena_printf(e->arena, "%s = %s", symbol->code, value);
        if (line.length && line.length + strlen(item) > INPUTS_WIDTH) {
            emit_line(e, "%s;", line.data);
            line = text_new(e->arena);
        }
        text_printf(&line, "%s%s", line.length ? ", " : "const Real ", item);
    }
    if (line.length) emit_line(e, "%s;", line.data);
}

static bool is_of(const Operand *operand, const Symbol *symbol)
{
    return operand && symbol->index >= 0 && symbol->index < operand->count && operand->symbol[symbol->index] == symbol;
}

static void emit_all_inputs(Emitter *e, const Expr *const *roots, int count, const Operand *operand, const char *narrow)
{
    SymbolList state = { 0 }, parameter = { 0 }, hoisted = { 0 }, own = { 0 };
    int symbols;
    const Symbol *const *symbol = expr_symbols(e->arena, roots, count, &symbols);
    for (int i = 0; i < symbols; i++) {
        SymbolList *list = symbol[i]->kind == SYMBOL_STATE       ? &state
                           : symbol[i]->kind == SYMBOL_PARAMETER ? &parameter
                           : symbol[i]->kind == SYMBOL_HOISTED   ? &hoisted
                           : is_of(operand, symbol[i])           ? &own
                                                                 : NULL;
        if (list) *array_push(e->arena, list) = symbol[i];
    }
    emit_inputs(e, &state, "state", narrow);
    emit_inputs(e, &parameter, "parameters", narrow);
    emit_inputs(e, &hoisted, "hoisted", narrow);
    if (operand) emit_inputs(e, &own, operand->array, narrow);
}

void equations_emit_lines(Emitter *e, const char *lines)
{
    for (const char *end; lines && *lines; lines = *end ? end + 1 : end) {
        end = strchr(lines, '\n');
        if (!end) end = lines + strlen(lines);
        emit_line(e, "%.*s", (int)(end - lines), lines);
    }
}

/* What a name is declared as: auto keeps the factors of a product, which sums take up as they do
 * those of a product without a name (fused.hpp). */
static const char *type_of(const Expr *expr)
{
    if (expr_is_condition(expr)) return "Mask";
    if (expr->kind == EXPR_NEG) expr = expr->argument[0];
    return expr->kind == EXPR_MUL ? "auto" : "Real";
}

static void emit_statement(Emitter *e, const Schedule *schedule, int step, const char *place, Precision precision)
{
    const ScheduleStep *item = &schedule->items[step];
    Text text = text_new(e->arena);
    expr_print(&text, item->expr, NOTATION_CODE, precision, schedule, step);
    if (item->root >= 0)
        emit_line(e, "%s = %s;", place, text.data);
    else
        emit_line(e, "const %s %s = %s;", type_of(item->expr), item->name, text.data);
}

/* Temporaries and outputs in the schedule's order, which is that of the outputs;
 * each output's source line stands above the first of its own statements. */
static void emit_schedule(Emitter *e, const Schedule *schedule, const OutputList *outputs, Precision precision)
{
    const char *last_comment = NULL;
    for (int i = 0, step = 0; i < outputs->count; i++) {
        const Output *output = &outputs->items[i];
        if (output->comment && output->comment != last_comment) emit_comment(e, "%s", last_comment = output->comment);
        for (bool done = !output->expr; !done; step++) {
            emit_statement(e, schedule, step, output->place, precision);
            done = schedule->items[step].root >= 0;
        }
        equations_emit_lines(e, output->after);
    }
}

void equations_emit(Emitter *e, const OutputList *outputs, const Operand *operand, const char *narrow,
                    Precision precision)
{
    const Expr **roots = ARENA_ARRAY(e->arena, const Expr *, outputs->count);
    int count = 0;
    for (int i = 0; i < outputs->count; i++)
        if (outputs->items[i].expr) roots[count++] = outputs->items[i].expr;
    emit_all_inputs(e, roots, count, operand, narrow);
    Schedule schedule = schedule_make(e->arena, roots, count, e->model->system->taken);
    emit_schedule(e, &schedule, outputs, precision);
}
