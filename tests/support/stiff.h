/* SPDX-License-Identifier: MIT */
/* Stiff problems whose figures are known, read as a user would give them. */
#ifndef TESTS_SUPPORT_STIFF_H
#define TESTS_SUPPORT_STIFF_H

#include "script/script_kit.h"
#include "system/jacobian.h"

/* Hairer & Wanner, Solving Ordinary Differential Equations II, IV.10. */
static const char stiff_hires[] = "states { y1 = 1, y2 = 0, y3 = 0, y4 = 0, y5 = 0, y6 = 0, y7 = 0, y8 = 0.0057 }\n"
                                  "equations [[\n"
                                  "dy1 = -1.71*y1 + 0.43*y2 + 8.32*y3 + 0.0007\n"
                                  "dy2 = 1.71*y1 - 8.75*y2\n"
                                  "dy3 = -10.03*y3 + 0.43*y4 + 0.035*y5\n"
                                  "dy4 = 8.32*y2 + 1.71*y3 - 1.12*y4\n"
                                  "dy5 = -1.745*y5 + 0.43*y6 + 0.43*y7\n"
                                  "dy6 = -280*y6*y8 + 0.69*y4 + 1.71*y5 - 0.43*y6 + 0.69*y7\n"
                                  "dy7 = 280*y6*y8 - 1.81*y7\n"
                                  "dy8 = -280*y6*y8 + 1.81*y7\n"
                                  "]]\n";

/* Verwer, SIAM J. Sci. Comput. 15 (1994) 1243: 25 reactions of 20 species. */
static const char stiff_pollution[] =
    "states { y = vector(20, 0.01) }\n"
    "local k = { 0.35, 26.6, 12300, 8.6e-4, 8.2e-4, 15000, 1.3e-4, 24000, 16500, 9000, 0.022, 12000, 1.88, 16300,\n"
    "  4.8e6, 3.5e-4, 0.0175, 1e8, 4.44e11, 1240, 2.1, 5.78, 0.0474, 1780, 3.12 }\n"
    "local by = { {1}, {2,4}, {5,2}, {7}, {7}, {7,6}, {9}, {9,6}, {11,2}, {11,1}, {13}, {10,2}, {14}, {1,6}, {3},\n"
    "  {4}, {4}, {16}, {16}, {17,6}, {19}, {19}, {1,4}, {19,1}, {20} }\n"
    "local r = {}\n"
    "for i = 1, 25 do r[i] = k[i] * y[by[i][1]] if by[i][2] then r[i] = r[i] * y[by[i][2]] end end\n"
    "ddt.y[1] = -r[1] - r[10] - r[14] - r[23] - r[24] + r[2] + r[3] + r[9] + r[11] + r[12] + r[22] + r[25]\n"
    "ddt.y[2] = -r[2] - r[3] - r[9] - r[12] + r[1] + r[21]\n"
    "ddt.y[3] = -r[15] + r[1] + r[17] + r[19] + r[22]\n"
    "ddt.y[4] = -r[2] - r[16] - r[17] - r[23] + r[15]\n"
    "ddt.y[5] = -r[3] + 2*r[4] + r[6] + r[7] + r[13] + r[20]\n"
    "ddt.y[6] = -r[6] - r[8] - r[14] - r[20] + r[3] + 2*r[18]\n"
    "ddt.y[7] = -r[4] - r[5] - r[6] + r[13]\n"
    "ddt.y[8] = r[4] + r[5] + r[6] + r[7]\n"
    "ddt.y[9] = -r[7] - r[8]\n"
    "ddt.y[10] = -r[12] + r[7] + r[9]\n"
    "ddt.y[11] = -r[9] - r[10] + r[8] + r[11]\n"
    "ddt.y[12] = r[9]\n"
    "ddt.y[13] = -r[11] + r[10]\n"
    "ddt.y[14] = -r[13] + r[12]\n"
    "ddt.y[15] = r[14]\n"
    "ddt.y[16] = -r[18] - r[19] + r[16]\n"
    "ddt.y[17] = -r[20]\n"
    "ddt.y[18] = r[20]\n"
    "ddt.y[19] = -r[21] - r[22] - r[24] + r[23] + r[25]\n"
    "ddt.y[20] = -r[25] + r[24]\n";

/* Kampowsky, Rentrop & Schmidt, Surv. Math. Ind. 2 (1992) 23, as in the Test
 * Set for IVP Solvers (Mazzia & Magherini): 15 states, driven by sines. */
static const char stiff_ring_modulator[] =
    "states { y = vector(15, 0) }\n"
    "local C, Cs, Cp, Lh, Ls1, Ls2, Ls3 = 1.6e-8, 2e-12, 1e-8, 4.45, 0.002, 5e-4, 5e-4\n"
    "local Rg1, Rg2, Rg3, Ri, Rc, R, Rp = 36.3, 17.3, 17.3, 50, 600, 25000, 50\n"
    "local q0, delta = 40.67286402e-9, 17.7493332\n"
    "local u1, u2 = 0.5 * sin(2000 * math.pi * t), 2 * sin(20000 * math.pi * t)\n"
    "local function q(u) return q0 * (exp(delta * u) - 1) end\n"
    "local q1, q2 = q(y[3] - y[5] - y[7] - u2), q(-y[4] + y[6] - y[7] - u2)\n"
    "local q3, q4 = q(y[4] + y[5] + y[7] + u2), q(-y[3] - y[6] + y[7] + u2)\n"
    "ddt.y[1] = (y[8] - 0.5*y[10] + 0.5*y[11] + y[14] - y[1]/R) / C\n"
    "ddt.y[2] = (y[9] - 0.5*y[12] + 0.5*y[13] + y[15] - y[2]/R) / C\n"
    "ddt.y[3] = (y[10] - q1 + q4) / Cs\n"
    "ddt.y[4] = (-y[11] + q2 - q3) / Cs\n"
    "ddt.y[5] = (y[12] + q1 - q3) / Cs\n"
    "ddt.y[6] = (-y[13] - q2 + q4) / Cs\n"
    "ddt.y[7] = (-y[7]/Rp + q1 + q2 - q3 - q4) / Cp\n"
    "ddt.y[8] = -y[1] / Lh\n"
    "ddt.y[9] = -y[2] / Lh\n"
    "ddt.y[10] = (0.5*y[1] - y[3] - Rg2*y[10]) / Ls2\n"
    "ddt.y[11] = (-0.5*y[1] + y[4] - Rg3*y[11]) / Ls3\n"
    "ddt.y[12] = (0.5*y[2] - y[5] - Rg2*y[12]) / Ls2\n"
    "ddt.y[13] = (-0.5*y[2] + y[6] - Rg3*y[13]) / Ls3\n"
    "ddt.y[14] = (-y[1] + u1 - (Ri + Rg1)*y[14]) / Ls1\n"
    "ddt.y[15] = (-y[2] - (Rc + Rg1)*y[15]) / Ls1\n";

/* The System of such a text; the test ends when it is not a good one. */
__attribute__((unused)) static const System *stiff_system(Kit *kit, const char *text)
{
    kit_write("p.lua", arena_printf(kit->arena, "problem \"p\"\n%s", text));
    Spec *spec = kit_read_file(kit, NULL);
    const System *system = kit_build(kit, spec);
    if (system) return system;
    fprintf(stderr, "%s", kit->messages.data);
    exit(99);
}

#endif
