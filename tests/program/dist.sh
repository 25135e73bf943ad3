#!/bin/sh
# SPDX-License-Identifier: MIT
# The lists of local.mk are complete: every file of the repository is distributed.
: "${srcdir:?run me by make check}" "${builddir:?}"
. "$srcdir/tests/tap.sh"

if [ "$(git -C "$srcdir" rev-parse --show-toplevel 2>/dev/null)" != "$(cd "$srcdir" && pwd -P)" ]; then
    tap_skip "every file is distributed" "$srcdir is no git checkout"
    tap_done
fi

work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT

# .ci and .gitignore serve the repository alone.
git -C "$srcdir" ls-files | grep -v -e '^\.ci/' -e '^\.gitignore$' | sort >"$work/tracked"
MAKEFLAGS='' make -s -C "$builddir" print-distributed | sort -u >"$work/distributed"

tap_ok "files are distributed" test -s "$work/distributed"
for file in $(comm -23 "$work/tracked" "$work/distributed"); do
    tap_ok "$file is in its directory's local.mk" false
done
tap_ok "every file of the repository is distributed" \
    sh -c "test -z \"\$(comm -23 '$work/tracked' '$work/distributed')\""
tap_done
