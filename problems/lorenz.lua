-- Thermal convection in a layer of fluid, cut down to three modes.
-- E. N. Lorenz, Deterministic nonperiodic flow, J. Atmos. Sci. 20 (1963)
-- 130-141, equations (25)-(27); sigma is the Prandtl number, rho the Rayleigh
-- number over its critical value, beta a ratio of the cell. Dimensionless. The
-- defaults are Lorenz's, where the motion is chaotic; its steady states
-- are stable below rho = 24.74.
problem "lorenz"

parameters { sigma = 10, rho = 28, beta = "8/3" }
states     { x = 1, y = 0, z = 0 }

ddt.x = sigma * (y - x)
ddt.y = x * (rho - z) - y
ddt.z = x * y - beta * z

observe.radius = sqrt(x^2 + y^2 + z^2)

solve { algorithm = "tsit5", rtol = 1e-6, atol = 1e-6, duration = 10 }
sweep { rho = linspace(0, 21, 1000) }
