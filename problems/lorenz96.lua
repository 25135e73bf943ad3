-- Some quantity of the atmosphere in 40 sectors of a circle of latitude.
-- E. N. Lorenz, Predictability: a problem partly solved, Proc. Seminar on
-- Predictability, vol. 1, ECMWF, Reading 1996, 1-18, equation (1). Size,
-- forcing and start, the rest state with sector 20 disturbed by 0.008, from
-- E. N. Lorenz, K. A. Emanuel, Optimal sites for supplementary weather
-- observations, J. Atmos. Sci. 55 (1998) 399-414. Dimensionless; one unit of
-- time is about 5 days. Chaotic for F = 8.
problem "lorenz96"

local n = 40

parameters { F = 8 }
states { x = vector(n, function(j) return j == 20 and F + 0.008 or F end) }

for j = 1, n do
  local after, before, second = j % n + 1, (j - 2) % n + 1, (j - 3) % n + 1
  ddt.x[j] = (x[after] - x[second]) * x[before] - x[j] + F
end

solve { algorithm = "tsit5", rtol = 1e-6, atol = 1e-6, duration = 1 }
sweep { F = linspace(0, 16, 1000) }
