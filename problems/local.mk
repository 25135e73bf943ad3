# Problems, each from its paper; installed as examples, and each one a test case.

PROBLEM_FILES =

problemsdir = $(pkgdatadir)/problems
dist_problems_DATA = $(PROBLEM_FILES)
