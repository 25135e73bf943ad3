/* SPDX-License-Identifier: MIT */
#include "plan/plan.h"

#include <string.h>

#include "base/intern.h"
#include "layout/map.h"
#include "part/loop.h"
#include "script/shipped/buffers.h"

static BufferScope scope_of(Arena *arena, const PartList *list, const Model *model, const SettingTable *table,
                            const Settings *settings)
{
    BufferScope scope = {
        .values = { .arena = arena }, .precision = model->precision, .table = table, .settings = settings
    };
    for (int i = 0; i < list->parts.count; i++)
        if (list->parts.items[i]->sizes) list->parts.items[i]->sizes(&scope.values, model);
    return scope;
}

static const char *const update_fields[] = { "_size", "_persistent", "_aliases" };

/* The length of BUFFER in "BUFFER_size"; 0 when the name is none of these. */
static size_t buffer_part(const char *name)
{
    for (size_t i = 0; i < sizeof update_fields / sizeof *update_fields; i++) {
        size_t length = strlen(name), ending = strlen(update_fields[i]);
        if (length > ending && !strcmp(name + length - ending, update_fields[i])) return length - ending;
    }
    return 0;
}

AssignmentList plan_take_updates(Arena *arena, AssignmentList *given)
{
    AssignmentList updates = { 0 }, kept = { 0 };
    for (int i = 0; i < given->count; i++) {
        bool is_update = buffer_part(given->items[i].name) > 0;
        *array_push(arena, is_update ? &updates : &kept) = given->items[i];
    }
    *given = kept;
    return updates;
}

static BufferGroup *group_of(const BufferGroup *group, const char *buffer)
{
    if (buffer_group_find(group, buffer)) return (BufferGroup *)(uintptr_t)group;
    for (int i = 0; i < group->children.count; i++) {
        BufferGroup *found = group_of(group->children.items[i], buffer);
        if (found) return found;
    }
    return NULL;
}

static void add_names(Arena *arena, const BufferGroup *group, const char ***names, int *count)
{
    ARRAY(const char *) list = { 0 };
    for (int i = 0; i < *count; i++) *array_push(arena, &list) = (*names)[i];
    for (int i = 0; i < group->buffers.count; i++) *array_push(arena, &list) = group->buffers.items[i]->name;
    *names = list.items;
    *count = list.count;
    for (int i = 0; i < group->children.count; i++) add_names(arena, group->children.items[i], names, count);
}

static void report_unknown_buffer(Arena *arena, const BufferGroup *group, const char *buffer, Source source)
{
    const char **names = NULL;
    int count = 0;
    add_names(arena, group, &names, &count);
    const char *near = nearest_name(buffer, names, count);
    diag_error(source, "unknown buffer '%s'%s", buffer,
               near ? arena_printf(arena, "; did you mean '%s'?", near)
                    : "; cubie-gen --list=buffers names those there are");
}

/* A size is that of the memory: the code goes on to use what it needs. */
static void update_buffer(Arena *arena, BufferGroup *group, Buffer *buffer, const Assignment *update)
{
    int64_t needed = buffer->size;
    buffer->size = buffer_elements(buffer);
    bool right = buffer_group_update(arena, group, update->name, update->text, update->source);
    buffer->reserved = buffer->size;
    buffer->size = needed;
    if (right && buffer->reserved < needed)
        diag_error(update->source, "%s = %s is too small; the code needs %lld elements", update->name, update->text,
                   (long long)needed);
}

/* Those of the buffers of the solvers, or all others. */
static void update_groups(Arena *arena, const BufferGroup *root, const AssignmentList *updates,
                          const BufferGroup *solvers, bool of_solvers)
{
    for (int i = 0; i < updates->count; i++) {
        const Assignment *update = &updates->items[i];
        const char *buffer = intern_bytes(update->name, buffer_part(update->name));
        BufferGroup *group = group_of(root, buffer);
        if (of_solvers != (solvers && group_of(solvers, buffer))) continue;
        if (group)
            update_buffer(arena, group, buffer_group_find(group, buffer), update);
        else
            report_unknown_buffer(arena, root, buffer, update->source);
    }
}

/* What lies in a group must be known before its spec is read: how much it needs of the shared slab. */
static bool measure(Arena *arena, BufferScope *scope, BufferGroup *inner, const AssignmentList *updates)
{
    update_groups(arena, inner, updates, inner, true);
    const Layout *layout = layout_resolve(arena, inner, NULL);
    if (layout) scope_count(&scope->values, "solver_elements", layout->root->shared_elements);
    return layout != NULL;
}

