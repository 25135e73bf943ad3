-- The Brusselator, an autocatalytic reaction, with A = 1 and B = 3.
-- E. Hairer, S. P. Norsett, G. Wanner, Solving Ordinary Differential Equations
-- I, 2nd ed., Springer 1993, section II.4.
problem "brusselator2"

states { y1 = 1.5, y2 = 3 }

ddt.y1 = 1 + y1^2 * y2 - 4 * y1
ddt.y2 = 3 * y1 - y1^2 * y2

solve { duration = 20 }
