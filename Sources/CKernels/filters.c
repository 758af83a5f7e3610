#include "CKernels.h"
#include "clones.h"

MATTE_CLONES
void matte_mix(const float *restrict a, const float *restrict b, float fraction, float *restrict dst, size_t count) {
    for (size_t i = 0; i < count; i++) dst[i] = a[i] + (b[i] - a[i]) * fraction;
}

MATTE_CLONES
void matte_accumulate(const float *restrict src, float weight, float *restrict dst, size_t count) {
    for (size_t i = 0; i < count; i++) dst[i] += src[i] * weight;
}

MATTE_CLONES
void matte_scale(const float *src, float weight, float *dst, size_t count) {
    for (size_t i = 0; i < count; i++) dst[i] = src[i] * weight;
}

// Blocks that stay in registers while the taps go by.
enum { block = 64 };

MATTE_INLINE void weigh_rows(const float *first, ptrdiff_t stride, const float *weight, size_t weight_step, size_t rows,
                             float *restrict dst, size_t length) {
    float sum[block];
    for (size_t j = 0; j < length; j++) sum[j] = first[j] * weight[0];
    for (size_t k = 1; k < rows; k++) {
        const float *row = first + (ptrdiff_t)k * stride;
        float share = weight[k * weight_step];
        for (size_t j = 0; j < length; j++) sum[j] += row[j] * share;
    }
    for (size_t j = 0; j < length; j++) dst[j] = sum[j];
}

MATTE_CLONES
void matte_weigh_rows(const float *src, ptrdiff_t stride, const float *weight, size_t weight_step, size_t rows,
                      float *restrict dst, size_t count) {
    size_t i = 0;
    for (; i + block <= count; i += block) weigh_rows(src + i, stride, weight, weight_step, rows, dst + i, block);
    if (i < count) weigh_rows(src + i, stride, weight, weight_step, rows, dst + i, count - i);
}

MATTE_CLONES
void matte_filter(const float *restrict src, const float *restrict tap, size_t taps, float *restrict dst,
                  size_t count) {
    size_t i = 0;
    for (; i + block <= count; i += block) {
        float sum[block];
        for (size_t j = 0; j < block; j++) sum[j] = 0;
        for (size_t k = 0; k < taps; k++) {
            float weight = tap[k];
            for (size_t j = 0; j < block; j++) sum[j] += src[i + k + j] * weight;
        }
        for (size_t j = 0; j < block; j++) dst[i + j] = sum[j];
    }
    for (; i < count; i++) {
        float sum = 0;
        for (size_t k = 0; k < taps; k++) sum += src[i + k] * tap[k];
        dst[i] = sum;
    }
}

MATTE_CLONES
void matte_resample(const float *restrict src, const int32_t *restrict start, const float *restrict weight,
                    size_t taps, float *restrict dst, size_t count) {
    for (size_t i = 0; i < count; i++) dst[i] = src[start[i]] * weight[i];
    for (size_t k = 1; k < taps; k++) {
        const float *w = weight + k * count, *from = src + k;
        for (size_t i = 0; i < count; i++) dst[i] += from[start[i]] * w[i];
    }
}

MATTE_CLONES
void matte_minimum(const float *restrict src, size_t window, float *restrict dst, size_t count) {
    for (size_t k = 0; k < window; k++) {
        for (size_t i = 0; i < count; i++) dst[i] = src[i + k] < dst[i] ? src[i + k] : dst[i];
    }
}

MATTE_CLONES
void matte_maximum(const float *restrict src, size_t window, float *restrict dst, size_t count) {
    for (size_t k = 0; k < window; k++) {
        for (size_t i = 0; i < count; i++) dst[i] = src[i + k] > dst[i] ? src[i + k] : dst[i];
    }
}

MATTE_CLONES
void matte_halve(const float *restrict a, const float *restrict b, float *restrict dst, size_t count) {
    for (size_t i = 0; i < count; i++) dst[i] = ((a[2 * i] + a[2 * i + 1]) + (b[2 * i] + b[2 * i + 1])) * 0.25f;
}
