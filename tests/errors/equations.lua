-- Mistakes in equations given as text have a line and a column.
problem "equations"
parameters { k = 1, dx = 3, dq = 4 }
states { x = 1, y = 2, z = 3, u = vector(3, 0) }
equations [[
  dx = 3                 # a parameter has that name
  dq = 1
  k = 2
  x = 3
  a = b + 1; b = c; c = a
  d = d + 1
  e = sin(1, 2) + zz + foo(3) + k(2) + sine(x)
  f = x < 1
  g = (x < 1) + 1
  h = x < y < z
  i = x && y
  j = where(x, 1, 2) + u + u[7] + u[i]
  l = 2x + 3 %
  m = (x + 1
  n = x + * y
  o = x)
  p = x y
  q = x = y
  r =
  3 = 4
  x'' = 4
  du[4] = 1
  v[1] = 2
  s = 1
  s = 2
  β = 3
  solve = 1
  t = 3
  y' = w'
  dz/dt = 1.5.2
  du[1] = x < 1
]]
equations(3)
--> equations.lua:18:7: error: '2x': a '*' may be missing between the number and the name
--> equations.lua:18:14: error: '%' does not work here; write x - y*floor(x/y), and # for a comment
--> equations.lua:31:3: error: 'β': names have letters a to z and A to Z, digits and _ only
--> equations.lua:26:3: error: no equation begins with 'x'; write name = ..., dx = ..., x' = ... or dx/dt = ...
--> equations.lua:6:3: error: 'dx' is a parameter, and 'x' is a state; write x' = ... for the derivative of 'x'
--> equations.lua:7:3: error: 'dq' is a parameter and cannot be assigned
--> equations.lua:8:3: error: 'k' is a parameter and cannot be assigned
--> equations.lua:9:3: error: 'x' is a state; write dx = ... or x' = ... for its derivative
--> equations.lua:27:3: error: 'u[4]' does not exist; 'u' has elements 1 to 3
--> equations.lua:28:3: error: 'v[1]' is no element of a state; only derivatives have elements here
--> equations.lua:30:3: error: second assignment to 's'
--> equations.lua:29:3: note: previous assignment to 's'
--> equations.lua:32:3: error: 'solve' is a statement word and cannot be assigned
--> equations.lua:33:3: error: 't' is time and cannot be assigned
--> equations.lua:10:3: error: 'a' depends on itself: a -> b -> c -> a
--> equations.lua:11:3: error: 'd' depends on itself: d -> d
--> equations.lua:12:7: error: sin() takes 1 argument, not 2
--> equations.lua:12:19: error: unknown name 'zz'; did you mean 'z'?
--> equations.lua:12:24: error: unknown function 'foo'; cubie-gen --list=functions shows all
--> equations.lua:12:33: error: 'k' is a symbol and no function; a '*' may be missing
--> equations.lua:12:40: error: unknown function 'sine'; did you mean 'sin'?
--> equations.lua:14:15: error: a condition stands where a number is needed: where(condition, 1, 0)
--> equations.lua:15:13: error: comparisons do not chain; write a < b && b < c
--> equations.lua:16:9: error: a number stands where a condition is needed, such as x < 1
--> equations.lua:17:7: error: argument 1 of where() is a number, not a condition such as x < 1
--> equations.lua:17:24: error: 'u' is a vector; name one of its elements: u[1]
--> equations.lua:17:28: error: 'u[7]' does not exist; 'u' has elements 1 to 3
--> equations.lua:17:35: error: an index must be a whole number here: u[1]; with other indices, write the equation as ddt.u[i] = ...
--> equations.lua:19:7: error: this '(' is never closed
--> equations.lua:20:11: error: a number, a name or '(' expected before '*'
--> equations.lua:21:8: error: this ')' closes nothing
--> equations.lua:22:9: error: an operator is missing before 'y'
--> equations.lua:23:9: error: a second '=' in one equation; a comparison is written '=='
--> equations.lua:25:5: error: a second '=' in one equation; a comparison is written '=='
--> equations.lua:34:8: error: w' is used but has no equation
--> equations.lua:35:14: error: an operator is missing before '.2'
--> equations.lua:36:11: error: a condition stands where a number is needed: where(condition, 1, 0)
--> equations.lua:38: error: 'equations' takes a text: equations [[ dx = -k*x ]]
