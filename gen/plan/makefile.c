/* SPDX-License-Identifier: MIT */
/* The project's Makefile: nvcc where there is one and a card to run on, else the CPU. */
#include "plan/plan.h"

static const char rules[] =
    "# make              builds ./$(NAME): with nvcc where there is one and a GPU, else for the CPU\n"
    "# make TARGET=cpu   for the CPU; LANES=1 with one run per vector, for debugging\n"
    "# make TARGET=cuda  for a CUDA device; ARCH=sm_90 for a card that is not at hand\n"
    "# make library      lib$(NAME).a with $(NAME)_solve of $(NAME).h, without main\n"
    "# make shared       lib$(NAME).so, the same as a shared library, with all it needs\n"
    "# make link-flags   prints what a C program that uses the library is linked with\n"
    "NVCC ?= nvcc\n"
    "PKG_CONFIG ?= pkg-config\n"
    "GPU := $(shell nvidia-smi -L 2>/dev/null)\n"
    "ifeq ($(origin TARGET),undefined)\n"
    "TARGET := $(if $(GPU),$(if $(shell command -v $(NVCC) 2>/dev/null),cuda,cpu),cpu)\n"
    "endif\n"
    "ARCH ?= $(if $(GPU),native,sm_80)\n"
    "CXXFLAGS ?= -O3 -march=native\n"
    "NVCCFLAGS ?= -O3\n"
    "LANES ?=\n"
    "\n"
    "CUBIE_CFLAGS := $(shell $(PKG_CONFIG) --cflags cubie-runtime)\n"
    "CUBIE_LIBS := $(shell $(PKG_CONFIG) --libs cubie-runtime)\n"
    "ifeq ($(strip $(CUBIE_LIBS)),)\n"
    "$(error pkg-config does not find cubie-runtime: install cubie-gen, or add the folder of "
    "cubie-runtime-uninstalled.pc to PKG_CONFIG_PATH)\n"
    "endif\n"
    "\n"
    "ifeq ($(TARGET),cuda)\n"
    "COMPILE = $(NVCC) -std=c++17 -fmad=false -arch=$(ARCH) $(NVCCFLAGS) $(REAL_FLAGS) $(CUBIE_CFLAGS)\n"
    "comma := ,\n"
    "LIBRARY_LIBS = $(CUBIE_LIBS) -L$(dir $(shell command -v $(NVCC)))../lib64 -lcudart -lstdc++ -lm\n"
    "SHARED_FLAGS = -shared -Xcompiler -fPIC -Xlinker -Bsymbolic\n"
    "LINK_LIBS = $(foreach word,$(CUBIE_LIBS),$(if $(filter -l% -L% /%,$(word)),$(word),-Xcompiler$(comma)$(word)))\n"
    "else ifeq ($(TARGET),cpu)\n"
    "COMPILE = $(CXX) -std=c++17 -ffp-contract=off -fno-math-errno -fno-trapping-math -pthread $(CXXFLAGS) $(if "
    "$(LANES),-DCUBIE_LANES=$(LANES)) $(CUBIE_CFLAGS) -x c++\n"
    "VECTOR_MATH := $(if $(shell echo 'int main(){}' | $(CC) -x c - -lmvec -o /dev/null 2>/dev/null && echo "
    "yes),-lmvec)\n"
    "LIBRARY_LIBS = $(CUBIE_LIBS) $(VECTOR_MATH) -lstdc++ -lm -pthread\n"
    "SHARED_FLAGS = -shared -fPIC -Xlinker -Bsymbolic\n"
    "LINK_LIBS = -x none $(CUBIE_LIBS) $(VECTOR_MATH) -lm\n"
    "else\n"
    "$(error TARGET is '$(TARGET)'; it must be cpu or cuda)\n"
    "endif\n"
    "\n"
    "# Rebuilt when the target or its options change.\n"
    "CHOICE := $(TARGET) $(if $(filter cuda,$(TARGET)),$(ARCH) $(NVCCFLAGS),$(CXXFLAGS) $(LANES))\n"
    "ifneq ($(CHOICE),$(shell cat .target 2>/dev/null))\n"
    "$(shell echo '$(CHOICE)' >.target)\n"
    "endif\n"
    "\n"
    "$(NAME): $(NAME).cu $(NAME).h .target\n"
    "\t$(COMPILE) $(NAME).cu -o $@ $(LINK_LIBS)\n"
    "\n"
    "library: lib$(NAME).a\n"
    "lib$(NAME).a: $(NAME).cu $(NAME).h .target\n"
    "\t$(COMPILE) -DCUBIE_LIBRARY -c $(NAME).cu -o $(NAME).o\n"
    "\t$(AR) rcs $@ $(NAME).o\n"
    "\n"
    "shared: lib$(NAME).so\n"
    "lib$(NAME).so: $(NAME).cu $(NAME).h .target\n"
    "\t$(COMPILE) $(SHARED_FLAGS) -DCUBIE_LIBRARY $(NAME).cu -o $@ $(LINK_LIBS)\n"
    "\n"
    "link-flags:\n"
    "\t@echo $(CURDIR)/lib$(NAME).a $(LIBRARY_LIBS)\n"
    "\n"
    "clean:\n"
    "\trm -f $(NAME) $(NAME).o lib$(NAME).a lib$(NAME).so .target\n"
    "\n"
    ".PHONY: library shared link-flags clean\n";

const char *plan_makefile(Arena *arena, const Plan *plan)
{
    Text text = text_new(arena);
    bool narrow = plan->model->precision == PRECISION_FLOAT32;
    text_printf(&text, "NAME = %s\n", plan->model->system->name);
    if (narrow) text_add(&text, "# float32: division and square root to 2 units in the last place.\n");
    text_printf(&text, "REAL_FLAGS =%s\n\n", narrow ? " -ftz=true -prec-div=false -prec-sqrt=false" : "");
    text_add(&text, rules);
    return text.data;
}
