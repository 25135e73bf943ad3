#!/bin/sh
# SPDX-License-Identifier: MIT
# A project depends on the problem and its settings alone: the same bytes
# wherever and whenever it is generated, nothing in it of the machine, and no
# file touched that stays the same. What --check says about it.
: "${srcdir:?run me by make check}" "${CUBIE_GEN:?}"
. "$srcdir/tests/tap.sh"

work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1

# differently COMMAND...: as another user would, elsewhere and at another time.
differently() {
    env -i PATH="$PATH" HOME=/nowhere USER=somebody LOGNAME=somebody TZ=Asia/Tokyo LANG=de_DE.UTF-8 LC_ALL=de_DE.UTF-8 \
        SOURCE_DATE_EPOCH=1 COLUMNS=20 "$@"
}

mkdir -p here "away/from home"
for file in "$srcdir"/problems/*.lua; do
    name=$(basename "$file" .lua)
    cp "$file" "away/from home"
    "$CUBIE_GEN" -o "here/$name" "$file"
    (cd "away/from home" && differently "$CUBIE_GEN" "$name.lua")
    tap_ok "$name: the same bytes from another place" diff -r -x .origin "here/$name" "away/from home/$name"
    rm -rf again
    "$CUBIE_GEN" -o again "$file"
    tap_ok "$name: the same bytes a second time" diff -r -x .origin "here/$name" again
done

# none_of WORD...: no generated file holds any of them, but .origin, which tells make where things are here.
none_of() {
    for word; do
        if grep -rnF --exclude=.origin -e "$word" here; then return 1; fi
    done
}
tap_ok "no path" none_of "$srcdir" "$work" "$PWD" /tmp/ /home/
tap_ok "no host name" none_of "$(uname -n)"
tap_ok "no date" none_of "$(date +%Y)-" "$(date +%H:%M)"
tap_ok "four files and no other" test "$(ls here/lorenz | tr '\n' ' ')" = "Makefile layout.txt lorenz.cu lorenz.h "

# Generating again: as if all files were old.
cp "$srcdir/problems/lorenz.lua" .
touch -d 2001-02-03 here/lorenz/*
touch stamp
"$CUBIE_GEN" -o here/lorenz lorenz.lua
tap_ok "what has not changed keeps its time, but .origin, by which make knows when this was" test "$(find here/lorenz -type f -newer stamp)" = here/lorenz/.origin
"$CUBIE_GEN" -o here/lorenz lorenz.lua stage_rhs_location=shared
tap_ok "what has changed is new" test "$(find here/lorenz -type f -newer stamp ! -name .origin | LC_ALL=C sort | tr '\n' ' ')" = "here/lorenz/Makefile here/lorenz/layout.txt here/lorenz/lorenz.cu "
"$CUBIE_GEN" -o here/lorenz lorenz.lua
tap_ok "and back" diff -r -x .origin here/lorenz "away/from home/lorenz"

# check WANTED-STATUS WANTED-TEXT ARGUMENT...
check() {
    status=$1 text=$2
    shift 2
    said=$("$CUBIE_GEN" --check "$@" 2>&1)
    seen=$?
    test "$seen" -eq "$status" && test "$said" = "$text" && return
    printf 'status %s: %s\n' "$seen" "$said"
    return 1
}
tap_ok "--check: all as it would be" check 0 "" -o here/lorenz lorenz.lua
tap_ok "--check without -o" sh -c "cd here && '$CUBIE_GEN' --check ../lorenz.lua"
find here/lorenz -type f -exec touch -d 2001-02-03 {} +
line=$(grep -n 'Settings that are not the defaults' here/lorenz/lorenz.cu | cut -d: -f1)
settings=$(grep -n '^SETTINGS' here/lorenz/Makefile | cut -d: -f1)
tap_ok "--check: other settings" check 1 "here/lorenz/lorenz.cu:$line: differs from what would be generated
here/lorenz/Makefile:$settings: differs from what would be generated
here/lorenz/layout.txt:1: differs from what would be generated" -o here/lorenz lorenz.lua state_location=shared
echo "// mine" >>here/lorenz/lorenz.cu
lines=$(wc -l <here/lorenz/lorenz.cu)
tap_ok "--check: a change by hand" check 1 "here/lorenz/lorenz.cu:$lines: differs from what would be generated" \
    -o here/lorenz lorenz.lua
rm here/lorenz/lorenz.h
tap_ok "--check: a file is missing" check 1 "here/lorenz/lorenz.cu:$lines: differs from what would be generated
here/lorenz/lorenz.h: is missing" -o here/lorenz lorenz.lua
tap_ok "--check: a directory is missing" check 1 "none/lorenz.cu: is missing
none/lorenz.h: is missing
none/Makefile: is missing
none/layout.txt: is missing" -o none lorenz.lua
tap_ok "--check makes nothing" test ! -e none
tap_ok "--check writes nothing" test ! -e here/lorenz/lorenz.h
"$CUBIE_GEN" -o here/lorenz lorenz.lua
tap_ok "generating makes it whole" check 0 "" -o here/lorenz lorenz.lua
tap_ok "no file but those four is left" test "$(ls here/lorenz | wc -l)" -eq 4

for name in lorenz lorenz96; do
    before=$(date +%s%N)
    for _ in 1 2 3 4 5; do "$CUBIE_GEN" -o timed "$srcdir/problems/$name.lua"; done
    after=$(date +%s%N)
    tap_diag "$name is generated in $(((after - before) / 5000000)) ms"
    rm -rf timed
done
tap_done
