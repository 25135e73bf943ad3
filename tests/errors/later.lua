-- What later versions have.
problem "later"
states { x = 1 }
drivers { input = 1 }
metric "mean" { }
ddt.x = -x
solve {
  algorithm = "kvaerno5", linear_solver = "lu", lu_precision = "float32", preconditioner = "jacobi",
  metrics = { "mean" }, outputs = { "states", "metrics" }, newton_tolerance = 1e-3,
}
solve { algorithm = "radau" }
solve { algorithm = "ode23s" }
--> later.lua:4: error: 'drivers' cannot be used: drivers are not available in this version
--> later.lua:5: error: 'metric' cannot be used: metrics are not available in this version
--> later.lua:8: error: algorithm = kvaerno5 cannot be used: the dirk family is not available in this version
--> later.lua:8: error: 'linear_solver' cannot be set: implicit methods are not available in this version
--> later.lua:8: error: 'lu_precision' cannot be set: implicit methods are not available in this version
--> later.lua:9: error: 'metrics' cannot be set: metrics are not available in this version
--> later.lua:9: error: 'newton_tolerance' cannot be set: implicit methods are not available in this version
--> later.lua:9: error: outputs = metrics cannot be used: metrics are not available in this version
--> later.lua:8: error: 'preconditioner' cannot be set: implicit methods are not available in this version
--> later.lua:11: error: algorithm = radau cannot be used: the firk family is not available in this version
--> later.lua:12: error: algorithm = ode23s cannot be used: the rosenbrock family is not available in this version
