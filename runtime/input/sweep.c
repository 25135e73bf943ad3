/* SPDX-License-Identifier: MIT */
/* From axes to columns. Axes with a count form groups: in a grid one axis is
 * one group, the columns of --input together another; zipped, all are one.
 * The index of a run counts through the groups like nested loops, the last one
 * fastest: the problem's own sweeps first, then --input, then the command line,
 * each in the order given. Random axes have no count: their value follows from
 * the run's number, and --runs may repeat the grid as often as it likes. */
#include "input/sweep.h"

#include <string.h>

#include "cubie/sweep.h"
#include "input/axis.h"
#include "input/table.h"
#include "number.h"
#include "rule/grid.h"

typedef enum AxisOrigin { ORIGIN_NONE, ORIGIN_PROBLEM, ORIGIN_INPUT, ORIGIN_COMMAND } AxisOrigin;

typedef struct SweepAxis {
    Axis axis;
    AxisOrigin origin;
} SweepAxis;

typedef struct Sweep {
    Batch *batch;
    SweepAxis *axis; /* in loop order */
    int axes;
} Sweep;

static SweepAxis *sweep_find(Sweep *sweep, int input)
{
    for (int i = 0; i < sweep->axes; i++)
        if (sweep->axis[i].axis.input == input) return &sweep->axis[i];
    return NULL;
}

static void sweep_remove(Sweep *sweep, SweepAxis *axis)
{
    int after = (int)(sweep->axis + sweep->axes - axis) - 1;
    memmove(axis, axis + 1, (size_t)after * sizeof *axis);
    sweep->axes--;
}

/* Adds an axis; it replaces the problem's own of the same input. */
static void sweep_add(Sweep *sweep, const Axis *axis, AxisOrigin origin)
{
    SweepAxis *other = sweep_find(sweep, axis->input);
    if (other && other->origin != ORIGIN_PROBLEM) {
        cubie_error(sweep->batch->report, "%s is given twice: %s=%s and %s=%s", axis->name, other->axis.name,
                    real_shown(piece_of(other->axis.text)).text, axis->name, real_shown(piece_of(axis->text)).text);
        return;
    }
    if (other) sweep_remove(sweep, other);
    sweep->axis[sweep->axes++] = (SweepAxis){ *axis, origin };
}

static void sweep_read(Sweep *sweep, const char *name, const char *values, AxisOrigin origin)
{
    Batch *batch = sweep->batch;
    Axis axis;
    const int input = cubie_input_find(batch->problem, name);
    if (input < 0) {
        cubie_error(batch->report, "the problem sweeps '%s', which is no input", name);
        return;
    }
    if (!cubie_axis_read(&axis, name, values, batch->problem->precision, batch->report, batch->pool)) return;
    axis.input = input;
    sweep_add(sweep, &axis, origin);
}

static void sweep_unknown_column(const Batch *batch, const char *path, const char *name)
{
    Suggestion near = cubie_suggest(name);
    for (int i = 0; i < batch->inputs; i++) cubie_suggest_try(&near, batch->problem->input[i].name);
    cubie_error(batch->report, "%s: column '%s' is no parameter and no state%s", path, name,
                cubie_suggest_text(&near, batch->pool));
}

static void sweep_read_input(Sweep *sweep)
{
    Batch *batch = sweep->batch;
    Table table;
    const TableRequest request = { batch->options.input, NULL, batch->problem->precision };
    if (!cubie_table_read(&table, &request, batch->report, batch->pool)) return;
    for (int i = 0; i < table.columns; i++) {
        const TableColumn *column = &table.column[i];
        const int input = cubie_input_find(batch->problem, column->name);
        if (input < 0) {
            sweep_unknown_column(batch, table.path, column->name);
            continue;
        }
        Axis axis = { .input = input, .kind = CUBIE_SWEEP_TABLE, .count = table.rows, .table = column->value };
        axis.name = column->name;
        axis.text = cubie_pool_printf(batch->pool, "file:%s:%s", table.path, column->name);
        sweep_add(sweep, &axis, ORIGIN_INPUT);
    }
}

/* Of arrays, too, numbers of float32 must not turn into 0 or overflow. */
static void sweep_check_array(const Batch *batch, const Axis *axis)
{
    RuleText why;
    for (uint64_t i = 0; i < axis->count; i++)
        if (!real_fits(&why, axis->table[i], batch->problem->precision)) {
            cubie_error(batch->report, "value %llu of %s: %s", (unsigned long long)i, axis->name, why.text);
            return;
        }
}

/* The arrays of a library call. */
static void sweep_read_arrays(Sweep *sweep, const CubieCall *call)
{
    Batch *batch = sweep->batch;
    for (int i = 0; i < batch->inputs; i++) {
        if (!call->input[i]) continue;
        Axis axis = {
            .input = i, .kind = CUBIE_SWEEP_TABLE, .count = call->runs, .name = batch->problem->input[i].name
        };
        axis.table = cubie_pool_array(batch->pool, call->runs, sizeof *axis.table);
        memcpy(axis.table, call->input[i], call->runs * sizeof *axis.table);
        axis.text = "(an array)";
        sweep_check_array(batch, &axis);
        sweep_add(sweep, &axis, ORIGIN_INPUT);
    }
    if (!batch->options.runs) batch->options.runs = call->runs;
}

