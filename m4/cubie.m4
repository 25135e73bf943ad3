# SPDX-License-Identifier: MIT
# The checks of configure.ac, one macro each. Each sets and substitutes what it
# names; what is missing and needed is an error that says what to install.

# CUBIE_WARNINGS: WARN_CFLAGS, with -Werror under --enable-werror.
AC_DEFUN([CUBIE_WARNINGS], [
AC_ARG_ENABLE([werror],
  [AS_HELP_STRING([--enable-werror], [make compiler warnings errors])], [], [enable_werror=no])
WARN_CFLAGS="-Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes"
AS_IF([test "x$enable_werror" = xyes], [WARN_CFLAGS="$WARN_CFLAGS -Werror"])
AC_SUBST([WARN_CFLAGS])
AC_MSG_CHECKING([whether $CC compiles C11 with our warnings])
cubie_saved_CFLAGS=$CFLAGS
CFLAGS="$CFLAGS -std=c11 $WARN_CFLAGS"
AC_COMPILE_IFELSE([AC_LANG_SOURCE([[_Static_assert(sizeof(int) >= 4, "int"); int f(void); int f(void) { return 0; }]])],
  [AC_MSG_RESULT([yes])],
  [AC_MSG_RESULT([no])
   AC_MSG_ERROR([$CC is no C11 compiler with the options of GCC; set CC to gcc or clang])])
CFLAGS=$cubie_saved_CFLAGS
])

# CUBIE_CXX_STANDARD: what follows when the C++ compiler is no C++17 one by default.
AC_DEFUN([CUBIE_CXX_STANDARD], [
cubie_saved_CXXFLAGS=$CXXFLAGS
CXXFLAGS="$CXXFLAGS -std=c++17"
AC_COMPILE_IFELSE([AC_LANG_PROGRAM()], [AC_MSG_RESULT([with -std=c++17])],
  [AC_MSG_RESULT([no])
   AC_MSG_ERROR([a C++17 compiler is needed (Debian: apt-get install g++)])])
CXXFLAGS=$cubie_saved_CXXFLAGS
])

