// SPDX-License-Identifier: MIT
// The same functions, inlined and cut into pieces (pieces.sh), at random states; one
// run a vector.
#define CUBIE_LANES 1
#define CUBIE_PRECISION 64
#define CUBIE_STATES 12
#define CUBIE_PARAMETERS 2
#define CUBIE_OUTPUTS 1
#include <cubie/device.hpp>

#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace cubie {
namespace whole_rosenbrock {
#include "whole_rosenbrock.inc"
}
namespace cut_rosenbrock {
#include "cut_rosenbrock.inc"
}
namespace whole_blocks {
#include "whole_blocks.inc"
}
namespace cut_blocks {
#include "cut_blocks.inc"
}
namespace whole_krylov {
#include "whole_krylov.inc"
}
namespace cut_krylov {
#include "cut_krylov.inc"
}

namespace {

enum { N = CUBIE_STATES, SAMPLES = 20, ROOM = 2000 };

struct Results {
    Real ddt[N], joint[N], slope[N], product[N], diagonal[N];
    Factor lu[ROOM], blocks[ROOM], x[N], y[N];
    Mask good[2];
};

Real state[N], vec[N], parameters[CUBIE_PARAMETERS], hoisted[ROOM];
Real t;
Factor shift, b[N];

template <class T> void draw(T &to, double low, double high)
{
    to = T(low + (high - low) * drand48());
}

void draw_all()
{
    for (int i = 0; i < N; i++) {
        draw(state[i], -1, 2);
        draw(vec[i], -1, 1);
        draw(b[i], -1, 1);
    }
    for (Real &parameter : parameters) draw(parameter, 0.5, 2);
    draw(t, 0, 10);
    draw(shift, 20, 30);
}

#if defined(CUBIE_FACTOR_PRECISION)
#define FACTOR(space) space##_rosenbrock::factor(r.lu, state, parameters, hoisted, t, shift)
#else
#define FACTOR(space) space##_rosenbrock::linearise(r.lu, r.joint, state, parameters, hoisted, t, shift)
#endif

#define EVALUATE(space)                                                                     \
    void space(Results &r)                                                                  \
    {                                                                                       \
        space##_rosenbrock::hoist(hoisted, parameters);                                     \
        r.good[0] = FACTOR(space);                                                          \
        space##_rosenbrock::rhs(r.ddt, state, parameters, hoisted, t);                      \
        space##_rosenbrock::solve(r.lu, r.x);                                               \
        space##_rosenbrock::time_slope(r.slope, state, parameters, hoisted, t);             \
        space##_blocks::hoist(hoisted, parameters);                                         \
        r.good[1] = space##_blocks::factor(r.blocks, state, parameters, hoisted, t, shift); \
        space##_blocks::solve1(r.blocks, r.x, r.y);                                         \
        space##_krylov::hoist(hoisted, parameters);                                         \
        space##_krylov::jacobian_times(r.product, vec, state, parameters, hoisted, t);      \
        space##_krylov::minus_diagonal(r.diagonal, state, parameters, hoisted, t);          \
    }
EVALUATE(whole)
EVALUATE(cut)

bool all_finite(const Results &r)
{
    Mask good = r.good[0] & r.good[1];
    for (int i = 0; i < N; i++)
        good = good & finite(r.ddt[i]) & finite(r.slope[i]) & finite(r.product[i]) & finite(r.diagonal[i]) &
               finite(real(r.x[i]));
    return !any(!good);
}

int run()
{
    static Results results[2];
    for (int k = 0; k < SAMPLES; k++) {
        draw_all();
        for (Results &r : results) {
            memset(static_cast<void *>(&r), 0, sizeof r);
            for (int i = 0; i < N; i++) r.x[i] = r.y[i] = b[i];
        }
        whole(results[0]);
        cut(results[1]);
        if (!all_finite(results[0])) return printf("sample %d is not finite\n", k), 1;
        if (memcmp(&results[0], &results[1], sizeof results[0])) return printf("sample %d differs\n", k), 1;
    }
    return 0;
}

} // namespace
} // namespace cubie

int main()
{
    return cubie::run();
}
