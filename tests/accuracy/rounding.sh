#!/bin/sh
# SPDX-License-Identifier: MIT
# Where rounding of the right-hand side, times h, is more than what Newton iterations are to leave:
# Robertson's reactions until 1e11 at tight tolerances in float64, and until 1e6 in float32. The
# corrections stop shrinking there; the methods go on with steps that their error estimates choose,
# as many as those of rodas5p, which does not iterate, let one expect.
: "${srcdir:?run me by make check}" "${CUBIE_GEN:?}"
. "$srcdir/tests/tap.sh"
. "$srcdir/tests/support/stiff.sh"

tap_folder

# attempts: of the run until the last time.
attempts() {
    awk '$1 == "steps" { steps = $2; for (i = 1; i <= NF; i++) if ($i == "rejected") steps += $(i - 1) } END { print steps + 0 }' log
}

# within ERROR RTOL ATTEMPTS MOST: below 100 rtol, but where rounding of each step adds up to about that.
within() {
    awk -v e="$1" -v t="$2" -v n="$3" -v most="$4" '
        BEGIN { exit !(e ~ /^[0-9]/ && e < (t < 5e-10 ? 300 : 100) * t && n > 0 && n < most) }'
}

# check ALGORITHM PRECISION RTOL MOST
check() {
    what="$1, $2, rtol $3"
    if errors=$(stiff_errors "$3" 2>&1); then
        worst=$(echo "$errors" | sort -g -k 2 | tail -n 1)
        tap_ok "$what: $(attempts) attempts, fewer than $4, and errors of at most ${worst#* } (at t = ${worst% *})" \
            within "${worst#* }" "$3" "$(attempts)" "$4"
    else
        tap_ok "$what: $errors $(tail -n 1 log)" false
    fi
}

# build ALGORITHM PRECISION
build() {
    "$CUBIE_GEN" -o "$1-$2" "$srcdir/problems/robertson.lua" algorithm="$1" precision="$2" >"$1-$2.log" 2>&1 &&
        make -s -C "$1-$2" TARGET=cpu CXXFLAGS="-O1 -DCUBIE_DEBUG -march=native" LANES=1 >>"$1-$2.log" 2>&1
}

# until TIME: only the reference up to then.
until_time() {
    awk -F, -v last="$1" '$2 + 0 <= last' wanted >wanted.new && mv wanted.new wanted
    stiff_times=$(cut -d, -f2 wanted | sort -u -g)
}

# both ALGORITHM MOST-1e-8 MOST-1e-9 MOST-1e-10 MOST-float32
both() {
    for precision in float64 float32; do
        if ! build "$1" $precision; then
            tap_ok "$1, $precision builds" false
            tap_diag "$(cat "$1-$precision.log")"
            continue
        fi
        stiff_begin problems/robertson "$1-$precision/robertson"
        if test $precision = float32; then
            until_time 1e6
            check "$1" $precision 1e-4 "$5"
        else
            check "$1" $precision 1e-8 "$2"
            check "$1" $precision 1e-9 "$3"
            check "$1" $precision 1e-10 "$4"
        fi
    done
}

both kvaerno5 700 1800 8000 450
both kvaerno3 10000 22000 50000 350
both radau-iia-5 1600 2900 5500 100
both radau-iia-9 350 550 1400 80
tap_done
