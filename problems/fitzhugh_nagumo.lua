-- An excitable membrane with one fast and one slow variable.
-- R. FitzHugh, Impulses and physiological states in theoretical models of nerve
-- membrane, Biophys. J. 1 (1961) 445-466; J. Nagumo, S. Arimoto, S. Yoshizawa, An
-- active pulse transmission line simulating nerve axon, Proc. IRE 50 (1962)
-- 2061-2070; in the scaling of R. FitzHugh, Mathematical models of excitation
-- and propagation in nerve, in H. P. Schwan (ed.), Biological Engineering,
-- McGraw-Hill 1969, 1-85. Dimensionless. v is the potential, w the recovery, I
-- the stimulus; it fires steadily for I between about 0.33 and 1.42.
problem "fitzhugh_nagumo"

parameters { a = 0.7, b = 0.8, tau = 12.5, I = 0.5 }
states     { v = -1, w = 1 }

ddt.v = v - v^3 / 3 - w + I
ddt.w = (v + a - b * w) / tau

solve { algorithm = "tsit5", rtol = 1e-6, atol = 1e-6, duration = 200 }
sweep { I = linspace(0, 2, 1000) }
