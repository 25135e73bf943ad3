/* SPDX-License-Identifier: MIT */
/* Long lines of generated text. */
#ifndef CODE_WRAP_H
#define CODE_WRAP_H

#include "base/text.h"

/* Adds a line of code, indented by so many columns, and its end. Where it is longer than
 * `width` it goes on after a comma or before an operator, deeper by a level; a
 * comment at its end then stands above it, and comments go on between words. A string
 * is cut in two only where it alone is too long, a line of the preprocessor never. */
void wrap_add(Text *text, int indent, const char *line, int width);

#endif
