#!/bin/sh
# SPDX-License-Identifier: MIT
# Generated functions that are cut into pieces give the same bits as whole ones
# (pieces.cpp), and those of dense systems are of bounded length.
: "${srcdir:?run me by make check}" "${CUBIE_GEN:?}" "${CXX:?}"
. "$srcdir/tests/tap.sh"

tap_folder

# What pieces have in common: functions, a choice, a sum that several equations
# use; and an equation that is longer than a function may be.
cat >shared.lua <<'END'
problem "common"
local n = 12
parameters { a = 1, b = 2 }
states { x = vector(n, 1) }
local mean, long = 0, 0
for i = 1, n do mean = mean + exp(-x[i]^2) / n end
for k = 1, 150 do long = long + sin(k * x[1] + b) / k end
for i = 1, n do
  local sum = -x[i] + sqrt(a * b) * mean * cos(t)
  for j = 1, n do sum = sum + ((i * 7 + j * 13) % 17 - 8) / 100 * tanh(x[j]) * x[i] end
  ddt.x[i] = sum + where(lt(mean, i / n), log(1 + x[2]^2), tanh(x[i])) + (i == 3 and long or 0)
end
END
cat >dense.lua <<'END'
problem "dense"
local n = 100
states { x = vector(n, 1) }
for i = 1, n do
  local sum = -x[i]^3
  for j = 1, n do sum = sum + ((i * 7 + j * 13) % 17 - 8) / (10 * n) * sin(x[j] - x[i]) end
  ddt.x[i] = sum
end
END

dump() { # PROBLEM FILE CHOICE...
    problem=$1 file=$2
    shift 2
    "$CUBIE_GEN" --dump=rhs "$problem.lua" outputs=states "$@" >"$file"
}

is_cut() { # FILE FUNCTION
    grep -q " $2_2(" "$1" && grep -q " carried\[[0-9]*\];" "$1"
}

compile() { # FLAG...
    # shellcheck disable=SC2046
    $CXX -std=c++17 -O0 -DCUBIE_DEBUG -march=native -ffp-contract=off -Wall -Wextra -Werror -Wno-unused-function -Wno-psabi "$@" -I. \
        $(pkg-config --cflags cubie-runtime) "$srcdir/tests/code/pieces.cpp" -o pieces -lmvec -lm
}

for choice in "" lu_precision=float32; do
    # shellcheck disable=SC2086
    {
        dump shared whole_rosenbrock.inc algorithm=rodas5p unroll_limit=1000 $choice
        dump shared cut_rosenbrock.inc algorithm=rodas5p linear_solver=lu unroll_limit=11 $choice
        dump shared whole_blocks.inc algorithm=radau-iia-5 unroll_limit=1000 $choice
        dump shared cut_blocks.inc algorithm=radau-iia-5 unroll_limit=20 $choice
    }
    dump shared whole_krylov.inc algorithm=rodas3p linear_solver=bicgstab unroll_limit=1000
    dump shared cut_krylov.inc algorithm=rodas3p linear_solver=bicgstab unroll_limit=11
    tap_ok "rhs is cut" is_cut cut_rosenbrock.inc rhs
    tap_ok "factors are cut: $choice" is_cut cut_rosenbrock.inc "$([ "$choice" ] && echo factor || echo linearise)"
    tap_ok "factors of blocks are cut: $choice" is_cut cut_blocks.inc factor
    tap_ok "products are cut" is_cut cut_krylov.inc jacobian_times
    tap_ok "all compile without warnings: $choice" compile ${choice:+-DCUBIE_FACTOR_PRECISION=32}
    tap_ok "whole and cut functions give the same bits: $choice" ./pieces
done

# No function is longer than what is left whole, with a row that was the last.
bounded() { # CHOICE...
    dump dense dense.inc "$@" && awk '
        /^CUBIE_(NO)?INLINE/ { name = $0; length_ = 0; functions++ }
        { length_ += gsub(/ [-+*\/] | -= | \*= |sin\(|cos\(/, "") }
        /^}/ && length_ > 3000 { print length_, name; bad = 1 }
        END { exit bad || functions < 20 }' dense.inc
}
for choice in algorithm=tsit5 algorithm=rodas5p "algorithm=rodas5p linear_solver=lu" "algorithm=radau-iia-5 lu_precision=float32"; do
    # shellcheck disable=SC2086
    tap_ok "the functions of 100 dense states are bounded: $choice" bounded $choice
done
tap_done
