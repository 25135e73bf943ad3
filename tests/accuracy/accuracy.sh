#!/bin/sh
# SPDX-License-Identifier: MIT
# The end states of all non-stiff reference problems (tests/problems/reference.csv)
# with three methods and the default settings: the error, relative to 1 + |y|, is below
# 100 times the tolerance. The orbits of detest_nd1, detest_nd2 and pleiades amplify
# early errors 58 to 114 times, so that steps have to keep to less than the tolerance
# (step_tolerance of the tableaux; at 33 tolerances each from 1/sqrt(2) to sqrt(2) times
# these, the worst error is 76; vern7, which needs no less than the tolerance, has 61).
: "${srcdir:?run me by make check}" "${CUBIE_GEN:?}"
. "$srcdir/tests/tap.sh"

tap_folder

# One run at a time compiles fastest.
options="CXXFLAGS='-O0 -DCUBIE_DEBUG -march=native' LANES=1"

reference=$srcdir/tests/problems/reference.csv

# within ERROR TOLERANCE: the error is a number below 100 tolerances.
within() {
    awk -v e="$1" -v t="$2" 'BEGIN { exit !(e ~ /^[0-9]/ && e < 100 * t) }'
}

# fixed PROBLEM: the parameters of the reference that the problem's own sweep varies.
fixed() {
    case $1 in
    */lorenz) echo rho=28 ;;
    */van_der_pol) echo mu=1 ;;
    */lotka_volterra) echo alpha=2 gamma=1 ;;
    esac
}

# largest ROWS WANTED TIME: the largest error at TIME, relative to 1 + |y|, of the
# one row of ROWS. Fails unless all states are there as numbers.
largest() {
    awk -F, -v t="$3" '
        FNR == NR { if ($2 == t) wanted[$3] = $4; next }
        FNR == 1 { for (i = 1; i <= NF; i++) name[i] = $i; next }
        {
            for (i = 1; i <= NF; i++) if (name[i] in wanted) {
                y = wanted[name[i]]; error = $i - y; seen++
                if ($i !~ /^-?[0-9]/) { print "not a number: " $i; exit 1 }
                if (error < 0) error = -error
                error /= 1 + (y < 0 ? -y : y)
                if (error > largest) largest = error
            }
        }
        END {
            for (s in wanted) states++
            if (seen != states) { print seen + 0 " of " states " states found"; exit 1 }
            print largest + 0
        }' "$2" "$1"
}

# check_end TIME TOLERANCE: of the project.
check_end() {
    rm -f rows.csv
    # shellcheck disable=SC2046 # a list of values
    "project/$name" $(fixed "$problem") -o rows.csv --quiet --strict --duration="$1" --rtol="$2" --atol="$2" >log 2>&1
    error=$(largest rows.csv wanted "$1" 2>&1) || error="none: $error $(cat log)"
    tap_ok "$what, tolerance $2, t = $1: the error is $error" within "$error" "$2"
}

# compared TOLERANCE: "same", or "other" when other states come out of steps that
# have the whole tolerance.
compared() {
    "project/$name" -o part.csv --quiet --strict --rtol="$1" --atol="$1" 2>log &&
        "project/$name" -o whole.csv --quiet --strict --rtol="$1" --atol="$1" --step-tolerance=1 2>log &&
        if cmp -s part.csv whole.csv; then echo same; else echo other; fi
}

# check PROBLEM ALGORITHM PRECISION TOLERANCE...
check() {
    problem=$1 name=$(basename "$1") algorithm=$2 precision=$3
    shift 3
    what="$name $algorithm $precision"
    # The columns of u[1], u[2].. are called u_1, u_2..
    grep "^$problem.lua," "$reference" | sed 's/\(,[a-z]*\)\[\([0-9]*\)\]/\1_\2/' >wanted
    if ! built=$("$CUBIE_GEN" -o project "$srcdir/$problem.lua" algorithm="$algorithm" precision="$precision" 2>&1 &&
        eval "make -s -C project TARGET=cpu $options" 2>&1); then
        tap_ok "$what builds" false
        tap_diag "$built"
        return
    fi
    for tolerance; do
        # shellcheck disable=SC2013 # words
        for time in $(cut -d, -f2 wanted | sort -u -g); do
            check_end "$time" "$tolerance"
        done
    done
    if test "$what" = "lorenz tsit5 float32"; then
        tap_ok "$what: a step keeps to a part of the tolerance" test "$(compared 1e-4)" = other
        tap_ok "$what: but not to less than float32 resolves" test "$(compared 4e-7)" = same
    fi
    rm -rf project
}

# shellcheck disable=SC2013 # words
for problem in $(sed -n 's/^\([a-z].*\)\.lua,.*/\1/p' "$reference" | sort -u); do
    for algorithm in tsit5 vern7 dop853; do
        check "$problem" "$algorithm" float64 1e-6 1e-10
        check "$problem" "$algorithm" float32 1e-4
    done
done

tap_done
