// SPDX-License-Identifier: MIT
// The CUDA target: which results of a chunk come to the host. Values that nobody
// asked for stay on the device, as far as few copies do.
#ifndef CUBIE_CUDA_COPY_HPP
#define CUBIE_CUDA_COPY_HPP

#include "cubie/host/cuda_device.hpp"

namespace cubie {

// Rows (outputs * runs values are an instant's) that are copied: neighbours together.
constexpr int most_pieces = 8; // to more of them it is better to copy what lies between
struct Pieces {
    bool whole; // all rows, at once
    int count;
    size_t most; // bytes from instant to instant that a copy can step over
    struct {
        size_t first, stop;
    } piece[most_pieces];
};

static void mark_rows(unsigned char row[outputs], const CubieProblem &problem, const unsigned char *wanted)
{
    memset(row, 0, outputs);
    for (int i = 0; i < problem.outputs; i++) {
        const CubieOutput &output = problem.output[i];
        if (!wanted[i] || output.dimension != CUBIE_OF_INSTANT) continue;
        for (int e = 0; e < (output.elements ? output.elements : 1); e++)
            row[output.place ? output.place[e] : output.first + e * output.step] = 1;
    }
}

static Pieces choose_pieces(const CubieProblem &problem, const unsigned char *wanted, size_t most)
{
    Pieces pieces = {};
    unsigned char row[outputs];
    pieces.most = most;
    pieces.whole = !wanted;
    if (!wanted) return pieces;
    mark_rows(row, problem, wanted);
    for (int i = 0; i < outputs; i++) {
        if (!row[i]) continue;
        const bool begins = i == 0 || !row[i - 1];
        if (begins && pieces.count == most_pieces) {
            pieces.whole = true;
            return pieces;
        }
        if (begins) pieces.piece[pieces.count++].first = size_t(i);
        pieces.piece[pieces.count - 1].stop = size_t(i) + 1;
    }
    return pieces;
}

// Copies the pieces of the values, and all that follows the values.
static int enqueue_results(unsigned char *host, const unsigned char *device, const ResultLayout &layout,
                           const Pieces &pieces, uint32_t runs, cudaStream_t stream, CubieMessage *message)
{
    const size_t row = runs * sizeof(Scalar), instant = size_t(outputs) * row;
    const size_t values = instant && instant <= pieces.most && !pieces.whole ? layout.trace : 0;
    for (int i = 0; values && i < pieces.count; i++) {
        const size_t from = pieces.piece[i].first * row, width = pieces.piece[i].stop * row - from;
        CUBIE_CUDA(cudaMemcpy2DAsync, host + from, instant, device + from, instant, width, values / instant,
                   cudaMemcpyDeviceToHost, stream);
    }
    if (layout.bytes > values)
        CUBIE_CUDA(cudaMemcpyAsync, host + values, device + values, layout.bytes - values, cudaMemcpyDeviceToHost,
                   stream);
    return 0;
}

} // namespace cubie

#endif
