#!/bin/sh
# SPDX-License-Identifier: MIT
# Outputs of a generated program: a vector is one variable whatever the order of its
# equations, in netCDF, in CSV and in the memory of a caller; --save chooses.
: "${srcdir:?run me by make check}" "${CUBIE_GEN:?}" "${CC:?}"
. "$srcdir/tests/tap.sh"

tap_folder
CXXFLAGS=-O0
export CXXFLAGS

cat >vectors.lua <<'END'
problem "vectors"
local n = 4
parameters { k = vector(3, function(i) return i end), a = 1 }
states {
  u = { vector(n, function(i) return i end), "mol" }, v = vector(n, 2),
  w = vector(3, function(i) return 10 * i end), element = 5, instants = 1,
}
ddt.instants = -a * instants
for i = 1, n do
  ddt.u[i] = -k[1] * u[i]
  ddt.v[i] = k[2] * (u[i] - v[i])
end
ddt.w[2], ddt.w[3], ddt.w[1] = -w[2], -2 * w[3], -3 * w[1]
ddt.element = -element
observe.total = u[1] + u[2] + u[3] + u[4]
for i = 1, n do observe.p[i] = u[i] * v[i] end
observe.q[2] = w[2]
observe.q[3] = w[3]
solve { duration = 1, rtol = 1e-4, atol = 1e-4, save_every = 0.25 }
sweep { ["k[1]"] = linspace(0, 1, 3), ["u[2]"] = list { 1, 7 } }
END
tap_ok "it is generated" "$CUBIE_GEN" vectors.lua
# A library, and the program that it makes with cubie_main; without arguments it calls
# vectors_solve, and prints what comes back: [instants][elements][runs].
cat >main.c <<'END'
#include <stdio.h>
#include <cubie/problem.h>
#include "vectors.h"
static int solve(void)
{
    static double w[5][3][6], total[5][6], u[5][4][6];
    vectors_outputs outputs = { .instants = 5, .w = &w[0][0][0], .total = &total[0][0], .u = &u[0][0][0] };
    const double k[6] = { 0, 0, 0.5, 0.5, 1, 1 }, start[6] = { 1, 7, 1, 7, 1, 7 };
    const vectors_inputs inputs = { .k_1 = k, .u_2 = start };
    if (vectors_solve(6, &inputs, NULL, &outputs)) return 1;
    for (int run = 0; run < 6; run++)
        for (int i = 0; i < 5; i++) {
            for (int e = 0; e < 3; e++) printf("%.17g,", w[i][e][run]);
            for (int e = 0; e < 4; e++) printf("%.17g,", u[i][e][run]);
            printf("%.17g\n", total[i][run]);
        }
    return 0;
}
int main(int argc, char **argv)
{
    return argc > 1 ? cubie_main(vectors_problem(), argc, argv) : solve();
}
END
build() {
    make -s -C vectors TARGET=cpu library || return 1
    # shellcheck disable=SC2046
    $CC -std=c11 -Wall -Wextra -Werror $(pkg-config --cflags cubie-runtime) -Ivectors main.c -o vectors/vectors \
        $(make -s -C vectors TARGET=cpu link-flags)
}
tap_ok "and built" build
program=vectors/vectors

# CSV: all columns, each by its own equation.
"$program" -q -o all.csv
tap_ok "CSV has a column for each element, in the order of the vector" test "$(head -1 all.csv)" = \
    run,time,k_1,initial_u_2,instants,u_1,u_2,u_3,u_4,v_1,v_2,v_3,v_4,w_1,w_2,w_3,element_,total,p_1,p_2,p_3,p_4,q_2,q_3,status
right() {
    awk -F, 'function near(a, b) { d = a - b; if (d < 0) d = -d; if (d > 2e-3) { print NR ": " a " " b; bad = 1 } }
        NR > 1 { t = $2; n++
            near($5, exp(-t)); near($6, exp(-$3 * t)); near($7, $4 * exp(-$3 * t)); near($9, 4 * exp(-$3 * t))
            near($14, 10 * exp(-3 * t)); near($15, 20 * exp(-t)); near($16, 30 * exp(-2 * t)); near($17, 5 * exp(-t))
            near($18, $6 + $7 + $8 + $9); for (i = 0; i < 4; i++) near($(19 + i), $(6 + i) * $(10 + i))
            near($23, $15); near($24, $16); if ($25 != 0) bad = 1 }
        END { exit bad || n != 30 }' all.csv
}
tap_ok "all of them are right" right

# column NAME... of a file
column() {
    awk -F, -v names="$2" 'NR == 1 { split(names, name, ","); for (k = 1; k in name; k++) for (i = 1; i <= NF; i++)
            if ($i == name[k]) c[k] = i; next }
        { line = ""; for (k = 1; k in name; k++) line = line (k > 1 ? "," : "") $(c[k]); print line }' "$1"
}

# saves NAMES HEADER: with --save=NAMES, CSV has these columns of the whole file.
saves() {
    "$program" -q --save="$1" -o some.csv || return 1
    test "$(head -1 some.csv)" = "run,time,k_1,initial_u_2,$2status" || { head -1 some.csv; return 1; }
    test -z "$2" || { column all.csv "${2%,}" >a && column some.csv "${2%,}" >b && cmp a b; }
}
tap_ok "--save: a scalar and an observable, in this order" saves total,instants total,instants,
tap_ok "--save: a vector" saves w w_1,w_2,w_3,
tap_ok "--save: elements" saves "u[3],v_2,q[2]" u_3,v_2,q_2,
tap_ok "--save: counts alone" saves status ""
"$program" -q --save=steps -o some.csv
tap_ok "--save: what every run has, where it is asked for" test "$(head -1 some.csv)" = run,time,k_1,initial_u_2,steps,status

