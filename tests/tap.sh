# SPDX-License-Identifier: MIT
# shellcheck shell=sh
# TAP for shell tests; sourced, POSIX sh.
#
#   . "$srcdir/tests/tap.sh"
#   tap_ok "the file is there" test -f file
#   tap_skip "the kernel runs" "no GPU here"
#   tap_done
#
# tests/local.mk lists the variables that the test environment sets.

tap_run=0
tap_failed=0

# tap_ok WHAT COMMAND...: one check, passed when COMMAND succeeds; what it
# printed is shown when it failed.
tap_ok() {
    tap_what=$1
    shift
    tap_run=$((tap_run + 1))
    if tap_output=$("$@" 2>&1); then
        echo "ok $tap_run - $tap_what"
        return 0
    fi
    tap_failed=$((tap_failed + 1))
    echo "not ok $tap_run - $tap_what"
    tap_diag "$* failed
$tap_output"
    return 1
}

# tap_skip WHAT WHY: a check that cannot be made here.
tap_skip() {
    tap_run=$((tap_run + 1))
    echo "ok $tap_run - $1 # SKIP $2"
}

# tap_diag TEXT: a remark, of one or more lines.
tap_diag() {
    printf '%s\n' "$1" | sed 's/^/# /'
}

# Makes a folder $work that is gone when the test ends, and goes there. A make
# that the test calls has nothing to do with the one that runs the tests.
tap_folder() {
    work=$(mktemp -d) || exit 1
    trap 'rm -rf "$work"' EXIT
    cd "$work" || exit 1
    MAKEFLAGS=
    export MAKEFLAGS
}

# Prints the plan and ends the test.
tap_done() {
    echo "1..$tap_run"
    test "$tap_failed" -eq 0
    exit
}
