/* SPDX-License-Identifier: MIT */
#include "output/saved.h"

#include <string.h>

#include "number.h"
#include "output/names.h"
#include "rule/real.h"

static const CubieOutput saved_own[CUBIE_OWN_OUTPUTS] = {
    { "status", "status", "why the run failed; 0 when it did not", "", CUBIE_OF_RUN, CUBIE_UINT16, 0, 0, 1, NULL },
    { "steps", "steps", "accepted steps", "", CUBIE_OF_RUN, CUBIE_UINT32, 0, 0, 1, NULL },
    { "rejected", "rejected", "rejected steps", "", CUBIE_OF_RUN, CUBIE_UINT32, 0, 0, 1, NULL },
};

/* ---- names ------------------------------------------------------------------ */

/* Variables and dimensions of trace_netcdf.c. */
static void saved_take_traces(Names *names, const CubieProblem *problem)
{
    static const char *const own[] = { "run", "attempt", "attempts", "component", "iteration" };
    for (size_t i = 0; problem->records && i < sizeof own / sizeof *own; i++)
        cubie_names_take(names, cubie_pool_printf(names->pool, "trace_%s", own[i]));
    for (int i = 0; i < problem->records; i++)
        cubie_names_take(names, cubie_pool_printf(names->pool, "trace_%s", problem->record[i].name));
}

/* Vectors of one length share the dimension of their elements, whatever is saved. */
static const char *saved_dimension(const SavedList *list, int elements, Pool *pool)
{
    int first = 0;
    if (!elements) return NULL;
    for (int i = 0; !first; i++) first = list->output[i]->elements;
    return elements == first ? "element" : cubie_pool_printf(pool, "element_%d", elements);
}

static bool saved_has_dimension(const Saved *all, int number)
{
    for (int i = 0; i < number; i++)
        if (all[i].elements == all[number].elements) return true;
    return false;
}

/* What every run has goes before names of the problem, which may be the same. */
static void saved_name(Saved *all, const SavedList *list, Names *names, bool of_instant)
{
    for (int i = 0; i < list->outputs; i++)
        if ((list->output[i]->dimension == CUBIE_OF_INSTANT) == of_instant)
            all[i].name = cubie_names_take(names, list->output[i]->code);
}

static void saved_name_columns(Saved *saved, Names *names)
{
    const int columns = saved->elements ? saved->elements : 1;
    saved->column = cubie_pool_array(names->pool, (size_t)columns, sizeof *saved->column);
    if (!saved->elements) saved->column[0] = saved->name;
    for (int i = 0; i < saved->elements; i++)
        saved->column[i] = cubie_names_take(names, cubie_pool_printf(names->pool, "%s_%d", saved->name, i + 1));
}

/* Swept initial values are initial_NAME: NAME is that of the solution. */
static void saved_name_inputs(SavedList *list, const Batch *batch, Names *names)
{
    const CubieProblem *problem = batch->problem;
    list->column_name = cubie_pool_array(batch->pool, (size_t)batch->columns, sizeof(char *));
    for (int i = 0; i < batch->columns; i++) {
        const int input = batch->column[i].input;
        const char *name = problem->input[input].code;
        if (input >= problem->parameters) name = cubie_pool_printf(batch->pool, "initial_%s", name);
        list->column_name[i] = cubie_names_take(names, name);
    }
}

/* Names of all outputs, in files that --save does not change. */
static Saved *saved_all(SavedList *list, const Batch *batch)
{
    Names names = { .pool = batch->pool };
    Saved *all = cubie_pool_array(batch->pool, (size_t)list->outputs, sizeof *all);
    cubie_names_take(&names, "run");
    cubie_names_take(&names, "time");
    saved_take_traces(&names, batch->problem);
    for (int i = 0; i < list->outputs; i++) {
        const CubieOutput *output = list->output[i];
        all[i] = (Saved){ .output = output, .number = i, .element = -1, .elements = output->elements };
        all[i].dimension = saved_dimension(list, output->elements, batch->pool);
        if (all[i].dimension && !saved_has_dimension(all, i)) cubie_names_take(&names, all[i].dimension);
    }
    saved_name(all, list, &names, false);
    saved_name(all, list, &names, true);
    for (int i = 0; i < list->outputs; i++) {
        all[i].title = *all[i].output->title                           ? all[i].output->title
                       : strcmp(all[i].name, all[i].output->name) != 0 ? all[i].output->name
                                                                       : "";
        saved_name_columns(&all[i], &names);
    }
    saved_name_inputs(list, batch, &names);
    return all;
}

/* ---- --save ------------------------------------------------------------------- */

