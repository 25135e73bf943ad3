/* SPDX-License-Identifier: MIT */
/* The expression graph: immutable, hash-consed nodes. Equal structure is the
 * same pointer, so common subexpressions are shared as they are built.
 *
 * Builders simplify locally and exactly: constants fold (without ever hiding
 * a NaN or an infinity: those are reported by the caller through
 * expr_find_nonfinite), x+0, x*1, x*0, x-x, x+x, -(-x). x*0 is 0 and x^0 is 1
 * although x may turn out infinite at run time. A sign moves to the front of
 * its product (-2*x is -(2*x)) and into its sum (a + -b is a - b); a constant
 * goes first in a product. Commutative nodes that differ in the order of their
 * operands are one node, in the order that came first. They keep the shape the
 * user wrote otherwise: what comes out reads like the equation that went in.
 *
 * Division by a constant becomes multiplication by its exact reciprocal: x/3
 * is (1/3)*x, one rounding more and ten times as fast on a GPU. Other
 * divisions are left to the user: a/b and c/b make two, and whoever wants one
 * writes r = 1/b.
 *
 * Passes take time linear in the nodes below their roots, and no pass depends
 * on the C stack: a graph may be as deep as it is large.
 *
 * Ownership: nodes, symbols and graph live in the arena given to graph_new. */
#ifndef EXPR_EXPR_H
#define EXPR_EXPR_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/array.h"
#include "base/diag.h"
#include "base/number.h"
#include "base/text.h"
#include "expr/identifier.h"

typedef enum SymbolKind {
    SYMBOL_TIME,      /* t */
    SYMBOL_STATE,     /* index: position among the states */
    SYMBOL_PARAMETER, /* index: position among the parameters */
    SYMBOL_DRIVER,
    SYMBOL_HOISTED, /* index: position among the values of hoist.h */
    SYMBOL_OTHER    /* tests, generated code's own values */
} SymbolKind;

typedef struct Symbol {
    const char *name; /* interned, as the user wrote it: "u[3]", "rho" */
    const char *code; /* interned identifier in generated code: "u_3", "register_" */
    SymbolKind kind;
    int index;
    Source source;
} Symbol;

/* Unary functions first, then binary; EXPR_CALL nodes carry one. */
typedef enum Function {
    FUNCTION_SQRT,
    FUNCTION_CBRT,
    FUNCTION_EXP,
    FUNCTION_EXPM1,
    FUNCTION_LOG,
    FUNCTION_LOG1P,
    FUNCTION_LOG10,
    FUNCTION_LOG2,
    FUNCTION_ABS,
    FUNCTION_SIGN,
    FUNCTION_FLOOR,
    FUNCTION_CEIL,
    FUNCTION_SIN,
    FUNCTION_COS,
    FUNCTION_TAN,
    FUNCTION_ASIN,
    FUNCTION_ACOS,
    FUNCTION_ATAN,
    FUNCTION_SINH,
    FUNCTION_COSH,
    FUNCTION_TANH,
    FUNCTION_ASINH,
    FUNCTION_ACOSH,
    FUNCTION_ATANH,
    FUNCTION_ERF,
    FUNCTION_ERFC,
    FUNCTION_TGAMMA,
    FUNCTION_LGAMMA,
    FUNCTION_DIGAMMA, /* arises only as a derivative of lgamma and tgamma; has none itself */
    FUNCTION_POW,
    FUNCTION_MIN,
    FUNCTION_MAX,
    FUNCTION_ATAN2,
    FUNCTION_HYPOT,
    FUNCTION_COUNT
} Function;

typedef enum ExprKind {
    EXPR_NUMBER,
    EXPR_SYMBOL,
    EXPR_NEG,
    EXPR_ADD,
    EXPR_SUB,
    EXPR_MUL,
    EXPR_DIV,
    EXPR_CALL,
    EXPR_LT,
    EXPR_LE,
    EXPR_EQ,
    EXPR_NE, /* conditions; gt and ge swap their operands */
    EXPR_AND,
    EXPR_OR,
    EXPR_NOT,
    EXPR_WHERE /* argument 0 is a condition */
} ExprKind;

typedef struct Expr {
    ExprKind kind;
    Function function; /* EXPR_CALL */
    int id;            /* creation order in its graph: arguments come first */
    int arity;
    const struct Expr *argument[3];
    Number number;        /* EXPR_NUMBER */
    const Symbol *symbol; /* EXPR_SYMBOL */
    const char *name;     /* interned: the user's name for this value (an intermediate), or NULL */
} Expr;

typedef struct Graph Graph;

Graph *graph_new(Arena *arena);
Arena *graph_arena(const Graph *graph);
int graph_size(const Graph *graph); /* every id is below this */

const char *function_name(Function function);             /* as in problem files: "sqrt" */
bool function_find(Function *function, const char *name); /* those of problem files */
int function_arity(Function function);
bool expr_is_condition(const Expr *expr);
bool expr_is_number(const Expr *expr, int64_t value);

const Expr *expr_number(Graph *graph, Number number);
const Expr *expr_integer(Graph *graph, int64_t value);
const Expr *expr_symbol(Graph *graph, const Symbol *symbol);
const Expr *expr_negate(Graph *graph, const Expr *a);
const Expr *expr_add(Graph *graph, const Expr *a, const Expr *b);
const Expr *expr_subtract(Graph *graph, const Expr *a, const Expr *b);
const Expr *expr_multiply(Graph *graph, const Expr *a, const Expr *b);
const Expr *expr_divide(Graph *graph, const Expr *a, const Expr *b);
/* Powers with a constant exponent become what a person would write: products
 * for small integers (at most 16 in size), products and one sqrt for halves, a
 * division for negative ones; else a pow call. */
