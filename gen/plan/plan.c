#include "plan/plan.h"

#include <string.h>

#include "layout/map.h"
#include "script/buffers.h"

static BufferScope scope_of(const Model *model, const SettingTable *table, const Settings *settings)
{
    const Tableau *tableau = model->tableau;
    return (BufferScope){
        .n = model->states,
        .s = tableau->stages,
        .p = model->system->parameters,
        .o = model->save_observables ? model->system->observables : 0,
        .hoisted = model->hoisted_count,
        .adaptive = model->adaptive,
        .first_same_as_last = tableau->first_same_as_last,
        .dense_stages = tableau->dense ? tableau->dense_stages : 0,
        .precision = model->precision,
        .table = table,
        .settings = settings,
    };
}

/* Reads both families' specs; false when one is wrong. */
static BufferGroup *read_tree(Arena *arena, const BufferScope *scope)
{
    BufferGroup *loop = buffers_read_family(arena, "loop", scope);
    BufferGroup *erk = buffers_read_family(arena, "erk", scope);
    if (!loop || !erk) return NULL;
    buffer_group_add_child(arena, loop, erk);
    return loop;
}

static void add_locations(Arena *arena, SettingTable *table, const BufferGroup *group)
{
    for (int i = 0; i < group->buffers.count; i++) {
        const Buffer *buffer = group->buffers.items[i];
        if (!buffer->fixed_location)
            settings_add_location(arena, table, buffer->name, location_name(buffer->location), group->name);
    }
    for (int i = 0; i < group->children.count; i++) add_locations(arena, table, group->children.items[i]);
}

const BufferGroup *plan_groups(Arena *arena, SettingTable *table, const Model *model, const Settings *settings)
{
    BufferScope scope = scope_of(model, table, settings);
    if (settings) return read_tree(arena, &scope);
    const BufferGroup *group = read_tree(arena, &scope);
    if (group) add_locations(arena, table, group);
    return group;
}

static void emit_all(Emitter *e, const PartTree *parts)
{
    loop_emit(e, parts);
}

const Plan *plan_build(Arena *arena, const Model *model, const SettingTable *table, const BufferGroup *group)
{
    Plan *plan = ARENA_NEW(arena, Plan);
    plan->model = model;
    plan->table = table;
    plan->group = group;
    plan->parts.loop = loop_part(group);
    plan->parts.erk = erk_part(buffer_group_child(group, "erk"));
    Trace *trace = trace_new(arena);
    Emitter recorder = emitter_new(arena, model, trace, NULL);
    emit_all(&recorder, &plan->parts);
    plan->trace = trace;
    plan->layout = layout_resolve(arena, group, trace);
    return plan->layout ? plan : NULL;
}

static ProjectFile file_of(Arena *arena, const Plan *plan, const char *ending, const char *text)
{
    return (ProjectFile){ arena_printf(arena, "%s%s", plan->model->system->name, ending), text };
}

ProjectFiles plan_print(Arena *arena, const Plan *plan)
{
    ProjectFiles files = { 0 };
    Text layout = text_new(arena);
    layout_print_text(&layout, plan->layout);
    *array_push(arena, &files) = file_of(arena, plan, ".cu", plan_source(arena, plan));
    *array_push(arena, &files) = file_of(arena, plan, ".h", plan_header(arena, plan));
    *array_push(arena, &files) = (ProjectFile){ "Makefile", plan_makefile(arena, plan) };
    *array_push(arena, &files) = (ProjectFile){ "layout.txt", layout.data };
    return files;
}

const char *plan_choices(Arena *arena, const Plan *plan)
{
    Text text = text_new(arena);
    const Settings *settings = plan->model->settings;
    for (int i = 0; i < plan->table->count; i++) {
        const Setting *setting = &plan->table->items[i];
        if (setting->time != SETTING_GENERATION || !settings_given(settings, setting->name)) continue;
        if (!settings_count(settings, setting->name)) continue;
        if (settings_count(settings, setting->name) == 1 && !strcmp(settings_text(settings, setting->name), setting->initial)) continue;
        text_printf(&text, "%s%s=", text.length ? " " : "", setting->name);
        for (int k = 0; k < settings_count(settings, setting->name); k++)
            text_printf(&text, "%s%s", k ? "," : "", settings_item(settings, setting->name, k));
    }
    return text.data;
}
