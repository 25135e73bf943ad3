/* SPDX-License-Identifier: MIT */
#include "code/equations.h"

#include <string.h>

#include "code/emit.h"

enum { INPUTS_WIDTH = 100 }; /* of a line that declares several */

/* True when any of the roots depends on the symbol. */
static bool any_depends(const OutputList *outputs, const Symbol *symbol)
{
    for (int i = 0; i < outputs->count; i++)
        if (outputs->items[i].expr && expr_depends(outputs->items[i].expr, symbol)) return true;
    return false;
}

/* "const Real x = state[0];" for what the outputs use, several to a line. */
static void emit_inputs(Emitter *e, const OutputList *outputs, const Operand *operand, const char *narrow)
{
    Text line = text_new(e->arena);
    for (int i = 0; i < operand->count; i++) {
        const Symbol *symbol = operand->symbol[i];
        if (!any_depends(outputs, symbol)) continue;
        const char *value = arena_printf(e->arena, "%s[%d]", operand->array, i);
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

static Operand declared(const Emitter *e, const Declaration *declarations, int count, const char *array)
{
    const Symbol **symbols = ARENA_ARRAY(e->arena, const Symbol *, count);
    for (int i = 0; i < count; i++) symbols[i] = declarations[i].symbol;
    return (Operand){ symbols, count, array };
}

static void emit_all_inputs(Emitter *e, const OutputList *outputs, const char *narrow)
{
    const System *system = e->model->system;
    const Operand operands[] = {
        declared(e, system->state, system->states, "state"),
        declared(e, system->parameter, system->parameters, "parameters"),
        { e->model->hoisted_symbol, e->model->hoisted_count, "hoisted" },
    };
    for (int i = 0; i < 3; i++) emit_inputs(e, outputs, &operands[i], narrow);
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
    int count = 0, names;
    for (int i = 0; i < outputs->count; i++)
        if (outputs->items[i].expr) roots[count++] = outputs->items[i].expr;
    emit_all_inputs(e, outputs, narrow);
    if (operand) emit_inputs(e, outputs, operand, narrow);
    const char *const *taken = model_names(e->arena, e->model->system, &names);
    Schedule schedule = schedule_make(e->arena, roots, count, taken, names);
    emit_schedule(e, &schedule, outputs, precision);
}
