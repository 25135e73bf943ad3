#!/bin/sh
# SPDX-License-Identifier: MIT
# Generated projects are what tests/golden/ holds, to the byte: what a change does to
# the product is seen, and read, before it is committed. With --update (make
# update-golden) they are written instead.
: "${srcdir:?run me by make check}" "${CUBIE_GEN:?}"

golden=$srcdir/tests/golden

# projects: lines of folder, problem and settings.
projects() {
    grep -v '^#' "$golden/list"
}

# generate OPTION FOLDER PROBLEM SETTING...
generate() {
    option=$1 folder=$2 problem=$3
    shift 3
    "$CUBIE_GEN" $option -o "$golden/$folder" "$srcdir/problems/$problem.lua" "$@"
}

if test "$1" = --update; then
    projects | while read -r project; do
        # shellcheck disable=SC2086 # words
        generate "" $project || exit 1
    done
    exit
fi

. "$srcdir/tests/tap.sh"
while read -r project; do
    # shellcheck disable=SC2086
    tap_ok "$project" generate --check $project
done <<END
$(projects)
END
tap_ok "no other folders" test "$(projects | wc -l)" -eq "$(find "$golden" -mindepth 1 -type d | wc -l)"
tap_done
