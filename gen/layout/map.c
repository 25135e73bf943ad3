/* SPDX-License-Identifier: MIT */
#include "layout/map.h"

#include <inttypes.h>
#include <string.h>

static const char *const kind_names[] = {
    [PLACED_SHARED] = "shared", [PLACED_PERSISTENT] = "persistent", [PLACED_LOCAL] = "local"
};

/* ---- JSON ---- */

static void json_string(Text *text, const char *string)
{
    text_add(text, "\"");
    for (const char *c = string; *c; c++) {
        if ((unsigned char)*c < 0x20)
            text_printf(text, "\\u%04x", (unsigned)*c);
        else
            text_printf(text, *c == '"' || *c == '\\' ? "\\%c" : "%c", *c);
    }
    text_add(text, "\"");
}

static void json_kind(Text *text, const GroupLayout *group, PlacementKind kind, const char *name)
{
    const char *comma = "";
    text_printf(text, ",\"%s\":{", name);
    for (int i = 0; i < group->count; i++) {
        const Placement *placement = &group->placements[i];
        if (placement->kind != kind) continue;
        text_add(text, comma);
        json_string(text, placement->buffer->name);
        if (kind == PLACED_LOCAL)
            text_printf(text, ":%" PRId64, placement->stop);
        else
            text_printf(text, ":[%" PRId64 ",%" PRId64 "]", placement->start, placement->stop);
        comma = ",";
    }
    text_add(text, "}");
}

void layout_print_json(Text *text, const Layout *layout)
{
    text_add(text, "{\"groups\":[");
    for (int i = 0; i < layout->count; i++) {
        const GroupLayout *group = layout->groups[i];
        text_add(text, i ? ",{\"name\":" : "{\"name\":");
        json_string(text, group->path);
        json_kind(text, group, PLACED_SHARED, "shared");
        json_kind(text, group, PLACED_PERSISTENT, "persistent");
        json_kind(text, group, PLACED_LOCAL, "local");
        text_printf(text,
                    ",\"shared_elements\":%" PRId64 ",\"persistent_elements\":%" PRId64 ",\"local_elements\":%" PRId64
                    "}",
                    group->shared_elements, group->persistent_elements, group->local_elements);
    }
    text_add(text, "]}\n");
}

/* ---- text ---- */

static int name_width(const GroupLayout *group)
{
    size_t width = 0;
    for (int i = 0; i < group->count; i++) {
        size_t length = strlen(group->placements[i].buffer->name);
        if (length > width) width = length;
    }
    return (int)width;
}

static const char *what_it_is(Arena *arena, const GroupLayout *group, const Placement *placement)
{
    if (placement->child) return arena_printf(arena, "  slab of %s", placement->child->path);
    if (placement->room) return "  room for what lies over it";
    if (placement->precision == group->group->precision) return "";
    return arena_printf(arena, "  %s[%" PRId64 "]", precision_name(placement->precision), placement->size);
}

static const char *why_over(Arena *arena, const Layout *layout, const Placement *placement)
{
    if (!placement->target) return "";
    const char *why = placement->target->room ? "which holds nothing else"
                      : layout->proved        ? "proved: never both in use"
                                              : "as written";
    return arena_printf(arena, "  over %s (%s)", placement->target->buffer->name, why);
}

/* The line of one buffer, without blanks at its end. */
static void text_line(Text *text, const GroupLayout *group, const Placement *placement, const char *over)
{
    Arena *arena = text->arena;
    const char *name = placement->buffer->name;
    const char *rest = arena_printf(arena, "%s%s", what_it_is(arena, group, placement), over);
    if (placement->kind == PLACED_LOCAL)
        text_printf(text, "    %8s    %8" PRId64 "  ", "", placement->stop);
    else
        text_printf(text, "    %8" PRId64 " .. %8" PRId64 "  ", placement->start, placement->stop);
    if (*rest)
        text_printf(text, "%-*s%s\n", name_width(group), name, rest);
    else
        text_printf(text, "%s\n", name);
}

static void text_kind(Text *text, const Layout *layout, const GroupLayout *group, PlacementKind kind, const char *title)
{
    bool any = false;
    for (int i = 0; i < group->count; i++) {
        const Placement *placement = &group->placements[i];
        if (placement->kind != kind || !placement->size) continue;
        if (!any) text_printf(text, "%s\n", title);
        any = true;
        text_line(text, group, placement, why_over(text->arena, layout, placement));
    }
}

static const char *slab_title(Arena *arena, const GroupLayout *group, PlacementKind slab)
{
    bool shared = slab == PLACED_SHARED;
    int64_t elements = shared ? group->shared_elements : group->persistent_elements;
    const char *title = arena_printf(arena, "  %s slab: %" PRId64 " elements, %" PRId64 " bytes", kind_names[slab],
                                     elements, elements * buffer_width(group->group->precision));
    if (!group->parent || !elements) return title;
    return arena_printf(arena, "%s, from byte %" PRId64 " of the run's %s slab", title,
                        shared ? group->shared_offset : group->persistent_offset,
                        kind_names[shared ? group->shared_where : group->persistent_where]);
}

static void text_reasons(Text *text, const GroupLayout *group)
{
    bool any = false;
    for (int i = 0; i < group->count; i++) {
        const Placement *placement = &group->placements[i];
        if (!placement->reason || !placement->size) continue;
        if (!any) text_add(text, "  not laid over what they alias\n");
        any = true;
        text_printf(text, "    %s over %s: %s\n", placement->buffer->name, placement->buffer->aliases,
                    placement->reason);
    }
}

