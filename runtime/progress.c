/* SPDX-License-Identifier: MIT */
#include "progress.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "number.h"
#include "status.h"

enum { PROGRESS_BAR = 30, PROGRESS_LEAST_BAR = 5 };

void cubie_progress_begin(Progress *progress, const Batch *batch)
{
    const Options *options = &batch->options;
    const double now = cubie_seconds();
    const bool wanted = !options->quiet && !options->no_progress && isatty(STDERR_FILENO);
    const bool between = options->output && strcmp(options->output, "-") == 0 && isatty(STDOUT_FILENO); /* rows */
    *progress = (Progress){ batch, wanted && !between, now, now, 0 };
}

static void progress_time(char *text, size_t size, double seconds)
{
    if (seconds < 90)
        snprintf(text, size, "%.0f s", seconds);
    else if (seconds < 5400)
        snprintf(text, size, "%.0f min", seconds / 60);
    else
        snprintf(text, size, "%.1f h", seconds / 3600);
}

/* "1.25M": runs and rates. */
static NumberText progress_count(double count)
{
    static const char unit[] = " kMGT";
    NumberText number;
    size_t power = 0;
    for (; count >= 999.5 && power < 4; power++) count /= 1000;
    if (power == 0)
        snprintf(number.text, sizeof number.text, "%.0f", count);
    else
        snprintf(number.text, sizeof number.text, "%.3g%c", count, unit[power]);
    return number;
}

/* Columns of the terminal, 80 where it does not say. */
static int progress_columns(void)
{
    struct winsize size;
    return ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col ? size.ws_col : 80;
}

/* "[####....]  37 %  1.2M of 3.3M runs  4.1M/s  2 s left" in less than `columns`: what
 * does not fit is left out from the end, and the bar takes what is left of the line. */
static int progress_line(char *line, size_t size, const Progress *progress, uint64_t runs, int columns)
{
    const double spent = cubie_seconds() - progress->begin;
    const double part = (double)runs / (double)progress->batch->runs;
    char words[4][96], left[32] = "?", bar[PROGRESS_BAR + 1];
    if (runs) progress_time(left, sizeof left, spent / part * (1 - part));
    snprintf(words[0], sizeof *words, "%3.0f %%", 100 * part);
    snprintf(words[1], sizeof *words, "  %s of %s runs", progress_count((double)runs).text,
             progress_count((double)progress->batch->runs).text);
    snprintf(words[2], sizeof *words, "  %s/s", progress_count((double)runs / spent).text);
    snprintf(words[3], sizeof *words, "  %s left", left);
    const int order[] = { 0, 3, 1, 2 }; /* the time left is what most want to know */
    bool shown[4] = { false };
    int room = columns - 1;
    for (int i = 0; i < 4; i++) {
        shown[order[i]] = (int)strlen(words[order[i]]) <= room;
        if (shown[order[i]]) room -= (int)strlen(words[order[i]]);
    }
    int width = room - 3 < PROGRESS_BAR ? room - 3 : PROGRESS_BAR; /* "[] " */
    if (width < PROGRESS_LEAST_BAR) width = 0;
    memset(bar, '.', (size_t)width);
    memset(bar, '#', (size_t)(part * width));
    bar[width] = '\0';
    return snprintf(line, size, "%s%s%s%s%s%s%s", width ? "[" : "", bar, width ? "] " : "", shown[0] ? words[0] : "",
                    shown[1] ? words[1] : "", shown[2] ? words[2] : "", shown[3] ? words[3] : "");
}

void cubie_progress_show(Progress *progress, uint64_t runs)
{
    const double now = cubie_seconds();
    char line[256];
    if (!progress->on || now - progress->shown < 0.1) return;
    progress->shown = now;
    const int columns = progress_columns();
    const int width = progress_line(line, sizeof line, progress, runs, columns);
    /* blanks over what stood there, but not beyond the edge of a terminal that is narrower by now */
    int over = progress->width < columns ? progress->width : columns - 1;
    if (over < width) over = width;
    fprintf(stderr, "\r%-*s", over, line);
    fflush(stderr);
    progress->width = over;
}

void cubie_progress_end(Progress *progress)
{
    if (progress->width) fprintf(stderr, "\r%*s\r", progress->width, "");
    progress->width = 0;
}

/* Time has run out of digits: what float64 or another t0 mends is neither singularity nor jump. */
static void progress_print_coarse(const Batch *batch, double shortest)
{
    const Settings *settings = &batch->settings;
    const double end = settings->t0 + settings->settle + settings->duration;
    const double late = fabs(settings->t0) > fabs(end) ? settings->t0 : end;
    fprintf(stderr, "float%d resolves no step shorter than %.2g at t=%s, and shorter ones were needed; ",
            batch->problem->precision, shortest, cubie_number_text(late).text);
    if (batch->problem->precision == 32) fprintf(stderr, "generate with precision=float64, or ");
    fprintf(stderr, "count the time from t0=0 (and add %s where the equations use t)\n",
            cubie_number_text(settings->t0).text);
}

