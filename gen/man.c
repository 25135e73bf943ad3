/* SPDX-License-Identifier: MIT */
#include "man.h"

#include <stdio.h>

#include "config.h"
#include "list.h"
#include "method/estimate.h"
#include "options.h"
#include "part/list.h"
#include "script/script.h"

/* Text in roff: a hyphen is one that can be searched for and pasted, and no
 * character begins a request. */
static void add_plain(Text *page, const char *string)
{
    for (; *string; string++) {
        bool begins = !page->length || page->data[page->length - 1] == '\n';
        if (begins && (*string == '.' || *string == '\'')) text_add(page, "\\&");
        if (*string == '\\')
            text_add(page, "\\e");
        else if (*string == '-')
            text_add(page, "\\-");
        else
            text_add_bytes(page, string, 1);
    }
}

/* .TP, a head in bold, then its text. */
static void add_item(Text *page, const char *head, const char *text)
{
    text_add(page, ".TP\n\\fB");
    add_plain(page, head);
    text_add(page, "\\fR\n");
    add_plain(page, text);
    text_add(page, "\n");
}

static void add_section(Text *page, const char *name, const char *text)
{
    text_printf(page, ".SH %s\n", name);
    add_plain(page, text);
}

/* Lines as they stand. */
static void add_example(Text *page, const char *lines)
{
    text_add(page, ".PP\n.nf\n");
    add_plain(page, lines);
    text_add(page, ".fi\n");
}

static void add_head(Text *page)
{
    text_printf(page, ".TH CUBIE\\-GEN 1 \"\" \"cubie\\-gen %s\" \"User Commands\"\n", PACKAGE_VERSION);
    add_section(page, "NAME", "cubie-gen - write a batch integrator for an initial value problem\n");
    text_add(page,
             ".SH SYNOPSIS\n\\fBcubie\\-gen\\fR [\\fIOPTION\\fR]... \\fIPROBLEM.lua\\fR [\\fINAME=VALUE\\fR]...\n");
    add_section(page, "DESCRIPTION",
                "cubie-gen reads a system of ordinary differential equations and writes a project of one\n"
                "specialised CUDA and C++ source, a header and a Makefile, into a folder with the name of the\n"
                "problem. make builds it with nvcc where there is one and a GPU, else for the CPU. The program\n"
                "integrates any number of runs of the problem, each with its own parameters and initial values;\n"
                "its --help says how. PROBLEM.lua may be -, standard input; modules are then those beside the\n"
                "working directory.\n");
}

static void add_options(Text *page)
{
    text_add(page, ".SH OPTIONS\n");
    for (int i = 0; i < options_text_count; i++) {
        const OptionText *option = &options_texts[i];
        const char *head =
            option->letter ? arena_printf(page->arena, "%s, %s", option->letter, option->name) : option->name;
        add_item(page, head, option->help);
    }
    add_item(page, "NAME=VALUE", "change a setting, or a field of a buffer");
}

static void add_problem_files(Text *page)
{
    static const char *const words[][2] = {
        { "problem \"NAME\"", "names the problem and its project" },
        { "parameters { NAME = VALUE, ... }", "values that differ from run to run; { VALUE, \"UNIT\" } gives a unit" },
        { "constants { NAME = VALUE, ... }", "values that become part of the code" },
        { "states { NAME = VALUE, ... }", "initial values: numbers, expressions of parameters, or vector(SIZE, VALUE), "
                                          "whose elements are NAME[1] and so on" },
        { "ddt.NAME = EXPRESSION", "the derivative of a state; each state has one" },
        { "observe.NAME = EXPRESSION", "a value that is saved beside the states" },
        { "equations [[ ... ]]", "derivatives as text: dx = ..., intermediates, # comments" },
        { "solve { SETTING = VALUE, ... }", "settings; later ones win" },
        { "sweep { NAME = VALUES, ... }",
          "how runs differ: linspace(A, B, N), geomspace(A, B, N), list {...}, uniform(A, B), normal(MEAN, DEVIATION), "
          "file(\"PATH\", \"COLUMN\"); mode = \"product\" or \"zip\", runs = N, seed = K" },
        { "tableau \"NAME\" { ... }", "a method of the file's own" },
        { "buffers { ... }", "changes to the buffers" },
    };
    add_section(page, "PROBLEM FILES",
                "A problem file is Lua 5.4 in a sandbox. Declared names are symbols from then on, t is time, and\n"
                "operators and functions (--list=functions) make expressions. Conditions are functions: lt, le,\n"
                "gt, ge, eq, ne, and where(c, a, b).\n");
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) add_item(page, words[i][0], words[i][1]);
}

static const char *setting_text(Arena *arena, const Setting *setting)
{
    Text text = text_new(arena);
    text_add(&text, setting->help);
    if (setting->issue) text_printf(&text, "; %s", setting->issue);
    for (int i = 0; !setting->issue && i < setting->choice_count; i++)
        text_printf(&text, "%s%s", i ? ", " : ": ", setting->choices[i]);
    if (*setting->unit) text_printf(&text, " [%s]", setting->unit);
    if (*setting->initial && !setting->issue) text_printf(&text, " (default: %s)", setting->initial);
    return text.data;
}