/* One line of names: of what is unused, or else of what has size 0. */
static void text_without_memory(Text *text, const GroupLayout *group, bool unused, const char *title)
{
    const char *before = title;
    for (int i = 0; i < group->count; i++) {
        const Placement *placement = &group->placements[i];
        if (placement->size || placement->child || placement->unused != unused) continue;
        text_printf(text, "%s%s", before, placement->buffer->name);
        before = ", ";
    }
    if (before != title) text_add(text, "\n");
}

/* Elements that take memory: an array of size 0 counts as one in the JSON. */
static int64_t local_elements(const GroupLayout *group)
{
    int64_t elements = 0;
    for (int i = 0; i < group->count; i++)
        if (group->placements[i].kind == PLACED_LOCAL) elements += group->placements[i].size;
    return elements;
}

static void text_group(Text *text, const Layout *layout, const GroupLayout *group)
{
    Arena *arena = text->arena;
    text_printf(text, "\n%s (%s)\n", group->path, precision_name(group->group->precision));
    text_kind(text, layout, group, PLACED_SHARED, slab_title(arena, group, PLACED_SHARED));
    text_kind(text, layout, group, PLACED_PERSISTENT, slab_title(arena, group, PLACED_PERSISTENT));
    text_kind(text, layout, group, PLACED_LOCAL,
              arena_printf(arena, "  local arrays: %" PRId64 " elements, %" PRId64 " bytes", local_elements(group),
                           group->local_bytes));
    text_reasons(text, group);
    text_without_memory(text, group, true, "  without memory, since nothing reads or writes them: ");
    text_without_memory(text, group, false, "  of size 0: ");
}

int layout_block_size(const Layout *layout, int64_t bytes)
{
    if (!layout->shared_bytes) return MAP_BLOCK_MOST;
    int64_t warps = bytes / (32 * layout->shared_bytes);
    return warps < MAP_BLOCK_MOST / 32 ? (int)(32 * warps) : MAP_BLOCK_MOST;
}

static void text_blocks(Text *text, const Layout *layout)
{
    static const struct {
        const char *title;
        int bytes;
    } limits[] = { { "48 KiB, every device", MAP_SHARED_DEFAULT }, { "227 KiB, opted in", MAP_SHARED_OPT_IN } };
    text_add(text, "\nruns a block may have, by its shared memory\n");
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
        int size = layout_block_size(layout, limits[i].bytes);
        text_printf(text, "  %-20s  ", limits[i].title);
        if (size)
            text_printf(text, "up to %d\n", size);
        else
            text_printf(text, "none: 32 runs need %" PRId64 " bytes\n", 32 * layout->shared_bytes);
    }
}

static void text_totals(Text *text, const Layout *layout)
{
    text_printf(text, "%" PRId64 " bytes shared, %" PRId64 " persistent, %" PRId64 " local", layout->shared_bytes,
                layout->persistent_bytes, layout->local_bytes);
}

void layout_print_text(Text *text, const Layout *layout)
{
    text_add(text, "memory of one run: ");
    text_totals(text, layout);
    text_add(text, "\n");
    for (int i = 0; i < layout->count; i++) text_group(text, layout, layout->groups[i]);
    text_blocks(text, layout);
}

/* ---- summary ---- */

enum { SUMMARY_WIDTH = 110 };

static const char *path_of(const Text *text, const Placement *placement)
{
    const GroupLayout *group = placement->group;
    return arena_printf(text->arena, "%s%s%s", group->parent ? group->path : "", group->parent ? "." : "",
                        placement->buffer->name);
}

static void summary_line(Text *text, const Placement *placement, const char *prefix)
{
    text_printf(text, "%s  %s: %s %" PRId64 "..%" PRId64, prefix, path_of(text, placement), kind_names[placement->kind],
                placement->start, placement->stop);
    if (placement->target) text_printf(text, ", over %s", placement->target->buffer->name);
    text_add(text, "\n");
}

/* Local arrays, as many to a line as it holds. */
typedef struct LocalList {
    Text *text;
    const char *prefix;
    size_t column; /* 0: none yet */
} LocalList;

static void add_local(LocalList *list, const Placement *placement)
{
    const char *item =
        arena_printf(list->text->arena, "%s[%" PRId64 "]", path_of(list->text, placement), placement->stop);
    bool full = list->column + strlen(item) > SUMMARY_WIDTH;
    if (list->column) text_add(list->text, full ? ",\n" : ", ");
    if (!list->column || full) text_printf(list->text, "%s  %s", list->prefix, list->column ? "  " : "local: ");
    list->column = (full || !list->column ? strlen(list->prefix) + 9 : list->column + 2) + strlen(item);
    text_add(list->text, item);
}

void layout_print_summary(Text *text, const Layout *layout, const char *prefix)
{
    LocalList locals = { text, prefix, 0 };
    text_printf(text, "%sMemory of one run: ", prefix);
    text_totals(text, layout);
    text_add(text, "\n");
    for (int local = 0; local < 2; local++)
        for (int i = 0; i < layout->count; i++)
            for (int j = 0; j < layout->groups[i]->count; j++) {
                const Placement *placement = &layout->groups[i]->placements[j];
                if (!placement->size || local != (placement->kind == PLACED_LOCAL)) continue;
                if (local)
                    add_local(&locals, placement);
                else
                    summary_line(text, placement, prefix);
            }
    if (locals.column) text_add(text, "\n");
}
