# SPDX-License-Identifier: MIT
# Projects kept as they are generated (golden.sh).
GOLDEN_FILES = \
  tests/golden/list \
  tests/golden/lorenz-rk4-float32/Makefile \
  tests/golden/lorenz-rk4-float32/layout.txt \
  tests/golden/lorenz-rk4-float32/lorenz.cu \
  tests/golden/lorenz-rk4-float32/lorenz.h \
  tests/golden/lorenz-tsit5/Makefile \
  tests/golden/lorenz-tsit5/layout.txt \
  tests/golden/lorenz-tsit5/lorenz.cu \
  tests/golden/lorenz-tsit5/lorenz.h \
  tests/golden/robertson-kvaerno3/Makefile \
  tests/golden/robertson-kvaerno3/layout.txt \
  tests/golden/robertson-kvaerno3/robertson.cu \
  tests/golden/robertson-kvaerno3/robertson.h \
  tests/golden/robertson-rosenbrock23/Makefile \
  tests/golden/robertson-rosenbrock23/layout.txt \
  tests/golden/robertson-rosenbrock23/robertson.cu \
  tests/golden/robertson-rosenbrock23/robertson.h \
  tests/golden/van_der_pol_stiff-radau-iia-3/Makefile \
  tests/golden/van_der_pol_stiff-radau-iia-3/layout.txt \
  tests/golden/van_der_pol_stiff-radau-iia-3/van_der_pol_stiff.cu \
  tests/golden/van_der_pol_stiff-radau-iia-3/van_der_pol_stiff.h \
  tests/golden/van_der_pol_stiff-sdirk-22/Makefile \
  tests/golden/van_der_pol_stiff-sdirk-22/layout.txt \
  tests/golden/van_der_pol_stiff-sdirk-22/van_der_pol_stiff.cu \
  tests/golden/van_der_pol_stiff-sdirk-22/van_der_pol_stiff.h
EXTRA_DIST += $(GOLDEN_FILES)

update-golden: cubie-gen$(EXEEXT)
	@srcdir='$(abs_top_srcdir)' CUBIE_GEN='$(abs_top_builddir)/cubie-gen' $(SHELL) '$(srcdir)/tests/program/golden.sh' --update
.PHONY: update-golden
