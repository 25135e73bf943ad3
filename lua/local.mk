# SPDX-License-Identifier: MIT
# Lua files embedded in cubie-gen, under their names below lua/. Their order is
# the one of --list.

LUA_FILES = \
  lua/buffers/bicgstab.lua \
  lua/buffers/dirk.lua \
  lua/buffers/erk.lua \
  lua/buffers/firk.lua \
  lua/buffers/loop.lua \
  lua/buffers/lu.lua \
  lua/buffers/minimal_residual.lua \
  lua/buffers/newton.lua \
  lua/buffers/rosenbrock.lua \
  lua/controller/fixed.lua \
  lua/controller/i.lua \
  lua/controller/pi.lua \
  lua/controller/pid.lua \
  lua/controller/gustafsson.lua \
  lua/prelude.lua \
  lua/settings.lua \
  lua/tableau/euler.lua \
  lua/tableau/heun-21.lua \
  lua/tableau/ralston-33.lua \
  lua/tableau/bogacki-shampine-32.lua \
  lua/tableau/classical-rk4.lua \
  lua/tableau/cash-karp-54.lua \
  lua/tableau/fehlberg-45.lua \
  lua/tableau/dormand-prince-54.lua \
  lua/tableau/tsit5.lua \
  lua/tableau/vern7.lua \
  lua/tableau/vern9.lua \
  lua/tableau/dormand-prince-853.lua \
  lua/tableau/backwards-euler.lua \
  lua/tableau/implicit-midpoint.lua \
  lua/tableau/trapezoidal.lua \
  lua/tableau/ode23t.lua \
  lua/tableau/sdirk-22.lua \
  lua/tableau/l-stable-dirk-3.lua \
  lua/tableau/kvaerno3.lua \
  lua/tableau/l-stable-sdirk-4.lua \
  lua/tableau/kvaerno5.lua \
  lua/tableau/gauss-legendre-2.lua \
  lua/tableau/gauss-legendre-4.lua \
  lua/tableau/radau-iia-3.lua \
  lua/tableau/radau-iia-5.lua \
  lua/tableau/radau-iia-9.lua \
  lua/tableau/rodas3.lua \
  lua/tableau/ros34pw2.lua \
  lua/tableau/ros3p.lua \
  lua/tableau/rosenbrock23.lua \
  lua/tableau/rodas3p.lua \
  lua/tableau/rodas4p.lua \
  lua/tableau/rodas5p.lua

EXTRA_DIST += $(LUA_FILES)

nodist_gen_libcubiegen_a_SOURCES = gen/script/lua/embedded.c
CLEANFILES += gen/script/lua/embedded.c

gen/script/lua/embedded.c: $(LUA_FILES) build-aux/embed lua/local.mk
	$(AM_V_GEN)$(MKDIR_P) gen/script/lua && \
	  (cd $(srcdir)/lua && AWK='$(AWK)' $(SHELL) ../build-aux/embed $(LUA_FILES:lua/%=%)) >$@-t && mv $@-t $@
