# SPDX-License-Identifier: MIT
# Where results go, on the problem of fake_problem.c: two programs with one output,
# links, devices and pipes, folders and disks that refuse, programs that are killed.

: "${srcdir:=.}"
. "$srcdir/tests/tap.sh"
. "$srcdir/tests/support/fake_program.sh"

if test "${CUBIE_NETCDF:-no}" = no; then ending=csv; else ending=nc; fi

# A program that takes its time, in the background: its number is in $slow. It is
# there, and writes, when its partial file is.
start_slow() {
    FAKE_DELAY=2000 "$program" -q k=0:1:100000 -o "$1" >/dev/null 2>slow_err &
    slow=$!
    for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
        ls ./*.partial >/dev/null 2>&1 && return 0
        sleep 0.1
    done
    return 1
}

# Two programs, one output.
for kind in csv $ending; do
    echo before >one.$kind
    start_slow one.$kind
    run -q k=1 -o one.$kind
    told() {
        test $status -eq 1 &&
            grep -qx "decay: error: one.$kind is being written by another program (process $slow); wait for its end, or write elsewhere with -o" err
    }
    tap_ok "$kind: a second program is told who writes the file, and ends with 1" told
    tap_ok "$kind: nothing was written to it" test "$(cat one.$kind)" = before
    ln -s one.$kind other.$kind
    run -q k=1 -o ./other.$kind
    tap_ok "$kind: nor through a link" sh -c "test $status -eq 1 && grep -q 'is being written by another program' err"
    rm other.$kind
    run -q k=1 -o two.$kind
    tap_ok "$kind: another file is another matter" test $status -eq 0
    kill -TERM $slow
    wait $slow
    tap_ok "$kind: the first goes on until it is stopped" test $? -eq 130
    tap_ok "$kind: and leaves what was there" test "$(cat one.$kind)" = before
    tap_ok "$kind: nothing else" none_left
done

# Many at the same time: one file, whole, of one of them; the others are told.
"$program" -q k=0:1:2000 -o whole.csv
for i in 1 2 3 4 5 6 7 8; do
    { FAKE_DELAY=50 "$program" -q k=0:1:2000 -o race.csv 2>race_err_$i; echo $? >race_status_$i; } &
done
wait
raced() {
    grep -qx 0 race_status_* && ! grep -vxh '[01]' race_status_* && cmp whole.csv race.csv &&
        test "$(cat race_err_* | grep -c 'is being written by another')" -eq "$(cat race_status_* | grep -cx 1)"
}
tap_ok "eight at once: whoever writes writes all of it" raced
tap_ok "and nothing stays" none_left

# A program that is killed.
for kind in csv $ending; do
    start_slow killed.$kind
    kill -KILL $slow
    wait $slow 2>/dev/null
    tap_ok "$kind: killed, it leaves no file of that name" test ! -e killed.$kind
    run -q k=1 -o killed.$kind
    tap_ok "$kind: the next program is not held up" sh -c "test $status -eq 0 && test -s killed.$kind"
    tap_ok "$kind: and what was left is gone" none_left
done
echo "1 ../precious.partial" >mean.csv.lock
mkdir -p deep && mv mean.csv.lock deep && touch precious.partial
run -q k=1 -o deep/mean.csv
tap_ok "a lock file names nothing elsewhere" test -e precious.partial
rm precious.partial

# Links.
mkdir data
"$program" -q k=1 -o plain.csv
echo before >data/target.csv
ln -s data/target.csv link.csv
run -q k=1 -o link.csv
tap_ok "the target of a link is replaced" cmp plain.csv data/target.csv
tap_ok "the link stays one" test "$(readlink link.csv)" = data/target.csv
ln -s ../link.csv data/again.csv
ln -s data/new.csv hanging.csv
echo before >data/target.csv
run -q k=1 -o data/again.csv
tap_ok "a link to a link" sh -c "cmp plain.csv data/target.csv && test -L link.csv && test -L data/again.csv"
run -q k=1 -o hanging.csv
tap_ok "a link to what is not there yet" sh -c "cmp plain.csv data/new.csv && test -L hanging.csv"
ln -s circle.csv circle.csv
run -q k=1 -o circle.csv
tap_ok "a link to itself" test "$status $(cat err)" = "3 decay: error: cannot write circle.csv: Too many levels of symbolic links"
tap_ok "nothing is left beside links" sh -c "test -z \"\$(ls data | grep -e partial -e lock)\"" && none_left
echo mine >precious.txt
ln -s precious.txt x.csv.lock
run -q k=1 -o x.csv
tap_ok "a link in the place of the lock is not followed" sh -c "test $status -eq 3 && test $(cat precious.txt) = mine && test ! -e x.csv"
rm x.csv.lock

# What is no file.
mkfifo pipe pipe.csv
cat pipe >got &
run -q k=1 -o pipe
wait
tap_ok "a pipe gets CSV" sh -c "test $status -eq 0 && cmp plain.csv got && test -p pipe"
cat pipe.csv >got &
run -q k=1 -o pipe.csv
wait
tap_ok "whatever its name" sh -c "test $status -eq 0 && cmp plain.csv got && test -p pipe.csv"
mkfifo pipe.nc
run -q k=1 -o pipe.nc
tap_ok "but no netCDF" test "$status $(cat err)" = "1 decay: error: pipe.nc is a device or a pipe, which takes CSV alone; netCDF needs a file"
run -q k=1 -o /dev/null
tap_ok "/dev/null takes all" test "$status$(cat err)" = 0
if test -w /dev/full; then
    run -q k=1 -o /dev/full
    tap_ok "/dev/full nothing" test "$status $(cat err)" = "3 decay: error: cannot write /dev/full: No space left on device"
else
    tap_skip "/dev/full nothing" "there is no /dev/full"
fi

# Folders and disks that refuse.
mkdir closed && chmod 555 closed
if test -w closed; then
    tap_skip "a folder that cannot be written to" "this user may write everywhere"
else
    run -q k=1 -o closed/x.csv
    tap_ok "a folder that cannot be written to" \
        test "$status $(cat err)" = "3 decay: error: cannot write closed/x.csv: nothing can be made in the directory closed/"
fi
mkdir small
if mount -t tmpfs -o size=64k tmpfs small 2>/dev/null; then
    for kind in csv $ending; do
        head -c 40000 /dev/zero >small/taken
        run -q k=0:1:5000 x=1:2:3 -o small/x.$kind
        tap_ok "$kind: a disk that is full" sh -c "test $status -eq 3 && grep -q 'small/x.$kind' err"
        tap_ok "$kind: keeps nothing of it" test "$(ls small)" = taken
    done
    umount small
else
    for kind in csv $ending; do
        tap_skip "$kind: a disk that is full" "mounting is not permitted"
        tap_skip "$kind: keeps nothing of it" "mounting is not permitted"
    done
fi
tap_done
