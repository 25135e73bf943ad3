-- SPDX-License-Identifier: MIT
-- Rodas4P: order 4 on parabolic problems, stiffly accurate (RODASP; METH = 3 of
-- the code RODAS). In the transformed form, as published and as it is computed
-- with: u = h gamma k, rows of dense for y(theta) = (1 - theta) y + theta
-- (y_new + (1 - theta) (D1 + theta (D2 + theta D3))).
--
-- On the ring modulator, which oscillates all the time, errors add up to 104 rtol at tolerances near
-- 1e-4; with this part of the tolerances for a step to 43.
tableau "rodas4p" {
  title = "Rodas4P 4(3)",
  reference = "G. Steinebach, Order-reduction of ROW-methods for DAEs and method of lines applications, "
    .. "Preprint 1741, TH Darmstadt 1995; coefficients: E. Hairer, G. Wanner, code RODAS",
  family = "rosenbrock",
  order = 4, embedded_order = 3, dense_order = 3, index1_order = 4,
  stiffly_accurate = true,
  defaults = { step_tolerance = "0.7" },
  c = { "0", "0.75", "0.21", "0.63", "1", "1" },
  d = { "0.25", "-0.5", "-0.023504", "-0.0362", "0", "0" },
  transformed = {
    gamma = "1/4",
    a = {
      {},
      { "3" },
      { "1.831036793486759", "0.4955183967433795" },
      { "2.304376582692669", "-0.05249275245743001", "-1.176798761832782" },
      { "-7.170454962423024", "-4.741636671481785", "-16.31002631330971", "-1.062004044111401" },
      { "-7.170454962423024", "-4.741636671481785", "-16.31002631330971", "-1.062004044111401", "1" },
    },
    c = {
      {},
      { "-12" },
      { "-8.791795173947035", "-2.207865586973518" },
      { "10.81793056857153", "6.780270611428266", "19.53485944642410" },
      { "34.19095006749676", "15.49671153725963", "54.74760875964130", "14.16005392148534" },
      { "34.62605830930532", "15.30084976114473", "56.99955578662667", "18.40807009793095", "-5.714285714285717" },
    },
    m = { "-7.170454962423024", "-4.741636671481785", "-16.31002631330971", "-1.062004044111401", "1", "1" },
    error = { "0", "0", "0", "0", "0", "1" },
    dense = {
      { "25.09876703708589", "11.62013104361867", "28.49148307714626", "-5.664021568594133", "0", "0" },
      {
        "1.638054557396973", "-0.7373619806678748", "8.477918219238990", "15.99253148779520", "-1.882352941176471",
        "0",
      },
    },
  },
}
