/* SPDX-License-Identifier: MIT */
/* The families of methods: what is true of each whatever its tableau and whatever
 * code is generated. What a family emits is a part (part/NAME.c). */
#ifndef METHOD_FAMILY_H
#define METHOD_FAMILY_H

#include <stdbool.h>

/* X(NAME, traits): those there are. */
#define FAMILIES(X)                                                                                               \
    X(ERK, .name = "erk", .title = "Explicit Runge-Kutta methods")                                                \
    X(DIRK, .name = "dirk", .title = "Diagonally implicit Runge-Kutta methods", .implicit = true, .newton = true) \
    X(FIRK, .name = "firk", .title = "Fully implicit Runge-Kutta methods", .implicit = true, .newton = true)      \
    X(ROSENBROCK, .name = "rosenbrock", .title = "Rosenbrock methods", .implicit = true, .gamma = true)

#define FAMILY_NAME(name, ...) FAMILY_##name,
typedef enum Family { FAMILIES(FAMILY_NAME) FAMILY_COUNT } Family;
#undef FAMILY_NAME

typedef struct FamilyTraits {
    const char *name;  /* "erk": in tableaux, of its buffer spec and of its group */
    const char *title; /* "Explicit Runge-Kutta methods" */
    bool implicit;     /* it solves linear systems */
    bool newton;       /* and nonlinear ones, by Newton's method */
    bool gamma;        /* its tableaux have a second matrix, gamma */
} FamilyTraits;

const FamilyTraits *family_traits(Family family);

#endif
