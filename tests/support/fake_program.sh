# SPDX-License-Identifier: MIT
# shellcheck shell=sh
# For tests of the runtime library by the program of fake_problem.c; sourced after
# tap.sh. It goes to a folder that is gone when the test ends.
: "${builddir:=.}"
program=${FAKE_PROGRAM:-$builddir/tests/runtime/fake_program}
case $program in /*) ;; *) program=$PWD/$program ;; esac
tap_folder

# run ARGUMENT...: leaves out, err and $status.
run() {
    "$program" "$@" >out 2>err
    status=$?
}

# No file is left that is not whole.
none_left() { test -z "$(ls ./*.partial ./*.lock 2>/dev/null)"; }
