// SPDX-License-Identifier: MIT
// Where a buffer lies. A buffer is declared as one of
//
//   Real stage_rhs[3];                            a local array
//   Real *const stage_cache = persistent + 0;     a piece of the persistent slab
//   const Shared<Real> stage_rhs = shared.at<Real>(0);   a piece of the shared slab
//
// and used as stage_rhs[i] in any case; at(buffer, k) is the piece of a buffer
// that starts at element k.
//
// On the GPU the shared slabs of the 32 runs of a warp are interleaved: element
// e of the run in lane r lies at e * 32 + r, so a warp never meets itself in a
// bank. On the CPU a Real holds the runs of all lanes and a slab is plain memory.
#ifndef CUBIE_MEMORY_HPP
#define CUBIE_MEMORY_HPP

namespace cubie {

#if defined(__CUDACC__)
constexpr int slab_lanes = 32;
#else
constexpr int slab_lanes = 1;
#endif

template <class T> struct Shared {
    T *base;
    CUBIE_INLINE T &operator[](int element) const { return base[element * slab_lanes]; }
};

// The shared slab of one run; offsets are in Ts.
struct SharedSlab {
    unsigned char *base; // of the warp (GPU) or of the vector of runs (CPU)
    int lane;
    template <class T> CUBIE_INLINE Shared<T> at(int offset) const
    {
        return { reinterpret_cast<T *>(base + size_t(offset) * sizeof(T) * slab_lanes) + lane };
    }
};

// An element of an array of the GPU that is to lie in memory: accesses stay where
// the text has them. Else ptxas moves loads of large arrays about, and keeps what
// it loaded early by storing it elsewhere.
#if defined(__CUDACC__)
template <class T> struct InMemory {
    volatile typename T::Vector v;
    CUBIE_INLINE operator T() const { return T(v); }
    CUBIE_INLINE void operator=(T a) { v = a.v; }
};
#else
template <class T> using InMemory = T;
#endif

template <class T> CUBIE_INLINE T *at(T *buffer, int element) { return buffer + element; }
template <class T> CUBIE_INLINE Shared<T> at(Shared<T> buffer, int element)
{
    return { buffer.base + element * slab_lanes };
}

} // namespace cubie

#endif
