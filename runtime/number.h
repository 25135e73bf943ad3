/* SPDX-License-Identifier: MIT */
/* Numbers as users read them. (How they are written: rule/real.h.) */
#ifndef CUBIE_NUMBER_H
#define CUBIE_NUMBER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The shortest decimal that reads back as the same number (now and then one
 * digit more). Writes at most CUBIE_NUMBER_SIZE bytes without a terminator and
 * returns how many. NaN is "NaN", infinities "Inf" and "-Inf". */
enum { CUBIE_NUMBER_SIZE = 32 };
size_t cubie_number_write(char *out, double value);
size_t cubie_number_write_f32(char *out, float value);
size_t cubie_number_write_whole(char *out, uint64_t value);

/* The same as a string, for messages. */
typedef struct NumberText {
    char text[CUBIE_NUMBER_SIZE + 1];
} NumberText;
NumberText cubie_number_text(double value);

/* "38.1 MB", in powers of 1000. */
NumberText cubie_number_bytes(double bytes);

#endif
