-- Settings.
problem "settings"
states { x = 1 }
ddt.x = -x
solve {
  rtol = -1,
  atol = 0,
  atoll = 3,
  precision = "float46",
  controller = "pdi",
  dt = "abc",
  max_steps = 2.5,
  safety = 2,
  outputs = { "states", "observable" },
  kp = {},
  t0 = { 1, 2 },
  dt_max = 0,
  script_memory = 5,
  zzzzzzzzz = 1,
  min_gain = x,
  max_gain = 1,
}
--> settings.lua:20: error: the value of 'min_gain' is no number, text or list of them
--> settings.lua:7: error: atol = 0 is out of range; it must be above 0
--> settings.lua:8: error: unknown setting 'atoll'; did you mean 'atol'?
--> settings.lua:11: error: dt = abc is no number: expected a number, '(', pi or a function like sqrt
--> settings.lua:17: error: dt_max = 0 is out of range; it must be above 0
--> settings.lua:15: error: kp has no value
--> settings.lua:21: error: max_gain = 1 is out of range; it must be above 1 and at most 1000
--> settings.lua:12: error: max_steps = 2.5 is no whole number; it must be from 1 to 4294967295
--> settings.lua:14: error: outputs = observable is unknown; it must be states or observables (did you mean 'observables'?)
--> settings.lua:9: error: precision = float46 is unknown; it must be float64 or float32 (did you mean 'float64'?)
--> settings.lua:6: error: rtol = -1 is out of range; it must be above 0
--> settings.lua:13: error: safety = 2 is out of range; it must be above 0 and at most 1
--> settings.lua:18: error: 'script_memory' can only be given on the command line
--> settings.lua:16: error: t0 takes one value, not a list
--> settings.lua:19: error: unknown setting 'zzzzzzzzz'; cubie-gen --list=settings shows all
