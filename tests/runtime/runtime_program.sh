# SPDX-License-Identifier: MIT
# The command line, files and exit statuses of a generated program, on the
# problem of fake_problem.c: exact texts, what is left on the disk, CSV against
# netCDF, interrupts, disks that are full.

: "${srcdir:=.}"
. "$srcdir/tests/tap.sh"
. "$srcdir/tests/support/fake_program.sh"

# says STATUS TEXT ARGUMENT...: the program fails so, with exactly this text.
says() {
    says_status=$1
    printf '%s\n' "$2" >expected
    shift 2
    run "$@"
    test $status -eq "$says_status" || { echo "status $status: $*"; return 1; }
    diff expected err
}

fails() { tap_ok "$*" says "$expect" "$text" "$@"; }

expect=1
text="decay: error: k=0:1: expected start:stop:count, for example 0:21:1000"; fails k=0:1
text="decay: error: k=0:1:0: the sweep is empty; the count must be at least 1"; fails k=0:1:0
text="decay: error: k=0:1:1.5: '1.5' is not a count; it must be a whole number"; fails k=0:1:1.5
text="decay: error: k=1,x,3: 'x' is no number: expected a number, '(', pi or a function like sqrt"; fails k=1,x,3
text="decay: error: k=nan: 'nan' is no number: expected a number, '(', pi or a function like sqrt"; fails k=nan
text="decay: error: k=inf: a value must be finite"; fails k=inf
text="decay: error: k=0x10: '0x10' is no number: unexpected text after the number, at character 2"; fails k=0x10
text="decay: error: k=2*pie: '2*pie' is no number: expected a number, '(', pi or a function like sqrt, at character 3"; fails k=2*pie
text="decay: error: k=1/(2-2): '1/(2-2)' is no number: division by zero, at character 8"; fails "k=1/(2-2)"
text="decay: error: k=0:1:4:5: expected start:stop:count, for example 0:21:1000"; fails k=0:1:4:5
text="decay: error: duration=1/0 is no number: division by zero, at character 4"; fails --duration=1/0
text="decay: error: dt=inf is out of range; it must be at least 0 and finite"; fails dt=inf
text="decay: error: min_gain=1 is out of range; it must be above 0 and below 1"; fails min_gain=1
text="decay: error: --save-every=1 and --save-at=1,2 are both given; one says it all"; fails --save-every=1 --save-at=1,2
text="decay: error: save_every=1 and --save-at=1,2 are both given; one says it all"; fails --save-at=1,2 save_every=1
text="decay: error: the sweep has 2e+12 runs; at most 2^40 (about 1.1e12) can be counted"; fails k=0:1:1e12 c=1,2
long=$(printf '%0500d' 0 | tr 0 x)
text="decay: error: k=$(printf '%.60s' "$long")...: '$(printf '%.60s' "$long")...' is no number: it is too long, or more than one line"; fails "k=$long"
text="decay: error: k=: expected a value after '='"; fails k=
text="decay: error: k=geom:0:1:4: the ends of a geometric range must have one sign and not be 0"; fails k=geom:0:1:4
text="decay: error: k=uniform:2:1: the first end must be below the second"; fails k=uniform:2:1
text="decay: error: k=normal:2:0: the standard deviation must be above 0"; fails k=normal:2:0
text="decay: error: k is given twice: k=1 and k=2"; fails k=1 k=2
text="decay: error: random values need the number of runs: runs=1000"; fails k=uniform:0:1
text="decay: error: runs=7, but the sweep has 5 runs; runs is for random values"; fails --runs=7
text="decay: error: runs=7 is no multiple of the 5 points of the grid"; fails c=uniform:0:1 runs=7
text="decay: error: zipped sweeps must have equally many values: k has 4, c has 3"; fails k=0:1:4 c=1,2,3 --zip
text="decay: error: k=0:1:1e13: 1e+13 values; at most 2^40 (about 1.1e12) can be counted"; fails k=0:1:1e13
text="decay: error: unknown name 'kk'; did you mean 'k'?"; fails kk=1
text="decay: error: unknown name 'durration'; did you mean 'duration'?"; fails durration=1
text="decay: error: 'y' is a vector; set its elements, for example y[1]=1"; fails y=1
text="decay: error: 'total' is an observable; only parameters and initial values can be set"; fails total=1
text="decay: error: rtol=0 is out of range; it must be above 0
decay: error: atol=-1 is out of range; it must be above 0"; fails --rtol=0 --atol -1
text="decay: error: rtol=z=1 names 'z', which is no state"; fails rtol=z=1
text="decay: error: rtol=1,2,3 has 3 values for 2 states; give one, one for each, or NAME=VALUE"; fails rtol=1,2,3
text="decay: error: duration=-1 is out of range; it must be above 0"; fails --duration=-1
text="decay: error: duration=1e-18 is below what float64 resolves at t=1"; fails --duration=1e-18 --t0=1
text="decay: error: save_every=3 is above duration=2"; fails --save-every=3
text="decay: error: save_at: 3 lies outside the saved time, 0 to 2"; fails --save-at=1,3
text="decay: error: save_at=1,0.5: the times must ascend, but 0.5 follows 1"; fails --save-at=1,0.5
text="decay: error: dt=0.01 is below dt_min=1
decay: error: dt_min=1 is above dt_max=0.5"; fails --dt-min=1 --dt-max=0.5
text="decay: error: safety=2 is out of range; it must be above 0 and at most 1"; fails safety=2
text="decay: error: max_steps=0 is out of range; it must be from 1 to 4294967295"; fails max_steps=0
text="decay: error: --threads=0: expected a whole number from 1 to 65535"; fails --threads=0
text="decay: error: x.txt: the ending chooses the format; use .nc (netCDF) or .csv"; fails -o x.txt
text="decay: error: cannot open absent.csv: No such file or directory"; fails --input=absent.csv

