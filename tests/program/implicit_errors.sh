#!/bin/sh
# SPDX-License-Identifier: MIT
# What is said about problems that implicit methods cannot have, what their
# equations share once differentiated, and how long writing them takes.
: "${srcdir:?run me by make check}" "${CUBIE_GEN:?}"
. "$srcdir/tests/tap.sh"

tap_folder

# refused WHAT TEXT ARGUMENT...: of the generator, for problem.lua on standard input.
refused() {
    what=$1 text=$2
    shift 2
    cat >problem.lua
    tap_ok "$what" says "$text" "$@"
    tap_ok "$what: nothing is written" test ! -e problem
}
says() {
    text=$1
    shift
    said=$("$CUBIE_GEN" problem.lua -o problem "$@" 2>&1)
    status=$?
    test "$status" -eq 1 && test "$said" = "$text" && return
    printf 'status %s: %s\n' "$status" "$said"
    return 1
}

# --- Derivatives --------------------------------------------------------------
refused "a derivative that does not exist" \
    "problem.lua:4: error: d ddt.y / d y does not exist: it holds a constant that is not finite; write the equation otherwise, or use an explicit method" \
    algorithm=rodas4p <<'LUA'
problem "p"
states { x = 1, y = 1 }
ddt.x = -x
ddt.y = pow(0, y) - y
LUA
refused "one by time, and another" \
    "problem.lua:3: error: d ddt.x / d t does not exist: it holds a constant that is not finite; write the equation otherwise, or use an explicit method
problem.lua:4: error: d ddt.y / d x does not exist: it holds a constant that is not finite; write the equation otherwise, or use an explicit method" \
    algorithm=rodas5p <<'LUA'
problem "p"
states { x = 1, y = 1 }
ddt.x = -x + pow(0, t)
ddt.y = pow(0, x) - y
LUA
tap_ok "an explicit method takes them" "$CUBIE_GEN" problem.lua -o explicit algorithm=tsit5
tap_ok "a method that needs none by time" eval '! "$CUBIE_GEN" problem.lua -o x algorithm=kvaerno3 2>&1 | grep -q "d t"'
refused "a derivative that float32 does not hold" \
    "problem.lua:3: error: d ddt.x / d x holds the constant 6e+38, which does not fit in float32; use lu_precision = \"float64\" or other units" \
    algorithm=kvaerno3 lu_precision=float32 <<'LUA'
problem "p"
states { x = 1 }
ddt.x = -3e38*x^2
LUA
tap_ok "float64 holds it" "$CUBIE_GEN" problem.lua -o explicit algorithm=kvaerno3

# --- Error estimates that are blind ----------------------------------------------
blind="cannot choose its steps: its error estimate is zero on linear equations, whatever the step; of its kind"
refused "ros3p, adaptive" \
    "problem.lua:4: error: algorithm 'ros3p' $blind rodas3, ros34pw2, rodas3p can; or use controller = \"fixed\" and a dt" <<'LUA'
problem "p"
states { y = 1 }
ddt.y = -1000*y
solve { algorithm = "ros3p", rtol = 1e-8, atol = 1e-8, duration = 1 }
LUA
refused "ros3p with a controller by name" \
    "cubie-gen: error: algorithm 'ros3p' $blind rodas3, ros34pw2, rodas3p can; or use controller = \"fixed\" and a dt" \
    algorithm=ros3p controller=pi <<'LUA'
problem "p"
states { y = 1 }
ddt.y = -1000*y
LUA
tap_ok "ros3p with fixed steps is taken" "$CUBIE_GEN" problem.lua -o fixed algorithm=ros3p controller=fixed dt=0.01
refused "a user's method" \
    "problem.lua:8: error: algorithm 'mine' $blind heun-21 can; or use controller = \"fixed\" and a dt" <<'LUA'
problem "p"
states { y = 1 }
ddt.y = -y
tableau "mine" {
  family = "erk", order = 2, embedded_order = 2, c = { 0, "1/2", 1 }, a = { {}, { "1/2" }, { 1, 0 } },
  b = { 0, 1, 0 }, embedded = { "1/6", "2/3", "1/6" },
}
solve { algorithm = "mine" }
LUA

