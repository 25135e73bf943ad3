#!/usr/bin/env cubie-gen
--[==[ A file as people write them: comments, texts over several lines,
       statements that go on. Whatever is rewritten, lines stay right.
       not a and b < c ]] ]==]
problem "lines"

parameters {
  g_na = 120,  -- mS/cm2
  g_k  = 36,
  on   = 5, off = 25,
}
states { v = -65, m = 0.05,
         h = 0.6 }

local notes = [[
  if v > 1 then and or not
]] .. "two \
lines and \z
   three" .. 'x == "y"'

local function rate(alpha, beta) -- not (alpha < beta)
  if alpha ~= nil and beta ~= nil then
    return function(w) return alpha * (1 - w) - beta * w end
  elseif not alpha or not beta then
    error("a rate is missing", 2)
  end
end

local stimulus = where(t >= on
                         and t < off -- until then
                         or not (v < 100), 10,
                       0)

for _, name in ipairs { "m",
                        "h" } do
  local w = name == "m" and m
            or h
  if name ~= "m" then goto continue end
  ddt[name] = rate(0.1 * mystery,
                   4)(w)
  ::continue::
end

ddt.v = stimulus - g_na * m^3 * h *
        (v - 50) / (1 +
        unknown_here)
ddt.h = (v
         > -40)
do local n = 0
  repeat
    n = n + 1; local done = n >= 3
  until done
  while true do
    if n > 5 then break end
    n = n + 1
  end
  if n == 6 and (v
      > n) then
    n = 7
  end
  local t = setmetatable
end

if #notes == 0 or notes:find("%s") == nil
   or not notes:match "y" then ddt.z = 1 end

local broken = { 1, 2,
  [3] = 1 < 2 and 3 > 2,
  n = (function(...)
    local a, b = ...
    return a
           < b
  end)(1,
       "2") }
--> lines.lua:39: error: unknown name 'mystery'; declare it with parameters, constants or states
--> lines.lua:46: error: unknown name 'unknown_here'; declare it with parameters, constants or states
--> lines.lua:48: error: the right side of ddt.h is a condition; a number or an expression is needed: where(condition, 1, 0)
--> lines.lua:57: error: 'if' decides while the file is read, but this condition has a value only in a run; choose with where(condition, a, b)
--> lines.lua:61: error: unknown name 'setmetatable'; declare it with parameters, constants or states
--> lines.lua:72: error: attempt to compare number with string
