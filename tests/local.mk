# SPDX-License-Identifier: MIT
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
  tests/expr/expr_kit.h \
  tests/script/random_lua.h \
  tests/script/script_kit.h \
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
  tests/device/krylov_solve.cpp \
  tests/runtime/library_call.c \
  tests/device/runtime_device.cu \
  tests/device/lanes.cpp \
  tests/device/newton.cpp \
  tests/code/pieces.cpp \
  tests/code/lu_harness.cpp \
  tests/device/target.cpp \
  tests/device/target_run.hpp \
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
  tests/errors/lines.lua \
  tests/errors/logic.lua \
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
  tests/layout/buffers \
  tests/expr/carry \
  tests/part/controllers \
  tests/method/controllers_read \
  tests/script/error_texts \
  tests/expr/expr \
  tests/expr/expr_derivative \
  tests/expr/expr_print \
  tests/expr/hoist \
  tests/system/jacobian \
  tests/layout/layout \
  tests/layout/layout_errors \
  tests/layout/layout_random \
  tests/layout/liveness \
  tests/layout/liveness_random \
  tests/system/lu \
  tests/expr/macros \
  tests/base/diag \
  tests/base/number \
  tests/code/check \
  tests/method/estimates \
  tests/method/order \
  tests/method/order_implicit \
  tests/rule/rules \
  tests/script/foreign \
  tests/script/grammar \
  tests/script/logic \
  tests/script/sandbox \
  tests/script/script \
  tests/script/script_notation \
  tests/system/settings \
  tests/method/spectrum
RUNTIME_TESTS = \
  tests/runtime/runtime_sweep \
  tests/runtime/runtime_values

# Programs that generate projects, build and run them.
NUMERICS_TESTS = \
  tests/layout/accounting \
  tests/accuracy/convergence \
  tests/accuracy/convergence_stiff \
  tests/part/dirk \
  tests/part/failures \
  tests/part/firk \
  tests/part/krylov \
  tests/part/krylov_firk \
  tests/layout/locations \
  tests/part/implicit_failures \
  tests/code/lu_forms \
  tests/code/lu_generated \
  tests/part/saving \
  tests/part/scheduling \
  tests/part/traces

# What takes minutes: begins first, so that no core waits for it at the end.
LONG_TESTS = \
  tests/program/problems.sh \
  tests/program/problems_cuda.sh \
  tests/accuracy/accuracy.sh \
  tests/accuracy/accuracy_stiff.sh \
  tests/program/adding.sh

SHELL_TESTS = \
  tests/tree/format.sh \
  tests/tree/layering.sh \
  tests/accuracy/rounding.sh \
  tests/program/bad_input.sh \
  tests/program/determinism.sh \
  tests/program/dist.sh \
  tests/program/golden.sh \
  tests/code/hoist_runs.sh \
  tests/program/implicit_errors.sh \
  tests/program/install.sh \
  tests/device/krylov_solve.sh \
  tests/runtime/library.sh \
  tests/runtime/names.sh \
  tests/program/makefile.sh \
  tests/program/man.sh \
  tests/device/newton.sh \
  tests/program/text.sh \
  tests/program/standard_input.sh \
  tests/code/pieces.sh \
  tests/device/gpu.sh \
  tests/device/gpu_locations.sh \
  tests/device/gpu_stiff.sh \
  tests/program/readme.sh \
  tests/device/runtime_device.sh \
  tests/runtime/outputs.sh \
  tests/runtime/runtime_files.sh \
  tests/program/scale.sh \
  tests/runtime/runtime_program.sh \
  tests/runtime/runtime_trace.sh \
  tests/device/lanes.sh \
  tests/device/target_cpu.sh \
  tests/device/target_cuda.sh

check_PROGRAMS += $(GEN_TESTS) $(RUNTIME_TESTS) $(NUMERICS_TESTS)

NUMERICS_KIT = tests/numerics/kit.c tests/numerics/kit.h
tests_layout_accounting_SOURCES = tests/layout/accounting.c $(NUMERICS_KIT)
tests_accuracy_convergence_SOURCES = tests/accuracy/convergence.c $(NUMERICS_KIT)
tests_accuracy_convergence_stiff_SOURCES = tests/accuracy/convergence_stiff.c $(NUMERICS_KIT)
tests_part_dirk_SOURCES = tests/part/dirk.c $(NUMERICS_KIT)
tests_part_failures_SOURCES = tests/part/failures.c $(NUMERICS_KIT)
tests_part_firk_SOURCES = tests/part/firk.c $(NUMERICS_KIT)
tests_part_krylov_SOURCES = tests/part/krylov.c $(NUMERICS_KIT)
tests_part_krylov_firk_SOURCES = tests/part/krylov_firk.c $(NUMERICS_KIT)
tests_layout_locations_SOURCES = tests/layout/locations.c $(NUMERICS_KIT)
tests_part_implicit_failures_SOURCES = tests/part/implicit_failures.c $(NUMERICS_KIT)
tests_code_lu_forms_SOURCES = tests/code/lu_forms.c $(NUMERICS_KIT)
tests_code_lu_generated_SOURCES = tests/code/lu_generated.c $(NUMERICS_KIT)
tests_part_saving_SOURCES = tests/part/saving.c $(NUMERICS_KIT)
tests_part_scheduling_SOURCES = tests/part/scheduling.c $(NUMERICS_KIT)
tests_part_traces_SOURCES = tests/part/traces.c $(NUMERICS_KIT)

tests_script_error_texts_SOURCES = tests/script/errors.c

# A problem with a target in plain C, and its program, which the shell tests of
# the runtime run.
FAKE_PROBLEM = tests/runtime/fake_problem.c tests/runtime/fake_problem.h
check_PROGRAMS += tests/runtime/fake_program
tests_runtime_fake_program_CPPFLAGS = $(RUNTIME_CPPFLAGS) -I$(top_srcdir)/tests
tests_runtime_fake_program_LDADD = $(RUNTIME_LIBS)
tests_runtime_fake_program_SOURCES = tests/runtime/fake_program.c $(FAKE_PROBLEM)

tests_runtime_runtime_sweep_CPPFLAGS = $(tests_runtime_fake_program_CPPFLAGS)
tests_runtime_runtime_sweep_LDADD = $(RUNTIME_LIBS)
tests_runtime_runtime_sweep_SOURCES = tests/runtime/runtime_sweep.c $(FAKE_PROBLEM)

tests_runtime_runtime_values_CPPFLAGS = $(tests_runtime_fake_program_CPPFLAGS)
tests_runtime_runtime_values_LDADD = $(RUNTIME_LIBS)

TESTS += $(LONG_TESTS) $(GEN_TESTS) $(RUNTIME_TESTS) $(NUMERICS_TESTS) $(SHELL_TESTS)
EXTRA_DIST += $(LONG_TESTS) $(SHELL_TESTS) $(TEST_FILES) tests/tap.h tests/tap.sh
