// SPDX-License-Identifier: MIT
// What both targets do on the host: from a job to the arguments of a kernel,
// and how inputs and results of a chunk lie in memory.
//
// A target is made from two kernels of a problem, end states only and saving.
// Besides what queue.hpp asks for, a Run has
//
//   static constexpr int shared_elements;    of its shared slab, in Reals
//   static constexpr float kp, ki, kd;       its controller's own exponents of the norm
//
// With CUBIE_POISON results and slabs are filled with 0xff (NaN) before they
// are used, so that tests see what was not written.
//
// Nothing here throws: targets are called from C. Everything is static: the
// sources of two problems, which differ in their types, may meet in one program.
#ifndef CUBIE_TARGET_HPP
#define CUBIE_TARGET_HPP

#include <cassert>
#include <cfloat>
#include <cinttypes>
#include <cstdarg>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <unistd.h>

#ifndef CUBIE_POISON
#define CUBIE_POISON 0
#endif

namespace cubie {

// What a function of a target returns when it could not do its work.
enum Failure {
    failure = 1,
    out_of_memory = 2 // a smaller chunk may work
};

// Writes the message and gives back `kind`, so that a caller can return it.
__attribute__((format(printf, 3, 4))) static int fail(CubieMessage *message, Failure kind, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message->text, sizeof message->text, format, arguments);
    va_end(arguments);
    return kind;
}

// Exponents of the norm that a controller works with when the job names none.
struct Gains {
    float kp, ki, kd;
};
template <class Run> static constexpr Gains gains_of() { return { Run::kp, Run::ki, Run::kd }; }

// Pieces of one allocation start at multiples of this: cache lines, vectors,
// and what cudaMalloc promises.
constexpr size_t piece_alignment = 256;
static constexpr size_t padded(size_t bytes)
{
    return (bytes + piece_alignment - 1) / piece_alignment * piece_alignment;
}

// ---- results ----------------------------------------------------------------

static size_t trace_bytes(const CubieJob &job)
{
    return size_t(job.traced) * job.trace_attempts * CUBIE_TRACE * sizeof(Scalar);
}

// One block of memory holds all results of a chunk: values, traces, then the counters.
// The widest come first, so that there are no gaps, which would be copied unset.
struct ResultLayout {
    size_t trace, counter, steps, rejected, status, bytes; // offsets; `bytes`: of the whole
};

static ResultLayout result_layout(const CubieJob &job)
{
    const size_t instants = size_t(job.saves ? job.saves : 1), runs = job.runs;
    ResultLayout layout;
    layout.trace = instants * outputs * runs * sizeof(Scalar);
    layout.counter = layout.trace + trace_bytes(job);
    layout.steps = layout.counter + size_t(counters) * runs * sizeof(uint32_t);
    layout.rejected = layout.steps + runs * sizeof(uint32_t);
    layout.status = layout.rejected + runs * sizeof(uint32_t);
    layout.bytes = layout.status + runs * sizeof(uint16_t);
    return layout;
}

// Points the arguments to the results at `base`, on the side where the kernel runs.
static void place_results(Arguments &arguments, unsigned char *base, const ResultLayout &layout)
{
    arguments.out = reinterpret_cast<Scalar *>(base);
#if CUBIE_TRACE > 0
    arguments.trace = reinterpret_cast<Scalar *>(base + layout.trace);
#endif
    arguments.counter = reinterpret_cast<uint32_t *>(base + layout.counter);
    arguments.steps = reinterpret_cast<uint32_t *>(base + layout.steps);
    arguments.rejected = reinterpret_cast<uint32_t *>(base + layout.rejected);
    arguments.status = reinterpret_cast<uint16_t *>(base + layout.status);
}

// Where an output lies in results at `base`: one array for values at instants, one for counts.
static CubieBlock place_block(const CubieOutput &output, const unsigned char *base, const ResultLayout &layout,
                              uint32_t runs)
{
    const bool saved = output.dimension == CUBIE_OF_INSTANT;
    const size_t row = size_t(runs) * (saved ? sizeof(Scalar) : sizeof(uint32_t));
    const unsigned char *const array = saved ? base : base + layout.counter;
    return { array + size_t(output.first) * row, saved ? outputs * row : 0, size_t(output.step) * row };
}

