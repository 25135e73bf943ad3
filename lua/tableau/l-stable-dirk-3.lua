-- SPDX-License-Identifier: MIT
-- SDIRK of three stages, order 3, L-stable: gamma is the root 0.43... of x^3 -
-- 3 x^2 + 3/2 x - 1/6, and with it c = gamma, (1 + gamma)/2, 1 and b = (-6
-- gamma^2 + 16 gamma - 1)/4, (6 gamma^2 - 20 gamma + 5)/4, gamma, here to 34
-- digits. The paper has no estimate; the embedded weights, of order 2 with
-- 33/40 for the first, and the interpolant, of order 2 with -3/4 for its first
-- theta^2, are those of OpenModelica (gbode_tableau.c, SDIRK3), computed again
-- to as many digits.
--
-- On stiff components the method loses order, more than its estimate: at the jumps of van der Pol's
-- oscillator errors are 200 rtol, with this part of the tolerances for a step 66.
tableau "l-stable-dirk-3" {
  title = "L-stable SDIRK 3(2)",
  reference = "R. Alexander, Diagonally implicit Runge-Kutta methods for stiff O.D.E.s, SIAM J. Numer. "
    .. "Anal. 14 (1977) 1006-1021; embedded weights and dense output: OpenModelica, gbode_tableau.c",
  family = "dirk",
  order = 3, embedded_order = 2, dense_order = 2,
  stiffly_accurate = true,
  defaults = { step_tolerance = "0.4" },
  c = { "0.4358665215084589994160194511935568", "0.7179332607542294997080097255967784", "1" },
  a = {
    { "0.4358665215084589994160194511935568" },
    { "0.2820667392457705002919902744032216", "0.4358665215084589994160194511935568" },
    {
      "1.208496649176010070336477684063323", "-0.64436317068446906975249713525688",
      "0.4358665215084589994160194511935568",
    },
  },
  b = {
    "1.208496649176010070336477684063323", "-0.64436317068446906975249713525688",
    "0.4358665215084589994160194511935568",
  },
  embedded = { "33/40", "0.1226301276675510709204582328697663", "0.05236987233244892907954176713023373" },
  dense = {
    { "1.958496649176010070336477684063323", "-3/4" },
    { "-0.3717330430169179988320389023871137", "-0.2726301276675510709204582328697663" },
    { "-0.5867636061590920715044387816762094", "1.022630127667551070920458232869766" },
  },
}
