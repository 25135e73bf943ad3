-- The chemistry of polluted air: 25 reactions of 20 species, from the model of
-- the Dutch institute of public health and environment.
-- J. G. Verwer, Gauss-Seidel iteration for stiff ODEs from chemical kinetics, SIAM
-- J. Sci. Comput. 15 (1994) 1243-1259; species and reactions as in F. Mazzia,
-- C. Magherini, Test Set for Initial Value Problem Solvers, release 2.4, Bari 2008,
-- problem POLLU. Concentrations in ppm, time in min; reactions of first order in
-- min-1, of second order in ppm-1 min-1. Temperature and light are held: k1, k4,
-- k5, k7, k16, k17, k21 and k22 are photolysis.
problem "pollution"

parameters {
  k1 = 0.35,     -- NO2        -> NO + O3P
  k2 = 26.6,     -- NO + O3    -> NO2
  k3 = 12300,    -- HO2 + NO   -> NO2 + OH
  k4 = 8.6e-4,   -- HCHO       -> 2 HO2 + CO
  k5 = 8.2e-4,   -- HCHO       -> CO
  k6 = 15000,    -- HCHO + OH  -> HO2 + CO
  k7 = 1.3e-4,   -- ALD        -> MEO2 + HO2 + CO
  k8 = 24000,    -- ALD + OH   -> C2O3
  k9 = 16500,    -- C2O3 + NO  -> NO2 + MEO2 + CO2
  k10 = 9000,    -- C2O3 + NO2 -> PAN
  k11 = 0.022,   -- PAN        -> C2O3 + NO2
  k12 = 12000,   -- MEO2 + NO  -> CH3O + NO2
  k13 = 1.88,    -- CH3O       -> HCHO + HO2
  k14 = 16300,   -- NO2 + OH   -> HNO3
  k15 = 4.8e6,   -- O3P        -> O3
  k16 = 3.5e-4,  -- O3         -> O1D
  k17 = 0.0175,  -- O3         -> O3P
  k18 = 1e8,     -- O1D        -> 2 OH
  k19 = 4.44e11, -- O1D        -> O3P
  k20 = 1240,    -- SO2 + OH   -> SO4 + HO2
  k21 = 2.1,     -- NO3        -> NO
  k22 = 5.78,    -- NO3        -> NO2 + O3P
  k23 = 0.0474,  -- NO2 + O3   -> NO3
  k24 = 1780,    -- NO3 + NO2  -> N2O5
  k25 = 3.12,    -- N2O5       -> NO3 + NO2
}
states {
  NO2 = 0, NO = 0.2, O3P = 0, O3 = 0.04, HO2 = 0, OH = 0, HCHO = 0.1, CO = 0.3, ALD = 0.01, MEO2 = 0,
  C2O3 = 0, CO2 = 0, PAN = 0, CH3O = 0, HNO3 = 0, O1D = 0, SO2 = 0.007, SO4 = 0, NO3 = 0, N2O5 = 0,
}

units {
  t = "min",
  NO2 = "ppm", NO = "ppm", O3P = "ppm", O3 = "ppm", HO2 = "ppm", OH = "ppm", HCHO = "ppm",
  CO = "ppm", ALD = "ppm", MEO2 = "ppm", C2O3 = "ppm", CO2 = "ppm", PAN = "ppm", CH3O = "ppm",
  HNO3 = "ppm", O1D = "ppm", SO2 = "ppm", SO4 = "ppm", NO3 = "ppm", N2O5 = "ppm",
  k1 = "min-1", k2 = "ppm-1 min-1", k3 = "ppm-1 min-1", k4 = "min-1", k5 = "min-1",
  k6 = "ppm-1 min-1", k7 = "min-1", k8 = "ppm-1 min-1", k9 = "ppm-1 min-1", k10 = "ppm-1 min-1",
  k11 = "min-1", k12 = "ppm-1 min-1", k13 = "min-1", k14 = "ppm-1 min-1", k15 = "min-1",
  k16 = "min-1", k17 = "min-1", k18 = "min-1", k19 = "min-1", k20 = "ppm-1 min-1",
  k21 = "min-1", k22 = "min-1", k23 = "ppm-1 min-1", k24 = "ppm-1 min-1", k25 = "min-1",
}

r1 = k1 * NO2
r2 = k2 * NO * O3
r3 = k3 * HO2 * NO
r4 = k4 * HCHO
r5 = k5 * HCHO
r6 = k6 * HCHO * OH
r7 = k7 * ALD
r8 = k8 * ALD * OH
r9 = k9 * C2O3 * NO
r10 = k10 * C2O3 * NO2
r11 = k11 * PAN
r12 = k12 * MEO2 * NO
r13 = k13 * CH3O
r14 = k14 * NO2 * OH
r15 = k15 * O3P
r16 = k16 * O3
r17 = k17 * O3
r18 = k18 * O1D
r19 = k19 * O1D
r20 = k20 * SO2 * OH
r21 = k21 * NO3
r22 = k22 * NO3
r23 = k23 * NO2 * O3
r24 = k24 * NO3 * NO2
r25 = k25 * N2O5

ddt.NO2 = -r1 - r10 - r14 - r23 - r24 + r2 + r3 + r9 + r11 + r12 + r22 + r25
ddt.NO = -r2 - r3 - r9 - r12 + r1 + r21
ddt.O3P = -r15 + r1 + r17 + r19 + r22
ddt.O3 = -r2 - r16 - r17 - r23 + r15
ddt.HO2 = -r3 + 2 * r4 + r6 + r7 + r13 + r20
ddt.OH = -r6 - r8 - r14 - r20 + r3 + 2 * r18
ddt.HCHO = -r4 - r5 - r6 + r13
ddt.CO = r4 + r5 + r6 + r7
ddt.ALD = -r7 - r8
ddt.MEO2 = -r12 + r7 + r9
ddt.C2O3 = -r9 - r10 + r8 + r11
ddt.CO2 = r9
ddt.PAN = -r11 + r10
ddt.CH3O = -r13 + r12
ddt.HNO3 = r14
ddt.O1D = -r18 - r19 + r16
ddt.SO2 = -r20
ddt.SO4 = r20
ddt.NO3 = -r21 - r22 - r24 + r23 + r25
ddt.N2O5 = -r25 + r24

solve { algorithm = "rodas5p", rtol = 1e-6, atol = 1e-9, duration = 60 }
sweep { k1 = geomspace(0.035, 3.5, 1000) }
