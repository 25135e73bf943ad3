/* SPDX-License-Identifier: MIT */
/* Exact arithmetic text, "(6 - sqrt(6))/10", read into a Number. Generator and
 * runtime read the numbers that people write with this same code. */
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
    const char *wrong;   /* where it is */
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
    if (!parser->message) {
        parser->message = message;
        parser->wrong = parser->at;
    }
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
    if (!take(parser, "(")) return fail(parser, "expected '(' after the function");
    Number number = parse_sum(parser);
    if (!take(parser, ")")) return fail(parser, "expected ')'");
    return number;
}

/* sqrt is exact where it can be, and is not here. */
static const struct {
    const char *name;
    long double (*apply)(long double);
} functions[] = {
    { "abs", fabsl },  { "acos", acosl }, { "asin", asinl }, { "atan", atanl }, { "cbrt", cbrtl },
    { "cos", cosl },   { "cosh", coshl }, { "exp", expl },   { "log", logl },   { "log10", log10l },
    { "log2", log2l }, { "sin", sinl },   { "sinh", sinhl }, { "tan", tanl },   { "tanh", tanhl },
};

/* Length of the word that begins here. */
static size_t word_length(const char *text)
{
    size_t length = 0;
    while (isalpha((unsigned char)text[length]) || (length && (is_digit(text[length]) || text[length] == '_')))
        length++;
    return length;
}

static Number apply(Parser *parser, const char *word, size_t length)
{
    const char *start = parser->at - length;
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
        if (strlen(functions[i].name) != length || strncmp(word, functions[i].name, length) != 0) continue;
        Number number = number_real(functions[i].apply(parse_parenthesised(parser).value));
        return number_is_finite(number) || parser->message ? number : fail(parser, "the function has no value there");
    }
    parser->at = start;
    return fail(parser, "expected a number, '(', pi or a function like sqrt");
}

static Number parse_word(Parser *parser)
{
    const char *word = parser->at;
    const size_t length = word_length(word);
    parser->at += length;
    if (length == 2 && strncmp(word, "pi", 2) == 0) return number_real(3.14159265358979323846264338327950288L);
    if (length != 4 || strncmp(word, "sqrt", 4) != 0) return apply(parser, word, length);
    Number square = parse_parenthesised(parser);
    return square.value < 0 ? fail(parser, "square root of a negative number") : number_sqrt(square);
}

static Number parse_primary(Parser *parser)
{
    char next = peek(parser);
    if (is_digit(next) || (next == '.' && is_digit(parser->at[1]))) return number_decimal(&parser->at);
    return next == '(' ? parse_parenthesised(parser) : parse_word(parser);
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

bool number_parse_at(Number *number, const char *text, const char **message, size_t *at)
{
    Parser parser = { .at = text };
    Number result = parse_sum(&parser);
    if (peek(&parser)) fail(&parser, "unexpected text after the number");
    if (!number_is_finite(result)) fail(&parser, "the number is not finite");
    *message = parser.message;
    *at = parser.message ? (size_t)(parser.wrong - text) : 0;
    if (!parser.message) *number = result;
    return !parser.message;
}

bool number_parse(Number *number, const char *text, const char **message)
{
    const char *why;
    size_t at;
    const bool good = number_parse_at(number, text, &why, &at);
    if (message) *message = why;
    return good;
}
