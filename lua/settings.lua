-- SPDX-License-Identifier: MIT
-- The settings table: one record for each setting, in the order of
-- `cubie-gen --list=settings`. From here come validation, defaults, help and
-- suggestions; locations of buffers are added by the program.
--
--   kind      number, integer, choice (one of `choices`), list (any of them),
--             name (something a later stage knows), tolerances (one number, one
--             for each state, or NAME=NUMBER), instants (times, in the notation
--             of values)
--   time      generation (a change means another source) or run (an option of
--             the generated program too, which has this table built in)
--   least, most   the range; without an end values must be finite, `most =
--             math.huge` allows inf
--   above, below  true: least, or most itself is left out
--   initial   the default, as text; "" for none
--   at_most, at_least   a setting that this one may not be above, or below; a
--             value of 0 asks for nothing and is never below
--   zero      what 0 stands for, where it is no value: "automatic"
--   excludes  a setting that cannot be given together with this one
--   command_line  true: not to be given in a problem file, which it limits
--   later     not available in this version: the text says what is missing
--   refused   values that are known and not available: { value, text } each
--   uses      what a method must have for the setting to mean anything, a word
--             of gen/model/model_uses.c
local function generation(record)
  record.time = "generation"
  return record
end

local function run(record)
  record.time = "run"
  return record
end