// The same for the caller, on the host. The chunk has its runs.
static void place_results(CubieChunk &chunk, const CubieProblem &problem, const unsigned char *base,
                          const ResultLayout &layout)
{
    for (int i = 0; i < problem.outputs; i++) chunk.block[i] = place_block(problem.output[i], base, layout, chunk.runs);
    chunk.trace = base + layout.trace;
    chunk.steps = reinterpret_cast<const uint32_t *>(base + layout.steps);
    chunk.rejected = reinterpret_cast<const uint32_t *>(base + layout.rejected);
    chunk.status = reinterpret_cast<const uint16_t *>(base + layout.status);
}

// Whether the description is that of the kernel: its places are those that it writes.
static bool is_described_by(const CubieProblem &problem)
{
    int values = 0, counts = 0;
    for (int i = 0; i < problem.outputs; i++) {
        const CubieOutput &output = problem.output[i];
        (output.dimension == CUBIE_OF_INSTANT ? values : counts) += output.elements ? output.elements : 1;
    }
    return problem.states == CUBIE_STATES && problem.parameters == CUBIE_PARAMETERS && values == CUBIE_OUTPUTS &&
           counts == CUBIE_COUNTERS && problem.precision == CUBIE_PRECISION;
}

// How many runs fit into `bytes` per slot, with a table for every input at worst,
// and what begins them.
static uint32_t runs_that_fit(uint64_t bytes, uint64_t instants, uint32_t most)
{
    const uint64_t per_instant = outputs * sizeof(Scalar);
    const uint64_t fixed = (2 + counters) * sizeof(uint32_t) + sizeof(uint16_t) + (2 * inputs + 1) * sizeof(Scalar);
    if (instants > bytes / per_instant) return 1;
    const uint64_t runs = bytes / (instants * per_instant + fixed);
    return runs < 1 ? 1 : runs > most ? most : uint32_t(runs);
}

// Memory that can be had without pushing other programs out.
static uint64_t available_bytes()
{
    char line[128];
    unsigned long long kibibytes = 0;
    if (FILE *const file = fopen("/proc/meminfo", "re")) {
        while (fgets(line, sizeof line, file) && sscanf(line, "MemAvailable: %llu kB", &kibibytes) != 1) {
        }
        fclose(file);
    }
    if (kibibytes) return uint64_t(kibibytes) * 1024;
    const long pages = sysconf(_SC_PHYS_PAGES), page = sysconf(_SC_PAGESIZE);
    return pages > 0 && page > 0 ? uint64_t(pages) * uint64_t(page) / 2 : uint64_t(1) << 30;
}

// ---- inputs -----------------------------------------------------------------

static void prepare_column(Column &out, const CubieColumn &column, uint64_t first, uint32_t runs)
{
#if CUBIE_PRECISION == 64
    cubie_column_prepare64(&out, &column, first, runs);
#else
    cubie_column_prepare32(&out, &column, first, runs);
#endif
}

// How many entries of a column's table a chunk can reach: never more than its runs.
static size_t table_span(const CubieColumn &column, uint64_t first, uint32_t runs)
{
    if (column.kind != CUBIE_SWEEP_TABLE || runs == 0) return 0;
    const uint64_t span = (first % column.stride + runs - 1) / column.stride + 1;
    return size_t(span < column.count ? span : column.count);
}

// Bytes of what the arguments of a job point to: limits, columns, save times, tables.
static size_t input_bytes(const CubieJob &job)
{
    size_t bytes = padded(sizeof(Limits)) + padded(size_t(job.columns) * sizeof(Column));
    if (job.save_at) bytes += padded(size_t(job.saves) * sizeof(Scalar));
    if (CUBIE_TRACE > 0) bytes += padded(size_t(job.traced) * sizeof(uint32_t));
    for (int c = 0; c < job.columns; c++)
        bytes += padded(table_span(job.column[c], job.first, job.runs) * sizeof(Scalar));
    return bytes;
}