printf 'k,cc\n1,2\n' >names.csv
text="decay: error: names.csv: column 'cc' is no parameter and no state; did you mean 'c'?"; fails --input=names.csv
printf 'k,c\n1,2\n1\nx,2\n' >ragged.csv
text="decay: error: ragged.csv:3: 1 values where the header names 2 columns
decay: error: ragged.csv:4: 'x' in column 'k' is not a finite number"; fails --input=ragged.csv
printf 'k,c\n' >short.csv
text="decay: error: short.csv: the table has no rows"; fails --input=short.csv
: >empty.csv
text="decay: error: empty.csv: the file is empty; its first line must name the columns"; fails --input empty.csv
text="decay: error: names.csv has no column 'kk'; did you mean 'k'?"; fails k=file:names.csv:kk

# Tables that are not what they seem: hexadecimal, NUL bytes, text in UTF-16, dates, quotes, huge fields.
printf 'k,c\n1,0x10\n2,nan\n3,2024-01-05\n4,2*pi\n' >odd.csv
text="decay: error: odd.csv:2: '0x10' in column 'c' is not a finite number
decay: error: odd.csv:3: 'nan' in column 'c' is not a finite number
decay: error: odd.csv:4: '2024-01-05' in column 'c' is not a finite number
decay: error: odd.csv:5: '2*pi' in column 'c' is not a finite number"; fails --input=odd.csv
printf 'k,c\n1,2\n3\0004,5\n' >nul.csv
text="decay: error: nul.csv:3: the line holds a NUL byte, so the file is no text, or text in UTF-16; save it as UTF-8"; fails --input=nul.csv
printf '\377\376k\000,\000c\000\n\0001\000,\0002\000\n\000' >utf16.csv
text="decay: error: utf16.csv:1: the line holds a NUL byte, so the file is no text, or text in UTF-16; save it as UTF-8"; fails --input=utf16.csv
printf '"k,c\n1,2\n' >open.csv
text="decay: error: open.csv:1: a quote is not closed"; fails --input=open.csv
printf 'k\n%s\n' "$long" >huge_field.csv
text="decay: error: huge_field.csv:2: '$(printf '%.60s' "$long")...' in column 'k' is not a finite number"; fails --input=huge_field.csv

