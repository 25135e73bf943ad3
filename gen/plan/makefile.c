/* SPDX-License-Identifier: MIT */
/* The project's Makefile: nvcc where there is one and a card to run on, else the CPU.
 * Paths of the user may have blanks, quotes and `$`: make splits words at blanks, so
 * such paths are handed to the shell in quotes and never are targets. */
#include "plan/plan.h"

static const char head[] =
    ".DEFAULT_GOAL := $(NAME)\n"
    "# make              builds ./$(NAME): with nvcc where there is one and a GPU, else for the CPU\n"
    "# make TARGET=cpu   for the CPU; LANES=1 with one run per vector, for debugging\n"
    "# make TARGET=cuda  for a CUDA device; ARCH=sm_90 for a card that is not at hand\n"
    "# make library      lib$(NAME).a with $(NAME)_solve of $(NAME).h, without main\n"
    "# make shared       lib$(NAME).so, the same as a shared library, with all it needs\n"
    "# make link-flags   prints what a C program that uses the library is linked with\n"
    "NVCC ?= nvcc\n"
    "PKG_CONFIG ?= pkg-config\n"
    "GPU := $(shell nvidia-smi -L 2>/dev/null | sed 's/ .UUID: .*//')\n"
    "ifeq ($(origin TARGET),undefined)\n"
    "TARGET := $(if $(GPU),$(if $(shell command -v $(NVCC) 2>/dev/null),cuda,cpu),cpu)\n"
    "endif\n"
    "ARCH ?= $(if $(GPU),native,sm_80)\n"
    "CXXFLAGS ?= -O3 -march=native\n"
    "NVCCFLAGS ?= -O3\n"
    "LANES ?=\n"
    "\n"
    "empty :=\n"
    "blank := $(empty) $(empty)\n"
    "comma := ,\n"
    "hash := \\#\n"
    "quote = '$(subst ','\\'',$1)'\n"
    "-include .origin\n"
    "\n";

static const char again[] =
    "# Generated again when the problem file, a module or the generator is newer than the project.\n"
    "# .origin says where they are; without it the problem file is looked for beside the project\n"
    "# and in it, and the generator on the PATH. A project without them stays as it is.\n"
    "CUBIE_GEN ?= $(or $(ORIGIN_GENERATOR),cubie-gen)\n"
    "GENERATOR := $(shell command -v $(call quote,$(CUBIE_GEN)) 2>/dev/null)\n"
    "FOLDER := $(shell for folder in $(if $(ORIGIN_FOLDER),$(call quote,$(ORIGIN_FOLDER))) .. .; do \\\n"
    "\ttest -f \"$$folder\"/$(call quote,$(PROBLEM)) && printf '%s\\n' \"$$folder\" && break; done)\n"
    "ifneq ($(and $(GENERATOR),$(FOLDER)),)\n"
    "SOURCES = $(foreach file,$(MODULES),$(call quote,$(FOLDER)/$(file))) $(call quote,$(FOLDER)/$(PROBLEM))\n"
    "NEWER := $(shell find -L $(SOURCES) $(call quote,$(GENERATOR)) "
    "-newer $(or $(wildcard .origin),$(NAME).cu) 2>/dev/null)\n"
    "endif\n"
    "ifneq ($(NEWER),)\n"
    "ifeq ($(MAKE_RESTARTS)$(filter clean,$(MAKECMDGOALS)),)\n"
    "Makefile: generate-again ;\n"
    "generate-again:\n"
    "\t@printf '%s\\n' $(call quote,$(NAME): generated again: newer than the project: $(NEWER)) >&2\n"
    "\t@$(call quote,$(GENERATOR)) -o . $(call quote,$(FOLDER)/$(PROBLEM)) $(SETTINGS)\n"
    ".PHONY: generate-again\n"
    "endif\n"
    "endif\n"
    "\n";

