#include "CKernels.h"
#include "clones.h"

// The functions below are made of inlined ones whose arguments are `restrict`: of many rows of output the compiler knows
// in no other way that they do not overlap.

MATTE_INLINE float matte_least(float value, float most) {
    return value < most ? value : most;
}

MATTE_CLONES
void matte_energy(const float *p, const float *q, size_t stride, const float *slope, float flat, float drift,
                  float most, float *restrict dst, size_t count) {
    for (size_t i = 0; i < count; i++) {
        float r = p[i] - q[i], g = p[stride + i] - q[stride + i], b = p[2 * stride + i] - q[2 * stride + i];
        dst[i] = matte_least((r * r + g * g + b * b) / (3 * (flat + drift * slope[i])), most);
    }
}

MATTE_CLONES
void matte_energy_beyond(const float *p, const float *q, size_t stride, const float *low, const float *high,
                         const float *variance, float most, float *restrict dst, size_t count) {
    for (size_t i = 0; i < count; i++) {
        float r = p[i] - q[i], g = p[stride + i] - q[stride + i], b = p[2 * stride + i] - q[2 * stride + i];
        float light = 0.299f * p[i] + 0.587f * p[stride + i] + 0.114f * p[2 * stride + i];
        float above = light - high[i], below = low[i] - light;
        float beyond = above > below ? above : below;
        beyond = beyond > 0 ? beyond : 0;
        float energy = 3 * beyond * beyond + (r - g) * (r - g) + (b - g) * (b - g);
        dst[i] = matte_least(energy / (3 * variance[i]), most);
    }
}

MATTE_INLINE void mixture(const float *p, const float *q, const float *f, size_t stride, const float *noise,
                          float *restrict alpha, float *restrict precision, float *restrict misfit, size_t count) {
    for (size_t i = 0; i < count; i++) {
        float d0 = p[i] - q[i], d1 = p[stride + i] - q[stride + i], d2 = p[2 * stride + i] - q[2 * stride + i];
        float f0 = f[i] - q[i], f1 = f[stride + i] - q[stride + i], f2 = f[2 * stride + i] - q[2 * stride + i];
        float spread = f[3 * stride + i];
        float length = (f0 * f0 + f1 * f1 + f2 * f2) / 3;
        float share = (d0 * f0 + d1 * f1 + d2 * f2) / 3 / (length + 1e-6f);
        float inside = matte_clamped(share, 0, 1);
        float r0 = d0 - inside * f0, r1 = d1 - inside * f1, r2 = d2 - inside * f2;
        float beside = (r0 * r0 + r1 * r1 + r2 * r2) / 3;
        alpha[i] = share;
        precision[i] = length / (noise[i] + inside * inside * spread + 0.3f * beside);
        misfit[i] = beside / (noise[i] + spread);
    }
}

MATTE_CLONES
void matte_mixture(const float *p, const float *q, const float *f, size_t stride, const float *noise, float *dst,
                   size_t count) {
    mixture(p, q, f, stride, noise, dst, dst + stride, dst + 2 * stride, count);
}

MATTE_INLINE void foreground_sums(const float *p, const float *q, size_t stride, const float *weight,
                                  const float *alpha, float *restrict red, float *restrict green, float *restrict blue,
                                  float *restrict square, float *restrict sum, size_t count) {
    for (size_t i = 0; i < count; i++) {
        float share = alpha ? alpha[i] : 1;
        float rest = 1 - share, part = weight[i] * share;
        float r = p[i] - rest * q[i], g = p[stride + i] - rest * q[stride + i];
        float b = p[2 * stride + i] - rest * q[2 * stride + i];
        red[i] = part * r, green[i] = part * g, blue[i] = part * b;
        square[i] = weight[i] * (r * r + g * g + b * b) / 3;
        sum[i] = part * share;
    }
}

MATTE_CLONES
void matte_foreground_sums(const float *p, const float *q, size_t stride, const float *weight, const float *alpha,
                           float *dst, size_t count) {
    float *green = dst + stride, *blue = green + stride, *square = blue + stride, *sum = square + stride;
    if (alpha)
        foreground_sums(p, q, stride, weight, alpha, dst, green, blue, square, sum, count);
    else
        foreground_sums(p, q, stride, weight, 0, dst, green, blue, square, sum, count);
}

MATTE_INLINE void light_difference(const float *p, const float *q, size_t stride, const float *line, float square,
                                   const float *mask, float *restrict red, float *restrict green, float *restrict blue,
                                   float *restrict sum, size_t count) {
    const float gains[3] = {line[0], line[2], line[4]}, offsets[3] = {line[1], line[3], line[5]};
    for (size_t i = 0; i < count; i++) {
        float r = p[i] - gains[0] * q[i] - offsets[0];
        float g = p[stride + i] - gains[1] * q[stride + i] - offsets[1];
        float b = p[2 * stride + i] - gains[2] * q[2 * stride + i] - offsets[2];
        float share = 1 + (r * r + g * g + b * b) / 3 / square;
        float weight = mask[i] / (share * share);
        red[i] = weight * r, green[i] = weight * g, blue[i] = weight * b, sum[i] = weight;
    }
}

MATTE_CLONES
void matte_light_difference(const float *p, const float *q, size_t stride, const float line[6], float square,
                            const float *mask, float *dst, size_t count) {
    light_difference(p, q, stride, line, square, mask, dst, dst + stride, dst + 2 * stride, dst + 3 * stride, count);
}

MATTE_CLONES
void matte_relight(const float *restrict src, float gain, float offset, const float *restrict more,
                   float *restrict dst, size_t count) {
    for (size_t i = 0; i < count; i++) dst[i] = gain * src[i] + offset + more[i];
}

MATTE_CLONES
void matte_between(const float *restrict a, float most, const float *restrict b, float least, float *restrict dst,
                   size_t count) {
    for (size_t i = 0; i < count; i++) dst[i] = ((a[i] < most) & (b[i] > least)) ? 1 : 0;
}
