/* SPDX-License-Identifier: MIT */
/* What a run is given and what it has: parameters, what is computed from them once, and the
 * state. */
#include "part/list.h"

#include "code/problem.h"
#include "code/sum.h"

static void functions(Emitter *e)
{
    problem_emit_hoist(e);
    problem_emit_rhs(e);
}

static void emit_parameters(Emitter *e)
{
    View parameters = view_of(e, "parameters");
    if (!parameters.count) return;
    emit_elementwise(e, "parameters");
    const char *name = emit_may_write(e, parameters);
    emit_line(e, "%s", emit_each(e, parameters.count));
    emit_line(e, "    %s[i] = select(mask, input[i], %s[i]);", name, name);
}

/* An expression of the parameters stands for the initial value, unless somebody gave a
 * value in its stead. The names in it are the user's. */
static void emit_initial_expression(Emitter *e, int i)
{
    const System *system = e->model->system;
    const Expr *initial = system->state[i].initial;
    emit_read_unchecked(e, view_of(e, "parameters"));
    emit_may_write_unchecked(e, view_piece(view_buffer(e, "state"), i, 1, "state"));
    emit_open(e, "if (!given.given[%d])", i);
    for (int j = 0; j < system->parameters; j++)
        if (expr_depends(initial, system->parameter[j].symbol))
            emit_unchecked(e, "const Real %s = parameters[%d];", system->parameter[j].symbol->code, j);
    Text text = text_new(e->arena);
    expr_print(&text, initial, NOTATION_CODE, e->model->precision, NULL, 0);
    emit_unchecked(e, "state[%d] = select(mask, Real(%s), state[%d]);", i, text.data, i);
    emit_close(e, "");
}

static void emit_initial_state(Emitter *e)
{
    const System *system = e->model->system;
    emit_elementwise(e, "initial state");
    const char *state = emit_may_write(e, view_of(e, "state"));
    emit_line(e, "%s", emit_each(e, system->states));
    emit_line(e, "    %s[i] = select(mask, input[%d + i], %s[i]);", state, system->parameters, state);
    emit_step(e, "initial state from the parameters");
    for (int i = 0; i < system->states; i++)
        if (system->state[i].initial->kind != EXPR_NUMBER) emit_initial_expression(e, i);
}

static void begin(Emitter *e)
{
    emit_line(e, "Real input[inputs];");
    emit_line(e, "start.load(input, mask, run);");
    emit_parameters(e);
    problem_call_hoist(e, "hoisted");
    emit_initial_state(e);
}

static void accepted(Emitter *e)
{
    emit_copy(e, "accept the step", "accept", view_of(e, "state"), view_of(e, "proposed_state"));
}

static void sizes(Scope *scope, const Model *model)
{
    scope_count(scope, "n", model->states);
    scope_count(scope, "p", model->system->parameters);
    scope_count(scope, "hoisted", model->hoisted_count);
}

static const char *const held[] = { "state", "proposed_state", "parameters", "hoisted", NULL };

const Part inputs_part = { .held = held, .sizes = sizes, .functions = functions, .begin = begin, .accepted = accepted };
