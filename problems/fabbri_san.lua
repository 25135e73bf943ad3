-- A pacemaker cell of the human sinoatrial node at 310 K. It beats by itself, every
-- 0.814 s: `--settle=20 --save-every=0.001` saves two beats of the steady rhythm.
-- A. Fabbri, M. Fantini, R. Wilders, S. Severi, Computational analysis of the
-- human sinus node action potential: model development and effects of mutations,
-- J. Physiol. 595 (2017) 2365-2396, doi:10.1113/JP273259; constants and initial
-- values of the authors' CellML file, HumanSAN_Fabbri_Fantini_Wilders_Severi_2017
-- of the Physiome Model Repository. It goes back to the rabbit cell of S. Severi,
-- M. Fantini, L. A. Charawi, D. DiFrancesco, J. Physiol. 590 (2012) 4483-4499.
-- Units: s, mV, mM, nA, uS, uF, mm3. Names are those of the CellML file, but for
-- R_gas (its R is also a state of the release channel) and V and Nai (its V_ode
-- and Nai_). Left out: the voltage clamp, and the factors that block a current
-- (blockade, blockade_NaCa, ACh_on): scale g_f, K_NaCa or g_KACh.
problem "fabbri_san"

parameters {
  g_f = { "0.00427", "uS" },
  P_CaL = { "0.4578", "nA mM-1" },
  P_CaT = { "0.04132", "nA mM-1" },
  g_Kr = { "0.00424", "uS" },
  g_Ks = { "0.00065", "uS" },
  g_Kur = { "0.0001539", "uS" },
  g_to = { "0.0035", "uS" },
  g_Na = { "0.0223", "uS" },
  g_Na_L = { 0, "uS" },
  g_KACh = { "0.00345", "uS" },
  i_NaK_max = { "0.08105", "nA" },
  K_NaCa = { "3.343", "nA" },
  P_up_basal = { 5, "mM s-1" },
  ks = { "148041085.1", "s-1" },
  ACh = { 0, "mM" }, -- acetylcholine
  Iso_1_uM = 0,      -- 1: 1 uM of isoprenaline, 0: none
  Nai_clamp = 1,     -- 1: Nai keeps its value, as in the authors' file; 0: it follows its equation
}

-- Membrane, cell and concentrations that stay.
constants {
  R_gas = { "8314.472", "mJ mol-1 K-1" }, T = { 310, "K" }, F = { "96485.3415", "C mol-1" },
  C = { "5.7e-5", "uF" },
  L_cell = { 67, "um" }, R_cell = { "3.9", "um" }, L_sub = { "0.02", "um" },
  V_jsr_part = "0.0012", V_i_part = "0.46", V_nsr_part = "0.0116",
  Nao = { 140, "mM" }, Ki = { 140, "mM" }, Ko = { "5.4", "mM" }, Cao = { "1.8", "mM" }, Mgi = { "2.5", "mM" },
}

-- Membrane currents. y_shift, k_fL, shift_fL and offset_fT are for mutations.
constants {
  alpha = "0.5927", y_shift = { 0, "mV" },
  Km_Nap = { 14, "mM" }, Km_Kp = { "1.4", "mM" },
  K1ni = { "395.3", "mM" }, K2ni = { "2.289", "mM" }, K3ni = { "26.44", "mM" },
  K1no = { 1628, "mM" }, K2no = { "561.4", "mM" }, K3no = { "4.663", "mM" },
  Kci = { "0.0207", "mM" }, Kcni = { "26.44", "mM" }, Kco = { "3.663", "mM" },
  Qci = "0.1369", Qco = 0, Qn = "0.4315",
  V_dL = { "-16.4508", "mV" }, k_dL = { "4.3371", "mV" },
  k_fL = { 0, "mV" }, shift_fL = { 0, "mV" },
  Km_fCa = { "0.000338", "mM" }, alpha_fCa = { "0.0075", "s-1" },
  offset_fT = { 0, "s" },
}

