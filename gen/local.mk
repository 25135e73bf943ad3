# The generator: everything but main.c is a library that the tests link too.

noinst_LIBRARIES += gen/libcubiegen.a

gen_libcubiegen_a_SOURCES = \
  gen/base/arena.c \
  gen/base/arena.h \
  gen/base/array.c \
  gen/base/array.h \
  gen/base/diag.c \
  gen/base/diag.h \
  gen/base/intern.c \
  gen/base/intern.h \
  gen/base/number.c \
  gen/base/number.h \
  gen/base/number_parse.c \
  gen/base/number_wide.h \
  gen/base/text.c \
  gen/base/text.h \
  gen/expr/count.c \
  gen/expr/derivative.c \
  gen/expr/evaluate.c \
  gen/expr/expr.h \
  gen/expr/function.c \
  gen/expr/function.h \
  gen/expr/graph.c \
  gen/expr/graph.h \
  gen/expr/identifier.c \
  gen/expr/identifier.h \
  gen/expr/print.c \
  gen/expr/rule.c \
  gen/expr/schedule.c \
  gen/expr/simplify.c \
  gen/expr/special.c \
  gen/expr/substitute.c \
  gen/expr/walk.c \
  gen/layout/bits.c \
  gen/layout/bits.h \
  gen/layout/buffer.c \
  gen/layout/buffer.h \
  gen/layout/check.c \
  gen/layout/check.h \
  gen/layout/explain.c \
  gen/layout/explain.h \
  gen/layout/flow.c \
  gen/layout/flow.h \
  gen/layout/layout.c \
  gen/layout/layout.h \
  gen/layout/liveness.c \
  gen/layout/liveness.h \
  gen/layout/map.c \
  gen/layout/map.h \
  gen/layout/overlap.c \
  gen/layout/overlap.h \
  gen/layout/trace.c \
  gen/layout/trace.h \
  gen/layout/update.c \
  gen/layout/update.h \
  gen/part/order.c \
  gen/part/order.h \
  gen/part/tableau.c \
  gen/part/tableau.h \
  gen/script/embedded.h \
  gen/script/sandbox.h \
  gen/script/script.h \
  gen/system/settings.h \
  gen/system/spec.h \
  gen/system/system.h
