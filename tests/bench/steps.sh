#!/bin/sh
# SPDX-License-Identifier: MIT
# Steps of implicit methods on the stiff reference problems, beside those of standard codes
# at the same error.
#
#   tests/bench/steps.sh CUBIE-GEN [METHOD]...
#
# CUBIE-GEN is the built program, PKG_CONFIG_PATH names the folder of cubie-runtime.pc. For each
# problem, method and rtol, with atol to scale: attempts (accepted and rejected) until the last
# time of the reference, Newton iterations, and the geometric mean of the errors at all its times
# (tests/support/stiff.sh). Then what a code of the same method (RADAU5, RODAS: steps.csv) and
# CVODE, with another one, need for that error, and the ratio of attempts, ours to theirs. All settings
# are the defaults (rodas4p and kvaerno5 have a step_tolerance of their own): it is the error that makes
# work equal. CXX: compiler.
set -eu
generator=$(realpath "$1")
shift
here=$(cd "$(dirname "$0")" && pwd)
srcdir=$(cd "$here/../.." && pwd)
. "$srcdir/tests/support/stiff.sh"
methods=${*:-rodas4p radau-iia-5 rodas5p kvaerno5 l-stable-sdirk-4 radau-iia-9}
problems="robertson hires van_der_pol_stiff oregonator pollution e5"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

# code METHOD: that has the same method.
code() {
    case $1 in
    rodas4p) echo rodas ;;
    radau-iia-5) echo radau5 ;;
    *) echo none ;;
    esac
}

# counted: steps, rejected, Newton iterations (or 0) of the last run in the log.
counted() {
    awk '$1 == "steps" { steps = $2; for (i = 3; i < NF; i++) if ($(i + 1) == "rejected") rejected = $i }
        $1 == "counts" && $3 == "newton" { newton = $2 }
        END { print steps + 0, rejected + 0, newton + 0 }' log
}

# beside PROBLEM METHOD: reads rtol, steps, rejected, iterations, error; adds the codes. Attempts
# of a code at an error: a line through log attempts over log error, fitted to the rows that are
# near (weights exp(-(d/0.8)^2), with d the distance in decades): errors scatter.
beside() {
    awk -v problem="$1" -v method="$2" -v code="$(code "$2")" '
        function attempts(name, error,   i, d, w, sum, x, y, xx, xy, at) {
            sum = x = y = xx = xy = 0; at = log(error)
            if (!(name in least) || at < least[name] - 0.7 || at > most[name] + 0.7) return 0
            for (i = 1; i <= rows[name]; i++) {
                d = (log_error[name, i] - at) / log(10) / 0.8; w = exp(-d * d)
                sum += w; x += w * log_error[name, i]; y += w * log_attempts[name, i]
            }
            x /= sum; y /= sum
            for (i = 1; i <= rows[name]; i++) {
                d = (log_error[name, i] - at) / log(10) / 0.8; w = exp(-d * d)
                xx += w * (log_error[name, i] - x) ^ 2
                xy += w * (log_error[name, i] - x) * (log_attempts[name, i] - y)
            }
            return exp(y + xy / xx * (at - x))
        }
        function ratio(ours, theirs) {
            return theirs ? sprintf("%7.0f %6.2f", theirs, ours / theirs) : sprintf("%7s %6s", "-", "-")
        }
        FILENAME != "-" {
            split($0, field, ",")
            if (field[1] != problem) next
            i = ++rows[field[2]]; e = log(field[6])
            log_attempts[field[2], i] = log(field[4] + field[5]); log_error[field[2], i] = e
            if (i == 1 || e < least[field[2]]) least[field[2]] = e
            if (i == 1 || e > most[field[2]]) most[field[2]] = e
            next
        }
        { printf "%-18s %-16s %6s %7d %6d %8d %9.1e  %s  %s\n", problem, method, $1, $2, $3, $4, $5,
              ratio($2 + $3, attempts(code, $5)), ratio($2 + $3, attempts("cvode", $5)) }' "$here/steps.csv" -
}

# mean: of the rows of stiff_errors.
mean() {
    awk '{ sum += log($2 > 1e-16 ? $2 : 1e-16) } END { printf "%.3e\n", exp(sum / NR) }'
}

printf '%-18s %-16s %6s %7s %6s %8s %9s  %14s  %14s\n' problem method rtol steps rej. Newton error 'same method' CVODE
for method in $methods; do
    for problem in $problems; do
        "$generator" "$srcdir/problems/$problem.lua" -o project algorithm="$method"
        make -s -C project TARGET=cpu CXX="${CXX:-g++}" CXXFLAGS=-O1 LANES=1
        stiff_begin "problems/$problem" "project/$problem"
        for rtol in 1e-3 1e-4 1e-5 1e-6 1e-7 1e-8; do
            if errors=$(stiff_errors $rtol); then echo "$rtol $(counted) $(echo "$errors" | mean)"
            else echo "$rtol failed: $errors" >&2; fi
        done | beside "$problem" "$method"
        rm -rf project
    done
done
