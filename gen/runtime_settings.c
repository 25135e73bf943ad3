/* SPDX-License-Identifier: MIT */
#include "runtime_settings.h"

#include <inttypes.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>

#include "system/settings.h"

static bool is_of_run_time(const Setting *setting)
{
    return setting->time == SETTING_RUN && !setting->issue;
}

/* The member of the runtime's Settings. Instants and tolerances are arrays. */
static const char *member_type(const Setting *setting)
{
    switch (setting->kind) {
    case SETTING_NUMBER: return "double ";
    case SETTING_INTEGER: return setting->most <= UINT32_MAX ? "uint32_t " : "uint64_t ";
    case SETTING_TOLERANCES:
    case SETTING_INSTANTS: return "double *";
    default: return NULL;
    }
}

static const char *kind_name(SettingKind kind)
{
    static const char *const names[] = { [SETTING_NUMBER] = "SETTING_NUMBER",
                                         [SETTING_INTEGER] = "SETTING_INTEGER",
                                         [SETTING_TOLERANCES] = "SETTING_TOLERANCES",
                                         [SETTING_INSTANTS] = "SETTING_INSTANTS" };
    return names[kind];
}

static void print_number(const char *name, double value)
{
    if (isinf(value))
        printf(" .%s = %sINFINITY,", name, value < 0 ? "-" : "");
    else
        printf(" .%s = %.17g,", name, value);
}

static void print_text(const char *name, const char *value)
{
    printf(" .%s = \"", name);
    for (; *value; value++) printf(*value == '"' || *value == '\\' ? "\\%c" : "%c", *value);
    printf("\",");
}

static void print_record(const Setting *setting)
{
    printf("    { { .name = \"%s\", .kind = %s, .time = SETTING_RUN,", setting->name, kind_name(setting->kind));
    print_number("least", setting->least);
    print_number("most", setting->most);
    printf(" .above = %d, .below = %d,", setting->above, setting->below);
    print_text("initial", setting->initial);
    print_text("zero", setting->zero);
    print_text("unit", setting->unit);
    print_text("help", setting->help);
    print_text("uses", setting->uses);
    print_text("at_most", setting->at_most);
    print_text("at_least", setting->at_least);
    print_text("excludes", setting->excludes);
    printf(" }, offsetof(Settings, %s) }, \\\n", setting->name);
}

void runtime_settings_print(Arena *arena)
{
    const SettingTable *table = settings_table(arena);
    puts("/* SPDX-License-Identifier: MIT */\n"
         "/* Written by cubie-gen --runtime-settings from lua/settings.lua. */\n"
         "#define CUBIE_SETTING_MEMBERS \\");
    for (int i = 0; i < table->count; i++)
        if (is_of_run_time(&table->items[i]) && member_type(&table->items[i]))
            printf("    %s%s; \\\n", member_type(&table->items[i]), table->items[i].name);
    puts("\n#define CUBIE_SETTING_RECORDS \\");
    for (int i = 0; i < table->count; i++)
        if (is_of_run_time(&table->items[i]) && member_type(&table->items[i])) print_record(&table->items[i]);
    puts("");
}