-- Calcium: release, diffusion, uptake, transfer, buffers.
constants {
  MaxSR = 15, MinSR = 1, EC50_SR = { "0.45", "mM" }, HSR = "2.5",
  koCa = { 10000, "mM-2 s-1" }, kiCa = { 500, "mM-1 s-1" }, kim = { 5, "s-1" }, kom = { 660, "s-1" },
  tau_dif_Ca = { "5.469e-5", "s" }, tau_tr = { "0.04", "s" },
  K_up = { "0.000286113", "mM" }, slope_up = { "5e-5", "mM" },
  TC_tot = { "0.031", "mM" }, TMC_tot = { "0.062", "mM" }, CM_tot = { "0.045", "mM" }, CQ_tot = { 10, "mM" },
  kf_TC = { 88800, "mM-1 s-1" }, kb_TC = { 446, "s-1" },
  kf_TMC = { 227700, "mM-1 s-1" }, kb_TMC = { "7.51", "s-1" },
  kf_TMM = { 2277, "mM-1 s-1" }, kb_TMM = { 751, "s-1" },
  kf_CM = { 1642000, "mM-1 s-1" }, kb_CM = { 542, "s-1" },
  kf_CQ = { "175.4", "mM-1 s-1" }, kb_CQ = { 445, "s-1" },
}

states {
  V = { "-47.787168", "mV" }, Nai = { 5, "mM" },
  y = "0.009508",
  m = "0.447724", h = "0.003058",
  dL = "0.001921", fL = "0.846702", fCa = "0.844449",
  dT = "0.268909", fT = "0.020484",
  r_Kur = "0.011845", s_Kur = "0.845304",
  q = "0.430836", r = "0.014523",
  paS = "0.283185", paF = "0.011068", piy = "0.709051",
  n = "0.1162", a = "0.00277",
  R = "0.9308", O = "6.181512e-9", I = "4.595622e-10", RI = "0.069199",
  Cai = { "9.15641e-6", "mM" }, Ca_sub = { "6.226104e-5", "mM" },
  Ca_nsr = { "0.435148", "mM" }, Ca_jsr = { "0.409551", "mM" },
  fTC = "0.017929", fTMC = "0.259947", fTMM = "0.653777",
  fCMi = "0.217311", fCMs = "0.158521", fCQ = "0.138975",
}

units {
  t = "s",
  i_f = "nA", i_Na = "nA", i_CaL = "nA", i_CaT = "nA", i_Kr = "nA", i_Ks = "nA",
  i_Kur = "nA", i_to = "nA", i_KACh = "nA", i_NaK = "nA", i_NaCa = "nA", j_SRCarel = "mM s-1",
}

-- s / (1 - exp(-s)), whose singularity at s = 0 is removable: near it the first
-- terms of its series, exact to 1e-16 for |s| < 0.05.
local function linoid(s)
  local series = 1 + s / 2 + s^2 / 12 - s^4 / 720 + s^6 / 30240
  return where(abs(s) < 0.05, series, s / -expm1(-s))
end

-- u / (1 - exp(-u / k)), for rates that grow linearly with the voltage u.
local function linear(u, k) return k * linoid(u / k) end

local function boltzmann(u, k) return 1 / (1 + exp(-u / k)) end
local function with_Iso(given, otherwise) return where(Iso_1_uM > 0, given, otherwise) end
local function with_ACh(given, otherwise) return where(ACh > 0, given, otherwise) end

local RTONF = R_gas * T / F
local E_Na = RTONF * log(Nao / Nai)
local E_K = RTONF * log(Ko / Ki)

-- Goldman, Hodgkin and Katz: flux of an ion of valence z, over its permeability.
local function ghk(z, inside, outside)
  local s = z * V / RTONF
  return linoid(s) * (inside - outside * exp(-s))
end

-- Volumes, in mm3: cell, subspace, cytosol, network and junctional reticulum.
local V_cell = 1e-9 * math.pi * R_cell^2 * L_cell
local V_sub = 2e-9 * math.pi * L_sub * (R_cell - L_sub / 2) * L_cell
local V_i = V_i_part * V_cell - V_sub
local V_nsr = V_nsr_part * V_cell
local V_jsr = V_jsr_part * V_cell

-- Funny current.
local ACh_shift = with_ACh(-1 - 9.898 * ACh^0.618 / (ACh^0.618 + 0.00122423), 0)
local V_y = V - ACh_shift - with_Iso(7.5, 0)
local tau_y = 1 / (0.36 * linear(-(V_y + 148.8), 1 / 0.066) + 0.1 * linear(V_y + 87.3, 5)) - 0.054
local y_infinity = where(V_y - y_shift < -80,
  0.01329 + 0.99921 * boltzmann(-(V_y - y_shift + 97.134), 8.1752),
  0.0002501 * exp(-(V_y - y_shift) / 12.861))
