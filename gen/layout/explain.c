/* SPDX-License-Identifier: MIT */
#include "layout/explain.h"

typedef struct Question {
    int buffer;
    int64_t element;
    const Block *step; /* asked after this step */
    Reader answer;
} Question;

static bool covers(const Span *span, const Question *question)
{
    return span->buffer == question->buffer && span->first <= question->element &&
           question->element < span->first + span->count;
}

static Reader ask_step(const Question *question, const Block *step, Reader after)
{
    for (int i = 0; i < step->span_count; i++)
        if (step->spans[i].kind == ACCESS_WRITE && covers(&step->spans[i], question)) after = (Reader){ NULL, NULL };
    for (int i = 0; i < step->span_count; i++)
        if (step->spans[i].kind == ACCESS_READ && covers(&step->spans[i], question))
            after = (Reader){ step->label, NULL };
    return after;
}

static Reader ask(Question *question, const Block *block, Reader after, bool final);

static Reader ask_body(Question *question, const Block *block, Reader after, bool final)
{
    for (int i = block->body_count - 1; i >= 0; i--) after = ask(question, &block->body[i], after, final);
    return after;
}

/* An iteration's reader goes before one that follows the loop. The body passes
 * `head` on or replaces it by the same reader each time, so two rounds do. */
static Reader ask_loop(Question *question, const Block *loop, Reader after, bool final)
{
    Reader head = after;
    for (int round = 0; round < 2; round++) {
        Reader body = ask_body(question, loop, head, false);
        if (body.step) head = body;
    }
    if (final) ask_body(question, loop, head, true);
    return head;
}

static Reader ask(Question *question, const Block *block, Reader after, bool final)
{
    if (block->kind == TRACE_STEP) {
        if (final && block == question->step) question->answer = after;
        return ask_step(question, block, after);
    }
    if (block->kind == TRACE_LOOP) return ask_loop(question, block, after, final);
    Reader before = ask_body(question, block, after, final);
    if (block->kind != TRACE_BRANCH || before.step || !after.step) return before;
    return (Reader){ after.step, after.skipped ? after.skipped : block->label };
}

Reader explain_reader(const Flow *flow, int buffer, int64_t element, const Block *step)
{
    Question question = { buffer, element, step, { NULL, NULL } };
    ask(&question, &flow->runs, (Reader){ NULL, NULL }, true);
    return question.answer;
}
