# Lua files embedded in cubie-gen, under their names below lua/. Their order is
# the one of --list.

LUA_FILES = \
  lua/buffers/erk.lua \
  lua/buffers/loop.lua \
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
  lua/tableau/dormand-prince-853.lua

EXTRA_DIST += $(LUA_FILES)

nodist_gen_libcubiegen_a_SOURCES = gen/script/embedded.c
CLEANFILES += gen/script/embedded.c

gen/script/embedded.c: $(LUA_FILES) build-aux/embed lua/local.mk
	$(AM_V_GEN)$(MKDIR_P) gen/script && \
	  (cd $(srcdir)/lua && AWK='$(AWK)' $(SHELL) ../build-aux/embed $(LUA_FILES:lua/%=%)) >$@-t && mv $@-t $@
