-- SPDX-License-Identifier: MIT
-- Kvaerno 3(2): ESDIRK of four stages, method and embedded method stiffly
-- accurate. The paper prints gamma to ten digits, 0.4358665215, and the rest to
-- fifteen; these are the same coefficients to 40 digits, with gamma the root of
-- x^3 - 3 x^2 + 3/2 x - 1/6, from SUNDIALS (ARKODE_KVAERNO_4_2_3). The two
-- agree to the digits of gamma in the paper.
tableau "kvaerno3" {
  title = "Kvaerno 3(2)",
  reference = "A. Kvaerno, Singly diagonally implicit Runge-Kutta methods with an explicit first stage, BIT "
    .. "44 (2004) 489-502; digits: SUNDIALS, arkode_butcher_dirk.def",
  family = "dirk",
  order = 3, embedded_order = 2,
  first_same_as_last = true, stiffly_accurate = true,
  c = { "0", "0.8717330430169179988320389023871136850586", "1", "1" },
  a = {
    {},
    { "0.4358665215084589994160194511935568425293", "0.4358665215084589994160194511935568425293" },
    {
      "0.4905633884217805706284679584665446902307", "0.07357009006976042995551259033989846723997",
      "0.4358665215084589994160194511935568425293",
    },
    {
      "0.3088099699767465233481624698867005109200", "1.490563388421780570628467958466544690231",
      "-1.235239879906986093392649879546802043680", "0.4358665215084589994160194511935568425293",
    },
  },
  b = {
    "0.3088099699767465233481624698867005109200", "1.490563388421780570628467958466544690231",
    "-1.235239879906986093392649879546802043680", "0.4358665215084589994160194511935568425293",
  },
  embedded = {
    "0.4905633884217805706284679584665446902307", "0.07357009006976042995551259033989846723997",
    "0.4358665215084589994160194511935568425293", "0",
  },
}
