/* lorenz: the integrator as a C library. Written by cubie-gen 0.1.0 from lorenz.lua.
 *
 * make library    builds liblorenz.a
 * make shared     builds liblorenz.so
 * make link-flags prints what a C program that uses it is linked with */
#ifndef CUBIE_PROJECT_lorenz_H
#define CUBIE_PROJECT_lorenz_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef float lorenz_real;

/* One value per run, [runs], or NULL: the default for all. */
typedef struct lorenz_inputs {
    const double *beta; /* parameter */
    const double *rho; /* parameter */
    const double *sigma; /* parameter */
    const double *x; /* initial value */
    const double *y; /* initial value */
    const double *z; /* initial value */
} lorenz_inputs;

/* Run-time settings: NAN is the default of the problem. What is not a number
 * (tolerances per state, instants to save) goes into `arguments`, in the notation
 * of the command line: "--save-at=1,2,5", "--rtol=1e-8". */
typedef struct lorenz_options {
    double duration; /* length of the integration after settling [time] */
    double t0; /* start time [time] */
    double settle; /* time integrated before the first output [time] */
    double save_every; /* interval between saved instants; 0: the end state only [time] */
    double dt; /* step of fixed-step integration; first step of adaptive (0: automatic) [time] */
    double seed; /* seed of the random values of sweeps */
    int argument_count;
    const char *const *arguments;
} lorenz_options;

/* All defaults. */
lorenz_options lorenz_defaults(void);

/* Results; memory of the caller. Every pointer may be NULL: that is not wanted. Arrays
 * have C's order, the runs side by side. Instants are saved as the options say: the
 * end alone (1), save_at, or duration / save_every + 1. Values are in the units of the
 * problem, NaN where a run did not get to. Status bits as in cubie/problem.h, 0: ok. */
typedef struct lorenz_outputs {
    uint64_t instants; /* that the arrays hold; read when one of them is there */
    lorenz_real *radius; /* [instants][runs] */
    uint16_t *status; /* [runs] */
    uint32_t *steps; /* [runs] accepted */
    uint32_t *rejected; /* [runs] */
    char *messages; /* errors and warnings, a line each, as far as there is room; ended by 0 */
    size_t messages_size; /* bytes of it */
} lorenz_outputs;

/* Integrates `runs` runs. Returns 0, or an exit status of the program (1 wrong
 * input, 2 `arguments` that are no options, 3 the system or the device failed) with
 * texts in the messages; nothing is printed. Failed runs are NaN and have a status,
 * and are no error. `inputs` and `options` may be NULL: all defaults; without
 * `outputs` it is wrong input. Several threads may call it at once. */
int lorenz_solve(uint64_t runs, const lorenz_inputs *inputs,
    const lorenz_options *options, lorenz_outputs *outputs);

/* The whole description, for the functions of cubie/problem.h. */
struct CubieProblem;
const struct CubieProblem *lorenz_problem(void);

#ifdef __cplusplus
}
#endif

#endif
