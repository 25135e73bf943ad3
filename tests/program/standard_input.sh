#!/bin/sh
# SPDX-License-Identifier: MIT
# A problem from standard input is what it is from a file, and its modules are
# those beside the working directory.
: "${srcdir:?run me by make check}" "${CUBIE_GEN:?}"
. "$srcdir/tests/tap.sh"

tap_folder
cat >lib.lua <<'END'
return { rate = 3 }
END
cat >problem.lua <<'END'
problem "std"
local lib = require "lib"
states { x = 1 }
ddt.x = -lib.rate * x
END

generates() { "$CUBIE_GEN" -o "$1" "$2" <"$3"; }
tap_ok "a file" generates from_file problem.lua /dev/null
tap_ok "standard input" generates from_input - problem.lua
same() {
    sed 's/<stdin>/problem.lua/' from_input/std.cu | cmp - from_file/std.cu &&
        sed 's/^PROBLEM := -$/PROBLEM := problem.lua/' from_input/Makefile | cmp - from_file/Makefile
}
tap_ok "the same project" same
checks() { "$CUBIE_GEN" --check -o from_input - <problem.lua; }
tap_ok "--check reads it, too" checks

says() {
    said=$("$CUBIE_GEN" - "$@" 2>&1)
    status=$?
    test "$status" -eq 1 && test "$said" = "$expected" && return
    printf 'status %s: %s\n' "$status" "$said"
    return 1
}
mistaken() { printf 'problem "std"\nstates { x = 1 }\nddt.x = ln(x)\n' | says; }
expected="<stdin>:3: error: unknown name 'ln'; write log(x)"
tap_ok "mistakes have lines" mistaken
wide() { printf '\377\376p\000' | says; }
expected="<stdin>: error: cannot be read: it is UTF-16; save it as UTF-8"
tap_ok "UTF-16 is named" wide
busy() { printf 'problem "std"\nlocal s = ("a"):rep(200):find(("a-"):rep(30) .. "b")\n' | says script_seconds=0.1; }
expected="<stdin>:2: error: stopped after 0.1 seconds of processor time (script_seconds=N on the command line allows more)"
tap_ok "a pattern without end" busy

bare() { printf 'return buffers { { "a", size = 3 } }\n' | "$CUBIE_GEN" --layout=json - | grep -q '"stdin"'; }
tap_ok "a bare buffer spec" bare
tap_done
