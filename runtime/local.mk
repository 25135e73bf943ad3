# SPDX-License-Identifier: MIT
# libcubie-runtime: pure C, no CUDA in it. The CUDA and CPU targets lie in the
# device headers, which are compiled with the generated source.

lib_LIBRARIES += runtime/libcubie-runtime.a

RUNTIME_CPPFLAGS = -D_GNU_SOURCE -I$(top_srcdir)/runtime/include -I$(top_srcdir)/runtime $(NETCDF_CFLAGS)
RUNTIME_LIBS = runtime/libcubie-runtime.a $(NETCDF_LIBS) $(OPENMP_LIBS)

runtime_libcubie_runtime_a_CPPFLAGS = $(RUNTIME_CPPFLAGS)
runtime_libcubie_runtime_a_SOURCES = \
  runtime/batch.c \
  runtime/batch.h \
  runtime/describe.c \
  runtime/input/axis.c \
  runtime/input/axis.h \
  runtime/input/cli.c \
  runtime/input/settings.c \
  runtime/input/settings_check.c \
  runtime/input/sweep.c \
  runtime/input/table.c \
  runtime/input/table.h \
  runtime/main.c \
  runtime/number.c \
  runtime/number.h \
  runtime/output/csv.c \
  runtime/output/memory.c \
  runtime/output/netcdf.c \
  runtime/output/netcdf_attributes.c \
  runtime/output/netcdf_attributes.h \
  runtime/output/output.c \
  runtime/output/output.h \
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
  runtime/status.c \
  runtime/status.h

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
  runtime/include/cubie/host/cuda_device.hpp \
  runtime/include/cubie/host/queue.hpp \
  runtime/include/cubie/host/target.hpp

pkgconfigdir = $(libdir)/pkgconfig
pkgconfig_DATA = runtime/cubie-runtime.pc
noinst_DATA = runtime/cubie-runtime-uninstalled.pc
