# SPDX-License-Identifier: MIT
# The convergence of Newton iterations (tests/device/newton.cpp) in both precisions, one run
# a vector and many.
. "$srcdir/tests/tap.sh"

dir=$(mktemp -d) || exit 99
trap 'rm -rf "$dir"' EXIT
flags="-std=c++17 -O1 -march=native -fno-math-errno -fno-trapping-math -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion -Wno-unused-function -Wno-psabi -Werror"
mvec=
if echo 'int main(){}' | $CC -x c - -lmvec -o "$dir/empty" 2>/dev/null; then mvec=-lmvec; fi

for precision in 64 32; do
    for lanes in 1 4 16; do
        what="float$precision, lanes $lanes"
        # shellcheck disable=SC2086
        if tap_ok "$what: compiles without warnings" \
            $CXX $flags -DCUBIE_PRECISION=$precision -DCUBIE_LANES=$lanes -I"$srcdir/runtime/include" -I"$srcdir/tests" \
            "$srcdir/tests/device/newton.cpp" -o "$dir/newton" -pthread $mvec -lm; then
            tap_ok "$what: all checks" "$dir/newton"
        fi
    done
done
tap_done
