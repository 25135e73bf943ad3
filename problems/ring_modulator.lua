-- A ring modulator mixes a signal of low frequency with a carrier: four diodes in
-- a ring between transformers. U1 .. U7 are voltages, I1 .. I8 currents.
-- E. H. Horneber, Analysis of nonlinear RCLU* networks by means of mixed potential
-- functions (in German), dissertation, Kaiserslautern 1976; W. Kampowsky,
-- P. Rentrop, W. Schmidt, Classification and numerical simulation of electric
-- circuits, Surv. Math. Ind. 2 (1992) 23-65; with these constants in F. Mazzia,
-- C. Magherini, Test Set for Initial Value Problem Solvers, release 2.4, Bari 2008,
-- problem RING. The capacitance Cs lies beside each diode: the smaller it is, the
-- stiffer and the faster the oscillations. Units: V, A, s, F, H, ohm.
problem "ring_modulator"

parameters {
  C = 1.6e-8, Cs = 2e-12, Cp = 1e-8,
  Lh = 4.45, Ls1 = 0.002, Ls2 = 5e-4, Ls3 = 5e-4,
  R = 25000, Rp = 50, Rg1 = 36.3, Rg2 = 17.3, Rg3 = 17.3, Ri = 50, Rc = 600,
  gamma = "40.67286402e-9", delta = 17.7493332,
}
states {
  U1 = 0, U2 = 0, U3 = 0, U4 = 0, U5 = 0, U6 = 0, U7 = 0,
  I1 = 0, I2 = 0, I3 = 0, I4 = 0, I5 = 0, I6 = 0, I7 = 0, I8 = 0,
}

units {
  t = "s", C = "F", Cs = "F", Cp = "F", Lh = "H", Ls1 = "H", Ls2 = "H", Ls3 = "H",
  R = "ohm", Rp = "ohm", Rg1 = "ohm", Rg2 = "ohm", Rg3 = "ohm", Ri = "ohm", Rc = "ohm",
  gamma = "A", delta = "V-1",
  U1 = "V", U2 = "V", U3 = "V", U4 = "V", U5 = "V", U6 = "V", U7 = "V",
  I1 = "A", I2 = "A", I3 = "A", I4 = "A", I5 = "A", I6 = "A", I7 = "A", I8 = "A",
}

local signal = 0.5 * sin(2000 * math.pi * t)
local carrier = 2 * sin(20000 * math.pi * t)

-- The current through a diode at voltage u.
local function diode(u) return gamma * expm1(delta * u) end

local d1 = diode(U3 - U5 - U7 - carrier)
local d2 = diode(-U4 + U6 - U7 - carrier)
local d3 = diode(U4 + U5 + U7 + carrier)
local d4 = diode(-U3 - U6 + U7 + carrier)

ddt.U1 = (I1 - 0.5 * I3 + 0.5 * I4 + I7 - U1 / R) / C
ddt.U2 = (I2 - 0.5 * I5 + 0.5 * I6 + I8 - U2 / R) / C
ddt.U3 = (I3 - d1 + d4) / Cs
ddt.U4 = (-I4 + d2 - d3) / Cs
ddt.U5 = (I5 + d1 - d3) / Cs
ddt.U6 = (-I6 - d2 + d4) / Cs
ddt.U7 = (-U7 / Rp + d1 + d2 - d3 - d4) / Cp
ddt.I1 = -U1 / Lh
ddt.I2 = -U2 / Lh
ddt.I3 = (0.5 * U1 - U3 - Rg2 * I3) / Ls2
ddt.I4 = (-0.5 * U1 + U4 - Rg3 * I4) / Ls3
ddt.I5 = (0.5 * U2 - U5 - Rg2 * I5) / Ls2
ddt.I6 = (-0.5 * U2 + U6 - Rg3 * I6) / Ls3
ddt.I7 = (-U1 + signal - (Ri + Rg1) * I7) / Ls1
ddt.I8 = (-U2 - (Rc + Rg1) * I8) / Ls1

solve {
  algorithm = "rodas5p", rtol = 1e-6, duration = 1e-3,
  atol = {
    U1 = 1e-7, U2 = 1e-7, U3 = 1e-6, U4 = 1e-6, U5 = 1e-6, U6 = 1e-6, U7 = 1e-6,
    I1 = 1e-12, I2 = 1e-12, I3 = 1e-9, I4 = 1e-9, I5 = 1e-9, I6 = 1e-9, I7 = 1e-10, I8 = 1e-10,
  },
}
sweep { Cs = geomspace(2e-12, 2e-9, 100) }
