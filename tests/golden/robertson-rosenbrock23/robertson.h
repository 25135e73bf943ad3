/* robertson: the integrator as a C library. Written by cubie-gen 0.1.0 from robertson.lua.
 *
 * make library    builds librobertson.a
 * make shared     builds librobertson.so
 * make link-flags prints what a C program that uses it is linked with */
#ifndef CUBIE_PROJECT_robertson_H
#define CUBIE_PROJECT_robertson_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef double robertson_real;

/* One value per run, [runs], or NULL: the default for all. */
typedef struct robertson_inputs {
    const double *k1; /* parameter */
    const double *k2; /* parameter */
    const double *k3; /* parameter */
    const double *A; /* initial value */
    const double *B; /* initial value */
    const double *C; /* initial value */
} robertson_inputs;

/* Run-time settings: NAN is the default of the problem. What is not a number
 * (tolerances per state, instants to save) goes into `arguments`, in the notation
 * of the command line: "--save-at=1,2,5", "--rtol=1e-8". */
typedef struct robertson_options {
    double duration; /* length of the integration after settling [time] */
    double t0; /* start time [time] */
    double settle; /* time integrated before the first output [time] */
    double save_every; /* interval between saved instants; 0: the end state only [time] */
    double dt; /* step of fixed-step integration; first step of adaptive (0: automatic) [time] */
    double dt_min; /* a run that needs a smaller step fails; 0: as small as rounding allows [time] */
    double dt_max; /* largest step [time] */
    double max_steps; /* a run that needs more attempts fails [attempts] */
    double step_tolerance; /* a step's error may be this fraction of the tolerances (some methods: another default) */
    double safety; /* factor on the step that the controller asks for (some methods: another default) */
    double min_gain; /* most that a step shrinks at once */
    double max_gain; /* most that a step grows at once */
    double kp; /* proportional gain of the controller; kp = ki = kd = 0: its own */
    double ki; /* integral gain of the controller */
    double seed; /* seed of the random values of sweeps */
    int argument_count;
    const char *const *arguments;
} robertson_options;

/* All defaults. */
robertson_options robertson_defaults(void);

/* Saved values, in this order. */
enum {
    robertson_output_A,
    robertson_output_B,
    robertson_output_C,
    robertson_outputs_count
};

/* Results; memory of the caller. Instants are saved as the options say: the end
 * alone (1), save_at, or duration / save_every + 1. Status bits as in
 * cubie/problem.h, 0: ok. */
typedef struct robertson_outputs {
    uint64_t instants; /* saved ones; read when there is a `value` */
    robertson_real *value; /* [instants][robertson_outputs_count][runs] or NULL */
    uint16_t *status; /* [runs] or NULL */
    uint32_t *steps; /* [runs] or NULL: accepted */
    uint32_t *rejected; /* [runs] or NULL */
    uint32_t *factorisations; /* [runs] or NULL: LU factorisations */
    uint32_t *bad_pivots; /* [runs] or NULL: attempts rejected for a bad pivot */
} robertson_outputs;

/* Integrates `runs` runs. Returns 0, or an exit status of the program (1 wrong
 * input, 2 `arguments` that are no options, 3 the system or the device failed) with
 * messages on standard error. Failed runs are NaN and have a status, and are no
 * error. `inputs` and `options` may be NULL: all defaults. */
int robertson_solve(uint64_t runs, const robertson_inputs *inputs, const robertson_options *options, robertson_outputs *outputs);

/* The whole description, for the functions of cubie/problem.h. */
struct CubieProblem;
const struct CubieProblem *robertson_problem(void);

#ifdef __cplusplus
}
#endif

#endif
