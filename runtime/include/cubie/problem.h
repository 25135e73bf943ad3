/* SPDX-License-Identifier: MIT */
/* The contract between a generated project, the runtime library and a target.
 *
 * A generated source holds one constant CubieProblem and, in C, the typed
 * functions of its header. The runtime library (libcubie-runtime, plain C)
 * owns main(), the command line, sweeps, batching, progress and output. A
 * target (cubie/host/cpu.hpp, cubie/host/cuda.hpp: compiled with the generated source)
 * runs chunks of a batch through the generated kernel.
 *
 * Inputs are numbered as one list: the parameters (by name), then the initial
 * values of the states (in state order): `inputs` = parameters + states.
 * Outputs are one list too, in which every part of the integrator has what it
 * writes: the states and observables that are saved (as far as the setting
 * `outputs` asked for them), what the method counts. Command line, files, memory
 * of callers and description all work from that list and know nothing else.
 *
 * Units: times in the problem's unit of time, everything else in the units of
 * the problem file. All host values are double; a float32 target rounds once. */
#ifndef CUBIE_PROBLEM_H
#define CUBIE_PROBLEM_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define CUBIE_PUBLIC __attribute__((visibility("default")))
#else
#define CUBIE_PUBLIC
#endif

enum { CUBIE_ABI = 4 };

/* Status bits of a run (0: ok). */
enum CubieStatus {
    CUBIE_NEWTON_EXHAUSTED = 2,
    CUBIE_LINEAR_EXHAUSTED = 4,
    CUBIE_STEP_TOO_SMALL = 8,
    CUBIE_MAX_STEPS = 32,
    CUBIE_NEWTON_STAGNATED = 64,
    CUBIE_LINEAR_BREAKDOWN = 128,
    CUBIE_NEWTON_DIVERGED = 256,
    CUBIE_NOT_FINITE = 512
};

typedef struct CubieVariable {
    const char *name;       /* as in the problem file: "rho", "u[3]" */
    const char *code;       /* an identifier, unique: the name in netCDF and CSV files: "u_3" */
    const char *unit;       /* "" when none was given */
    double value;           /* default; for a state its initial value at the default parameters */
    const char *expression; /* of a default that depends on parameters: its text; else NULL */
} CubieVariable;

/* What an output has values of, beside the run. */
typedef enum CubieDimension {
    CUBIE_OF_RUN,    /* one for each run */
    CUBIE_OF_INSTANT /* one for each run and saved instant */
} CubieDimension;

typedef enum CubieType {
    CUBIE_REAL,   /* float or double, as `precision` says */
    CUBIE_UINT32, /* counts */
    CUBIE_UINT16  /* bits */
} CubieType;

/* What is written of every run: one variable of the results. Outputs of the same
 * dimension and type share an array of the kernel's,
 *
 *   [instant, if of instants][place][run]
 *
 * in which this one has the places first, first + step, ..., or those of `place`.
 * So a vector stays one output whatever the order of its equations.
 *
 * A part that writes something new adds records to the list. When those are of a
 * new dimension (windows of a summary, items of a list) it has a name above, an
 * array of the kernel's in host/target.hpp (ResultLayout, place_block) and its
 * size in cubie_saved_rows (runtime/output/saved.h); nothing else asks. Every run
 * has status, steps and rejected besides, which the list does not name. */
typedef struct CubieOutput {
    const char *name;  /* as in the problem file: "radius", "u" */
    const char *code;  /* an identifier, unique among outputs: the name in files */
    const char *title; /* what it is, in words; "": what its name says */
    const char *unit;  /* "" when none was given */
    int dimension;     /* CubieDimension */
    int type;          /* CubieType */
    int elements;      /* of a vector, u[1] to u[elements]; 0: a single value */
    int first, step;   /* places: of the first element, to the next */
    const int *place;  /* [elements] places that no step gives; NULL: there is one */
} CubieOutput;

