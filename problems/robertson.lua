-- Three species, one of which catalyses its own removal: A turns into B (k1),
-- two B into B and C (k2), B and C into A and C (k3).
-- H. H. Robertson, The solution of a set of reaction rate equations, in J. Walsh
-- (ed.), Numerical Analysis: an Introduction, Academic Press 1966, 178-182; with
-- long times from E. Hairer, G. Wanner, Solving Ordinary Differential Equations
-- II, 2nd ed., Springer 1996, section IV.10, problem ROBER. Amounts and time
-- have no units there. B never exceeds 4e-5, and A and B tend to 0: an absolute
-- tolerance above what is left of them lets B become negative, and then the
-- solution runs away. The first steps are far below what the end time resolves.
problem "robertson"

parameters { k1 = 0.04, k2 = 3e7, k3 = 1e4 }
states     { A = 1, B = 0, C = 0 }

ddt.A = -k1 * A + k3 * B * C
ddt.B = k1 * A - k2 * B^2 - k3 * B * C
ddt.C = k2 * B^2

solve {
  algorithm = "rodas5p", rtol = 1e-6, duration = 1e11,
  atol = { A = 1e-12, B = 1e-18, C = 1e-8 },
}
sweep { k1 = geomspace(4e-4, 4, 10), k2 = geomspace(3e5, 3e9, 10), k3 = geomspace(1e2, 1e6, 10) }
