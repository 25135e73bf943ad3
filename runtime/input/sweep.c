/* SPDX-License-Identifier: MIT */
/* From axes to columns. Axes with a count form groups: in a grid one axis is
 * one group, the columns of --input together another; zipped, all are one.
 * The index of a run counts through the groups like nested loops, the last one
 * fastest: the problem's own sweeps first, then --input, then the command line,
 * each in the order given. Random axes have no count: their value follows from
 * the run's number, and --runs may repeat the grid as often as it likes. */
#include "cubie/sweep.h"

#include <float.h>
#include <string.h>

#include "input/axis.h"
#include "number.h"
#include "input/table.h"

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
                    other->axis.text, axis->name, axis->text);
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

static void sweep_check_column(const Batch *batch, const Table *table, const TableColumn *column)
{
    if (batch->problem->precision != 32) return;
    for (uint64_t i = 0; i < table->rows; i++)
        if (fabs(column->value[i]) > (double)FLT_MAX) {
            cubie_error(batch->report, "%s: %s in column '%s' does not fit in float32", table->path,
                        cubie_number_text(column->value[i]).text, column->name);
            return;
        }
}

static void sweep_read_input(Sweep *sweep)
{
    Batch *batch = sweep->batch;
    Table table;
    if (!cubie_table_read(&table, batch->options.input, batch->report, batch->pool)) return;
    for (int i = 0; i < table.columns; i++) {
        const TableColumn *column = &table.column[i];
        const int input = cubie_input_find(batch->problem, column->name);
        if (input < 0) {
            sweep_unknown_column(batch, table.path, column->name);
            continue;
        }
        sweep_check_column(batch, &table, column);
        Axis axis = { .input = input, .kind = CUBIE_SWEEP_TABLE, .count = table.rows, .table = column->value };
        axis.name = column->name;
        axis.text = cubie_pool_printf(batch->pool, "file:%s:%s", table.path, column->name);
        sweep_add(sweep, &axis, ORIGIN_INPUT);
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
        sweep_add(sweep, &axis, ORIGIN_INPUT);
    }
    if (!batch->options.runs) batch->options.runs = call->runs;
}

static void sweep_gather(Sweep *sweep)
{
    const Batch *batch = sweep->batch;
    const CubieProblem *problem = batch->problem;
    const bool arrays = batch->call && batch->call->runs && batch->call->input;
    for (int i = 0; i < problem->sweeps && !arrays; i++)
        sweep_read(sweep, problem->sweep[i].name, problem->sweep[i].values, ORIGIN_PROBLEM);
    if (batch->options.input) sweep_read_input(sweep);
    if (arrays) sweep_read_arrays(sweep, batch->call);
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
    return batch->options.zip || (batch->problem->zip && !batch->options.product);
}

/* True when this axis goes with the one before it: same index, same stride. */
static bool sweep_joined(const Sweep *sweep, int i, int before)
{
    return before >= 0 && (sweep_zipped(sweep->batch) ||
                           (sweep->axis[i].origin == ORIGIN_INPUT && sweep->axis[before].origin == ORIGIN_INPUT));
}

static void sweep_check_zip(const Sweep *sweep)
{
    const Axis *first = NULL;
    for (int i = 0; i < sweep->axes; i++) {
        const Axis *axis = &sweep->axis[i].axis;
        if (!sweep_counts(&sweep->axis[i])) continue;
        if (!first)
            first = axis;
        else if (axis->count != first->count)
            cubie_error(sweep->batch->report, "zipped sweeps must have equally many values: %s has %llu, %s has %llu",
                        first->name, (unsigned long long)first->count, axis->name, (unsigned long long)axis->count);
    }
}

/* Runs of the grid, as a float too, since it may be anything. */
static double sweep_grid_size(const Sweep *sweep)
{
    double size = 1;
    int before = -1;
    for (int i = 0; i < sweep->axes; i++) {
        if (!sweep_counts(&sweep->axis[i])) continue;
        if (!sweep_joined(sweep, i, before)) size *= (double)sweep->axis[i].axis.count;
        before = i;
    }
    return size;
}

/* Finds the number of runs from the grid, --runs and the problem's runs. */
static void sweep_count_runs(Sweep *sweep)
{
    Batch *batch = sweep->batch;
    const double most = ldexp(1, BATCH_RUNS_LOG2), grid = sweep_grid_size(sweep);
    bool random = false, counted = false;
    for (int i = 0; i < sweep->axes; i++) {
        random |= cubie_axis_random(&sweep->axis[i].axis);
        counted |= sweep_counts(&sweep->axis[i]);
    }
    uint64_t asked = batch->options.runs;
    if (!asked && random) asked = batch->problem->runs;
    if (grid > most || (double)asked > most) {
        cubie_error(batch->report, "the sweep has %s runs; at most 2^%d (about 1.1e12) can be counted",
                    cubie_number_text(grid > (double)asked ? grid : (double)asked).text, BATCH_RUNS_LOG2);
        return;
    }
    const uint64_t points = (uint64_t)grid;
    batch->runs = asked ? asked : points;
    if (random && !asked && !counted)
        cubie_error(batch->report, "random values need the number of runs: --runs=N");
    else if (asked && counted && !random && asked != points)
        cubie_error(batch->report, "--runs=%llu, but the sweep has %llu runs; --runs is for random values",
                    (unsigned long long)asked, (unsigned long long)points);
    else if (asked % points != 0)
        cubie_error(batch->report, "--runs=%llu is no multiple of the %llu points of the grid",
                    (unsigned long long)asked, (unsigned long long)points);
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
        column.key = cubie_sweep_key(batch->options.seed, batch->problem->input[axis->input].name);
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
    if (sweep_zipped(batch)) sweep_check_zip(&sweep);
    if (batch->report->errors == errors) sweep_count_runs(&sweep);
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