# --- Systems too large to factor ------------------------------------------------
dense='problem "p"
states { u = vector(160, 1) }
local sum = 0
for j = 1, 160 do sum = sum + u[j] end
for i = 1, 160 do ddt.u[i] = -i * sum^2 end'
refused "factors too large" \
    'cubie-gen: error: the LU factors of the Jacobian are 25600 numbers, 204800 bytes per run, and at most 196608 bytes fit; use lu_precision = "float32" or linear_solver = "bicgstab"' \
    algorithm=rodas4p linear_solver=lu <<LUA
$dense
LUA
refused "complex factors too large" \
    'cubie-gen: error: the LU factors of the Jacobian are 76800 numbers, 614400 bytes per run, and at most 196608 bytes fit; use linear_solver = "bicgstab"' \
    algorithm=radau-iia-5 linear_solver=lu <<LUA
$dense
LUA
tap_ok "what the text names helps" "$CUBIE_GEN" problem.lua -o narrow algorithm=rodas4p linear_solver=lu lu_precision=float32
tap_ok "so it does with complex ones" "$CUBIE_GEN" problem.lua -o iterated algorithm=radau-iia-5 linear_solver=bicgstab
tap_ok "tables" grep -q '^LU of shift\*I - J (float32): loops over tables$' narrow/layout.txt

# --- What equations and their derivatives share ----------------------------------
cat >problem.lua <<'LUA'
problem "p"
parameters { a = 2, b = 3, w = 1 }
states { x = 1, y = 1 }
ddt.x = -exp(a) * b^2 * x^3 + y
ddt.y = -sqrt(w) * y^2 + tgamma(x)
LUA
"$CUBIE_GEN" --dump=rhs problem.lua algorithm=rodas4p >rhs
body() { sed -n "/void $1(/,/^}/p;/Mask $1(/,/^}/p" rhs | grep -v " // "; }
tap_ok "factors of parameters alone are computed once per run" eval 'body hoist | grep -q "exp(a)" && body hoist | grep -q "sqrt(w)"'
tap_ok "and not in the derivatives" eval 'body linearise | grep -q "hoisted\[" && ! body linearise | grep -qE "exp\(a\)|sqrt\(w\)|= exp"'
tap_ok "f and J share functions" eval 'test "$(body linearise | grep -c "tgamma(x)")" -eq 1 && body linearise | grep -q "digamma(x)"'

# --- Time ------------------------------------------------------------------------
# spent FILE: hundredths of a second of processor time of this shell's commands,
# as `times` wrote them there.
spent() {
    awk 'NR == 2 { split($1, m, "m"); split($2, s, "m"); print int(100 * (60 * (m[1] + s[1]) + m[2] + s[2])) }' "$1"
}
# within HUNDREDTHS PROBLEM ARGUMENT...
within() {
    most=$1
    shift
    times >before
    "$CUBIE_GEN" -o timed "$@" || return 1
    times >after
    taken=$(($(spent after) - $(spent before)))
    printf '%s hundredths of a second\n' "$taken"
    test "$CUBIE_SANITIZERS" = yes || test "$taken" -le "$most"
}
tap_ok "20 species in less than 100 ms" within 10 "$srcdir/problems/pollution.lua" algorithm=rodas5p
tap_ok "74 species in less than a second" within 100 "$srcdir/problems/saprc99.lua" algorithm=rodas5p
tap_ok "74 species with complex factors in less than a second" within 100 "$srcdir/problems/saprc99.lua" algorithm=radau-iia-5
sparse='problem "p"
states { u = vector(600, 1) }
for i = 1, 600 do ddt.u[i] = u[i % 600 + 1] * u[(7 * i) % 600 + 1] - u[i]^2 + u[(i * i) % 600 + 1] end'
printf '%s\n' "$sparse" >problem.lua
tap_ok "600 states, sparse, in less than 10 s" within 1000 problem.lua algorithm=rodas4p
printf '%s\n' "$dense" | sed 's/160/600/g' >problem.lua
tap_ok "600 states, dense, in less than 10 s" within 1000 problem.lua algorithm=rodas4p

tap_ok "(time is measured)" eval 'test "$(spent after)" -gt 50'

tap_done
