-- A syntax error of Lua.
problem "syntax"
states { x = 1
ddt.x = -x
--> syntax.lua:4: error: '}' expected (to close '{' at line 3) near 'ddt'
