# Problems, each from its paper; installed as examples, and each one a test case.

PROBLEM_FILES = \
  problems/arenstorf.lua \
  problems/fabbri_san.lua \
  problems/fitzhugh_nagumo.lua \
  problems/hodgkin_huxley.lua \
  problems/izhikevich.lua \
  problems/lorenz.lua \
  problems/lorenz96.lua \
  problems/lotka_volterra.lua \
  problems/pleiades.lua \
  problems/van_der_pol.lua

problemsdir = $(pkgdatadir)/problems
dist_problems_DATA = $(PROBLEM_FILES)
