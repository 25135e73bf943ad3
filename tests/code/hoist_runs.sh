#!/bin/sh
# SPDX-License-Identifier: MIT
# What depends on parameters alone is computed when a run begins, and runs end
# where they end without that. The same equations are generated twice: as they
# are, and with each parameter multiplied by a state that stays 1, so that
# nothing can be hoisted. More runs than lanes, and of unequal length, so that
# runs begin while others are under way.
: "${srcdir:?run me by make check}" "${CUBIE_GEN:?}"
. "$srcdir/tests/tap.sh"

tap_folder

# problem NAME UNIT SETTINGS: the root of a negative number stands in a branch
# that is not taken.
problem() {
    cat > "$1.lua" <<END
problem "$1"
parameters { stiffness = 4, mass = 1.5, damping = 0.3, drive = 1.2, tone = 2 }
states { x = 1, v = 0, one = 1 }
local unit = $2
local k, m, d, a, w = stiffness * unit, mass * unit, damping * unit, drive * unit, tone * unit
local ratio = d / (2 * sqrt(k * m))
local shift = where(lt(ratio, 1), atan2(2 * ratio * w, k / m - w^2), sqrt(ratio - 1))
ddt.x = v
ddt.v = -(k / m) * x - where(lt(v, exp(-k)), 0, d / m * (v - exp(-k))) + a * hypot(d, k) * sin(w * t + shift) - x^3 * ratio
ddt.one = 0
observe.energy = (m * v^2 + k * x^2) / 2 + log1p(d * d)
observe.level = log1p(d * d) + sqrt(a)
solve { duration = 5, outputs = { "states", "observables" }, $3 }
sweep { stiffness = linspace(1, 400, 37), damping = linspace(0, 5, 3), mode = "product" }
END
}

# built NAME SETTING...: generates it, builds it for the CPU and runs it.
built() {
    name=$1
    shift
    "$CUBIE_GEN" -o "$name" "$name.lua" "$@" && make -s -C "$name" TARGET=cpu &&
        "$name/$name" -o "$name.csv" --strict --no-progress
}

has_hoisted() {
    grep -q 'void hoist(' "$1/$1.cu" && grep -q 'hoist(hoisted, parameters);' "$1/$1.cu"
}

# lean NAME: the right-hand side has no division, root or function of parameters.
lean() {
    sed -n '/void rhs(/,/^}/p' "$1/$1.cu" > rhs.txt
    ! grep -E '/ |sqrt|exp|atan2|hypot' rhs.txt | grep -v '//' && grep -q 'hoisted\[' rhs.txt
}

# equal A B: the same rows, numbers to 1e-13.
equal() {
    paste -d, "$1.csv" "$2.csv" | awk -F, -v worst=0 '
        NR == 1 { n = NF / 2; next }
        { rows++
          for (i = 1; i <= n; i++) {
              d = $i - $(i + n); s = $i < 0 ? -$i : $i
              if (d < 0) d = -d
              if (s < 1) s = 1
              if (!(d <= 1e-13 * s) || $i ~ /nan/) { print NR ": " $i " " $(i + n); bad++ }
              if (d / s > worst) worst = d / s
          } }
        END { print rows " rows, largest difference " worst; exit !(rows == 111 && !bad) }'
}

# compare WHAT SOLVE SETTING...
compare() {
    what=$1 solve=$2
    shift 2
    problem free 1 "$solve"
    problem blocked one "$solve"
    tap_ok "$what: built and run" built free "$@"
    tap_ok "$what: built and run, without hoisting" built blocked
    tap_ok "$what: hoists" has_hoisted free
    tap_ok "$what: leaves a lean right-hand side" lean free
    tap_ok "$what: the other does not hoist" sh -c '! grep -q hoist blocked/blocked.cu'
    tap_ok "$what: the same end states and observables" equal free blocked
    rm -rf free blocked
}

compare "adaptive" 'algorithm = "tsit5", rtol = 1e-10, atol = 1e-10'
compare "shared" 'algorithm = "dormand-prince-54", rtol = 1e-10, atol = 1e-10' hoisted_location=shared parameters_location=shared
compare "fixed steps, loops" 'algorithm = "classical-rk4", dt = 0.01' unroll_limit=1

tap_ok "nothing to hoist in lorenz" "$CUBIE_GEN" -o lorenz "$srcdir/problems/lorenz.lua" &&
    tap_ok "so nothing is said of it" sh -c '! grep hoist lorenz/lorenz.cu'

tap_done
