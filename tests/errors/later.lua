-- What later versions have.
problem "later"
states { x = 1 }
drivers { input = 1 }
metric "mean" { }
ddt.x = -x
solve {
  metrics = { "mean" }, outputs = { "states", "metrics" },
}
--> later.lua:4: error: 'drivers' cannot be used: drivers are not available in this version
--> later.lua:5: error: 'metric' cannot be used: metrics are not available in this version
--> later.lua:8: error: 'metrics' cannot be set: metrics are not available in this version
--> later.lua:8: error: outputs = metrics cannot be used: metrics are not available in this version
