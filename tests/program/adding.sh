#!/bin/sh
# SPDX-License-Identifier: MIT
# What README says of adding things: a tableau and a controller are one file and
# one word of lua/local.mk each, a setting is one record of lua/settings.lua. They
# are added to a copy of the tree, which is built, and a problem uses them.
: "${srcdir:?run me by make check}" "${builddir:?}"
. "$srcdir/tests/tap.sh"

if ! command -v autoreconf >/dev/null; then
    tap_skip "a tableau, a controller and a setting are added" "there is no autoreconf"
    tap_done
fi
tap_folder
mkdir tree build

copy() {
    MAKEFLAGS='' make -s -C "$builddir" print-distributed | sort -u >list
    while read -r file; do
        test -f "$srcdir/$file" || continue
        mkdir -p "tree/$(dirname "$file")" && cp -p "$srcdir/$file" "tree/$file" || return 1
    done <list
    test -s tree/lua/local.mk
}
tap_ok "the tree is copied" copy

cat >tree/lua/tableau/ralston-21.lua <<'END'
-- SPDX-License-Identifier: MIT
-- Source: A. Ralston, Runge-Kutta methods with minimum error bounds, Math. Comp. 16 (1962) 431-437.
tableau "ralston-21" {
  title = "Ralston 2(1)",
  reference = "A. Ralston, Runge-Kutta methods with minimum error bounds, Math. Comp. 16 (1962) 431-437",
  family = "erk",
  order = 2, embedded_order = 1,
  c = { "0", "2/3" },
  a = { {}, { "2/3" } },
  b = { "1/4", "3/4" },
  embedded = { "1", "0" },
}
END
cat >tree/lua/controller/half.lua <<'END'
-- SPDX-License-Identifier: MIT
controller "half" {
  title = "half of the integral controller",
  reference = "none: a test",
  adaptive = true,
  ki = "0.5", kd = "-0.05", at_most_i = true,
}
END
sed -e 's|^  lua/tableau/heun-21.lua|  lua/tableau/ralston-21.lua \\\n&|' -e 's|^  lua/controller/pi.lua|  lua/controller/half.lua \\\n&|' \
    "$srcdir/lua/local.mk" >tree/lua/local.mk
sed -e 's|^  run { "t0"|  run { "patience", kind = "integer", least = 2, most = 9, initial = "3", unit = "time",\n    help = "a test of the table" },\n&|' \
    "$srcdir/lua/settings.lua" >tree/lua/settings.lua

build() {
    (cd tree && autoreconf -f -i) && cd build && ../tree/configure CC="$CC" CFLAGS=-O0 &&
        make -j2 cubie-gen runtime/libcubie-runtime.a
}
tap_ok "the copy is built" build

CUBIE_GEN=$work/build/cubie-gen
lists() { "$CUBIE_GEN" "--list=$1" | grep -q "$2"; }
tap_ok "--list=algorithms has the tableau" lists algorithms '^ralston-21  *erk  *order 2(1)'
tap_ok "--list=controllers has the controller" lists controllers '^half  *half of the integral controller'
tap_ok "--list=settings has the setting" lists settings '^  patience  *a test of the table \[time\] (default 3)'

cat >decay.lua <<'END'
problem "decay"
states { x = 1 }
ddt.x = -x
solve { algorithm = "ralston-21", controller = "half", rtol = 1e-5, atol = 1e-8, duration = 4, patience = 4 }
END
refused() {
    "$CUBIE_GEN" decay.lua "$1" 2>err
    test $? -eq 1 && test "$(cat err)" = "cubie-gen: error: $2"
}
tap_ok "the generator checks the setting" refused patience=10 "patience = 10 is out of range; it must be from 2 to 9"

made() {
    "$CUBIE_GEN" decay.lua &&
        PKG_CONFIG_PATH=$work/build/runtime make -s -C decay TARGET=cpu CXX="${CXX:-c++}" CXXFLAGS=-O0 >log 2>&1 || { cat log; return 1; }
}
tap_ok "a project with them is built" made
says() {
    decay/decay -q "$1" -o - >out 2>err
    test $? -eq 1 && test "$(cat err)" = "decay: error: $2"
}
tap_ok "its program checks the setting, too" says --patience=1.5 "patience=1.5 is no whole number; it must be from 2 to 9"
described() { decay/decay --describe --patience=3 | grep -qx '  patience  *3' && decay/decay --help | grep -q 'a test of the table (default: 4)'; }
tap_ok "describes it and has its default" described
close() {
    decay/decay -q -o - >out && tail -n 1 out | awk -F, '{ d = $3 - 0.018315638888734179; exit !(d < 1e-4 && d > -1e-4) }'
}
tap_ok "and integrates by the tableau and the controller" close
tap_done
