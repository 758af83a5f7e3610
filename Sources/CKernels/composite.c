#include "CKernels.h"
#include "clones.h"

MATTE_CLONES
void matte_over(const float *restrict f, const float *restrict a, const float *restrict b, float *restrict dst,
                size_t count) {
    for (size_t i = 0; i < count; i++) dst[i] = f[i] * a[i] + b[i] * (1 - a[i]);
}

MATTE_CLONES
void matte_over_color(const float *restrict f, const float *restrict a, float b, float *restrict dst, size_t count) {
    for (size_t i = 0; i < count; i++) dst[i] = f[i] * a[i] + b * (1 - a[i]);
}

MATTE_CLONES
void matte_multiply(const float *restrict f, const float *restrict a, float *restrict dst, size_t count) {
    for (size_t i = 0; i < count; i++) dst[i] = f[i] * a[i];
}

MATTE_CLONES
void matte_multiply_inverse(const float *restrict f, const float *restrict a, float *restrict dst, size_t count) {
    for (size_t i = 0; i < count; i++) dst[i] = f[i] * (1 - a[i]);
}

MATTE_CLONES
void matte_keep(const float *restrict f, const float *restrict a, float threshold, float *restrict dst, size_t count) {
    for (size_t i = 0; i < count; i++) {
        float value = f[i];
        dst[i] = a[i] >= threshold ? value : 0;
    }
}

MATTE_CLONES
void matte_divide(const float *restrict n, const float *restrict d, float least, const float *restrict other,
                  float *restrict dst, size_t count) {
    for (size_t i = 0; i < count; i++) {
        float divisor = d[i] > least ? d[i] : 1;
        float quotient = n[i] / divisor, instead = other[i];
        dst[i] = d[i] > least ? quotient : instead;
    }
}

MATTE_CLONES
void matte_fuse(const float *restrict p, const float *restrict a, const float *restrict f, const float *restrict b,
                float *restrict dst, size_t count) {
    for (size_t i = 0; i < count; i++) {
        float rest = p[i] - a[i] * f[i] - (1 - a[i]) * b[i];
        dst[i] = matte_clamped(f[i] + a[i] * rest, 0, 1);
    }
}
