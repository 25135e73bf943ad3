/* SPDX-License-Identifier: MIT */
#include "model/lu_form.h"

#include <inttypes.h>

#include "layout/buffer.h"
#include "model/lu_block.h"

enum { INLINED_MOST = 16, FUNCTIONS_MOST = 128, REGISTERS = 255 };

int64_t lu_operations(const Lu *lu)
{
    const LuCount *count = &lu->count;
    return count->factor_multiply_adds + count->factor_multiplications + count->divisions + count->entries;
}

LuForm lu_form(const Model *model)
{
    int64_t limit = (int64_t)settings_number(model->settings, "unroll_limit");
    int64_t operations = lu_operations(model->matrix->lu);
    if (model->unrolled && operations <= INLINED_MOST * limit) return LU_INLINED;
    return operations <= FUNCTIONS_MOST * limit ? LU_FUNCTIONS : LU_TABLES;
}

int lu_form_elements(const Model *model)
{
    if (!model->spectrum) return model->matrix->lu->count.entries;
    return lu_form(model) == LU_TABLES ? lu_blocks_table_size(model->matrix, model->spectrum)
                                       : lu_blocks_size(model->matrix, model->spectrum);
}

bool lu_form_check(const Model *model)
{
    int elements = lu_form_elements(model);
    int64_t bytes = (int64_t)elements * buffer_width(model->lu_precision);
    if (bytes <= LU_BYTES_MOST) return true;
    bool narrower = model->lu_precision == PRECISION_FLOAT64 && bytes / 2 <= LU_BYTES_MOST;
    const char *setting = settings_given(model->settings, "linear_solver") ? "linear_solver" : "algorithm";
    diag_error(settings_source(model->settings, setting),
               "the LU factors of the Jacobian are %d numbers, %" PRId64
               " bytes per run, and at most %d bytes fit; use %slinear_solver = \"bicgstab\"",
               elements, bytes, (int)LU_BYTES_MOST, narrower ? "lu_precision = \"float32\" or " : "");
    return false;
}

const char *lu_form_text(LuForm form)
{
    switch (form) {
    case LU_INLINED: return "straight-line code, inlined";
    case LU_FUNCTIONS: return "straight-line code in functions that are not inlined";
    default: return "loops over tables";
    }
}

void lu_form_describe_registers(Text *text, const Model *model, const char *prefix, int column)
{
    int registers = lu_form_elements(model) * (buffer_width(model->lu_precision) / 4);
    text_printf(text, "%s  %-*s", prefix, column, "registers");
    if (lu_form(model) != LU_INLINED)
        text_add(text, "none: the factors are memory\n");
    else
        text_printf(text, "%d for the factors%s\n", registers,
                    registers < REGISTERS ? "" : ", more than a thread has: most stay in local memory");
}

void lu_form_describe(Text *text, const Model *model, const char *prefix)
{
    const LuCount *count = &model->matrix->lu->count;
    text_printf(text, "%sLU of shift*I - J (%s): %s\n", prefix, precision_name(model->lu_precision),
                lu_form_text(lu_form(model)));
    text_printf(text, "%s  entries        %d, of these %d of fill\n", prefix, count->entries, count->fill);
    text_printf(text, "%s  factorisation  %" PRId64 " multiply-adds, %d multiplications, %d divisions\n", prefix,
                count->factor_multiply_adds, count->factor_multiplications, count->divisions);
    text_printf(text, "%s  solve          %d multiply-adds, %d multiplications\n", prefix, count->solve_multiply_adds,
                count->solve_multiplications);
    lu_form_describe_registers(text, model, prefix, 15);
}
