/* SPDX-License-Identifier: MIT */
/* The error estimate of fully implicit methods, filtered (E. Hairer, G. Wanner, Solving
 * Ordinary Differential Equations II, 2nd ed. 1996, equations IV.8.19 and 8.20). */
#include "code/problem.h"
#include "part/firk.h"
#include "solver/linear.h"

/* target, f at the start, becomes the error: (I - h error_start J)^-1 (h error_start f + sum of
 * z), times shift / error_start above and below. */
static void emit_filtered(Emitter *e, View target, const Number *weights)
{
    const Spectrum *spectrum = e->model->spectrum;
    TermList terms = family_terms(e, weights, e->model->tableau->stages);
    emit_combination(e, "error", target, &target, "shift", &terms);
    e->parts->linear->solve_block(e, spectrum->filter, target, NULL, "active");
}

/* After a first or a rejected attempt an estimate that is too large is filtered
 * once more (equation IV.8.20). */
static void emit_second_filter(Emitter *e, const Number *weights)
{
    View error = view_of(e, "error"), state = view_of(e, "state"), again = firk_delta(e, 0);
    View input = firk_stage_state(e), proposed = view_of(e, "proposed_state");
    emit_line(e, "const Mask fresh = active & (origin == Real(%s));", emit_literal(e, number_integer(0)));
    emit_region(e, TRACE_BRANCH, "first or rejected", "if (any(fresh))");
    emit_elementwise(e, "error norm");
    emit_line(e, "Control square = Control(0.0f);");
    emit_line(e, "%s", emit_each(e, error.count));
    emit_line(e, "    square += error_share(Control(1.0f), %s[i], %s[i], %s[i], limits.atol[i], limits.rtol[i]);",
              emit_read(e, error), emit_read(e, state), emit_read(e, proposed));
    emit_line(e, "const Mask large = fresh & (square > Control(1.0f));");
    emit_region(e, TRACE_BRANCH, "error too large", "if (any(large))");
    TermList one = { 0 };
    *array_push(e->arena, &one) = (Term){ number_integer(1), error };
    emit_combination(e, "state with error", input, &state, NULL, &one);
    problem_call_rhs(e, "right-hand side with error", again, input, "t");
    emit_filtered(e, again, weights);
    emit_copy(e, "error", "large", error, again);
    emit_region_end(e);
    emit_region_end(e);
}

void firk_emit_error(Emitter *e)
{
    const Spectrum *spectrum = e->model->spectrum;
    View error = view_of(e, "error");
    Number *weights = spectrum_weights(e->arena, spectrum, e->model->tableau->error);
    emit_comment(e, "error estimate");
    if (spectrum->filter < 0) {
        TermList terms = family_terms(e, weights, e->model->tableau->stages);
        emit_combination(e, "error", error, NULL, NULL, &terms);
        return;
    }
    for (int i = 0; i < spectrum->stages; i++)
        weights[i] = number_multiply(weights[i], spectrum->block[spectrum->filter].real);
    problem_call_rhs(e, "right-hand side at the start", error, view_of(e, "state"), "t");
    emit_filtered(e, error, weights);
    emit_second_filter(e, weights);
}
