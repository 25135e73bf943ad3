/* SPDX-License-Identifier: MIT */
#include "rule/tolerances.h"

#include <stdio.h>
#include <string.h>

static size_t name_length(Piece item)
{
    const char *equals = memchr(item.bytes, '=', item.length);
    return equals ? (size_t)(equals - item.bytes) : 0;
}

static bool is_named(Piece item)
{
    return memchr(item.bytes, '=', item.length) != NULL;
}

static int count_plain(const char *text)
{
    int plain = 0;
    while (text) plain += !is_named(piece_next(&text, ','));
    return plain;
}

static Piece trimmed(const char *bytes, size_t length)
{
    while (length && *bytes == ' ') bytes++, length--;
    while (length && bytes[length - 1] == ' ') length--;
    return (Piece){ bytes, length };
}

/* The number of an item, for one state by name. */
static bool set_named(double *values, RuleText *why, Piece item, double value, const ToleranceStates *states)
{
    const Piece name = trimmed(item.bytes, name_length(item));
    bool found = false;
    for (int i = 0; i < states->count; i++) {
        if (!states->is_named(states->context, i, name)) continue;
        values[i] = value;
        found = true;
    }
    if (!found) snprintf(why->text, sizeof why->text, "names '%s', which is no state", real_shown(name).text);
    return found;
}

/* Of the items with a name, or of those without. */
static bool read_items(double *values, RuleText *why, const Setting *setting, const char *text,
                       const ToleranceStates *states, bool named)
{
    const bool all = count_plain(text) == 1;
    int place = 0;
    while (text) {
        const Piece item = piece_next(&text, ',');
        const size_t skip = is_named(item) ? name_length(item) + 1 : 0;
        double value;
        if (is_named(item) != named) continue;
        if (!setting_read(&value, why, setting, (Piece){ item.bytes + skip, item.length - skip })) return false;
        if (named && !set_named(values, why, item, value, states)) return false;
        for (int i = 0; i < states->count && !named; i++)
            if (all || i == place) values[i] = value;
        place++;
    }
    return true;
}

bool tolerances_read(double *values, RuleText *why, const Setting *setting, const char *text,
                     const ToleranceStates *states)
{
    const int plain = count_plain(text);
    if (plain <= 1 || plain == states->count)
        return read_items(values, why, setting, text, states, false) &&
               read_items(values, why, setting, text, states, true);
    snprintf(why->text, sizeof why->text, "has %d values for %d states; give one, one for each, or NAME=VALUE", plain,
             states->count);
    return false;
}
