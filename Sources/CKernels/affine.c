#include "CKernels.h"
#include "clones.h"

static const float third = 1.0f / 3;

MATTE_CLONES
void matte_affine_alpha(const float *restrict r, const float *restrict g, const float *restrict b,
                        const float *restrict slope, const float *restrict offset, float *restrict dst, size_t count) {
    for (size_t i = 0; i < count; i++) {
        float mean = (r[i] + g[i] + b[i]) * third;
        dst[i] = matte_clamped(slope[i] * mean + offset[i], 0, 1);
    }
}

MATTE_CLONES
void matte_affine_color(const float *restrict src, const float *restrict slope, const float *restrict offset,
                        float *restrict dst, size_t count) {
    for (size_t i = 0; i < count; i++) dst[i] = matte_clamped(slope[i] * src[i] + offset[i] + src[i], 0, 1);
}