// The entries that a chunk reaches, first one first, and the column that reads them.
static void fill_table(Scalar *table, Column &out, const CubieColumn &column, const CubieJob &job)
{
    const size_t span = table_span(column, job.first, job.runs);
    const uint64_t origin = job.first / column.stride % column.count;
    const uint64_t before_end = column.count - origin;
    for (size_t i = 0; i < span; i++) table[i] = Scalar(column.table[i < before_end ? origin + i : i - before_end]);
    if (span) out.index = cubie_column_index_prepare(column.stride, span, job.first % column.stride, job.runs);
}

// Writes columns, save times and tables to `host`, with pointers as they hold
// once the block lies at `device` (which is `host` itself on the CPU).
static void fill_inputs(Arguments &arguments, unsigned char *host, const unsigned char *device, const CubieJob &job)
{
    memcpy(host, &arguments.limits, sizeof(Limits));
    arguments.limits_in_memory = reinterpret_cast<const Limits *>(device);
    size_t offset = padded(sizeof(Limits));
    Column *const columns = reinterpret_cast<Column *>(host + offset);
    arguments.columns = job.columns;
    arguments.column = reinterpret_cast<const Column *>(device + offset);
    offset += padded(size_t(job.columns) * sizeof(Column));
    arguments.save_at = nullptr;
    if (job.save_at) {
        Scalar *const instants = reinterpret_cast<Scalar *>(host + offset);
        for (uint64_t k = 0; k < job.saves; k++) instants[k] = Scalar(job.save_at[k]);
        arguments.save_at = reinterpret_cast<const Scalar *>(device + offset);
        offset += padded(size_t(job.saves) * sizeof(Scalar));
    }
    for (int c = 0; c < job.columns; c++) {
        prepare_column(columns[c], job.column[c], job.first, job.runs);
        arguments.varying[c] = uint16_t(job.column[c].input);
        if (job.column[c].kind != CUBIE_SWEEP_TABLE) continue;
        fill_table(reinterpret_cast<Scalar *>(host + offset), columns[c], job.column[c], job);
        columns[c].table = reinterpret_cast<const Scalar *>(device + offset);
        offset += padded(table_span(job.column[c], job.first, job.runs) * sizeof(Scalar));
    }
#if CUBIE_TRACE > 0
    if (job.traced) memcpy(host + offset, job.traced_run, job.traced * sizeof(uint32_t));
    arguments.traced_run = reinterpret_cast<const uint32_t *>(device + offset);
    arguments.traced = job.traced;
    arguments.trace_attempts = job.trace_attempts;
#endif
}

// ---- arguments --------------------------------------------------------------

// What a kernel counts in 32 bits has to fit, and results have to be addressable.
static int check_job(const CubieJob &job, CubieMessage *message)
{
    if (job.runs > UINT32_MAX / 2)
        return fail(message, failure, "a chunk of %" PRIu32 " runs is too large: at most %" PRIu32 " can be counted",
                    job.runs, UINT32_MAX / 2);
    if (job.saves > UINT32_MAX)
        return fail(message, failure, "%" PRIu64 " saved instants are too many: at most %" PRIu32 " can be counted",
                    job.saves, UINT32_MAX);
    if (job.fixed_steps > UINT32_MAX)
        return fail(message, failure,
                    "%" PRIu64 " steps are too many: at most %" PRIu32 " can be counted, so dt must be longer",
                    job.fixed_steps, UINT32_MAX);
    const double bytes = double(job.saves ? job.saves : 1) * outputs * sizeof(Scalar) * job.runs;
    if (bytes > 1e18)
        return fail(message, out_of_memory, "the results of a chunk (%.3g bytes) are larger than any memory", bytes);
    assert(job.traced == 0 || CUBIE_TRACE > 0);
    return 0;
}

// A tolerance in float32: one that is not zero stays so, and its reciprocal finite.
static float tolerance(double value) { return value > 0 && value < double(FLT_MIN) ? FLT_MIN : float(value); }

