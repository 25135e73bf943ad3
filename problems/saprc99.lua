-- The photochemistry of an urban atmosphere: 211 reactions of 74 species.
-- W. P. L. Carter, Documentation of the SAPRC-99 chemical mechanism for VOC
-- reactivity assessment, report to the California Air Resources Board, contracts
-- 92-329 and 95-308, University of California, Riverside 2000; lumped species,
-- photolysis constants and start as in the kinetic preprocessor's example:
-- V. Damian, A. Sandu, M. Damian, F. Potra, G. R. Carmichael, The kinetic
-- preprocessor KPP, a software environment for solving chemical kinetics,
-- Comput. Chem. Eng. 26 (2002) 1567-1579, models/saprc99. Three things differ from
-- there: reactions 120 to 122 of BZNO2_O have the constants of the like reactions
-- of BZ_O, and reaction 61 that of reaction 60, as Carter has it; nitrogen that no
-- product holds goes to XN, so that `nitrogen` stays the same.
-- Amounts are mixing ratios in ppm, t is local time in s; the run begins at noon
-- and lasts five days. Held: temperature 300 K, density of the air, AIR, O2, H2O,
-- CH4 and H2; no emission, deposition or dilution. Photolysis follows the sun from
-- 4:30 to 19:30; the parameter photolysis scales it. nox and voc scale the
-- initial oxides of nitrogen and organic compounds, as for an isopleth diagram
-- of ozone.
problem "saprc99"

local temperature = 300              -- K
local molecules = 2.4476e13          -- molecules cm-3 of 1 ppm
local air = 1e6 * molecules
local held = { AIR = 1e6, O2 = 2.09e5, H2O = 2e4, CH4 = 1, H2 = 0 }

-- a exp(-e / T) (T / 300)^n, as all of the following in cm3 molecule-1 s-1, cm6
-- molecule-2 s-1 or s-1.
local function arrhenius(a, e, n)
  return a * math.exp(-(e or 0) / temperature) * (temperature / 300)^(n or 0)
end

-- Between the limits of low and high pressure, each { a, e, n }; broadening F.
local function falloff(low, high, F)
  local k0, k1 = arrhenius(table.unpack(low)) * air, arrhenius(table.unpack(high))
  return k0 / (1 + k0 / k1) * F^(1 / (1 + math.log(k0 / k1, 10)^2))
end

-- With and without a third body.
local function two_paths(without, with)
  return arrhenius(table.unpack(without)) + arrhenius(table.unpack(with)) * air
end

-- Nitric acid and OH.
local function through_complex(direct, high, low)
  local k2, k3 = arrhenius(table.unpack(high)), arrhenius(table.unpack(low)) * air
  return arrhenius(table.unpack(direct)) + k3 / (1 + k3 / k2)
end

-- Constant of photolysis in min-1 under full sun.
local function light(j) return { per_minute = j } end

