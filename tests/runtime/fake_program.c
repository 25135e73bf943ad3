/* SPDX-License-Identifier: MIT */
/* The program of the fake problem, for tests/runtime/runtime_program.sh. */
#include "runtime/fake_problem.h"

int main(int argc, char **argv)
{
    return cubie_main(fake_problem(), argc, argv);
}
