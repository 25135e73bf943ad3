-- Ten gigabytes are refused.
problem "memory"
states { x = 1 }
local text = "0123456789"
for _ = 1, 30 do
  text = text .. text
end
--> memory.lua:6: error: the script wants more than 67108864 bytes of memory (script_memory=BYTES on the command line allows more)
