/* SPDX-License-Identifier: MIT */
/* NAME.h: the integrator as a C library. */
#include "config.h"
#include "plan/outputs.h"

/* A text of the user inside a comment of C: it cannot end the comment, begin
 * another or begin a new line. */
static const char *in_comment(Arena *arena, const char *string)
{
    Text text = text_new(arena);
    for (char last = ' '; *string; last = *string++) {
        bool mark = (last == '*' && *string == '/') || (last == '/' && *string == '*');
        if (mark) text_add(&text, " ");
        text_add_bytes(&text, (unsigned char)*string < ' ' ? " " : string, 1);
    }
    return text.data;
}

static void print_input(Text *text, const Declaration *input, const char *what)
{
    text_printf(text, "    const double *%s; /* %s", input->symbol->code, what);
    if (*input->unit) text_printf(text, ", %s", in_comment(text->arena, input->unit));
    text_add(text, " */\n");
}

static void print_inputs(Text *text, const System *system)
{
    text_printf(text, "/* One value per run, [runs], or NULL: the default for all. */\n");
    text_printf(text, "typedef struct %s_inputs {\n", system->name);
    for (int i = 0; i < system->parameters; i++) print_input(text, &system->parameter[i], "parameter");
    for (int i = 0; i < system->states; i++) print_input(text, &system->state[i], "initial value");
    text_printf(text, "} %s_inputs;\n\n", system->name);
}

bool header_is_number(const Model *model, const Setting *setting)
{
    return setting->time == SETTING_RUN && !setting->issue && model_uses(model, setting->uses) &&
           (setting->kind == SETTING_NUMBER || setting->kind == SETTING_INTEGER);
}

static void print_option(Text *text, const Setting *setting)
{
    text_printf(text, "    double %s; /* %s", setting->name, setting->help);
    if (*setting->unit) text_printf(text, " [%s]", setting->unit);
    text_add(text, " */\n");
}

static void print_options(Text *text, const Plan *plan)
{
    const char *name = plan->model->system->name;
    text_add(text, "/* Run-time settings: NAN is the default of the problem. What is not a number\n"
                   " * (tolerances per state, instants to save) goes into `arguments`, in the notation\n"
                   " * of the command line: \"--save-at=1,2,5\", \"--rtol=1e-8\". */\n");
    text_printf(text, "typedef struct %s_options {\n", name);
    for (int i = 0; i < plan->table->count; i++)
        if (header_is_number(plan->model, &plan->table->items[i])) print_option(text, &plan->table->items[i]);
    text_add(text, "    int argument_count;\n    const char *const *arguments;\n");
    text_printf(text, "} %s_options;\n\n", name);
    text_printf(text, "/* All defaults. */\n%s_options %s_defaults(void);\n\n", name, name);
}

static void print_output(Text *text, const char *problem, const SavedOutput *output)
{
    if (output->of_instant)
        text_printf(text, "    %s_real *%s; /* [instants]", problem, output->member);
    else
        text_printf(text, "    uint32_t *%s; /* ", output->member);
    if (output->elements) text_printf(text, "[%d]", output->elements);
    text_add(text, "[runs]");
    if (*output->unit) text_printf(text, " %s", in_comment(text->arena, output->unit));
    if (*output->title) text_printf(text, " %s", output->title);
    text_add(text, " */\n");
}

static void print_outputs(Text *text, const Plan *plan)
{
    const char *name = plan->model->system->name;
    const SavedOutputList outputs = plan_outputs(text->arena, plan);
    text_add(text, "/* Results; memory of the caller. Every pointer may be NULL: that is not wanted. Arrays\n"
                   " * have C's order, the runs side by side. Instants are saved as the options say: the\n"
                   " * end alone (1), save_at, or duration / save_every + 1. Values are in the units of the\n"
                   " * problem, NaN where a run did not get to. Status bits as in cubie/problem.h, 0: ok. */\n");
    text_printf(text, "typedef struct %s_outputs {\n", name);
    text_add(text, "    uint64_t instants; /* that the arrays hold; read when one of them is there */\n");
    for (int i = 0; i < outputs.count; i++) print_output(text, name, &outputs.items[i]);
    text_add(text, "    uint16_t *status; /* [runs] */\n"
                   "    uint32_t *steps; /* [runs] accepted */\n"
                   "    uint32_t *rejected; /* [runs] */\n"
                   "    char *messages; /* errors and warnings, a line each, as far as there is room; ended by 0 */\n"
                   "    size_t messages_size; /* bytes of it */\n");
    text_printf(text, "} %s_outputs;\n\n", name);
}

static void print_functions(Text *text, const char *name)
{
    text_add(text, "/* Integrates `runs` runs. Returns 0, or an exit status of the program (1 wrong\n"
                   " * input, 2 `arguments` that are no options, 3 the system or the device failed) with\n"
                   " * texts in the messages; nothing is printed. Failed runs are NaN and have a status,\n"
                   " * and are no error. `inputs` and `options` may be NULL: all defaults; without\n"
                   " * `outputs` it is wrong input. Several threads may call it at once. */\n");
    text_printf(text,
                "int %s_solve(uint64_t runs, const %s_inputs *inputs,\n"
                "    const %s_options *options, %s_outputs *outputs);\n\n",
                name, name, name, name);
    text_add(text, "/* The whole description, for the functions of cubie/problem.h. */\n");
    text_printf(text, "struct CubieProblem;\nconst struct CubieProblem *%s_problem(void);\n\n", name);
}

const char *plan_header(Arena *arena, const Plan *plan)
{
    Text text = text_new(arena);
    const System *system = plan->model->system;
    text_printf(&text,
                "/* %s: the integrator as a C library. Written by cubie-gen %s from %s.\n *\n"
                " * make library    builds lib%s.a\n"
                " * make shared     builds lib%s.so\n"
                " * make link-flags prints what a C program that uses it is linked with */\n",
                system->name, PACKAGE_VERSION, in_comment(arena, system->file), system->name, system->name);
    text_printf(
        &text, "#ifndef CUBIE_PROJECT_%s_H\n#define CUBIE_PROJECT_%s_H\n\n#include <stddef.h>\n#include <stdint.h>\n\n",
        system->name, system->name);
    text_add(&text, "#ifdef __cplusplus\nextern \"C\" {\n#endif\n\n");
    text_printf(&text, "typedef %s %s_real;\n\n", plan->model->precision == PRECISION_FLOAT32 ? "float" : "double",
                system->name);
    print_inputs(&text, system);
    print_options(&text, plan);
    print_outputs(&text, plan);
    print_functions(&text, system->name);
    text_add(&text, "#ifdef __cplusplus\n}\n#endif\n\n#endif\n");
    return text.data;
}
