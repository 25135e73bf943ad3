#!/bin/sh
# SPDX-License-Identifier: MIT
# Generation takes time as the problem has work: four times the states, no more than
# eight times the time (sixteen were quadratic), and 10 000 in less than 3 s. The
# problems: a ring of neighbours in a vector, states of their own names, an irregular
# sparse system with a parameter for each state, a mean field, equations as text with
# an observable for each. Processor time, the best of a few measurements.
: "${srcdir:?run me by make check}" "${CUBIE_GEN:?}"
. "$srcdir/tests/tap.sh"
tap_folder

# problem KIND STATES: its text.
problem() {
    awk -v kind="$1" -v n="$2" '
        function other(i) { return (i * 7919 + 13) % n + 1 }
        BEGIN {
            printf "problem \"%s\"\nlocal n = %d\n", kind, n
            if (kind == "ring") {
                print "parameters { F = 8 }\nstates { x = vector(n, function(i) return i == 5 and F + 0.01 or F end) }"
                print "for i = 1, n do\n  ddt.x[i] = (x[i % n + 1] - x[(i - 3) % n + 1]) * x[(i - 2) % n + 1] - x[i] + F\nend"
            } else if (kind == "named") {
                print "parameters { k = 2 }\nstates {"
                for (i = 1; i <= n; i++) printf "  cell%d = %d,\n", i, i
                print "}"
                for (i = 1; i <= n; i++) printf "ddt.cell%d = k * (cell%d - cell%d) - cell%d^3\n", i, other(i), i, i
            } else if (kind == "sparse") {
                print "parameters {"
                for (i = 1; i <= n; i++) printf "  k%d = %d,\n", i, i
                print "}\nstates { x = vector(n, 1) }"
                for (i = 1; i <= n; i++) printf "ddt.x[%d] = k%d * x[%d] * x[%d] - exp(2 * k%d)\n", i, i, other(i), other(3 * i), i
            } else if (kind == "field") {
                print "parameters { K = 2 }\nstates { x = vector(n, function(i) return i / n end) }\nlocal s = 0"
                print "for i = 1, n do s = s + sin(x[i]) end\nfor i = 1, n do ddt.x[i] = i / n + K / n * s * cos(x[i]) end"
            } else {
                print "parameters { k = 2 }\nstates {"
                for (i = 1; i <= n; i++) printf "  s%d = %d,\n", i, i
                print "}\nequations [["
                for (i = 1; i <= n; i++) printf "r%d = k * s%d\nds%d = r%d - r%d\n", i, i, i, other(i), i
                print "]]\nfor i = 1, n do observe[\"o\" .. i] = t + i end"
            }
        }'
}

# hundredths FILE: of a second of processor time that its project takes, the better of two.
hundredths() {
    for _ in 1 2; do
        sh -c "'$CUBIE_GEN' -o project $1; times" | sed -n '2s/^\([0-9]*\)m\([0-9.]*\)s.*/\1 \2/p'
    done | awk '{ time = 100 * (60 * $1 + $2); if (NR == 1 || time < best) best = time } END { printf "%d", best }'
}

# The small size is one that the clock resolves; machines differ.
small=2500
if test "$CUBIE_SANITIZERS" = yes; then limit=3000; else limit=300; fi
for kind in ring named sparse field text; do
    problem $kind $small >small.lua
    problem $kind $((4 * small)) >large.lua
    for _ in 1 2 3; do
        short=$(hundredths small.lua) long=$(hundredths large.lua)
        test "$long" -lt $((8 * (short + 1))) && break
    done
    tap_diag "$kind: $small states ${short}0 ms, $((4 * small)) states ${long}0 ms"
    tap_ok "$kind: four times the states take less than eight times the time" test "$long" -lt $((8 * (short + 1)))
    tap_ok "$kind: and less than the limit" test "$long" -lt "$limit"
done
tap_done