static const char commands[] =
    "# The runtime: where pkg-config finds it, else that of the generator.\n"
    "ifeq ($(shell $(PKG_CONFIG) --exists cubie-runtime && echo yes)$(if $(ORIGIN_RUNTIME),,yes),)\n"
    "RUNTIME = PKG_CONFIG_PATH=$(call quote,$(ORIGIN_RUNTIME)):\"$$PKG_CONFIG_PATH\" $(PKG_CONFIG)\n"
    "else\n"
    "RUNTIME = $(PKG_CONFIG)\n"
    "endif\n"
    "CUBIE_CFLAGS := $(shell $(RUNTIME) --cflags cubie-runtime)\n"
    "CUBIE_LIBS := $(shell $(RUNTIME) --libs cubie-runtime)\n"
    "ifeq ($(strip $(CUBIE_LIBS)),)\n"
    "$(error pkg-config does not find cubie-runtime: install cubie-gen, or add the folder of "
    "cubie-runtime-uninstalled.pc to PKG_CONFIG_PATH)\n"
    "endif\n"
    "ARCHIVE := $(shell cksum <\"$$($(RUNTIME) --variable=libdir cubie-runtime | tr -d '\\\\')/libcubie-runtime.a\" "
    "2>/dev/null)\n"
    "\n"
    "ifeq ($(TARGET),cuda)\n"
    "COMPILER = $(NVCC)\n"
    "COMPILE = $(NVCC) -std=c++17 -fmad=false -arch=$(ARCH) $(NVCCFLAGS) $(REAL_FLAGS) $(CUBIE_CFLAGS)\n"
    "LINK = $(NVCC) -arch=$(ARCH) $(NVCCFLAGS)\n"
    "PIC = -Xcompiler -fPIC\n"
    "HERE = $(if $(filter native,$(ARCH)),$(GPU))\n"
    "LIBRARY_LIBS = $(CUBIE_LIBS) -L$(dir $(shell command -v $(NVCC)))../lib64 -lcudart -lstdc++ -lm\n"
    "LINK_LIBS = $(subst <blank>,\\$(blank),$(foreach word,$(subst \\$(blank),<blank>,$(CUBIE_LIBS)),$(if "
    "$(filter -l% -L% /%,$(word)),$(word),-Xcompiler$(comma)$(word))))\n"
    "else ifeq ($(TARGET),cpu)\n"
    "COMPILER = $(CXX)\n"
    "COMPILE = $(CXX) -std=c++17 -ffp-contract=off -fno-math-errno -fno-trapping-math -pthread $(CXXFLAGS) $(if "
    "$(LANES),-DCUBIE_LANES=$(LANES)) $(CUBIE_CFLAGS) -x c++\n"
    "LINK = $(CXX) -pthread $(CXXFLAGS)\n"
    "PIC = -fPIC\n"
    "VECTOR_MATH := $(if $(shell echo 'int main(){}' | $(CC) -x c - -lmvec -o /dev/null 2>/dev/null && echo "
    "yes),-lmvec)\n"
    "LIBRARY_LIBS = $(CUBIE_LIBS) $(VECTOR_MATH) -lstdc++ -lm -pthread\n"
    "LINK_LIBS = $(CUBIE_LIBS) $(VECTOR_MATH) -lm\n"
    "else\n"
    "$(error TARGET is '$(TARGET)'; it must be cpu or cuda)\n"
    "endif\n"
    "\n"
    "# Written when they change: by these, and by the headers that the compiler names, is known\n"
    "# what to compile and to link again.\n"
    "VERSION := $(shell $(COMPILER) --version 2>/dev/null | sed -n '1p;$$p')\n"
    "COMPILED := $(strip $(COMPILE) $(VERSION) $(HERE))\n"
    "ifneq ($(COMPILED),$(file <.compiled))\n"
    "$(file >.compiled,$(COMPILED))\n"
    "endif\n"
    "LINKED := $(strip $(LINK) $(LINK_LIBS) $(ARCHIVE))\n"
    "ifneq ($(LINKED),$(file <.linked))\n"
    "$(file >.linked,$(LINKED))\n"
    "endif\n"
    "\n";

static const char rules[] =
    "$(NAME): $(NAME).o .linked\n"
    "\t$(LINK) $(NAME).o -o $@ $(LINK_LIBS)\n"
    "\n"
    "library: lib$(NAME).a\n"
    "lib$(NAME).a: lib$(NAME).o\n"
    "\trm -f $@\n"
    "\t$(AR) rcs $@ lib$(NAME).o\n"
    "\n"
    "shared: lib$(NAME).so\n"
    "lib$(NAME).so: lib$(NAME).o .linked\n"
    "\t$(LINK) -shared -Xlinker -Bsymbolic lib$(NAME).o -o $@ $(LINK_LIBS)\n"
    "\n"
    "lib$(NAME).o: VARIANT = -DCUBIE_LIBRARY $(PIC)\n"
    "$(NAME).o lib$(NAME).o: $(NAME).cu $(NAME).h .compiled\n"
    "\t$(COMPILE) $(VARIANT) -MD -MP -MF .$@.d -MT $@ -c $(NAME).cu -o $@\n"
    "-include .$(NAME).o.d .lib$(NAME).o.d\n"
    ".compiled .linked: ;\n"
    "\n"
    "link-flags:\n"
    "\t@printf '%s\\n' $(call quote,$(subst $(blank),\\$(blank),$(CURDIR))/lib$(NAME).a $(LIBRARY_LIBS))\n"
    "\n"
    "clean:\n"
    "\trm -f $(NAME) $(NAME).o lib$(NAME).a lib$(NAME).so lib$(NAME).o .$(NAME).o.d .lib$(NAME).o.d .compiled .linked\n"
    "\n"
    ".PHONY: library shared link-flags clean\n"
    ".DELETE_ON_ERROR:\n";

const char *plan_makefile(Arena *arena, const Plan *plan, const Origin *origin)
{
    Text text = text_new(arena);
    bool narrow = plan->model->precision == PRECISION_FLOAT32;
    text_printf(&text, "NAME = %s\n", plan->model->system->name);
    if (narrow) text_add(&text, "# float32: division and square root to 2 units in the last place.\n");
    text_printf(&text, "REAL_FLAGS =%s\n\n", narrow ? " -ftz=true -prec-div=false -prec-sqrt=false" : "");
    text_add(&text, head);
    text_add(&text, "# What it was generated from, and the settings of the command line.\n");
    origin_print(&text, origin);
    text_add(&text, "\n");
    text_add(&text, again);
    text_add(&text, commands);
    text_add(&text, rules);
    return text.data;
}
