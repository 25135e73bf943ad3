#!/bin/sh
# SPDX-License-Identifier: MIT
# The generated functions of Krylov solvers, called from C++ (krylov_solve.cpp):
# product, residual, dense solutions, limits, and runs of a vector that do not see
# each other; of a fully implicit method real and complex systems.
: "${srcdir:?run me by make check}" "${CUBIE_GEN:?}" "${CXX:?}"
. "$srcdir/tests/tap.sh"

tap_folder

# Four entries a row, at random but for the diagonal.
cat >sparse.lua <<'END'
problem "sparse"
local n, seed = 24, 1
local function draw()
  seed = (seed * 16807) % 2147483647
  return seed / 2147483647
end
states { y = vector(n, 1) }
for i = 1, n do
  local sum = -(2 + 3 * draw()) * y[i]
  for k = 1, 3 do sum = sum + (2 * draw() - 1) * y[1 + math.floor(n * draw())] end
  ddt.y[i] = sum
end
END
# What functions, choices and values that are computed once per run make of it;
# the states have names that meet those of the vector's elements.
cat >mixed.lua <<'END'
problem "mixed"
parameters { a = 1, b = 2 }
states { x = 1, v_x = 1, vv_x = 1, w = 1, product = 1 }
local rate = exp(-a * b) * sqrt(a + b)
ddt.x = rate * sin(v_x) * x - x * w + cos(t)
ddt.v_x = where(lt(x, 10), x^3, x) - exp(-v_x) * product
ddt.vv_x = -vv_x * (1 + x^2) / (1 + v_x^2)
ddt.w = tanh(x * vv_x) - 3 * w + log(1 + product^2)
ddt.product = -abs(product) * b + x / (2 + w)
END
# All states see their mean: J is full, and J v takes few operations all the same.
cat >mean.lua <<'END'
problem "mean"
local n = 60
parameters { k = 1 }
states { y = vector(n, 1) }
local sum = 0
for i = 1, n do sum = sum + y[i]^2 end
local mean = sum / n
for i = 1, n do ddt.y[i] = k * (sin(mean) * y[i] - i * y[i]^3) end
END

optimisation=-O1
test "$CUBIE_SANITIZERS" = yes && optimisation="-O1 -DCUBIE_DEBUG" # what is inlined takes minutes to compile

compile() { # PROBLEM FLAG...
    name=$1
    shift
    arguments=run.parameters hoisted=0 complex=0
    grep -q "ComplexVector" "project/$name.cu" && complex=1
    if grep -q "void hoist(" "project/$name.cu"; then
        arguments="run.parameters, run.hoisted" hoisted=1
    fi
    # shellcheck disable=SC2046,SC2086
    $CXX -std=c++17 $optimisation -march=native -ffp-contract=off -fno-math-errno -fno-trapping-math \
        "$@" "-DARGUMENTS=$arguments" -DHOISTED=$hoisted -DCOMPLEX=$complex "-DSOURCE=\"project/$name.cu\"" \
        $(pkg-config --cflags cubie-runtime) -I. -Iproject "$srcdir/tests/device/krylov_solve.cpp" -o solve \
        $(pkg-config --libs --static cubie-runtime) -pthread
}

# examine PROBLEM METHOD HARD MEAN COMPLEX_MEAN CHOICE... (HARD and both MEANs: krylov_solve.cpp)
examine() {
    problem=$1 algorithm=$2 hard=$3 mean=$4 complex_mean=$5
    shift 5
    what="$problem $algorithm $*"
    rm -rf project
    tap_ok "$what: generated" "$CUBIE_GEN" -o project "$problem.lua" "algorithm=$algorithm" "$@"
    tap_ok "$what: compiles" compile "$problem" "-DHARD=$hard" "-DMEAN=$mean" "-DCOMPLEX_MEAN=$complex_mean" || return
    for part in product residual dense alone limits; do
        tap_ok "$what: $part" ./solve $part
    done
}

examine sparse radau-iia-5 1 5 5.5 linear_solver=bicgstab preconditioner=jacobi
examine sparse rodas3p 1 3.8 0 linear_solver=bicgstab preconditioner=none precision=float32
examine sparse rodas3p 0 9.5 0 linear_solver=bicgstab preconditioner=neumann
examine sparse rodas3p 1 9.3 0 linear_solver=minimal_residual preconditioner=jacobi linear_residual_location=shared temp_location=shared
examine sparse radau-iia-5 0 23 31 linear_solver=minimal_residual preconditioner=neumann neumann_order=1 unroll_limit=0
examine mixed radau-iia-5 0 4.7 4.7 linear_solver=bicgstab preconditioner=jacobi unroll_limit=0
examine mixed rodas3p 0 14.5 0 linear_solver=minimal_residual preconditioner=none
examine mean rodas3p 0 2.4 0 linear_solver=bicgstab preconditioner=jacobi

operations=$(sed -n 's/^.*product J v *\([0-9]*\) operations.*/\1/p' project/layout.txt)
tap_ok "a full matrix of 60 states: J v in $operations operations" test "$operations" -lt 1000
tap_done
