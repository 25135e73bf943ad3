// SPDX-License-Identifier: MIT
// What the description of a problem and the functions of its header (NAME_defaults,
// NAME_solve) are made of, in terms of cubie/problem.h.
#ifndef CUBIE_LIBRARY_HPP
#define CUBIE_LIBRARY_HPP

#include <cstddef>
#include <cstring>

namespace cubie {

// ---- records of the description ---------------------------------------------

// A parameter or an initial value, which may be the problem's expression; `code` where the name is no identifier.
constexpr CubieVariable input_of(const char *name, const char *unit, double value, const char *code = nullptr,
                                 const char *expression = nullptr)
{
    return { name, code ? code : name, unit, value, expression };
}

// A real for each saved instant, or a vector of them: its first element's place among those a run stores, and
// the step from one to the next, or their places.
constexpr CubieOutput saved(const char *name, const char *unit, int place, const char *code = nullptr)
{
    return { name, code ? code : name, "", unit, CUBIE_OF_INSTANT, CUBIE_REAL, 0, place, 1, nullptr };
}
constexpr CubieOutput saved_vector(const char *name, const char *code, const char *unit, int elements, int first,
                                   int step, const int *places = nullptr)
{
    return { name, code, "", unit, CUBIE_OF_INSTANT, CUBIE_REAL, elements, first, step, places };
}

// A count for each run.
constexpr CubieOutput counted(const char *name, const char *title, int place, const char *code = nullptr)
{
    return { name, code ? code : name, title, "", CUBIE_OF_RUN, CUBIE_UINT32, 0, place, 1, nullptr };
}

// ---- functions of the header --------------------------------------------------

template <class Options, int numbers> static Options library_defaults(const CubieNumber (&number)[numbers])
{
    Options options = {};
    cubie_clear_numbers(&options, numbers, number);
    return options;
}

// Inputs is one pointer for each input; Outputs is the number of instants, one pointer for each output, then
// status, steps, rejected, messages and messages_size.
template <class Inputs, class Options, class Outputs, int numbers>
static int library_solve(const CubieProblem &problem, const CubieNumber (&number)[numbers], uint64_t runs,
                         const Inputs *given, const Options *options, Outputs *results)
{
    constexpr size_t first = sizeof(uint64_t), arrays = (offsetof(Outputs, status) - first) / sizeof(void *);
    static_assert(sizeof(Inputs) == sizeof(double * [cubie::inputs]), "one pointer for each input");
    const double *input[cubie::inputs] = {};
    if (given) memcpy(input, given, sizeof input);
    const Options chosen = options ? *options : library_defaults<Options>(number);
    const CubieCall call = { runs, input, &chosen, numbers, number, chosen.argument_count, chosen.arguments };
    if (!results) return cubie_solve(&problem, &call, nullptr);
    assert(int(arrays) == problem.outputs);
    void *array[arrays];
    memcpy(array, reinterpret_cast<const char *>(results) + first, sizeof array);
    CubieResult result = { runs,
                           results->instants,
                           array,
                           results->status,
                           results->steps,
                           results->rejected,
                           results->messages,
                           results->messages_size,
                           0 };
    return cubie_solve(&problem, &call, &result);
}

} // namespace cubie

#endif