return {
  generation { "algorithm", kind = "name", initial = "tsit5",
    help = "integration method (--list=algorithms)" },
  generation { "precision", kind = "choice", choices = { "float64", "float32" }, initial = "float64",
    help = "type of all numbers of a run" },
  generation { "controller", kind = "name", initial = "",
    help = "step size controller (--list=controllers; none given: fixed if the method has no error estimate, gustafsson if it is implicit, else pi)" },
  generation { "outputs", kind = "list", choices = { "states", "observables" }, initial = "states,observables",
    refused = {
      { "metrics", "metrics are not available in this version" },
      { "drivers", "drivers are not available in this version" },
    },
    help = "what is saved" },
  generation { "unroll_limit", kind = "integer", least = 0, most = 100000, initial = "64", unit = "states",
    help = "more states, or a right-hand side of more operations than 32 times this: loops over elements stay loops, and it becomes functions; more LU operations than 16 times this: functions, than 128 times: tables" },
  generation { "trace", kind = "choice", choices = { "false", "true" }, initial = "false",
    help = "the program can record every attempt of chosen runs: stages, errors, iterations" },
  generation { "script_instructions", kind = "integer", least = 1000, most = 1e15, initial = "300000000", command_line = true,
    help = "Lua instructions before a problem file is stopped (command line only)" },
  generation { "script_memory", kind = "integer", least = 4194304, most = 1e15, initial = "1073741824", unit = "bytes",
    command_line = true, help = "memory a problem file may use (command line only)" },
  generation { "script_seconds", kind = "number", least = 0.001, most = 1e6, initial = "60", unit = "s", command_line = true,
    help = "processor time before a problem file is stopped (command line only)" },
  generation { "metrics", kind = "list", later = "metrics are not available in this version",
    help = "summaries over time" },
  generation { "lu_precision", kind = "choice", choices = { "float64", "float32" }, initial = "", uses = "lu",
    help = "type of Jacobian and factors (none given: that of the run)" },
  generation { "linear_solver", kind = "choice", choices = { "lu", "bicgstab", "minimal_residual" }, initial = "", uses = "implicit",
    help = "solver of the linear systems of implicit methods; minimal_residual: of weakly coupled ones (none given: lu where it pays, else bicgstab)" },
  generation { "factor_reuse", kind = "choice", choices = { "attempt", "steps" }, initial = "attempt", uses = "kept factors",
    help = "factors serve one attempt, or several steps while Newton's method converges fast" },
  generation { "preconditioner", kind = "choice", choices = { "none", "jacobi", "neumann" }, initial = "jacobi", uses = "krylov",
    help = "approximate inverse that speeds up bicgstab and minimal_residual" },
  generation { "neumann_order", kind = "integer", least = 1, most = 10, initial = "2", uses = "krylov",
    help = "power at which the series of the preconditioner neumann ends; it converges where |J| h is small" },

  run { "duration", kind = "number", least = 0, above = true, initial = "1", unit = "time",
    help = "length of the integration after settling" },
  run { "t0", kind = "number", initial = "0", unit = "time", help = "start time" },
  run { "settle", kind = "number", least = 0, initial = "0", unit = "time",
    help = "time integrated before the first output" },
  run { "save_every", kind = "number", least = 0, initial = "0", unit = "time",
    at_most = "duration", excludes = "save_at",
    help = "interval between saved instants; 0: the end state only" },
  run { "save_at", kind = "instants", initial = "", unit = "time",
    help = "instants to save, instead of save_every: 1,2,5 or 0:10:101" },
  run { "rtol", kind = "tolerances", least = 0, above = true, initial = "1e-6", uses = "tolerances",
    help = "relative tolerance: one, one for each state, or NAME=VALUE for some" },
  run { "atol", kind = "tolerances", least = 0, above = true, initial = "1e-6", unit = "state", uses = "tolerances",
    help = "absolute tolerance: one, one for each state, or NAME=VALUE for some" },
  run { "dt", kind = "number", least = 0, initial = "0", zero = "automatic", unit = "time",
    at_most = "dt_max", at_least = "dt_min",
    help = "step of fixed-step integration; first step of adaptive (0: automatic)" },
  run { "dt_min", kind = "number", least = 0, initial = "0", unit = "time", uses = "adaptive steps", at_most = "dt_max",
    help = "a run that needs a smaller step fails; 0: as small as rounding allows" },
  run { "dt_max", kind = "number", least = 0, above = true, most = math.huge, initial = "inf", unit = "time",
    uses = "adaptive steps", help = "largest step" },
  run { "max_steps", kind = "integer", least = 1, most = 4294967295, initial = "1000000", unit = "attempts",
    uses = "adaptive steps", help = "a run that needs more attempts fails" },
  run { "step_tolerance", kind = "number", least = 0, above = true, most = 1, initial = "1", uses = "adaptive steps",
    help = "a step's error may be this fraction of the tolerances (some methods: another default)" },
  run { "safety", kind = "number", least = 0, above = true, most = 1, initial = "0.9", uses = "adaptive steps",
    help = "factor on the step that the controller asks for (some methods: another default)" },
  run { "min_gain", kind = "number", least = 0, above = true, most = 1, below = true, initial = "0.2",
    uses = "adaptive steps",
    help = "most that a step shrinks at once" },
  run { "max_gain", kind = "number", least = 1, above = true, most = 1000, initial = "10", uses = "adaptive steps",
    help = "most that a step grows at once" },
  run { "kp", kind = "number", least = -10, most = 10, initial = "0", uses = "proportional term",
    help = "proportional gain of the controller; kp = ki = kd = 0: its own" },
  run { "ki", kind = "number", least = -10, most = 10, initial = "0", uses = "adaptive steps",
    help = "integral gain of the controller" },
  run { "kd", kind = "number", least = -10, most = 10, initial = "0", uses = "derivative term",
    help = "derivative gain of the controller" },
  run { "seed", kind = "integer", least = 0, most = 9007199254740992, initial = "0",
    help = "seed of the random values of sweeps" },
  run { "newton_tolerance", kind = "number", least = 0, most = 1, initial = "0", zero = "automatic", uses = "newton",
    help = "Newton iterations end at this fraction of tolerances; 0: cbrt(rtol), at most 0.03" },
  run { "newton_max_iterations", kind = "integer", least = 1, most = 1000, initial = "10", uses = "newton",
    help = "a step whose Newton iterations need more is tried again with half the size" },
  run { "krylov_tolerance", kind = "number", least = 0, above = true, most = 1, initial = "1e-7", uses = "krylov",
    help = "linear iterations end at this fraction of the tolerances" },
  run { "krylov_max_iterations", kind = "integer", least = 1, most = 100000, initial = "100", uses = "krylov",
    help = "a step whose linear iterations need more is tried again with half the size" },
}
