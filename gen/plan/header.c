/* SPDX-License-Identifier: MIT */
/* NAME.h: the integrator as a C library. */
#include "config.h"
#include "plan/plan.h"

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

static void print_outputs(Text *text, const Plan *plan)
{
    const Model *model = plan->model;
    const System *system = model->system;
    const char *name = system->name;
    text_add(text, "/* Saved values, in this order. */\nenum {\n");
    for (int i = 0; model->save_states && i < system->states; i++)
        text_printf(text, "    %s_output_%s,\n", name, system->state[i].symbol->code);
    for (int i = 0; model->save_observables && i < system->observables; i++)
        text_printf(text, "    %s_output_%s,\n", name, system->observable[i].code);
    text_printf(text, "    %s_outputs_count\n};\n\n", name);
    text_add(text, "/* Results; memory of the caller. Instants are saved as the options say: the end\n"
                   " * alone (1), save_at, or duration / save_every + 1. Status bits as in\n"
                   " * cubie/problem.h, 0: ok. */\n");
    text_printf(text, "typedef struct %s_outputs {\n", name);
    text_add(text, "    uint64_t instants; /* saved ones; read when there is a `value` */\n");
    text_printf(text, "    %s_real *value; /* [instants][%s_outputs_count][runs] or NULL */\n", name, name);
    text_add(text, "    uint16_t *status; /* [runs] or NULL */\n");
    text_add(text, "    uint32_t *steps; /* [runs] or NULL: accepted */\n");
    text_add(text, "    uint32_t *rejected; /* [runs] or NULL */\n");
    const CounterList counters = parts_counters(text->arena, plan->parts);
    for (int i = 0; i < counters.count; i++)
        text_printf(text, "    uint32_t *%s; /* [runs] or NULL: %s */\n", counters.items[i].name,
                    counters.items[i].title);
    text_printf(text, "} %s_outputs;\n\n", name);
}

static void print_functions(Text *text, const char *name)
{
    text_add(text, "/* Integrates `runs` runs. Returns 0, or an exit status of the program (1 wrong\n"
                   " * input, 2 `arguments` that are no options, 3 the system or the device failed) with\n"
                   " * messages on standard error. Failed runs are NaN and have a status, and are no\n"
                   " * error. `inputs` and `options` may be NULL: all defaults. */\n");
    text_printf(
        text,
        "int %s_solve(uint64_t runs, const %s_inputs *inputs, const %s_options *options, %s_outputs *outputs);\n\n",
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
    text_printf(&text, "#ifndef CUBIE_PROJECT_%s_H\n#define CUBIE_PROJECT_%s_H\n\n#include <stdint.h>\n\n",
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