FAKE_PRECISION=32; export FAKE_PRECISION
text="decay: error: k=1e-46: 1e-46 does not fit in float32, which holds 0 and 1.2e-38 to 3.4e38"; fails k=1e-46
text="decay: error: k=1,1e-40: 1e-40 does not fit in float32, which holds 0 and 1.2e-38 to 3.4e38"; fails k=1,1e-40
text="decay: error: k=geom:1e-50:1:4: 1e-50 does not fit in float32, which holds 0 and 1.2e-38 to 3.4e38"; fails k=geom:1e-50:1:4
text="decay: error: rtol=1e-50: 1e-50 does not fit in float32, which holds 0 and 1.2e-38 to 3.4e38"; fails rtol=1e-50
printf 'k,c\n1,0\n2,1e-50\n3,1e40\n' >small.csv
text="decay: error: small.csv:3: column 'c': 1e-50 does not fit in float32, which holds 0 and 1.2e-38 to 3.4e38
decay: error: small.csv:4: column 'c': 1e+40 does not fit in float32, which holds 0 and 1.2e-38 to 3.4e38"; fails --input=small.csv
text="decay: error: k=1e39: 1e+39 does not fit in float32, which holds 0 and 1.2e-38 to 3.4e38"; fails k=1e39
unset FAKE_PRECISION
FAKE_ADAPTIVE=0; export FAKE_ADAPTIVE
text="decay: error: exact takes steps of a fixed size: set it, for example dt=0.002"; fails dt=0
unset FAKE_ADAPTIVE

expect=2
try="Try 'decay --help'."
text="decay: error: unknown option --save-evry; did you mean --save-every?
decay: error: 'foo' is neither an option nor NAME=VALUES
$try"; fails --save-evry 2 foo
text="decay: error: unknown option -z
decay: error: unknown name 'kk'; did you mean 'k'?
$try"; fails -z kk=1
text="decay: error: --duration needs an argument
$try"; fails --duration
text="decay: error: --zip takes no argument
$try"; fails --zip=3

expect=3
text="decay: error: cannot write absent/x.csv: there is no directory absent/"; fails -o absent/x.csv
mkdir folder.csv
text="decay: error: cannot write folder.csv: it is a directory"; fails -o folder.csv
echo mine >locked.csv
chmod 444 locked.csv
text="decay: error: cannot write locked.csv: the file is read-only"; fails -o locked.csv
tap_ok "the read-only file is untouched" test "$(cat locked.csv)" = mine
FAKE_FAIL=open; export FAKE_FAIL
text="decay: error: the fake device failed to open"; fails -o x.csv
FAKE_FAIL=finish
text="decay: error: the fake device failed to finish"; fails -o x.csv
unset FAKE_FAIL
FAKE_MEMORY=0; export FAKE_MEMORY
text="decay: error: no memory for 5 runs"; fails -o x.csv
unset FAKE_MEMORY

huge() {
    run k=0:1:1e12 -o huge.csv
    test $status -eq 3 && grep -q 'huge.csv needs 42.0 TB for 1000000000000 runs, but .* are free in ./; save fewer, or elsewhere with -o' err
}
tap_ok "10^12 runs that the disk does not hold are refused, with the size" huge
tap_ok "failures leave no file" sh -c 'test ! -e x.csv && test ! -e huge.csv'
tap_ok "and no partial one" none_left

# What it prints.
run --version
tap_ok "--version" test "$status $(cat out)" = "0 decay, written by cubie-gen 0.1.0 (problem 0123456789abcdef)"
run --help
tap_ok "--help names every option" sh -c 'grep -q -e --save-every out && grep -q -e "-o, --output=FILE" out && test ! -s err'
run --describe k=0:1:7 rtol=1e-3
tap_ok "--describe tells inputs, settings and runs" sh -c 'grep -q "^  k         0:1:7  1/s" out && grep -q "^  rtol  *0.001$" out &&
    grep -q "^  y.1.      2\*c  mol" out && grep -q "^runs: 7" out'
