#include "CKernels.h"
#include "clones.h"

MATTE_INLINE float matte_distance(float a, float b) {
    return a > b ? a - b : b - a;
}

MATTE_CLONES
void matte_unmix_weights(const float *restrict above, const float *restrict a, const float *restrict below, float least,
                         const matte_unmix_rows *rows, size_t count) {
    float *restrict left = rows->left, *restrict right = rows->right, *restrict up = rows->up, *restrict down = rows->down;
    float *restrict ff = rows->ff, *restrict fb = rows->fb, *restrict bb = rows->bb;
    for (size_t i = 0; i < count; i++) {
        float here = a[i], rest = 1 - here;
        float l = least + matte_distance(here, a[(ptrdiff_t)i - 1]), r = least + matte_distance(here, a[i + 1]);
        float u = least + matte_distance(here, above[i]), d = least + matte_distance(here, below[i]);
        float sum = l + r + u + d;
        float f = here * here + sum, b = rest * rest + sum, mixed = here * rest;
        float inverse = 1 / (f * b - mixed * mixed);
        left[i] = l, right[i] = r, up[i] = u, down[i] = d;
        ff[i] = b * inverse, fb[i] = -mixed * inverse, bb[i] = f * inverse;
    }
}

MATTE_CLONES
void matte_unmix(const float *restrict p, const float *restrict a, const matte_unmix_rows *rows,
                 const matte_unmix_colors *f, const matte_unmix_colors *b, float *restrict df, float *restrict db,
                 size_t count) {
    const float *restrict left = rows->left, *restrict right = rows->right, *restrict up = rows->up,
                *restrict down = rows->down;
    const float *restrict ff = rows->ff, *restrict fb = rows->fb, *restrict bb = rows->bb;
    const float *restrict f0 = f->above, *restrict f1 = f->here, *restrict f2 = f->below;
    const float *restrict b0 = b->above, *restrict b1 = b->here, *restrict b2 = b->below;
    for (size_t i = 0; i < count; i++) {
        float front = a[i] * p[i] + left[i] * f1[(ptrdiff_t)i - 1] + right[i] * f1[i + 1] + up[i] * f0[i] + down[i] * f2[i];
        float back =
            (1 - a[i]) * p[i] + left[i] * b1[(ptrdiff_t)i - 1] + right[i] * b1[i + 1] + up[i] * b0[i] + down[i] * b2[i];
        df[i] = matte_clamped(ff[i] * front + fb[i] * back, 0, 1);
        db[i] = matte_clamped(fb[i] * front + bb[i] * back, 0, 1);
    }
}