local k = arrhenius
local peroxy_no, peroxy_ho2 = k(2.7e-12, -360), k(1.9e-13, -1300)
local acyl_no, acyl_ho2 = k(1.25e-11, -240), k(4.3e-13, -1040)
local acyl_c_o2, acyl_acyl = k(1.8e-12, -500), k(2.9e-12, -500)
local mechanism = {
  -- Oxides of nitrogen, ozone, hydrogen, sulphur.
  { "NO2 -> NO + O3P", light(0.669) },
  { "O3P + O2 + AIR -> O3", k(5.68e-34, 0, -2.8) },
  { "O3P + O3 ->", k(8e-12, 2060) },
  { "O3P + NO + AIR -> NO2", k(1e-31, 0, -1.6) },
  { "O3P + NO2 -> NO", k(6.5e-12, -120) },
  { "O3P + NO2 -> NO3", falloff({ 9e-32, 0, -2 }, { 2.2e-11 }, 0.8) },
  { "O3 + NO -> NO2", k(1.8e-12, 1370) },
  { "O3 + NO2 -> NO3", k(1.4e-13, 2470) },
  { "NO + NO3 -> 2 NO2", k(1.8e-11, -110) },
  { "NO + NO + O2 -> 2 NO2", k(3.3e-39, -530) },
  { "NO2 + NO3 -> N2O5", falloff({ 2.8e-30, 0, -3.5 }, { 2e-12, 0, 0.2 }, 0.45) },
  { "N2O5 -> NO2 + NO3", falloff({ 1e-3, 11000, -3.5 }, { 9.7e14, 11080, 0.1 }, 0.45) },
  { "N2O5 + H2O -> 2 HNO3", k(2.6e-22) },
  { "NO2 + NO3 -> NO + NO2", k(4.5e-14, 1260) },
  { "NO3 -> NO", light(1.59) },
  { "NO3 -> NO2 + O3P", light(15) },
  { "O3 -> O3P", light(3.76e-2) },
  { "O3 -> O1D", light(4.19e-3) },
  { "O1D + H2O -> 2 OH", k(2.2e-10) },
  { "O1D + AIR -> O3P", k(2.09e-11, -95) },
  { "OH + NO -> HONO", falloff({ 7e-31, 0, -2.6 }, { 3.6e-11, 0, -0.1 }, 0.6) },
  { "HONO -> OH + NO", light(0.127) },
  { "HONO -> HO2 + NO2", light(0.016) },
  { "OH + HONO -> NO2", k(2.7e-12, -260) },
  { "OH + NO2 -> HNO3", falloff({ 2.43e-30, 0, -3.1 }, { 1.67e-11, 0, -2.1 }, 0.6) },
  { "OH + NO3 -> HO2 + NO2", k(2e-11) },
  { "OH + HNO3 -> NO3", through_complex({ 7.2e-15, -785 }, { 4.1e-16, -1440 }, { 1.9e-33, -725 }) },
  { "HNO3 -> OH + NO2", light(5.4e-5) },
  { "OH + CO -> HO2", two_paths({ 1.3e-13 }, { 3.19e-33 }) },
  { "OH + O3 -> HO2", k(1.9e-12, 1000) },
  { "HO2 + NO -> OH + NO2", k(3.4e-12, -270) },
  { "HO2 + NO2 -> HNO4", falloff({ 1.8e-31, 0, -3.2 }, { 4.7e-12 }, 0.6) },
  { "HNO4 -> HO2 + NO2", falloff({ 4.1e-5, 10650 }, { 5.7e15, 11170 }, 0.5) },
  { "HNO4 -> 0.61 HO2 + 0.61 NO2 + 0.39 OH + 0.39 NO3", light(4.69e-4) },
  { "HNO4 + OH -> NO2", k(1.5e-12, -360) },
  { "HO2 + O3 -> OH", k(1.4e-14, 600) },
  { "HO2 + HO2 -> H2O2", two_paths({ 2.2e-13, -600 }, { 1.85e-33, -980 }) },
  { "HO2 + HO2 + H2O -> H2O2", two_paths({ 3.08e-34, -2800 }, { 2.59e-54, -3180 }) },
  { "NO3 + HO2 -> 0.8 OH + 0.8 NO2 + 0.2 HNO3", k(4e-12) },
  { "NO3 + NO3 -> 2 NO2", k(8.5e-13, 2450) },
  { "H2O2 -> 2 OH", light(5.64e-4) },
  { "H2O2 + OH -> HO2", k(2.9e-12, 160) },
  { "OH + HO2 ->", k(4.8e-11, -250) },
  { "OH + SO2 -> HO2 + H2SO4", falloff({ 4e-31, 0, -3.3 }, { 2e-12 }, 0.45) },
  { "OH + H2 -> HO2", k(7.7e-12, 2100) },

  -- Peroxy radicals: methyl, and operators for the others.
  { "C_O2 + NO -> NO2 + HCHO + HO2", k(2.8e-12, -285) },
  { "C_O2 + HO2 -> COOH", k(3.8e-13, -780) },
  { "C_O2 + NO3 -> HCHO + HO2 + NO2", k(1.3e-12) },
  { "C_O2 + C_O2 -> MEOH + HCHO", k(2.45e-14, -710) },
  { "C_O2 + C_O2 -> 2 HCHO + 2 HO2", k(5.9e-13, 509) },
  { "RO2_R + NO -> NO2 + HO2", peroxy_no },
  { "RO2_R + HO2 -> ROOH", peroxy_ho2 },
  { "RO2_R + NO3 -> NO2 + HO2", k(2.3e-12) },
  { "RO2_R + C_O2 -> HO2 + 0.75 HCHO + 0.25 MEOH", k(2e-13) },
  { "RO2_R + RO2_R -> HO2", k(3.5e-14) },
  { "R2O2 + NO -> NO2", peroxy_no },
  { "R2O2 + HO2 -> HO2", peroxy_ho2 },
  { "R2O2 + NO3 -> NO2", k(2.3e-12) },
  { "R2O2 + C_O2 -> C_O2", k(2e-13) },
  { "R2O2 + RO2_R -> RO2_R", k(3.5e-14) },
  { "R2O2 + R2O2 ->", k(3.5e-14) },
  { "RO2_N + NO -> RNO3", peroxy_no },
  { "RO2_N + HO2 -> ROOH", peroxy_ho2 },
  { "RO2_N + C_O2 -> HO2 + 0.25 MEOH + 0.5 MEK + 0.5 PROD2 + 0.75 HCHO", k(2e-13) },
  { "RO2_N + NO3 -> NO2 + HO2 + MEK", k(2.3e-12) },
  { "RO2_N + RO2_R -> HO2 + 0.5 MEK + 0.5 PROD2", k(3.5e-14) },
  { "RO2_N + R2O2 -> RO2_N", k(3.5e-14) },
  { "RO2_N + RO2_N -> MEK + HO2 + PROD2", k(3.5e-14) },

  -- Acyl peroxy radicals and peroxyacyl nitrates.
  { "CCO_O2 + NO2 -> PAN", falloff({ 2.7e-28, 0, -7.1 }, { 1.2e-11, 0, -0.9 }, 0.3) },
  { "PAN -> CCO_O2 + NO2", falloff({ 4.9e-3, 12100 }, { 4e16, 13600 }, 0.3) },
  { "CCO_O2 + NO -> C_O2 + NO2", k(7.8e-12, -300) },
  { "CCO_O2 + HO2 -> 0.75 CCO_OOH + 0.25 CCO_OH + 0.25 O3", acyl_ho2 },
  { "CCO_O2 + NO3 -> C_O2 + NO2", k(4e-12) },
  { "CCO_O2 + C_O2 -> CCO_OH + HCHO", acyl_c_o2 },
  { "CCO_O2 + RO2_R -> CCO_OH", k(7.5e-12) },
  { "CCO_O2 + R2O2 -> CCO_O2", k(7.5e-12) },
  { "CCO_O2 + RO2_N -> CCO_OH + PROD2", k(7.5e-12) },
  { "CCO_O2 + CCO_O2 -> 2 C_O2", acyl_acyl },
  { "RCO_O2 + NO2 -> PAN2", k(1.2e-11, 0, -0.9) },
  { "PAN2 -> RCO_O2 + NO2", k(2e15, 12800) },
  { "RCO_O2 + NO -> NO2 + CCHO + RO2_R", acyl_no },
  { "RCO_O2 + HO2 -> 0.75 RCO_OOH + 0.25 RCO_OH + 0.25 O3", acyl_ho2 },
  { "RCO_O2 + NO3 -> NO2 + CCHO + RO2_R", k(4e-12) },
  { "RCO_O2 + C_O2 -> RCO_OH + HCHO", acyl_c_o2 },
  { "RCO_O2 + RO2_R -> RCO_OH", k(7.5e-12) },
  { "RCO_O2 + R2O2 -> RCO_O2", k(7.5e-12) },
  { "RCO_O2 + RO2_N -> RCO_OH + PROD2", k(7.5e-12) },
  { "RCO_O2 + CCO_O2 -> C_O2 + CCHO + RO2_R", acyl_acyl },
  { "RCO_O2 + RCO_O2 -> 2 CCHO + 2 RO2_R", acyl_acyl },
  { "BZCO_O2 + NO2 -> PBZN", k(1.37e-11) },
  { "PBZN -> BZCO_O2 + NO2", k(7.9e16, 14000) },
  { "BZCO_O2 + NO -> NO2 + BZ_O + R2O2", acyl_no },
  { "BZCO_O2 + HO2 -> 0.75 RCO_OOH + 0.25 RCO_OH + 0.25 O3", acyl_ho2 },
  { "BZCO_O2 + NO3 -> NO2 + BZ_O + R2O2", k(4e-12) },
  { "BZCO_O2 + C_O2 -> RCO_OH + HCHO", acyl_c_o2 },
  { "BZCO_O2 + RO2_R -> RCO_OH", k(7.5e-12) },
  { "BZCO_O2 + R2O2 -> BZCO_O2", k(7.5e-12) },
  { "BZCO_O2 + RO2_N -> RCO_OH + PROD2", k(7.5e-12) },
  { "BZCO_O2 + CCO_O2 -> C_O2 + BZ_O + R2O2", acyl_acyl },
  { "BZCO_O2 + RCO_O2 -> CCHO + RO2_R + BZ_O + R2O2", acyl_acyl },
  { "BZCO_O2 + BZCO_O2 -> 2 BZ_O + 2 R2O2", acyl_acyl },
  { "MA_RCO3 + NO2 -> MA_PAN", k(1.2e-11, 0, -0.9) },
  { "MA_PAN -> MA_RCO3 + NO2", k(1.6e16, 13486) },
  { "MA_RCO3 + NO -> NO2 + HCHO + CCO_O2", acyl_no },
  { "MA_RCO3 + HO2 -> 0.75 RCO_OOH + 0.25 RCO_OH + 0.25 O3", acyl_ho2 },
  { "MA_RCO3 + NO3 -> NO2 + HCHO + CCO_O2", k(4e-12) },
  { "MA_RCO3 + C_O2 -> RCO_OH + HCHO", acyl_c_o2 },
  { "MA_RCO3 + RO2_R -> RCO_OH", k(7.5e-12) },
  { "MA_RCO3 + R2O2 -> MA_RCO3", k(7.5e-12) },
  { "MA_RCO3 + RO2_N -> 2 RCO_OH", k(7.5e-12) },
  { "MA_RCO3 + CCO_O2 -> C_O2 + HCHO + CCO_O2", acyl_acyl },
  { "MA_RCO3 + RCO_O2 -> HCHO + CCO_O2 + CCHO + RO2_R", acyl_acyl },
  { "MA_RCO3 + BZCO_O2 -> HCHO + CCO_O2 + BZ_O + R2O2", acyl_acyl },
  { "MA_RCO3 + MA_RCO3 -> 2 HCHO + 2 CCO_O2", acyl_acyl },

  -- Alkoxy radicals.
  { "TBU_O + NO2 -> RNO3", k(2.4e-11) },
  { "TBU_O -> ACET + C_O2", k(7.5e14, 8152) },
  { "BZ_O + NO2 -> NPHE", k(2.3e-11, -150) },
  { "BZ_O + HO2 -> PHEN", peroxy_ho2 },
  { "BZ_O -> PHEN", k(1e-3) },
  { "BZNO2_O + NO2 -> 2 XN + 6 XC", k(2.3e-11, -150) },
  { "BZNO2_O + HO2 -> NPHE", peroxy_ho2 },
  { "BZNO2_O -> NPHE", k(1e-3) },

  -- Oxygenated products.
  { "HCHO -> 2 HO2 + CO", light(2.32e-3) },
  { "HCHO -> CO", light(3.15e-3) },
  { "HCHO + OH -> HO2 + CO", k(8.6e-12, -20) },
  { "HCHO + HO2 -> HOCOO", k(9.7e-15, -625) },
  { "HOCOO -> HO2 + HCHO", k(2.4e12, 7000) },
  { "HOCOO + NO -> HCOOH + NO2 + HO2", k(2.8e-12, -285) },
  { "HCHO + NO3 -> HNO3 + HO2 + CO", k(2e-12, 2431) },
  { "CCHO + OH -> CCO_O2", k(5.6e-12, -310) },
  { "CCHO -> CO + HO2 + C_O2", light(4.16e-4) },
  { "CCHO + NO3 -> HNO3 + CCO_O2", k(1.4e-12, 1860) },
  { "RCHO + OH -> 0.034 RO2_R + 0.001 RO2_N + 0.965 RCO_O2 + 0.034 CO + 0.034 CCHO", k(2e-11) },
  { "RCHO -> CCHO + RO2_R + CO + HO2", light(1.4e-3) },
  { "RCHO + NO3 -> HNO3 + RCO_O2", k(1.4e-12, 1771) },
  { "ACET + OH -> HCHO + CCO_O2 + R2O2", k(1.1e-12, 520) },
  { "ACET -> CCO_O2 + C_O2", light(4.16e-5) },
  { "MEK + OH -> 0.37 RO2_R + 0.042 RO2_N + 0.616 R2O2 + 0.492 CCO_O2 + 0.096 RCO_O2 + 0.115 HCHO"
    .. " + 0.482 CCHO + 0.37 RCHO", k(1.3e-12, 25, 2) },
  { "MEK -> CCO_O2 + CCHO + RO2_R", light(9.49e-4 * 0.15) },
  { "MEOH + OH -> HCHO + HO2", k(3.1e-12, 360, 2) },
  { "COOH + OH -> 0.35 HCHO + 0.35 OH + 0.65 C_O2", k(2.9e-12, -190) },
  { "COOH -> HCHO + HO2 + OH", light(3.94e-4) },
  { "ROOH + OH -> RCHO + 0.34 RO2_R + 0.66 OH", k(1.1e-11) },
  { "ROOH -> RCHO + HO2 + OH", light(3.94e-4) },
  { "GLY -> 2 CO + 2 HO2", light(8.93e-3) },
  { "GLY -> HCHO + CO", light(0.181 * 6e-3) },
  { "GLY + OH -> 0.63 HO2 + 1.26 CO + 0.37 RCO_O2", k(1.1e-11) },
  { "GLY + NO3 -> HNO3 + 0.63 HO2 + 1.26 CO + 0.37 RCO_O2", k(2.8e-12, 2376) },
  { "MGLY -> HO2 + CO + CCO_O2", light(1.1e-2) },
  { "MGLY + OH -> CO + CCO_O2", k(1.5e-11) },
  { "MGLY + NO3 -> HNO3 + CO + CCO_O2", k(1.4e-12, 1895) },
  { "BACL -> 2 CCO_O2", light(1.9e-2) },
  { "PHEN + OH -> 0.24 BZ_O + 0.76 RO2_R + 0.23 GLY", k(2.63e-11) },
  { "PHEN + NO3 -> HNO3 + BZ_O", k(3.78e-12) },
  { "CRES + OH -> 0.24 BZ_O + 0.76 RO2_R + 0.23 MGLY", k(4.2e-11) },
  { "CRES + NO3 -> HNO3 + BZ_O", k(1.37e-11) },
  { "NPHE + NO3 -> HNO3 + BZNO2_O", k(3.78e-12) },
  { "BALD + OH -> BZCO_O2", k(1.29e-11) },
  { "BALD -> 7 XC", light(6.22e-2 * 0.05) },
  { "BALD + NO3 -> HNO3 + BZCO_O2", k(1.4e-12, 1872) },
  { "METHACRO + OH -> 0.5 RO2_R + 0.416 CO + 0.084 HCHO + 0.416 MEK + 0.084 MGLY + 0.5 MA_RCO3",
    k(1.86e-11, -176) },
  { "METHACRO + O3 -> 0.008 HO2 + 0.1 RO2_R + 0.208 OH + 0.1 RCO_O2 + 0.45 CO + 0.2 HCHO + 0.9 MGLY"
    .. " + 0.333 HCOOH", k(1.36e-15, 2114) },
  { "METHACRO + NO3 -> 0.5 HNO3 + 0.5 RO2_R + 0.5 CO + 0.5 MA_RCO3 + 0.5 XN", k(1.5e-12, 1726) },
  { "METHACRO + O3P -> RCHO", k(6.34e-12) },
  { "METHACRO -> 0.34 HO2 + 0.33 RO2_R + 0.33 OH + 0.67 CCO_O2 + 0.67 CO + 0.67 HCHO + 0.33 MA_RCO3",
    light(3.32e-2 * 4.1e-3) },
  { "MVK + OH -> 0.3 RO2_R + 0.025 RO2_N + 0.675 R2O2 + 0.675 CCO_O2 + 0.3 HCHO + 0.675 RCHO + 0.3 MGLY",
    k(4.14e-12, -453) },
  { "MVK + O3 -> 0.064 HO2 + 0.05 RO2_R + 0.164 OH + 0.05 RCO_O2 + 0.475 CO + 0.1 HCHO + 0.95 MGLY"
    .. " + 0.351 HCOOH", k(7.51e-16, 1520) },
  { "MVK + O3P -> 0.45 RCHO + 0.55 MEK", k(4.32e-12) },
  { "MVK -> 0.3 C_O2 + 0.7 CO + 0.7 PROD2 + 0.3 MA_RCO3", light(3.32e-2 * 2.1e-3) },
  { "ISOPROD + OH -> 0.67 RO2_R + 0.041 RO2_N + 0.289 MA_RCO3 + 0.336 CO + 0.055 HCHO + 0.129 CCHO"
    .. " + 0.013 RCHO + 0.15 MEK + 0.332 PROD2 + 0.15 GLY + 0.174 MGLY", k(6.19e-11) },
  { "ISOPROD + O3 -> 0.4 HO2 + 0.048 RO2_R + 0.048 RCO_O2 + 0.285 OH + 0.498 CO + 0.125 HCHO + 0.047 CCHO"
    .. " + 0.21 MEK + 0.023 GLY + 0.742 MGLY + 0.1 HCOOH + 0.372 RCO_OH", k(4.18e-18) },
  { "ISOPROD + NO3 -> 0.799 RO2_R + 0.051 RO2_N + 0.15 MA_RCO3 + 0.572 CO + 0.15 HNO3 + 0.227 HCHO"
    .. " + 0.218 RCHO + 0.008 MGLY + 0.572 RNO3 + 0.278 XN", k(1e-13) },
  { "ISOPROD -> 1.233 HO2 + 0.467 CCO_O2 + 0.3 RCO_O2 + 1.233 CO + 0.3 HCHO + 0.467 CCHO + 0.233 MEK",
    light(3.32e-2 * 4.1e-3) },
  { "PROD2 + OH -> 0.379 HO2 + 0.473 RO2_R + 0.07 RO2_N + 0.029 CCO_O2 + 0.049 RCO_O2 + 0.213 HCHO"
    .. " + 0.084 CCHO + 0.558 RCHO + 0.115 MEK + 0.329 PROD2", k(1.5e-11) },
  { "PROD2 -> 0.96 RO2_R + 0.04 RO2_N + 0.515 R2O2 + 0.667 CCO_O2 + 0.333 RCO_O2 + 0.506 HCHO"
    .. " + 0.246 CCHO + 0.71 RCHO", light(9.49e-4 * 0.02) },
  { "RNO3 + OH -> 0.338 NO2 + 0.113 HO2 + 0.376 RO2_R + 0.173 RO2_N + 0.596 R2O2 + 0.01 HCHO + 0.439 CCHO"
    .. " + 0.213 RCHO + 0.006 ACET + 0.177 MEK + 0.048 PROD2 + 0.31 RNO3 + 0.352 XN", k(7.8e-12) },
  { "RNO3 -> NO2 + 0.341 HO2 + 0.564 RO2_R + 0.095 RO2_N + 0.152 R2O2 + 0.134 HCHO + 0.431 CCHO"
    .. " + 0.147 RCHO + 0.02 ACET + 0.243 MEK + 0.435 PROD2", light(2.35e-4) },
  { "DCB1 + OH -> RCHO + RO2_R + CO", k(5e-11) },
  { "DCB1 + O3 -> 1.5 HO2 + 0.5 OH + 1.5 CO + GLY", k(2e-18) },
  { "DCB2 + OH -> R2O2 + RCHO + CCO_O2", k(5e-11) },
  { "DCB2 -> RO2_R + 0.5 CCO_O2 + 0.5 HO2 + CO + R2O2 + 0.5 GLY + 0.5 MGLY", light(0.206 * 0.365) },
  { "DCB3 + OH -> R2O2 + RCHO + CCO_O2", k(5e-11) },
  { "DCB3 -> RO2_R + 0.5 CCO_O2 + 0.5 HO2 + CO + R2O2 + 0.5 GLY + 0.5 MGLY", light(3.32e-2 * 7.28) },

  -- Hydrocarbons.
  { "CH4 + OH -> C_O2", k(2.15e-12, 1735) },
  { "ETHENE + OH -> RO2_R + 1.61 HCHO + 0.195 CCHO", k(1.96e-12, -438) },
  { "ETHENE + O3 -> 0.12 OH + 0.12 HO2 + 0.5 CO + HCHO + 0.37 HCOOH", k(9.14e-15, 2580) },
  { "ETHENE + NO3 -> RO2_R + RCHO + XN", k(4.39e-13, 2282, 2) },
  { "ETHENE + O3P -> 0.5 HO2 + 0.2 RO2_R + 0.3 C_O2 + 0.491 CO + 0.191 HCHO + 0.25 CCHO + 0.009 GLY",
    k(1.04e-11, 792) },
  { "ISOPRENE + OH -> 0.907 RO2_R + 0.093 RO2_N + 0.079 R2O2 + 0.624 HCHO + 0.23 METHACRO + 0.32 MVK"
    .. " + 0.357 ISOPROD", k(2.5e-11, -408) },
  { "ISOPRENE + O3 -> 0.266 OH + 0.066 RO2_R + 0.008 RO2_N + 0.126 R2O2 + 0.192 MA_RCO3 + 0.275 CO"
    .. " + 0.592 HCHO + 0.1 PROD2 + 0.39 METHACRO + 0.16 MVK + 0.204 HCOOH + 0.15 RCO_OH", k(7.86e-15, 1912) },
  { "ISOPRENE + NO3 -> 0.187 NO2 + 0.749 RO2_R + 0.064 RO2_N + 0.187 R2O2 + 0.936 ISOPROD + 0.813 XN",
    k(3.03e-12, 448) },
  { "ISOPRENE + O3P -> 0.01 RO2_N + 0.24 R2O2 + 0.25 C_O2 + 0.24 MA_RCO3 + 0.24 HCHO + 0.75 PROD2",
    k(3.6e-11) },
  { "TERP + OH -> 0.75 RO2_R + 0.25 RO2_N + 0.5 R2O2 + 0.276 HCHO + 0.474 RCHO + 0.276 PROD2",
    k(1.83e-11, -449) },
  { "TERP + O3 -> 0.567 OH + 0.033 HO2 + 0.031 RO2_R + 0.18 RO2_N + 0.729 R2O2 + 0.123 CCO_O2"
    .. " + 0.201 RCO_O2 + 0.157 CO + 0.235 HCHO + 0.205 RCHO + 0.13 ACET + 0.276 PROD2 + 0.001 GLY"
    .. " + 0.031 BACL + 0.103 HCOOH + 0.189 RCO_OH", k(1.08e-15, 821) },
  { "TERP + NO3 -> 0.474 NO2 + 0.276 RO2_R + 0.25 RO2_N + 0.75 R2O2 + 0.474 RCHO + 0.276 RNO3 + 0.25 XN",
    k(3.66e-12, -175) },
  { "TERP + O3P -> 0.147 RCHO + 0.853 PROD2", k(3.27e-11) },
  { "ALK1 + OH -> RO2_R + CCHO", k(1.37e-12, 498, 2) },
  { "ALK2 + OH -> 0.246 OH + 0.121 HO2 + 0.612 RO2_R + 0.021 RO2_N + 0.16 CO + 0.039 HCHO + 0.155 RCHO"
    .. " + 0.417 ACET + 0.248 GLY + 0.121 HCOOH", k(9.87e-12, 671) },
  { "ALK3 + OH -> 0.695 RO2_R + 0.07 RO2_N + 0.559 R2O2 + 0.236 TBU_O + 0.026 HCHO + 0.445 CCHO"
    .. " + 0.122 RCHO + 0.024 ACET + 0.332 MEK", k(1.019e-11, 434) },
  { "ALK4 + OH -> 0.835 RO2_R + 0.143 RO2_N + 0.936 R2O2 + 0.011 C_O2 + 0.011 CCO_O2 + 0.002 CO"
    .. " + 0.024 HCHO + 0.455 CCHO + 0.244 RCHO + 0.452 ACET + 0.11 MEK + 0.125 PROD2", k(5.946e-12, 91) },
  { "ALK5 + OH -> 0.653 RO2_R + 0.347 RO2_N + 0.948 R2O2 + 0.026 HCHO + 0.099 CCHO + 0.204 RCHO"
    .. " + 0.072 ACET + 0.089 MEK + 0.417 PROD2", k(1.112e-11, 52) },
  { "ARO1 + OH -> 0.224 HO2 + 0.765 RO2_R + 0.011 RO2_N + 0.055 PROD2 + 0.118 GLY + 0.119 MGLY + 0.017 PHEN"
    .. " + 0.207 CRES + 0.059 BALD + 0.491 DCB1 + 0.108 DCB2 + 0.051 DCB3", k(1.81e-12, -355) },
  { "ARO2 + OH -> 0.187 HO2 + 0.804 RO2_R + 0.009 RO2_N + 0.097 GLY + 0.287 MGLY + 0.087 BACL + 0.187 CRES"
    .. " + 0.05 BALD + 0.561 DCB1 + 0.099 DCB2 + 0.093 DCB3", k(2.64e-11) },
  { "OLE1 + OH -> 0.91 RO2_R + 0.09 RO2_N + 0.205 R2O2 + 0.732 HCHO + 0.294 CCHO + 0.497 RCHO + 0.005 ACET"
    .. " + 0.119 PROD2", k(7.095e-12, -451) },
  { "OLE1 + O3 -> 0.155 OH + 0.056 HO2 + 0.022 RO2_R + 0.001 RO2_N + 0.076 C_O2 + 0.345 CO + 0.5 HCHO"
    .. " + 0.154 CCHO + 0.363 RCHO + 0.001 ACET + 0.215 PROD2 + 0.185 HCOOH + 0.05 CCO_OH + 0.119 RCO_OH",
    k(2.617e-15, 1640) },
  { "OLE1 + NO3 -> 0.824 RO2_R + 0.176 RO2_N + 0.488 R2O2 + 0.009 CCHO + 0.037 RCHO + 0.024 ACET"
    .. " + 0.511 RNO3 + 0.489 XN", k(4.453e-14, 376) },
  { "OLE1 + O3P -> 0.45 RCHO + 0.437 MEK + 0.113 PROD2", k(1.074e-11, 234) },
  { "OLE2 + OH -> 0.918 RO2_R + 0.082 RO2_N + 0.001 R2O2 + 0.244 HCHO + 0.732 CCHO + 0.511 RCHO"
    .. " + 0.127 ACET + 0.072 MEK + 0.061 BALD + 0.025 METHACRO + 0.025 ISOPROD", k(1.743e-11, -384) },
  { "OLE2 + O3 -> 0.378 OH + 0.003 HO2 + 0.033 RO2_R + 0.002 RO2_N + 0.137 R2O2 + 0.197 C_O2"
    .. " + 0.137 CCO_O2 + 0.006 RCO_O2 + 0.265 CO + 0.269 HCHO + 0.456 CCHO + 0.305 RCHO + 0.045 ACET"
    .. " + 0.026 MEK + 0.043 PROD2 + 0.042 BALD + 0.026 METHACRO + 0.019 MVK + 0.073 HCOOH + 0.129 CCO_OH"
    .. " + 0.247 RCO_OH", k(5.022e-16, 461) },
  { "OLE2 + NO3 -> 0.391 NO2 + 0.442 RO2_R + 0.136 RO2_N + 0.711 R2O2 + 0.03 C_O2 + 0.079 HCHO + 0.507 CCHO"
    .. " + 0.151 RCHO + 0.102 ACET + 0.001 MEK + 0.015 BALD + 0.048 MVK + 0.321 RNO3 + 0.288 XN", k(7.265e-13) },
  { "OLE2 + O3P -> 0.013 HO2 + 0.012 RO2_R + 0.001 RO2_N + 0.012 CO + 0.069 RCHO + 0.659 MEK + 0.259 PROD2"
    .. " + 0.012 METHACRO", k(2.085e-11) },
}

