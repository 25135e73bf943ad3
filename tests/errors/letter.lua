-- Names in other alphabets.
problem "letter"
parameters { λ = 3 }
--> letter.lua:3: error: a letter that is not ASCII stands outside of a text; names have letters a to z and A to Z, digits and _ only
