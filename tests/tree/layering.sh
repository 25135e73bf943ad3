#!/bin/sh
# SPDX-License-Identifier: MIT
# Who may include whom. A folder of gen/ includes only folders above it in the list
# below, and itself; plan and script see all. In runtime/ the input knows nothing of the
# output, which labels what comes out by what went in; the device headers read from
# number/ over the integrators to host/, and device.hpp names them all; headers of C
# include none of C++.
# The generator knows of the runtime headers of C below cubie/ alone, and the runtime of
# the generator what serves both: base/ and rule/.
: "${srcdir:?run me by make check}"
. "$srcdir/tests/tap.sh"
cd "$srcdir" || exit 1

# What is still to be mended: "FILE includes FOLDER". May only become shorter.
exceptions='
'

# Of the files that are named: lines of "FILE includes PATH" for files of ours.
includes() {
    grep -HE '^ *# *include ' "$@" | sed -n 's/^\([^:]*\): *# *include ["<]\([a-z_0-9/]*\.[a-z]*\)[">].*/\1 includes \2/p'
}

# none WHAT: no line of `found` breaks the rule.
none() {
    tap_ok "$1" test ! -s "$work/found" || tap_diag "$(cat "$work/found")"
}

folders="base rule expr method layout system model code solver part plan script"
tap_ok "the folders of gen/ are those of the list" \
    test "$(echo "$folders" | tr ' ' '\n' | sort)" = "$(cd gen && ls -d */ | tr -d / | sort)"

work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
# shellcheck disable=SC2046 # names of ours have no blanks
includes $(find gen -name '*.[ch]' | sort) >"$work/gen"
tap_ok "includes are found" test "$(grep -c . "$work/gen")" -gt 100

# "FILE includes FOLDER" where that comes after the file's own folder in the list.
awk -v list="$folders" '
    BEGIN { count = split(list, name); for (i = 1; i <= count; i++) place[name[i]] = i }
    {
        split($1, from, "/"); split($3, to, "/")
        if (!(from[2] in place) || !(to[1] in place)) next # gen/main.c and its neighbours; standard headers
        if (from[2] == "plan" || from[2] == "script" || place[to[1]] <= place[from[2]]) next
        print $1, "includes", to[1]
    }' "$work/gen" | sort -u >"$work/broken"
echo "$exceptions" | grep . | sort -u >"$work/known"
comm -23 "$work/broken" "$work/known" >"$work/found"
none "a folder of gen/ includes only those above it"
comm -13 "$work/broken" "$work/known" >"$work/mended"
tap_diag "$(grep -c . "$work/broken") exceptions are left, $(grep -c . "$work/mended") lines of the list are mended: $(tr '\n' ';' <"$work/mended")"
awk '$3 ~ /^(script|plan)\// && $1 ~ /^gen\/[a-z]*\// && $1 !~ /^gen\/(script|plan)\//' "$work/gen" >"$work/found"
none "nothing but main, its neighbours and plan sees the script"
grep -lE '^ *# *include <(lua|lauxlib|lualib)\.h>' $(find gen -name '*.[ch]') | grep -v '^gen/script/' >"$work/found"
none "script alone sees Lua"

# The generated text names device.hpp, as a text.
awk '$3 ~ /^cubie\// && $3 !~ /\.h$/' "$work/gen" >"$work/found"
none "gen/ includes no device header"

# shellcheck disable=SC2046
includes $(find runtime -name '*.[ch]' -o -name '*.hpp' -o -name '*.inc' | sort) >"$work/runtime"
awk -v list="$folders" '
    BEGIN { count = split(list, name); for (i = 3; i <= count; i++) is[name[i]] = 1 }
    { split($3, to, "/") } $3 ~ /\// && to[1] in is' "$work/runtime" >"$work/found"
none "runtime/ includes nothing of gen/ but base/ and rule/"
awk '$1 ~ /^runtime\/input\// && $3 ~ /^output\//' "$work/runtime" >"$work/found"
none "the input of the runtime knows nothing of the output"
awk '$1 ~ /^runtime\/(number|pool|report|status|tally)\.[ch]$/ && $3 ~ /^(input|output)\//' "$work/runtime" >"$work/found"
none "what all of the runtime stands on includes neither"
awk '$1 !~ /^runtime\/include\// && $3 ~ /\.hpp$/' "$work/runtime" >"$work/found"
none "the library includes no device header"
awk '$1 ~ /^runtime\/include\/.*\.h$/ && $3 ~ /^cubie\// && $3 !~ /\.h$/' "$work/runtime" >"$work/found"
none "headers of C include none of C++"
awk '$1 ~ /\/cubie\/number\// && $3 ~ /^cubie\// && $3 !~ /^cubie\/number\//' "$work/runtime" >"$work/found"
none "number/ includes itself alone"
awk '$1 ~ /\/cubie\/[a-z_]*\.hpp$/ && $1 !~ /\/device\.hpp$/ && $3 ~ /^cubie\/host\//' "$work/runtime" >"$work/found"
none "of the integrators' headers device.hpp alone includes host/"
tap_done
