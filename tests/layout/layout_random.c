/* SPDX-License-Identifier: MIT */
/* Properties of the layout over random specs, and random updates that end in
 * the layout of the final spec. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/intern.h"
#include "layout/layout.h"
#include "layout/map.h"
#include "tap.h"

enum { SPECS = 100000, SEQUENCES = 5000, BUFFERS_MOST = 9 };

static Arena *arena;
static uint64_t random_state = 20240607;

static int random_below(int limit)
{
    random_state = random_state * 6364136223846793005u + 1442695040888963407u;
    return (int)((random_state >> 33) % (uint64_t)limit);
}

static Precision random_precision(void)
{
    return (Precision)random_below(3);
}

/* ---- random specs without mistakes ---- */

static const char *buffer_name(int i)
{
    static const char *const names[BUFFERS_MOST] = { "b0", "b1", "b2", "b3", "b4", "b5", "b6", "b7", "b8" };
    return names[i];
}

static void random_fields(Buffer *buffer)
{
    buffer->size = random_below(4) ? random_below(20) : 0;
    buffer->location = (Location)random_below(2);
    buffer->persistent = random_below(2);
    buffer->own_precision = !random_below(4);
    buffer->precision = random_precision();
}

/* A target with a smaller rank in a hidden random order, so never a circle. */
static void random_alias(BufferGroup *group, const int *rank, int i)
{
    int target = random_below(group->buffers.count);
    if (rank[target] < rank[i] && random_below(3))
        group->buffers.items[i]->aliases = group->buffers.items[target]->name;
}

static void random_child_aliases(BufferGroup *group, BufferGroup *child)
{
    for (int slab = 0; slab < 2; slab++) {
        Buffer *buffer = &child->slab[slab];
        if (!random_below(3)) buffer = buffer_group_add(arena, group, buffer->name, 0);
        int target = random_below(group->buffers.count + 1);
        if (target < group->buffers.count && group->buffers.items[target] != buffer && random_below(2))
            buffer->aliases = group->buffers.items[target]->name;
    }
}

static BufferGroup *random_group(const char *name, int depth)
{
    BufferGroup *group = buffer_group_new(arena, name, (Precision)random_below(2), (Source){ "random", 1, 0 });
    int count = random_below(BUFFERS_MOST + 1), rank[BUFFERS_MOST];
    for (int i = 0; i < count; i++) {
        rank[i] = random_below(1000);
        random_fields(buffer_group_add(arena, group, buffer_name(i), 0));
    }
    for (int i = 0; i < count; i++) random_alias(group, rank, i);
    for (int i = depth < 2 ? random_below(3) : 0; i > 0; i--) {
        BufferGroup *child = random_group(i == 1 ? "c" : "d", depth + 1);
        buffer_group_add_child(arena, group, child);
        random_child_aliases(group, child);
    }
    return group;
}

static const char *print_json(const Layout *layout)
{
    Text text = text_new(arena);
    layout_print_json(&text, layout);
    return text.data;
}

static const char *json_of(const BufferGroup *group)
{
    const Layout *layout = layout_resolve(arena, group, NULL);
    return layout ? print_json(layout) : "errors\n";
}

/* ---- properties: each returns NULL or what is broken ---- */

static bool in_slab(const Placement *placement)
{
    return placement->kind != PLACED_LOCAL;
}

static bool touch(const Placement *a, const Placement *b)
{
    return a->kind == b->kind && in_slab(a) && a->start < b->stop && b->start < a->stop;
}

/* `a` lies over `b`, or over what lies over it, and so on. */
static bool lies_over(const Placement *a, const Placement *b)
{
    for (; a; a = a->target)
        if (a->target == b) return true;
    return false;
}

static const char *check_pairs(const GroupLayout *group)
{
    for (int i = 0; i < group->count; i++)
        for (int j = 0; j < i; j++) {
            const Placement *a = &group->placements[i], *b = &group->placements[j];
            if (touch(a, b) && !lies_over(a, b) && !lies_over(b, a))
                return "two buffers overlap, and neither was laid over the other";
        }
    return NULL;
}

static int width_of(const Placement *placement)
{
    return buffer_width(placement->precision);
}

static int slot_of(const Placement *placement)
{
    return buffer_width(placement->group->group->precision);
}

static const char *check_extent(const Placement *placement)
{
    int64_t bytes = placement->size * width_of(placement),
            slots = (bytes + slot_of(placement) - 1) / slot_of(placement);
    if (!in_slab(placement))
        return placement->stop == (placement->size ? placement->size : 1) ? NULL : "a local array has another length";
    if (placement->stop - placement->start != slots) return "a piece has another length than its elements need";
    if (placement->size && placement->offset % width_of(placement))
        return "elements are not aligned in the root's slab";
    return NULL;
}

