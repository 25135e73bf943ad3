#!/bin/sh
# SPDX-License-Identifier: MIT
# The tree is in the style of .clang-format. Versions of clang-format differ in what
# they make of it, so only the one of Debian 12 is asked. Files say their licence and
# end in a line break.
: "${srcdir:?run me by make check}" "${builddir:?}"
. "$srcdir/tests/tap.sh"
wanted=14

work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
cd "$srcdir" || exit 1
MAKEFLAGS='' make -s -C "$builddir" print-distributed | sort -u | while read -r file; do
    if test -f "$file"; then echo "$file"; fi
done >"$work/files"
# Goldens are printed, not written; embedded files are printed by the build.
grep -E '\.(c|h|cpp|hpp|cu|inc)$' "$work/files" | grep -v '^tests/golden/' >"$work/sources"
tap_ok "sources are found" test "$(grep -c . "$work/sources")" -gt 200

version=$(clang-format --version 2>/dev/null | sed -n 's/.*version \([0-9]*\)\..*/\1/p')
if [ "$version" != "$wanted" ]; then
    tap_skip "sources are formatted" "clang-format is ${version:-missing}${version:+ (version)}; version $wanted is wanted"
else
    xargs clang-format --dry-run <"$work/sources" >"$work/said" 2>&1
    grep 'Wclang-format-violations' "$work/said" | cut -d: -f1 | sort -u >"$work/others"
    while read -r file; do tap_diag "clang-format -i $file"; done <"$work/others"
    tap_ok "sources are formatted" test ! -s "$work/others"
fi

# In the first line, or in the second one after "#!". Problems are for users to copy.
grep -E '\.(c|h|cpp|hpp|cu|inc|sh|lua|mk)$' "$work/files" |
    grep -v -e '^build-aux/tap-driver' -e '^tests/golden/.*/' -e '^tests/errors/' -e '^\(tests/\)\{0,1\}problems/.*lua$' \
        -e '^tests/support/.*lua$' >"$work/licensed"
while read -r file; do
    head -n 2 "$file" | grep -q 'SPDX-License-Identifier: MIT' || echo "$file"
done <"$work/licensed" >"$work/without"
tap_ok "files say their licence" test ! -s "$work/without" || tap_diag "$(cat "$work/without")"

xargs wc -l <"$work/sources" | awk '$2 != "total" && $1 >= 400 { print $2 ": " $1 " lines" }' >"$work/long"
tap_diag "files of 400 lines and more: $(tr '\n' ';' <"$work/long")"
while read -r file; do
    test -z "$(tail -c 1 "$file")" || echo "$file"
done <"$work/sources" >"$work/ends"
tap_ok "sources end in a line break" test ! -s "$work/ends" || tap_diag "$(cat "$work/ends")"
tap_done
