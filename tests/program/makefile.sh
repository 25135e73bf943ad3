#!/bin/sh
# SPDX-License-Identifier: MIT
# What `make` in a project does again, and that it does nothing else: by compiler,
# flags, target, the runtime's headers and library, problem file, modules and
# generator. Paths have blanks, quotes and `$` (that of the runtime blanks alone: it is
# pkg-config's). The compilers are real ones that only preprocess, and write down what
# they were asked for.
: "${srcdir:?run me by make check}" "${builddir:?}" "${CUBIE_GEN:?}" "${CXX:?}"
. "$srcdir/tests/tap.sh"
tap_folder
generator=$CUBIE_GEN real=$CXX
unset CUBIE_GEN CXXFLAGS LANES NVCC TARGET ARCH PKG_CONFIG_DISABLE_UNINSTALLED

place="$work/it's \$HOME #1 (100%)"
runtime="$work/run time"
mkdir -p "$place/tools" "$place/lib" "$runtime"
cd "$place" || exit 1
cp "$generator" tools/cubie-gen
cat >tools/compiler <<END
#!/bin/sh
case " \$* " in
*" --version "*) echo "compiler \$COMPILER_VERSION"; exit ;;
*" -c "*) echo compile >>"$work/done" ;;
*) echo link >>"$work/done" ;;
esac
for word; do test "\$last" = -o && output=\$word; last=\$word; done
case " \$* " in
*" -c "*) exec $real -x c++ -std=c++17 -E -DCUBIE_LANES=1 -I "$runtime/include" -MD -MP -MF ".\$output.d" -MT "\$output" lorenz.cu -o "\$output" ;;
esac
: >"\$output"
END
chmod +x tools/compiler
ln -s compiler tools/another
PATH=$place/tools:$PATH
export PATH COMPILER_VERSION=1

# A runtime of our own, of which headers and library can change.
cp -r "$srcdir/runtime/include" "$runtime"
echo 1 >"$runtime/libcubie-runtime.a"
cat >"$runtime/cubie-runtime.pc" <<'END'
libdir=${pcfiledir}
Name: cubie-runtime
Description: of a test
Version: 0
Cflags: -I"${pcfiledir}/include"
Libs: "${pcfiledir}/libcubie-runtime.a" -lm
END
PKG_CONFIG_PATH=$runtime
export PKG_CONFIG_PATH

# The problem takes its parameters from a module.
file="it's \$x #1.lua"
sed 's/^parameters.*/parameters(require "lib.rates")/' "$srcdir/problems/lorenz.lua" >"$file"
echo 'return { sigma = 10, rho = 28, beta = "8/3" }' >lib/rates.lua

# project ARGUMENT...: make there, with what it did in `done`, in words.
project() {
    rm -f "$work/done"
    make -s -C lorenz TARGET=cpu CXX=compiler CXXFLAGS=-O1 "$@" >"$work/out" 2>"$work/err"
    status=$?
    did=$(sort "$work/done" 2>/dev/null | tr '\n' ' ')
}

# does WHAT WANTED ARGUMENT...: make succeeds and does these things; and nothing the second time.
does() {
    what=$1 wanted=$2
    shift 2
    project "$@"
    tap_ok "$what: ${wanted:-nothing }" test "$status:$did" = "0:$wanted" || tap_diag "$status: $did; $(cat "$work/err")"
    project "$@"
    tap_ok "$what: nothing a second time" test "$status:$did" = "0:"
}

# says PATTERN: what make said has such a line.
says() { grep -q -e "$1" "$work/err"; }
silent() { test ! -s "$work/err"; }

"$place/tools/cubie-gen" "$file" algorithm=rk4 dt=0.01
does "a new project" "compile link "
tap_ok "nothing is generated again" silent

does "other flags" "compile link " CXXFLAGS=-O2
does "the flags from before" "compile link "
does "one lane" "compile link " LANES=1
does "another compiler" "compile link " CXX=another
does "for a GPU" "compile link " TARGET=cuda NVCC=compiler ARCH=sm_90
does "for another GPU" "compile link " TARGET=cuda NVCC=compiler ARCH=sm_80
does "for the CPU again" "compile link "
COMPILER_VERSION=2
does "a new version of the compiler" "compile link "

