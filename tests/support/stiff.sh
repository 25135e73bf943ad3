# SPDX-License-Identifier: MIT
# shellcheck shell=sh
# Runs of the stiff reference problems (tests/problems/stiff.csv) by the programs that
# are generated from them. Sourced, POSIX sh; needs $srcdir and a folder to work in.
#
#   for problem in $(stiff_problems); do
#       cubie-gen -o folder "$srcdir/$problem.lua" ...; make -C folder TARGET=cpu
#       stiff_begin "$problem" folder/"$(basename "$problem")"
#       stiff_errors 1e-6 --safety=0.5    # rows of time and error
#   done
#
# The error at a time is the largest one of all states, each relative to the larger of
# |y| and its scale: atol/rtol of the problem file, which stays the same with rtol.

stiff_reference=${srcdir:?}/tests/problems/stiff.csv

# Paths below $srcdir, without .lua.
stiff_problems() {
    sed -n 's/^\([a-z].*\)\.lua,.*/\1/p' "$stiff_reference" | sort -u
}

# stiff_fixed PROBLEM: the parameters of the reference that the problem's own sweep varies.
stiff_fixed() {
    case $1 in
    */brusselator) echo B=3 alpha=0.02 ;;
    */e5) echo A=7.89e-10 ;;
    */hires) echo supply=0.0007 k_plus=280 ;;
    */oregonator) echo s=77.27 w=0.161 ;;
    */pollution) echo k1=0.35 ;;
    */ring_modulator) echo Cs=2e-12 ;;
    */robertson) echo k1=0.04 k2=3e7 k3=1e4 ;;
    */saprc99) echo nox=1 voc=1 ;;
    */van_der_pol_stiff) echo eps=1e-6 ;;
    esac
}

# stiff_finer PROBLEM: by how much its scales are smaller here. With those of e5, what is
# left of y3 in the end would be below atol for rtol = 1e-4, and could become negative.
stiff_finer() {
    case $1 in
    */e5) echo 100 ;;
    *) echo 1 ;;
    esac
}

# stiff_setting PROGRAM NAME: its default.
stiff_setting() {
    "$1" --describe | awk -v name="$2" '/^[a-z]/ { part = $1; next } part == "settings:" && $1 == name { print $2 }'
}

# stiff_atols PROGRAM: rows of state and absolute tolerance, its defaults.
stiff_atols() {
    "$1" --describe | awk -v atol="$(stiff_setting "$1" atol)" '
        /^[a-z]/ { part = $1; next }
        part == "initial" && NF > 1 { state[++states] = $1 }
        END {
            count = split(atol, item, ",")
            for (i = 1; i <= count; i++) if (split(item[i], pair, "=") == 2) own[pair[1]] = pair[2]
            for (i = 1; i <= states; i++) print state[i], (count > 1 ? own[state[i]] : atol)
        }'
}

# Rows of state and scale; and one of t0, from which the times of the reference count.
stiff_scales() {
    echo t0 "$(stiff_setting "$stiff_program" t0)"
    stiff_atols "$stiff_program" | awk -v rtol="$(stiff_setting "$stiff_program" rtol)" -v finer="$(stiff_finer "$stiff_problem")" '
        { printf "%s %.17g\n", $1, $2 / rtol / finer }'
}

# stiff_begin PROBLEM PROGRAM: what follows is about these. Makes the files `wanted` and
# `scales`; sets `stiff_times`, in order.
stiff_begin() {
    stiff_problem=$1 stiff_program=$2
    grep "^$1.lua," "$stiff_reference" >wanted
    stiff_times=$(cut -d, -f2 wanted | sort -u -g)
    stiff_scales >scales
}

# stiff_atol RTOL: the option with tolerances to scale.
stiff_atol() {
    awk -v rtol="$1" '$1 != "t0" { printf "%s%s=%.17g", (sum++ ? "," : "--atol="), $1, $2 * rtol }' scales
}

# stiff_errors RTOL OPTION...: rows of time and error, in order of time. Fails with a
# remark when a state is missing. Leaves the end states, each below a header, in `rows`,
# and what the program says in `log`, that of the last time last.
stiff_errors() {
    stiff_values="$(stiff_fixed "$stiff_problem") $(stiff_atol "$1") --rtol=$1"
    shift
    rm -f rows log
    for stiff_time in $stiff_times; do
        # shellcheck disable=SC2086 # a list of values
        "$stiff_program" $stiff_values -o - --no-progress --strict --duration="$stiff_time" "$@" >>rows 2>>log
    done
    stiff_compare
}

# Columns of u[1], u[2].. are called u_1, u_2..
stiff_compare() {
    awk -F '[, ]' '
        function column(name) { gsub(/\[/, "_", name); gsub(/\]/, "", name); return name }
        function fail(text) { print text; failed = 1; exit 1 }
        FILENAME == "scales" { scale[column($1)] = $2; next }
        FILENAME == "wanted" { value[$2 + 0, column($3)] = $4; values++; next }
        $1 == "run" { for (i = 1; i <= NF; i++) name[i] = $i; next }
        {
            t = $2 - scale["t0"]; worst = 0
            for (i = 1; i <= NF; i++) if ((t, name[i]) in value) {
                if ($i !~ /^-?[0-9]/) fail("t = " t ": " name[i] " = " $i)
                y = value[t, name[i]]; error = $i - y; seen++
                size = y < 0 ? -y : y
                if (size < scale[name[i]]) size = scale[name[i]]
                error = (error < 0 ? -error : error) / size
                if (error > worst) worst = error
            }
            line[++lines] = sprintf("%.10g %g", t, worst)
        }
        END {
            if (failed) exit 1
            if (!seen || seen != values) { print seen + 0 " of " values " values found"; exit 1 }
            for (i = 1; i <= lines; i++) print line[i]
        }' scales wanted rows
}
