#include "method/family.h"

static const FamilyTraits families[FAMILY_COUNT] = {
    [FAMILY_ERK] = { .name = "erk", .title = "Explicit Runge-Kutta methods" },
    [FAMILY_DIRK] = { .name = "dirk",
                      .title = "Diagonally implicit Runge-Kutta methods",
                      .implicit = true,
                      .newton = true },
    [FAMILY_FIRK] = { .name = "firk", .title = "Fully implicit Runge-Kutta methods", .implicit = true, .newton = true },
    [FAMILY_ROSENBROCK] = { .name = "rosenbrock", .title = "Rosenbrock methods", .implicit = true, .gamma = true },
};

const FamilyTraits *family_traits(Family family)
{
    return &families[family];
}
