/* SPDX-License-Identifier: MIT */
/* Sweeps and batches through the library call: grids against nested loops,
 * chunks that change nothing, draws, running out of memory, failing targets.
 * The target is that of fake_problem.c. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "input/sweep.h"
#include "runtime/fake_problem.h"
#include "number.h"
#include "tap.h"

enum { TEST_RUNS = 4096, TEST_INSTANTS = 8, TEST_WORDS = 16 };

typedef struct Solved {
    int code;
    CubieResult result;
    double value[FAKE_OUTPUTS][TEST_INSTANTS * TEST_RUNS]; /* x, y, total: [instants][runs] */
    uint16_t status[TEST_RUNS];
    uint32_t steps[TEST_RUNS], rejected[TEST_RUNS], iterations[TEST_RUNS];
} Solved;

/* Solves with the words of `text`, separated by blanks. */
static void test_solve(Solved *solved, const char *text, uint64_t instants)
{
    char copy[512];
    const char *word[TEST_WORDS];
    int words = 0;
    snprintf(copy, sizeof copy, "%s", text);
    for (char *next = strtok(copy, " "); next; next = strtok(NULL, " ")) word[words++] = next;
    memset(solved, 0xff, sizeof *solved); /* what is not written shows */
    solved->result = (CubieResult){ .capacity = TEST_RUNS,
                                    .instants = instants,
                                    .status = solved->status,
                                    .steps = solved->steps,
                                    .rejected = solved->rejected };
    void *const array[] = { solved->value[0], solved->value[1], solved->value[2], solved->iterations,
                            NULL }; /* one is not wanted */
    solved->result.array = array;
    const CubieCall call = { .words = words, .word = word };
    solved->code = cubie_solve(fake_problem(), &call, &solved->result);
    solved->result.array = NULL;
}

/* Columns of a sweep, resolved from words, without integrating. */
typedef struct Columns {
    Pool pool;
    Report report;
    Batch batch;
} Columns;

static void test_resolve(Columns *columns, int words, const char *const *word)
{
    *columns = (Columns){ .report = { .program = "decay" } };
    columns->batch =
        (Batch){ .problem = fake_problem(), .report = &columns->report, .pool = &columns->pool, .inputs = FAKE_INPUTS };
    cubie_options_read(&columns->batch, words, word);
    cubie_settings_resolve(&columns->batch);
    cubie_sweep_resolve(&columns->batch);
}

static double test_value(const Columns *columns, int column, uint64_t run)
{
    double value;
    cubie_sweep_fill(&value, &columns->batch.column[column], 64, run, 1);
    return value;
}

static void test_product(void)
{
    const char *const words[] = { "c=1,2,5", "k=0:1:4", "x=geom:1:8:4" };
    Columns columns;
    test_resolve(&columns, 3, words);
    const double c[] = { 1, 2, 5 };
    bool good = columns.batch.runs == 48 && columns.batch.columns == 3;
    uint64_t run = 0;
    for (int i = 0; good && i < 3; i++)
        for (int j = 0; j < 4; j++)
            for (int l = 0; l < 4; l++, run++) {
                good &= test_value(&columns, 0, run) == c[i];
                good &= fabs(test_value(&columns, 1, run) - j / 3.0) < 1e-15;
                good &= fabs(test_value(&columns, 2, run) - ldexp(1, l)) < 1e-14;
            }
    tap_ok(good, "a grid is nested loops, the last sweep fastest");
    cubie_pool_free(&columns.pool);
}

static void test_zip(void)
{
    const char *const words[] = { "c=1,2,5,7", "k=0:3:4", "--zip" };
    Columns columns;
    test_resolve(&columns, 3, words);
    const double c[] = { 1, 2, 5, 7 };
    bool good = columns.batch.runs == 4;
    for (uint64_t run = 0; good && run < 4; run++)
        good &= test_value(&columns, 0, run) == c[run] && test_value(&columns, 1, run) == (double)run;
    tap_ok(good, "zipped sweeps go together");
    cubie_pool_free(&columns.pool);
}

