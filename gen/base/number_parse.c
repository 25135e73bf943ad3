/* SPDX-License-Identifier: MIT */
/* Exact arithmetic text, "(6 - sqrt(6))/10", read into a Number. */
#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/number_wide.h"

/* Far below what a C stack holds, far above what a person writes. */
enum { DEPTH_MOST = 200 };

typedef struct Parser {
    const char *at;
    const char *message; /* of the first mistake, else NULL */
    int depth;
} Parser;

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* 10^exponent, or 0 when it does not fit. */
static Wide power_of_ten(long exponent)
{
    if (exponent < 0 || exponent > 37) return 0;
    Wide power = 1;
    for (long i = 0; i < exponent; i++) power *= 10;
    return power;
}

static long read_exponent(const char **text)
{
    const char *at = *text + 1;
    if (**text != 'e' && **text != 'E') return 0;
    if (*at == '+' || *at == '-') at++;
    if (!is_digit(*at)) return 0;
    char *end;
    long exponent = strtol(*text + 1, &end, 10); /* saturates */
    *text = end;
    return exponent > 100000 ? 100000 : exponent < -100000 ? -100000 : exponent;
}

/* Digits * 10^-*places, without zeros at the end; false when they are too
 * many for a rational. */
static bool read_digits(const char **text, Wide *digits, long *places)
{
    long zeros = 0; /* read, but not yet known to be followed by a digit */
    bool fits = true, after_point = false;
    *digits = 0;
    *places = 0;
    for (; is_digit(**text) || (**text == '.' && !after_point); (*text)++) {
        if (**text == '.') {
            after_point = true;
            continue;
        }
        if (after_point) (*places)++;
        zeros++;
        if (**text == '0') continue;
        Wide shift = power_of_ten(zeros);
        fits = fits && (*digits == 0 || (shift && *digits < power_of_ten(37 - zeros)));
        if (fits) *digits = *digits * shift + (**text - '0');
        zeros = 0;
    }
    *places -= zeros;
    return fits;
}

Number number_decimal(const char **text)
{
    const char *start = *text;
    Wide digits;
    long places;
    bool fits = read_digits(text, &digits, &places);
    long exponent = read_exponent(text) - places;
    Wide scale = power_of_ten(labs(exponent));
    if (fits && digits == 0) return number_integer(0);
    if (fits && scale && exponent < 0) {
        Number number = number_wide_ratio(digits, scale);
        if (number.exact) return number;
    } else if (fits && scale && digits <= INT64_MAX / scale) {
        return number_wide_ratio(digits * scale, 1);
    }
    return number_real(strtold(start, NULL));
}

static Number fail(Parser *parser, const char *message)
{
    if (!parser->message) parser->message = message;
    return number_integer(0);
}

static char peek(Parser *parser)
{
    while (isspace((unsigned char)*parser->at)) parser->at++;
    return *parser->at;
}

static bool take(Parser *parser, const char *token)
{
    peek(parser);
    size_t length = strlen(token);
    if (strncmp(parser->at, token, length) != 0) return false;
    parser->at += length;
    return true;
}

static Number parse_sum(Parser *parser);

static Number parse_parenthesised(Parser *parser)
{
    if (!take(parser, "(")) return fail(parser, "expected '(' after sqrt");
    Number number = parse_sum(parser);
    if (!take(parser, ")")) return fail(parser, "expected ')'");
    return number;
}

static Number parse_primary(Parser *parser)
{
    char next = peek(parser);
    if (is_digit(next) || (next == '.' && is_digit(parser->at[1]))) return number_decimal(&parser->at);
    if (next == '(') return parse_parenthesised(parser);
    if (!take(parser, "sqrt")) return fail(parser, "expected a number, '(' or sqrt");
    Number square = parse_parenthesised(parser);
    return square.value < 0 ? fail(parser, "square root of a negative number") : number_sqrt(square);
}

static Number parse_signed(Parser *parser)
{
    bool negative = false;
    if (++parser->depth > DEPTH_MOST) return fail(parser, "nested too deeply");
    for (char next = peek(parser); next == '-' || next == '+'; next = peek(parser)) {
        if (next == '-') negative = !negative;
        parser->at++;
    }
    Number number = parse_primary(parser);
    if (take(parser, "^") || take(parser, "**")) number = number_power(number, parse_signed(parser));
    parser->depth--;
    return negative ? number_negate(number) : number;
}

static Number parse_product(Parser *parser)
{
    Number number = parse_signed(parser);
    while (!parser->message) {
        if (take(parser, "*")) {
            number = number_multiply(number, parse_signed(parser));
        } else if (take(parser, "/")) {
            Number divisor = parse_signed(parser);
            if (divisor.value == 0 && !parser->message) return fail(parser, "division by zero");
            number = number_divide(number, divisor);
        } else {
            break;
        }
    }
    return number;
}

static Number parse_sum(Parser *parser)
{
    Number number = parse_product(parser);
    while (!parser->message) {
        if (take(parser, "+"))
            number = number_add(number, parse_product(parser));
        else if (take(parser, "-"))
            number = number_subtract(number, parse_product(parser));
        else
            break;
    }
    return number;
}

bool number_parse(Number *number, const char *text, const char **message)
{
    Parser parser = { .at = text };
    Number result = parse_sum(&parser);
    if (peek(&parser)) fail(&parser, "unexpected text after the number");
    if (!number_is_finite(result)) fail(&parser, "the number is not finite");
    if (message) *message = parser.message;
    if (!parser.message) *number = result;
    return !parser.message;
}
