# SPDX-License-Identifier: MIT
# Generated text as a reader meets it: no line over 120 columns, nothing declared as unused that is used.
. "$srcdir/tests/tap.sh"
tap_folder

# text NAME ARGUMENT...: one project's source.
text() {
    what="$*"
    problem=$1
    shift
    tap_ok "$what is generated" "$CUBIE_GEN" -o project "$srcdir/problems/$problem.lua" "$@" || return
    tap_ok "$what: no line over 120 columns" awk -v limit=120 \
        'length > limit { print FILENAME ":" FNR ": " length; bad = 1 } END { exit bad }' "project/$problem.cu" "project/$problem.h"
    tap_ok "$what: a name that may be unused is unused" awk '
        /^}/ { for (name in unused) if (body ~ "[^A-Za-z_0-9]" name "[^A-Za-z_0-9]") { print NR ": " name; bad = 1 }
               split("", unused); body = "" }
        { line = $0; sub(/\/\/.*/, "", line)
          while (match(line, /\[\[maybe_unused\]\] [A-Za-z]+ [A-Za-z_0-9]+/)) {
              split(substr(line, RSTART, RLENGTH), word, " "); unused[word[3]] = 1
              line = substr(line, 1, RSTART - 1) substr(line, RSTART + RLENGTH) }
          body = body "\n" line "\n" }
        END { exit bad }' "project/$problem.cu"
    rm -rf project
}

for file in "$srcdir"/problems/*.lua; do
    name=$(basename "$file" .lua)
    text "$name"
done
text hires algorithm=radau-iia-9 trace=true
text hires algorithm=kvaerno5 factor_reuse=steps lu_precision=float32
text pollution algorithm=rodas5p linear_solver=bicgstab unroll_limit=4
text lorenz96 algorithm=vern9 trace=true unroll_limit=4
text hodgkin_huxley algorithm=radau-iia-5 linear_solver=minimal_residual preconditioner=neumann
tap_done
