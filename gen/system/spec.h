/* SPDX-License-Identifier: MIT */
/* What a problem file said, as plain data with source locations. The script
 * stage fills a Spec (reporting what it can see is wrong); system_build turns
 * it into a System. Everything lives in the run's arena; names are interned. */
#ifndef SYSTEM_SPEC_H
#define SYSTEM_SPEC_H

#include "base/array.h"
#include "base/diag.h"
#include "expr/expr.h"
#include "method/tableau.h"

/* A declared name. Vectors are declared element by element ("u[1]", ...). */
typedef struct Declaration {
    const Symbol *symbol;
    const char *unit;    /* "" when none was given */
    Number value;        /* parameters, drivers; states with a number */
    const Expr *initial; /* states: the initial value, an expression of parameters */
    const char *vector;  /* the vector's name ("u") or NULL */
    int element;         /* 1-based position in the vector */
    Source source;
} Declaration;
typedef ARRAY(Declaration) DeclarationList;

/* `ddt.NAME = expr` or `observe.NAME = expr`, in the order they were given. */
typedef struct Equation {
    const char *name; /* of the state or the observable */
    const char *code; /* identifier in generated code */
    const Expr *expr;
    const char *text; /* the source line it was written on, trimmed */
    const char *unit; /* of an observable; "" when none was given */
    Source source;
} Equation;
typedef ARRAY(Equation) EquationList;

/* A setting as given: `solve { NAME = VALUE }` or NAME=VALUE on the command
 * line (source.file NULL). Later ones win. */
typedef struct Assignment {
    const char *name;
    const char *text;   /* the value as text: "tsit5", "1e-6", "{1e-6, 1e-8}" is one text per item */
    int count;          /* 1, or the number of items of a list */
    const char **items; /* `count` texts */
    Source source;
} Assignment;
typedef ARRAY(Assignment) AssignmentList;

/* `sweep { NAME = linspace(0, 21, 1000) }` in the notation of the generated
 * program's command line: "0:21:1000", "geom:1e-3:1e3:100", "1,2,3",
 * "uniform:0:1", "normal:0:1", "file:p.csv:column" (rule/values.h). */
typedef struct SweepAxis {
    const char *name;
    const char *values;
    Source source;
} SweepAxis;
typedef ARRAY(SweepAxis) SweepAxisList;
typedef ARRAY(const Tableau *) TableauList;
typedef ARRAY(const char *) FileList;

typedef struct Spec {
    const char *file; /* as given on the command line; "<stdin>" when that was - */
    bool complete;    /* the file was read to its end */
    const char *name; /* of the problem: an identifier; NULL when none was given */
    Source name_source;
    FileList modules; /* that the file required, by their paths below its folder */
    uint64_t hash;    /* of the bytes of the problem file and all modules it required */
    Graph *graph;
    const Symbol *time;
    DeclarationList states, parameters, drivers, constants; /* in order of declaration as far as Lua keeps it */
    EquationList derivatives, observables;
    AssignmentList settings;
    SweepAxisList sweep;
    bool zip;             /* mode = "zip" */
    int64_t runs;         /* 0: from the axes */
    TableauList tableaux; /* shipped ones first, then those of the file */
    const char *time_unit;
} Spec;

#endif
