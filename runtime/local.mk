# libcubie-runtime: pure C, no CUDA in it. The CUDA and CPU targets lie in the
# device headers, which are compiled with the generated source.

lib_LIBRARIES += runtime/libcubie-runtime.a

runtime_libcubie_runtime_a_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/runtime/include -I$(top_srcdir)/runtime $(NETCDF_CFLAGS)
runtime_libcubie_runtime_a_SOURCES =

cubieincludedir = $(includedir)/cubie
cubieinclude_HEADERS =

pkgconfigdir = $(libdir)/pkgconfig
pkgconfig_DATA = runtime/cubie-runtime.pc
noinst_DATA = runtime/cubie-runtime-uninstalled.pc
