-- Methods of a user.
problem "tableau"
states { x = 1 }
ddt.x = -x
tableau "shape" {
  family = "erk", order = 2,
  c = { "0", "1" }, a = { {}, { "1" }, { "1" } }, b = { "1/2", "1/2", "0" },
}
tableau "order" {
  family = "erk", order = 3, c = { 0, 1 }, a = { {}, { 1 } }, b = { "1/2", "1/2" },
}
tableau "implicit" {
  family = "erk", order = 1, c = { 1 }, a = { { 1 } }, b = { 1 },
}
tableau "tsit5" { family = "erk", order = 1, c = { 0 }, a = { {} }, b = { 1 } }
tableau "other" { family = "dirk", order = 1, c = { 1 }, a = { { 1 } }, b = { 1 } }
tableau "fields" {
  familly = "erk", order = "two", aliases = { "rk4", 3 }, c = { "zero" }, a = { {} }, b = { 1 },
  embedded = { 1, 2 }, error = { 1 }, dense = { { 1 }, { 2 } }, extra = { 3 },
}
tableau "defaults" {
  family = "erk", order = 1, c = { 0 }, a = { {} }, b = { 1 },
  defaults = { safety = 0.9, "0.5" },
}
tableau "bad name" { }
--> tableau.lua:7: error: tableau 'shape': 'c' has 2 entries; with 3 stages it needs 3
--> tableau.lua:9: error: tableau 'order' does not have its declared order = 3: b.(c^2) is 0.5 and must be 1/3; the order is 2, or a coefficient is wrong
--> tableau.lua:12: error: tableau 'implicit' is not explicit: stage 1 uses stage 1; it may use earlier ones only
--> tableau.lua:15: error: tableau 'tsit5': the name 'tsit5' is taken already
--> lua/tableau/tsit5.lua:11: note: previous tableau 'tsit5'
--> tableau.lua:18: error: tableau 'fields': unknown field 'familly'; did you mean 'family'?
--> tableau.lua:17: error: tableau 'fields': 'family' is missing; it must be erk, dirk, firk or rosenbrock
--> tableau.lua:18: error: tableau 'fields': 'aliases' has an entry that is no text
--> tableau.lua:18: error: tableau 'fields': 'order' is no whole number from 1 to 30
--> tableau.lua:18: error: tableau 'fields': entry 1 of 'c' is "zero", which is no number: expected a number, '(', pi or a function like sqrt
--> tableau.lua:19: error: tableau 'fields': 'extra' has an entry that is no table; write { c = "1", a = { ... } }
--> tableau.lua:19: error: tableau 'fields': 'embedded' has 2 entries; it may have 1
--> tableau.lua:19: error: tableau 'fields': both 'embedded' and 'error' are given; one says it all
--> tableau.lua:18: error: tableau 'fields': the name 'rk4' is taken already
--> lua/tableau/classical-rk4.lua:5: note: previous tableau 'classical-rk4'
--> tableau.lua:23: error: tableau 'defaults': the default of 'safety' is no text; write safety = "0.9"
--> tableau.lua:23: error: tableau 'defaults': 'defaults' is no table of settings; write defaults = { safety = "0.9" }
--> tableau.lua:25: error: the name of a tableau has letters, digits, - and _: tableau "mine" { ... }
