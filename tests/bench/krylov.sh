#!/bin/sh
# SPDX-License-Identifier: MIT
# What iterations instead of LU change in the end states of stiff problems, run by run.
#
#   tests/bench/krylov.sh CUBIE-GEN [PROBLEM]...
#
# CUBIE-GEN is the built program, PKG_CONFIG_PATH names the folder of cubie-runtime.pc. Each problem
# runs its own sweep at rtol = 1e-6 with LU, with bicgstab at the defaults, and with LU again after rtol
# has changed in its seventh digit. For each a row: the largest difference from LU of any state, in
# tolerances (median of the runs, 99 %, most), how many runs differ by more than one, and how many fail.
# Steps that are taken or not, iterations that end or go on are discontinuous in the last digit, and
# problems such as relaxation oscillations amplify what follows: the last rows tell by how much.
# METHODS="rodas5p ..." restricts the methods; CXX: compiler.
set -eu
generator=$(realpath "$1")
shift
here=$(cd "$(dirname "$0")" && pwd)
srcdir=$(cd "$here/../.." && pwd)
. "$srcdir/tests/support/stiff.sh"
problems=${*:-robertson oregonator van_der_pol_stiff hires pollution e5 brusselator}
methods=${METHODS:-rodas5p kvaerno5 radau-iia-5}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

# build PROBLEM METHOD SOLVER: ./SOLVER/PROBLEM
build() {
    rm -rf "$3"
    "$generator" -o "$3" "$srcdir/problems/$1.lua" algorithm="$2" linear_solver="$3" >build.log 2>&1
    make -s -C "$3" TARGET=cpu CXX="${CXX:-g++}" CXXFLAGS="-O1 -march=native -DCUBIE_DEBUG" >>build.log 2>&1 || { cat build.log; exit 1; }
}

# end PROGRAM RTOL FILE
end() {
    "$1" --rtol="$2" -o "$3" --no-progress 2>log
}

# differences WANTED SEEN: of each run that both have.
differences() {
    awk -F '[, ]' '
        function size(x) { return x < 0 ? -x : x }
        FILENAME == "atol" { gsub(/\[/, "_", $1); gsub(/\]/, "", $1); atol[$1] = $2; next }
        $1 == "run" { for (i = 1; i <= NF; i++) name[i] = $i; next }
        FILENAME == wanted { row[$1] = $0; next }
        $NF == 0 {
            split(row[$1], value, ","); most = 0
            for (i = 1; i <= NF; i++) if (name[i] in atol) {
                off = size($i - value[i]) / (atol[name[i]] + 1e-6 * size(value[i]))
                if (off > most) most = off
            }
            printf "%.17g\n", most
        }' wanted="$1" atol "$1" "$2" | sort -g
}

# report TITLE FILE
report() {
    differences lu.csv "$2" | awk -v title="$1" -v runs="$(awk 'END { print NR - 1 }' "$2")" '
        { off[NR] = $1; over += $1 > 1 }
        END { printf "  %-22s %10.2g %10.2g %10.2g %6d %6d\n", title, off[int((NR + 1) / 2)], off[int(NR * .99)], off[NR], over, runs - NR }'
}

echo "                             median       99 %       most over 1 failed"
for problem in $problems; do
    for method in $methods; do
        echo "$problem, $method"
        build "$problem" "$method" lu
        build "$problem" "$method" bicgstab
        stiff_atols "./lu/$problem" >atol
        end "./lu/$problem" 1e-6 lu.csv
        end "./bicgstab/$problem" 1e-6 bicgstab.csv
        report "bicgstab" bicgstab.csv
        for rtol in 1.0000002e-6 0.9999998e-6 1.0000003e-6; do
            end "./lu/$problem" $rtol again.csv
            report "lu, rtol $rtol" again.csv
        done
    done
done
