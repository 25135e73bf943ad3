#!/bin/sh
# SPDX-License-Identifier: MIT
# What `make install` puts where, and that pkg-config says all that compiling
# and linking against the runtime takes, installed and in the build tree.
: "${srcdir:?run me by make check}" "${builddir:?}" "${CC:?}"
. "$srcdir/tests/tap.sh"

work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
prefix=$work/usr

MAKEFLAGS='' make -s -C "$builddir" install prefix="$prefix" >"$work/log" 2>&1
tap_ok "make install" test $? -eq 0 || tap_diag "$(tail -n 20 "$work/log")"

tap_ok "the generator is installed" test -x "$prefix/bin/cubie-gen"
tap_ok "the manual is installed" grep -q CUBIE "$prefix/share/man/man1/cubie-gen.1"
tap_ok "the runtime library is installed" test -f "$prefix/lib/libcubie-runtime.a"
tap_ok "the problems are installed" test -f "$prefix/share/cubie-gen/problems/lorenz.lua"
tap_ok "all headers of the runtime are installed" \
    diff -r "$srcdir/runtime/include/cubie" "$prefix/include/cubie"
tap_ok "no header depends on how the runtime was configured" \
    sh -c "! grep -r -e 'config\.h' -e CUBIE_HAVE_ '$prefix/include/cubie'"

# pkg_config installed|uninstalled OPTION...
pkg_config() {
    kind=$1
    shift
    if [ "$kind" = installed ]; then
        PKG_CONFIG_PATH=$prefix/lib/pkgconfig:$PKG_CONFIG_PATH PKG_CONFIG_DISABLE_UNINSTALLED=1 \
            pkg-config --define-variable=prefix="$prefix" "$@" cubie-runtime
    else
        PKG_CONFIG_PATH=$builddir/runtime:$PKG_CONFIG_PATH pkg-config "$@" cubie-runtime
    fi
}

echo '#include "cubie/problem.h"' >"$work/header.c"
echo 'int main(void) { return 0; }' >>"$work/header.c"
for kind in installed uninstalled; do
    cflags=$(pkg_config "$kind" --cflags)
    libs=$(pkg_config "$kind" --libs)
    # shellcheck disable=SC2086 # lists of options
    tap_ok "$kind: a C program compiles" $CC -std=c11 $cflags -c "$work/header.c" -o "$work/header.o"
    archive=$(test "$kind" = installed && echo "$prefix/lib/libcubie-runtime.a" || echo "$builddir/runtime/libcubie-runtime.a")
    # shellcheck disable=SC2086
    tap_ok "$kind: every function of the library finds what it calls" \
        $CC -o "$work/header" "$work/header.o" -Wl,--whole-archive "$archive" -Wl,--no-whole-archive $libs
    tap_ok "$kind: the program runs" "$work/header"
done
tap_ok "installed: the version is that of the generator" \
    sh -c "'$prefix/bin/cubie-gen' --version | grep -qwF '$(pkg_config installed --modversion)'"

# A project made, built and run with nothing but what is installed.
cd "$work" || exit 1
cp "$prefix/share/cubie-gen/problems/lorenz.lua" .
tap_ok "the installed generator writes a project" "$prefix/bin/cubie-gen" lorenz.lua
PKG_CONFIG_PATH=$work/pkgconfig:$PKG_CONFIG_PATH
export PKG_CONFIG_PATH PKG_CONFIG_DISABLE_UNINSTALLED=1
mkdir pkgconfig && sed "s|^prefix=.*|prefix=$prefix|" "$prefix/lib/pkgconfig/cubie-runtime.pc" >pkgconfig/cubie-runtime.pc
tap_ok "the project builds with the installed runtime" env MAKEFLAGS= make -s -C lorenz TARGET=cpu
tap_ok "its program runs" ./lorenz/lorenz rho=0:21:8 -o out.csv --quiet --no-progress
tap_ok "and writes a row for each run" test "$(grep -c . out.csv)" -eq 9

MAKEFLAGS='' make -s -C "$builddir" uninstall prefix="$prefix" >"$work/log" 2>&1
tap_ok "make uninstall leaves no file" sh -c "test -z \"\$(find '$prefix' -type f)\""
tap_done
