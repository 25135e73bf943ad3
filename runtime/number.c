/* SPDX-License-Identifier: MIT */
#include "number.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

size_t cubie_number_write_whole(char *out, uint64_t value)
{
    char digits[20];
    size_t count = 0;
    do digits[count++] = (char)('0' + value % 10);
    while (value /= 10);
    for (size_t i = 0; i < count; i++) out[i] = digits[count - 1 - i];
    return count;
}

/* What is no plain number, and whole numbers, which are common and cheap; 0: neither. */
static size_t number_write_special(char *out, double value)
{
    if (isnan(value)) {
        memcpy(out, "NaN", 3);
        return 3;
    }
    size_t sign = signbit(value) != 0;
    out[0] = '-';
    if (isinf(value)) {
        memcpy(out + sign, "Inf", 3);
        return sign + 3;
    }
    double size = fabs(value);
    if (size < 1e6 && size == floor(size)) return sign + cubie_number_write_whole(out + sign, (uint64_t)size);
    return 0;
}

/* Rounds the `digits` of d.ddddde+XX in `text` to one fewer. False when a 9
 * would carry. */
static bool number_shorten(char *to, const char *text, size_t digits)
{
    const char *first = text + (*text == '-');
    const char *exponent = first + digits + 1;
    size_t length = (size_t)(exponent - text);
    memcpy(to, text, length);
    const bool up = to[length - 1] >= '5';
    to[--length] = '\0';
    if (up) {
        char *last = to + length - 1;
        if (*last < '0' || *last >= '9') return false;
        ++*last;
    }
    strcpy(to + length, exponent);
    return true;
}

/* d.ddddde+XX as people write it: 0.001 to 999999 without exponent. */
static size_t number_layout(char *out, const char *text)
{
    char digit[24];
    size_t count = 0, length = 0;
    if (*text == '-') out[length++] = *text++;
    for (; *text != 'e'; text++)
        if (*text != '.') digit[count++] = *text;
    int exponent = atoi(text + 1);
    while (count > 1 && digit[count - 1] == '0') count--;
    int point = exponent >= -4 && exponent < 6 ? exponent : 0; /* digits before the point, less one */
    for (int i = point; i < 0; i++) {
        out[length++] = '0';
        if (i == point) out[length++] = '.';
    }
    for (size_t i = 0; i < count || (int)i <= point; i++) {
        if ((int)i == point + 1 && point >= 0) out[length++] = '.';
        out[length++] = i < count ? digit[i] : '0';
    }
    if (point != exponent) length += (size_t)sprintf(out + length, "e%d", exponent);
    return length;
}

size_t cubie_number_write(char *out, double value)
{
    size_t special = number_write_special(out, value);
    if (special) return special;
    char text[40], shorter[40], shortest[40];
    snprintf(text, sizeof text, "%.16e", value);
    const bool carries = !number_shorten(shorter, text, 17);
    if (!carries && strtod(shorter, NULL) != value) return number_layout(out, text); /* 17 digits, as most results */
    if (carries || !number_shorten(shortest, shorter, 16)) snprintf(shortest, sizeof shortest, "%.14e", value);
    if (strtod(shortest, NULL) == value) return number_layout(out, shortest);
    return number_layout(out, carries ? text : shorter);
}

size_t cubie_number_write_f32(char *out, float value)
{
    size_t special = number_write_special(out, (double)value);
    if (special) return special;
    char text[40];
    for (int digits = 6; digits <= 8; digits++) {
        snprintf(text, sizeof text, "%.*e", digits - 1, (double)value);
        if (strtof(text, NULL) == value) return number_layout(out, text);
    }
    snprintf(text, sizeof text, "%.8e", (double)value);
    return number_layout(out, text);
}

NumberText cubie_number_text(double value)
{
    NumberText number;
    number.text[cubie_number_write(number.text, value)] = '\0';
    return number;
}

NumberText cubie_number_bytes(double bytes)
{
    static const char *const unit[] = { "bytes", "kB", "MB", "GB", "TB", "PB", "EB" };
    NumberText number;
    size_t power = 0;
    for (; bytes >= 999.5 && power + 1 < sizeof unit / sizeof *unit; power++) bytes /= 1000;
    snprintf(number.text, sizeof number.text, power && bytes < 99.95 ? "%.1f %s" : "%.0f %s", bytes, unit[power]);
    return number;
}