tolerances() {
    run --describe rtol="$1"
    test "$(sed -n 's/^  rtol  *//p' out)" = "$2"
}
tap_ok "one tolerance for all states" tolerances 1e-3 0.001
tap_ok "one for each state" tolerances 1e-3,1e-4 "x=0.001,y[1]=0.0001"
tap_ok "for a state by name" tolerances y_1=1e-4 "x=1e-6,y[1]=0.0001"
tap_ok "for all elements of a vector" tolerances 1e-3,y=1e-4 "x=0.001,y[1]=0.0001"
run --describe
tap_ok "nothing is written for it" test ! -e decay.nc

# Numbers are arithmetic, in values and in settings.
run --describe 'k=2*pi' 'c=1e3/60:sqrt(2):3' x=2^-3 duration=8/3 rtol=1e-3/2,y=10^-4
tap_ok "arithmetic in values and settings" sh -c 'grep -q "^  k  *6.283185307179586  1/s" out && grep -q "^  c  *1e3/60:sqrt(2):3  mol" out &&
    grep -q "^  x  *0.125" out && grep -q "^  duration  *2.6666666666666665" out && grep -q "^  rtol  *x=0.0005,y.1.=0.0001" out'
run -o - 'c=1e3/60:sqrt(2):3' k=0 -q
tap_ok "ends of ranges are exact" test "$(cut -d, -f3 out | tr '\n' ' ')" = "c 16.666666666666668 9.040440114519882 1.4142135623730951 "
run -o - k=0.1,1e23,123456789012345678901234567890,0.30000000000000004 -q
tap_ok "plain decimals are the nearest double" test "$(cut -d, -f3 out | tr '\n' ' ')" = "k 0.1 1e23 1.2345678901234568e29 0.30000000000000004 "

# Tables of inputs.
printf '\357\273\277"k";"c"\r\n"1";2\r\n8/3; 3\r\n' >table.csv
run -o - --input=table.csv --duration=1 -q
tap_ok "a mark of UTF-8, quotes, semicolons" test "$(cut -d, -f3,4 out | tr '\n' ' ')" = "k,c 1,2 2.6666666666666665,3 "
printf 'who,"c, in mol"\nAda,1\n"Bob ""B""",2\n' >people.csv
run -o - c="file:people.csv:c, in mol" k=1 -q
tap_ok "a column beside others that are no numbers" test "$(cut -d, -f3 out | tr '\n' ' ')" = "c 1 2 "
printf 'c\n1\n2\n3\n' >c.csv
run -o - --input=c.csv
tap_ok "a table says all runs, one a row" test "$(grep -c . out)" -eq 4
tap_ok "and that the problem's own sweep is left out" grep -qFx "decay: warning: --input takes the place of the problem's own sweep k=0:1:5; --product or --zip keeps it" err
run -o - --input=c.csv --product -q
tap_ok "unless --product keeps it" test "$(grep -c . out)" -eq 16
run -o - --input=c.csv k=1,2 -q
tap_ok "sweeps of the command line multiply the rows" test "$(grep -c . out)" -eq 7
run -o - --input=c.csv k=1
tap_ok "what is given is not left out" sh -c '! grep -q warning err'
run -o - --save-at=0.5,1 -q
tap_ok "an option takes the place of the other one of the problem" test "$(sed 1d out | cut -d, -f2 | sort -u | tr '\n' ' ')" = "0.5 1 "