static void sweep_read_problem(Sweep *sweep)
{
    const CubieProblem *problem = sweep->batch->problem;
    for (int i = 0; i < problem->sweeps; i++)
        sweep_read(sweep, problem->sweep[i].name, problem->sweep[i].values, ORIGIN_PROBLEM);
}

/* Whether the command line gives the input, in a table or by name. */
static bool sweep_gives(const Sweep *sweep, const char *name)
{
    const Batch *batch = sweep->batch;
    const int input = cubie_input_find(batch->problem, name);
    for (int i = 0; i < batch->options.inputs.count; i++)
        if (cubie_input_find(batch->problem, batch->options.inputs.item[i].name) == input) return true;
    for (int i = 0; i < sweep->axes; i++)
        if (sweep->axis[i].axis.input == input) return true;
    return false;
}

/* A table says all runs, one a row: the problem's own sweep does not multiply them
 * unless that is asked for. */
static void sweep_drop_problem(const Sweep *sweep)
{
    const Batch *batch = sweep->batch;
    const CubieProblem *problem = batch->problem;
    for (int i = 0; i < problem->sweeps; i++)
        if (!batch->options.quiet && !sweep_gives(sweep, problem->sweep[i].name))
            cubie_warning(batch->report,
                          "--input takes the place of the problem's own sweep %s=%s; --product or --zip keeps it",
                          problem->sweep[i].name, real_shown(piece_of(problem->sweep[i].values)).text);
}

static bool sweep_keeps_problem(const Batch *batch)
{
    const bool arrays = batch->call && batch->call->runs && batch->call->input;
    return !arrays && (!batch->options.input || batch->options.product || batch->options.zip);
}

static void sweep_gather(Sweep *sweep)
{
    const Batch *batch = sweep->batch;
    if (sweep_keeps_problem(batch)) sweep_read_problem(sweep);
    if (batch->options.input) sweep_read_input(sweep);
    if (batch->options.input && !sweep_keeps_problem(batch) && !batch->report->errors) sweep_drop_problem(sweep);
    if (batch->call && batch->call->runs && batch->call->input) sweep_read_arrays(sweep, batch->call);
    for (int i = 0; i < batch->options.inputs.count; i++) {
        const Assignment *given = &batch->options.inputs.item[i];
        sweep_read(sweep, given->name, given->value, ORIGIN_COMMAND);
    }
}

static bool sweep_counts(const SweepAxis *axis)
{
    return !axis->axis.fixed && !cubie_axis_random(&axis->axis);
}

static bool sweep_zipped(const Batch *batch)
{
    return batch->options.zip || (batch->problem->zip && !batch->options.product && sweep_keeps_problem(batch));
}

/* True when this axis goes with the one before it: same index, same stride. */
static bool sweep_joined(const Sweep *sweep, int i, int before)
{
    return before >= 0 && (sweep_zipped(sweep->batch) ||
                           (sweep->axis[i].origin == ORIGIN_INPUT && sweep->axis[before].origin == ORIGIN_INPUT));
}

/* Finds the number of runs from the grid, --runs and the problem's runs. */
static void sweep_count_runs(Sweep *sweep)
{
    Batch *batch = sweep->batch;
    GridAxis *axis = cubie_pool_array(batch->pool, (size_t)sweep->axes, sizeof *axis);
    bool random = false;
    for (int i = 0, before = -1; i < sweep->axes; i++) {
        const Axis *given = &sweep->axis[i].axis;
        const bool counts = sweep_counts(&sweep->axis[i]);
        axis[i] = (GridAxis){ .name = given->name, .count = counts ? given->count : 0 };
        axis[i].drawn = cubie_axis_random(given);
        axis[i].joined = counts && sweep_joined(sweep, i, before);
        random |= axis[i].drawn;
        if (counts) before = i;
    }
    uint64_t asked = batch->options.runs;
    if (!asked && random && sweep_keeps_problem(batch)) asked = batch->problem->runs;
    Grid grid;
    RuleText why;
    if (grid_count(&grid, &why, axis, sweep->axes, sweep_zipped(batch), asked))
        batch->runs = grid.runs;
    else
        cubie_error(batch->report, "%s", why.text);
}

static CubieColumn sweep_column(const Sweep *sweep, const Axis *axis)
{
    const Batch *batch = sweep->batch;
    CubieColumn column = { .kind = (int)axis->kind,
                           .input = axis->input,
                           .stride = 1,
                           .count = axis->count,
                           .start = axis->start,
                           .stop = axis->stop,
                           .table = axis->table };
    const double gaps = axis->count > 1 ? (double)(axis->count - 1) : 1;
    const double span = axis->stop - axis->start, ratio = axis->stop / axis->start;
    if (axis->kind == CUBIE_SWEEP_LINEAR)
        column.step = isfinite(span) ? span / gaps : axis->stop / gaps - axis->start / gaps;
    else if (axis->kind == CUBIE_SWEEP_GEOMETRIC)
        column.step = (isnormal(ratio) ? log(ratio) : log(fabs(axis->stop)) - log(fabs(axis->start))) / gaps;
    else if (axis->kind == CUBIE_SWEEP_UNIFORM)
        column.step = span;
    else if (axis->kind == CUBIE_SWEEP_NORMAL)
        column.step = axis->stop;
    if (cubie_axis_random(axis)) {
        column.count = 1;
        column.key = cubie_sweep_key(batch->settings.seed, batch->problem->input[axis->input].name);
    }
    return column;
}