-- Initial amounts in ppm; all others are 0.
local initial = { HONO = 1e-3, SO2 = 5e-2, O3P = 7.843e-9, XC = 0.2 }
local initial_nox = { NO = 0.1, NO2 = 5e-2 }
local initial_voc = {
  HCHO = 1.121e-2, CCHO = 2.316e-3, RCHO = 1.72e-3, ACET = 5.07e-3, MEK = 3.26e-3, MEOH = 5.89e-3,
  GLY = 1.21e-4, MGLY = 8.37e-5, PHEN = 6.06e-4, CRES = 5.6e-4, BALD = 7.51e-5, METHACRO = 1.3e-3,
  ISOPROD = 8.93e-5, PROD2 = 1.93e-3, ETHENE = 1.89e-2, ISOPRENE = 4.33e-4, ALK1 = 1.167e-2,
  ALK2 = 1.88e-2, ALK3 = 4.69e-2, ALK4 = 4.17e-2, ALK5 = 3.06e-2, ARO1 = 1.18e-2, ARO2 = 8.74e-3,
  OLE1 = 1.04e-2, OLE2 = 7.97e-3, TERP = 8.2e-4, CCO_OH = 1.16e-3, RCO_OH = 3.92e-4, HCOOH = 6.77e-4,
}

-- One side of a reaction, "2 HO2 + CO", as a list of { name, how many }.
local function side(text)
  local terms = {}
  for term in text:gmatch("[^+]+") do
    local count, name = term:match("^%s*([%d.]*)%s*([%a][%w_]*)%s*$")
    if name then terms[#terms + 1] = { name, tonumber(count) or 1 } end
  end
  return terms
end

-- Species in the order in which the mechanism names them.
local species, known = {}, {}
for _, reaction in ipairs(mechanism) do
  local left, right = reaction[1]:match("^(.-)%->(.*)$")
  reaction.left, reaction.right = side(left), side(right)
  for _, terms in ipairs { reaction.left, reaction.right } do
    for _, term in ipairs(terms) do
      local name = term[1]
      if not known[name] and not held[name] then
        known[name] = true
        species[#species + 1] = name
      end
    end
  end
end

parameters { photolysis = 1, nox = 1, voc = 1 }

local start, ppm = {}, { t = "s" }
for _, name in ipairs(species) do
  start[name] = initial[name] or 0
  if initial_nox[name] then start[name] = initial_nox[name] * nox end
  if initial_voc[name] then start[name] = initial_voc[name] * voc end
  ppm[name] = "ppm"
end
states(start)
units(ppm)

-- Light, as a part of that at noon.
local hour = t / 3600
local since_noon = (hour - 24 * floor(hour / 24) - 12) / 7.5
local sun = where(abs(since_noon) < 1, photolysis * (1 + cos(math.pi * since_noon * abs(since_noon))) / 2, 0)

-- Rate i becomes the intermediate r<i>; a species' equation is the sum over them.
local sums = {}
for i, reaction in ipairs(mechanism) do
  local constant, net = reaction[2], {}
  local lit = type(constant) == "table"
  local rate = lit and constant.per_minute / 60 * sun or constant * molecules^(#reaction.left - 1)
  for _, term in ipairs(reaction.left) do
    rate = rate * (held[term[1]] or _ENV[term[1]])
    net[term[1]] = (net[term[1]] or 0) - 1
  end
  for _, term in ipairs(reaction.right) do net[term[1]] = (net[term[1]] or 0) + term[2] end
  _ENV["r" .. i] = rate
  for name, count in pairs(net) do
    if known[name] and count ~= 0 then sums[name] = (sums[name] or 0) + count * rate end
  end
end
for _, name in ipairs(species) do ddt[name] = sums[name] end

observe.NOx = NO + NO2
observe.nitrogen = NO + NO2 + NO3 + 2 * N2O5 + HONO + HNO3 + HNO4 + RNO3 + NPHE + PAN + PAN2 + PBZN + MA_PAN
  + BZNO2_O + XN

solve { algorithm = "rodas5p", rtol = 1e-6, atol = 1e-9, t0 = 12 * 3600, duration = 5 * 24 * 3600 }
sweep { nox = geomspace(0.1, 10, 10), voc = geomspace(0.1, 10, 10) }
