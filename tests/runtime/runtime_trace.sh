# SPDX-License-Identifier: MIT
# What a generated program tells beside the results, on the problem of
# fake_problem.c: counters of the method, meanings of status bits, traces.

: "${srcdir:=.}"
. "$srcdir/tests/tap.sh"
. "$srcdir/tests/support/fake_program.sh"

# values VARIABLE FILE: one a line, as ncdump has them with all digits.
values() {
    ncdump -p 9,17 -v "$1" "$2" | sed -e '1,/^data:/d' -e 's/}//' | tr -d '\n' | sed -e "s/.*[ ;]$1 = *//" -e 's/;.*//' | tr ',' '\n' | tr -d ' '
}

# Counters of the method: totals in the summary, one variable each.
FAKE_COUNTED=1 "$program" k=0:20:3 -o /dev/null 2>err
tap_ok "the summary has the method's counters" \
    grep -q '^  counts  180 newton iterations (3 a step), 3 factorisations (0.05 a step)$' err
counted_rows() {
    FAKE_COUNTED=1 "$program" -q k=0:20:3 --chunk=2 -o counted.nc && ncdump counted.nc >out &&
        grep -q 'uint newton_iterations(run) ;' out && grep -q 'newton_iterations = 30, 60, 90 ;' out &&
        grep -q 'factorisations = 0, 1, 2 ;' out && grep -q 'factorisations:long_name = "factorisations of the matrix"' out
}
if test "${CUBIE_NETCDF:-no}" = no || ! command -v ncdump >/dev/null; then
    tap_skip "netCDF has a variable for each" "no netCDF"
else
    tap_ok "netCDF has a variable for each" counted_rows
fi
FAKE_COUNTED=1 "$program" --describe >out
tap_ok "--describe names them" grep -q "^  newton_iterations  iterations of Newton's method$" out
describes_bits() {
    for bit in 2:newton_exhausted 4:linear_exhausted 8:step_too_small 32:max_steps 64:newton_stagnated \
        128:linear_breakdown 256:newton_diverged 512:not_finite; do
        grep -q "^ *${bit%:*}  ${bit#*:} " out || { echo "no line for $bit"; return 1; }
    done
}
tap_ok "--describe explains every status bit" describes_bits

# Traces: rows of the chosen runs, as a table, as CSV and in netCDF.
FAKE_TRACED=1; export FAKE_TRACED
cat >expected <<'END'
run 1: 11 attempts, the first 3 recorded; k=0.5
attempt             time         accepted
      1             1000                0
        state                 x=1000.25  y_1=1000.375
      2             1001                1
        state                 x=1001.25  y_1=1001.375
        update                1=1001.5
      3             1002                0
        state                 x=1002.25  y_1=1002.375
        update                1=1002.5  2=1002.625
END
run k=0:1:3 --trace-runs=1 --trace-attempts=3 --print-trace -q -o trace.csv
tap_ok "--print-trace prints a table" diff expected out
tap_ok "a trace that is cut off is told" \
    test "$(cat err)" = "decay: warning: run 1 made 11 attempts, of which the first 3 are recorded; --trace-attempts=11 records all"
cat >expected <<'END'
run,attempt,time,accepted,state_x,state_y_1,update_1,update_2,update_3
1,1,1000,0,1000.25,1000.375,NaN,NaN,NaN
1,2,1001,1,1001.25,1001.375,1001.5,NaN,NaN
1,3,1002,0,1002.25,1002.375,1002.5,1002.625,NaN
END
tap_ok "a second CSV file has it" diff expected trace.trace.csv
run k=0:1:3 -q -o -
tap_ok "no file, no trace, and the program says so" \
    test "$(cat err)" = "decay: warning: traces go into no file with -o -; give -o a file"
mkdir taken.trace.csv
run k=0:1:3 -q -o taken.csv
tap_ok "a trace that cannot be written" \
    test "$status $(cat err)" = "3 decay: error: cannot write taken.trace.csv: it is a directory"
left() { test ! -e taken.csv && none_left; }
tap_ok "leaves nothing behind" left
traced_file() {
    run k=0:20:3 --trace-runs=2,0 --chunk=1 -q -o traced.nc && ncdump traced.nc >out || return 1
    for line in 'trace_run = 2 ;' 'trace_attempt = 32 ;' 'trace_component = 2 ;' 'trace_iteration = 3 ;' \
        'uint64 trace_attempts(trace_run) ;' 'double trace_time(trace_run, trace_attempt) ;' \
        'int trace_accepted(trace_run, trace_attempt) ;' 'double trace_state(trace_run, trace_attempt, trace_component) ;' \
        'double trace_update(trace_run, trace_attempt, trace_iteration) ;' 'trace_state:long_name = "state at the start" ;' \
        ' trace_run = 0, 2 ;' ' trace_attempts = 10, 32 ;' ' trace_component = "x", "y[1]" ;'; do
        grep -qF "$line" out || { echo "no $line"; return 1; }
    done
}
same_numbers() { # of run 2 in the file and in CSV: the field's columns, row by row
    run k=0:20:3 --trace-runs=2 -q -o traced.nc && run k=0:20:3 --trace-runs=2 -q -o traced.csv || return 1
    for field in "time 3 3" "accepted 4 4" "state 5 6" "update 7 9"; do
        set -- $field
        values "trace_$1" traced.nc | sed "s/_/NaN/" | awk 1 >from_file
        sed 1d traced.trace.csv | cut -d, -f"$2-$3" | tr , '\n' >from_csv
        test -s from_csv && diff from_file from_csv || return 1
    done
}
if test "${CUBIE_NETCDF:-no}" = no || ! command -v ncdump >/dev/null; then
    tap_skip "traces in netCDF" "no netCDF"
else
    tap_ok "traces in netCDF: variables and coordinates" traced_file
    tap_ok "traces in netCDF: the numbers of CSV" same_numbers
fi
unset FAKE_TRACED
tap_done