# CSV.
run -o - k=0,1 c=2 --save-every=1 --quiet
cat >expected <<'END'
run,time,k,x,y_1,total,status
0,0,0,1,4,5,0
0,1,0,1,2.7357588823428847,3.7357588823428847,0
0,2,0,1,2.2706705664732256,3.2706705664732256,0
1,0,1,1,4,5,0
1,1,1,0.36787944117144233,2.7357588823428847,3.103638323514327,0
1,2,1,0.1353352832366127,2.2706705664732256,2.4060058497098384,0
END
tap_ok "CSV on standard output" diff expected out
tap_ok "--quiet is quiet" test ! -s err
run -o - k=-1,1 x=3,4 --save-every=2 -q
cat >expected <<'END'
run,time,k,initial_x,x,y_1,total,status
0,0,-1,3,3,1,4,8
0,2,-1,3,NaN,NaN,NaN,8
1,0,-1,4,4,1,5,8
1,2,-1,4,NaN,NaN,NaN,8
2,0,1,3,3,1,4,0
2,2,1,3,0.4060058497098381,0.5676676416183064,0.9736734913281445,0
3,0,1,4,4,1,5,0
3,2,1,4,0.5413411329464508,0.5676676416183064,1.1090087745647572,0
END
tap_ok "swept initial values have a column, failed runs NaN" diff expected out
run -o x.csv k=0:1:1000 --chunk=7
"$program" -q -o - k=0:1:1000 >out
tap_ok "a file holds the same" cmp x.csv out
tap_ok "the summary tells of it" grep -q '^  output  x.csv (' err
tap_ok "no partial file stays" none_left

# end_of TEXT ARGUMENT...: the summary says so of the end state, or nothing.
end_of() {
    end_text=$1
    shift
    run -o /dev/null "$@"
    test "$(grep '^  saved ' err)" = "$end_text"
}
tap_ok "an end that no instant reaches is told" \
    end_of "  saved   the last of 4 instants is 9; the end, 10, is not among them" --duration=10 --save-every=3
tap_ok "of times given, too" \
    end_of "  saved   the last of 2 instants is 1.5; the end, 2, is not among them" --save-at=1,1.5
tap_ok "but not one that an instant reaches" end_of "" --duration=0.7 --save-every=0.1
tap_ok "nor the end alone" end_of ""
run k=-1,1e7,1 -o /dev/null
tap_ok "failures are counted by reason" grep -q '^  failed  2 of 3 runs: 1 step too small, 1 not finite$' err
tap_ok "with what to do about it" grep -q '^          step too small: the error stayed above the tolerance down to dt_min; ..*$' err
tap_ok "they are no error" test $status -eq 0
run k=-1,1e7,1 -o /dev/null --strict
tap_ok "unless --strict" test $status -eq 1

if test -w /dev/full; then
    "$program" -o - >/dev/full 2>err
    status=$?
    tap_ok "a full device" test "$status $(cat err)" = "3 decay: error: cannot write standard output: No space left on device"
else
    tap_skip "a full device" "there is no /dev/full"
fi

# A limit on file sizes stands for a full disk, and for one that fills later.
stays_out() {
    test $status -eq 3 && test "$(cat err)" = "decay: error: cannot write $1: File too large" && test ! -e "$1" && none_left
}
limited() {
    (ulimit -f 64; "$program" k=0:1:100000 -o "$1" >out 2>err)
    status=$?
    stays_out "$1"
}
filling() {
    FAKE_FILE_LIMIT=$2 "$program" k=0:1:100000 -o "$1" >out 2>err
    status=$?
    stays_out "$1"
}
tap_ok "a CSV file that is too large does not stay" limited limited.csv
tap_ok "nor one that meets a limit later" filling limited.csv 100000

# Interrupts.
echo old >stopped.csv
interrupt() {
    FAKE_DELAY=1000 timeout --foreground --preserve-status -s "$1" 0.5 "$program" k=0:1:100000 -o "$2" >out 2>err
    status=$?
    test $status -eq 130 && grep -q "^decay: interrupted; nothing was written to $2$" err && none_left
}
tap_ok "Ctrl-C ends it with status 130" interrupt INT stopped.csv
tap_ok "the file of before is untouched" test "$(cat stopped.csv)" = old
tap_ok "so does kill" interrupt TERM fresh.csv
tap_ok "no file appears" test ! -e fresh.csv

