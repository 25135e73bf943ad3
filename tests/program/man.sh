#!/bin/sh
# SPDX-License-Identifier: MIT
# The manual page names all there is, and is good roff.
: "${srcdir:?run me by make check}" "${builddir:?}" "${CUBIE_GEN:?}"
. "$srcdir/tests/tap.sh"

work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
page=$work/cubie-gen.1

tap_ok "--man prints a page" sh -c '"$1" --man >"$2"' sh "$CUBIE_GEN" "$page"
tap_ok "the page that make install takes is the same" diff "$builddir/cubie-gen.1" "$page"
cat >"$work/sections" <<'END'
NAME
SYNOPSIS
DESCRIPTION
OPTIONS
PROBLEM FILES
SETTINGS
ALGORITHMS
BUFFERS
EXIT STATUS
FILES
EXAMPLES
SEE ALSO
END
sed -n 's/^\.SH //p' "$page" >"$work/found"
tap_ok "all sections, in order" diff "$work/sections" "$work/found"

# all WHAT COMMAND: every name that COMMAND prints is in the page.
sed 's/\\-/-/g; s/\\f[BR]//g' "$page" >"$work/plain"
all() {
    sh -c "$2" >"$work/names"
    count=$(grep -c . "$work/names")
    missing=
    while read -r name; do
        grep -qwF -e "$name" "$work/plain" || missing="$missing $name"
    done <"$work/names"
    tap_ok "every $1 ($count)" test "$count" -ge "$3" -a -z "$missing" || tap_diag "missing:$missing"
}
all option "'$CUBIE_GEN' --help | grep -o -e '--[a-z]*' | sort -u" 8
all setting "'$CUBIE_GEN' --list=settings | sed -n 's/^  \([a-z0-9_]*\) .*/\1/p'" 30
all algorithm "'$CUBIE_GEN' --list=algorithms | sed 's/ .*//'" 12
all alias "'$CUBIE_GEN' --list=algorithms | sed -n 's/.*\[\(.*\)\]/\1/p' | tr -d ' ' | tr , '\n'" 9
all buffer "'$CUBIE_GEN' --list=buffers | sed 's/ .*//'" 17

if command -v groff >/dev/null; then
    groff -man -Tutf8 -ww -rCHECKSTYLE=3 "$page" >"$work/text" 2>"$work/warnings"
    tap_ok "groff has nothing to say" test ! -s "$work/warnings" || tap_diag "$(head "$work/warnings")"
    tap_ok "and prints it" grep -q 'the derivative of a state' "$work/text"
else
    tap_skip "groff has nothing to say" "no groff here"
fi
tap_done
