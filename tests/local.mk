# TAP programs: C files with tests/tap.h, shell files with tests/tap.sh.
# A test runs in the top of the build tree, with these in its environment:
#   srcdir, builddir  tops of the source and of the build tree, absolute
#   CUBIE_GEN         the generator just built
#   PKG_CONFIG_PATH   finds the runtime of the build tree
#   CC, CXX           host compilers; NVCC: the CUDA compiler, or empty
#   CUBIE_NETCDF      the version of netCDF, or no; CUBIE_SANITIZERS: yes or no

AM_TESTS_ENVIRONMENT = \
  srcdir='$(abs_top_srcdir)'; export srcdir; \
  builddir='$(abs_top_builddir)'; export builddir; \
  CUBIE_GEN='$(abs_top_builddir)/cubie-gen'; export CUBIE_GEN; \
  PKG_CONFIG_PATH='$(abs_top_builddir)/runtime'$${PKG_CONFIG_PATH:+:$$PKG_CONFIG_PATH}; export PKG_CONFIG_PATH; \
  CC='$(CC)'; export CC; CXX='$(CXX)'; export CXX; NVCC='$(NVCC)'; export NVCC; \
  CUBIE_NETCDF='$(cubie_netcdf)'; export CUBIE_NETCDF; \
  CUBIE_SANITIZERS='$(enable_sanitizers)'; export CUBIE_SANITIZERS;

TEST_EXTENSIONS = .sh
LOG_DRIVER = AWK='$(AWK)' $(SHELL) $(top_srcdir)/build-aux/tap-driver.sh
SH_LOG_DRIVER = $(LOG_DRIVER)
SH_LOG_COMPILER = $(SHELL)

# What tests read: problems, reference end states, expected texts.
TEST_FILES = \
  tests/expr_kit.h \
  tests/script_kit.h \
  tests/problems/brusselator2.lua \
  tests/problems/detest_na1.lua \
  tests/problems/detest_na2.lua \
  tests/problems/detest_na3.lua \
  tests/problems/detest_na4.lua \
  tests/problems/detest_na5.lua \
  tests/problems/detest_nb2.lua \
  tests/problems/detest_nd1.lua \
  tests/problems/detest_nd2.lua \
  tests/problems/detest_ne1.lua \
  tests/problems/detest_sa1.lua \
  tests/problems/detest_sa2.lua \
  tests/problems/detest_sa3.lua \
  tests/problems/detest_sb1.lua \
  tests/problems/detest_sb2.lua \
  tests/problems/detest_sc1.lua \
  tests/problems/detest_sc2.lua \
  tests/problems/detest_sd1.lua \
  tests/problems/detest_sd2.lua \
  tests/problems/detest_sd3.lua \
  tests/problems/detest_se1.lua \
  tests/problems/detest_se2.lua \
  tests/problems/detest_sf1.lua \
  tests/problems/detest_sf2.lua \
  tests/problems/reference.csv \
  tests/problems/stiff.csv \
  tests/problems/van_der_pol_1000.lua \
  tests/support/accounts.h \
  tests/support/factor.h \
  tests/support/fake_program.sh \
  tests/support/forced.lua \
  tests/support/gauss.h \
  tests/support/memory_map.h \
  tests/support/saprc99.h \
  tests/support/specs.h \
  tests/support/stability.h \
  tests/support/stages.h \
  tests/support/stiff.h \
  tests/support/stiff.sh \
  tests/support/tableaux.h \
  tests/krylov_solve.cpp \
  tests/library_call.c \
  tests/runtime_device.cu \
  tests/lanes.cpp \
  tests/newton.cpp \
  tests/pieces.cpp \
  tests/lu_harness.cpp \
  tests/target.cpp \
  tests/target_run.hpp \
  tests/bench/build.sh \
  tests/bench/cpu.sh \
  tests/bench/gpu.sh \
  tests/bench/kernel.c \
  tests/bench/krylov.sh \
  tests/bench/profile.sh \
  tests/bench/scalar.c \
  tests/bench/steps.csv \
  tests/bench/steps.sh \
  tests/bench/stiff.sh \
  tests/errors/buffers.lua \
  tests/errors/equations.lua \
  tests/errors/escape.lua \
  tests/errors/growth.lua \
  tests/errors/later.lua \
  tests/errors/letter.lua \
  tests/errors/loop.lua \
  tests/errors/memory.lua \
  tests/errors/missing.lua \
  tests/errors/modules.lua \
  tests/errors/names.lua \
  tests/errors/nothing.lua \
  tests/errors/operators.lua \
  tests/errors/raised.lua \
  tests/errors/runtime.lua \
  tests/errors/settings.lua \
  tests/errors/sweep.lua \
  tests/errors/sweep_drawn.lua \
  tests/errors/sweep_large.lua \
  tests/errors/sweep_zip.lua \
  tests/errors/syntax.lua \
  tests/errors/tableau.lua \
  tests/errors/taken.lua \
  tests/errors/together.lua \
  tests/errors/tolerances.lua \
  tests/errors/unknown.lua \
  tests/errors/values.lua \
  tests/errors/vectors.lua

