/* SPDX-License-Identifier: MIT */
/* Direct solution: the sparse factors of shift*I - J in diagonal Markowitz
 * order (system/lu.h). An entry of the matrix is computed when the turn of its
 * row comes, so only the factors live on; with tables the row at work lives
 * beside them. lu_form.h: how it is written.
 *
 * The pivots were chosen before any value was known, so each is watched: where
 * elimination cancelled all but rounding errors of a diagonal element, or left
 * nothing, the attempt is rejected (implicit.hpp, is_pivot). */
#include "solver/lu_part.h"

#include "code/equations.h"
#include "solver/linear.h"
#include "solver/lu_code.h"

const Buffer *lu_part_buffer(const PartTree *parts, const char *name)
{
    return buffer_group_find(parts->linear_group, name);
}

static void count(Arena *arena, PartTree *parts)
{
    *array_push(arena, &parts->counters) = (Counter){ "factorisations", "LU factorisations" };
    *array_push(arena, &parts->counters) = (Counter){ "bad_pivots", "attempts rejected for a bad pivot" };
}

static void declare(Emitter *e, const PartTree *parts)
{
    emit_declare(e, lu_part_buffer(parts, "lu_factor"));
    emit_declare(e, lu_part_buffer(parts, "lu_renewed"));
    emit_declare(e, lu_part_buffer(parts, "lu_vector"));
    emit_declare(e, lu_part_buffer(parts, "lu_row"));
}

void lu_part_factor(Emitter *e, const PartTree *parts, const View *ddt, View state, const char *time, const char *shift,
                    const char *mask)
{
    bool by_rows = lu_form(e->model) == LU_TABLES;
    View lu = view_of(lu_part_buffer(parts, "lu_factor")),
         result = mask ? view_of(lu_part_buffer(parts, "lu_renewed")) : lu;
    trace_step(e->trace, "factorisation");
    emit_read(e, state);
    const char *arguments = equations_arguments(e, parts);
    emit_write(e, result);
    if (by_rows) emit_write(e, view_of(lu_part_buffer(parts, "lu_row")));
    if (ddt) emit_write(e, *ddt);
    const char *scaled = model_is_narrow(e->model) ? arena_printf(e->arena, "to_factor(%s)", shift) : shift;
    emit_line(e, "const Mask solvable = %s(%s, %s%s%s%s, %s, %s, %s);", ddt ? "linearise" : "factor", result.name,
              by_rows ? "lu_row, " : "", ddt ? ddt->name : "", ddt ? ", " : "", state.name, arguments, time, scaled);
    if (mask) emit_copy(e, "factors renewed", mask, lu, result);
    emit_line(e, "note(trouble, %s%s!solvable, CUBIE_LINEAR_BREAKDOWN);", mask ? mask : "", mask ? " & " : "");
    emit_line(e, "count_if(%s, factorisations);", mask ? mask : "active");
    emit_line(e, "count_if(%s & !solvable, bad_pivots);", mask ? mask : "active");
}

static void prepare(Emitter *e, const PartTree *parts, const View *ddt, View state, const char *time, const char *shift,
                    const char *mask)
{
    bool joint = model_linearises(e->model);
    if (ddt && !joint) system_emit_rhs(e, "right-hand side", parts, *ddt, state, time);
    lu_part_factor(e, parts, joint ? ddt : NULL, state, time, shift, mask);
}

void lu_part_convert(Emitter *e, const char *label, View target, View source, const char *conversion)
{
    trace_elementwise(e->trace, label);
    emit_read(e, source);
    emit_write(e, target);
    emit_line(e, "%s %s[i] = %s(%s[i]);", emit_each(e, target.count), target.name, conversion, source.name);
}

static void solve(Emitter *e, const PartTree *parts, View x, View state, const char *time, const char *shift,
                  const char *active)
{
    (void)state, (void)time, (void)shift, (void)active;
    View vector = model_is_narrow(e->model) ? view_of(lu_part_buffer(parts, "lu_vector")) : x;
    if (model_is_narrow(e->model)) lu_part_convert(e, "to the precision of the factors", vector, x, "to_factor");
    trace_step(e->trace, "solve");
    emit_read(e, view_of(lu_part_buffer(parts, "lu_factor")));
    emit_read(e, vector);
    emit_write(e, vector);
    emit_line(e, "solve(lu_factor, %s);", vector.name);
    if (model_is_narrow(e->model)) lu_part_convert(e, "from the precision of the factors", x, vector, "real");
}

const LinearPart linear_lu = {
    .name = "lu",
    .count = count,
    .describe = lu_form_describe,
    .functions = lu_code_emit,
    .declare = declare,
    .prepare = prepare,
    .solve = solve,
    .blocks = &linear_lu_blocks,
};
