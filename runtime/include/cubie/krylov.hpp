// SPDX-License-Identifier: MIT
// Iterations of linear solvers: which runs go on, and why one stopped short.
//
// All runs of a vector begin together and stop one by one. What is theirs is
// changed under select(working, ...) alone, so that a run that has stopped
// keeps its solution bit for bit.
#ifndef CUBIE_KRYLOV_HPP
#define CUBIE_KRYLOV_HPP

#include <type_traits>

namespace cubie {

// Systems are real or complex. Of real numbers, what complex.hpp has of complex ones
// (Products, which sums take up: hence auto).
CUBIE_INLINE auto inner(Real a, Real b) { return a * b; }
CUBIE_INLINE auto squared_size(Real a) { return a * a; }

// A buffer as n Numbers: Reals, or Complex ones, of which the imaginary parts follow
// the real ones.
template <class Number, class Buffer> CUBIE_INLINE auto numbers(Buffer buffer, [[maybe_unused]] int n)
{
    if constexpr (std::is_same<Number, Real>::value)
        return buffer;
    else
        return complex_vector<Real>(buffer, at(buffer, n));
}

// Whether an element of shift*I - J on the diagonal is a pivot.
CUBIE_INLINE Mask is_pivot(Real element, Real shift) { return is_pivot(element, shift, shift); }
CUBIE_INLINE Mask is_pivot(Complex<Real> element, Complex<Real> shift)
{
    return is_pivot(element, shift, abs(shift.re));
}

// What makes a component of the state a number of tolerances; the n of the mean
// is in atol and rtol.
CUBIE_INLINE Real error_weight(Real y, Control atol, Control rtol)
{
    return real(reciprocal(atol + rtol * control(abs(y))));
}

struct Iteration {
    Mask working;  // runs that iterate
    Count trouble; // status bits
    Count done;    // iterations of each run
    // `tolerance`: of the residual's norm, in tolerances of the integration; `most`: iterations.
    CUBIE_INLINE Iteration(Mask active, float tolerance, uint32_t most)
        : working(active), trouble(0u), done(0u), limit(tolerance * tolerance), left(most)
    {
    }
    // The runs whose residual is small enough have their solution. `norm`: the
    // mean square; one that is not finite is met again as a breakdown.
    CUBIE_INLINE void stop(Real norm) { working = working & !(control(norm) <= Control(limit)); }
    // Begins an iteration, unless all runs have stopped. None is left: the others are exhausted.
    CUBIE_INLINE bool next()
    {
        if (left == 0) end(working, CUBIE_LINEAR_EXHAUSTED);
        if (!any(working)) return false;
        left--;
        count_if(working, done);
        return true;
    }
    // Breakdown of the runs that do not have this.
    CUBIE_INLINE void require(Mask sound) { end(working & !sound, CUBIE_LINEAR_BREAKDOWN); }
    // a/b. A method has no use for a factor of 0 or one that is not finite: breakdown.
    template <class Dividend, class Divisor> CUBIE_INLINE auto quotient(Dividend a, Divisor b)
    {
        typedef decltype(a + a) Number; // a Product no more
        const Number factor = reciprocal(b) * a;
        require(finite(factor) & (factor != Number(Scalar(0))));
        return factor;
    }

  private:
    float limit;
    uint32_t left;
    CUBIE_INLINE void end(Mask mask, uint32_t bit)
    {
        note(trouble, mask, bit);
        working = working & !mask;
    }
};

} // namespace cubie

#endif