local g_fK = g_f / (alpha + 1)
local g_fNa = alpha * g_fK
local i_fNa = y * g_fNa * (V - E_Na)
local i_fK = y * g_fK * (V - E_K)
local i_f = i_fNa + i_fK

-- Fast and late sodium current.
local E_mh = RTONF * log((Nao + 0.12 * Ko) / (Nai + 0.12 * Ki))
local m_infinity = boltzmann(V + 42.0504, 8.3106)
local alpha_m = 200 * linear(V + 41, 10)
local beta_m = 8000 * exp(-0.056 * (V + 66))
local h_infinity = boltzmann(-(V + 69.804), 4.4565)
local alpha_h = 20 * exp(-0.125 * (V + 75))
local beta_h = 2000 / (320 * exp(-0.1 * (V + 75)) + 1)
local i_Na = m^3 * (g_Na * h + g_Na_L) * (V - E_mh)

-- L-type calcium current. The factors of Iso and ACh act on the whole of it, not
-- on its parts where they enter the balances of Ca_sub and Nai.
local dL_infinity = boltzmann(V - V_dL - with_Iso(-8, 0), k_dL * (1 + with_Iso(-27, 0) / 100))
local alpha_dL = 0.02839 * linear(V + 41.8, 2.5) + 0.0849 * linear(V + 6.8, 4.8)
local beta_dL = 0.01143 * linear(-(V + 1.8), 2.5)
local tau_dL = 0.001 / (alpha_dL + beta_dL)
local fL_infinity = boltzmann(-(V + 37.4 + shift_fL), 5.3 + k_fL)
local tau_fL = 0.001 * (44.3 + 230 * exp(-((V + 36) / 10)^2))
local fCa_infinity = Km_fCa / (Km_fCa + Ca_sub)
local tau_fCa = 0.001 * fCa_infinity / alpha_fCa
local open_CaL = dL * fL * fCa
local i_siCa = P_CaL * ghk(2, Ca_sub, Cao) * open_CaL
local i_siK = 0.000365 * P_CaL * ghk(1, Ki, Ko) * open_CaL
local i_siNa = 0.0000185 * P_CaL * ghk(1, Nai, Nao) * open_CaL
local ACh_block = 0.31 * ACh / (ACh + 0.00009)
local i_CaL = (i_siCa + i_siK + i_siNa) * (1 - ACh_block) * with_Iso(1.23, 1)

-- T-type calcium current.
local dT_infinity = boltzmann(V + 38.3, 5.5)
local tau_dT = 0.001 / (1.068 * exp((V + 38.3) / 30) + 1.068 * exp(-(V + 38.3) / 30))
local fT_infinity = boltzmann(-(V + 58.7), 3.8)
local tau_fT = 1 / (16.67 * exp(-(V + 75) / 83.3) + 16.67 * exp((V + 75) / 15.38)) + offset_fT
local i_CaT = P_CaT * ghk(2, Ca_sub, Cao) * dT * fT

-- Rapid and slow delayed rectifier.
local pa_infinity = boltzmann(V + 10.0144, 7.6607)
local tau_paS = 0.84655354 / (4.2 * exp(V / 17) + 0.15 * exp(-V / 21.6))
local tau_paF = 1 / (30 * exp(V / 10) + exp(-V / 12))
local pi_infinity = boltzmann(-(V + 28.6), 17.1)
local tau_pi = 1 / (100 * exp(-V / 54.645) + 656 * exp(V / 106.157))
local i_Kr = g_Kr * (V - E_K) * (0.9 * paF + 0.1 * paS) * piy

local V_n = V - with_Iso(-14, 0)
local E_Ks = RTONF * log((Ko + 0.12 * Nao) / (Ki + 0.12 * Nai))
local n_infinity = sqrt(boltzmann(V_n + 0.6383, 10.7071))
local alpha_n = 28 * boltzmann(V_n - 40, 3)
local beta_n = exp(-(V_n - 5) / 25)
local i_Ks = with_Iso(1.2, 1) * g_Ks * (V - E_Ks) * n^2