static void add_settings(Text *page)
{
    const SettingTable *table = settings_table(page->arena);
    add_section(page, "SETTINGS",
                "On the command line they win over those of the file's solve { }. A number may be arithmetic: 8/3,\n"
                "2*pi, 1e3/60, sqrt(2). In float32 a number that would become 0 or infinite is refused, and so is one\n"
                "below 1.2e-38, which a GPU takes for 0.\n"
                "A change of these gives another source:\n");
    for (int i = 0; i < table->count; i++)
        if (table->items[i].time == SETTING_GENERATION)
            add_item(page, table->items[i].name, setting_text(page->arena, &table->items[i]));
    text_add(page, ".PP\nThese are defaults of the program, which has an option for each:\n");
    for (int i = 0; i < table->count; i++)
        if (table->items[i].time == SETTING_RUN)
            add_item(page, table->items[i].name, setting_text(page->arena, &table->items[i]));
}

static void add_algorithm(Text *page, const Tableau *tableau)
{
    Text text = text_new(page->arena);
    text_printf(&text, "%s, order %d", tableau->title, tableau->order);
    if (estimate_sees(tableau)) text_printf(&text, "(%d)", tableau->embedded_order);
    for (int k = 0; k < tableau->alias_count; k++)
        text_printf(&text, "%s%s", k ? ", " : "; also ", tableau->aliases[k]);
    add_item(page, tableau->name, text.data);
}

static void add_algorithms(Text *page)
{
    TableauList tableaux = script_read_tableaux(page->arena);
    add_section(page, "ALGORITHMS",
                "With the order of the error estimate in parentheses; methods without one take fixed steps.\n");
    for (int i = 0; i < FAMILY_COUNT; i++) {
        const FamilyTraits *family = family_traits((Family)i);
        text_add(page, ".PP\n");
        add_plain(page, arena_printf(page->arena, "%s (family %s):", family->title, family->name));
        text_add(page, "\n");
        for (int k = 0; k < tableaux.count; k++)
            if (tableaux.items[k]->family == (Family)i) add_algorithm(page, tableaux.items[k]);
    }
}

static void add_family(Text *page, const char *family)
{
    const BufferGroup *group = list_family_group(page->arena, family);
    for (int i = 0; group && i < group->buffers.count; i++) {
        const Buffer *buffer = group->buffers.items[i];
        text_printf(page, "%s", i ? ", " : "");
        add_plain(page, buffer->name);
    }
}

static void add_owner(Text *page, const char *what, const char *name)
{
    text_printf(page, ".PP\nOf %s: ", what);
    add_family(page, name);
    text_add(page, ".\n");
}

static void add_buffers(Text *page)
{
    add_section(
        page, "BUFFERS",
        "Each buffer B has a setting B_location: shared (memory of a thread block on a GPU) or local\n"
        "(registers, or else memory of the thread's own). Other fields are changed likewise: B_size (elements,\n"
        "at least as many as the code uses), B_persistent (true or false: kept from step to step, for local\n"
        "ones) and B_aliases (a buffer of the same group that it may be laid over; this is done where they are\n"
        "proved never to be in use at once). What a group's shared buffers need, G_shared, is a buffer of the\n"
        "group above: that of newton may be laid over solver_scratch. --layout shows where all lie, and why.\n");
    text_add(page, ".PP\nOf every program: ");
    add_family(page, "loop");
    text_add(page, ".\n");
    for (int i = 0; parts_all[i]; i++)
        if (list_is_first(i)) add_owner(page, parts_all[i]->owner, parts_all[i]->group);
}

static void add_end(Text *page)
{
    text_add(page, ".SH EXIT STATUS\n");
    add_item(page, "0", "done");
    add_item(page, "1", "the input is wrong, or --check differs");
    add_item(page, "2", "wrong usage");
    add_item(page, "3", "the system failed: disk, memory");
    text_add(page, ".SH FILES\n");
    add_item(page, "NAME/NAME.cu", "the source, for a CUDA device and for the CPU");
    add_item(page, "NAME/NAME.h", "the same integrator as a C library, built by make library");
    add_item(page, "NAME/Makefile", "builds the program and the library; TARGET=cpu or TARGET=cuda chooses");
    add_item(page, "NAME/layout.txt", "where every buffer lies");
    text_add(page, ".SH EXAMPLES\n");
    add_example(page, "cubie-gen lorenz.lua && make -C lorenz\n"
                      "./lorenz/lorenz rho=0:21:1000000 -o lorenz.nc\n");
    add_example(page, "cubie-gen lorenz.lua algorithm=vern7 precision=float32 -o fast\n"
                      "cubie-gen --layout lorenz.lua stage_rhs_location=shared\n");
    text_add(page, ".SH SEE ALSO\n.BR make (1),\n.BR ncdump (1),\n.BR pkg\\-config (1)\n");
}

void man_print(Arena *arena)
{
    Text page = text_new(arena);
    add_head(&page);
    add_options(&page);
    add_problem_files(&page);
    add_settings(&page);
    add_algorithms(&page);
    add_buffers(&page);
    add_end(&page);
    fputs(page.data, stdout);
}