static void test_replacement(void)
{
    Columns columns;
    test_resolve(&columns, 0, NULL);
    tap_ok(columns.batch.runs == 5 && columns.batch.columns == 1, "without arguments the problem's sweep");
    cubie_pool_free(&columns.pool);
    const char *const axis[] = { "c=1,2" };
    test_resolve(&columns, 1, axis);
    tap_ok(columns.batch.runs == 10 && columns.batch.column[0].input == 1 && test_value(&columns, 1, 1) == 2,
           "a sweep of another name goes within the problem's");
    cubie_pool_free(&columns.pool);
    const char *const fixed[] = { "k=8/3", "y_1=3" };
    test_resolve(&columns, 2, fixed);
    tap_ok(columns.batch.runs == 1 && columns.batch.columns == 0 && columns.batch.value[1] == 8.0 / 3,
           "one value ends the problem's sweep");
    tap_ok(columns.batch.given[1] == 1 && columns.batch.given[0] == 0 && columns.batch.value[3] == 3,
           "a given initial value replaces the problem's expression");
    cubie_pool_free(&columns.pool);
}

static void test_repeated_grid(void)
{
    const char *const words[] = { "k=0:1:3", "c=normal:0:1", "--runs=12" };
    Columns columns;
    test_resolve(&columns, 3, words);
    bool good = columns.batch.runs == 12;
    for (uint64_t run = 0; good && run < 12; run++) good &= test_value(&columns, 0, run) == (double)(run % 3) / 2;
    tap_ok(good && test_value(&columns, 1, 0) != test_value(&columns, 1, 3), "--runs repeats a grid with new draws");
    cubie_pool_free(&columns.pool);
}

static bool test_table_write(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    return file && fputs(text, file) >= 0 && fclose(file) == 0;
}

static void test_tables(void)
{
    char path[64], words_input[96], words_file[96];
    snprintf(path, sizeof path, "runtime_sweep_%ld.csv", (long)getpid());
    snprintf(words_input, sizeof words_input, "--input=%s", path);
    snprintf(words_file, sizeof words_file, "x=file:%s:c", path);
    tap_ok(test_table_write(path, "# a remark\n\"k\" ; c\n\n0.5;1\n 8/3 ;-2e0\r\n1;3\n"), "a table is written");
    Columns columns;
    const char *const input[] = { words_input, "x=1,2" };
    test_resolve(&columns, 2, input);
    const double k[] = { 0.5, 8.0 / 3, 1 }, c[] = { 1, -2, 3 };
    bool good = columns.batch.runs == 6 && columns.batch.columns == 3;
    for (uint64_t run = 0; good && run < 6; run++)
        good &= test_value(&columns, 0, run) == k[run / 2] && test_value(&columns, 1, run) == c[run / 2] &&
                test_value(&columns, 2, run) == (double)(run % 2 + 1);
    tap_ok(good, "--input sets its columns by row, in a grid with other sweeps");
    cubie_pool_free(&columns.pool);
    const char *const file[] = { words_file, "k=1" };
    test_resolve(&columns, 2, file);
    tap_ok(columns.batch.runs == 3 && test_value(&columns, 0, 1) == -2, "file: takes one column");
    cubie_pool_free(&columns.pool);
    unlink(path);
}

static bool test_same(const Solved *a, const Solved *b, uint64_t instants)
{
    const uint64_t runs = a->result.runs;
    for (int i = 0; i < FAKE_OUTPUTS; i++)
        if (memcmp(a->value[i], b->value[i], instants * runs * sizeof(double)) != 0) return false;
    return a->code == 0 && b->code == 0 && runs == b->result.runs &&
           memcmp(a->status, b->status, runs * sizeof *a->status) == 0 &&
           memcmp(a->steps, b->steps, runs * sizeof *a->steps) == 0 &&
           memcmp(a->rejected, b->rejected, runs * sizeof *a->rejected) == 0 &&
           memcmp(a->iterations, b->iterations, runs * sizeof *a->iterations) == 0;
}

