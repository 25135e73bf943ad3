-- The oscillator with nonlinear damping.
-- B. van der Pol, On relaxation-oscillations, Phil. Mag. (7) 2 (1926) 978-992,
-- as a system of first order. Dimensionless. mu = 1, (2, 0), t = 20 is problem
-- E2 of T. E. Hull, W. H. Enright, B. M. Fellen, A. E. Sedgwick, Comparing
-- numerical methods for ordinary differential equations, SIAM J. Numer. Anal. 9
-- (1972) 603-637. With growing mu the steps an explicit method can take shrink
-- as 1/mu.
problem "van_der_pol"

parameters { mu = 1 }
states     { x = 2, y = 0 }

ddt.x = y
ddt.y = mu * (1 - x^2) * y - x

solve { algorithm = "tsit5", rtol = 1e-6, atol = 1e-6, duration = 20 }
sweep { mu = geomspace(0.1, 100, 1000) }