/* What a traced program (generated with trace=true) records of every attempt. A
 * row holds the numbers of one attempt, field by field, of the target's element
 * type; NaN: not reached. */
enum CubieRecordKind {
    CUBIE_RECORD_NUMBER, /* one */
    CUBIE_RECORD_COUNT,  /* one, whole */
    CUBIE_RECORD_STATES, /* one for each state */
    CUBIE_RECORD_ITEMS   /* of an iteration, `count` at most */
};
typedef struct CubieRecord {
    const char *name;  /* "k3": the variable trace_k3 of result files */
    const char *title; /* "derivative of stage 3" */
    int kind;          /* CubieRecordKind */
    int first, count;  /* numbers of the row */
} CubieRecord;

/* A sweep of the problem file, in the notation of the command line. */
typedef struct CubieSweepDefault {
    const char *name, *values;
} CubieSweepDefault;

/* A run-time setting whose default is another than that of the runtime's table
 * (lua/settings.lua), as text: "1e-8"; per-state lists "x=1e-6,y=1e-8". */
typedef struct CubieSettingDefault {
    const char *name, *value;
} CubieSettingDefault;

typedef struct CubieTarget CubieTarget;

typedef struct CubieProblem {
    int abi;                             /* CUBIE_ABI */
    const char *name;                    /* "lorenz" */
    const char *generator;               /* "cubie-gen 0.1.0" */
    const char *hash;                    /* of the problem, hexadecimal */
    const char *algorithm;               /* "tsit5" */
    const char *controller;              /* "fixed", "i", "pi", "pid", "gustafsson" */
    const char *generation;              /* generation-time settings that are not the defaults, "NAME=VALUE ..." */
    int precision;                       /* bits of a Real: 32 or 64 */
    int order;                           /* of the algorithm */
    int adaptive;                        /* 0: fixed steps of `dt` */
    int parameters, states, observables; /* counts */
    const CubieVariable *input;          /* [parameters + states] */
    int outputs;
    const CubieOutput *output; /* [outputs] */
    int records;               /* 0: no traced program */
    const CubieRecord *record; /* [records] */
    const char *uses;          /* what the method has, of what settings use: "adaptive steps,tolerances,newton" */
    int settings;
    const CubieSettingDefault *setting; /* [settings] */
    int sweeps;
    const CubieSweepDefault *sweep;
    int zip;       /* sweeps of the file go together instead of forming a grid */
    uint64_t runs; /* of the file; 0: from the sweeps */
    const char *time_unit;
    int shared_bytes, persistent_bytes, local_bytes; /* per run, of the layout */
    const CubieTarget *target;                       /* the one this program was compiled for */
} CubieProblem;

/* How one input differs from run to run. For run r (0-based in the batch):
 *   index = (r / stride) % count
 *   LINEAR   value = start + index * step
 *   GEOMETRIC value = start * exp(index * step)   (step: log of the ratio; start may be negative)
 *   TABLE    value = table[index]
 *   UNIFORM  value = start + step * U(seed, key, r)       U in (0, 1)
 *   NORMAL   value = start + step * Z(seed, key, r)       Z standard normal
 * U and Z come from Philox4x32-10 (Salmon et al., SC'11) with counter
 * (r low, r high, 0, 0) and key (seed hashed with the input's name): see
 * cubie/sweep.h, which both host and device include. The last value of LINEAR
 * and GEOMETRIC is `stop` exactly. */
typedef enum CubieSweepKind {
    CUBIE_SWEEP_LINEAR,
    CUBIE_SWEEP_GEOMETRIC,
    CUBIE_SWEEP_TABLE,
    CUBIE_SWEEP_UNIFORM,
    CUBIE_SWEEP_NORMAL
} CubieSweepKind;

typedef struct CubieColumn {
    int kind;  /* CubieSweepKind */
    int input; /* which input varies */
    uint64_t stride, count;
    double start, step, stop;
    const double *table; /* [count], of the host */
    uint64_t key;        /* UNIFORM, NORMAL: mixes seed and name */
} CubieColumn;

