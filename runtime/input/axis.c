/* SPDX-License-Identifier: MIT */
#include "input/axis.h"

#include "input/table.h"

static bool axis_read_file(Axis *axis, const Values *values, int precision, Report *report, Pool *pool)
{
    const char *path = cubie_pool_text(pool, values->path.bytes, values->path.length);
    Table table;
    const TableRequest request = { path, values->column, precision };
    if (!cubie_table_read(&table, &request, report, pool)) return false;
    axis->kind = CUBIE_SWEEP_TABLE;
    axis->count = table.rows;
    axis->table = table.column[cubie_table_find(&table, values->column)].value;
    return true;
}

static void axis_read_list(Axis *axis, const Values *values, Pool *pool)
{
    const char *list = values->list;
    axis->kind = CUBIE_SWEEP_TABLE;
    axis->table = cubie_pool_array(pool, axis->count, sizeof *axis->table);
    for (uint64_t i = 0; i < axis->count; i++) axis->table[i] = values_item(&list);
}

bool cubie_axis_read(Axis *axis, const char *name, const char *text, int precision, Report *report, Pool *pool)
{
    static const CubieSweepKind kinds[] = { [VALUES_LINEAR] = CUBIE_SWEEP_LINEAR,
                                            [VALUES_GEOMETRIC] = CUBIE_SWEEP_GEOMETRIC,
                                            [VALUES_UNIFORM] = CUBIE_SWEEP_UNIFORM,
                                            [VALUES_NORMAL] = CUBIE_SWEEP_NORMAL };
    Values values;
    RuleText why;
    if (!values_read(&values, &why, text, precision)) {
        cubie_error(report, "%s=%s: %s", name, real_shown(piece_of(text)).text, why.text);
        return false;
    }
    *axis = (Axis){ .input = -1, .name = name, .text = text, .count = values.count };
    axis->start = values.start;
    axis->stop = values.stop;
    if (values.form == VALUES_FILE) return axis_read_file(axis, &values, precision, report, pool);
    if (values.form == VALUES_LIST)
        axis_read_list(axis, &values, pool);
    else if (values.form == VALUES_ONE)
        axis->fixed = true;
    else
        axis->kind = kinds[values.form];
    return true;
}