/* "x", "u", and "u[3]" or "u_3" with *element 2. NULL when there is no such thing. */
static Saved *saved_find(Saved *all, int count, const char *word, size_t length, int *element)
{
    *element = -1;
    for (int i = 0; i < count; i++) {
        const char *const names[] = { all[i].output->name, all[i].output->code, all[i].name };
        for (int k = 0; k < 3; k++)
            if (strlen(names[k]) == length && strncmp(names[k], word, length) == 0) return &all[i];
    }
    for (int i = 0; i < count; i++) {
        const size_t name = strlen(all[i].output->name);
        const char *digits = word + name + 1;
        uint64_t number;
        const bool bracket = length > name + 2 && strncmp(all[i].output->name, word, name) == 0 && word[name] == '[';
        if (bracket && word[length - 1] == ']' && all[i].elements &&
            real_read_whole(&number, (Piece){ digits, length - name - 2 }, (uint64_t)all[i].elements) && number > 0) {
            *element = (int)number - 1;
            return &all[i];
        }
        for (int e = 0; e < all[i].elements; e++)
            if (strlen(all[i].column[e]) == length && strncmp(all[i].column[e], word, length) == 0) {
                *element = e;
                return &all[i];
            }
    }
    return NULL;
}

/* Whether the values of the states, or of the observables, are in the program. */
static bool saved_has_states(const CubieProblem *problem)
{
    const char *first = problem->input[problem->parameters].name;
    const size_t length = strcspn(first, "[");
    for (int i = 0; i < problem->outputs; i++) {
        const char *name = problem->output[i].name;
        const bool vector = strlen(name) == length && strncmp(name, first, length) == 0;
        if (problem->output[i].dimension == CUBIE_OF_INSTANT && (vector || strcmp(name, first) == 0)) return true;
    }
    return false;
}

static bool saved_is_state(const CubieProblem *problem, const char *name)
{
    const size_t length = strlen(name);
    for (int i = 0; i < problem->states; i++) {
        const char *state = problem->input[problem->parameters + i].name;
        const bool vector = strncmp(state, name, length) == 0 && state[length] == '[';
        if (vector || strcmp(state, name) == 0) return true;
    }
    return false;
}

/* "u[9]" of a vector that has fewer; 0 when it is something else. */
static int saved_elements_of(const Saved *all, int count, const char *name)
{
    const size_t length = strcspn(name, "[");
    for (int i = 0; i < count; i++)
        if (name[length] && strlen(all[i].output->name) == length && strncmp(all[i].output->name, name, length) == 0)
            return all[i].elements;
    return 0;
}

static void saved_unknown(const Batch *batch, const Saved *all, int count, const char *name)
{
    const int elements = saved_elements_of(all, count, name);
    const CubieProblem *problem = batch->problem;
    const bool states = saved_has_states(problem);
    const bool observables = (int)cubie_problem_row(problem) > (states ? problem->states : 0);
    Suggestion near = cubie_suggest(name);
    for (int i = 0; i < count; i++) cubie_suggest_try(&near, all[i].output->name);
    const int parameter = cubie_input_find(problem, name);
    const char *hint = near.best ? cubie_suggest_text(&near, batch->pool) : "; --describe lists them";
    if (elements)
        cubie_error(batch->report, "--save: there is no '%s'; '%.*s' has %d element%s", name, (int)strcspn(name, "["),
                    name, elements, elements == 1 ? "" : "s");
    else if (!states && saved_is_state(problem, name))
        cubie_error(batch->report,
                    "--save: the state '%s' is not in this program; generate it again with outputs=states%s", name,
                    observables ? ",observables" : "");
    else if (parameter >= 0 && parameter < problem->parameters)
        cubie_error(batch->report, "--save: '%s' is a parameter; those that vary are always saved", name);
    else if (problem->observables && !observables)
        cubie_error(batch->report,
                    "--save: there is no output '%s'%s (observables are not in this program; generate it again with "
                    "outputs=states,observables)",
                    name, hint);
    else
        cubie_error(batch->report, "--save: there is no output '%s'%s", name, hint);
}

