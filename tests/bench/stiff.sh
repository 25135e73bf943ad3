#!/bin/sh
# SPDX-License-Identifier: MIT
# Stiff problems on a GPU: generated kernels beside a hand-written one in one run.
#
#   tests/bench/stiff.sh CUBIE-GEN POLLUTION.cu [OUT]
#
# CUBIE-GEN is the built program, PKG_CONFIG_PATH names the folder of cubie-runtime.pc, POLLUTION.cu the program
# with the hand-written kernels (Rodas3, pollution, 131072 runs, k1 from 0.035 to 3.5, T = 60). Prints registers and
# spills, then time, attempts and the median error at the end against rodas5p at 1e-10; logs go to OUT.
# A name that ends in 32 has float32 factors, in s the stages in shared memory.
# METHODS="rodas3 rodas5p ..." restricts the methods; BUILD_ONLY=1 stops before anything runs.
set -eu
. "$(dirname "$0")/build.sh"

pollution() {
    name=$1 tol=$2
    shift 2
    printf '%-14s rtol %-6s' "$name" "$tol"
    "./$name/kernel" k1 log 0.035 3.5 131072 --duration=60 --tol="$tol" --atol="$(awk "BEGIN { print $tol * 1e-3 }")" "$@" | tr '\n' ' '
    echo
}

robertson() {
    name=$1 tol=$2
    printf '%-14s rtol %-6s' "$name" "$tol"
    "./$name/kernel" k1 log 0.004 0.4 1048576 --duration=1e4 --tol="$tol" --atol="$(awk "BEGIN { print $tol * 1e-4 }")"
}

methods=${METHODS:-rodas3 ros34pw2 rodas3p rodas4p rodas5p kvaerno5 radau-iia-5}
nvcc -O3 -arch="$arch" "$limit" -o limit 2>"$out/pollution-build.log" &
build reference pollution algorithm=rodas5p &
for method in $methods; do
    build "$method" pollution algorithm="$method" &
    build "$method-32" pollution algorithm="$method" lu_precision=float32 &
    case $method in
    ro*)
        build "$method-s" pollution algorithm="$method" stage_store_location=shared &
        build "$method-32s" pollution algorithm="$method" lu_precision=float32 stage_store_location=shared &
        ;;
    esac
    wait
done
build rob-rodas5p robertson algorithm=rodas5p &
build rob-ode23s robertson algorithm=rosenbrock23 &
wait
echo "--- registers and spills"
for build in "$out"/build-*.log; do
    name=${build##*/build-}
    registers "${name%.log}"
done
if [ -n "${BUILD_ONLY-}" ]; then exit 0; fi
echo "--- hand-written"
./limit | tee "$out/pollution.txt"
echo "--- generated: pollution"
pollution reference 1e-10 --repeats=1 --write=reference.bin
for method in $methods; do
    for name in "$method" "$method-32" "$method-s" "$method-32s"; do
        [ -x "$name/kernel" ] || continue
        for tol in 1e-2 1e-3 1e-4 3e-5 1e-5 3e-6 1e-6 1e-7; do pollution "$name" "$tol" --reference=reference.bin; done
    done
done
echo "--- generated: robertson, 2^20 runs, T = 1e4"
robertson rob-rodas5p 1e-6
robertson rob-ode23s 1e-4
