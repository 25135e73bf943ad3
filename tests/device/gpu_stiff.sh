#!/bin/sh
# SPDX-License-Identifier: MIT
# Implicit methods on a GPU: what the CPU gives, to a few tolerances; the same bits wherever
# buffers lie; nothing found by compute-sanitizer; no spills where the problem is small.
# Skipped without a device.
: "${srcdir:?run me by make check}" "${CUBIE_GEN:?}"
. "$srcdir/tests/tap.sh"

if [ -z "$NVCC" ] || ! nvidia-smi -L >/dev/null 2>&1; then
    tap_skip "implicit methods on a GPU" "no nvcc and CUDA device here"
    tap_done
    exit
fi

tap_folder

# project DIRECTORY TARGET PROBLEM SETTINGS...
project() {
    directory=$1 target=$2 problem=$3
    shift 3
    "$CUBIE_GEN" -o "$directory" "$srcdir/problems/$problem.lua" "$@" &&
        make -s -C "$directory" TARGET="$target" NVCC="$NVCC" NVCCFLAGS="-O3 -Xptxas -v" >"$directory.log" 2>&1 ||
        { tail -5 "$directory.log"; return 1; }
}

# compare A.csv B.csv TOLERANCES RTOL ATOL: of the same shape, each number within that many
# tolerances rtol |a| + atol of the other.
compare() {
    awk -F, -v most="$3" -v rtol="$4" -v atol="$5" '
        NR == FNR { for (i = 1; i <= NF; i++) a[FNR, i] = $i; rows = FNR; next }
        FNR == 1 { next }
        { for (i = 1; i <= NF; i++) { x = a[FNR, i]; d = x - $i; if (d < 0) d = -d; if (x < 0) x = -x
              d /= rtol * x + atol; if (!(d <= worst)) worst = d } }
        END { printf "largest difference: %.3g tolerances\n", worst; exit !(FNR == rows && worst <= most) }' "$1" "$2"
}
same() { cmp "$1" "$2"; }

# Rounding decides in a few runs whether a step is taken; those differ by tolerances, not by rounding.
run() { "./$1/$2" "$3" -o "$1.csv" --quiet --strict $4 2>/dev/null; }
for method in rodas5p rodas4p rosenbrock23 kvaerno5 radau-iia-5; do
    for precision in float64 float32; do
        name=$method-$precision
        tap_ok "$name builds for both targets" eval "project cpu-$name cpu pollution algorithm=$method lu_precision=$precision && project gpu-$name cuda pollution algorithm=$method lu_precision=$precision"
        for t in cpu gpu; do run $t-$name pollution k1=geom:0.035:3.5:1000 "--rtol=1e-6 --atol=1e-9"; done
        tap_diag "$name: $(compare cpu-$name.csv gpu-$name.csv 100 1e-6 1e-9)"
        tap_ok "$name: CPU and GPU agree" compare cpu-$name.csv gpu-$name.csv 100 1e-6 1e-9
    done
done

# Wherever buffers lie, the same bits.
for method in rodas4p kvaerno3 radau-iia-3; do
    project "local-$method" cuda robertson algorithm=$method
    run "local-$method" robertson k1=geom:0.004:0.4:500 "--duration=1e4"
    every=
    for buffer in $("$CUBIE_GEN" --layout "$srcdir/problems/robertson.lua" algorithm=$method | awk '/^ +[0-9]+  [a-z_]+$/ { print $2 }'); do
        every="$every ${buffer}_location=shared"
    done
    project "shared-$method" cuda robertson algorithm=$method $every
    run "shared-$method" robertson k1=geom:0.004:0.4:500 "--duration=1e4"
    tap_ok "$method: the same bits with$every" same "local-$method.csv" "shared-$method.csv"
done
project store cuda pollution algorithm=rodas5p stage_store_location=shared
run store pollution k1=geom:0.035:3.5:1000 "--rtol=1e-6 --atol=1e-9"
tap_ok "rodas5p on pollution with stage_store shared: the same bits" same gpu-rodas5p-float64.csv store.csv

# Solvers that iterate, and factors by tables.
tap_ok "bicgstab builds" project krylov cuda pollution algorithm=rodas4p linear_solver=bicgstab preconditioner=jacobi
run krylov pollution k1=geom:0.035:3.5:1000 "--rtol=1e-6 --atol=1e-9"
tap_diag "bicgstab: $(compare gpu-rodas4p-float64.csv krylov.csv 100 1e-6 1e-9)"
tap_ok "bicgstab and lu agree" compare gpu-rodas4p-float64.csv krylov.csv 100 1e-6 1e-9
tap_ok "tables build" project tables cuda pollution algorithm=rodas4p unroll_limit=1
run tables pollution k1=geom:0.035:3.5:1000 "--rtol=1e-6 --atol=1e-9"
tap_ok "tables and straight-line code agree" compare gpu-rodas4p-float64.csv tables.csv 100 1e-6 1e-9

# Runs that end badly end, and alone.
"./local-rodas4p/robertson" k1=0.04,1e300,0.04 -o bad.csv --quiet --duration=10 2>/dev/null
tap_ok "a run that fails is flagged" awk -F, 'NR == 3 { bad = $NF != 0 } NR == 2 || NR == 4 { good += $NF == 0 } END { exit !(bad && good == 2) }' bad.csv

if command -v compute-sanitizer >/dev/null 2>&1; then
    for tool in memcheck racecheck initcheck; do
        for name in local-rodas4p shared-rodas4p shared-kvaerno3 shared-radau-iia-3; do
            tap_ok "$tool finds nothing in $name" compute-sanitizer --tool $tool --error-exitcode 1 \
                "./$name/robertson" k1=geom:0.004:0.4:200 -o checked.csv --quiet --duration=100
        done
        tap_ok "$tool finds nothing in krylov and tables" eval "compute-sanitizer --tool $tool --error-exitcode 1 ./krylov/pollution k1=geom:0.035:3.5:64 -o checked.csv --quiet && compute-sanitizer --tool $tool --error-exitcode 1 ./tables/pollution k1=geom:0.035:3.5:64 -o checked.csv --quiet"
    done
else
    tap_skip "compute-sanitizer" "it is not here"
fi

for method in rodas5p rosenbrock23; do
    project "small-$method" cuda robertson algorithm=$method
    tap_ok "robertson, $method: no spills" sh -c "! grep -E '[1-9][0-9]* bytes spill' small-$method.log"
done
tap_done
