#!/bin/sh
# SPDX-License-Identifier: MIT
# Generated projects on a GPU: the same results as on the CPU to rounding, the
# same bits wherever buffers lie, nothing found by compute-sanitizer, no double
# instruction in float32 kernels, chunks and interrupts. Skipped without a device.
: "${srcdir:?run me by make check}" "${CUBIE_GEN:?}"
. "$srcdir/tests/tap.sh"

if [ -z "$NVCC" ]; then
    tap_skip "generated projects on a GPU" "no nvcc here"
    tap_done
    exit
fi
if ! nvidia-smi -L >/dev/null 2>&1; then
    tap_skip "generated projects on a GPU" "no CUDA device here"
    tap_done
    exit
fi

tap_folder

# project DIRECTORY TARGET PROBLEM SETTINGS...
project() {
    directory=$1 target=$2 problem=$3
    shift 3
    "$CUBIE_GEN" -o "$directory" "$srcdir/problems/$problem.lua" "$@" &&
        make -s -C "$directory" TARGET="$target" NVCC="$NVCC" >"$directory.log" 2>&1 || { tail -5 "$directory.log"; return 1; }
}

# compare A.csv B.csv MOST USUAL: of the same shape, no number differs by more than MOST, relative
# to 1 + its size, and at most one in a hundred by more than USUAL.
compare() {
    awk -F, -v most="$3" -v usual="$4" '
        NR == FNR { for (i = 1; i <= NF; i++) a[FNR, i] = $i; rows = FNR; next }
        FNR == 1 { next }
        { for (i = 1; i <= NF; i++) { x = a[FNR, i]; d = x - $i; if (d < 0) d = -d; if (x < 0) x = -x
              d /= 1 + x; count++; unusual += d > usual; if (!(d <= worst)) worst = d } }
        END { printf "largest difference %.3g, above %s: %d of %d\n", worst, usual, unusual, count
              exit !(FNR == rows && worst <= most && unusual * 100 <= count) }' "$1" "$2"
}

# Fixed steps differ by rounding. So do adaptive ones, but for the rare run in which an error so
# close to the tolerance that rounding decides is accepted on one side only: that one differs by
# a few tolerances. Below rho = 13.9 Lorenz' system does not amplify rounding (homoclinic orbit).
sweep="rho=1:12:2000"
for precision in float64 float32; do
    for algorithm in tsit5 rk4 dop853; do
        [ $algorithm$precision = dop853float32 ] && continue # its steps are so long that rounding shows
        name=${algorithm}_$precision
        settings="algorithm=$algorithm precision=$precision"
        if [ $precision = float64 ]; then rtol=1e-8 usual=1e-11; else rtol=1e-5 usual=2e-5; fi
        most=$(awk -v r=$rtol 'BEGIN { print 100 * r }')
        [ $algorithm = rk4 ] && settings="$settings dt=1e-2" most=$usual rtol=1e-3
        tap_ok "$name builds for both targets" eval "project cpu_$name cpu lorenz $settings && project gpu_$name cuda lorenz $settings"
        for t in cpu gpu; do
            "./${t}_$name/lorenz" $sweep -o ${t}_$name.csv --quiet --strict --save-every=2.5 --rtol=$rtol --atol=$rtol 2>/dev/null
        done
        tap_diag "$name: $(compare cpu_$name.csv gpu_$name.csv $most $usual)"
        tap_ok "$name: CPU and GPU agree to rounding" compare cpu_$name.csv gpu_$name.csv $most $usual
    done
done

# Wherever buffers lie, the same bits.
run_saved() { "./$1/$2" "$3" -o "$1.csv" --quiet --strict --save-every=0.5 --duration=2; }
same() { cmp "$1" "$2"; }
buffers="stage_rhs stage_accumulator state proposed_state parameters error observables saved_state"
project local cuda lorenz && run_saved local lorenz rho=1:21:500
every=
for buffer in $buffers; do
    every="$every ${buffer}_location=shared"
    project "at_$buffer" cuda lorenz ${buffer}_location=shared && run_saved "at_$buffer" lorenz rho=1:21:500
    tap_ok "shared $buffer: the same bits" same local.csv "at_$buffer.csv"
done
project all_shared cuda lorenz $every && run_saved all_shared lorenz rho=1:21:500
tap_ok "everything shared: the same bits" same local.csv all_shared.csv

# 40 states: the shared slabs of a warp take 61 440 bytes.
project wide cuda lorenz96 && run_saved wide lorenz96 F=1:8:100
project wide_shared cuda lorenz96 stage_accumulator_location=shared && run_saved wide_shared lorenz96 F=1:8:100
tap_ok "more than 48 KiB of shared memory a block: the same bits" same wide.csv wide_shared.csv

if command -v compute-sanitizer >/dev/null 2>&1; then
    for tool in memcheck racecheck initcheck; do
        for name in local all_shared; do
            tap_ok "$tool finds nothing in $name" compute-sanitizer --tool $tool --error-exitcode 1 \
                "./$name/lorenz" rho=1:21:300 -o checked.csv --quiet --save-every=0.5 --duration=1
        done
    done
else
    tap_skip "compute-sanitizer" "it is not here"
fi

if command -v cuobjdump >/dev/null 2>&1; then
    cuobjdump -sass gpu_tsit5_float32/lorenz >float32.sass 2>/dev/null
    tap_ok "no double instruction in float32 kernels" sh -c "! grep -E '[[:space:]]D(ADD|MUL|FMA|SETP)' float32.sass"
    tap_ok "registers only: no local memory" sh -c "! grep -E '(LDL|STL)' float32.sass"
else
    tap_skip "instructions of the kernels" "no cuobjdump here"
fi

"./local/lorenz" rho=0:21:5000 -o whole.csv --quiet
"./local/lorenz" rho=0:21:5000 -o pieces.csv --quiet --chunk=777
tap_ok "chunks change nothing" same whole.csv pieces.csv

# Traces: with fixed steps every stage is that of the CPU, to rounding.
traced() { # TARGET
    project "traced_$1" "$1" lorenz trace=true algorithm=rk4 dt=1e-2 &&
        "./traced_$1/lorenz" rho=1:12:2000 --trace-runs=0,777,1999 -o "traced_$1.csv" --quiet --strict --duration=0.5
}
tap_ok "traced programs run on both targets" eval "traced cpu && traced cuda"
tap_diag "traces: $(compare traced_cpu.trace.csv traced_cuda.trace.csv 1e-9 1e-12)"
tap_ok "CPU and GPU record the same stages" compare traced_cpu.trace.csv traced_cuda.trace.csv 1e-9 1e-12
tap_ok "150 attempts of them" test "$(wc -l <traced_cuda.trace.csv)" -eq 151

# SIGTERM, since a shell starts background programs with SIGINT ignored.
timeout --foreground --preserve-status -s TERM -k 60 5 \
    "./local/lorenz" rho=0:21:20000 sigma=1:10:20000 -o long.csv --quiet --duration=1000 --chunk=1000000 2>interrupted.txt
status=$?
tap_ok "an interrupted run ends with status 130" test $status -eq 130
tap_ok "and leaves no file" sh -c "! ls long.csv*"
"./local/lorenz" rho=1 --device=99 -o none.csv 2>device.txt
tap_ok "a device that is not there ends with status 3" test $? -eq 3
tap_ok "and says how many there are" grep -q "device" device.txt
tap_done
