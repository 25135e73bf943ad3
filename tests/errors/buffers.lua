-- Buffers of a problem.
problem "buffers"
states { x = 1 }
ddt.x = -x
buffers { stage_rhs = { location = "shared", colour = "red" }, { "stage_cache", persistent = true }, stage_accumulator = 3 }
--> buffers.lua:5: error: 'buffers' takes a table for each buffer: { "stage_rhs", location = "shared" }
--> buffers.lua:5: error: the buffer 'stage_rhs' has no field 'colour'; it has location, persistent, aliases and size
