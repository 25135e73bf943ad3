#!/bin/sh
# SPDX-License-Identifier: MIT
# What users get wrong and what systems refuse, from the outside: exit status,
# exact text, and nothing left behind that looks whole. (What single statements
# of a problem file can have wrong: tests/script/errors; the program's own command
# line: tests/runtime_program.sh.)
: "${srcdir:?run me by make check}" "${CUBIE_GEN:?}"
. "$srcdir/tests/tap.sh"

tap_folder
cp "$srcdir/problems/lorenz.lua" .
mkdir good

# says STATUS TEXT COMMAND...: it ends with STATUS and says TEXT, all of it.
says() {
    wanted=$1 text=$2
    shift 2
    said=$("$@" 2>&1)
    status=$?
    test "$status" -eq "$wanted" && test "$said" = "$text" && return
    printf 'status %s: %s\n' "$status" "$said"
    return 1
}

# refused WHAT STATUS TEXT ARGUMENT...: of the generator, which then writes nothing.
refused() {
    what=$1
    shift
    before=$(find . | sort)
    wanted=$1 text=$2
    shift 2
    tap_ok "$what" says "$wanted" "$text" "$CUBIE_GEN" "$@"
    test "$before" = "$(find . | sort)" || tap_ok "$what: leaves no file" false
}

# problem: standard input becomes problem.lua.
problem() {
    cat >problem.lua
}

help="Try 'cubie-gen --help'."

# --- The command line ---------------------------------------------------------
refused "no problem" 2 "cubie-gen: error: no problem file was given
$help"
refused "two problems" 2 "cubie-gen: error: more than one problem file: 'b.lua'
$help" lorenz.lua b.lua
refused "unknown option" 2 "cubie-gen: error: unknown option '--chek'; did you mean '--check'?
$help" --chek lorenz.lua
refused "-o without a directory" 2 "cubie-gen: error: -o needs a directory
$help" lorenz.lua -o
refused "unknown list" 2 "cubie-gen: error: --list=x: it must be one of algorithms, controllers, settings, buffers, metrics, functions" --list=x
refused "unknown stage" 2 "cubie-gen: error: --dump=x: it must be one of spec, system, rhs, buffers, trace, layout, source" --dump=x lorenz.lua
refused "no such file" 1 "none.lua: error: cannot be read: No such file or directory" none.lua
refused "a directory as problem" 1 ".: error: cannot be read: Is a directory" .
refused "unknown algorithm" 1 "cubie-gen: error: unknown algorithm 'tsit'; did you mean 'tsit5'?" lorenz.lua algorithm=tsit
refused "unknown setting" 1 "cubie-gen: error: unknown setting 'stage_rsh_location'; did you mean 'stage_rhs_location'?" \
    lorenz.lua stage_rsh_location=shared
problem <<'LUA'
problem "wide"
states { x = 1 }
ddt.x = 1e40 * x
observe.q = x / 1e-45
LUA
refused "constants that float32 does not hold" 1 \
    "problem.lua:3: error: the equation of 'x' holds the constant 1e+40, which does not fit in float32; use precision = \"float64\" or other units
problem.lua:4: error: the observable 'q' holds the constant 1e+45, which does not fit in float32; use precision = \"float64\" or other units" \
    problem.lua precision=float32
refused "unknown buffer" 1 "cubie-gen: error: unknown buffer 'stag_rhs'; did you mean 'stage_rhs'?" lorenz.lua stag_rhs_size=9
refused "a buffer too small" 1 "cubie-gen: error: stage_rhs_size = 1 is too small; the code needs 3 elements" lorenz.lua stage_rhs_size=1
refused "a buffer that must last" 1 "cubie-gen: error: stage_cache_persistent = false loses what the next step reads in stage_cache; leave it out" lorenz.lua stage_cache_persistent=false
refused "values of the program's inputs" 1 \
    "cubie-gen: error: 'rho' is a parameter, given when the program runs: ./lorenz/lorenz rho=0:21:9
cubie-gen: error: 'x' is a state; its initial value is given when the program runs: ./lorenz/lorenz x=2" \
    lorenz.lua rho=0:21:9 x=2
refused "unknown location" 1 "cubie-gen: error: state_location = here is unknown; it must be shared or local" lorenz.lua state_location=here
problem <<'LUA'
problem "small"
parameters { k = 1e-50, c = "2*pi" }
states { x = 1e-60 }
ddt.x = -k * x + c
solve { dt = 0.5, dt_max = 0.1 }
sweep { c = linspace(1e-50, 1, 10) }
LUA
refused "inputs that float32 does not hold" 1 \
    "problem.lua:2: error: the value of 'k': 1e-50 does not fit in float32, which holds 0 and 1.2e-38 to 3.4e38; use precision = \"float64\" or other units
