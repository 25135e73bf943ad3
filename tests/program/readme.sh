#!/bin/sh
# SPDX-License-Identifier: MIT
# README.md tells the truth: the problem it shows is the one of problems/, what it
# quotes of the generated source and of the memory map is there, its commands run.
: "${srcdir:?run me by make check}" "${CUBIE_GEN:?}"
. "$srcdir/tests/tap.sh"

tap_folder
readme=$srcdir/README.md

# block N: the N-th fenced block, without its fences.
block() {
    awk -v wanted="$1" '/^```/ { inside = !inside; if (inside) n++; next } inside && n == wanted' "$readme"
}

# holds FILE BLOCK: the lines of the block stand in the file, one after the other.
holds() {
    block "$2" >quoted.txt
    test -s quoted.txt || { echo "block $2 is empty"; return 1; }
    awk 'NR == FNR { quoted[++n] = $0; next } $0 == quoted[found + 1] { found++ } !($0 == quoted[found]) && found < n { found = ($0 == quoted[1]) }
         END { if (found < n) { print "not there: " quoted[found + 1]; exit 1 } }' quoted.txt "$1"
}

same_problem() {
    block 2 >shown.lua
    grep -v '^--' "$srcdir/problems/lorenz.lua" | diff shown.lua -
}

tap_ok "files and sections that it links to are there" sh -c "
    for file in \$(sed -n 's/.*](\([A-Z.a-z]*\)).*/\1/p' '$readme'); do test -f '$srcdir'/\$file || exit 1; done
    grep -q '^## What is not there yet' '$readme'"
"$CUBIE_GEN" "$srcdir/problems/lorenz.lua"
"$CUBIE_GEN" --layout "$srcdir/problems/lorenz.lua" stage_accumulator_location=shared >map.txt
tap_ok "the problem is the one of problems/" same_problem
tap_ok "the equations stand in the source" holds lorenz/lorenz.cu 5
tap_ok "the stages stand in the source" holds lorenz/lorenz.cu 6
tap_ok "the memory map is what --layout prints" holds map.txt 12
tap_ok "the project builds" make -s -C lorenz TARGET=cpu
if [ "$CUBIE_NETCDF" != no ] && command -v ncdump >/dev/null 2>&1; then
    ./lorenz/lorenz rho=0:21:10 --quiet
    ncdump -h lorenz.nc >header.txt
    tap_ok "the output is labelled as shown" holds header.txt 7
else
    tap_skip "the output is labelled as shown" "no netCDF or no ncdump here"
fi
printf 'rho,x\n1,2\n3,4\n' >table.csv
block 8 | sed 's/#.*//' >commands.txt
while read -r command; do
    case $command in
    *" -o "*) set -- ;;
    *) set -- -o /dev/null ;;
    esac
    tap_ok "$command" sh -c "$command --quiet $*"
done <commands.txt
block 9 | sed -e "s|^cubie-gen|$CUBIE_GEN|" -e "s|problems/|$srcdir/problems/|" >commands.txt
tap_ok "the commands that trace" sh -ec "TARGET=cpu; export TARGET; . ./commands.txt >trace.txt"
tap_ok "they print every stage of both runs" test "$(grep -c '^run [05]: ' trace.txt) $(grep -c ' k7 ' trace.txt)" = \
    "2 $(awk '/^run/ { sum += $3 } END { print sum }' trace.txt)"
"$CUBIE_GEN" "$srcdir/problems/pollution.lua"
tap_ok "the row of the factorisation stands in the source" holds pollution/pollution.cu 10
block 11 | sed -e 's/#.*//' -e "s|^cubie-gen|$CUBIE_GEN|" -e "s|problems/|$srcdir/problems/|" >commands.txt
tap_ok "the commands for stiff problems" sh -ec "TARGET=cpu; export TARGET; . ./commands.txt >stiff.txt 2>&1"
tap_ok "the last shows what the LU takes" grep -q '^LU of shift' stiff.txt
tap_ok "the map of the tree has every folder of gen/" test -z "$(cd "$srcdir" && for folder in gen/*/; do
    grep -q "^${folder%/} " "$readme" || echo "$folder"; done)"
for word in gen/main.c gen/base gen/script gen/expr gen/method gen/layout gen/system gen/model gen/code gen/part gen/solver gen/plan lua runtime runtime/include/cubie problems tests; do
    tap_ok "the map of the tree: $word" sh -c "test -e '$srcdir/$word' && grep -q '^$word' '$readme'"
done
tap_done
