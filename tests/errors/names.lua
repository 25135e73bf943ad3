-- Names that cannot be declared.
problem "bad-name"
parameters { k = 1, ["über"] = 1, ["2x"] = 3, solve = 1, t = 3 }
states {
  x = 1,
  k = 5,
  _y = 2,
}
parameters { x = 3 }
gain = 4
constants { gain = 1 }
observe.k = x
ddt.x = -x
ddt._y = 1
problem "second"
problem "third"
x = 3
k = 4
t = 5
states = 3
observe.ddt = 3
parameters { 1, 2 }
parameters(4)
--> names.lua:2: error: the name of a problem has letters, digits and _, at most 100, and does not begin with a digit: problem "lorenz"
--> names.lua:3: error: '2x' is no name: a name has letters a to z and A to Z, digits and _, and does not begin with a digit
--> names.lua:3: error: 'solve' is a statement word and cannot be declared; choose another name
--> names.lua:3: error: 't' is time and cannot be declared
--> names.lua:3: error: 'über' is no name: a name has letters a to z and A to Z, digits and _, and does not begin with a digit (other letters of Unicode have no place in C)
--> names.lua:6: error: second declaration of 'k', as a state; it is a parameter already
--> names.lua:3: note: previous declaration of 'k'
--> names.lua:9: error: second declaration of 'x', as a parameter; it is a state already
--> names.lua:5: note: previous declaration of 'x'
--> names.lua:11: error: 'gain' is a variable of this file already; declare it before it is assigned
--> names.lua:12: error: second declaration of 'k', as an observable; it is a parameter already
--> names.lua:3: note: previous declaration of 'k'
--> names.lua:16: error: second name of the problem, 'third'
--> names.lua:15: note: previous name 'second'
--> names.lua:17: error: 'x' is a state and cannot be assigned; write ddt.x = ... for its derivative
--> names.lua:18: error: 'k' is a parameter and cannot be assigned
--> names.lua:19: error: 't' is time and cannot be assigned
--> names.lua:20: error: 'states' is a statement word and cannot be assigned
--> names.lua:21: error: 'ddt' is a statement word and cannot be declared; choose another name
--> names.lua:22: error: 'parameters' has an entry without a name; write parameters { NAME = VALUE, ... }
--> names.lua:23: error: 'parameters' takes a table: parameters { NAME = VALUE, ... }