static void set_times(Arguments &arguments, const CubieJob &job)
{
    const Scalar t0 = Scalar(job.t0), t_end = Scalar(job.t_end);
    const Scalar scale = std::fmax(std::fabs(t0), std::fabs(t_end));
    const Scalar ulp = std::nextafter(scale, std::numeric_limits<Scalar>::infinity()) - scale;
    arguments.t0 = t0;
    arguments.limits.t_end = t_end;
    arguments.limits.t_stop = t_end - 4 * ulp;
    arguments.limits.t_late = t_end - (t_end - t0) / 5;
    arguments.slack = 8 * ulp;
    arguments.saves = uint32_t(job.saves);
    arguments.save_start = Scalar(job.save_start);
    arguments.save_every = Scalar(job.save_every);
}

// Iterations cannot get below the rounding of the states: ten units of it, as a
// norm weighted by the tolerances (Hairer and Wanner's code RADAU5: 10 UROUND / TOLST).
static double rounding_norm(double rtol) { return 5 * double(std::numeric_limits<Scalar>::epsilon()) / rtol; }

// What iterations leave adds up over the steps, of which there are the more the smaller the
// tolerances are: with the same fraction of these always, it would be the larger part of the
// error. RADAU5 ends at the square root of the tolerance it works with, rtol^(2/3) / 10.
static double newton_tolerance(double given, double rtol)
{
    return given > 0 ? given : std::fmin(0.03, std::sqrt(0.1) * std::cbrt(rtol));
}

static void set_iterations(Limits &limits, const CubieJob &job)
{
    double rtol = HUGE_VAL;
    for (int i = 0; i < CUBIE_STATES; i++) rtol = std::fmin(rtol, job.rtol[i]);
    const double least = rounding_norm(rtol);
    limits.log2_newton_tolerance = float(std::log2(std::fmax(newton_tolerance(job.newton_tolerance, rtol), least)));
    limits.log2_newton_floor = float(std::log2(least));
    limits.krylov_tolerance = float(std::fmax(job.krylov_tolerance, least));
    limits.newton_max_iterations = job.newton_max_iterations;
    limits.krylov_max_iterations = job.krylov_max_iterations;
}

static void set_control(Arguments &arguments, const CubieJob &job, Gains own)
{
    const double root = std::sqrt(double(CUBIE_STATES));
    for (int i = 0; i < CUBIE_STATES; i++) {
        arguments.limits.atol[i] = tolerance(job.atol[i] * root);
        arguments.limits.rtol[i] = tolerance(job.rtol[i] * root);
    }
    arguments.dt = Scalar(job.dt);
    arguments.limits.dt_min = Scalar(job.dt_min);
    arguments.limits.dt_max = Scalar(job.dt_max);
    arguments.fixed_steps = uint32_t(job.fixed_steps);
    arguments.limits.max_steps = job.max_steps;
    set_iterations(arguments.limits, job);
    arguments.limits.log2_safety = float(std::log2(job.safety));
    arguments.limits.log2_min_gain = float(std::log2(job.min_gain));
    arguments.limits.log2_max_gain = float(std::log2(job.max_gain));
    const bool named = job.kp != 0 || job.ki != 0 || job.kd != 0;
    // halved: kernels work with the squared norm
    arguments.limits.kp = 0.5f * (named ? float(job.kp) : own.kp);
    arguments.limits.ki = 0.5f * (named ? float(job.ki) : own.ki);
    arguments.limits.kd = 0.5f * (named ? float(job.kd) : own.kd);
}

// All arguments that are no addresses. `own`: the gains of the generated controller.
static Arguments make_arguments(const CubieJob &job, Gains own)
{
    Arguments arguments = {};
    arguments.runs = job.runs;
    for (int i = 0; i < inputs; i++) arguments.value[i] = Scalar(job.value[i]);
    for (int i = 0; i < CUBIE_STATES; i++) arguments.given[i] = job.given[i];
    set_times(arguments, job);
    set_control(arguments, job, own);
    return arguments;
}

} // namespace cubie

#endif
