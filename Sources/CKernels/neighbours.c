#include "CKernels.h"
#include "clones.h"

MATTE_INLINE float gradient(float above, float left, float here, float right, float below) {
    float before = here - left, after = right - here, over = here - above, under = below - here;
    return before * before + after * after + (over * over + under * under);
}

MATTE_CLONES
void matte_squared_gradient(const float *restrict above, const float *restrict src, const float *restrict below,
                            float scale, float *restrict dst, size_t count) {
    if (count == 0) return;
    const size_t last = count - 1;
    dst[0] += gradient(above[0], src[0], src[0], src[last ? 1 : 0], below[0]) * scale;
    for (size_t i = 1; i < last; i++) dst[i] += gradient(above[i], src[i - 1], src[i], src[i + 1], below[i]) * scale;
    if (last) dst[last] += gradient(above[last], src[last - 1], src[last], src[last], below[last]) * scale;
}

MATTE_INLINE float sharpened(float above, float left, float here, float right, float below, float amount) {
    return here + amount * (left + right + above + below - 4 * here);
}

MATTE_CLONES
void matte_sharpen(const float *restrict above, const float *restrict src, const float *restrict below, float amount,
                   float *restrict dst, size_t count) {
    if (count == 0) return;
    const size_t last = count - 1;
    dst[0] = sharpened(above[0], src[0], src[0], src[last ? 1 : 0], below[0], amount);
    for (size_t i = 1; i < last; i++) dst[i] = sharpened(above[i], src[i - 1], src[i], src[i + 1], below[i], amount);
    if (last) dst[last] = sharpened(above[last], src[last - 1], src[last], src[last], below[last], amount);
}

// Differences from the middle: where alpha is flat the slope is exactly 0.
MATTE_CLONES
void matte_regression(const float *restrict gray, const float *restrict alpha, size_t stride, float epsilon,
                      float *restrict dst, size_t count) {
    for (size_t i = 0; i < count; i++) {
        float grays = 0, alphas = 0, squares = 0, products = 0;
        for (ptrdiff_t row = -1; row <= 1; row++) {
            for (ptrdiff_t column = -1; column <= 1; column++) {
                ptrdiff_t there = (ptrdiff_t)i + row * (ptrdiff_t)stride + column;
                float dg = gray[there] - gray[i], da = alpha[there] - alpha[i];
                grays += dg, alphas += da, squares += dg * dg, products += dg * da;
            }
        }
        float covariance = products / 9 - grays / 9 * (alphas / 9);
        float variance = squares / 9 - grays / 9 * (grays / 9);
        dst[i] = covariance / ((variance > 0 ? variance : 0) + epsilon);
    }
}
