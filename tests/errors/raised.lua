-- Errors that the file raises itself.
problem "raised"
states { x = 1 }
local function check(value)
  if value < 0 then error("the rate must not be negative", 2) end
end
check(-1)
--> raised.lua:7: error: the rate must not be negative
