#!/bin/sh
# SPDX-License-Identifier: MIT
# The generated library and its header: called from C, two problems in one
# program, with names that mean something to C, C++ and the header itself.
: "${srcdir:?run me by make check}" "${CUBIE_GEN:?}" "${CC:?}" "${CXX:?}"
. "$srcdir/tests/tap.sh"

tap_folder
CXXFLAGS='-O1 -march=native'
export CXXFLAGS

cat >double.lua <<'END'
problem "double"
parameters { register = { 1.5, "1/s */ int /*" }, dt = 0.25 }
states { OUTPUTS = { 1, "mol" }, x = 2 * register }
ddt.OUTPUTS = -register * OUTPUTS
ddt.x = dt * OUTPUTS - x
observe.inputs = OUTPUTS + x
solve { duration = 2, save_every = 0.5 }
sweep { register = linspace(1, 2, 5) }
END
cat >HH.lua <<'END'
problem "HH"
parameters { outputs = 1, defaults = 0 }
states { real = 1, solve_ = 0 }
ddt.real = (real - outputs) * (real + defaults)
ddt.solve_ = 1
observe.outputs_count = 2 * real
solve { precision = "float32", duration = 20 }
END
for problem in double HH; do
    tap_ok "$problem is generated" "$CUBIE_GEN" $problem.lua
    tap_ok "$problem: the library is built" make -s -C $problem TARGET=cpu library
    echo "#include \"$problem.h\"" >header.c
    # shellcheck disable=SC2086 # compilers with options
    tap_ok "$problem.h is C11" $CC -std=c11 -Wall -Wextra -Wpedantic -Werror -I$problem -fsyntax-only header.c
    # shellcheck disable=SC2086
    tap_ok "$problem.h is C++17" \
        $CXX -std=c++17 -Wall -Wextra -Wpedantic -Werror -I$problem -fsyntax-only -x c++ header.c
done
# The runtime has headers with these names.
for problem in problem sweep; do
    sed "s/\"double\"/\"$problem\"/" double.lua >$problem.lua
    tap_ok "a problem called $problem" "$CUBIE_GEN" $problem.lua
    tap_ok "$problem is compiled" $CXX -std=c++17 -I"$srcdir/runtime/include" -fsyntax-only -x c++ $problem/$problem.cu
done

link_flags=$(make -s -C double TARGET=cpu link-flags)
# shellcheck disable=SC2046,SC2086 # lists of options
tap_ok "a C program links both libraries" $CC -std=c11 -Wall -Wextra -Wpedantic -Werror $(pkg-config --cflags cubie-runtime) \
    -Idouble -IHH "$srcdir/tests/runtime/library_call.c" -o call HH/libHH.a $link_flags -lm

tap_ok "the program of the same problem is built" make -s -C double TARGET=cpu
printf 'register,OUTPUTS\n0.5,3\n1,0.1\n1.5,1e-3\n2.25,7\n' >in.csv
solve() { ./double/double -q "$@"; }
solve --input=in.csv --save-every=0.25 --dt=0.01 -o arrays.csv
solve register=1.5 -o defaults.csv
solve register=1.5 --save-at=0.3,1.1 --rtol=1e-4 -o instants.csv
tap_ok "values per run: all results are those of the program" ./call arrays arrays.csv
tap_ok "no inputs, no options: all runs are the problem's defaults" ./call defaults defaults.csv
tap_ok "instants to save, and tolerances" ./call instants instants.csv
tap_ok "results that nobody wants" ./call nothing ''
tap_ok "float32 beside float64; a failed run has a status, and NaN" ./call failed ''
tap_ok "several threads at once: both problems, and mistakes" ./call threads ''

# wrong HOW STATUS MESSAGE
wrong() {
    ./call wrong "$1" >message 2>printed
    status=$?
    tap_ok "$1: status $2" test $status -eq "$2"
    if test -n "$3"; then
        tap_ok "$1: says '$3'" grep -qF -e "$3" message || tap_diag "$(cat message)"
    else
        tap_ok "$1: has nowhere to say why" test ! -s message
    fi
    tap_ok "$1: prints nothing" test ! -s printed || tap_diag "$(cat printed)"
}
wrong "no outputs" 1 ""
wrong "no problem" 1 ""
wrong "no call" 1 ""
wrong "no arguments" 1 "double: error: 2 arguments, but their array is NULL"
wrong "a hole" 1 "double: error: argument 2 is NULL"
wrong "minus one" 1 "double: error: a number of options below 0"
wrong "little room" 1 "double: error: 5 in"
wrong "--save=x" 1 "double: error: --save has no place in a library call; arrays that are NULL are not saved"
wrong "many runs" 1 "double: error: "
wrong "instants" 1 "double: error: 5 instants are saved, but the result holds 4"
wrong "duration" 1 "double: error: duration=-1 is out of range; it must be above 0"
wrong "--rtol=0" 1 "double: error: rtol=0 is out of range; it must be above 0"
wrong "register=1,2,3,4,5" 1 "double: error: "
wrong "rigister=1" 1 "double: error: unknown name 'rigister'; did you mean 'register'?"
wrong "--durution=1" 2 "double: error: unknown option --durution; did you mean --duration?"
wrong "--describe" 1 "double: error: --help, --version and --describe have no place in a library call"
wrong "-oout.csv" 1 "double: error: -o has no place in a library call, which returns its results"

if test "${CUBIE_SANITIZERS:-no}" = yes; then
    tap_skip "out of memory" "sanitizers map more than a limit allows"
else
    ulimit -S -v 8000000 # so that the system does not promise what it has not
    wrong "no memory" 3 "double: error: out of memory"
    ulimit -S -v unlimited
fi

# The same as shared libraries, both in one program.
for problem in double HH; do
    tap_ok "$problem: the shared library is built" make -s -C $problem TARGET=cpu shared
    nm -D --defined-only $problem/lib$problem.so | sed 's/.* //' >exported
    printf '%s\n' cubie_clear_numbers cubie_solve ${problem}_defaults ${problem}_problem ${problem}_solve | sort >expected
    tap_ok "$problem shows its functions and those of cubie/problem.h" sh -c 'sort exported | diff expected -'
done
# shellcheck disable=SC2046,SC2086
tap_ok "a C program links both" $CC -std=c11 $(pkg-config --cflags cubie-runtime) -Idouble -IHH \
    "$srcdir/tests/runtime/library_call.c" -o shared_call double/libdouble.so HH/libHH.so -Wl,-rpath,"$work" -pthread -lm
for check in "arrays arrays.csv" "failed x" "threads x"; do
    # shellcheck disable=SC2086
    tap_ok "shared libraries: ${check%% *}" ./shared_call $check
done

# What two projects define under one name must be the same; they differ in
# precision and counts, so nothing of theirs may be seen from outside.
for problem in double HH; do
    # shellcheck disable=SC2046,SC2086
    $CXX -std=c++17 -O0 -DCUBIE_LIBRARY -I"$srcdir/runtime/include" -x c++ -c $problem/$problem.cu -o $problem.o
    nm -C $problem.o | grep -v ' U ' | sed -n 's/^[0-9a-f]* *[TDBRWVu] //p' | grep cubie >shared
    tap_ok "$problem defines no name of the runtime" test ! -s shared || tap_diag "$(cat shared)"
done
tap_done
