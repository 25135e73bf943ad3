-- What later versions have.
problem "later"
states { x = 1 }
drivers { input = 1 }
metric "mean" { }
ddt.x = -x
solve {
  algorithm = "kvaerno5",
  metrics = { "mean" }, outputs = { "states", "metrics" },
}
solve { algorithm = "radau" }
--> later.lua:4: error: 'drivers' cannot be used: drivers are not available in this version
--> later.lua:5: error: 'metric' cannot be used: metrics are not available in this version
--> later.lua:8: error: algorithm = kvaerno5 cannot be used: the dirk family is not available in this version
--> later.lua:9: error: 'metrics' cannot be set: metrics are not available in this version
--> later.lua:9: error: outputs = metrics cannot be used: metrics are not available in this version
--> later.lua:11: error: algorithm = radau cannot be used: the firk family is not available in this version
