/* SPDX-License-Identifier: MIT */
/* The constant CubieProblem (cubie/problem.h), and main. */
#include <inttypes.h>
#include <string.h>

#include "config.h"
#include "plan/outputs.h"

/* A C string literal. */
static const char *quoted(const Emitter *e, const char *string)
{
    Text text = text_new(e->arena);
    text_add(&text, "\"");
    for (; *string; string++) {
        unsigned char c = (unsigned char)*string;
        if (c == '"' || c == '\\')
            text_printf(&text, "\\%c", c);
        else if (c < 32 || c == 127)
            text_printf(&text, "\\%03o", c);
        else if (c == '?')
            text_add(&text, "\\?"); /* no trigraphs */
        else
            text_add_bytes(&text, string, 1);
    }
    text_add(&text, "\"");
    return text.data;
}

static const char *literal(const Emitter *e, long double value)
{
    Text text = text_new(e->arena);
    number_literal(&text, number_double((double)value), PRECISION_FLOAT64);
    return text.data;
}

static long double default_of(void *context, const Symbol *symbol)
{
    const System *system = context;
    return symbol->kind == SYMBOL_PARAMETER ? system->parameter[symbol->index].value.value : 0.0L;
}

/* A last argument for the identifier where it is not the name; nullptr where another one follows. */
static const char *code_argument(const Emitter *e, const char *name, const char *code, bool always)
{
    if (strcmp(name, code)) return arena_printf(e->arena, ", \"%s\"", code);
    return always ? ", nullptr" : "";
}

static void emit_input(Emitter *e, const Symbol *symbol, const char *unit, long double value, const char *expression)
{
    const char *code = output_file_name(symbol->name, symbol->code);
    emit_line(e, "input_of(%s, %s, %s%s%s%s),", quoted(e, symbol->name), quoted(e, unit), literal(e, value),
              code_argument(e, symbol->name, code, expression != NULL), expression ? ", " : "",
              expression ? quoted(e, expression) : "");
}

static void emit_state(Emitter *e, const System *system, const Declaration *state)
{
    const char *expression = NULL;
    if (state->initial->kind != EXPR_NUMBER) {
        Text text = text_new(e->arena);
        expr_print(&text, state->initial, NOTATION_PROBLEM, PRECISION_FLOAT64, NULL, 0);
        expression = text.data;
    }
    long double value = expr_evaluate(state->initial, default_of, (void *)(uintptr_t)system);
    emit_input(e, state->symbol, state->unit, value, expression);
}

static void emit_inputs(Emitter *e, const System *system)
{
    emit_comment(e, "Parameters, then initial values: name, unit, default.");
    emit_open(e, "constexpr CubieVariable input[] =");
    for (int i = 0; i < system->parameters; i++) {
        const Declaration *parameter = &system->parameter[i];
        emit_input(e, parameter->symbol, parameter->unit, parameter->value.value, NULL);
    }
    for (int i = 0; i < system->states; i++) emit_state(e, system, &system->state[i]);
    emit_close(e, ";");
}

/* Places of a vector whose equations stand in no regular order. */
static void emit_places(Emitter *e, const SavedOutput *output)
{
    Text text = text_new(e->arena);
    for (int i = 0; i < output->elements; i++) {
        text_printf(&text, "%s%d%s", text.length ? " " : "", output->place[i], i + 1 < output->elements ? "," : "");
        if (text.length < 100 && i + 1 < output->elements) continue;
        emit_line(e, "%s", text.data);
        text = text_new(e->arena);
    }
}

static void emit_output(Emitter *e, const SavedOutput *output)
{
    const char *name = quoted(e, output->name), *unit = quoted(e, output->unit);
    if (!output->of_instant)
        emit_line(e, "counted(%s, %s, %d%s),", name, quoted(e, output->title), output->first,
                  code_argument(e, output->name, output->code, false));
    else if (!output->elements)
        emit_line(e, "saved(%s, %s, %d%s),", name, unit, output->first,
                  code_argument(e, output->name, output->code, false));
    else
        emit_line(e, "saved_vector(%s, \"%s\", %s, %d, %d, %d%s),", name, output->code, unit, output->elements,
                  output->first, output->step,
                  output->place ? arena_printf(e->arena, ", place_of_%s", output->member) : "");
}