static void progress_print_reason(const Batch *batch, int bit)
{
    const StatusText *text = cubie_status_text(bit);
    const double coarse = text->mask == CUBIE_STEP_TOO_SMALL ? cubie_settings_coarse_step(batch) : 0;
    char words[CUBIE_STATUS_WORDS];
    cubie_status_words(words, bit);
    fprintf(stderr, "          %s: ", words);
    if (coarse > 0)
        progress_print_coarse(batch, coarse);
    else
        fprintf(stderr, "%s; %s\n", text->meaning, text->remedy);
}

static void progress_print_failures(const Batch *batch, const Tally *tally)
{
    fprintf(stderr, "  failed  %llu of %llu runs", (unsigned long long)tally->failed, (unsigned long long)tally->runs);
    const char *before = ": ";
    char words[CUBIE_STATUS_WORDS];
    for (int bit = 0; bit < CUBIE_STATUS_BITS; bit++)
        if (tally->failed_by[bit]) {
            cubie_status_words(words, bit);
            fprintf(stderr, "%s%llu %s", before, (unsigned long long)tally->failed_by[bit], words);
            before = ", ";
        }
    fprintf(stderr, "\n");
    for (int bit = 0; bit < CUBIE_STATUS_BITS; bit++)
        if (tally->failed_by[bit] && cubie_status_text(bit)) progress_print_reason(batch, bit);
}

/* What the method counted, by the name of its variable. */
static void progress_print_counts(const Batch *batch, const Tally *tally)
{
    const char *before = "  counts  ";
    for (int i = 0; i < batch->problem->outputs; i++) {
        const CubieOutput *output = &batch->problem->output[i];
        if (!cubie_is_count(output)) continue;
        fprintf(stderr, "%s%llu ", before, (unsigned long long)tally->counted[i]);
        for (const char *c = output->name; *c; c++) fputc(*c == '_' ? ' ' : *c, stderr);
        if (tally->steps) fprintf(stderr, " (%.3g a step)", (double)tally->counted[i] / (double)tally->steps);
        before = ", ";
    }
    if (*before == ',') fprintf(stderr, "\n");
}

static void progress_print_steps(const Batch *batch, const Tally *tally)
{
    const Settings *settings = &batch->settings;
    const double runs = (double)tally->runs;
    if (batch->problem->adaptive) {
        fprintf(stderr, "  steps   %.1f a run (at most %u), %.1f rejected\n", (double)tally->steps / runs,
                tally->most_steps, (double)tally->rejected / runs);
        return;
    }
    fprintf(stderr, "  steps   %llu of %s", (unsigned long long)settings->fixed_steps,
            cubie_number_text(settings->dt).text);
    if (fabs(settings->dt - settings->dt_asked) > 1e-9 * settings->dt_asked)
        fprintf(stderr, " (dt=%s does not divide the time)", cubie_number_text(settings->dt_asked).text);
    fprintf(stderr, "\n");
}

/* The end state is what most want; instants need not reach it. */
static void progress_print_missing_end(const Batch *batch)
{
    const Settings *settings = &batch->settings;
    if (!settings->saves) return;
    const double end = settings->t0 + settings->settle + settings->duration;
    const double last = cubie_settings_instant(settings, settings->saves - 1);
    if (end - last > 1e-9 * settings->duration)
        fprintf(stderr, "  saved   the last of %llu instants is %s; the end, %s, is not among them\n",
                (unsigned long long)settings->saves, cubie_number_text(last).text, cubie_number_text(end).text);
}

static void progress_print_file(const char *path)
{
    struct stat file;
    if (!path) return;
    fprintf(stderr, "  output  %s", strcmp(path, "-") == 0 ? "standard output" : path);
    if (stat(path, &file) == 0 && S_ISREG(file.st_mode))
        fprintf(stderr, " (%s)", cubie_number_bytes((double)file.st_size).text);
    fprintf(stderr, "\n");
}

void cubie_print_summary(const Batch *batch, const Tally *tally, const char *path)
{
    const CubieProblem *problem = batch->problem;
    fprintf(stderr, "%s: %llu run%s, %s, float%d, on %s\n", problem->name, (unsigned long long)tally->runs,
            tally->runs == 1 ? "" : "s", problem->algorithm, problem->precision, tally->device);
    progress_print_steps(batch, tally);
    progress_print_missing_end(batch);
    progress_print_counts(batch, tally);
    if (tally->failed) progress_print_failures(batch, tally);
    fprintf(stderr, "  time    %.4g s: device ready %.4g, kernel %.4g, copy %.4g, write %.4g; %s runs/s\n",
            tally->wall_seconds, tally->open_seconds, tally->kernel_seconds, tally->copy_seconds, tally->write_seconds,
            progress_count((double)tally->runs / tally->wall_seconds).text);
    progress_print_file(path);
}