static void test_chunks(Solved *whole, Solved *parts)
{
    const char *const base = "k=-1:3:37 c=uniform:0:1 x=normal:1:0.1 --runs=999 --save-every=0.5";
    static const char *const chunk[] = { "1", "7", "64", "500", "998", "999", "100000" };
    test_solve(whole, base, 5);
    tap_ok(whole->code == 0 && whole->result.runs == 999, "999 runs of 5 instants");
    bool counted = true;
    for (int run = 0; run < 999; run++) counted &= whole->iterations[run] == 3 * whole->steps[run];
    tap_ok(counted, "counters arrive, those that are not wanted are left out");
    for (size_t i = 0; i < sizeof chunk / sizeof *chunk; i++) {
        char words[256];
        snprintf(words, sizeof words, "%s --chunk=%s", base, chunk[i]);
        test_solve(parts, words, 5);
        tap_ok(test_same(whole, parts, 5), "chunks of %s change no byte", chunk[i]);
    }
    setenv("FAKE_CAPACITY", "10", 1);
    test_solve(parts, base, 5);
    tap_ok(test_same(whole, parts, 5), "nor does a small device");
    unsetenv("FAKE_CAPACITY");
    setenv("FAKE_MEMORY", "40", 1);
    test_solve(parts, base, 5);
    tap_ok(test_same(whole, parts, 5), "out of memory: smaller chunks");
    setenv("FAKE_MEMORY", "0", 1);
    test_solve(parts, base, 5);
    tap_ok(parts->code == 3, "no memory at all ends it with status 3");
    unsetenv("FAKE_MEMORY");
}

/* Every value against the formula, from the inputs that the sweep gives. */
static void test_values(Solved *solved)
{
    test_solve(solved, "k=0:2:5 c=1,3 --t0=1 --settle=0.5 --duration=2 --save-at=1.5,2,3.5", 3);
    const double time[] = { 0.5, 1, 2.5 };
    bool good = solved->code == 0 && solved->result.runs == 10;
    for (uint64_t run = 0; good && run < 10; run++)
        for (size_t i = 0; i < 3; i++) {
            const double k = (double)(run / 2) / 2, c = run % 2 ? 3 : 1, x = solved->value[0][i * 10 + run],
                         y = solved->value[1][i * 10 + run];
            good &= fabs(x - exp(-k * time[i])) < 1e-15 && fabs(y - (c + c * exp(-time[i]))) < 1e-14 &&
                    solved->value[2][i * 10 + run] == x + y;
        }
    tap_ok(good, "values, instants and derived initial values arrive");
}

static void test_failures(Solved *solved)
{
    test_solve(solved, "k=-1:1:3 --save-every=1", 3);
    const double *x = solved->value[0];
    tap_ok(solved->code == 0 && solved->status[0] == CUBIE_STEP_TOO_SMALL && solved->status[1] == 0,
           "a run fails alone");
    tap_ok(x[0] == 1 && isnan(x[6]) && x[7] == 1, "what it did not reach is NaN, its neighbour is whole");
    test_solve(solved, "k=-1:1:3 --save-every=1 --strict", 3);
    tap_ok(solved->code == 1, "--strict makes it status 1");
    static const char *const where[] = { "open", "start", "finish" };
    for (size_t i = 0; i < 3; i++) {
        setenv("FAKE_FAIL", where[i], 1);
        test_solve(solved, "k=0:1:100 --chunk=10", 1);
        tap_ok(solved->code == 3, "a target that fails to %s: status 3", where[i]);
    }
    unsetenv("FAKE_FAIL");
    test_solve(solved, "k=0:1:5000", 1);
    tap_ok(solved->code == 1 && solved->result.runs == 5000, "too many runs for the result: status 1, and how many");
    test_solve(solved, "k=0:1:5 --save-every=1", 1);
    tap_ok(solved->code == 1, "another number of instants: status 1");
    CubieProblem other = *fake_problem();
    other.abi = CUBIE_ABI + 1;
    tap_ok(cubie_solve(&other, &(CubieCall){ 0 }, &solved->result) == 3, "a program of another version is refused");
    test_solve(solved, "-o x.nc", 1);
    tap_ok(solved->code == 1, "a library call has no file");
}

