/* The families of methods: what is true of each whatever its tableau and whatever
 * code is generated. What a family emits is a part (part/NAME.c). */
#ifndef METHOD_FAMILY_H
#define METHOD_FAMILY_H

#include <stdbool.h>

typedef enum Family { FAMILY_ERK, FAMILY_DIRK, FAMILY_FIRK, FAMILY_ROSENBROCK, FAMILY_COUNT } Family;

typedef struct FamilyTraits {
    const char *name;  /* "erk": in tableaux, of its buffer spec and of its group */
    const char *title; /* "Explicit Runge-Kutta methods" */
    bool implicit;     /* it solves linear systems */
    bool newton;       /* and nonlinear ones, by Newton's method */
    bool gamma;        /* its tableaux have a second matrix, gamma */
} FamilyTraits;

const FamilyTraits *family_traits(Family family);

#endif