static bool wants_persistent(const Placement *placement)
{
    if (placement->child) /* whatever else an entry of the spec for it says */
        return strstr(placement->buffer->name, "_persistent") != NULL;
    return placement->buffer->location == LOCATION_LOCAL && placement->buffer->persistent;
}

static const char *check_alias(const Placement *placement)
{
    const Placement *target = placement->target;
    if (target) {
        if (target->buffer->name != placement->buffer->aliases || target->kind != placement->kind)
            return "it lies over another buffer than the one it aliases";
        if (placement->start < target->start || placement->stop > target->stop) return "an alias leaves its target";
        return placement->kind == PLACED_SHARED || wants_persistent(placement)
                   ? NULL
                   : "not persistent, yet over a persistent one";
    }
    if (placement->buffer->aliases && !placement->reason) return "an alias fell back without a reason";
    PlacementKind own = placement->buffer->location == LOCATION_SHARED ? PLACED_SHARED
                        : placement->buffer->persistent                ? PLACED_PERSISTENT
                                                                       : PLACED_LOCAL;
    /* A child's slab that the spec names has its kind from its name alone. */
    return placement->child || placement->kind == own ? NULL : "it is of another kind than the spec says";
}

/* What fell back for want of room would indeed not fit behind the others. */
static const char *check_room(const GroupLayout *group, const Placement *placement)
{
    const Placement *target = NULL;
    int64_t next = 0;
    if (placement->target || !placement->buffer->aliases || !strstr(placement->reason, "room")) return NULL;
    for (int i = 0; i < group->count; i++)
        if (group->placements[i].buffer->name == placement->buffer->aliases) target = &group->placements[i];
    if (!target || target->kind == PLACED_LOCAL) return "it claims to lack room in what has none";
    next = target->start;
    for (int i = 0; i < group->count; i++)
        if (group->placements[i].target == target && group->placements[i].stop > next) next = group->placements[i].stop;
    int64_t needed = placement->size * width_of(placement), left = (target->stop - next) * slot_of(placement);
    int padding = width_of(placement) > slot_of(placement) || placement->child ? 8 : 0;
    return needed + padding > left ? NULL : "there was room for it";
}

static const char *check_totals(const GroupLayout *group)
{
    int64_t top[2] = { 0, 0 }, local = 0;
    for (int i = 0; i < group->count; i++) {
        const Placement *placement = &group->placements[i];
        if (placement->kind == PLACED_LOCAL)
            local += placement->stop;
        else if (placement->stop > top[placement->kind == PLACED_SHARED])
            top[placement->kind == PLACED_SHARED] = placement->stop;
    }
    return top[1] == group->shared_elements && top[0] == group->persistent_elements && local == group->local_elements
               ? NULL
               : "totals are not the highest stops";
}

static const char *check_child(const Placement *placement)
{
    const GroupLayout *child = placement->child;
    if (!child) return NULL;
    bool shared = strstr(placement->buffer->name, "_shared") != NULL;
    if (placement->size != (shared ? child->shared_elements : child->persistent_elements))
        return "a child's slab has not the size that the child needs";
    return placement->offset == (shared ? child->shared_offset : child->persistent_offset) ? NULL
                                                                                           : "a child begins elsewhere";
}

static const char *check_group(const GroupLayout *group)
{
    const char *broken = check_pairs(group);
    for (int i = 0; i < group->count && !broken; i++) {
        const Placement *placement = &group->placements[i];
        broken = check_extent(placement);
        if (!broken) broken = check_alias(placement);
        if (!broken) broken = check_room(group, placement);
        if (!broken) broken = check_child(placement);
    }
    return broken ? broken : check_totals(group);
}

static const char *check_layout(const Layout *layout, const BufferGroup *spec)
{
    const char *broken = NULL;
    for (int i = 0; i < layout->count && !broken; i++) broken = check_group(layout->groups[i]);
    if (!broken && strcmp(print_json(layout), json_of(spec))) broken = "the same spec gave other bytes";
    return broken;
}

/* Children's slabs may form circles with each other: NULL, and not counted. */
static const Layout *resolve_quietly(const BufferGroup *spec)
{
    Text text = text_new(arena);
    diag_reset();
    diag_capture(&text);
    const Layout *layout = layout_resolve(arena, spec, NULL);
    diag_capture(NULL);
    diag_reset();
    return layout;
}

static void test_specs(void)
{
    const char *broken = NULL;
    int checked = 0, granted = 0, refused = 0;
    for (int tried = 0; tried < 2 * SPECS && checked < SPECS && !broken; tried++) {
        ArenaMark mark = arena_mark(arena);
        BufferGroup *spec = random_group("root", 0);
        const Layout *layout = resolve_quietly(spec);
        if (layout) {
            broken = check_layout(layout, spec);
            if (broken) tap_diag("%s", print_json(layout));
            checked++;
        }
        for (int i = 0; layout && i < layout->root->count; i++) {
            granted += layout->root->placements[i].target != NULL;
            refused += layout->root->placements[i].reason != NULL;
        }
        arena_reset(arena, mark);
    }
    tap_ok(!broken && checked == SPECS, "%d random specs: %s", checked, broken ? broken : "every rule holds");
    tap_ok(granted > SPECS / 4 && refused > SPECS / 4, "%d aliases were granted, %d fell back", granted, refused);
}