problem.lua:3: error: the initial value of 'x': 1e-60 does not fit in float32, which holds 0 and 1.2e-38 to 3.4e38; use precision = \"float64\" or other units
problem.lua:6: error: the sweep over 'c': 1e-50 does not fit in float32, which holds 0 and 1.2e-38 to 3.4e38" \
    problem.lua precision=float32
refused "a step above the largest one" 1 "problem.lua:5: error: dt = 0.5 is above dt_max = 0.1" problem.lua
tap_ok "unless steps have one size" says 0 "" "$CUBIE_GEN" -o good/fixed problem.lua algorithm=rk4
refused "a setting of the wrong controller" 1 \
    "cubie-gen: error: kd has no effect: the controller pi has no derivative term; leave it out, or choose another (--list=controllers)" \
    lorenz.lua kd=1
refused "unknown controller" 1 \
    "cubie-gen: error: controller = pdi is unknown; it must be fixed, i, pi, pid or gustafsson (did you mean 'pi'?)" \
    lorenz.lua controller=pdi
refused "a gain of 1" 1 "cubie-gen: error: min_gain = 1 is out of range; it must be above 0 and below 1" lorenz.lua min_gain=1
refused "a wrong expression" 1 "cubie-gen: error: duration = 2*pie is no number: expected a number, '(', pi or a function like sqrt, at character 3" \
    lorenz.lua duration=2*pie
problem <<'LUA'
problem "many"
parameters { a = 1, b = 1 }
states { x = 1 }
ddt.x = a + b
sweep { a = linspace(0, 1, 1000000), b = linspace(0, 1, 1000000) }
LUA
tap_ok "10^12 runs pass in a file as on the command line" says 0 "" "$CUBIE_GEN" -o good/many problem.lua
refused "several wrong settings at once" 1 "cubie-gen: error: rtol = -1 is out of range; it must be above 0
cubie-gen: error: atol = 0 is out of range; it must be above 0
cubie-gen: error: save_every = 20 is above duration = 10" lorenz.lua rtol=-1 atol=0 save_every=20
refused "a later version's setting" 1 "cubie-gen: error: 'metrics' cannot be set: metrics are not available in this version" \
    lorenz.lua metrics=mean
refused "adaptive steps without an estimate" 1 \
    "cubie-gen: error: controller 'pi' needs an error estimate, which 'classical-rk4' has not; use controller = \"fixed\" and a dt" \
    lorenz.lua algorithm=rk4 controller=pi
refused "fixed steps without a step" 1 "cubie-gen: error: controller = fixed needs a step: dt = ..." lorenz.lua controller=fixed
tap_ok "settings of both places go together" says 0 "" "$CUBIE_GEN" -o good/lorenz lorenz.lua save_every=5

# --- The problem file ---------------------------------------------------------
problem <<'END'
problem "bad"
states { x = 1
END
refused "syntax error" 1 "problem.lua:3: error: '}' expected (to close '{' at line 2) near <eof>" problem.lua
problem <<'END'
problem "bad"
while true do end
END
refused "endless loop" 1 "problem.lua:2: error: stopped after 1000000 instructions: an endless loop? \
(script_instructions=N on the command line allows more)" problem.lua script_instructions=1000000
problem <<'END'
problem "bad"
local list = {}
for i = 1, 10000 do list[i] = string.rep("x", 1000000) .. i end
END
refused "10 GB of memory" 1 "problem.lua:3: error: the script wants more than 1073741824 bytes of memory \
(script_memory=BYTES on the command line allows more)" problem.lua
problem <<'END'
problem "bad"
parameters { k = 1 }
states { x = 1, y = 1, z = 0/0 }
ddt.x = -kk * x
ddt.y = 1/0
ddt.y = -y
sweep { k = linspace(0, 1, 0) }
END
said=$("$CUBIE_GEN" problem.lua 2>&1)
tap_ok "a problem with many mistakes" test $? -eq 1
for word in "'kk'" "second equation of 'y'" "the value of 'z' is not finite" "infinite" "linspace(a, b, n), here 0:1:0"; do
    case $said in
    *"$word"*) tap_ok "names $word" true ;;
    *) tap_ok "names $word" false || tap_diag "$said" ;;
    esac
done
tap_ok "nothing is written" test ! -e bad

# --- The file system ----------------------------------------------------------
touch file
refused "a file where the directory should be" 3 "cubie-gen: error: 'file' is there and is not a directory; choose another place with -o DIR" \
    -o file lorenz.lua
