-- The membrane of the squid giant axon at 6.3 degrees Celsius.
-- A. L. Hodgkin, A. F. Huxley, A quantitative description of membrane current
-- and its application to conduction and excitation in nerve, J. Physiol. 117
-- (1952) 500-544: membrane current (26), gates (7), (15), (16), rates (12),
-- (13), (20), (21), (23), (24), constants of table 3. The paper's V is the
-- displacement from rest, depolarisation negative; here v is the potential inside
-- against outside with rest at -65 mV, v = -65 - V, so its equilibrium potentials
-- -115, +12 and -10.613 mV become 50, -77 and -54.387 mV.
-- Units: mV, ms, uA/cm2, mS/cm2, uF/cm2. I_ext is the current injected.
problem "hodgkin_huxley"

local rest = -65

-- s / (1 - exp(-s)), whose singularity at s = 0 is removable: near it the first
-- terms of its series, exact to 1e-16 for |s| < 0.05. The rates alpha_n and
-- alpha_m cross it at -55 and -40 mV.
local function linoid(s)
  local series = 1 + s / 2 + s^2 / 12 - s^4 / 720 + s^6 / 30240
  return where(abs(s) < 0.05, series, s / -expm1(-s))
end

-- Opening and closing rates of the gates, per ms.
local function rates(v)
  return {
    alpha_n = 0.1 * linoid((v + 55) / 10),
    beta_n = 0.125 * exp(-(v + 65) / 80),
    alpha_m = linoid((v + 40) / 10),
    beta_m = 4 * exp(-(v + 65) / 18),
    alpha_h = 0.07 * exp(-(v + 65) / 20),
    beta_h = 1 / (1 + exp(-(v + 35) / 10)),
  }
end

parameters {
  I_ext = 10, c_m = 1,
  g_na = 120, g_k = 36, g_l = 0.3,
  e_na = 50, e_k = -77, e_l = "-54.387",
}

local r = rates(rest)
states {
  v = rest,
  n = r.alpha_n / (r.alpha_n + r.beta_n),
  m = r.alpha_m / (r.alpha_m + r.beta_m),
  h = r.alpha_h / (r.alpha_h + r.beta_h),
}

units {
  t = "ms", v = "mV", I_ext = "uA cm-2", c_m = "uF cm-2",
  g_na = "mS cm-2", g_k = "mS cm-2", g_l = "mS cm-2",
  e_na = "mV", e_k = "mV", e_l = "mV",
  i_na = "uA cm-2", i_k = "uA cm-2", i_l = "uA cm-2",
}

r = rates(v)
local i_na = g_na * m^3 * h * (v - e_na)
local i_k = g_k * n^4 * (v - e_k)
local i_l = g_l * (v - e_l)

ddt.v = (I_ext - i_na - i_k - i_l) / c_m
ddt.n = r.alpha_n * (1 - n) - r.beta_n * n
ddt.m = r.alpha_m * (1 - m) - r.beta_m * m
ddt.h = r.alpha_h * (1 - h) - r.beta_h * h

observe.i_na = i_na
observe.i_k = i_k
observe.i_l = i_l

solve { algorithm = "tsit5", rtol = 1e-6, atol = 1e-6, duration = 50 }
sweep { I_ext = linspace(0, 20, 1000) }
