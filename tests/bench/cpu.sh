#!/bin/sh
# SPDX-License-Identifier: MIT
# Speed of the CPU target: the same generated text with one lane and with
# vectors, and a scalar program written by hand, taking turns on one core.
#
#   tests/bench/cpu.sh CUBIE-GEN [ROUNDS]
#
# CUBIE-GEN is the built program, PKG_CONFIG_PATH names the folder of cubie-runtime.pc. Lorenz, Tsit5,
# I controller, tolerance 1e-6, end states. Prints nanoseconds per attempt, the best of all rounds, and
# how many times faster than one lane that is. CXX, CC: compilers; CORE: the core to run on.
set -eu
generator=$(realpath "$1")
rounds=${2:-10}
here=$(cd "$(dirname "$0")" && pwd)
problems=$(cd "$here/../../problems" && pwd)
CC=${CC:-gcc} CXX=${CXX:-g++} core=${CORE:-0} runs=1024
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

has() { grep -qw "$1" /proc/cpuinfo; }

# build PRECISION NAME ARCH [LANES]: ./PRECISION-NAME
build() {
    make -s -C "$1" clean
    make -s -C "$1" TARGET=cpu CXX="$CXX" CXXFLAGS="-O3 -march=$3" LANES="${4-}" library
    # shellcheck disable=SC2046
    "$CXX" kernel.o "$1/liblorenz.a" -o "$1-$2" -pthread $(pkg-config --libs cubie-runtime) -lmvec -lm
    programs="$programs $1-$2"
}

programs=
# shellcheck disable=SC2046
"$CC" -O2 -DPROBLEM=lorenz_problem $(pkg-config --cflags cubie-runtime) -c "$here/kernel.c" -o kernel.o
for precision in float64 float32; do
    type=float
    if [ $precision = float64 ]; then type=double; fi
    "$CC" -std=c11 -D_GNU_SOURCE -O3 -march=native -DREAL=$type "$here/scalar.c" -o $precision-scalar -lm
    programs="$programs $precision-scalar"
    "$generator" "$problems/lorenz.lua" -o $precision controller=i precision=$precision
    build $precision 1-lane native 1
    build $precision SSE2 x86-64
    if has avx2 && has fma; then build $precision AVX2 haswell; fi
    if has avx512f && has avx512vl && has avx512dq; then build $precision AVX-512 skylake-avx512; fi
done

# Milliseconds and attempts per run of one program: short enough to be left alone on a busy machine.
measure() {
    case $1 in
    *-scalar) taskset -c "$core" "./$1" --runs=$runs --repeats=12 ;;
    *) taskset -c "$core" "./$1" rho lin 0 21 $runs --repeats=12 ;;
    esac
}
round=0
while [ $round -lt "$rounds" ]; do
    for program in $programs; do
        echo "$program $(measure "$program")"
    done
    round=$((round + 1))
done | awk -v runs=$runs '
{
    ns = $2 * 1e6 / runs / $4
    if (!($1 in best)) order[++count] = $1
    if (!($1 in best) || ns < best[$1]) best[$1] = ns
    attempts[$1] = $4
}
END {
    printf "%-18s %12s %14s %12s\n", "", "ns/attempt", "attempts/run", "times 1 lane"
    for (i = 1; i <= count; i++) {
        name = order[i]
        base = substr(name, 1, 7) "-1-lane"
        printf "%-18s %12.2f %14.1f %12.2f\n", name, best[name], attempts[name], best[base] / best[name]
    }
}'