# Progress, on a terminal only.
if command -v script >/dev/null && script -qec true /dev/null >/dev/null 2>&1; then
    FAKE_DELAY=100 script -qec "$program k=0:1:4000 -o /dev/null" /dev/null >out 2>&1
    tap_ok "a terminal shows progress" grep -q '%  .* of 4k runs .*/s .* left' out
    FAKE_DELAY=100 script -qec "$program k=0:1:4000 -o /dev/null --no-progress" /dev/null >out 2>&1
    tap_ok "unless --no-progress" sh -c "grep -q '4000 runs' out && ! grep -q left out"
    # longest COLUMNS: no line of the progress is as wide as the terminal.
    longest() {
        FAKE_DELAY=100 script -qec "stty cols $1; $program k=0:1:6000 -o /dev/null" /dev/null |
            tr '\r' '\n' | awk -v most="$1" '/%/ { n++; if (length($0) >= most) { print; bad = 1 } } END { exit bad || n < 2 }'
    }
    for columns in 100 70 50 30 20 8; do
        tap_ok "a terminal of $columns columns has room for it" longest $columns
    done
else
    for columns in 100 70 50 30 20 8; do
        tap_skip "a terminal of $columns columns has room for it" "script(1) makes no terminal here"
    done
    tap_skip "a terminal shows progress" "script(1) makes no terminal here"
    tap_skip "unless --no-progress" "script(1) makes no terminal here"
fi
FAKE_DELAY=100 "$program" k=0:1:4000 -o /dev/null 2>err
tap_ok "a file gets none" sh -c "grep -q '4000 runs' err && ! grep -q left err"

# A file system that is too small.
mkdir small
if mount -t tmpfs -o size=1m tmpfs small 2>/dev/null; then
    run k=0:1:1000000 -o small/x.csv
    tap_ok "a disk that is too small is found before" sh -c "test $status -eq 3 && grep -q 'needs 42.0 MB for 1000000 runs, but 1.0 MB are free in small/' err"
    tap_ok "it stays empty" test -z "$(ls small)"
    umount small
else
    tap_skip "a disk that is too small is found before" "mounting is not permitted"
    tap_skip "it stays empty" "mounting is not permitted"
fi

# netCDF.
if test "${CUBIE_NETCDF:-yes}" = no; then
    run -o x.nc
    tap_ok "without netCDF .nc is refused" test "$status $(cat err)" = "1 decay: error: x.nc: this program was built without netCDF; use .csv"
    run
    tap_ok "and CSV is the default" test -s decay.csv
    tap_done
fi

tap_ok "a netCDF file that is too large does not stay" limited limited.nc
for limit in 1000 20000 100000 1000000 4000000; do
    tap_ok "nor one that meets a limit after $limit bytes" filling limited.nc $limit
done
tap_ok "nor does an interrupted one" interrupt INT fresh.nc
tap_ok "no netCDF file appears" test ! -e fresh.nc
expect=3
text="decay: error: cannot write absent/x.nc: there is no directory absent/"; fails -o absent/x.nc
run
tap_ok "the default is NAME.nc" test -s decay.nc

if ! command -v ncdump >/dev/null; then
    tap_skip "netCDF and CSV agree" "there is no ncdump"
    tap_done
fi

# values VARIABLE FILE: one a line, as ncdump has them with all digits.
values() {
    ncdump -p 9,17 -v "$1" "$2" | sed -e '1,/^data:/d' -e 's/}//' | tr -d '\n' | sed -e "s/.*[ ;]$1 = *//" -e 's/;.*//' | tr ',' '\n' | tr -d ' '
}

# agree COLUMN VARIABLE: a column of x.csv equals a variable of x.nc, whose runs vary fastest.
agree() {
    awk -F, -v name="$1" 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == name) c = i; next }
        { print NR - 2, $1, $c }' x.csv >pairs
    awk -v runs="$runs" -v instants="$instants" '{ print ($1 % instants) * runs + $2, $3 }' pairs | sort -n | cut -d' ' -f2 >a
    values "$2" x.nc | sed -e 's/_/NaN/' >b
    paste a b | awk -v allowed="$close" '$1 == "NaN" || $2 == "NaN" { if ($1 != $2) print; n++; next }
        { d = $1 - $2; if (d < 0) d = -d; s = $1 < 0 ? -$1 : $1; n++; if (d > allowed * s) print }
        END { if (n < 60) print n " values" }' >differences || return 1
    test ! -s differences || { cat differences; return 1; }
}

