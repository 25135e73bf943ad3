-- SPDX-License-Identifier: MIT
-- Runs in every sandbox before anything else, with the whole base library in
-- reach; what it defines replaces Lua's own words. `order` is the position of a
-- value that Lua cannot sort (a symbol), `length` that of a declared vector or
-- nil; both come from the program.
local order, length = ...
local next, type, rawget, tostring, ipairs = next, type, rawget, tostring, ipairs
local insert, sort = table.insert, table.sort
local randomseed = math.randomseed

local rank = { boolean = 1, number = 2, string = 3 }

local function before(a, b)
  local of_a, of_b = rank[type(a)] or 4, rank[type(b)] or 4
  if of_a ~= of_b then return of_a < of_b end
  if of_a == 1 then return b and not a end
  if of_a == 4 then return order(a) < order(b) end
  return a < b
end

local function each_element(vector, count)
  local i = 0
  return function()
    i = i + 1
    if i <= count then return i, vector[i] end
  end
end

-- Lua's own order changes from run to run; this one does not: booleans, then
-- numbers, then texts.
function _G.pairs(table)
  local count = length(table)
  if count then return each_element(table, count) end
  local keys = {}
  for key in next, table do insert(keys, key) end
  sort(keys, before)
  local i = 0
  return function()
    local key
    repeat
      i = i + 1
      key = keys[i]
    until key == nil or rawget(table, key) ~= nil
    if key ~= nil then return key, table[key] end
  end
end

function _G.ipairs(table)
  local count = length(table)
  if count then return each_element(table, count) end
  return ipairs(table)
end

-- No addresses: they differ from run to run.
function _G.tostring(value)
  local kind = type(value)
  if kind == "table" or kind == "function" then return kind end
  return tostring(value)
end

-- Random numbers are the same every time; another seed is a number of one's own.
randomseed(0)
function math.randomseed(seed) randomseed(seed or 0) end