/* One chunk: runs first .. first + runs - 1 of the batch. */
typedef struct CubieJob {
    uint64_t first;
    uint32_t runs;
    int columns;
    const CubieColumn *column;
    const double *value;           /* [inputs]: of every input that does not vary */
    const unsigned char *given;    /* [states]: 1 when value or a column replaces the problem's initial expression */
    double t0;                     /* start of the integration */
    double t_end;                  /* t0 + settle + duration */
    uint64_t saves;                /* saved instants; 0: the end state only (one instant) */
    double save_start, save_every; /* instant k = save_start + k * save_every, when save_at is NULL */
    const double *save_at;         /* [saves] ascending, or NULL */
    const double *rtol, *atol;     /* [states]: the error of a step is held against these */
    double dt;                     /* adaptive: first step, 0 = automatic; fixed: the step, which divides t_end - t0 */
    uint64_t fixed_steps;          /* fixed: (t_end - t0) / dt, whole */
    double dt_min, dt_max;         /* adaptive; dt_max may be infinite */
    double safety, min_gain, max_gain;
    double kp, ki, kd;  /* controller gains (exponents of the scaled error), all 0: the controller's own */
    uint32_t max_steps; /* attempts per run */
    double newton_tolerance,
        krylov_tolerance; /* fractions of the tolerances, of methods that iterate; Newton's 0 = automatic */
    uint32_t newton_max_iterations, krylov_max_iterations;
    uint32_t traced;             /* runs whose attempts are recorded; 0 unless the program is a traced one */
    const uint32_t *traced_run;  /* [traced] ascending, counted from `first` */
    uint32_t trace_attempts;     /* most rows of each; later attempts are not recorded */
    const unsigned char *wanted; /* [outputs] 0: nobody reads it, so it need not be copied; NULL: all are wanted */
} CubieJob;

/* Where an output lies in a chunk: its first element (or place 0, when it has a list
 * of places) at the first instant, and how far it is to the next ones, in bytes. The
 * values of all runs lie side by side. */
typedef struct CubieBlock {
    const void *value;
    size_t instant, place;
} CubieBlock;

/* What came out of a chunk, in host memory. Valid until the next start of the same
 * slot. Failed runs hold NaN at every instant they did not reach; outputs that are
 * not wanted hold anything. */
typedef struct CubieChunk {
    uint64_t first;
    uint32_t runs;
    CubieBlock *block;        /* [outputs], room of the caller's; the target fills it */
    const uint32_t *steps;    /* [runs] accepted steps */
    const uint32_t *rejected; /* [runs] */
    const uint16_t *status;   /* [runs] */
    const void *trace;        /* [traced][trace_attempts] rows; a run uses the first steps + rejected */
    double kernel_seconds;    /* device time of the kernel */
    double copy_seconds;      /* device to host */
} CubieChunk;

/* Values of all runs, of the element with this number from 0. */
static inline const void *cubie_block_values(const CubieOutput *output, const CubieBlock *block, uint64_t instant,
                                             int element)
{
    const size_t place = (size_t)(output->place ? output->place[element] : element);
    return (const char *)block->value + (size_t)instant * block->instant + place * block->place;
}

/* Bytes of one value. */
static inline size_t cubie_type_size(int type, int precision)
{
    return type == CUBIE_UINT16                      ? sizeof(uint16_t)
           : type == CUBIE_UINT32 || precision == 32 ? sizeof(uint32_t)
                                                     : sizeof(double);
}

typedef struct CubieDevice CubieDevice; /* defined by the target */

/* A text of the target about what failed; never NULL after a failure. */
typedef struct CubieMessage {
    char text[512];
} CubieMessage;

/* Functions that can fail return 0 for success, else nonzero with a message:
 * 1 for good, 2 when memory ran out and a smaller chunk may work. */