/* Strides, from the fastest axis backwards. */
static void sweep_set_strides(const Sweep *sweep, CubieColumn *column)
{
    uint64_t stride = 1;
    int after = -1;
    for (int i = sweep->axes - 1; i >= 0; i--) {
        if (!sweep_counts(&sweep->axis[i])) continue;
        if (after >= 0 && !sweep_joined(sweep, after, i)) stride *= column[after].count;
        column[i].stride = stride;
        after = i;
    }
}

static void sweep_build(Sweep *sweep)
{
    Batch *batch = sweep->batch;
    CubieColumn *column = cubie_pool_array(batch->pool, (size_t)sweep->axes, sizeof *column);
    batch->values = cubie_pool_array(batch->pool, (size_t)sweep->axes, sizeof *batch->values);
    for (int i = 0; i < sweep->axes; i++) column[i] = sweep_column(sweep, &sweep->axis[i].axis);
    sweep_set_strides(sweep, column);
    for (int i = 0; i < sweep->axes; i++) {
        const Axis *axis = &sweep->axis[i].axis;
        const int state = axis->input - batch->problem->parameters;
        if (state >= 0) batch->given[state] = 1;
        if (axis->fixed) {
            batch->value[axis->input] = axis->start;
        } else {
            batch->values[batch->columns] = axis->text;
            column[batch->columns++] = column[i];
        }
    }
    batch->column = column;
}

void cubie_sweep_resolve(Batch *batch)
{
    const CubieProblem *problem = batch->problem;
    const int errors = batch->report->errors;
    Sweep sweep = { .batch = batch };
    sweep.axis = cubie_pool_array(
        batch->pool, (size_t)(problem->sweeps + 2 * batch->inputs + batch->options.inputs.count), sizeof *sweep.axis);
    batch->value = cubie_pool_array(batch->pool, (size_t)batch->inputs, sizeof *batch->value);
    batch->given = cubie_pool_array(batch->pool, (size_t)problem->states, 1);
    for (int i = 0; i < batch->inputs; i++) batch->value[i] = problem->input[i].value;
    sweep_gather(&sweep);
    if (batch->report->errors > errors) return;
    sweep_count_runs(&sweep);
    if (batch->report->errors == errors) sweep_build(&sweep);
}

static void sweep_fill_f32(float *out, const CubieColumn *column, uint64_t first, uint32_t runs)
{
    CubieColumn32 ready;
    cubie_column_prepare32(&ready, column, first, runs);
    if (column->kind == CUBIE_SWEEP_TABLE)
        for (uint32_t i = 0; i < runs; i++) out[i] = (float)column->table[cubie_column_index(&ready.index, i)];
    else
        for (uint32_t i = 0; i < runs; i++) out[i] = cubie_sweep_value_f32(&ready, i);
}

static void sweep_fill_f64(double *out, const CubieColumn *column, uint64_t first, uint32_t runs)
{
    CubieColumn64 ready;
    cubie_column_prepare64(&ready, column, first, runs);
    for (uint32_t i = 0; i < runs; i++) out[i] = cubie_sweep_value_f64(&ready, i);
}

void cubie_sweep_fill(void *out, const CubieColumn *column, int precision, uint64_t first, uint32_t runs)
{
    if (precision == 32)
        sweep_fill_f32(out, column, first, runs);
    else
        sweep_fill_f64(out, column, first, runs);
}

static bool sweep_varies(const Batch *batch, int input)
{
    for (int i = 0; i < batch->columns; i++)
        if (batch->column[i].input == input) return true;
    return false;
}

const char *cubie_swept_text(const Batch *batch)
{
    const char *text = "";
    for (int i = 0; i < batch->columns; i++)
        text = cubie_pool_printf(batch->pool, "%s%s%s=%s", text, i ? " " : "",
                                 batch->problem->input[batch->column[i].input].name, batch->values[i]);
    return text;
}

const char *cubie_fixed_text(const Batch *batch)
{
    const CubieProblem *problem = batch->problem;
    const char *text = "";
    for (int i = 0; i < batch->inputs; i++) {
        const bool given = i < problem->parameters || batch->given[i - problem->parameters];
        if (!sweep_varies(batch, i) && (given || !problem->input[i].expression))
            text = cubie_pool_printf(batch->pool, "%s%s%s=%s", text, *text ? " " : "", problem->input[i].name,
                                     cubie_number_text(batch->value[i]).text);
    }
    return text;
}