static void emit_outputs(Emitter *e, const SavedOutputList *outputs)
{
    for (int i = 0; i < outputs->count; i++) {
        if (!outputs->items[i].place) continue;
        emit_open(e, "constexpr int place_of_%s[] =", outputs->items[i].member);
        emit_places(e, &outputs->items[i]);
        emit_close(e, ";");
    }
    emit_open(e, "constexpr CubieOutput output[] =");
    for (int i = 0; i < outputs->count; i++) emit_output(e, &outputs->items[i]);
    emit_close(e, ";");
}

static void emit_records(Emitter *e, const RecordList *records)
{
    static const char *const kinds[] = { "NUMBER", "COUNT", "STATES", "ITEMS" };
    if (!records) return;
    emit_open(e, "constexpr CubieRecord record[] =");
    for (int i = 0; i < records->fields.count; i++) {
        const Record *record = &records->fields.items[i];
        emit_line(e, "{ \"%s\", %s, CUBIE_RECORD_%s, %d, %d },", record->name, quoted(e, record->title),
                  kinds[record->kind], record->first, record->count);
    }
    emit_close(e, ";");
}

static const char *joined(const Emitter *e, const Settings *settings, const char *name)
{
    Text text = text_new(e->arena);
    for (int i = 0; i < settings_count(settings, name); i++)
        text_printf(&text, "%s%s", i ? "," : "", settings_item(settings, name, i));
    return text.data;
}

/* Those that are not as in the runtime's table. */
static int emit_settings(Emitter *e, const Plan *plan)
{
    int count = 0;
    for (int i = 0; i < plan->table->count; i++) {
        const Setting *setting = &plan->table->items[i];
        const char *value =
            setting->time == SETTING_RUN && !setting->issue ? joined(e, plan->model->settings, setting->name) : NULL;
        if (!value || !strcmp(value, setting->shipped ? setting->shipped : setting->initial)) continue;
        if (!count++) emit_open(e, "constexpr CubieSettingDefault setting[] =");
        emit_line(e, "{ \"%s\", %s },", setting->name, quoted(e, value));
    }
    if (count) emit_close(e, ";");
    return count;
}

/* Where the options of the header have the numbers. */
static void emit_numbers(Emitter *e, const Plan *plan)
{
    Text list = text_new(e->arena);
    for (int i = 0; i < plan->table->count; i++)
        if (header_is_number(plan->model, &plan->table->items[i]))
            text_printf(&list, "%sOPTION(%s)", list.length ? ", " : "", plan->table->items[i].name);
    emit_line(e, "#define OPTION(name) { #name, offsetof(%s_options, name) }", plan->model->system->name);
    emit_line(e, "constexpr CubieNumber option[] = { %s };", list.data);
}

static void emit_sweeps(Emitter *e, const System *system)
{
    if (!system->sweep.count) return;
    emit_open(e, "constexpr CubieSweepDefault sweep[] =");
    for (int i = 0; i < system->sweep.count; i++)
        emit_line(e, "{ %s, %s },", quoted(e, system->sweep.items[i].name), quoted(e, system->sweep.items[i].values));
    emit_close(e, ";");
}

#define FIELD(e, name, ...) emit_line((e), "/* " name " */ " __VA_ARGS__)

