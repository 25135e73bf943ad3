-- The Brusselator, an autocatalytic reaction, with diffusion along a line.
-- R. Lefever, G. Nicolis, Chemical instabilities and sustained oscillations,
-- J. Theor. Biol. 30 (1971) 267-284; as a partial differential equation on the
-- points i/(n + 1), with u = 1 and v = 3 held at both ends, from E. Hairer,
-- G. Wanner, Solving Ordinary Differential Equations II, 2nd ed., Springer 1996,
-- sections IV.1 and IV.10, problem BRUSS, there with n = 500; here n = 64.
-- Dimensionless; u and v of a point are neighbours among the states, so that the
-- Jacobian has a narrow band.
problem "brusselator"

local n = 64

parameters { A = 1, B = 3, alpha = 0.02 }
states {
  u = vector(n, function(i) return 1 + math.sin(2 * math.pi * i / (n + 1)) end),
  v = vector(n, 3),
}

local exchange = alpha * (n + 1)^2

-- The diffusion of w at point i, between ends at which it is held.
local function diffusion(w, i, held)
  local left, right = i > 1 and w[i - 1] or held, i < n and w[i + 1] or held
  return exchange * (left - 2 * w[i] + right)
end

for i = 1, n do
  local reaction = u[i]^2 * v[i]
  ddt.u[i] = A + reaction - (B + 1) * u[i] + diffusion(u, i, 1)
  ddt.v[i] = B * u[i] - reaction + diffusion(v, i, 3)
end

solve { algorithm = "rodas5p", rtol = 1e-6, atol = 1e-6, duration = 10 }
sweep { B = linspace(1, 4, 10), alpha = geomspace(0.002, 0.2, 10) }
