/* SPDX-License-Identifier: MIT */
#include "list.h"

#include <stdio.h>
#include <string.h>

#include "method/estimate.h"
#include "part/list.h"
#include "script/shipped/buffers.h"
#include "script/shipped/controllers.h"
#include "script/script.h"

static void list_algorithms(Arena *arena)
{
    TableauList tableaux = script_read_tableaux(arena);
    for (int i = 0; i < tableaux.count; i++) {
        const Tableau *tableau = tableaux.items[i];
        Text order = text_new(arena), aliases = text_new(arena);
        text_printf(&order, "order %d", tableau->order);
        if (estimate_sees(tableau)) text_printf(&order, "(%d)", tableau->embedded_order);
        for (int k = 0; k < tableau->alias_count; k++)
            text_printf(&aliases, "%s%s", k ? ", " : "", tableau->aliases[k]);
        printf("%-20s  %-10s  %-10s  dense %d  %-*s%s%s%s\n", tableau->name, family_traits(tableau->family)->name,
               order.data, tableau->dense_order ? tableau->dense_order : 3, aliases.length ? 24 : 0, tableau->title,
               aliases.length ? "  [" : "", aliases.data, aliases.length ? "]" : "");
    }
}

static void list_controllers(Arena *arena)
{
    ControllerList controllers = controllers_read(arena);
    for (int i = 0; i < controllers.count; i++)
        printf("%-12s %s\n", controllers.items[i].name, controllers.items[i].title);
}

static void list_settings(Arena *arena)
{
    Text text = text_new(arena);
    settings_print(&text, settings_table(arena));
    fputs(text.data, stdout);
}

const BufferGroup *list_family_group(Arena *arena, const char *family)
{
    BufferScope scope = { .values = { .arena = arena, .any = true }, .precision = PRECISION_FLOAT64 };
    scope_text(&scope.values, "lu_precision", precision_name(PRECISION_FLOAT32));
    scope_flag(&scope.values, "keeps_factors", true);
    return buffers_read_family(arena, family, &scope);
}

/* Family specs name what the shared buffers of newton need, to lay it over scratch. */
static bool is_slab(const Buffer *buffer)
{
    return !strcmp(buffer->name, "newton_shared");
}

static void list_family(Arena *arena, const char *family)
{
    const BufferGroup *group = list_family_group(arena, family);
    for (int i = 0; group && i < group->buffers.count; i++) {
        const Buffer *buffer = group->buffers.items[i];
        const char *setting = arena_printf(arena, "%s_location", buffer->name);
        printf("%-23s  %-16s  ", buffer->name, family);
        if (is_slab(buffer))
            puts("what newton's shared buffers need");
        else if (buffer->fixed_location)
            puts("follows what it lies over");
        else
            printf("%-32s  default %s\n", setting, location_name(buffer->location));
    }
}

bool list_is_first(int part)
{
    const char *group = parts_all[part]->group;
    for (int i = 0; i < part; i++)
        if (group && parts_all[i]->group && !strcmp(parts_all[i]->group, group)) return false;
    return group != NULL;
}

static void list_buffers(Arena *arena)
{
    list_family(arena, "loop");
    for (int i = 0; parts_all[i]; i++)
        if (list_is_first(i)) list_family(arena, parts_all[i]->group);
}

static void list_metrics(Arena *arena)
{
    (void)arena;
    puts("no metrics in this version");
}

static void list_functions(Arena *arena)
{
    (void)arena;
    for (int i = 0; i < FUNCTION_COUNT; i++) {
        const char *name = function_name((Function)i);
        if (i != FUNCTION_DIGAMMA) printf("%s(%s)\n", name, function_arity((Function)i) == 2 ? "a, b" : "a");
    }
    puts("lt(a, b)\nle(a, b)\ngt(a, b)\nge(a, b)\neq(a, b)\nne(a, b)\nall(...)\nany(...)\nno(c)\nwhere(c, a, b)");
}

static const struct {
    const char *topic;
    void (*print)(Arena *arena);
} topics[] = {
    { "algorithms", list_algorithms }, { "controllers", list_controllers }, { "settings", list_settings },
    { "buffers", list_buffers },       { "metrics", list_metrics },         { "functions", list_functions },
};

void list_print(Arena *arena, const char *topic)
{
    bool all = !*topic;
    for (size_t i = 0; i < sizeof topics / sizeof *topics; i++) {
        if (!all && strcmp(topic, topics[i].topic)) continue;
        if (all) printf("%s%s:\n", i ? "\n" : "", topics[i].topic);
        topics[i].print(arena);
    }
}