static void emit_problem(Emitter *e, const Plan *plan, int outputs, int settings)
{
    const Model *model = plan->model;
    const System *system = model->system;
    const Layout *layout = plan->layout;
    emit_open(e, "constexpr CubieProblem problem =");
    FIELD(e, "abi, name, generator, hash", "CUBIE_ABI, %s, \"cubie-gen %s\", \"%016" PRIx64 "\",",
          quoted(e, system->name), PACKAGE_VERSION, system->hash);
    FIELD(e, "algorithm, controller, generation", "%s, %s, %s,", quoted(e, model->tableau->name),
          quoted(e, model->controller->name), quoted(e, plan_choices(e->arena, plan)));
    FIELD(e, "precision, order, adaptive", "CUBIE_PRECISION, %d, %d,", model->tableau->order, model->adaptive);
    FIELD(e, "parameters, states, observables, input", "%d, %d, %d, input,", system->parameters, system->states,
          system->observables);
    FIELD(e, "outputs, output, records, record", "%d, output, %d, %s,", outputs,
          plan->records ? plan->records->fields.count : 0, plan->records ? "record" : "nullptr");
    FIELD(e, "uses", "%s,", quoted(e, model_used(e->arena, model)));
    FIELD(e, "settings, setting, sweeps, sweep", "%d, %s, %d, %s,", settings, settings ? "setting" : "nullptr",
          system->sweep.count, system->sweep.count ? "sweep" : "nullptr");
    FIELD(e, "zip, runs, time_unit", "%d, %lld, %s,", system->zip, (long long)system->runs,
          quoted(e, system->time_unit ? system->time_unit : ""));
    FIELD(e, "bytes per run: shared, persistent, local; target", "%lld, %lld, %lld, &target,",
          (long long)layout->shared_bytes, (long long)layout->persistent_bytes, (long long)layout->local_bytes);
    emit_close(e, ";");
}

/* NAME_defaults and NAME_solve of the header. */
static void emit_library(Emitter *e, const Plan *plan)
{
    const char *name = plan->model->system->name;
    emit_open(e, "%s_options %s_defaults(void)", name, name);
    emit_line(e, "return cubie::library_defaults<%s_options>(cubie::option);", name);
    emit_close(e, "");
    emit_line(e, "%s", "");
    emit_open(e, "int %s_solve(uint64_t runs, const %s_inputs *inputs, const %s_options *options, %s_outputs *outputs)",
              name, name, name, name);
    emit_line(e, "return cubie::library_solve(cubie::problem, cubie::option, runs, inputs, options, outputs);");
    emit_close(e, "");
    emit_line(e, "%s", "");
}

/* With a suffix: a problem may have the name of a function above. */
static void emit_kernels(Emitter *e, const Plan *plan)
{
    const char *name = plan->model->system->name;
    bool adaptive = plan->model->adaptive;
    emit_comment(e,
                 "The kernels: a lane takes the next run from the queue when its own has ended, until there is none.");
    emit_line(e, "CUBIE_KERNEL(%s_kernel) { drain<Run<false>>(given, CUBIE_SLAB(Run<false>)); }", name);
    emit_line(e, "CUBIE_KERNEL(%s_saving_kernel) { drain<Run<true>>(given, CUBIE_SLAB(Run<true>)); }", name);
    if (adaptive)
        emit_line(e,
                  "CUBIE_KERNEL(%s_begin_kernel) { prepare<Run<false>>(given, CUBIE_SLAB(Run<false>)); } "
                  "// in front of these on a GPU",
                  name);
    emit_line(e, "%s", "");
    emit_line(e,
              "constexpr CubieTarget target = make_target<Run<false>, Run<true>, %s_kernel, %s_saving_kernel, %s>();",
              name, name, adaptive ? arena_printf(e->arena, "%s_begin_kernel", name) : "nullptr");
    emit_line(e, "%s", "");
}

void plan_emit_descriptor(Emitter *e, const Plan *plan)
{
    const System *system = plan->model->system;
    const char *name = system->name;
    emit_kernels(e, plan);
    emit_inputs(e, system);
    const SavedOutputList outputs = plan_outputs(e->arena, plan);
    emit_outputs(e, &outputs);
    emit_records(e, plan->records);
    int settings = emit_settings(e, plan);
    emit_numbers(e, plan);
    emit_sweeps(e, system);
    emit_problem(e, plan, outputs.count, settings);
    emit_line(e, "} // namespace");
    emit_line(e, "} // namespace cubie");
    emit_line(e, "%s", "");
    emit_line(e, "const CubieProblem *%s_problem(void) { return &cubie::problem; }", name);
    emit_line(e, "%s", "");
    emit_library(e, plan);
    emit_line(e, "#ifndef CUBIE_LIBRARY");
    emit_line(e, "int main(int argc, char **argv) { return cubie_main(&cubie::problem, argc, argv); }");
    emit_line(e, "#endif");
}
