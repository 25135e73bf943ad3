-- Values that are no numbers, or not finite.
problem "values"
parameters { a = 0/0, b = 1/0, c = "1/0", d = "zwei", e = true, f = {}, g = { 1, 2 }, h = { 1, "mV", 3 } }
constants { i = a * 2 }
states { x = 1/0, y = 1/a, z = t, w = x, v = "8/3", s = lt(a, 1) }
ddt.x = x / 0
ddt.y = 1e308 * 10 * y
ddt.z = log(0) * z
ddt.w = (0/0) * w
ddt.v = v
ddt.s = s
observe.o = x + 1/0
--> values.lua:3: error: the value of 'a' is not finite
--> values.lua:3: error: the value of 'b' is not finite
--> values.lua:3: error: the value of 'c' is "1/0", which is no number: division by zero
--> values.lua:3: error: the value of 'd' is "zwei", which is no number: expected a number, '(', pi or a function like sqrt
--> values.lua:3: error: the value of 'e' is a boolean, not a number
--> values.lua:3: error: the value of 'f' is a table; write a number, { value, "unit" } or vector { ... }
--> values.lua:3: error: the value of 'g' is a table; write a number, { value, "unit" } or vector { ... }
--> values.lua:3: error: the value of 'h' is a table; write a number, { value, "unit" } or vector { ... }
--> values.lua:4: error: the value of 'i' is an expression, not a number
--> values.lua:5: error: unknown name 'x'; declare it with parameters, constants or states
--> values.lua:5: error: the value of 's' is a condition, not a number
--> values.lua:5: error: the value of 'x' is not finite
--> values.lua:6: error: the equation of 'x' holds a constant that is infinite; a division by 0 may be in it
--> values.lua:7: error: the equation of 'y' holds a constant that is infinite; a division by 0 may be in it
--> values.lua:8: error: the equation of 'z' holds a constant that is infinite; a division by 0 may be in it
--> values.lua:9: error: the equation of 'w' holds a constant that is not a number; a division by 0 may be in it
--> values.lua:12: error: the equation of 'o' holds a constant that is infinite; a division by 0 may be in it
--> values.lua:5: error: the initial value of 'x' is not finite with the parameters of the file
--> values.lua:5: error: the initial value of 'y' is not finite with the parameters of the file
--> values.lua:5: error: the initial value of 'z' depends on 't'; it may depend on parameters only
