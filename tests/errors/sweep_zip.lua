-- Axes that go together must be as long as each other.
problem "sweep_zip"
parameters { a = 1, b = 2, c = 3 }
states { x = 1 }
ddt.x = a + b + c
sweep { a = linspace(0, 1, 5), b = { 1, 2, 3 }, c = 4, mode = "zip" }
--> sweep_zip.lua:6: error: zipped sweeps must have equally many values: a has 5, b has 3