GEN_TESTS = \
  tests/buffers \
  tests/carry \
  tests/controllers \
  tests/controllers_read \
  tests/error_texts \
  tests/expr \
  tests/expr_derivative \
  tests/expr_print \
  tests/hoist \
  tests/jacobian \
  tests/layout \
  tests/layout_errors \
  tests/layout_random \
  tests/liveness \
  tests/liveness_random \
  tests/lu \
  tests/macros \
  tests/number \
  tests/order \
  tests/order_implicit \
  tests/sandbox \
  tests/script \
  tests/script_notation \
  tests/settings \
  tests/spectrum
RUNTIME_TESTS = \
  tests/runtime_sweep \
  tests/runtime_values

# Programs that generate projects, build and run them.
NUMERICS_TESTS = \
  tests/accounting \
  tests/convergence \
  tests/convergence_stiff \
  tests/dirk \
  tests/failures \
  tests/firk \
  tests/krylov \
  tests/krylov_firk \
  tests/locations \
  tests/implicit_failures \
  tests/lu_forms \
  tests/lu_generated \
  tests/saving \
  tests/scheduling \
  tests/traces

SHELL_TESTS = \
  tests/accuracy.sh \
  tests/accuracy_stiff.sh \
  tests/bad_input.sh \
  tests/determinism.sh \
  tests/dist.sh \
  tests/golden.sh \
  tests/hoist_runs.sh \
  tests/implicit_errors.sh \
  tests/install.sh \
  tests/krylov_solve.sh \
  tests/library.sh \
  tests/man.sh \
  tests/newton.sh \
  tests/pieces.sh \
  tests/gpu.sh \
  tests/gpu_locations.sh \
  tests/gpu_stiff.sh \
  tests/problems.sh \
  tests/readme.sh \
  tests/runtime_device.sh \
  tests/runtime_program.sh \
  tests/runtime_trace.sh \
  tests/lanes.sh \
  tests/target_cpu.sh \
  tests/target_cuda.sh

check_PROGRAMS += $(GEN_TESTS) $(RUNTIME_TESTS) $(NUMERICS_TESTS)

NUMERICS_KIT = tests/numerics/kit.c tests/numerics/kit.h
tests_accounting_SOURCES = tests/accounting.c $(NUMERICS_KIT)
tests_convergence_SOURCES = tests/convergence.c $(NUMERICS_KIT)
tests_convergence_stiff_SOURCES = tests/convergence_stiff.c $(NUMERICS_KIT)
tests_dirk_SOURCES = tests/dirk.c $(NUMERICS_KIT)
tests_failures_SOURCES = tests/failures.c $(NUMERICS_KIT)
tests_firk_SOURCES = tests/firk.c $(NUMERICS_KIT)
tests_krylov_SOURCES = tests/krylov.c $(NUMERICS_KIT)
tests_krylov_firk_SOURCES = tests/krylov_firk.c $(NUMERICS_KIT)
tests_locations_SOURCES = tests/locations.c $(NUMERICS_KIT)
tests_implicit_failures_SOURCES = tests/implicit_failures.c $(NUMERICS_KIT)
tests_lu_forms_SOURCES = tests/lu_forms.c $(NUMERICS_KIT)
tests_lu_generated_SOURCES = tests/lu_generated.c $(NUMERICS_KIT)
tests_saving_SOURCES = tests/saving.c $(NUMERICS_KIT)
tests_scheduling_SOURCES = tests/scheduling.c $(NUMERICS_KIT)
tests_traces_SOURCES = tests/traces.c $(NUMERICS_KIT)

# A program cannot have the name of a directory beside its source.
tests_error_texts_SOURCES = tests/errors.c

# A problem with a target in plain C, and its program, which the shell tests of
# the runtime run.
FAKE_PROBLEM = tests/fake_problem.c tests/fake_problem.h
check_PROGRAMS += tests/fake_program
tests_fake_program_CPPFLAGS = $(RUNTIME_CPPFLAGS) -I$(top_srcdir)/tests
tests_fake_program_LDADD = $(RUNTIME_LIBS)
tests_fake_program_SOURCES = tests/fake_program.c $(FAKE_PROBLEM)

tests_runtime_sweep_CPPFLAGS = $(tests_fake_program_CPPFLAGS)
tests_runtime_sweep_LDADD = $(RUNTIME_LIBS)
tests_runtime_sweep_SOURCES = tests/runtime_sweep.c $(FAKE_PROBLEM)

tests_runtime_values_CPPFLAGS = $(tests_fake_program_CPPFLAGS)
tests_runtime_values_LDADD = $(RUNTIME_LIBS)

TESTS += $(GEN_TESTS) $(RUNTIME_TESTS) $(NUMERICS_TESTS) $(SHELL_TESTS)
EXTRA_DIST += $(SHELL_TESTS) $(TEST_FILES) tests/tap.h tests/tap.sh
