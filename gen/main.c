/* SPDX-License-Identifier: MIT */
/* cubie-gen: from a problem file to a project. The stages, in order; each ends
 * with "stop if errors were reported", so one run shows all mistakes of a stage. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/intern.h"
#include "config.h"
#include "layout/map.h"
#include "list.h"
#include "man.h"
#include "options.h"
#include "model/model.h"
#include "part/loop.h"
#include "plan/plan.h"
#include "plan/project.h"
#include "runtime_settings.h"
#include "script/shipped/buffers.h"
#include "script/shipped/controllers.h"
#include "script/script.h"
#include "system/system.h"

static void stop_if_errors(void)
{
    if (diag_errors()) exit(EXIT_INPUT);
}

static _Noreturn void finish_print(const Text *text)
{
    fwrite(text->data, 1, text->length, stdout);
    if (fflush(stdout) || ferror(stdout)) diag_system("cannot write to standard output");
    exit(EXIT_DONE);
}

static bool dumps(const Options *options, const char *stage)
{
    return options->action == ACTION_DUMP && !strcmp(options->topic, stage);
}

/* --layout of a bare buffer spec: NAME=VALUE are updates of its buffers. */
static void layout_bare(Arena *arena, const Options *options)
{
    BufferGroup *group = buffers_read_file(arena, options->problem);
    stop_if_errors();
    for (int i = 0; i < options->assignments.count; i++) {
        const Assignment *update = &options->assignments.items[i];
        buffer_group_update(arena, group, update->name, update->text, update->source);
    }
    stop_if_errors();
    const Layout *layout = layout_resolve(arena, group, NULL);
    stop_if_errors();
    Text text = text_new(arena);
    if (options->action == ACTION_LAYOUT_JSON)
        layout_print_json(&text, layout);
    else
        layout_print_text(&text, layout);
    finish_print(&text);
}

/* Only the command line's own: the others are right or wrong together with
 * those of the problem file. */
static Limits read_limits(Arena *arena, const Options *options)
{
    AssignmentList given = { 0 };
    for (int i = 0; i < options->assignments.count; i++)
        if (!strncmp(options->assignments.items[i].name, "script_", strlen("script_")))
            *array_push(arena, &given) = options->assignments.items[i];
    return script_limits(settings_resolve(arena, settings_table(arena), &given, false));
}

static const Spec *read_spec(Arena *arena, const Options *options)
{
    Limits limits = read_limits(arena, options);
    stop_if_errors();
    Spec *spec = script_read_problem(arena, options->problem, &limits);
    for (int i = 0; i < options->assignments.count; i++)
        *array_push(arena, &spec->settings) = options->assignments.items[i];
    if (dumps(options, "spec")) {
        Text text = text_new(arena);
        script_dump_spec(&text, spec);
        finish_print(&text);
    }
    return spec;
}

static const System *build_system(Arena *arena, const Options *options, const Spec *spec)
{
    const System *system = system_build(arena, spec);
    stop_if_errors();
    if (dumps(options, "system")) {
        Text text = text_new(arena);
        system_dump(&text, system);
        finish_print(&text);
    }
    return system;
}

static void take_defaults(Arena *arena, SettingTable *table, const Tableau *tableau)
{
    for (int i = 0; i < tableau->default_count; i++)
        settings_set_default(arena, table, tableau->defaults[i].setting, tableau->defaults[i].value, tableau->source);
}

/* Algorithm and controller first: they say which buffers there are, and those
 * which location settings; then all settings together. */
static const Plan *make_plan(Arena *arena, const Spec *spec, const System *system)
{
    AssignmentList given = spec->settings, updates = plan_take_updates(arena, &given);
    SettingTable *table = settings_table(arena);
    ControllerList controllers = controllers_read(arena);
    settings_refuse_inputs(arena, &given, table, spec);
    const Settings *first = settings_resolve(arena, table, &given, false);
    const Model *model = model_build(arena, system, first, &spec->tableaux, &controllers);
    stop_if_errors();
    take_defaults(arena, table, model->tableau);
    plan_groups(arena, table, model, NULL, NULL);
    stop_if_errors();
    const Settings *settings = settings_resolve(arena, table, &given, true);
    stop_if_errors();
    model = model_with_settings(arena, model, settings);
    model_check_uses(model, table);
    stop_if_errors();
    const BufferGroup *group = plan_groups(arena, table, model, settings, &updates);
    stop_if_errors();
    const Plan *plan = plan_build(arena, model, table, group);
    stop_if_errors();
    return plan;
}

static void dump_plan(Arena *arena, const Options *options, const Plan *plan)
{
    Text text = text_new(arena);
    if (dumps(options, "rhs")) {
        Emitter e = emitter_new(arena, plan->model, plan->parts, NULL, plan->layout);
        loop_emit_functions(&e);
        text = e.text;
    } else if (dumps(options, "buffers") || options->action == ACTION_LAYOUT_JSON) {
        layout_print_json(&text, plan->layout);
    } else if (dumps(options, "trace")) {
        trace_print(&text, plan->trace);
    } else if (dumps(options, "source")) {
        text_add(&text, plan_source(arena, plan));
    } else {
        plan_print_layout(&text, plan);
    }
    finish_print(&text);
}

static int write_project(Arena *arena, const Options *options, const Spec *spec, const Plan *plan)
{
    Origin origin = { options->problem, spec->modules, options->assignments };
    if (!origin_check(&origin)) return EXIT_INPUT;
    ProjectFiles files = plan_print(arena, plan, &origin);
    const char *directory = options->directory ? options->directory : plan->model->system->name;
    if (options->action == ACTION_CHECK) return project_check(directory, &files) ? EXIT_DONE : EXIT_INPUT;
    project_write(directory, &files, &origin);
    return EXIT_DONE;
}

static int run(Arena *arena, const Options *options)
{
    bool layout = options->action == ACTION_LAYOUT_TEXT || options->action == ACTION_LAYOUT_JSON;
    if (layout && buffers_is_spec(options->problem)) layout_bare(arena, options);
    const Spec *spec = read_spec(arena, options);
    const System *system = build_system(arena, options, spec);
    stop_if_errors();
    const Plan *plan = make_plan(arena, spec, system);
    if (layout || options->action == ACTION_DUMP) dump_plan(arena, options, plan);
    return write_project(arena, options, spec, plan);
}

int main(int argc, char **argv)
{
    signal(SIGXFSZ, SIG_IGN); /* a file too large fails to be written, and is cleaned up */
    Arena *arena = arena_new();
    Options options = options_read(arena, argc, argv);
    int status = EXIT_DONE;
    if (options.action == ACTION_HELP)
        options_print_help();
    else if (options.action == ACTION_VERSION)
        printf("cubie-gen %s\n", PACKAGE_VERSION);
    else if (options.action == ACTION_MAN)
        man_print(arena);
    else if (options.action == ACTION_RUNTIME_SETTINGS)
        runtime_settings_print(arena);
    else if (options.action == ACTION_LIST)
        list_print(arena, options.topic);
    else
        status = run(arena, &options);
    if (fflush(stdout) || ferror(stdout)) diag_system("cannot write to standard output");
    arena_free(arena);
    return status;
}
