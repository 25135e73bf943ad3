// SPDX-License-Identifier: MIT
/* cubie/sweep.h on a device: every value of every kind has the bits of the host. */
#include <stdlib.h>
#include <string.h>

#include <vector>

#include "cubie/sweep.h"
#include "tap.h"

namespace {

constexpr uint32_t chunk = 1 << 17;

__global__ void fill(float *out, CubieColumn32 column)
{
    const uint32_t run = blockIdx.x * blockDim.x + threadIdx.x;
    out[run] = cubie_sweep_value_f32(&column, run);
}

__global__ void fill(double *out, CubieColumn64 column)
{
    const uint32_t run = blockIdx.x * blockDim.x + threadIdx.x;
    out[run] = cubie_sweep_value_f64(&column, run);
}

float value_of(const CubieColumn32 &column, uint32_t run)
{
    return cubie_sweep_value_f32(&column, run);
}
double value_of(const CubieColumn64 &column, uint32_t run)
{
    return cubie_sweep_value_f64(&column, run);
}

/* Runs of a chunk whose bits differ. */
template <class Real, class Column> uint32_t differences(const Column &column)
{
    std::vector<Real> device(chunk);
    Real *out = nullptr;
    if (cudaMalloc(&out, chunk * sizeof(Real)) != cudaSuccess) return chunk;
    fill<<<chunk / 128, 128>>>(out, column);
    if (cudaMemcpy(device.data(), out, chunk * sizeof(Real), cudaMemcpyDeviceToHost) != cudaSuccess) return chunk;
    cudaFree(out);
    uint32_t count = 0;
    for (uint32_t run = 0; run < chunk; run++) {
        const Real host = value_of(column, run);
        count += memcmp(&host, &device[run], sizeof host) != 0;
    }
    return count;
}

CubieColumn column_of(int kind, double start, double stop, uint64_t stride, uint64_t count)
{
    CubieColumn column = {};
    const double gaps = count > 1 ? (double)(count - 1) : 1;
    column.kind = kind;
    column.stride = stride;
    column.count = count;
    column.start = start;
    column.stop = stop;
    column.key = cubie_sweep_key(5, "rho");
    column.step = kind == CUBIE_SWEEP_LINEAR      ? (stop - start) / gaps
                  : kind == CUBIE_SWEEP_GEOMETRIC ? log(stop / start) / gaps
                  : kind == CUBIE_SWEEP_UNIFORM   ? stop - start
                                                  : stop;
    return column;
}

void test_column(const char *what, const CubieColumn &column)
{
    uint32_t low = 0, high = 0;
    const uint64_t firsts[] = { 0, 1000003, (uint64_t)1 << 33 };
    for (uint64_t first : firsts) {
        CubieColumn32 ready32;
        CubieColumn64 ready64;
        cubie_column_prepare32(&ready32, &column, first, chunk);
        cubie_column_prepare64(&ready64, &column, first, chunk);
        low += differences<float>(ready32);
        high += differences<double>(ready64);
    }
    tap_ok(low == 0, "%s, float32: %u of %u runs differ from the host", what, low, 3 * chunk);
    tap_ok(high == 0, "%s, float64: %u of %u runs differ from the host", what, high, 3 * chunk);
}

} // namespace

int main()
{
    int devices = 0;
    if (cudaGetDeviceCount(&devices) != cudaSuccess || devices == 0) {
        tap_skip("values of sweeps on a device", "no CUDA device here");
        return tap_done();
    }
    test_column("linear", column_of(CUBIE_SWEEP_LINEAR, 0, 21, 1, 1000000));
    test_column("linear through zero", column_of(CUBIE_SWEEP_LINEAR, -3, 3, 1, 131071));
    test_column("linear in a grid", column_of(CUBIE_SWEEP_LINEAR, -1e-3, 5e7, 77, 1001));
    test_column("linear, long", column_of(CUBIE_SWEEP_LINEAR, 0.1, 0.3, 3, (uint64_t)1 << 34));
    test_column("geometric", column_of(CUBIE_SWEEP_GEOMETRIC, 1e-3, 1e3, 1, 1000000));
    test_column("geometric in a grid", column_of(CUBIE_SWEEP_GEOMETRIC, -1e12, -1e-20, 10, 4099));
    test_column("uniform", column_of(CUBIE_SWEEP_UNIFORM, -1, 2, 1, 1));
    test_column("normal", column_of(CUBIE_SWEEP_NORMAL, 10, 3, 1, 1));
    return tap_done();
}
