-- A cortical neuron between two spikes, with adaptation.
-- E. M. Izhikevich, Simple model of spiking neurons, IEEE Trans. Neural Netw. 14
-- (2003) 1569-1572, equations (1) and (2), regular spiking. The paper's reset
-- (3), v <- c and u <- u + d when v reaches 30 mV, is not in the equations: a
-- run starts just after the spike of a cell that lay at c, and follows it while
-- it recovers. The constant input I, in the paper's units of v per ms, lies
-- below 4, above which there is no rest and v runs to the next spike, at which
-- the equations alone have no bound.
problem "izhikevich"

parameters { a = 0.02, b = 0.2, c = -65, d = 8, I = 3 }
states     { v = c, u = b * c + d }
units      { t = "ms", v = "mV", c = "mV", u = "mV ms-1", d = "mV ms-1", I = "mV ms-1", a = "ms-1", b = "ms-1" }

ddt.v = 0.04 * v^2 + 5 * v + 140 - u + I
ddt.u = a * (b * v - u)

solve { algorithm = "tsit5", rtol = 1e-6, atol = 1e-6, duration = 200 }
sweep { d = linspace(2, 8, 100), I = linspace(0, 3.5, 100) }