touch "$runtime/include/cubie/device.hpp"
does "a header of the runtime is newer" "compile link "
rm "$runtime/include/cubie/control.hpp"
sed -i '/control.hpp/d' "$runtime"/include/cubie/*.hpp
does "a header of the runtime is gone" "compile link "
touch "$runtime/libcubie-runtime.a"
does "the library of the runtime is newer, and the same" ""
echo 2 >"$runtime/libcubie-runtime.a"
does "the library of the runtime is another" "link "

does "the library of the project" "compile " library
does "a shared library of it" "link " shared
does "the program beside it" ""

# Generated again.
cp lorenz/lorenz.cu "$work/before.cu"
touch "$file"
does "the problem file is newer" ""
touch "$file" && project
tap_ok "it says so" says "^lorenz: generated again: newer than the project: .*/it's \$x #1.lua\$"
tap_ok "the settings of the command line are kept" diff "$work/before.cu" lorenz/lorenz.cu
sed -i 's/rho - z/rho - 2 * z/' "$file"
does "the problem is another" "compile link "
echo 'return { sigma = 11, rho = 28, beta = "8/3" }' >lib/rates.lua
does "a module is another" "compile link "
tap_ok "the module's value is there" grep -q '\.value = 11\|11' lorenz/lorenz.cu
touch tools/cubie-gen && project
tap_ok "the generator is newer: it says so" says "newer than the project: .*/tools/cubie-gen\$"
sed -i 's/^solve { algorithm = "tsit5", /solve { precision = "float32", /' "$file"
does "flags that the problem decides are taken at once" "compile link " TARGET=cuda NVCC=compiler ARCH=sm_90
tap_ok "they are those of float32" grep -q -e -prec-div=false lorenz/.compiled
project

cp "$file" "$work/right"
echo 'ddt.w = 0' >>"$file"
project
tap_ok "a mistake in the problem stops make" test "$status:$did" = "2:"
tap_ok "with its line" says "#1.lua:[0-9]*: error: .*'w'"
project clean
tap_ok "cleaning asks for no generation" silent
tap_ok "and leaves what was generated" test "$(ls lorenz | tr '\n' ' ')" = "Makefile layout.txt lorenz.cu lorenz.h "
cp "$work/right" "$file"
does "the mistake is mended" "compile link "

# A clock that was ahead.
touch -d '1 hour' "$file"
project
tap_ok "a problem file from the future ends, too" test "$status" -eq 0
touch "$file"

# Committed: .origin stays behind.
mkdir -p "$work/clone"
cp "$file" lib/rates.lua "$work/clone"
(cd "$work/clone" && mkdir lib && mv rates.lua lib)
cp -r lorenz "$work/clone" && cd "$work/clone" || exit 1
rm -f lorenz/.o* lorenz/.[a-n]* lorenz/*.o
touch "$file" lib/rates.lua
touch lorenz/lorenz.cu
project
tap_ok "a fresh clone is not generated again" silent
sed -i 's/2 \* z/3 * z/' "$file"
project
tap_ok "a problem file beside it that is newer is found" says "^lorenz: generated again: .*\.\./it's"
tap_ok "and taken" grep -q 3.*z lorenz/lorenz.cu
rm -f lorenz/.origin && touch "$file" lib/rates.lua
mv "$place/tools/cubie-gen" "$work"
does "without a generator the project stays as it is" ""
tap_ok "and nothing is said" silent
mv "$work/cubie-gen" "$place/tools"
rm -r "$file" lib
does "so it does without a problem file" ""

# What no Makefile can name.
line_break=$(printf 'a\nb')
mkdir "$line_break"
cp "$srcdir/problems/lorenz.lua" "$line_break"
tap_ok "a line break in a path is refused" sh -c "'$generator' -o broken '$line_break/lorenz.lua' 2>&1 | grep -q 'error: the path of the problem file has a line break'"
tap_ok "and nothing is written" test ! -e broken
tap_done
