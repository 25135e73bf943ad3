# libcubie-runtime: pure C, no CUDA in it. The CUDA and CPU targets lie in the
# device headers, which are compiled with the generated source.

lib_LIBRARIES += runtime/libcubie-runtime.a

RUNTIME_CPPFLAGS = -D_GNU_SOURCE -I$(top_srcdir)/runtime/include -I$(top_srcdir)/runtime $(NETCDF_CFLAGS)
RUNTIME_LIBS = runtime/libcubie-runtime.a $(NETCDF_LIBS) $(OPENMP_LIBS)

runtime_libcubie_runtime_a_CPPFLAGS = $(RUNTIME_CPPFLAGS)
runtime_libcubie_runtime_a_SOURCES = \
  runtime/axis.c \
  runtime/axis.h \
  runtime/batch.c \
  runtime/batch.h \
  runtime/cli.c \
  runtime/describe.c \
  runtime/main.c \
  runtime/netcdf_attributes.c \
  runtime/netcdf_attributes.h \
  runtime/number.c \
  runtime/number.h \
  runtime/output.c \
  runtime/output.h \
  runtime/output_csv.c \
  runtime/output_memory.c \
  runtime/output_netcdf.c \
  runtime/pool.c \
  runtime/pool.h \
  runtime/progress.c \
  runtime/progress.h \
  runtime/report.c \
  runtime/report.h \
  runtime/settings.c \
  runtime/settings_check.c \
  runtime/status.c \
  runtime/status.h \
  runtime/sweep.c \
  runtime/table.c \
  runtime/table.h \
  runtime/trace.c \
  runtime/trace.h \
  runtime/trace_netcdf.c \
  runtime/trace_text.c

cubieincludedir = $(includedir)/cubie
cubieinclude_HEADERS = \
  runtime/include/cubie/arguments.hpp \
  runtime/include/cubie/complex.hpp \
  runtime/include/cubie/control.hpp \
  runtime/include/cubie/cpu.hpp \
  runtime/include/cubie/cuda.hpp \
  runtime/include/cubie/cuda_device.hpp \
  runtime/include/cubie/device.hpp \
  runtime/include/cubie/digamma.hpp \
  runtime/include/cubie/implicit.hpp \
  runtime/include/cubie/krylov.hpp \
  runtime/include/cubie/functions.inc \
  runtime/include/cubie/fused.hpp \
  runtime/include/cubie/lanes.hpp \
  runtime/include/cubie/lanes_math.hpp \
  runtime/include/cubie/memory.hpp \
  runtime/include/cubie/newton.hpp \
  runtime/include/cubie/one_lane.hpp \
  runtime/include/cubie/problem.h \
  runtime/include/cubie/queue.hpp \
  runtime/include/cubie/reciprocal.hpp \
  runtime/include/cubie/record.hpp \
  runtime/include/cubie/sparse.hpp \
  runtime/include/cubie/start.hpp \
  runtime/include/cubie/sweep.h \
  runtime/include/cubie/sweep_math.h \
  runtime/include/cubie/target.hpp \
  runtime/include/cubie/vectors.hpp

pkgconfigdir = $(libdir)/pkgconfig
pkgconfig_DATA = runtime/cubie-runtime.pc
noinst_DATA = runtime/cubie-runtime-uninstalled.pc