refused "a directory below a file" 3 "cubie-gen: error: cannot make the directory 'file/x': Not a directory" -o file/x lorenz.lua
refused "no parent directory" 3 "cubie-gen: error: cannot make the directory 'no/x': No such file or directory" -o no/x lorenz.lua
mkdir -p taken/lorenz.cu
refused "a directory where a file should be" 3 "cubie-gen: error: cannot replace 'taken/lorenz.cu': Is a directory" -o taken lorenz.lua
"$CUBIE_GEN" -o full lorenz.lua
echo "// old" >full/lorenz.cu

# limited COMMAND...: files may have 512 or 1024 bytes, as on a disk that fills.
limited() {
    (
        trap '' XFSZ
        ulimit -f 1
        "$@"
    )
}
tap_ok "a full disk" says 3 "cubie-gen: error: cannot write 'full/lorenz.cu': File too large" limited "$CUBIE_GEN" -o full lorenz.lua
tap_ok "the old file is whole" test "$(cat full/lorenz.cu)" = "// old"
tap_ok "and no piece of the new one is there" test "$(ls full | tr '\n' ' ')" = "Makefile layout.txt lorenz.cu lorenz.h "
if test "$(id -u)" -ne 0; then
    chmod a-w full
    tap_ok "a read-only directory" says 3 "cubie-gen: error: cannot write 'full/lorenz.cu': Permission denied" \
        "$CUBIE_GEN" -o full lorenz.lua
    mkdir locked && chmod 0 locked
    tap_ok "an unreadable directory" says 3 "cubie-gen: error: cannot make the directory 'locked/x': Permission denied" \
        "$CUBIE_GEN" -o locked/x lorenz.lua
    chmod 700 full locked
else
    tap_skip "a read-only directory" "root may write anywhere"
    tap_skip "an unreadable directory" "root may read anywhere"
fi
if test -c /dev/full; then
    for option in --layout --dump=source --list --help; do
        tap_ok "$option on a full device" says 3 "cubie-gen: error: cannot write to standard output" \
            sh -c "'$CUBIE_GEN' $option lorenz.lua >/dev/full"
    done
else
    tap_skip "a full device" "no /dev/full here"
fi

# --- The program --------------------------------------------------------------
"$CUBIE_GEN" -o project lorenz.lua
make -s -C project TARGET=cpu CXXFLAGS=-O1 LANES=1 || exit 1

# stopped WHAT STATUS TEXT ARGUMENT...: of the program, which then writes nothing.
stopped() {
    what=$1 wanted=$2 text=$3
    shift 3
    tap_ok "program: $what" says "$wanted" "$text" project/lorenz -o out.csv --no-progress "$@"
    test ! -e out.csv || tap_ok "program: $what: leaves no file" false
}
stopped "a GPU is asked for" 1 "lorenz: error: --device=0: this program was built for the CPU; build it with make TARGET=cuda" --device=0
printf 'rho,phi\n1,2\n' >in.csv
stopped "unknown column" 1 "lorenz: error: in.csv: column 'phi' is no parameter and no state" --input=in.csv
stopped "empty sweep" 1 "lorenz: error: rho=0:21:0: the sweep is empty; the count must be at least 1" rho=0:21:0
stopped "several wrong settings" 1 "lorenz: error: rtol=0 is out of range; it must be above 0
lorenz: error: atol=-1 is out of range; it must be above 0" --rtol=0 --atol=-1
stopped "saving less often than once" 1 "lorenz: error: save_every=11 is above duration=10" \
    --save-every=11

# Ctrl-C in the middle of a long batch: timeout sends it, since a shell keeps it
# from what it runs in the background.
echo old >kept.csv
timeout --foreground --preserve-status -s INT 1 project/lorenz -o kept.csv --no-progress rho=0:28:10000000 --duration=1000 >log 2>&1
tap_ok "program: Ctrl-C has status 130" test $? -eq 130 || tap_diag "$(cat log)"
tap_ok "program: and leaves the old file" test "$(cat kept.csv)" = old
tap_ok "program: and no partial one" test "$(ls | grep -c kept)" -eq 1

# A limit on the size of files stands for a disk that is full.
limited() {
    (
        ulimit -f 1
        "$CUBIE_GEN" -o limited lorenz.lua
    )
}
tap_ok "a file that cannot be written to its end" says 3 "cubie-gen: error: cannot write 'limited/lorenz.cu': File too large" limited
tap_ok "and none of it is left" sh -c "test -z \"\$(ls limited)\""

tap_done
