#include <string.h>

#include "CKernels.h"
#include "clones.h"

typedef float four __attribute__((vector_size(16)));

MATTE_INLINE four load(const float *src) {
    four value;
    memcpy(&value, src, sizeof value);
    return value;
}

MATTE_CLONES
void matte_warp(const float *restrict src, size_t width, size_t height, const matte_warp_row *row,
                float *const *restrict dst, size_t count) {
    const float right = (float)width - 1, bottom = (float)height - 1;
    const matte_warp_row at = *row;
    float *restrict d0 = dst[0], *restrict d1 = dst[1], *restrict d2 = dst[2], *restrict d3 = dst[3];
    for (size_t i = 0; i < count; i++) {
        float inverse = 1 / (at.depth + at.depth_step * (float)i);
        float x = (at.x + at.x_step * (float)i) * inverse, y = (at.y + at.y_step * (float)i) * inverse;
        if (at.shift_x) x += at.shift_x[i], y += at.shift_y[i];
        // Written so that NaN is outside.
        if (!(x >= -0.5f && y >= -0.5f && x <= right + 0.5f && y <= bottom + 0.5f)) {
            d0[i] = d1[i] = d2[i] = d3[i] = 0;
            continue;
        }
        float left = matte_clamped(x, 0, right), top = matte_clamped(y, 0, bottom);
        size_t column = (size_t)left, line = (size_t)top;
        if (column + 1 == width && column > 0) column--;
        if (line + 1 == height && line > 0) line--;
        const float *first = src + 4 * (line * width + column);
        const float *below = height > 1 ? first + 4 * width : first;
        size_t beside = width > 1 ? 4 : 0;
        float u = left - (float)column, v = top - (float)line;
        four above = load(first) + (load(first + beside) - load(first)) * u;
        four under = load(below) + (load(below + beside) - load(below)) * u;
        four value = above + (under - above) * v;
        d0[i] = value[0], d1[i] = value[1], d2[i] = value[2], d3[i] = value[3];
    }
}
