-- So are expressions of that size.
problem "growth"
states { x = 1 }
local sum = x
for i = 1, 1e9 do
  sum = sum + sin(sum)
end
ddt.x = sum
--> growth.lua:6: error: the script wants more than 67108864 bytes of memory (script_memory=BYTES on the command line allows more)
