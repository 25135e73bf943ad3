# SPDX-License-Identifier: MIT
# The CPU target with the problem of target_run.hpp: both precisions, one lane
# and vectors, buffers in the shared slab, and two problems in one program.
# What target.cpp checks holds bit for bit in each build, so results depend
# neither on lanes nor on threads.
. "$srcdir/tests/tap.sh"

dir=$(mktemp -d) || exit 99
trap 'rm -rf "$dir"' EXIT
# (lanes without a run hold anything)
flags="-std=c++17 -O3 -march=native -fno-math-errno -fno-trapping-math -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-maybe-uninitialized -Werror"
ASAN_OPTIONS=allocator_may_return_null=1
export ASAN_OPTIONS

compile() { # OUTPUT FLAG...
    output=$1
    shift
    # shellcheck disable=SC2086
    $CXX $flags "$@" -I"$srcdir/runtime/include" -I"$srcdir/tests" -x c++ "$srcdir/tests/device/target.cpp" -o "$dir/$output" -pthread
}

build_and_run() { # WHAT FLAG...
    what=$1
    shift
    tap_ok "$what: compiles without warnings" compile program "$@" && tap_ok "$what: all checks" "$dir/program"
}

build_and_run "float64"
build_and_run "float32" -DCUBIE_PRECISION=32
build_and_run "float64, one lane" -DCUBIE_LANES=1
build_and_run "float32, 4 lanes, shared slab" -DCUBIE_PRECISION=32 -DCUBIE_LANES=4 -DDECAY_SHARED=1
build_and_run "float64, fixed steps" -DDECAY_FIXED=1
if test "$CUBIE_SANITIZERS" = yes; then
    build_and_run "float64, sanitizers" -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all
fi

# Types of the same names, but other contents, in one program.
cat > "$dir/both.cpp" <<'END'
int target64(int, char **);
int target32(int, char **);
int main(int argc, char **argv) { return target64(argc, argv) | target32(argc, argv); }
END
both() {
    compile both64.o -c -Dmain=target64 -Ddecay=decay64 &&
        compile both32.o -c -Dmain=target32 -Ddecay=decay32 -DCUBIE_PRECISION=32 &&
        $CXX "$dir/both.cpp" "$dir/both64.o" "$dir/both32.o" -o "$dir/both" -pthread
}
tap_ok "two problems link into one program" both && tap_ok "two problems in one program: all checks" "$dir/both"

tap_done