struct CubieTarget {
    const char *name; /* "cpu" or "cuda" */
    /* device: ordinal, -1 for any; threads: 0 for all cores (cpu only). NULL on failure. */
    CubieDevice *(*open)(const CubieProblem *problem, int device, int threads, CubieMessage *message);
    /* One line for the summary: "NVIDIA H200", "16 threads of 8 lanes". Owned by the device. */
    const char *(*describe)(CubieDevice *device);
    /* The most runs of a chunk when two chunks are in flight at once and every
     * run stores `instants` instants; at least 1. */
    uint32_t (*capacity)(CubieDevice *device, uint64_t instants);
    /* Starts a chunk in slot 0 or 1 and returns at once; the job is copied. Returns 2 when
     * memory is short and a smaller chunk may fit. */
    int (*start)(CubieDevice *device, int slot, const CubieJob *job, CubieMessage *message);
    /* Runs taken from the queue so far by the chunk in `slot` (for progress); sets *finished when it is done. */
    uint32_t (*progress)(CubieDevice *device, int slot, int *finished);
    /* Waits for the chunk in `slot` and its copies. `chunk` comes with room for blocks. */
    int (*finish)(CubieDevice *device, int slot, CubieChunk *chunk, CubieMessage *message);
    /* Lets the runs in flight end and starts no more of the chunks in flight, which
     * finish as usual; values of runs never started are not written. Safe from the
     * main thread at any time; later chunks run in full. */
    void (*cancel)(CubieDevice *device);
    void (*close)(CubieDevice *device);
};

/* The whole program: command line, sweep, integration, output. Returns the
 * exit status: 0 done (also with failed runs, unless --strict: 1), 1 wrong
 * input, 2 usage, 3 the system failed (disk, memory, device), 130 interrupted. */
CUBIE_PUBLIC int cubie_main(const CubieProblem *problem, int argc, char **argv);

/* The same run as a library call; NAME_solve of a generated header wraps it. */
typedef struct CubieNumber {
    const char *name; /* of a run-time setting: "save_every" */
    size_t offset;    /* of its double in the options of the header; NaN there: the default */
} CubieNumber;

/* All numbers of the options to NaN. */
CUBIE_PUBLIC void cubie_clear_numbers(void *options, int numbers, const CubieNumber *number);

typedef struct CubieCall {
    uint64_t runs;              /* values of every array below; 0: as the words and the problem's sweep say */
    const double *const *input; /* [inputs], each [runs] or NULL for the default; NULL: none.
                                   With arrays the sweep of the problem file does not count. */
    const void *options;        /* of the header */
    int numbers;
    const CubieNumber *number; /* [numbers]: where they are in the options */
    int words;                 /* of a command line: "rho=0:21:1000", "--rtol=1e-8" */
    const char *const *word;
} CubieCall;

/* Memory of the caller, of which nothing is kept. What is NULL is not wanted. */
typedef struct CubieResult {
    uint64_t capacity;  /* in: runs that the arrays hold */
    uint64_t instants;  /* in: instants that the arrays of instants hold */
    void *const *array; /* [outputs], each [runs] or [elements][runs], and with [instants] in front when it is of
                           instants, of its type; the runs of the batch side by side. NULL: none of them */
    uint16_t *status;   /* [runs] */
    uint32_t *steps, *rejected; /* [runs] */
    char *messages;             /* errors and warnings, a line each, as far as there is room; always ended by 0 */
    size_t messages_size;       /* bytes of it */
    uint64_t runs;              /* out: runs of the batch, also when they are more than `capacity` */
} CubieResult;

/* Returns an exit status as cubie_main does, never ends the process and prints
 * nothing: what is wrong is in the result's messages, and without a result nowhere.
 * Every pointer may be NULL: a call of NULL is all defaults, a problem or a result of
 * NULL is wrong input. Safe from several threads at once, with the same problem too,
 * as long as they have results of their own. */
CUBIE_PUBLIC int cubie_solve(const CubieProblem *problem, const CubieCall *call, CubieResult *result);

#ifdef __cplusplus
}
#endif

#endif
