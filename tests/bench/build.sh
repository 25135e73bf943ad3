# SPDX-License-Identifier: MIT
# What the GPU benchmarks share; they source it with the arguments CUBIE-GEN LIMIT.cu [OUT].
generator=$(realpath "$1")
limit=$(realpath "$2")
out=$(realpath "${3:-.}")
here=$(cd "$(dirname "$0")" && pwd)
problems=$(cd "$here/../../problems" && pwd)
arch=${ARCH:-native}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

# build NAME PROBLEM SETTINGS...: ./NAME/kernel
build() {
    name=$1 problem=$2
    shift 2
    "$generator" "$problems/$problem.lua" -o "$name" "$@"
    make -s -C "$name" TARGET=cuda ARCH="$arch" NVCCFLAGS="-O3 -Xptxas -v ${EXTRA-}" library >"$out/build-$name.log" 2>&1
    cc -O2 -DPROBLEM="${problem}_problem" $(pkg-config --cflags cubie-runtime) -c "$here/kernel.c" -o "$name/kernel.o"
    nvcc "$name/kernel.o" "$name/lib$problem.a" $(pkg-config --libs cubie-runtime | sed 's/-pthread//g') \
        -o "$name/kernel" >>"$out/build-$name.log" 2>&1
    cuobjdump -sass "$name/lib$problem.a" >"$out/$name.sass" 2>/dev/null || true
}

# registers NAME: of its kernel that saves the end only.
registers() {
    awk -v name="$1" '/Compiling entry/ { end = /_kernel/ && !/_saving_kernel/ && !/_begin_kernel/ } /bytes stack/ { stack = $0 } /Used/ && end {
        sub(/^ */, "", stack); print "  " name ": " $5 " registers, " stack }' "$out/build-$1.log"
}
