#!/bin/sh
# SPDX-License-Identifier: MIT
# Every problem of problems/: it is generated without a word, builds for the CPU, and
# all runs of its sweep come to an end. Then what is known of single ones.
: "${srcdir:?run me by make check}" "${CUBIE_GEN:?}"
. "$srcdir/tests/tap.sh"

tap_folder

# Sanitized vectors, and functions that are inlined, take minutes to compile; tests/device/target_cpu.sh has those.
flags="-O3 -march=native" lanes=
test "$CUBIE_SANITIZERS" = yes && flags="-O1 -DCUBIE_DEBUG" lanes=1

# silently COMMAND...: it succeeds and prints nothing.
silently() {
    said=$("$@" 2>&1) && test -z "$said" && return
    printf '%s\n' "$said"
    return 1
}

# program NAME ARGUMENT...: runs it; the rows go to NAME.csv.
program() {
    name=$1
    shift
    "cpu/$name/$name" -o "$name.csv" --strict --no-progress "$@"
}

# column NAME COLUMN: its values in NAME.csv, one a line.
column() {
    awk -F, -v wanted="$2" '
        NR == 1 { for (i = 1; i <= NF; i++) if ($i == wanted) c = i; if (!c) exit 1; next }
        { print $c }' "$1.csv"
}

# near A B TOLERANCE
near() {
    awk -v a="$1" -v b="$2" -v t="$3" 'BEGIN { d = a - b; if (d < 0) d = -d; if (!(d <= t)) { print a, b; exit 1 } }'
}

# near_in NAME COLUMN VALUE TOLERANCE: of the only row.
near_in() {
    near "$(column "$1" "$2")" "$3" "$4"
}

mkdir cpu
for file in "$srcdir"/problems/*.lua; do
    name=$(basename "$file" .lua)
    tap_ok "$name is generated" silently "$CUBIE_GEN" -o "cpu/$name" "$file"
    tap_ok "$name builds for the CPU" silently make -s -C "cpu/$name" TARGET=cpu CXXFLAGS="$flags" LANES=$lanes
    tap_ok "$name: all runs of its sweep end well" program "$name"
    tap_ok "$name: and hold numbers" sh -c "! grep -qi nan $name.csv"
done

# Defaults of the method: the program shows them, and what is given wins.
tap_ok "lorenz: tsit5's own default is shown" sh -c "cpu/lorenz/lorenz --describe | grep -qx '  step_tolerance  0.15'"
program lorenz rho=20:28:5
cp lorenz.csv steps.csv
program lorenz rho=20:28:5 --step-tolerance=1 --rtol=1.5e-7 --atol=1.5e-7
tap_ok "lorenz: steps keep to that part of the tolerances" cmp steps.csv lorenz.csv
program lorenz rho=20:28:5 --step-tolerance=1
tap_ok "lorenz: and to all of them when asked to" sh -c "! cmp -s steps.csv lorenz.csv"
# given SETTING...: of step_tolerance and safety, where dop853 is generated with other values than the table's.
given() {
    "$CUBIE_GEN" -o given "$srcdir/problems/lorenz.lua" algorithm=dop853 "$@" &&
        awk -F '"' '$2 == "step_tolerance" || $2 == "safety" { if ($4) printf "%s=%s ", $2, $4 }' given/lorenz.cu
}
tap_ok "dop853: both of its defaults" test "$(given)" = "step_tolerance=0.15 safety=0.75 "
tap_ok "dop853: the user's safety" test "$(given safety=0.8)" = "step_tolerance=0.15 safety=0.8 "
tap_ok "dop853: the user's, which is that of other methods" test "$(given safety=0.9)" = "step_tolerance=0.15 "
program arenstorf
tap_ok "arenstorf is back after the period: x" near_in arenstorf x 0.994 1e-4
tap_ok "arenstorf is back after the period: y" near_in arenstorf y 0 1e-4
jacobi=$(column arenstorf jacobi)
program arenstorf --duration=1
tap_ok "arenstorf keeps Jacobi's constant" near_in arenstorf jacobi "$jacobi" 1e-7

program lotka_volterra alpha=2 gamma=1 --duration=20
late=$(column lotka_volterra invariant)
program lotka_volterra alpha=2 gamma=1 --duration=0.01
tap_ok "lotka_volterra keeps its invariant" near_in lotka_volterra invariant "$late" 1e-3

program hodgkin_huxley I_ext=0
tap_ok "hodgkin_huxley stays at rest" near_in hodgkin_huxley v -65 0.01
program hodgkin_huxley I_ext=0 v=-40 --duration=1e-9
tap_ok "hodgkin_huxley: alpha_m has no hole at -40 mV" near_in hodgkin_huxley v -40 1e-6
program hodgkin_huxley I_ext=0 v=-55 --duration=1e-9
tap_ok "hodgkin_huxley: alpha_n has no hole at -55 mV" near_in hodgkin_huxley v -55 1e-6

# The last two upstrokes through 0 mV, and the extremes: table 5 of the paper.
program fabbri_san g_f=0.00427 --settle=2 --duration=1.7 --save-every=0.001
column fabbri_san V | awk '
    NR == 1 { low = high = $1 }
    NR > 1 && v < 0 && $1 >= 0 { cycle = NR - $1 / ($1 - v) - up; up += cycle }
    { v = $1; if (v < low) low = v; if (v > high) high = v }
    END { print cycle / 1000, low, high }' >beat
read -r cycle low high <beat
tap_ok "fabbri_san beats every 0.814 s" near "$cycle" 0.814 2e-3
tap_ok "fabbri_san: its maximum diastolic potential is -58.9 mV" near "$low" -58.9 0.05
tap_ok "fabbri_san: its overshoot is 26.4 mV" near "$high" 26.4 0.05
for hole in -41 -6.8 0; do
    program fabbri_san g_f=0.00427 V=$hole --duration=1e-9
    tap_ok "fabbri_san: its rates and fluxes have no hole at $hole mV" near_in fabbri_san V $hole 1e-3
done

program izhikevich d=8 I=0 --duration=2000
tap_ok "izhikevich comes to rest at -70 mV" near_in izhikevich v -70 1e-3

tap_done
