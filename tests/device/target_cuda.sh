# SPDX-License-Identifier: MIT
# The CUDA target with the problem of target_run.hpp: what nvcc makes of it
# and, where there is a device, the checks of target.cpp.
. "$srcdir/tests/tap.sh"

if test -z "$NVCC"; then
    tap_skip "the CUDA target" "no nvcc"
    tap_done
fi
dir=$(mktemp -d) || exit 99
trap 'rm -rf "$dir"' EXIT

compile() { # OUTPUT FLAG...
    output=$1
    shift
    $NVCC -std=c++17 -O3 -fmad=false "$@" -I"$srcdir/runtime/include" -I"$srcdir/tests" -x cu "$srcdir/tests/device/target.cpp" \
        -o "$dir/$output" > "$dir/log" 2>&1
    status=$?
    cat "$dir/log"
    return $status
}

quiet() {
    ! grep -i warning "$dir/log"
}

# ptxas says for each kernel: N bytes stack frame, N bytes spill stores, N bytes spill loads
in_registers() {
    grep -q "spill" "$dir/log" && ! grep "spill" "$dir/log" | grep -v " 0 bytes stack frame, 0 bytes spill stores, 0 bytes spill loads"
}

no_double() {
    ! grep -n "\.f64" "$dir/float32.ptx"
}

build_and_run() { # WHAT FLAG...
    what=$1
    shift
    tap_ok "$what: compiles" compile program -Xptxas -v "$@" || return
    tap_ok "$what: without warnings" quiet
    tap_ok "$what: in registers" in_registers
    "$dir/program" > "$dir/output" 2>&1
    status=$?
    if test $status -eq 0 && grep -q "# SKIP" "$dir/output"; then
        tap_skip "$what: all checks" "no CUDA device here"
    else
        tap_ok "$what: all checks" sh -c "cat '$dir/output'; exit $status"
    fi
}

fast="-ftz=true -prec-div=false -prec-sqrt=false"
build_and_run "float64"
build_and_run "float64, shared slab" -DDECAY_SHARED=1
build_and_run "float64, fixed steps" -DDECAY_FIXED=1
# shellcheck disable=SC2086
build_and_run "float32" -DCUBIE_PRECISION=32 $fast
# shellcheck disable=SC2086
tap_ok "float32: PTX" compile float32.ptx -ptx -DCUBIE_PRECISION=32 $fast && tap_ok "float32: no float64 instruction" no_double

tap_done
