# SPDX-License-Identifier: MIT
# cubie/sweep.h under nvcc: no float64 in the float32 functions, and, where
# there is a device, the bits of the host.
. "$srcdir/tests/tap.sh"

if test -z "$NVCC"; then
    tap_skip "values of sweeps on a device" "no nvcc"
    tap_done
fi
dir=$(mktemp -d) || exit 99
trap 'rm -rf "$dir"' EXIT
fast="-ftz=true -prec-div=false -prec-sqrt=false"
source=$srcdir/tests/device/runtime_device.cu

compile() { # OUTPUT FLAG...
    output=$1
    shift
    $NVCC -std=c++17 "$@" -I"$srcdir/runtime/include" -I"$srcdir/tests" "$source" -o "$dir/$output"
}

no_double() {
    ! sed -n '/entry.*CubieColumn32/,/^}/p' "$dir/ptx" | grep '\.f64'
}

# shellcheck disable=SC2086
tap_ok "PTX of the kernels" compile ptx -ptx $fast && tap_ok "float32 values take no float64 instruction" no_double

for flags in "" "$fast"; do
    # shellcheck disable=SC2086
    tap_ok "compiles${flags:+ with $flags}" compile program $flags || continue
    "$dir/program" >"$dir/output" 2>&1
    status=$?
    if grep -q "# SKIP" "$dir/output"; then
        tap_skip "the bits of the host${flags:+ with $flags}" "no CUDA device here"
    else
        tap_ok "the bits of the host${flags:+ with $flags}" sh -c "cat '$dir/output'; exit $status"
    fi
done
tap_done
