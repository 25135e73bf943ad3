#!/bin/sh
# SPDX-License-Identifier: MIT
# Speed on a GPU: generated kernels beside hand-written ones in one run.
#
#   tests/bench/gpu.sh CUBIE-GEN LIMIT.cu [OUT]
#
# CUBIE-GEN is the built program, PKG_CONFIG_PATH names the folder of cubie-runtime.pc, LIMIT.cu the
# program with the hand-written kernels. Prints a table; logs go to OUT (default: the current folder).
set -eu
. "$(dirname "$0")/build.sh"

run() {
    name=$1
    shift
    printf '%-16s %-60s' "$name" "$*"
    "./$name/kernel" "$@"
}

if [ -z "${NO_LIMIT-}" ]; then nvcc -O3 -arch="$arch" "$limit" -o limit 2>"$out/limit-build.log"; fi
for p in 32 64; do
    build "rk4_$p" lorenz algorithm=rk4 precision=float$p &
    build "tsit5_$p" lorenz controller=i precision=float$p &
    build "pi_$p" lorenz precision=float$p &
    build "vdp_$p" van_der_pol controller=i precision=float$p &
    wait
done
for p in 32 64; do
    for name in rk4 tsit5 pi vdp; do registers "${name}_$p"; done
done
if [ -z "${NO_LIMIT-}" ]; then
    echo "--- hand-written"
    ./limit | tee "$out/limit.txt"
fi
echo "--- generated"
for p in 32 64; do
    run "rk4_$p" rho lin 0 21 4194304 --duration=1 --dt=1e-3
    if [ $p = 32 ]; then tols="1e-4 1e-6" vdp=1e-5; else tols="1e-6 1e-8" vdp=1e-6; fi
    for tol in $tols; do
        run "tsit5_$p" rho lin 0 21 4194304 --tol=$tol
        run "tsit5_$p" rho lin 0 21 4194304 --tol=$tol --shuffle
        run "pi_$p" rho lin 0 21 4194304 --tol=$tol
    done
    run "vdp_$p" mu log 0.1 100 1048576 --duration=20 --tol=$vdp
    run "vdp_$p" mu log 0.1 100 1048576 --duration=20 --tol=$vdp --shuffle
done
