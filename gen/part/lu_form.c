#include "part/lu_form.h"

#include <inttypes.h>

#include "layout/buffer.h"

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
    if (model->states <= limit && operations <= INLINED_MOST * limit) return LU_INLINED;
    return operations <= FUNCTIONS_MOST * limit ? LU_FUNCTIONS : LU_TABLES;
}

static int64_t factor_bytes(const Model *model)
{
    return (int64_t)model->matrix->lu->count.entries * buffer_width(model->lu_precision);
}

bool lu_form_check(const Model *model)
{
    int64_t bytes = factor_bytes(model);
    if (bytes <= LU_BYTES_MOST) return true;
    bool narrower = model->lu_precision == PRECISION_FLOAT64 && bytes / 2 <= LU_BYTES_MOST;
    const char *setting = settings_given(model->settings, "linear_solver") ? "linear_solver" : "algorithm";
    diag_error(settings_source(model->settings, setting),
               "the LU factors of the Jacobian have %d entries, %" PRId64 " bytes per run, and at most %d bytes fit; "
               "use %slinear_solver = \"bicgstab\"",
               model->matrix->lu->count.entries, bytes, (int)LU_BYTES_MOST, narrower ? "lu_precision = \"float32\" or " : "");
    return false;
}

static const char *form_text(LuForm form)
{
    switch (form) {
    case LU_INLINED: return "straight-line code, inlined";
    case LU_FUNCTIONS: return "straight-line code in functions that are not inlined";
    default: return "loops over tables";
    }
}

void lu_form_describe(Text *text, const Model *model, const char *prefix)
{
    const LuCount *count = &model->matrix->lu->count;
    int registers = count->entries * (buffer_width(model->lu_precision) / 4);
    LuForm form = lu_form(model);
    text_printf(text, "%sLU of shift*I - J (%s): %s\n", prefix, precision_name(model->lu_precision), form_text(form));
    text_printf(text, "%s  entries        %d, of these %d of fill\n", prefix, count->entries, count->fill);
    text_printf(text, "%s  factorisation  %" PRId64 " multiply-adds, %d multiplications, %d divisions\n", prefix,
                count->factor_multiply_adds, count->factor_multiplications, count->divisions);
    text_printf(text, "%s  solve          %d multiply-adds, %d multiplications\n", prefix, count->solve_multiply_adds,
                count->solve_multiplications);
    if (form != LU_INLINED)
        text_printf(text, "%s  registers      none: the factors are memory\n", prefix);
    else
        text_printf(text, "%s  registers      %d for the factors%s\n", prefix, registers,
                    registers < REGISTERS ? "" : ", more than a thread has: most stay in local memory");
}
