# SPDX-License-Identifier: MIT
# Problems, each from its paper; installed as examples, and each one a test case.

PROBLEM_FILES = \
  problems/arenstorf.lua \
  problems/brusselator.lua \
  problems/e5.lua \
  problems/fabbri_san.lua \
  problems/fitzhugh_nagumo.lua \
  problems/hires.lua \
  problems/hodgkin_huxley.lua \
  problems/izhikevich.lua \
  problems/lorenz.lua \
  problems/lorenz96.lua \
  problems/lotka_volterra.lua \
  problems/oregonator.lua \
  problems/pleiades.lua \
  problems/pollution.lua \
  problems/ring_modulator.lua \
  problems/robertson.lua \
  problems/saprc99.lua \
  problems/van_der_pol.lua \
  problems/van_der_pol_stiff.lua

problemsdir = $(pkgdatadir)/problems
dist_problems_DATA = $(PROBLEM_FILES)
