/* SPDX-License-Identifier: MIT */
/* Functions of the generator that the runtime library holds, too: what both read,
 * they read by the same code. In the library their names begin with cubie_ like
 * all others, so that they stay out of the way of the programs that use it. */
#ifndef CUBIE_SHARED_NAMES_H
#define CUBIE_SHARED_NAMES_H

#define number_integer cubie_number_integer
#define number_ratio cubie_number_ratio
#define number_double cubie_number_double
#define number_real cubie_number_real
#define number_parse cubie_number_parse
#define number_parse_at cubie_number_parse_at
#define number_negate cubie_number_negate
#define number_add cubie_number_add
#define number_subtract cubie_number_subtract
#define number_multiply cubie_number_multiply
#define number_divide cubie_number_divide
#define number_power cubie_number_power
#define number_sqrt cubie_number_sqrt
#define number_is_finite cubie_number_is_finite
#define number_is_integer cubie_number_is_integer
#define number_is cubie_number_is
#define number_equal cubie_number_equal
#define number_compare cubie_number_compare
#define number_to_double cubie_number_to_double
#define number_fits cubie_number_fits
#define number_wide_ratio cubie_number_wide_ratio
#define number_decimal cubie_number_decimal
#define number_shortest cubie_number_shortest
#define number_to_float cubie_number_to_float
#define grid_count cubie_grid_count
#define piece_of cubie_piece_of
#define piece_next cubie_piece_next
#define real_read cubie_real_read
#define real_read_plain cubie_real_read_plain
#define real_fits cubie_real_fits
#define real_read_whole cubie_real_read_whole
#define real_shown cubie_real_shown
#define setting_read cubie_setting_read
#define setting_contradicts cubie_setting_contradicts
#define tolerances_read cubie_tolerances_read
#define values_read cubie_values_read
#define values_are_instants cubie_values_are_instants
#define values_item cubie_values_item

#endif
