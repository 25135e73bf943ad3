-- What would have to be decided on a symbol while the file is read.
problem "logic"
parameters { a = 1, b = 2, mode = 1 }
states { x = 1, u = vector(3, 0) }
local q, list = nil, { x }
if mode == 1 then ddt.x = 1 else ddt.x = 2 end
while x < 1 do end
repeat until x < 1
if x then elseif t > 1 then elseif mode then end
if u then end
q = lt(x, 0) and 1 or 2
q = x < 1 and "big"
q = x < 1 or 5
q = x < 1 and nil
q = x and 1 or 2
q = x and x > 1
q = u and 1
q = not x
q = not u
q = (not x) == mode
q = a < x < b
q = a == x ~= b
q = a < (x < b)
q = lt(lt(a, x), b)
q = (a < x) == true
q = (a < x) ~= (x < b)
q = mode == "fast"
q = mode == true
q = mode == {}
q = mode < nil
q = u == 1
for i = 1, mode do end
for i = x, 2, u do end
for i = 1, 2, x > 1 do end
assert(x > 1)
assert(x, "no x")
table.sort({ 3, 2, 1 }, function(p, r) return p < x end)
table.sort { x, a }
q = string.find("a", "b", 1, x > 0)
q = where(x, 1, 2)
q = where(1, 1, 2)
q = where(mode or a, 1, 2)
q = all(x > 1, mode)
q = no(x)
q = x
    <
    {}
q = a <
    x <
    b
if a < b and
   x > 1
then
end
q = nothing == 3
if nothing then end
if q then end
q = nothing and 1 or q < 2 and not q
ddt.x = x > 1
q = 1 < {}
--> logic.lua:6: error: 'if' decides while the file is read, but this condition has a value only in a run; choose with where(condition, a, b)
--> logic.lua:7: error: 'while' decides while the file is read, but this condition has a value only in a run; choose with where(condition, a, b)
--> logic.lua:8: error: 'until' decides while the file is read, but this condition has a value only in a run; choose with where(condition, a, b)
--> logic.lua:9: error: 'if' decides while the file is read, but an expression has a value only in a run; choose with where(x ~= 0, a, b), or write x ~= nil to ask whether there is a value
--> logic.lua:9: error: 'elseif' decides while the file is read, but this condition has a value only in a run; choose with where(condition, a, b)
--> logic.lua:9: error: 'elseif' decides while the file is read, but an expression has a value only in a run; choose with where(x ~= 0, a, b), or write x ~= nil to ask whether there is a value
--> logic.lua:10: error: 'if' decides while the file is read, but a vector has a value only in a run; choose with where(x ~= 0, a, b), or write x ~= nil to ask whether there is a value
--> logic.lua:11: error: 'and' joins conditions, and its right side is a number; to choose between values write where(condition, a, b)
--> logic.lua:12: error: 'and' joins conditions, and its right side is a text; to choose between values write where(condition, a, b)
--> logic.lua:13: error: 'or' joins conditions, and its right side is a number; to choose between values write where(condition, a, b)
--> logic.lua:14: error: 'and' joins conditions, and its right side is nil; to choose between values write where(condition, a, b)
--> logic.lua:15: error: 'and' joins conditions, and its left side is an expression; write x ~= 0 for a condition, or x ~= nil to ask whether there is a value
--> logic.lua:16: error: 'and' joins conditions, and its left side is an expression; write x ~= 0 for a condition, or x ~= nil to ask whether there is a value
--> logic.lua:17: error: 'and' joins conditions, and its left side is a vector; write x ~= 0 for a condition, or x ~= nil to ask whether there is a value
--> logic.lua:18: error: 'not' needs a condition, and this is an expression; write x == 0 for a condition, or x == nil to ask whether there is a value
--> logic.lua:19: error: 'not' needs a condition, and this is a vector; write x == 0 for a condition, or x == nil to ask whether there is a value
--> logic.lua:20: error: 'not' needs a condition, and this is an expression; write x == 0 for a condition, or x == nil to ask whether there is a value
--> logic.lua:21: error: comparisons do not chain; write a < b and b < c
--> logic.lua:22: error: comparisons do not chain; write a < b and b < c
--> logic.lua:23: error: comparisons do not chain; write a < b and b < c
--> logic.lua:24: error: comparisons do not chain; write a < b and b < c
--> logic.lua:25: error: a condition is not compared with true or false; write it alone, or not (condition)
--> logic.lua:26: error: conditions are not compared with '~='; write a and b or not a and not b for both or neither
--> logic.lua:27: error: the right side of == is the text "fast", which is no number: expected a number, '(', pi or a function like sqrt
--> logic.lua:28: error: the right side of == is a boolean; a number or an expression is needed
--> logic.lua:29: error: the right side of == is a table; a number or an expression is needed
--> logic.lua:30: error: the right side of < is nil; a number or an expression is needed
--> logic.lua:31: error: the left side of == is a vector; a number or an expression is needed
--> logic.lua:32: error: 'for' counts while the file is read, but its limit is an expression, which has a value only in a run
--> logic.lua:33: error: 'for' counts while the file is read, but its initial value is an expression, which has a value only in a run
--> logic.lua:33: error: 'for' counts while the file is read, but its step is a vector, which has a value only in a run
--> logic.lua:34: error: 'for' counts while the file is read, but its step is a condition, which has a value only in a run
--> logic.lua:35: error: 'assert' decides while the file is read, but this condition has a value only in a run
--> logic.lua:36: error: 'assert' decides while the file is read, but an expression has a value only in a run; write x ~= nil to ask whether there is a value
--> logic.lua:37: error: 'sort' decides while the file is read, but this condition has a value only in a run
--> logic.lua:38: error: symbols have no order while the file is read
--> logic.lua:39: error: 'find' decides while the file is read, but this condition has a value only in a run
--> logic.lua:40: error: argument 1 of where() is an expression, not a condition such as x > 0
--> logic.lua:41: error: argument 1 of where() is a number, not a condition such as x > 0
--> logic.lua:42: error: argument 1 of where() is an expression, not a condition such as x > 0
--> logic.lua:43: error: argument 2 of all() is an expression, not a condition such as x > 0
--> logic.lua:44: error: argument 1 of no() is an expression, not a condition such as x > 0
--> logic.lua:46: error: the right side of < is a table; a number or an expression is needed
--> logic.lua:49: error: comparisons do not chain; write a < b and b < c
--> logic.lua:51: error: 'if' decides while the file is read, but this condition has a value only in a run; choose with where(condition, a, b)
--> logic.lua:55: error: unknown name 'nothing'; did you mean 'string'?
--> logic.lua:56: error: unknown name 'nothing'; did you mean 'string'?
--> logic.lua:58: error: unknown name 'nothing'; did you mean 'string'?
--> logic.lua:59: error: the right side of ddt.x is a condition; a number or an expression is needed: where(condition, 1, 0)
--> logic.lua:60: error: attempt to compare number with table
