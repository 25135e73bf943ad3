-- Vectors.
problem "vectors"
states { a = vector(0, 1), u = vector(2, 1) }
--> vectors.lua:3: error: vector() takes a whole number of elements from 1 to 1000000: vector(64, 0), vector(64, function(i) return i end) or vector { 1, 2, 3 }
