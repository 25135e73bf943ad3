#!/bin/sh
# The generated functions of Krylov solvers, called from C++ (krylov_solve.cpp):
# product, residual, limits, and runs of a vector that do not see each other.
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

compile() { # PROBLEM FLAG...
    name=$1
    shift
    arguments=run.parameters hoisted=0
    if grep -q "void hoist(" "project/$name.cu"; then
        arguments="run.parameters, run.hoisted" hoisted=1
    fi
    # shellcheck disable=SC2046
    $CXX -std=c++17 -O1 -march=native -ffp-contract=fast -fno-math-errno -fno-trapping-math \
        "$@" "-DARGUMENTS=$arguments" -DHOISTED=$hoisted "-DSOURCE=\"project/$name.cu\"" \
        $(pkg-config --cflags cubie-runtime) -I. -Iproject "$srcdir/tests/krylov_solve.cpp" -o solve \
        $(pkg-config --libs --static cubie-runtime) -pthread
}

# examine PROBLEM HARD MEAN CHOICE... (HARD, MEAN: krylov_solve.cpp)
examine() {
    problem=$1 hard=$2 mean=$3
    shift 3
    what="$problem $*"
    rm -rf project
    tap_ok "$what: generated" "$CUBIE_GEN" -o project "$problem.lua" algorithm=rodas3p "$@"
    tap_ok "$what: compiles" compile "$problem" "-DHARD=$hard" "-DMEAN=$mean" || return
    for part in product residual alone limits; do
        tap_ok "$what: $part" ./solve $part
    done
}

examine sparse 1 5 linear_solver=bicgstab preconditioner=jacobi
examine sparse 1 3.8 linear_solver=bicgstab preconditioner=none precision=float32
examine sparse 0 9.5 linear_solver=bicgstab preconditioner=neumann
examine sparse 1 9.3 linear_solver=minimal_residual preconditioner=jacobi linear_residual_location=shared temp_location=shared
examine sparse 0 23 linear_solver=minimal_residual preconditioner=neumann neumann_order=1 unroll_limit=0
examine mixed 0 4.7 linear_solver=bicgstab preconditioner=jacobi unroll_limit=0
examine mixed 0 14.5 linear_solver=minimal_residual preconditioner=none
examine mean 0 2.4 linear_solver=bicgstab preconditioner=jacobi

operations=$(sed -n 's/^.*product J v *\([0-9]*\) operations.*/\1/p' project/layout.txt)
tap_ok "a full matrix of 60 states: J v in $operations operations" test "$operations" -lt 1000
tap_done