/* Reads the specs of the whole tree, innermost first; NULL when one is wrong. */
static BufferGroup *read_tree(Arena *arena, const PartList *list, BufferScope scope, const AssignmentList *updates)
{
    BufferGroup *loop = buffers_read_family(arena, "loop", &scope), *inner = NULL, *measured = NULL;
    for (int i = list->parts.count - 1; loop && i >= 0; i--) {
        const Part *part = list->parts.items[i];
        if (!part->group) continue;
        if (inner && !part->inner && !measure(arena, &scope, measured = inner, updates)) return NULL;
        BufferGroup *group = buffers_read_family(arena, part->group, &scope);
        if (!group) return NULL;
        if (inner) buffer_group_add_child(arena, group, inner);
        inner = part->inner ? group : NULL;
        if (!part->inner) buffer_group_add_child(arena, loop, group);
    }
    if (loop) update_groups(arena, loop, updates, measured, false);
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

const BufferGroup *plan_groups(Arena *arena, SettingTable *table, const Model *model, const Settings *settings,
                               const AssignmentList *updates)
{
    static const AssignmentList none;
    const PartList *list = parts_make(arena, model);
    BufferScope scope = scope_of(arena, list, model, table, settings);
    const BufferGroup *group = read_tree(arena, list, scope, settings ? updates : &none);
    if (settings) return group;
    if (group) add_locations(arena, table, group);
    return group;
}

/* Local arrays below the loop's are those of one attempt; the loop's are members of Run. */
static void refuse_lost_values(Arena *arena, const Layout *layout)
{
    for (int i = 1; i < layout->count; i++)
        for (int j = 0; j < layout->groups[i]->count; j++) {
            const Placement *placement = &layout->groups[i]->placements[j];
            const char *name = placement->buffer->name;
            if (!placement->survives || placement->where != PLACED_LOCAL) continue;
            const char *way_out =
                placement->buffer->fixed_location ? "" : arena_printf(arena, ", or set %s_location = shared", name);
            diag_error((Source){ NULL, 0, 0 },
                       "%s_persistent = false loses what the next step reads in %s; leave it out%s", name, name,
                       way_out);
        }
}

const Plan *plan_build(Arena *arena, const Model *model, const SettingTable *table, const BufferGroup *group)
{
    Plan *plan = ARENA_NEW(arena, Plan);
    plan->model = model;
    plan->table = table;
    plan->group = group;
    PartList *parts = parts_make(arena, model);
    parts->group = group;
    plan->parts = parts;
    Trace *trace = trace_new(arena);
    Emitter recorder = emitter_new(arena, model, parts, trace, NULL);
    if (model_records(model)) plan->records = recorder.records = record_list(arena);
    loop_emit(&recorder);
    plan->trace = trace;
    plan->layout = layout_resolve(arena, group, trace);
    if (plan->layout) refuse_lost_values(arena, plan->layout);
    return plan->layout ? plan : NULL;
}

static ProjectFile file_of(Arena *arena, const Plan *plan, const char *ending, const char *text)
{
    return (ProjectFile){ arena_printf(arena, "%s%s", plan->model->system->name, ending), text };
}

void plan_print_layout(Text *text, const Plan *plan)
{
    Text costs = text_new(text->arena);
    layout_print_text(text, plan->layout);
    parts_describe(&costs, plan->parts, plan->model, "");
    if (costs.length) text_printf(text, "\n%s", costs.data);
}

ProjectFiles plan_print(Arena *arena, const Plan *plan, const Origin *origin)
{
    ProjectFiles files = { 0 };
    Text layout = text_new(arena);
    plan_print_layout(&layout, plan);
    *array_push(arena, &files) = file_of(arena, plan, ".cu", plan_source(arena, plan));
    *array_push(arena, &files) = file_of(arena, plan, ".h", plan_header(arena, plan));
    *array_push(arena, &files) = (ProjectFile){ "Makefile", plan_makefile(arena, plan, origin) };
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
        if (settings_count(settings, setting->name) == 1 &&
            !strcmp(settings_text(settings, setting->name), setting->initial))
            continue;
        text_printf(&text, "%s%s=", text.length ? " " : "", setting->name);
        for (int k = 0; k < settings_count(settings, setting->name); k++)
            text_printf(&text, "%s%s", k ? "," : "", settings_item(settings, setting->name, k));
    }
    return text.data;
}
