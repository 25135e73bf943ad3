# Projects kept as they are generated (golden.sh).
GOLDEN_FILES = \
  tests/golden/hires-kvaerno5/Makefile \
  tests/golden/hires-kvaerno5/hires.cu \
  tests/golden/hires-kvaerno5/hires.h \
  tests/golden/hires-kvaerno5/layout.txt \
  tests/golden/list \
  tests/golden/lorenz-dop853-float32/Makefile \
  tests/golden/lorenz-dop853-float32/layout.txt \
  tests/golden/lorenz-dop853-float32/lorenz.cu \
  tests/golden/lorenz-dop853-float32/lorenz.h \
  tests/golden/lorenz-rk4/Makefile \
  tests/golden/lorenz-rk4/layout.txt \
  tests/golden/lorenz-rk4/lorenz.cu \
  tests/golden/lorenz-rk4/lorenz.h \
  tests/golden/lorenz-tsit5/Makefile \
  tests/golden/lorenz-tsit5/layout.txt \
  tests/golden/lorenz-tsit5/lorenz.cu \
  tests/golden/lorenz-tsit5/lorenz.h \
  tests/golden/oregonator-l-stable-sdirk-4/Makefile \
  tests/golden/oregonator-l-stable-sdirk-4/layout.txt \
  tests/golden/oregonator-l-stable-sdirk-4/oregonator.cu \
  tests/golden/oregonator-l-stable-sdirk-4/oregonator.h \
  tests/golden/robertson-rodas5p/Makefile \
  tests/golden/robertson-rodas5p/layout.txt \
  tests/golden/robertson-rodas5p/robertson.cu \
  tests/golden/robertson-rodas5p/robertson.h \
  tests/golden/van_der_pol_stiff-radau-iia-5/Makefile \
  tests/golden/van_der_pol_stiff-radau-iia-5/layout.txt \
  tests/golden/van_der_pol_stiff-radau-iia-5/van_der_pol_stiff.cu \
  tests/golden/van_der_pol_stiff-radau-iia-5/van_der_pol_stiff.h
EXTRA_DIST += $(GOLDEN_FILES)

update-golden: cubie-gen$(EXEEXT)
	@srcdir='$(abs_top_srcdir)' CUBIE_GEN='$(abs_top_builddir)/cubie-gen' $(SHELL) '$(srcdir)/tests/golden.sh' --update
.PHONY: update-golden
