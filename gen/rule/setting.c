/* SPDX-License-Identifier: MIT */
#include "rule/setting.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static bool allows(const Setting *setting, double value)
{
    const bool low = setting->above ? value > setting->least : value >= setting->least;
    return low && (setting->below ? value < setting->most : value <= setting->most);
}

/* "above 0 and at most 1", "at least 0", "from 1 to 9", "finite". */
static void say_range(RuleText *why, const Setting *setting, double value)
{
    const size_t start = strlen(why->text), room = sizeof why->text - start;
    char *text = why->text + start;
    const char *lower = setting->above ? "above" : "at least";
    if (isinf(setting->least))
        snprintf(text, room, "finite");
    else if (isinf(setting->most))
        snprintf(text, room, "%s %.16g%s", lower, setting->least, isinf(value) ? " and finite" : "");
    else if (setting->above || setting->below)
        snprintf(text, room, "%s %.16g and %s %.16g", lower, setting->least, setting->below ? "below" : "at most",
                 setting->most);
    else
        snprintf(text, room, "from %.16g to %.16g", setting->least, setting->most);
}

bool setting_read(double *value, RuleText *why, const Setting *setting, Piece piece)
{
    RuleText fault;
    if (!real_read(value, &fault, piece)) {
        const char *reason = strstr(fault.text, ": "); /* the value stands before it already */
        snprintf(why->text, sizeof why->text, "is no number%.150s", reason ? reason : "");
        return false;
    }
    const bool whole = setting->kind != SETTING_INTEGER || *value == floor(*value);
    if (whole && allows(setting, *value)) return true;
    snprintf(why->text, sizeof why->text, "%s; it must be ", whole ? "is out of range" : "is no whole number");
    say_range(why, setting, *value);
    return false;
}

const char *setting_contradicts(const Setting *setting, double value, const Setting *other, double other_value)
{
    if (strcmp(setting->at_most, other->name) == 0 && value > other_value) return "is above";
    if (strcmp(setting->at_least, other->name) == 0 && value != 0 && value < other_value) return "is below";
    return NULL;
}
