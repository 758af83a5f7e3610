#include <string.h>

#include "CKernels.h"
#include "clones.h"

typedef float four __attribute__((vector_size(16)));

typedef uint16_t four_codes __attribute__((vector_size(8)));

// Codes take half the memory of floats, and reading a picture larger than the caches is what takes the time.
MATTE_INLINE four load(const uint16_t *src) {
    four_codes codes;
    memcpy(&codes, src, sizeof codes);
    return __builtin_convertvector(codes, four);
}

// Places first, many at a time; then one pixel after the other is read; then the channels are parted.
enum { warp_block = 64 };

MATTE_CLONES
void matte_warp(const uint16_t *restrict src, size_t width, size_t height, const matte_warp_row *row,
                float *const *restrict dst, size_t count) {
    const float right = (float)width - 1, bottom = (float)height - 1;
    const int32_t last_column = width > 1 ? (int32_t)width - 2 : 0, last_line = height > 1 ? (int32_t)height - 2 : 0;
    const size_t beside = width > 1 ? 4 : 0, under = height > 1 ? 4 * width : 0;
    const matte_warp_row at = *row;
    for (size_t start = 0; start < count; start += warp_block) {
        size_t length = count - start < warp_block ? count - start : warp_block;
        float xs[warp_block], ys[warp_block], us[warp_block], vs[warp_block], inside[warp_block];
        float values[warp_block][4];
        int32_t places[warp_block];
        for (size_t i = 0; i < length; i++) {
            float along = (float)(int32_t)(start + i);
            float inverse = 1 / (at.depth + at.depth_step * along);
            xs[i] = (at.x + at.x_step * along) * inverse;
            ys[i] = (at.y + at.y_step * along) * inverse;
        }
        for (size_t i = 0; at.shift_x && i < length; i++) {
            xs[i] += at.shift_x[start + i];
            ys[i] += at.shift_y[start + i];
        }
        for (size_t i = 0; i < length; i++) {
            float x = xs[i], y = ys[i];
            // Written so that NaN is outside.
            int is_inside = (x >= -0.5f) & (y >= -0.5f) & (x <= right + 0.5f) & (y <= bottom + 0.5f);
            float left = matte_clamped(x, 0, right), top = matte_clamped(y, 0, bottom);
            int32_t column = (int32_t)left, line = (int32_t)top;
            column = column < last_column ? column : last_column;
            line = line < last_line ? line : last_line;
            places[i] = line * (int32_t)width + column;
            us[i] = left - (float)column;
            vs[i] = top - (float)line;
            inside[i] = is_inside ? 1.0f / 65535 : 0;
        }
        for (size_t i = 0; i < length; i++) {
            const uint16_t *first = src + 4 * (size_t)places[i], *below = first + under;
            four corner = load(first), under_corner = load(below);
            four upper = corner + (load(first + beside) - corner) * us[i];
            four lower = under_corner + (load(below + beside) - under_corner) * us[i];
            four value = (upper + (lower - upper) * vs[i]) * inside[i];
            memcpy(values[i], &value, sizeof value);
        }
        for (size_t k = 0; k < 4; k++) {
            float *restrict to = dst[k] + start;
            for (size_t i = 0; i < length; i++) to[i] = values[i][k];
        }
    }
}