-- Ultra-rapid delayed rectifier.
local r_Kur_infinity = boltzmann(V + 6, 8.6)
local tau_r_Kur = 0.009 * boltzmann(-(V + 5), 12) + 0.0005
local s_Kur_infinity = boltzmann(-(V + 7.5), 10)
local tau_s_Kur = 0.59 * boltzmann(-(V + 60), 10) + 3.05
local i_Kur = g_Kur * r_Kur * s_Kur * (V - E_K)

-- Transient outward current.
local q_infinity = boltzmann(-(V + 49), 13)
local tau_q = 0.001 * 0.6 * (65.17 / (0.57 * exp(-0.08 * (V + 44)) + 0.065 * exp(0.1 * (V + 45.93))) + 10.1)
local r_infinity = boltzmann(V - 19.3, 15)
local tau_r = 0.001 * 0.66 * 1.4
  * (15.59 / (1.037 * exp(0.09 * (V + 30.61)) + 0.369 * exp(-0.12 * (V + 23.84))) + 2.98)
local i_to = g_to * (V - E_K) * q * r

-- Potassium current of acetylcholine. The paper has ACh^-1.6951 in alpha_a, which
-- is infinite where there is none.
local alpha_a = 3.573159 * ACh^1.6951 / (ACh^1.6951 + 0.0000012155) + 0.025641
local beta_a = 10 * exp(0.0133 * (V + 40))
local i_KACh = with_ACh(g_KACh * (V - E_K) * (1 + exp((V + 20) / 20)) * a, 0)

-- Sodium-potassium pump.
local i_NaK = with_Iso(1.2, 1) * i_NaK_max / (1 + (Km_Kp / Ko)^1.2) / (1 + (Km_Nap / Nai)^1.3)
  * boltzmann(V - E_Na + 110, 20)

-- Sodium-calcium exchanger: four states in a ring, at equilibrium.
local function exchanger()
  local into, out = exp(Qn * V / (2 * RTONF)), exp(-Qn * V / (2 * RTONF))
  local calcium_in, calcium_out = exp(-Qci * V / RTONF), exp(Qco * V / RTONF)
  local di = 1 + Ca_sub / Kci * (1 + calcium_in + Nai / Kcni) + Nai / K1ni * (1 + Nai / K2ni * (1 + Nai / K3ni))
  local d_o = 1 + Cao / Kco * (1 + calcium_out) + Nao / K1no * (1 + Nao / K2no * (1 + Nao / K3no))
  local k12 = Ca_sub / Kci * calcium_in / di
  local k14 = Nai / K1ni * Nai / K2ni * (1 + Nai / K3ni) * into / di
  local k21 = Cao / Kco * calcium_out / d_o
  local k23 = Nao / K1no * Nao / K2no * (1 + Nao / K3no) * out / d_o
  local k32, k41 = into, out
  local k34 = Nao / (K3no + Nao)
  local k43 = Nai / (K3ni + Nai)
  local x1 = k41 * k34 * (k23 + k21) + k21 * k32 * (k43 + k41)
  local x2 = k32 * k43 * (k14 + k12) + k41 * k12 * (k34 + k32)
  local x3 = k14 * k43 * (k23 + k21) + k12 * k23 * (k43 + k41)
  local x4 = k23 * k34 * (k14 + k12) + k14 * k21 * (k34 + k32)
  return K_NaCa * (x2 * k21 - x1 * k12) / (x1 + x2 + x3 + x4)
end
local i_NaCa = exchanger()

-- Calcium release: resting, open, inactivated, resting and inactivated.
local kCaSR = MaxSR - (MaxSR - MinSR) / (1 + (EC50_SR / Ca_jsr)^HSR)
local opening = koCa / kCaSR * Ca_sub^2
local inactivation = kiCa * kCaSR * Ca_sub
local R_to_O = opening * R - kom * O
local O_to_I = inactivation * O - kim * I
local RI_to_I = opening * RI - kom * I
local R_to_RI = inactivation * R - kim * RI

-- Fluxes of calcium.
local P_up = P_up_basal * (1 - with_Iso(-0.25, with_ACh(0.7 * ACh / (0.00009 + ACh), 0)))
local j_SRCarel = ks * O * (Ca_jsr - Ca_sub)
local j_Ca_dif = (Ca_sub - Cai) / tau_dif_Ca
local j_up = P_up * boltzmann(Cai - K_up, slope_up)
local j_tr = (Ca_nsr - Ca_jsr) / tau_tr

