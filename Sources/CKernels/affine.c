#include <string.h>

#include "CKernels.h"
#include "clones.h"

static const float third = 1.0f / 3;

// Runs of a few samples each: a whole vector is written from where the run begins, and the next run writes over what
// was too much. Several rows go together because they share the weights.
enum { vector = 8, most_rows = 4 };

MATTE_INLINE void stretch(const float *src, size_t stride, const int32_t *restrict first, size_t runs,
                          const float *restrict left, const float *restrict right, float *const *dst, size_t rows) {
    float *to[most_rows];
    for (size_t row = 0; row < rows; row++) to[row] = dst[row];
    for (size_t k = 0; k < runs; k++) {
        for (int32_t i = first[k]; i < first[k + 1]; i += vector) {
            float l[vector], r[vector];
            for (int32_t j = 0; j < vector; j++) l[j] = left[i + j];
            for (int32_t j = 0; j < vector; j++) r[j] = right[i + j];
            for (size_t row = 0; row < rows; row++) {
                float one = src[row * stride + k], two = src[row * stride + k + 1];
                for (int32_t j = 0; j < vector; j++) to[row][i + j] = one * l[j] + two * r[j];
            }
        }
    }
}

MATTE_CLONES
void matte_stretch(const float *src, size_t stride, const int32_t *first, size_t runs, const float *left,
                   const float *right, float *const *dst, size_t rows) {
    switch (rows) {
    case 1: stretch(src, stride, first, runs, left, right, dst, 1); break;
    case 4: stretch(src, stride, first, runs, left, right, dst, 4); break;
    default:
        for (size_t row = 0; row < rows; row++) stretch(src + row * stride, stride, first, runs, left, right, dst + row, 1);
    }
}

MATTE_CLONES
bool matte_affine_is_zero(const float *slope, const float *offset, size_t count) {
    uint32_t any = 0;
    for (size_t i = 0; i < count; i++) any |= (uint32_t)(offset[i] > 0) | (uint32_t)(slope[i] + offset[i] > 0);
    return any == 0;
}

MATTE_CLONES
void matte_affine_alpha(const float *restrict r, const float *restrict g, const float *restrict b,
                                const matte_affine_rows *rows, float *restrict dst, size_t count) {
    const float *restrict s0 = rows->slope0, *restrict s1 = rows->slope1;
    const float *restrict o0 = rows->offset0, *restrict o1 = rows->offset1;
    float w0 = rows->weight0, w1 = rows->weight1;
    for (size_t i = 0; i < count; i++) {
        float mean = (r[i] + g[i] + b[i]) * third;
        float slope = s0[i] * w0 + s1[i] * w1, offset = o0[i] * w0 + o1[i] * w1;
        dst[i] = matte_clamped(slope * mean + offset, 0, 1);
    }
}

enum use { plain, over, over_color, multiply, keep };

MATTE_INLINE void color(const float *restrict src, const matte_affine_rows *rows, size_t first,
                        const float *restrict a, const float *restrict behind, float value, float *restrict dst,
                        size_t count, enum use use) {
    const float *restrict s0 = rows->slope0 + first, *restrict s1 = rows->slope1 + first;
    const float *restrict o0 = rows->offset0 + first, *restrict o1 = rows->offset1 + first;
    float w0 = rows->weight0, w1 = rows->weight1;
    for (size_t i = 0; i < count; i++) {
        float slope = s0[i] * w0 + s1[i] * w1, offset = o0[i] * w0 + o1[i] * w1;
        float f = matte_clamped(slope * src[i] + offset + src[i], 0, 1), alpha = a[i];
        switch (use) {
        case plain: dst[i] = f; break;
        case over: dst[i] = f * alpha + behind[i] * (1 - alpha); break;
        case over_color: dst[i] = f * alpha + value * (1 - alpha); break;
        case multiply: dst[i] = f * alpha; break;
        case keep: dst[i] = alpha >= value ? f : 0; break;
        }
    }
}

enum { block = 64 };

// Where alpha is 0 all along a block, what the formula gives is known: most of most pictures.
MATTE_INLINE void colors(const float *src, const matte_affine_rows *rows, const float *a, const float *behind,
                         float value, float *dst, size_t count, enum use use) {
    size_t i = 0;
    for (; i + block <= count; i += block) {
        uint32_t any = 0;
        for (size_t j = 0; j < block; j++) {
            uint32_t bits;
            memcpy(&bits, a + i + j, sizeof bits);
            any |= bits;
        }
        if (any) {
            color(src + i, rows, i, a + i, behind + i, value, dst + i, block, use);
        } else if (use == over) {
            memcpy(dst + i, behind + i, block * sizeof *dst);
        } else {
            float all = use == over_color ? value : 0;
            for (size_t j = 0; j < block; j++) dst[i + j] = all;
        }
    }
    color(src + i, rows, i, a + i, behind + i, value, dst + i, count - i, use);
}

MATTE_CLONES
void matte_affine_color(const float *src, const matte_affine_rows *rows, float *dst, size_t count) {
    color(src, rows, 0, src, src, 0, dst, count, plain);
}

MATTE_CLONES
void matte_affine_over(const float *src, const matte_affine_rows *rows, const float *a, const float *b, float *dst,
                       size_t count) {
    colors(src, rows, a, b, 0, dst, count, over);
}

MATTE_CLONES
void matte_affine_over_color(const float *src, const matte_affine_rows *rows, const float *a, float b, float *dst,
                             size_t count) {
    colors(src, rows, a, a, b, dst, count, over_color);
}

MATTE_CLONES
void matte_affine_multiply(const float *src, const matte_affine_rows *rows, const float *a, float *dst, size_t count) {
    colors(src, rows, a, a, 0, dst, count, multiply);
}

MATTE_CLONES
void matte_affine_keep(const float *src, const matte_affine_rows *rows, const float *a, float threshold, float *dst,
                       size_t count) {
    colors(src, rows, a, a, threshold, dst, count, keep);
}

MATTE_CLONES
void matte_affine_fuse(const float *restrict src, const matte_affine_rows *rows, const float *restrict a,
                       float *restrict dst, size_t count) {
    const float *restrict f0 = rows->slope0, *restrict f1 = rows->slope1;
    const float *restrict b0 = rows->offset0, *restrict b1 = rows->offset1;
    float w0 = rows->weight0, w1 = rows->weight1;
    for (size_t i = 0; i < count; i++) {
        float f = f0[i] * w0 + f1[i] * w1, b = b0[i] * w0 + b1[i] * w1, alpha = a[i], value = src[i];
        float fused = f + alpha * (value - alpha * f - (1 - alpha) * b);
        // The sum does not round to the picture's own value by itself.
        dst[i] = matte_clamped(alpha == 1 ? value : fused, 0, 1);
    }
}
