#include "CKernels.h"
#include "clones.h"

MATTE_CLONES
void matte_ycc_to_rgb(const float *restrict y, const float *restrict cb, const float *restrict cr, const float m[4],
                      float *restrict r, float *restrict g, float *restrict b, size_t count) {
    float redCr = m[0], greenCb = m[1], greenCr = m[2], blueCb = m[3];
    for (size_t i = 0; i < count; i++) {
        r[i] = matte_clamped(y[i] + redCr * cr[i], 0, 1);
        g[i] = matte_clamped(y[i] - greenCb * cb[i] - greenCr * cr[i], 0, 1);
        b[i] = matte_clamped(y[i] + blueCb * cb[i], 0, 1);
    }
}

MATTE_CLONES
void matte_rgb_to_ycc(const float *restrict r, const float *restrict g, const float *restrict b, const float w[5],
                      float *restrict y, float *restrict cb, float *restrict cr, size_t count) {
    float kr = w[0], kg = w[1], kb = w[2], cbScale = w[3], crScale = w[4];
    for (size_t i = 0; i < count; i++) {
        float red = matte_clamped(r[i], 0, 1), green = matte_clamped(g[i], 0, 1), blue = matte_clamped(b[i], 0, 1);
        float luma = kr * red + kg * green + kb * blue;
        y[i] = luma;
        cb[i] = (blue - luma) * cbScale;
        cr[i] = (red - luma) * crScale;
    }
}

MATTE_CLONES
void matte_clamp(const float *src, float *dst, size_t count) {
    for (size_t i = 0; i < count; i++) dst[i] = matte_clamped(src[i], 0, 1);
}
