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

static void emit_parameter(Emitter *e, const Declaration *parameter)
{
    emit_line(e, "{ %s, \"%s\", %s, %s, nullptr },", quoted(e, parameter->symbol->name),
              output_file_name(parameter->symbol->name, parameter->symbol->code), quoted(e, parameter->unit),
              literal(e, parameter->value.value));
}

static void emit_state(Emitter *e, const System *system, const Declaration *state)
{
    const char *expression = "nullptr";
    if (state->initial->kind != EXPR_NUMBER) {
        Text text = text_new(e->arena);
        expr_print(&text, state->initial, NOTATION_PROBLEM, PRECISION_FLOAT64, NULL, 0);
        expression = quoted(e, text.data);
    }
    long double value = expr_evaluate(state->initial, default_of, (void *)(uintptr_t)system);
    emit_line(e, "{ %s, \"%s\", %s, %s, %s },", quoted(e, state->symbol->name),
              output_file_name(state->symbol->name, state->symbol->code), quoted(e, state->unit), literal(e, value),
              expression);
}

static void emit_inputs(Emitter *e, const System *system)
{
    emit_comment(e, "Name, identifier, unit, default: parameters, then initial values.");
    emit_open(e, "constexpr CubieVariable input[] =");
    for (int i = 0; i < system->parameters; i++) emit_parameter(e, &system->parameter[i]);
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
    const char *place = output->place ? arena_printf(e->arena, ", place_of_%s", output->member) : "";
    emit_line(e, "{ %s, \"%s\", %s, %s, %s, %d, %d, %d%s },", quoted(e, output->name), output->code,
              quoted(e, output->title), quoted(e, output->unit),
              output->of_instant ? "CUBIE_OF_INSTANT, CUBIE_REAL" : "CUBIE_OF_RUN, CUBIE_UINT32", output->elements,
              output->first, output->step, place);
}

static void emit_outputs(Emitter *e, const SavedOutputList *outputs)
{
    for (int i = 0; i < outputs->count; i++) {
        if (!outputs->items[i].place) continue;
        emit_open(e, "constexpr int place_of_%s[] =", outputs->items[i].member);
        emit_places(e, &outputs->items[i]);
        emit_close(e, ";");
    }
    emit_comment(e, "Name, identifier, title, unit, dimension, type, elements of a vector, place of the first, step.");
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
    emit_open(e, "constexpr CubieNumber header_number[] =");
    for (int i = 0; i < plan->table->count; i++)
        if (header_is_number(plan->model, &plan->table->items[i]))
            emit_line(e, "{ \"%s\", offsetof(%s_options, %s) },", plan->table->items[i].name, plan->model->system->name,
                      plan->table->items[i].name);
    emit_close(e, ";");
    emit_line(e, "constexpr int header_numbers = sizeof header_number / sizeof *header_number;");
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
    FIELD(e, "abi", "CUBIE_ABI,");
    FIELD(e, "name", "%s,", quoted(e, system->name));
    FIELD(e, "generator", "\"cubie-gen %s\",", PACKAGE_VERSION);
    FIELD(e, "hash", "\"%016" PRIx64 "\",", system->hash);
    FIELD(e, "algorithm", "%s,", quoted(e, model->tableau->name));
    FIELD(e, "controller", "%s,", quoted(e, model->controller->name));
    FIELD(e, "generation", "%s,", quoted(e, plan_choices(e->arena, plan)));
    FIELD(e, "precision", "CUBIE_PRECISION,");
    FIELD(e, "order", "%d,", model->tableau->order);
    FIELD(e, "adaptive", "%d,", model->adaptive);
    FIELD(e, "parameters, states, observables", "%d, %d, %d,", system->parameters, system->states, system->observables);
    FIELD(e, "input", "input,");
    FIELD(e, "outputs, output", "%d, output,", outputs);
    FIELD(e, "records, record", "%d, %s,", plan->records ? plan->records->fields.count : 0,
          plan->records ? "record" : "nullptr");
    FIELD(e, "uses", "%s,", quoted(e, model_used(e->arena, model)));
    FIELD(e, "settings, setting", "%d, %s,", settings, settings ? "setting" : "nullptr");
    FIELD(e, "sweeps, sweep", "%d, %s,", system->sweep.count, system->sweep.count ? "sweep" : "nullptr");
    FIELD(e, "zip, runs", "%d, %lld,", system->zip, (long long)system->runs);
    FIELD(e, "time_unit", "%s,", quoted(e, system->time_unit ? system->time_unit : ""));
    FIELD(e, "bytes per run: shared, persistent, local", "%lld, %lld, %lld,", (long long)layout->shared_bytes,
          (long long)layout->persistent_bytes, (long long)layout->local_bytes);
    FIELD(e, "target", "&target,");
    emit_close(e, ";");
}

static const char *code_of(const System *system, int input)
{
    return input < system->parameters ? system->parameter[input].symbol->code
                                      : system->state[input - system->parameters].symbol->code;
}

static void emit_defaults(Emitter *e, const Plan *plan)
{
    const char *name = plan->model->system->name;
    emit_open(e, "%s_options %s_defaults(void)", name, name);
    emit_line(e, "%s_options options = {};", name);
    emit_line(e, "cubie_clear_numbers(&options, cubie::header_numbers, cubie::header_number);");
    emit_line(e, "return options;");
    emit_close(e, "");
    emit_line(e, "%s", "");
}

/* NAME_solve of the header, in terms of cubie_solve. */
static void emit_solve(Emitter *e, const Plan *plan, const SavedOutputList *outputs)
{
    const System *system = plan->model->system;
    const char *name = system->name;
    emit_open(e, "int %s_solve(uint64_t runs, const %s_inputs *inputs, const %s_options *options, %s_outputs *outputs)",
              name, name, name, name);
    emit_line(e, "const %s_inputs none = {}, &given = inputs ? *inputs : none;", name);
    emit_line(e, "const %s_options chosen = options ? *options : %s_defaults();", name, name);
    emit_open(e, "const double *const input[] =");
    for (int i = 0; i < system->parameters + system->states; i++) emit_line(e, "given.%s,", code_of(system, i));
    emit_close(e, ";");
    emit_line(e, "const CubieCall call = { runs, input, &chosen, cubie::header_numbers, cubie::header_number, "
                 "chosen.argument_count, chosen.arguments };");
    emit_line(e, "if (!outputs) return cubie_solve(&cubie::problem, &call, nullptr);");
    emit_open(e, "void *const array[] =");
    for (int i = 0; i < outputs->count; i++) emit_line(e, "outputs->%s,", outputs->items[i].member);
    emit_close(e, ";");
    emit_line(e, "CubieResult result = { runs, outputs->instants, array, outputs->status, outputs->steps,");
    emit_line(e, "    outputs->rejected, outputs->messages, outputs->messages_size, 0 };");
    emit_line(e, "return cubie_solve(&cubie::problem, &call, &result);");
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
    emit_defaults(e, plan);
    emit_solve(e, plan, &outputs);
    emit_line(e, "#ifndef CUBIE_LIBRARY");
    emit_line(e, "int main(int argc, char **argv) { return cubie_main(&cubie::problem, argc, argv); }");
    emit_line(e, "#endif");
}
