/* SPDX-License-Identifier: MIT */
/* Words of other tools: what a message says to write instead can be written. */
#include "script/foreign.h"

#include "script/script_kit.h"

/* A file in which the advice stands as it would be used. */
static const char *use_advice(Arena *arena, const char *here)
{
    if (strstr(here, "observe.")) return "observe.z = x";
    if (strstr(here, "ddt.")) return "ddt.x = 1";
    if (strstr(here, "states")) return "states { z = 1 }";
    if (strchr(here, '{')) return here;
    return arena_printf(arena, "local condition = x > 0\nobserve.o = %s", here);
}

static bool is_word_of_lua(const char *word)
{
    return !strcmp(word, "if") || !strcmp(word, "then") || !strcmp(word, "else");
}

static void test_word(Kit *kit, const ForeignWord *foreign)
{
    static const char names[] = "parameters { on = 1, off = 2, n = 3, k = 4 } local a, b = 1, 2\n";
    static const char plain[] = "parameters { on = 1, off = 2, n = 3, k = 4 }\n";
    bool declares = strstr(foreign->here, "parameters") || strstr(foreign->here, "constants");
    kit_read(kit, arena_printf(kit->arena, "%s%s", declares ? plain : names, use_advice(kit->arena, foreign->here)));
    kit_good(kit, foreign->here);
    if (is_word_of_lua(foreign->word)) return;
    kit_read(kit, arena_printf(kit->arena, "observe.o = %s", foreign->word));
    kit_says(kit,
             arena_printf(kit->arena, "p.lua:2: error: unknown name '%s'; write %s\n", foreign->word, foreign->here),
             foreign->word);
}

static void test_equations(Kit *kit)
{
    kit_read(kit, "equations [[\n  dx = ln(x) + Heaviside(t) + ABS(x)\n  dy = if(x > 1, 2, 3) + PI\n]]");
    kit_says(kit,
             "p.lua:3:8: error: unknown function 'ln'; write log(x)\n"
             "p.lua:3:16: error: unknown function 'Heaviside'; write where(x >= 0, 1, 0)\n"
             "p.lua:3:31: error: unknown function 'ABS'; did you mean 'abs'?\n"
             "p.lua:4:8: error: unknown function 'if'; write where(condition, a, b)\n"
             "p.lua:4:26: error: unknown name 'PI'; did you mean 'pi'?\n",
             "in equations");
    kit_read(kit, "equations [[ dx = if x > 1 then 2 else 3 ]]");
    kit_says(kit,
             "p.lua:2:19: error: unknown name 'if'; write where(condition, a, b)\n"
             "p.lua:2:22: error: an operator is missing before 'x'\n",
             "if without brackets");
    kit_read(kit, "ddt.x = Sin(x) + SQRT(y) + Abs(x)");
    kit_says(kit,
             "p.lua:2: error: unknown name 'Sin'; did you mean 'sin'?\n"
             "p.lua:2: error: unknown name 'SQRT'; did you mean 'sqrt'?\n"
             "p.lua:2: error: unknown name 'Abs'; did you mean 'abs'?\n",
             "capitals");
}

int main(void)
{
    Kit kit = kit_open();
    for (int i = 0; i < foreign_word_count; i++) test_word(&kit, &foreign_words[i]);
    test_equations(&kit);
    kit_close(&kit);
    return tap_done();
}
