#!/bin/sh
# SPDX-License-Identifier: MIT
# Where buffers lie changes no bit on a GPU: programs of every method that differ in nothing
# but that are compared, states at the end and at saved instants, in which some runs fail and
# steps are rejected. Shared are all buffers of a method and the loop that have a location of
# their own, every other one, and those between. Skipped without a device.
: "${srcdir:?run me by make check}" "${CUBIE_GEN:?}"
. "$srcdir/tests/tap.sh"

if [ -z "$NVCC" ] || ! nvidia-smi -L >/dev/null 2>&1; then
    tap_skip "where buffers lie, on a GPU" "no nvcc and CUDA device here"
    tap_done
    exit
fi

tap_folder
problem=$srcdir/tests/support/forced.lua

# The local arrays of the memory map whose places are `rest` modulo `step`, as settings.
shared() { # SETTINGS STEP REST
    # shellcheck disable=SC2086
    "$CUBIE_GEN" --layout "$problem" $1 |
        awk -v step="$2" -v rest="$3" '/^ +[0-9]+  [a-z_]+$/ && n++ % step == rest { printf " %s_location=shared", $2 }'
}

methods=$("$CUBIE_GEN" --list=algorithms | awk '{ print $1 }')
adaptive=$("$CUBIE_GEN" --list=algorithms | awk '$4 ~ /\(/ { printf "%s ", $1 }') # those with an error estimate
for method in $methods; do
    case " $adaptive" in
    *" $method "*) settings="algorithm=$method dt=0.5" ;;
    *) settings="algorithm=$method controller=fixed dt=0.01" ;;
    esac
    # shellcheck disable=SC2046,SC2086
    for places in local all even odd; do
        case $places in
        local) locations= ;;
        all) locations=$(shared "$settings" 1 0) ;;
        even) locations=$(shared "$settings" 2 0) ;;
        odd) locations=$(shared "$settings" 2 1) ;;
        esac
        "$CUBIE_GEN" -o "$method-$places" "$problem" $settings $locations
    done
done
printf '%s\n' *-local *-all *-even *-odd | xargs -P "$(nproc)" -I{} make -s -C {} TARGET=cuda NVCC="$NVCC" >build.log 2>&1

run() {
    "./$1/forced" rho=20:40:500 --duration=7 -o "$1.end.csv" --quiet &&
        "./$1/forced" rho=20:40:500 force=0,1e300 --duration=7 --t0=1 --settle=0.3 --save-every=0.037 -o "$1.saved.csv" --quiet
    [ -s "$1.end.csv" ] && [ -s "$1.saved.csv" ]
}
same() { run "$1" && cmp "$2.end.csv" "$1.end.csv" && cmp "$2.saved.csv" "$1.saved.csv"; }
for method in $methods; do
    tap_ok "$method: runs" run "$method-local"
    for places in all even odd; do
        tap_ok "$method: the same bits with $places of its local arrays shared" same "$method-$places" "$method-local"
    done
done
tap_done
