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
    for (size_t i = 0; i < count; i++) {
        float inverse = 1 / (row->depth + row->depth_step * (float)i);
        float x = (row->x + row->x_step * (float)i) * inverse, y = (row->y + row->y_step * (float)i) * inverse;
        if (row->shift_x) x += row->shift_x[i], y += row->shift_y[i];
        // Written so that NaN is outside.
        if (!(x >= -0.5f && y >= -0.5f && x <= right + 0.5f && y <= bottom + 0.5f)) {
            for (size_t k = 0; k < 4; k++) dst[k][i] = 0;
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
        for (size_t k = 0; k < 4; k++) dst[k][i] = value[k];
    }
}
