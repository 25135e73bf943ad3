-- Prey x and predators y.
-- A. J. Lotka, Elements of Physical Biology, Williams and Wilkins 1925;
-- V. Volterra, Fluctuations in the abundance of a species considered
-- mathematically, Nature 118 (1926) 558-560. The defaults, with t = 20, are
-- problem B1 of T. E. Hull, W. H. Enright, B. M. Fellen, A. E. Sedgwick,
-- Comparing numerical methods for ordinary differential equations, SIAM J.
-- Numer. Anal. 9 (1972) 603-637. Dimensionless; every orbit is closed.
problem "lotka_volterra"

parameters { alpha = 2, beta = 2, gamma = 1, delta = 1 }
states     { x = 1, y = 3 }

ddt.x = alpha * x - beta * x * y
ddt.y = delta * x * y - gamma * y

-- The constant of the motion.
observe.invariant = delta * x - gamma * log(x) + beta * y - alpha * log(y)

solve { algorithm = "tsit5", rtol = 1e-6, atol = 1e-6, duration = 20 }
sweep { alpha = linspace(0.5, 4, 100), gamma = linspace(0.5, 4, 100) }
