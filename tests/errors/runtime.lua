-- An error that ends the file.
problem "runtime"
states { x = 1 }
local rates
ddt.x = rates.alpha * x
--> runtime.lua:5: error: attempt to index a nil value (local 'rates')
