-- A small body under the attraction of earth and moon, which circle each other,
-- in the plane that turns with them: the restricted problem of three bodies.
-- R. F. Arenstorf, Periodic solutions of the restricted three body problem
-- representing analytic continuations of Keplerian elliptic motions, Amer. J.
-- Math. 85 (1963) 27-35. Initial values and period, with all published digits,
-- from E. Hairer, S. P. Norsett, G. Wanner, Solving Ordinary Differential
-- Equations I, 2nd ed., Springer 1993, section II.0, (0.1) and (0.2) (p. 129).
-- Dimensionless: distance earth-moon, sum of the masses and angular velocity
-- are 1; mu is the mass of the moon. (u, v) is the velocity. With the defaults
-- the body is back where it started after the duration.
problem "arenstorf"

parameters { mu = "0.012277471" }
states     { x = "0.994", y = 0, u = 0, v = "-2.00158510637908252240537862224" }

local earth = 1 - mu
local d1 = ((x + mu)^2 + y^2)^(3/2)
local d2 = ((x - earth)^2 + y^2)^(3/2)

ddt.x = u
ddt.y = v
ddt.u = x + 2 * v - earth * (x + mu) / d1 - mu * (x - earth) / d2
ddt.v = y - 2 * u - earth * y / d1 - mu * y / d2

-- Jacobi's constant of the motion.
observe.jacobi = x^2 + y^2 + 2 * earth / hypot(x + mu, y) + 2 * mu / hypot(x - earth, y) - u^2 - v^2

solve { algorithm = "dop853", rtol = 1e-10, atol = 1e-10, duration = 17.0652165601579625588917206249 }
