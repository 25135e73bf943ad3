#!/bin/sh
# SPDX-License-Identifier: MIT
# Names of the runtime library: all of them begin with cubie_, those of the rules
# that it shares with the generator, too (runtime/shared_names.h).
: "${srcdir:?run me by make check}" "${builddir:?}"
. "$srcdir/tests/tap.sh"

if ! command -v nm >/dev/null; then
    tap_skip "names begin with cubie_" "there is no nm"
    tap_done
fi
tap_folder
nm -g --defined-only "$builddir/runtime/libcubie-runtime.a" | awk 'NF == 3 { print $3 }' | grep -v '^__' >names
tap_ok "the library has names" grep -qx cubie_values_read names
others() { ! grep -v '^cubie_' names; }
tap_ok "all begin with cubie_" others
tap_done