/* ---- updates ---- */

/* What the final spec says, kept beside the group by other means. */
typedef struct Model {
    int count;
    Buffer buffers[BUFFERS_MOST];
    bool single; /* precision of the group */
    int64_t child_size;
    const char *child_over;
} Model;

static BufferGroup *model_group(const Model *model)
{
    BufferGroup *group = buffer_group_new(arena, "root", model->single ? PRECISION_FLOAT32 : PRECISION_FLOAT64,
                                          (Source){ "random", 1, 0 });
    for (int i = 0; i < model->count; i++) *buffer_group_add(arena, group, "", 0) = model->buffers[i];
    BufferGroup *child = buffer_group_new(arena, "kid", group->precision, group->source);
    buffer_group_add(arena, child, "x", model->child_size)->location = LOCATION_SHARED;
    child->slab[LOCATION_SHARED].aliases = model->child_over;
    buffer_group_add_child(arena, group, child);
    return group;
}

static const char *update_buffer(Model *model, Buffer *buffer, const char **field)
{
    static const char *const fields[] = { "size", "location", "persistent", "precision", "aliases" };
    int which = random_below(5), target = random_below(model->count);
    *field = arena_printf(arena, "%s_%s", buffer->name, fields[which]);
    switch (which) {
    case 0: buffer->size = random_below(30); return arena_printf(arena, "%" PRId64, buffer->size);
    case 1: buffer->location = (Location)random_below(2); return location_name(buffer->location);
    case 2: buffer->persistent = random_below(2); return buffer->persistent ? "true" : "false";
    case 3:
        buffer->own_precision = true;
        buffer->precision = random_precision();
        return precision_name(buffer->precision);
    default: /* circles are possible, and end in the same errors */
        buffer->aliases = model->buffers[target].name;
        if (buffer->aliases == buffer->name) buffer->aliases = NULL;
        return buffer->aliases ? buffer->aliases : "";
    }
}

static const char *update_rest(Model *model, const char **field)
{
    switch (random_below(3)) {
    case 0:
        model->single = random_below(2);
        *field = "precision";
        return model->single ? "float32" : "float64";
    case 1:
        model->child_size = random_below(30);
        *field = "kid.x_size";
        return arena_printf(arena, "%" PRId64, model->child_size);
    default:
        model->child_over = model->buffers[random_below(model->count)].name;
        *field = "kid_shared_aliases";
        return model->child_over;
    }
}

static Model random_model(void)
{
    Model model = { .count = 1 + random_below(BUFFERS_MOST) };
    for (int i = 0; i < model.count; i++) {
        model.buffers[i].name = intern(buffer_name(i));
        random_fields(&model.buffers[i]);
        model.buffers[i].source = (Source){ "random", 1, 0 };
    }
    return model;
}

/* Asking in between must not matter. */
static bool updates_agree(bool *wrong)
{
    Model model = random_model();
    BufferGroup *group = model_group(&model);
    for (int i = random_below(40); i > 0; i--) {
        const char *field;
        const char *value = random_below(4) ? update_buffer(&model, &model.buffers[random_below(model.count)], &field)
                                            : update_rest(&model, &field);
        if (!buffer_group_update(arena, group, field, value, (Source){ 0 })) return false;
        if (!random_below(3)) json_of(group);
    }
    const char *updated = json_of(group);
    *wrong = !strcmp(updated, "errors\n");
    return !strcmp(updated, json_of(model_group(&model)));
}

static void test_updates(void)
{
    int agreed = 0, wrong_specs = 0;
    Text text = text_new(arena);
    diag_capture(&text);
    for (int i = 0; i < SEQUENCES; i++) {
        ArenaMark mark = arena_mark(arena);
        Text errors = text_new(arena);
        bool wrong = false;
        diag_reset();
        diag_capture(&errors);
        agreed += updates_agree(&wrong);
        wrong_specs += wrong;
        arena_reset(arena, mark);
    }
    diag_capture(NULL);
    diag_reset();
    tap_ok(agreed == SEQUENCES, "%d of %d sequences of updates end in the layout of the final spec", agreed, SEQUENCES);
    tap_ok(wrong_specs < SEQUENCES / 2, "%d of them ended in a spec with mistakes", wrong_specs);
}

int main(void)
{
    arena = arena_new();
    test_specs();
    test_updates();
    arena_free(arena);
    return tap_done();
}
