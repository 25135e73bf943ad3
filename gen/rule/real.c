/* SPDX-License-Identifier: MIT */
#include "rule/real.h"

#include <float.h>
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/number.h"

enum { REAL_LONGEST = 255, REAL_SHOWN = 60 };

Piece piece_of(const char *text)
{
    return (Piece){ text, strlen(text) };
}

Piece piece_next(const char **text, char separator)
{
    const char *start = *text, *end = strchr(start, separator);
    *text = end ? end + 1 : NULL;
    return end ? (Piece){ start, (size_t)(end - start) } : piece_of(start);
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

static Piece trimmed(Piece piece)
{
    while (piece.length && is_blank(*piece.bytes)) piece.bytes++, piece.length--;
    while (piece.length && is_blank(piece.bytes[piece.length - 1])) piece.length--;
    return piece;
}

static size_t digits_at(const char *text)
{
    return strspn(text, "0123456789");
}

/* Length of the decimal at the start of a text; 0: there is none. */
static size_t decimal_length(const char *text)
{
    const char *at = text + (*text == '-' || *text == '+');
    size_t whole = digits_at(at), places = 0;
    at += whole;
    if (*at == '.') at += 1 + (places = digits_at(at + 1));
    if (!whole && !places) return 0;
    if (*at != 'e' && *at != 'E') return (size_t)(at - text);
    const char *exponent = at + 1 + (at[1] == '-' || at[1] == '+');
    if (digits_at(exponent)) at = exponent + digits_at(exponent);
    return (size_t)(at - text);
}

/* The decimal of this length. Where the locale of the program that calls the library
 * has another point, strtod would end before it. */
static double to_double(const char *text, size_t length)
{
    char *end;
    double value = strtod(text, &end);
    if (end == text + length) return value;
    locale_t plain = newlocale(LC_NUMERIC_MASK, "C", (locale_t)0);
    value = plain ? strtod_l(text, &end, plain) : NAN;
    if (plain) freelocale(plain);
    return value;
}

/* Moves *text behind a decimal and the blanks around it. */
static bool take_decimal(double *value, const char **text)
{
    while (is_blank(**text)) ++*text;
    const size_t length = decimal_length(*text);
    if (!length) return false;
    *value = to_double(*text, length);
    *text += length;
    while (is_blank(**text)) ++*text;
    return true;
}

/* A terminated copy; false for what is no line of a person. */
static bool copy(char text[REAL_LONGEST + 1], Piece piece)
{
    if (piece.length > REAL_LONGEST || memchr(piece.bytes, '\0', piece.length) ||
        memchr(piece.bytes, '\n', piece.length))
        return false;
    memcpy(text, piece.bytes, piece.length);
    text[piece.length] = '\0';
    return true;
}

static bool read_infinity(double *value, const char *text)
{
    const bool negative = *text == '-';
    if (negative || *text == '+') text++;
    if (strcasecmp(text, "inf") != 0 && strcasecmp(text, "infinity") != 0) return false;
    *value = negative ? -INFINITY : INFINITY;
    return true;
}

bool real_read_plain(double *value, Piece piece)
{
    char text[REAL_LONGEST + 1];
    const char *rest = text;
    double divisor;
    if (!copy(text, piece) || !take_decimal(value, &rest)) return false;
    if (*rest != '/') return !*rest && isfinite(*value);
    rest++;
    if (!take_decimal(&divisor, &rest) || *rest) return false;
    *value /= divisor;
    return isfinite(*value);
}

static bool refuse(RuleText *why, Piece piece, const char *message, size_t at)
{
    char place[40] = "";
    if (at) snprintf(place, sizeof place, ", at character %zu", at);
    snprintf(why->text, sizeof why->text, "'%s' is no number: %.80s%s", real_shown(piece).text, message, place);
    return false;
}

bool real_read(double *value, RuleText *why, Piece piece)
{
    char text[REAL_LONGEST + 1];
    Number number;
    const char *rest = text, *message;
    size_t at;
    piece = trimmed(piece);
    if (!copy(text, piece)) return refuse(why, piece, "it is too long, or more than one line", 0);
    if (!*text) return snprintf(why->text, sizeof why->text, "a number is missing"), false;
    if (read_infinity(value, text)) return true;
    const bool plain = take_decimal(value, &rest) && !*rest;
    if (!plain) {
        if (!number_parse_at(&number, text, &message, &at)) return refuse(why, piece, message, at ? at + 1 : 0);
        *value = number_to_double(number);
    }
    return isfinite(*value) || refuse(why, piece, "it is beyond the largest double, 1.8e308", 0);
}

bool real_fits(RuleText *why, double value, int bits)
{
    if (bits != 32 || value == 0 || !isfinite(value)) return true;
    if (fabs((double)(float)value) >= (double)FLT_MIN && isfinite((float)value)) return true;
    snprintf(why->text, sizeof why->text, "%.9g does not fit in float32, which holds 0 and 1.2e-38 to 3.4e38", value);
    return false;
}

bool real_read_whole(uint64_t *value, Piece piece, uint64_t most)
{
    double number;
    RuleText why;
    const Piece digits = trimmed(piece);
    uint64_t whole = 0;
    size_t i = 0;
    while (i < digits.length && digits.bytes[i] >= '0' && digits.bytes[i] <= '9' && i < 19)
        whole = 10 * whole + (uint64_t)(digits.bytes[i++] - '0');
    if (i == 0 || i < digits.length) { /* "1e6", "2^20" */
        if (!real_read(&number, &why, piece) || !(number >= 0 && number <= 9007199254740992.0)) return false;
        if (number != floor(number)) return false;
        whole = (uint64_t)number;
    }
    *value = whole;
    return whole <= most;
}

RuleQuote real_shown(Piece piece)
{
    RuleQuote shown;
    size_t length = piece.length > REAL_SHOWN ? REAL_SHOWN : piece.length;
    while (length < piece.length && length && ((unsigned char)piece.bytes[length] & 0xC0) == 0x80) length--; /* UTF-8 */
    for (size_t i = 0; i < length; i++) {
        const unsigned char c = (unsigned char)piece.bytes[i];
        shown.text[i] = (char)(c < ' ' || c == 127 ? '?' : c);
    }
    memcpy(shown.text + length, piece.length > length ? "..." : "", piece.length > length ? 4 : 1);
    return shown;
}