const Expr *expr_power(Graph *graph, const Expr *a, const Expr *b);
const Expr *expr_call(Graph *graph, Function function, const Expr *a, const Expr *b); /* b NULL when unary */
/* kind: EXPR_LT, LE, EQ, NE (gt, ge: swap a and b), AND, OR, NOT (b NULL). */
const Expr *expr_condition(Graph *graph, ExprKind kind, const Expr *a, const Expr *b);
const Expr *expr_where(Graph *graph, const Expr *condition, const Expr *yes, const Expr *no);
/* Gives the node the user's name; the first name given stays. */
void expr_set_name(Graph *graph, const Expr *expr, const char *name);

/* The roots with symbols replaced by what a callback returns, NULL to keep the
 * symbol; what they share is visited once. */
typedef const Expr *ExprReplace(void *context, const Symbol *symbol);
void expr_substitute_all(const Expr **results, Graph *graph, const Expr *const *roots, int count, ExprReplace *replace,
                         void *context);

/* derivative.c: d expr / d symbol, exact; where and abs differentiate branch
 * by branch, floor, ceil, sign and conditions have derivative 0. The
 * derivative of a quotient x/expm1(x)-like removable singularity (written
 * with where) stays inside its branch. */
const Expr *expr_derivative(Graph *graph, const Expr *expr, const Symbol *symbol);
bool expr_depends(const Expr *expr, const Symbol *symbol);
/* The symbols below the roots, each once, in the order in which the roots meet
 * them. [*found] */
const Symbol *const *expr_symbols(Arena *arena, const Expr *const *roots, int count, int *found);

/* evaluate.c: values come from the callback. Complex evaluation serves the
 * complex-step check of derivatives; functions without a complex analytic
 * form there give NaN. */
typedef long double ExprValue(void *context, const Symbol *symbol);
typedef double _Complex ExprComplexValue(void *context, const Symbol *symbol);
long double expr_evaluate(const Expr *expr, ExprValue *value, void *context);
void expr_evaluate_all(long double *results, const Expr *const *roots, int count, ExprValue *value, void *context);
double _Complex expr_evaluate_complex(const Expr *expr, ExprComplexValue *value, void *context);
/* The first constant in expr that is NaN or infinite, or NULL. */
const Expr *expr_find_nonfinite(const Expr *expr);
/* The first finite constant that is infinite in that precision (1e40 in
 * float32), or NULL. It would print as INFINITY. */
const Expr *expr_find_unfit(const Expr *expr, Precision precision);
/* The same below any of these, in one pass. */
const Expr *expr_find_unfit_in(const Expr *const *roots, int count, Precision precision);

/* count.c: operations of a set of roots, each shared node counted once. Signs
 * are free; comparisons, min, max, abs, sign, floor and ceil are selections. */
typedef struct OperationCount {
    int additions, multiplications, divisions, roots, functions, selections;
} OperationCount;
OperationCount expr_count(const Expr *const *roots, int count);
/* The same as one number, in units of an addition: a division or root is 8 of
 * them, a function 16. */
int expr_cost(const Expr *const *roots, int count);
/* The same of roots that come one by one, what they share counted once: adds to
 * *cost what `root` adds, as long as *cost is below `most`. From cost_begin to the
 * last cost_add no other pass goes over the graph. */
void cost_begin(Graph *graph);
void cost_add(int64_t *cost, Graph *graph, const Expr *root, int64_t most);

/* schedule.c: the order in which values are computed and what is given a
 * name. A step is a temporary (a value used more than once and worth keeping,
 * one that the user named, or one that keeps a statement from growing too deep
 * or too long for a reader and a compiler) or an output (`root` >= 0: index
 * into roots). A temporary stands right before the first output that needs it.
 * Its type is Mask if expr_is_condition(step.expr), else Real.
 *
 * Names are identifiers, unique, the user's where there is one (with _2, _3
 * when it is in the way), else w1, w2, ...; never one of `taken` (NULL: none), never the
 * code of a symbol below the roots, never a word that C++, CUDA or a printed
 * expression uses. */
typedef struct ScheduleStep {
    const Expr *expr;
    const char *name; /* interned; NULL for an output */
    int root;         /* -1 for a temporary */
} ScheduleStep;
typedef struct Schedule {
    ScheduleStep *items;
    int count, capacity;
    struct ScheduleName *names; /* the printer's index of temporaries */
    int named;
} Schedule;
Schedule schedule_make(Arena *arena, const Expr *const *roots, int count, const IdentifierScope *taken);
/* The name that expr has before step `step`, or NULL. */
const char *schedule_name(const Schedule *schedule, const Expr *expr, int step);

/* print.c: the one printer. Language C++/CUDA for the generated source, or the
 * problem file's notation for diagnostics, comments and --dump. In code,
 * symbols print as symbol->code, choices as select(mask, a, b), numbers as
 * typed literals, functions by the runtime's names (the problem file's),
 * conditions with < <= == != & | ! and their operands in parentheses. A literal
 * may stand beside a Real as an argument, pow(2.0, x); where there is only a
 * choice between literals it is select(mask, Real(1.0), 0.0). In the problem's
 * notation, exact fractions stay fractions.
 * Nodes that `schedule` has named before step `step` print as that name, so
 * statement i is expr_print(text, s.items[i].expr, NOTATION_CODE, p, &s, i).
 * Without a schedule (NULL) shared nodes print as often as they are used, and
 * a text that would pass EXPR_TEXT_MOST bytes ends in "...". */
enum { EXPR_TEXT_MOST = 100000 };
typedef enum ExprNotation { NOTATION_CODE, NOTATION_PROBLEM } ExprNotation;
void expr_print(Text *text, const Expr *expr, ExprNotation notation, Precision precision, const Schedule *schedule,
                int step);

#endif
