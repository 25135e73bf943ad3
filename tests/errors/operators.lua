-- What Lua's operators and values cannot say about symbols.
problem "operators"
parameters { a = 1, lt = 2, where = 3 }
states { x = 1, u = vector(3, 0) }
ddt.x = x % 2 + x // a
a1 = (x & 1) + (x | 1)
a1 = x .. "s"
a1 = math.max(x, {})
observe.o1 = ge(x, 1)
observe.o2 = ge(x, 1) + 1
observe.o3 = all(x, 1)
observe.o4 = min(x)
observe.o5 = sin(x, 2)
observe.o6 = x * true
observe.o7 = x + nil
observe.o8 = x + {}
observe.o9 = x + "1/"
observe.p1 = x(2)
observe.p2 = lt(x, 1)
observe.p3 = u + 1
observe.p4 = u
observe.p5 = nil
observe.p6 = #x .. x
ddt.u = { 1, 2 }
u[1] = 3
x[1] = 3
ddt { x = 1 }
ddt.u.first = 3
observe.p7 = ddt.y + ddt.u[3]
--> operators.lua:5: error: '%' does not work on symbols; write x - y*floor(x/y)
--> operators.lua:5: error: '//' does not work on symbols; write floor(x/y)
--> operators.lua:6: error: '&' does not work on symbols; write a and b
--> operators.lua:6: error: '|' does not work on symbols; write a or b
--> operators.lua:7: error: '..' does not work on symbols
--> operators.lua:8: error: argument 2 of max() is a table; a number or an expression is needed
--> operators.lua:9: error: the right side of observe.o1 is a condition; a number or an expression is needed: where(condition, 1, 0)
--> operators.lua:10: error: the left side of + is a condition; a number or an expression is needed: where(condition, 1, 0)
--> operators.lua:11: error: argument 1 of all() is an expression, not a condition such as x > 0
--> operators.lua:11: error: argument 2 of all() is a number, not a condition such as x > 0
--> operators.lua:12: error: min() takes 2 arguments, not 1
--> operators.lua:13: error: sin() takes 1 argument, not 2
--> operators.lua:14: error: the right side of * is a boolean; a number or an expression is needed
--> operators.lua:15: error: the right side of + is nil; a number or an expression is needed
--> operators.lua:16: error: the right side of + is a table; a number or an expression is needed
--> operators.lua:17: error: the right side of + is the text "1/", which is no number: expected a number, '(', pi or a function like sqrt
--> operators.lua:18: error: 'x' is a symbol and no function; a '*' may be missing
--> operators.lua:19: error: 'lt' is declared in this file and hides the function of that name
--> operators.lua:20: error: '+' does not work on the vector 'u' as a whole; write it for the elements: u[i]
--> operators.lua:21: error: the right side of observe.p4 is a vector; a number or an expression is needed
--> operators.lua:22: error: the right side of observe.p5 is nil; a number or an expression is needed
--> operators.lua:23: error: '#' does not work on a scalar
--> operators.lua:23: error: '..' does not work on symbols
--> operators.lua:24: error: ddt.u has 2 expressions; 'u' has 3 elements
--> operators.lua:25: error: 'u[1]' is declared and cannot be assigned; write ddt.u[i] = ... for the derivative of a state
--> operators.lua:26: error: an element of a scalar cannot be assigned
--> operators.lua:27: error: 'ddt' is not called; write ddt.NAME = expression
--> operators.lua:28: error: ddt.u[first]: the index of an element is a whole number from 1
--> operators.lua:29: error: ddt.u[3] is read before it is assigned
--> operators.lua:29: error: the left side of + is a list of equations; a number or an expression is needed
--> operators.lua:4: error: the state 'u' has no equations; write ddt.u[i] = ... for each element
