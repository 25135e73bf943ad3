/* NAME.h: the integrator as a C library. */
#include <ctype.h>

#include "config.h"
#include "plan/plan.h"

static const char *upper(Arena *arena, const char *name)
{
    char *copy = arena_printf(arena, "%s", name);
    for (char *c = copy; *c; c++) *c = (char)toupper((unsigned char)*c);
    return copy;
}

static void print_input(Text *text, const Declaration *input, const char *what)
{
    text_printf(text, "    const double *%s; /* %s", input->symbol->code, what);
    if (*input->unit) text_printf(text, ", %s", input->unit);
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

bool header_is_number(const Setting *setting)
{
    return setting->time == SETTING_RUN && !setting->issue &&
           (setting->kind == SETTING_NUMBER || setting->kind == SETTING_INTEGER);
}

static void print_options(Text *text, const Plan *plan)
{
    const char *name = plan->model->system->name;
    text_add(text, "/* Run-time settings: NAN is the default of the problem. What is not a number\n"
                   " * (tolerances per state, instants to save) goes into `arguments`, in the notation\n"
                   " * of the command line: \"--save-at=1,2,5\", \"--rtol=1e-8\". */\n");
    text_printf(text, "typedef struct %s_options {\n", name);
    for (int i = 0; i < plan->table->count; i++)
        if (header_is_number(&plan->table->items[i]))
            text_printf(text, "    double %s; /* %s */\n", plan->table->items[i].name, plan->table->items[i].help);
    text_add(text, "    int argument_count;\n    const char *const *arguments;\n");
    text_printf(text, "} %s_options;\n\n", name);
    text_printf(text, "/* All defaults. */\n%s_options %s_defaults(void);\n\n", name, name);
}

static void print_outputs(Text *text, const Plan *plan)
{
    const Model *model = plan->model;
    const System *system = model->system;
    text_printf(text, "/* Saved values, in this order. */\nenum {\n");
    for (int i = 0; model->save_states && i < system->states; i++)
        text_printf(text, "    %s_%s,\n", upper(text->arena, system->name), system->state[i].symbol->code);
    for (int i = 0; model->save_observables && i < system->observables; i++)
        text_printf(text, "    %s_%s,\n", upper(text->arena, system->name), system->observable[i].code);
    text_printf(text, "    %s_OUTPUTS\n};\n\n", upper(text->arena, system->name));
    text_printf(text, "/* Results; memory of the caller. Status bits as in cubie/problem.h, 0: ok. */\n");
    text_printf(text, "typedef struct %s_outputs {\n", system->name);
    text_printf(text, "    uint64_t instants;   /* that `value` has room for: 1 for end states only */\n");
    text_printf(text, "    %s_real *value;  /* [instants][%s_OUTPUTS][runs] */\n", system->name, upper(text->arena, system->name));
    text_printf(text, "    uint16_t *status;    /* [runs] or NULL */\n");
    text_printf(text, "    uint32_t *steps;     /* [runs] or NULL: accepted */\n");
    text_printf(text, "    uint32_t *rejected;  /* [runs] or NULL */\n");
    text_printf(text, "} %s_outputs;\n\n", system->name);
}

static void print_functions(Text *text, const char *name)
{
    text_add(text, "/* Integrates `runs` runs. Returns 0, or an exit status of the program (1 wrong\n"
                   " * input, 3 the system or the device failed) with messages on standard error. Failed\n"
                   " * runs are NaN and have a status, and are no error. `inputs` and `options` may be NULL. */\n");
    text_printf(text, "int %s_solve(uint64_t runs, const %s_inputs *inputs, const %s_options *options, %s_outputs *outputs);\n\n",
                name, name, name, name);
    text_add(text, "/* The whole description, for the functions of cubie/problem.h. */\n");
    text_printf(text, "struct CubieProblem;\nconst struct CubieProblem *%s_problem(void);\n\n", name);
}

const char *plan_header(Arena *arena, const Plan *plan)
{
    Text text = text_new(arena);
    const System *system = plan->model->system;
    text_printf(&text, "/* %s: the integrator as a C library. Written by cubie-gen %s from %s.\n *\n"
                       " * make library builds lib%s.a; link it with `pkg-config --libs cubie-runtime`. */\n",
                system->name, PACKAGE_VERSION, system->file, system->name);
    text_printf(&text, "#ifndef CUBIE_%s_H\n#define CUBIE_%s_H\n\n#include <stdint.h>\n\n", upper(arena, system->name), upper(arena, system->name));
    text_add(&text, "#ifdef __cplusplus\nextern \"C\" {\n#endif\n\n");
    text_printf(&text, "typedef %s %s_real;\n\n", plan->model->precision == PRECISION_FLOAT32 ? "float" : "double", system->name);
    print_inputs(&text, system);
    print_options(&text, plan);
    print_outputs(&text, plan);
    print_functions(&text, system->name);
    text_add(&text, "#ifdef __cplusplus\n}\n#endif\n\n#endif\n");
    return text.data;
}
