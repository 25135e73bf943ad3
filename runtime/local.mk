# SPDX-License-Identifier: MIT
# libcubie-runtime: pure C, no CUDA in it. The CUDA and CPU targets lie in the
# device headers, which are compiled with the generated source.

lib_LIBRARIES += runtime/libcubie-runtime.a

# Rules that the generator has, too, are in gen/rule and gen/base; shared_names.h
# gives them names of the library's own. input/settings_table.h lies in the build tree.
RUNTIME_CPPFLAGS = -D_GNU_SOURCE -include $(top_srcdir)/runtime/shared_names.h \
  -I$(top_srcdir)/runtime/include -I$(top_srcdir)/runtime -Iruntime -I$(top_srcdir)/gen $(NETCDF_CFLAGS)
RUNTIME_LIBS = runtime/libcubie-runtime.a $(NETCDF_LIBS)

# Position-independent, and with cubie/problem.h alone in sight: it becomes part of
# shared libraries (make shared), several of which may meet in one program.
runtime_libcubie_runtime_a_CPPFLAGS = $(RUNTIME_CPPFLAGS)
runtime_libcubie_runtime_a_CFLAGS = $(AM_CFLAGS) -fPIC -fvisibility=hidden
runtime_libcubie_runtime_a_SOURCES = \
  gen/base/number.c \
  gen/base/number_parse.c \
  gen/rule/grid.c \
  gen/rule/real.c \
  gen/rule/setting.c \
  gen/rule/tolerances.c \
  gen/rule/values.c \
  runtime/batch.h \
  runtime/call.c \
  runtime/call.h \
  runtime/describe.c \
  runtime/describe.h \
  runtime/engine.c \
  runtime/engine.h \
  runtime/input/axis.c \
  runtime/input/axis.h \
  runtime/input/cli.c \
  runtime/input/options.h \
  runtime/input/settings.c \
  runtime/input/settings.h \
  runtime/input/settings_check.c \
  runtime/input/settings_describe.c \
  runtime/input/sweep.c \
  runtime/input/sweep.h \
  runtime/input/table.c \
  runtime/input/table.h \
  runtime/library.c \
  runtime/main.c \
  runtime/number.c \
  runtime/number.h \
  runtime/output/csv.c \
  runtime/output/file.c \
  runtime/output/file.h \
  runtime/output/memory.c \
  runtime/output/names.c \
  runtime/output/names.h \
  runtime/output/netcdf.c \
  runtime/output/netcdf_attributes.c \
  runtime/output/netcdf_attributes.h \
  runtime/output/output.c \
  runtime/output/output.h \
  runtime/output/saved.c \
  runtime/output/saved.h \
  runtime/output/trace.c \
  runtime/output/trace.h \
  runtime/output/trace_netcdf.c \
  runtime/output/trace_text.c \
  runtime/pool.c \
  runtime/pool.h \
  runtime/progress.c \
  runtime/progress.h \
  runtime/report.c \
  runtime/report.h \
  runtime/shared_names.h \
  runtime/status.c \
  runtime/status.h \
  runtime/tally.c \
  runtime/tally.h

# The settings of run time, printed from lua/settings.lua by the generator; the
# header changes only when they do.
nodist_runtime_libcubie_runtime_a_SOURCES = runtime/input/settings_table.h
BUILT_SOURCES += runtime/input/settings_table.h
CLEANFILES += runtime/input/settings_table.h runtime/input/settings_table.stamp
$(runtime_libcubie_runtime_a_OBJECTS): runtime/input/settings_table.h
runtime/input/settings_table.h: runtime/input/settings_table.stamp
	@test -f $@ || { rm -f $<; $(MAKE) $(AM_MAKEFLAGS) $<; }
runtime/input/settings_table.stamp: cubie-gen$(EXEEXT)
	$(AM_V_GEN)$(MKDIR_P) runtime/input && \
	  ./cubie-gen$(EXEEXT) --runtime-settings >runtime/input/settings_table.new && \
	  { cmp -s runtime/input/settings_table.new runtime/input/settings_table.h || \
	    cp runtime/input/settings_table.new runtime/input/settings_table.h; } && \
	  rm -f runtime/input/settings_table.new && touch $@

cubieincludedir = $(includedir)/cubie
cubieinclude_HEADERS = \
  runtime/include/cubie/arguments.hpp \
  runtime/include/cubie/control.hpp \
  runtime/include/cubie/device.hpp \
  runtime/include/cubie/implicit.hpp \
  runtime/include/cubie/krylov.hpp \
  runtime/include/cubie/memory.hpp \
  runtime/include/cubie/newton.hpp \
  runtime/include/cubie/problem.h \
  runtime/include/cubie/record.hpp \
  runtime/include/cubie/sparse.hpp \
  runtime/include/cubie/start.hpp \
  runtime/include/cubie/sweep.h \
  runtime/include/cubie/sweep_math.h

cubienumberdir = $(includedir)/cubie/number
cubienumber_HEADERS = \
  runtime/include/cubie/number/complex.hpp \
  runtime/include/cubie/number/digamma.hpp \
  runtime/include/cubie/number/functions.inc \
  runtime/include/cubie/number/fused.hpp \
  runtime/include/cubie/number/lanes.hpp \
  runtime/include/cubie/number/lanes_math.hpp \
  runtime/include/cubie/number/one_lane.hpp \
  runtime/include/cubie/number/reciprocal.hpp \
  runtime/include/cubie/number/vectors.hpp

cubiehostdir = $(includedir)/cubie/host
cubiehost_HEADERS = \
  runtime/include/cubie/host/cpu.hpp \
  runtime/include/cubie/host/cuda.hpp \
  runtime/include/cubie/host/cuda_copy.hpp \
  runtime/include/cubie/host/cuda_device.hpp \
  runtime/include/cubie/host/cuda_kernel.hpp \
  runtime/include/cubie/host/library.hpp \
  runtime/include/cubie/host/queue.hpp \
  runtime/include/cubie/host/target.hpp

pkgconfigdir = $(libdir)/pkgconfig
pkgconfig_DATA = runtime/cubie-runtime.pc
noinst_DATA = runtime/cubie-runtime-uninstalled.pc