/* Adds what a word of --save means. */
static void saved_add(SavedList *list, Saved *all, const Batch *batch, const char *word, size_t length)
{
    int element;
    const char *name = cubie_pool_text(batch->pool, word, length);
    Saved *found = saved_find(all, list->outputs, word, length, &element);
    if (!found) {
        saved_unknown(batch, all, list->outputs, name);
        return;
    }
    Saved saved = *found;
    saved.asked = true;
    if (element >= 0) {
        saved.element = element;
        saved.elements = 0;
        saved.dimension = NULL;
        saved.name = found->column[element];
        saved.column = &found->column[element];
        saved.title = cubie_pool_printf(batch->pool, "%s[%d]", found->output->name, element + 1);
    }
    for (int i = 0; i < list->count; i++) {
        const Saved *other = &list->item[i];
        if (other->number != saved.number) continue;
        if (other->element != saved.element && other->element >= 0 && saved.element >= 0) continue;
        cubie_error(batch->report, "--save=%s: %s is named twice", batch->options.save, name);
        return;
    }
    list->item[list->count++] = saved;
}

/* "x,radius,u[3]": in this order; and what every run has. */
static void saved_choose(SavedList *list, Saved *all, const Batch *batch)
{
    const char *word = batch->options.save;
    for (;; word += strcspn(word, ",") + 1) {
        const size_t length = strcspn(word, ",");
        if (!length) {
            cubie_error(batch->report, "--save=%s: expected names with commas between, for example --save=%s",
                        batch->options.save, all[0].output->name);
            return;
        }
        saved_add(list, all, batch, word, length);
        if (!word[length]) return;
    }
}

void cubie_saved_resolve(Batch *batch)
{
    const CubieProblem *problem = batch->problem;
    const char *save = batch->options.save;
    SavedList *list = cubie_pool_array(batch->pool, 1, sizeof *list);
    list->outputs = problem->outputs + CUBIE_OWN_OUTPUTS;
    const size_t outputs = (size_t)list->outputs;
    list->output = cubie_pool_array(batch->pool, outputs, sizeof *list->output);
    list->wanted = cubie_pool_array(batch->pool, outputs, 1);
    for (int i = 0; i < list->outputs; i++)
        list->output[i] = i < problem->outputs ? &problem->output[i] : &saved_own[i - problem->outputs];
    Saved *all = saved_all(list, batch);
    list->item = cubie_pool_array(batch->pool, outputs + (save ? strlen(save) : 0), sizeof *list->item);
    if (save) saved_choose(list, all, batch);
    const int chosen = list->count;
    for (int i = 0; i < list->outputs; i++) {
        bool there = save && all[i].output->dimension == CUBIE_OF_INSTANT;
        for (int k = 0; k < chosen; k++) there |= list->item[k].number == i;
        if (!there) list->item[list->count++] = all[i];
    }
    for (int i = 0; i < list->count; i++) list->wanted[list->item[i].number] = 1;
    batch->saved = list;
}

void cubie_saved_want(SavedList *saved, const CubieResult *result)
{
    for (int i = 0; i < saved->outputs - CUBIE_OWN_OUTPUTS; i++) saved->wanted[i] = result->array && result->array[i];
}

/* ---- values --------------------------------------------------------------------- */

void cubie_saved_blocks(const SavedList *saved, const CubieChunk *chunk)
{
    CubieBlock *own = chunk->block + saved->outputs - CUBIE_OWN_OUTPUTS;
    own[0] = (CubieBlock){ .value = chunk->status };
    own[1] = (CubieBlock){ .value = chunk->steps };
    own[2] = (CubieBlock){ .value = chunk->rejected };
}

uint64_t cubie_saved_rows(const Saved *saved, const Settings *settings)
{
    const uint64_t instants = saved->output->dimension == CUBIE_OF_INSTANT ? cubie_settings_instants(settings) : 1;
    return instants * (uint64_t)(saved->elements ? saved->elements : 1);
}

const void *cubie_saved_values(const Saved *saved, const CubieChunk *chunk, uint64_t instant, int element)
{
    return cubie_block_values(saved->output, &chunk->block[saved->number], instant,
                              saved->element >= 0 ? saved->element : element);
}

size_t cubie_saved_size(const Saved *saved, const CubieProblem *problem)
{
    return cubie_type_size(saved->output->type, problem->precision);
}

double cubie_saved_bytes(const Batch *batch)
{
    double bytes = 0;
    for (int i = 0; i < batch->saved->count; i++) {
        const Saved *saved = &batch->saved->item[i];
        bytes += (double)cubie_saved_rows(saved, &batch->settings) * (double)cubie_saved_size(saved, batch->problem);
    }
    return bytes;
}

double cubie_problem_row(const CubieProblem *problem)
{
    double row = 0;
    for (int i = 0; i < problem->outputs; i++)
        if (problem->output[i].dimension == CUBIE_OF_INSTANT)
            row += problem->output[i].elements ? problem->output[i].elements : 1;
    return row;
}

bool cubie_saved_is_status(const Saved *saved)
{
    return saved->output == &saved_own[0];
}