-- Buffers: the fraction of each that calcium, or magnesium (fTMM), occupies.
local function binding(kf, ion, free, kb, bound) return kf * ion * free - kb * bound end
local delta_fTC = binding(kf_TC, Cai, 1 - fTC, kb_TC, fTC)
local delta_fTMC = binding(kf_TMC, Cai, 1 - fTMC - fTMM, kb_TMC, fTMC)
local delta_fTMM = binding(kf_TMM, Mgi, 1 - fTMC - fTMM, kb_TMM, fTMM)
local delta_fCMi = binding(kf_CM, Cai, 1 - fCMi, kb_CM, fCMi)
local delta_fCMs = binding(kf_CM, Ca_sub, 1 - fCMs, kb_CM, fCMs)
local delta_fCQ = binding(kf_CQ, Ca_jsr, 1 - fCQ, kb_CQ, fCQ)

ddt.V = -(i_f + i_Kr + i_Ks + i_to + i_NaK + i_NaCa + i_Na + i_CaL + i_CaT + i_KACh + i_Kur) / C
ddt.Nai = -(1 - Nai_clamp) * (i_Na + i_fNa + i_siNa + 3 * i_NaK + 3 * i_NaCa) / ((V_i + V_sub) * F)

ddt.y = (y_infinity - y) / tau_y
ddt.m = (m_infinity - m) * (alpha_m + beta_m)
ddt.h = (h_infinity - h) * (alpha_h + beta_h)
ddt.dL = (dL_infinity - dL) / tau_dL
ddt.fL = (fL_infinity - fL) / tau_fL
ddt.fCa = (fCa_infinity - fCa) / tau_fCa
ddt.dT = (dT_infinity - dT) / tau_dT
ddt.fT = (fT_infinity - fT) / tau_fT
ddt.r_Kur = (r_Kur_infinity - r_Kur) / tau_r_Kur
ddt.s_Kur = (s_Kur_infinity - s_Kur) / tau_s_Kur
ddt.q = (q_infinity - q) / tau_q
ddt.r = (r_infinity - r) / tau_r
ddt.paS = (pa_infinity - paS) / tau_paS
ddt.paF = (pa_infinity - paF) / tau_paF
ddt.piy = (pi_infinity - piy) / tau_pi
ddt.n = (n_infinity - n) * (alpha_n + beta_n)
ddt.a = alpha_a * (1 - a) - beta_a * a

ddt.R = -R_to_RI - R_to_O
ddt.O = R_to_O - O_to_I
ddt.I = O_to_I + RI_to_I
ddt.RI = R_to_RI - RI_to_I

ddt.Cai = (j_Ca_dif * V_sub - j_up * V_nsr) / V_i - (CM_tot * delta_fCMi + TC_tot * delta_fTC + TMC_tot * delta_fTMC)
ddt.Ca_sub = j_SRCarel * V_jsr / V_sub - (i_siCa + i_CaT - 2 * i_NaCa) / (2 * F * V_sub) - j_Ca_dif
  - CM_tot * delta_fCMs
ddt.Ca_nsr = j_up - j_tr * V_jsr / V_nsr
ddt.Ca_jsr = j_tr - j_SRCarel - CQ_tot * delta_fCQ
ddt.fTC = delta_fTC
ddt.fTMC = delta_fTMC
ddt.fTMM = delta_fTMM
ddt.fCMi = delta_fCMi
ddt.fCMs = delta_fCMs
ddt.fCQ = delta_fCQ

observe.i_f = i_f
observe.i_Na = i_Na
observe.i_CaL = i_CaL
observe.i_CaT = i_CaT
observe.i_Kr = i_Kr
observe.i_Ks = i_Ks
observe.i_Kur = i_Kur
observe.i_to = i_to
observe.i_KACh = i_KACh
observe.i_NaK = i_NaK
observe.i_NaCa = i_NaCa
observe.j_SRCarel = j_SRCarel

solve {
  algorithm = "rodas5p", rtol = 1e-6, duration = 1.628, -- two beats
  atol = { 1e-7, V = 1e-5, Nai = 1e-6, Cai = 1e-11, Ca_sub = 1e-11, Ca_nsr = 1e-7, Ca_jsr = 1e-7, O = 1e-13, I = 1e-14 },
}
sweep { g_f = linspace(0, 0.00854, 1000) }