# refuses NAMES TEXT
refuses() {
    "$program" --save="$1" -o none.csv 2>err
    test $? -eq 1 && test "$(cat err)" = "vectors: error: $2" && test ! -e none.csv || { cat err; return 1; }
}
tap_ok "an unknown name" refuses totl "--save: there is no output 'totl'; did you mean 'total'?"
tap_ok "an element beyond the end" refuses "u[5]" "--save: there is no 'u[5]'; 'u' has 4 elements"
tap_ok "one that is not there" refuses "q[1]" "--save: there is no output 'q[1]'; did you mean 'q[2]'?"
tap_ok "a parameter" refuses a "--save: 'a' is a parameter; those that vary are always saved"
tap_ok "twice the same" refuses "u,v,u" "--save=u,v,u: u is named twice"
tap_ok "a part of what is saved" refuses "u,u[2]" "--save=u,u[2]: u[2] is named twice"
tap_ok "nothing" refuses "" "--save=: expected names with commas between, for example --save=instants"
tap_ok "--describe lists them" sh -c '"$0" --describe | grep -q "^  u\[4\]      mol$"' "$program"

# netCDF: the numbers of CSV.
values() {
    ncdump -p 9,17 -v "$1" "$2" | sed -e '1,/^data:/d' -e 's/}//' | tr -d '\n' | sed -e "s/.*[ ;]$1 = *//" -e 's/;.*//' | tr ',' '\n' | tr -d ' '
}
agrees() { # VARIABLE COLUMNS: [time][element][run] against rows by run and time
    values "$1" all.nc >from_netcdf
    column all.csv "$2" | awk -F, '{ run = int((NR - 1) / 5); k = (NR - 1) % 5
        for (i = 1; i <= NF; i++) print k, i, run, $i }' | sort -n -k1,1 -k2,2 -k3,3 | cut -d' ' -f4 >from_csv
    paste from_netcdf from_csv | awk '$1 != $2 || NF != 2 { print; bad = 1 } END { exit bad || NR < 30 }'
}
if test "${CUBIE_NETCDF:-no}" = no || ! command -v ncdump >/dev/null; then
    tap_skip "netCDF" "no netCDF"
else
    "$program" -q -o all.nc
    ncdump -h all.nc >header
    for line in "element = 4 ;" "element_3 = 3 ;" "double u(time, element, run) ;" "double w(time, element_3, run) ;" \
        "int element(element) ;" "double element_(time, run) ;" 'element_:long_name = "element" ;' "double k_1(run) ;" \
        "double initial_u_2(run) ;" 'u:units = "mol" ;' "double q_2(time, run) ;" 'q_2:long_name = "q[2]" ;'; do
        tap_ok "netCDF: $line" grep -qF "$line" header
    done
    tap_ok "netCDF: u" agrees u u_1,u_2,u_3,u_4
    tap_ok "netCDF: v" agrees v v_1,v_2,v_3,v_4
    tap_ok "netCDF: w, whose equations stand in no order" agrees w w_1,w_2,w_3
    tap_ok "netCDF: p, an observable" agrees p p_1,p_2,p_3,p_4
    tap_ok "netCDF: total" agrees total total
    "$program" -q --chunk=4 --save=w,u_3 -o all.nc
    tap_ok "netCDF: --save and chunks" agrees w w_1,w_2,w_3
    tap_ok "netCDF: --save of an element" agrees u_3 u_3
    tap_ok "netCDF: nothing else is in the file" sh -c "ncdump -h all.nc | grep -c 'double .*(time, ' | grep -qx 2"
    "$program" -q --runs=6000 a=uniform:0:1 -o whole.nc
    "$program" -q --runs=6000 a=uniform:0:1 --save=total -o part.nc
    smaller() { test "$(($(wc -c <part.nc) * 4))" -lt "$(wc -c <whole.nc)"; }
    tap_ok "netCDF: what is not saved takes no room" smaller
fi

# Memory of a caller: [instants][elements][runs].
equal() {
    ./vectors/vectors >called && column all.csv w_1,w_2,w_3,u_1,u_2,u_3,u_4,total >expected && paste -d, called expected |
        awk -F, '{ for (i = 1; i <= 8; i++) if ($i + 0 != $(i + 8) + 0) bad = 1 } END { exit bad || NR != 30 }'
}
tap_ok "arrays of a caller have the numbers of CSV" equal

# What is not generated cannot be saved.
"$CUBIE_GEN" vectors.lua outputs=observables && make -s TARGET=cpu -C vectors vectors
tap_ok "a state that was left out" refuses u \
    "--save: the state 'u' is not in this program; generate it again with outputs=states,observables"
sed -i 's/^observe.*//; s/^for .* observe.*//; s/^solve {/observe.total = u[1]\n&/' vectors.lua
"$CUBIE_GEN" vectors.lua outputs=states && make -s TARGET=cpu -C vectors vectors
tap_ok "an observable that was left out" refuses total \
    "--save: there is no output 'total'; --describe lists them (observables are not in this program; generate it again with outputs=states,observables)"
tap_done