static void test_draws(void)
{
    Columns first, second, third;
    const char *const words[] = { "c=uniform:0:1", "k=1", "--runs=100" };
    const char *const more[] = { "x=normal:0:1", "k=2", "c=uniform:0:1", "--runs=200", "--seed=7" };
    const char *const other[] = { "c=uniform:0:1", "k=1", "--runs=100", "--seed=8" };
    bool same = true, fresh = true;
    test_resolve(&first, 3, words);
    test_resolve(&second, 5, more);
    test_resolve(&third, 4, other);
    for (uint64_t run = 0; run < 100; run++) {
        same &= test_value(&first, 0, run) == test_value(&second, 1, run);
        fresh &= test_value(&first, 0, run) != test_value(&third, 0, run);
    }
    tap_ok(same, "a draw depends on seed, name and run alone");
    tap_ok(fresh, "another seed draws anew");
    cubie_pool_free(&first.pool);
    cubie_pool_free(&second.pool);
    cubie_pool_free(&third.pool);
}

static void test_fixed_steps(Solved *solved)
{
    setenv("FAKE_ADAPTIVE", "0", 1);
    test_solve(solved, "--duration=1 --dt=0.1 k=1", 1);
    tap_ok(solved->code == 0 && solved->steps[0] == 10, "0.1 goes into 1 ten times");
    test_solve(solved, "--duration=1 --dt=0.3 k=1", 1);
    tap_ok(solved->code == 0 && solved->steps[0] == 4, "0.3 does not: four steps of 0.25");
    test_solve(solved, "--duration=1 --dt=0 k=1", 1);
    tap_ok(solved->code == 1, "fixed steps need a size");
    unsetenv("FAKE_ADAPTIVE");
}

static void test_instants(Solved *solved)
{
    test_solve(solved, "--duration=0.7 --save-every=0.1 k=1", 8);
    tap_ok(solved->code == 0, "0.1 goes into 0.7 seven times: eight instants");
    test_solve(solved, "--duration=0.75 --save-every=0.1 k=1", 8);
    tap_ok(solved->code == 0 && fabs(solved->value[0][7] - exp(-0.7)) < 1e-15, "and into 0.75");
}

/* What is printed reads back as the same number. */
static void test_numbers(void)
{
    bool good = true, good_f32 = true;
    uint64_t bits = 88172645463325252u;
    for (int i = 0; i < 100000; i++) {
        bits ^= bits << 13, bits ^= bits >> 7, bits ^= bits << 17;
        double value, back;
        float low;
        memcpy(&value, &bits, sizeof value);
        memcpy(&low, &bits, sizeof low);
        char text[CUBIE_NUMBER_SIZE + 1];
        if (i % 3 == 0) value = (double)(bits % 2000000) / 1000 - 1000;
        good &= cubie_number_write(text, value) <= CUBIE_NUMBER_SIZE;
        text[cubie_number_write(text, value)] = '\0';
        back = strtod(text, NULL);
        good &= back == value || (isnan(value) && isnan(back));
        text[cubie_number_write_f32(text, low)] = '\0';
        good_f32 &= strtof(text, NULL) == low || isnan(low);
    }
    tap_ok(good, "float64 numbers read back");
    tap_ok(good_f32, "float32 numbers read back");
    static const struct {
        double value;
        const char *text;
    } known[] = { { 0.1, "0.1" },           { 0.3, "0.3" },
                  { -2.5, "-2.5" },         { 1e-5, "1e-5" },
                  { 1e21, "1e21" },         { 0, "0" },
                  { 123456, "123456" },     { 1.5e300, "1.5e300" },
                  { 0.001234, "0.001234" }, { 8.0 / 3, "2.6666666666666665" },
                  { 99.95, "99.95" },       { 1e6, "1e6" },
                  { NAN, "NaN" },           { -INFINITY, "-Inf" } };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        const NumberText text = cubie_number_text(known[i].value);
        tap_ok(strcmp(text.text, known[i].text) == 0, "%s is written as %s", known[i].text, text.text);
    }
}

int main(void)
{
    if (!freopen("/dev/null", "w", stderr)) /* expected messages; their texts are tested elsewhere */
        return 1;
    Solved *a = malloc(sizeof *a), *b = malloc(sizeof *b);
    setenv("FAKE_COUNTED", "1", 1);
    test_numbers();
    test_product();
    test_zip();
    test_replacement();
    test_repeated_grid();
    test_tables();
    test_values(a);
    test_chunks(a, b);
    test_failures(a);
    test_draws();
    test_fixed_steps(a);
    test_instants(a);
    free(a);
    free(b);
    return tap_done();
}
