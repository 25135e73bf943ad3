-- Names that a file of the project or a target of its Makefile has.
problem "clean"
states { x = 1 }
ddt.x = -x
--> taken.lua:2: error: a problem cannot be called 'clean', which means something else in its project
