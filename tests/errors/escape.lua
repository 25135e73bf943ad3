-- No way out of the folder.
problem "escape"
states { x = 1 }
ddt.x = -x
require "../problems/lorenz"
--> escape.lua:5: error: module '../problems/lorenz' is no name of a module beside the problem file; write require "rates" for rates.lua
