#include "CKernels.h"
#include "clones.h"

MATTE_INLINE void upsample(const float *restrict src, size_t factor, const int first[4], const float fraction[4],
                           float *restrict dst, size_t count) {
    for (size_t p = 0; p < factor; p++) {
        const float *from = src + first[p];
        float right = fraction[p], left = 1 - right;
        for (size_t i = 0; i < count; i++) dst[factor * i + p] = from[i] * left + from[i + 1] * right;
    }
}

// The case of nearly every clip, written so that both phases are stored together.
MATTE_INLINE void upsample2(const float *restrict src, const int first[4], const float fraction[4],
                            float *restrict dst, size_t count) {
    const float *even = src + first[0], *odd = src + first[1];
    float evenRight = fraction[0], evenLeft = 1 - evenRight, oddRight = fraction[1], oddLeft = 1 - oddRight;
    for (size_t i = 0; i < count; i++) {
        dst[2 * i] = even[i] * evenLeft + even[i + 1] * evenRight;
        dst[2 * i + 1] = odd[i] * oddLeft + odd[i + 1] * oddRight;
    }
}

MATTE_CLONES
void matte_upsample(const float *src, size_t factor, const int first[4], const float fraction[4], float *dst,
                    size_t count) {
    switch (factor) {
    case 1: upsample(src, 1, first, fraction, dst, count); break;
    case 2: upsample2(src, first, fraction, dst, count); break;
    default: upsample(src, 4, first, fraction, dst, count);
    }
}

MATTE_INLINE void downsample(const float *restrict src, size_t factor, const float *restrict tap, size_t taps,
                             float *restrict dst, size_t count) {
    for (size_t i = 0; i < count; i++) dst[i] = src[factor * i] * tap[0];
    for (size_t k = 1; k < taps; k++) {
        float weight = tap[k];
        const float *from = src + k;
        for (size_t i = 0; i < count; i++) dst[i] += from[factor * i] * weight;
    }
}

// The case of nearly every clip: all taps at once.
MATTE_INLINE void downsample2(const float *restrict src, const float *restrict tap, size_t taps, float *restrict dst,
                              size_t count) {
    for (size_t i = 0; i < count; i++) {
        float sum = src[2 * i] * tap[0];
        for (size_t k = 1; k < taps; k++) sum += src[2 * i + k] * tap[k];
        dst[i] = sum;
    }
}

MATTE_CLONES
void matte_downsample(const float *src, size_t factor, const float *tap, size_t taps, float *dst, size_t count) {
    switch (factor) {
    case 1: downsample(src, 1, tap, taps, dst, count); break;
    case 2:
        switch (taps) {
        case 4: downsample2(src, tap, 4, dst, count); break;
        case 5: downsample2(src, tap, 5, dst, count); break;
        default: downsample(src, 2, tap, taps, dst, count);
        }
        break;
    default: downsample(src, 4, tap, taps, dst, count);
    }
}