# CUBIE_SANITIZERS: SANITIZE_FLAGS for compiling and linking. A project links
# libcubie-runtime.a, so its CPU program is sanitized as well (nvcc knows no
# such options: CUBIE_CUDA leaves CUDA out).
AC_DEFUN([CUBIE_SANITIZERS], [
AC_ARG_ENABLE([sanitizers],
  [AS_HELP_STRING([--enable-sanitizers], [build with AddressSanitizer and UndefinedBehaviorSanitizer (and no CUDA)])],
  [], [enable_sanitizers=no])
SANITIZE_FLAGS=
AS_IF([test "x$enable_sanitizers" != xno], [
  SANITIZE_FLAGS="-fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer"
  AC_MSG_CHECKING([whether $CC links with $SANITIZE_FLAGS])
  cubie_saved_CFLAGS=$CFLAGS
  CFLAGS="$CFLAGS $SANITIZE_FLAGS"
  AC_LINK_IFELSE([AC_LANG_PROGRAM()], [AC_MSG_RESULT([yes])],
    [AC_MSG_RESULT([no])
     AC_MSG_ERROR([the sanitizers' libraries are missing; leave out --enable-sanitizers])])
  CFLAGS=$cubie_saved_CFLAGS
])
AC_SUBST([SANITIZE_FLAGS])
AC_SUBST([enable_sanitizers])
])

# CUBIE_LUA: LUA_CFLAGS, LUA_LIBS, LUA_VERSION.
AC_DEFUN([CUBIE_LUA], [
PKG_CHECK_MODULES([LUA], [lua5.4 >= 5.4], [cubie_lua=lua5.4],
  [PKG_CHECK_MODULES([LUA], [lua-5.4 >= 5.4], [cubie_lua=lua-5.4],
    [PKG_CHECK_MODULES([LUA], [lua54 >= 5.4], [cubie_lua=lua54],
      [PKG_CHECK_MODULES([LUA], [lua >= 5.4 lua < 5.5], [cubie_lua=lua],
        [AC_MSG_ERROR([Lua 5.4 is missing (Debian: apt-get install liblua5.4-dev); pkg-config knows no lua5.4])])])])])
LUA_VERSION=`$PKG_CONFIG --modversion $cubie_lua`
AC_SUBST([LUA_VERSION])
])

# CUBIE_NETCDF: NETCDF_CFLAGS, NETCDF_LIBS (all that a static link needs), and
# CUBIE_HAVE_NETCDF in config.h.
AC_DEFUN([CUBIE_NETCDF], [
AC_ARG_WITH([netcdf],
  [AS_HELP_STRING([--without-netcdf], [write CSV files only])], [], [with_netcdf=yes])
cubie_netcdf=no
AS_IF([test "x$with_netcdf" != xno], [
  PKG_CHECK_MODULES([NETCDF], [netcdf >= 4.3], [],
    [AC_MSG_ERROR([netCDF is missing (Debian: apt-get install libnetcdf-dev); or configure --without-netcdf for CSV files only])])
  CUBIE_NETCDF_LINK([$NETCDF_LIBS],
    [NETCDF_LIBS=`$PKG_CONFIG --static --libs netcdf`
     CUBIE_NETCDF_LINK([$NETCDF_LIBS],
       [AC_MSG_ERROR([netCDF is there but does not link, or lacks netCDF-4; config.log says why])])])
  cubie_netcdf=`$PKG_CONFIG --modversion netcdf`
  AC_DEFINE([CUBIE_HAVE_NETCDF], [1], [Define to 1 to write netCDF files.])
])
AC_SUBST([NETCDF_CFLAGS])
AC_SUBST([NETCDF_LIBS])
AC_SUBST([cubie_netcdf])
AM_CONDITIONAL([HAVE_NETCDF], [test "x$cubie_netcdf" != xno])
])

# CUBIE_NETCDF_LINK(LIBS, IF-NOT)
AC_DEFUN([CUBIE_NETCDF_LINK], [
AC_MSG_CHECKING([for netCDF-4 with $1])
cubie_saved_LIBS=$LIBS
cubie_saved_CPPFLAGS=$CPPFLAGS
LIBS="$1 $LIBS"
CPPFLAGS="$CPPFLAGS $NETCDF_CFLAGS"
AC_LINK_IFELSE([AC_LANG_PROGRAM([[#include <netcdf.h>]],
    [[int id; return nc_create("", NC_NETCDF4, &id) + nc_def_var_chunking(id, 0, NC_CHUNKED, 0);]])],
  [AC_MSG_RESULT([yes])
   LIBS=$cubie_saved_LIBS
   CPPFLAGS=$cubie_saved_CPPFLAGS],
  [AC_MSG_RESULT([no])
   LIBS=$cubie_saved_LIBS
   CPPFLAGS=$cubie_saved_CPPFLAGS
   $2])
])

# CUBIE_CUDA: NVCC, the compiler's path or empty.
AC_DEFUN([CUBIE_CUDA], [
AC_ARG_WITH([cuda],
  [AS_HELP_STRING([--with-cuda=DIR], [the CUDA toolkit is in DIR (default: nvcc on PATH or in /usr/local/cuda)])
AS_HELP_STRING([--without-cuda], [do not look for CUDA: the tests build projects for the CPU only])],
  [], [with_cuda=auto])
AC_ARG_VAR([NVCC], [the CUDA compiler])
AS_IF([test "x$enable_sanitizers" != xno && test "x$with_cuda" = xauto], [with_cuda=no])
AS_CASE([$with_cuda],
  [no], [NVCC=],
  [auto|yes], [AC_PATH_PROG([NVCC], [nvcc], [], [$PATH$PATH_SEPARATOR/usr/local/cuda/bin])],
  [AC_PATH_PROG([NVCC], [nvcc], [], [$with_cuda/bin$PATH_SEPARATOR$with_cuda])])
AS_IF([test "x$with_cuda" != xno && test "x$with_cuda" != xauto && test -z "$NVCC"],
  [AC_MSG_ERROR([no nvcc in $with_cuda/bin nor on PATH; give the toolkit's directory, --with-cuda=DIR, or leave it out])])
cubie_cuda=${NVCC:-no}
])
