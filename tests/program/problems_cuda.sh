#!/bin/sh
# SPDX-License-Identifier: MIT
# Every problem of problems/ builds for the GPU where nvcc is.
: "${srcdir:?run me by make check}" "${CUBIE_GEN:?}"
. "$srcdir/tests/tap.sh"

if [ -z "$NVCC" ]; then
    tap_skip "problems build for the GPU" "no nvcc here"
    tap_done
fi
tap_folder
for file in "$srcdir"/problems/*.lua; do
    name=$(basename "$file" .lua)
    "$CUBIE_GEN" -o "$name" "$file"
    tap_ok "$name builds for the GPU" make -s -C "$name" TARGET=cuda NVCC="$NVCC"
    tap_ok "$name: the program tells its inputs" sh -c "'./$name/$name' --describe | grep -q '^$name '"
    rm -r "$name"
done
tap_done
