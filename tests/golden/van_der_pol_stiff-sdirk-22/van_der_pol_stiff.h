/* van_der_pol_stiff: the integrator as a C library. Written by cubie-gen 0.1.0 from van_der_pol_stiff.lua.
 *
 * make library    builds libvan_der_pol_stiff.a
 * make shared     builds libvan_der_pol_stiff.so
 * make link-flags prints what a C program that uses it is linked with */
#ifndef CUBIE_PROJECT_van_der_pol_stiff_H
#define CUBIE_PROJECT_van_der_pol_stiff_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef double van_der_pol_stiff_real;

/* One value per run, [runs], or NULL: the default for all. */
typedef struct van_der_pol_stiff_inputs {
    const double *eps; /* parameter */
    const double *x; /* initial value */
    const double *y; /* initial value */
} van_der_pol_stiff_inputs;

/* Run-time settings: NAN is the default of the problem. What is not a number
 * (tolerances per state, instants to save) goes into `arguments`, in the notation
 * of the command line: "--save-at=1,2,5", "--rtol=1e-8". */
typedef struct van_der_pol_stiff_options {
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
    double newton_tolerance; /* Newton iterations end at this fraction of tolerances; 0: cbrt(rtol), at most 0.03 */
    double newton_max_iterations; /* a step whose Newton iterations need more is tried again with half the size */
    double krylov_tolerance; /* linear iterations end at this fraction of the tolerances */
    double krylov_max_iterations; /* a step whose linear iterations need more is tried again with half the size */
    int argument_count;
    const char *const *arguments;
} van_der_pol_stiff_options;

/* All defaults. */
van_der_pol_stiff_options van_der_pol_stiff_defaults(void);

/* Results; memory of the caller. Every pointer may be NULL: that is not wanted. Arrays
 * have C's order, the runs side by side. Instants are saved as the options say: the
 * end alone (1), save_at, or duration / save_every + 1. Values are in the units of the
 * problem, NaN where a run did not get to. Status bits as in cubie/problem.h, 0: ok. */
typedef struct van_der_pol_stiff_outputs {
    uint64_t instants; /* that the arrays hold; read when one of them is there */
    van_der_pol_stiff_real *x; /* [instants][runs] */
    van_der_pol_stiff_real *y; /* [instants][runs] */
    uint32_t *newton_iterations; /* [runs] Newton iterations */
    uint32_t *linear_iterations; /* [runs] iterations of the linear solver */
    uint16_t *status; /* [runs] */
    uint32_t *steps; /* [runs] accepted */
    uint32_t *rejected; /* [runs] */
    char *messages; /* errors and warnings, a line each, as far as there is room; ended by 0 */
    size_t messages_size; /* bytes of it */
} van_der_pol_stiff_outputs;

/* Integrates `runs` runs. Returns 0, or an exit status of the program (1 wrong
 * input, 2 `arguments` that are no options, 3 the system or the device failed) with
 * texts in the messages; nothing is printed. Failed runs are NaN and have a status,
 * and are no error. `inputs` and `options` may be NULL: all defaults; without
 * `outputs` it is wrong input. Several threads may call it at once. */
int van_der_pol_stiff_solve(uint64_t runs, const van_der_pol_stiff_inputs *inputs,
    const van_der_pol_stiff_options *options, van_der_pol_stiff_outputs *outputs);

/* The whole description, for the functions of cubie/problem.h. */
struct CubieProblem;
const struct CubieProblem *van_der_pol_stiff_problem(void);

#ifdef __cplusplus
}
#endif

#endif