for precision in 64 32; do
    FAKE_PRECISION=$precision; export FAKE_PRECISION
    close=$(test $precision = 32 && echo 1e-7 || echo 0)
    runs=60 instants=5
    set -- k=-1:4:20 c=1,2,3 --save-every=0.5 --chunk=11
    "$program" -q "$@" -o x.csv && "$program" -q "$@" -o x.nc
    for name in x y total; do
        column=$(test $name = y && echo y_1 || echo $name)
        tap_ok "float$precision: $name of netCDF and CSV agree" agree $column $name
    done
    instants=1
    set -- k=-1:4:20 c=uniform:0:1 y_1=geom:1:2:3 --chunk=7
    "$program" -q "$@" -o x.csv && "$program" -q "$@" -o x.nc
    for name in k c initial_y_1 x y status; do
        column=$(test $name = y && echo y_1 || echo $name)
        tap_ok "float$precision: $name of the end agrees" agree $column $name
    done
done
unset FAKE_PRECISION

header() {
    "$program" -q k=1,2 x=2 --save-every=1 rtol=1e-3 -o header.nc
    ncdump -h header.nc >out
    cat >expected <<'END'
netcdf header {
dimensions:
	run = 2 ;
	time = 3 ;
	element = 1 ;
variables:
	double time(time) ;
		time:units = "s" ;
		time:long_name = "time" ;
	double k(run) ;
		k:units = "1/s" ;
		k:long_name = "parameter k" ;
	double x(time, run) ;
		x:_FillValue = NaN ;
		x:units = "mol" ;
		x:coordinates = "k" ;
	int element(element) ;
		element:long_name = "element of a vector, from 1" ;
	double y(time, element, run) ;
		y:_FillValue = NaN ;
		y:units = "mol" ;
		y:coordinates = "k" ;
	double total(time, run) ;
		total:_FillValue = NaN ;
		total:coordinates = "k" ;
	ushort status(run) ;
		status:long_name = "why the run failed; 0 when it did not" ;
		status:flag_masks = 2US, 4US, 8US, 32US, 64US, 128US, 256US, 512US ;
		status:flag_meanings = "newton_exhausted linear_exhausted step_too_small max_steps newton_stagnated linear_breakdown newton_diverged not_finite" ;
	uint steps(run) ;
		steps:long_name = "accepted steps" ;
	uint rejected(run) ;
		rejected:long_name = "rejected steps" ;

// global attributes:
		:Conventions = "CF-1.9" ;
		:title = "decay" ;
		:source = "cubie-gen 0.1.0" ;
		:problem = "decay" ;
		:problem_hash = "0123456789abcdef" ;
		:algorithm = "exact" ;
		:controller = "pi" ;
		:precision = "float64" ;
		:target = "fake" ;
		:arguments = "-q k=1,2 x=2 --save-every=1 rtol=1e-3 -o header.nc" ;
		:sweep = "k=1,2" ;
		:fixed = "c=0.5 x=2" ;
		:duration = 2. ;
		:t0 = 0. ;
		:settle = 0. ;
		:save_every = 1. ;
		:rtol = 0.001 ;
		:atol = 1.e-08, 1.e-06 ;
		:dt = 0.01 ;
		:dt_min = 2.e-30 ;
		:dt_max = Infinity ;
		:max_steps = 100000ULL ;
		:step_tolerance = 1. ;
		:safety = 0.9 ;
		:min_gain = 0.2 ;
		:max_gain = 10. ;
		:kp = 0. ;
		:ki = 0. ;
		:seed = 7ULL ;
}
END
    diff expected out
}
tap_ok "ncdump -h shows labelled variables" header

seconds() {
    "$program" k=0:1:1000000 -o speed.nc 2>err || return 1
    write=$(sed -n 's/.* write \([0-9.e-]*\);.*/\1/p' err)
    echo "write took $write s"
    awk -v s="$write" 'BEGIN { exit !(s < 3) }'
}
tap_ok "10^6 runs are written in time" seconds
tap_done
