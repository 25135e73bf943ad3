# SPDX-License-Identifier: MIT
# The CPU target's numbers (tests/device/lanes.cpp) in both precisions, for all widths,
# with the vector math library and without, and for the vectors of older processors.
. "$srcdir/tests/tap.sh"

dir=$(mktemp -d) || exit 99
trap 'rm -rf "$dir"' EXIT
flags="-std=c++17 -O2 -ffp-contract=off -fno-math-errno -fno-trapping-math -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion -Wno-unused-function -Wno-psabi -Werror"
mvec=
if echo 'int main(){}' | $CC -x c - -lmvec -o "$dir/empty" 2>/dev/null; then mvec=-lmvec; fi

# check WHAT FLAG...
check() {
    what=$1
    shift
    # shellcheck disable=SC2086
    tap_ok "$what: compiles without warnings" \
        $CXX $flags "$@" -I"$srcdir/runtime/include" -I"$srcdir/tests" "$srcdir/tests/device/lanes.cpp" -o "$dir/lanes" -pthread $mvec -lm || return 0
    tap_ok "$what: all checks" "$dir/lanes"
}

has() { grep -qw "$1" /proc/cpuinfo 2>/dev/null; }

for precision in 64 32; do
    p=-DCUBIE_PRECISION=$precision
    for lanes in 1 2 4 8 16; do
        check "float$precision, lanes $lanes" $p -DCUBIE_LANES=$lanes -march=native
    done
    check "float$precision, widest, no vector library, nothing fused" $p -march=native -DCUBIE_NO_LIBMVEC -DCUBIE_NO_FMA
    if has avx2 && has fma; then
        check "float$precision, AVX2" $p -march=haswell
        check "float$precision, AVX2, no vector library" $p -march=haswell -DCUBIE_NO_LIBMVEC
    else
        tap_skip "float$precision, AVX2" "this processor has none"
    fi
    check "float$precision, no options" $p
    check "float$precision, not optimised" $p -march=native -O0
    if test "$CUBIE_SANITIZERS" = yes; then
        check "float$precision, sanitizers" $p -march=native -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all
    fi
done
tap_done
