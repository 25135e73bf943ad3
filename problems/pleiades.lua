-- Seven stars in the plane, star j of mass j, with close encounters.
-- E. Hairer, S. P. Norsett, G. Wanner, Solving Ordinary Differential Equations
-- I, 2nd ed., Springer 1993, section II.10, problem PLEI (p. 245). Dimensionless.
-- (x, y) is the place and (u, v) the velocity of each star.
problem "pleiades"

local x0 = { 3, 3, -1, -3, 2, -2, 2 }
local y0 = { 3, -3, 2, 0, 0, -4, 4 }
local u0 = { 0, 0, 0, 0, 0, 1.75, -1.5 }
local v0 = { 0, 0, 0, -1.25, 1, 0, 0 }
local n = #x0

states {
  x = vector(n, function(i) return x0[i] end),
  y = vector(n, function(i) return y0[i] end),
  u = vector(n, function(i) return u0[i] end),
  v = vector(n, function(i) return v0[i] end),
}

-- The acceleration of star i along x or y: place is the one or the other.
local function pull(i, place)
  local sum = 0
  for j = 1, n do
    if j ~= i then
      local cube = ((x[i] - x[j])^2 + (y[i] - y[j])^2)^(3/2)
      sum = sum + j * (place[j] - place[i]) / cube
    end
  end
  return sum
end

for i = 1, n do ddt.x[i] = u[i] end
for i = 1, n do ddt.y[i] = v[i] end
for i = 1, n do ddt.u[i] = pull(i, x) end
for i = 1, n do ddt.v[i] = pull(i, y) end

solve { algorithm = "vern7", rtol = 1e-8, atol = 1e-8, duration = 3 }
