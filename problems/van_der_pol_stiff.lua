-- The oscillator with strong nonlinear damping, in slow time: it creeps along a
-- branch of the curve y = x / (1 - x^2), and jumps to the other one.
-- B. van der Pol, On relaxation-oscillations, Phil. Mag. (7) 2 (1926) 978-992; in
-- the scaling and with the constants of E. Hairer, G. Wanner, Solving Ordinary
-- Differential Equations II, 2nd ed., Springer 1996, sections IV.1 and IV.10,
-- problem VDPOL. Dimensionless; eps is 1/mu^2 and time t/mu of van_der_pol.lua.
problem "van_der_pol_stiff"

parameters { eps = 1e-6 }
states     { x = 2, y = 0 }

ddt.x = y
ddt.y = ((1 - x^2) * y - x) / eps

solve { algorithm = "rodas5p", rtol = 1e-6, atol = 1e-6, duration = 11 }
sweep { eps = geomspace(1e-6, 1e-2, 1000) }
