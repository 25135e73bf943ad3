-- An endless loop ends.
problem "loop"
states { x = 1 }
while true do
end
--> loop.lua:4: error: stopped after 20000000 instructions: an endless loop? (script_instructions=N on the command line allows more)
