/* SPDX-License-Identifier: MIT */
/* The ceiling for one lane of the CPU target: Lorenz by Tsit5, written by hand
 * as a scalar program would be. One run after the other, I controller in
 * float32, one flat loop over attempts.
 *
 *   scalar [--runs=N] [--duration=T] [--tol=X] [--repeats=N]
 *
 * Compiled with -DREAL=double or -DREAL=float. rho goes from 0 to 21 over the
 * runs. Prints as kernel.c does: milliseconds (best of the repeats), attempts
 * per run, failed runs, mean of the end states' x. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#ifndef REAL
#define REAL double
#endif
typedef REAL Real;
#define C(x) ((Real)(x))

enum { N = 3 };

/* Ch. Tsitouras, Comput. Math. Appl. 62 (2011) 770. */
#define A21 C(0.161)
#define A31 C(-0.008480655492356989)
#define A32 C(0.335480655492357)
#define A41 C(2.8971530571054935)
#define A42 C(-6.359448489975075)
#define A43 C(4.3622954328695815)
#define A51 C(5.325864828439257)
#define A52 C(-11.748883564062828)
#define A53 C(7.4955393428898365)
#define A54 C(-0.09249506636175525)
#define A61 C(5.86145544294642)
#define A62 C(-12.92096931784711)
#define A63 C(8.159367898576159)
#define A64 C(-0.071584973281401)
#define A65 C(-0.028269050394068383)
#define B1 C(0.09646076681806523)
#define B2 C(0.01)
#define B3 C(0.4798896504144996)
#define B4 C(1.379008574103742)
#define B5 C(-3.290069515436081)
#define B6 C(2.324710524099774)
#define E1 C(0.0017800110522257714)
#define E2 C(0.0008164344596567469)
#define E3 C(-0.007880878010261995)
#define E4 C(0.1447110071732629)
#define E5 C(-0.5823571654525552)
#define E6 C(0.45808210592918697)
#define E7 C(-0.015151515151515152)

static inline void rhs(Real *d, const Real *u, Real sigma, Real rho, Real beta)
{
    d[0] = sigma * (u[1] - u[0]);
    d[1] = u[0] * (rho - u[2]) - u[1];
    d[2] = u[0] * u[1] - beta * u[2];
}

static inline Real absolute(Real a)
{
    return a < 0 ? -a : a;
}
static inline Real larger(Real a, Real b)
{
    return a > b ? a : b;
}

typedef struct Model {
    Real sigma, beta, t_end;
    float tol;
} Model;

/* Integrates one run; returns how many steps were tried, 0 when too many. */
static unsigned integrate(Real *u_end, const Model *model, Real rho)
{
    const Real sigma = model->sigma, beta = model->beta, t_end = model->t_end;
    const float tol = model->tol;
    Real u[N] = { 1, 0, 0 }, v[N], k1[N], k2[N], k3[N], k4[N], k5[N], k6[N], k7[N];
    Real t = 0, h = C(1e-3);
    unsigned attempts = 0;
    rhs(k1, u, sigma, rho, beta);
    while (t < t_end) {
        if (h > t_end - t) h = t_end - t;
        for (int i = 0; i < N; i++) v[i] = u[i] + h * (A21 * k1[i]);
        rhs(k2, v, sigma, rho, beta);
        for (int i = 0; i < N; i++) v[i] = u[i] + h * (A31 * k1[i] + A32 * k2[i]);
        rhs(k3, v, sigma, rho, beta);
        for (int i = 0; i < N; i++) v[i] = u[i] + h * (A41 * k1[i] + A42 * k2[i] + A43 * k3[i]);
        rhs(k4, v, sigma, rho, beta);
        for (int i = 0; i < N; i++) v[i] = u[i] + h * (A51 * k1[i] + A52 * k2[i] + A53 * k3[i] + A54 * k4[i]);
        rhs(k5, v, sigma, rho, beta);
        for (int i = 0; i < N; i++)
            v[i] = u[i] + h * (A61 * k1[i] + A62 * k2[i] + A63 * k3[i] + A64 * k4[i] + A65 * k5[i]);
        rhs(k6, v, sigma, rho, beta);
        for (int i = 0; i < N; i++)
            v[i] = u[i] + h * (B1 * k1[i] + B2 * k2[i] + B3 * k3[i] + B4 * k4[i] + B5 * k5[i] + B6 * k6[i]);
        rhs(k7, v, sigma, rho, beta);
        float norm = 0;
        for (int i = 0; i < N; i++) {
            const Real e =
                h * (E1 * k1[i] + E2 * k2[i] + E3 * k3[i] + E4 * k4[i] + E5 * k5[i] + E6 * k6[i] + E7 * k7[i]);
            const float scaled = (float)e / (tol + tol * (float)larger(absolute(u[i]), absolute(v[i])));
            norm += scaled * scaled;
        }
        norm *= 1.0f / N;
        if (++attempts == 1000000) return 0;
        if (norm <= 1) {
            t += h;
            memcpy(u, v, sizeof u);
            memcpy(k1, k7, sizeof k1);
        }
        const float gain = 0.9f * exp2f(-0.1f * log2f(norm > 1e-20f ? norm : 1e-20f));
        h *= C(gain < 0.2f ? 0.2f : gain > 10 ? 10 : gain);
    }
    memcpy(u_end, u, sizeof u);
    return attempts;
}

static double value_of(const char *word, const char *option, double otherwise)
{
    size_t length = strlen(option);
    return strncmp(word, option, length) ? otherwise : atof(word + length);
}

static double seconds_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

int main(int argc, char **argv)
{
    double runs = 16384, duration = 10, tol = 1e-6, repeats = 5;
    for (int i = 1; i < argc; i++) {
        runs = value_of(argv[i], "--runs=", runs);
        duration = value_of(argv[i], "--duration=", duration);
        tol = value_of(argv[i], "--tol=", tol);
        repeats = value_of(argv[i], "--repeats=", repeats);
    }
    const Model model = { 10, C(8.0 / 3), (Real)duration, (float)tol };
    double best = INFINITY, attempts = 0, sum = 0;
    unsigned failed = 0;
    for (int repeat = 0; repeat < (int)repeats; repeat++) {
        const double began = seconds_now();
        attempts = sum = 0;
        failed = 0;
        for (int i = 0; i < (int)runs; i++) {
            Real u[N] = { 0, 0, 0 };
            const unsigned tried = integrate(u, &model, (Real)(21.0 * i / (runs - 1)));
            attempts += tried;
            failed += !tried;
            sum += (double)u[0];
        }
        best = fmin(best, seconds_now() - began);
    }
    printf("%9.3f ms  %7.1f attempts/run  %u failed  mean %.9g  %6.1f ns/attempt\n", best * 1e3, attempts / runs,
           failed, sum / runs, best / attempts * 1e9);
    return 0;
}
