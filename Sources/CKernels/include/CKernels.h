// Row kernels on picture samples: plain loops that the compiler turns into vector code.
//
// Rules for every function: it touches one row, allocates nothing, keeps no state, and gives the same bits on every
// machine (no fused multiply-add, no reordered sums), so a picture does not depend on the processor. Rows of input and
// output do not overlap unless a function says so. Counts may be 0. A NaN counts as the lower bound where a value is
// clamped.
#ifndef MATTE_CKERNELS_H
#define MATTE_CKERNELS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// How samples of one kind lie in a row, see `PixelFormat.Component`.
typedef struct {
    size_t step;    // bytes from one sample to the next
    unsigned shift; // bits below the sample in its word
    unsigned mask;  // 2^depth - 1, applied after the shift
} matte_layout;

// dst[i] = (code[i] - offset) / range. The 8-bit reader takes bytes, the 16-bit reader little-endian words at any
// address.
void matte_unpack8(const uint8_t *src, matte_layout layout, float offset, float range, float *dst, size_t count);
void matte_unpack16(const uint8_t *src, matte_layout layout, float offset, float range, float *dst, size_t count);
// Asks for bytes that are read soon. Any address will do, as nothing is read.
void matte_prefetch(const uint8_t *src, size_t bytes);

// code = floor(clamp(src[i] * range + offset, low, high) + 0.5), stored as (code << shift). Other bytes of the row
// stay as they are, the other bits of the word become 0.
void matte_pack8(const float *src, float range, float offset, float low, float high, uint8_t *dst, matte_layout layout,
                 size_t count);
void matte_pack16(const float *src, float range, float offset, float low, float high, uint8_t *dst,
                  matte_layout layout, size_t count);

// Y'CbCr (Y' 0…1, Cb and Cr -0.5…0.5) to R'G'B' clamped to 0…1:
// r = y + m[0]·cr, g = y - m[1]·cb - m[2]·cr, b = y + m[3]·cb.
void matte_ycc_to_rgb(const float *y, const float *cb, const float *cr, const float m[4], float *r, float *g, float *b,
                      size_t count);
// R'G'B' (clamped to 0…1 first) to Y'CbCr: y = w[0]·r + w[1]·g + w[2]·b, cb = (b - y)·w[3], cr = (r - y)·w[4].
void matte_rgb_to_ycc(const float *r, const float *g, const float *b, const float w[5], float *y, float *cb, float *cr,
                      size_t count);
// dst[i] = clamp(src[i], 0, 1); src may be dst.
void matte_clamp(const float *src, float *dst, size_t count);

// Two-tap interpolation by a factor of 1, 2 or 4:
// dst[factor·i + p] = src[i + first[p]]·(1 - fraction[p]) + src[i + first[p] + 1]·fraction[p], first[p] being -1 or 0.
// src must be readable from -1 to count inclusive; count is the number of source samples.
void matte_upsample(const float *src, size_t factor, const int first[4], const float fraction[4], float *dst,
                    size_t count);
// dst[i] = sum over k of tap[k]·src[factor·i + k], factor 1, 2 or 4; src points at the first tap of dst[0].
void matte_downsample(const float *src, size_t factor, const float *tap, size_t taps, float *dst, size_t count);

// dst[i] = a[i] + (b[i] - a[i])·fraction
void matte_mix(const float *a, const float *b, float fraction, float *dst, size_t count);
// dst[i] += src[i]·weight
void matte_accumulate(const float *src, float weight, float *dst, size_t count);
// dst[i] = src[i]·weight; src may be dst.
void matte_scale(const float *src, float weight, float *dst, size_t count);
// dst[i] = sum over k of weight[k·weight_step]·src[k·stride + i]: rows that lie stride floats apart. At least one row.
void matte_weigh_rows(const float *src, ptrdiff_t stride, const float *weight, size_t weight_step, size_t rows,
                      float *dst, size_t count);
// dst[i] = sum over k of tap[k]·src[i + k] (a filter along the row); src is readable up to count + taps - 1.
void matte_filter(const float *src, const float *tap, size_t taps, float *dst, size_t count);
// dst[i] = sum over k of weight[k·count + i]·src[start[i] + k] (resampling along the row).
void matte_resample(const float *src, const int32_t *start, const float *weight, size_t taps, float *dst,
                    size_t count);

// dst[i] = min or max of dst[i] and src[i + k] for k in 0..<window.
void matte_minimum(const float *src, size_t window, float *dst, size_t count);
void matte_maximum(const float *src, size_t window, float *dst, size_t count);

// dst[i] = f[i]·a[i] + b[i]·(1 - a[i]): exactly f where a is 1, exactly b where a is 0.
void matte_over(const float *f, const float *a, const float *b, float *dst, size_t count);
void matte_over_color(const float *f, const float *a, float b, float *dst, size_t count);
// dst[i] = f[i]·a[i]
void matte_multiply(const float *f, const float *a, float *dst, size_t count);
// dst[i] = f[i]·(1 - a[i])
void matte_multiply_inverse(const float *f, const float *a, float *dst, size_t count);
// dst[i] = a[i] >= threshold ? f[i] : 0
void matte_keep(const float *f, const float *a, float threshold, float *dst, size_t count);
// dst[i] = n[i] / d[i] where d[i] > least, else other[i].
void matte_divide(const float *n, const float *d, float least, const float *other, float *dst, size_t count);
// dst[i] = clamp(f + a·(p - a·f - (1 - a)·b), 0, 1): one step of blur fusion (Forte & Pitié 2021, equation 6).
void matte_fuse(const float *p, const float *a, const float *f, const float *b, float *dst, size_t count);

// One row of multi-level foreground estimation (Germer et al. 2020, equation 4). `left` to `down` say how much each
// neighbour counts: least plus the difference of alphas. `ff`, `fb` and `bb` are the inverse of the pixel's 2 × 2 matrix.
typedef struct {
    float *left, *right, *up, *down, *ff, *fb, *bb;
} matte_unmix_rows;
// a is readable from -1 to count inclusive; least is above 0.
void matte_unmix_weights(const float *above, const float *a, const float *below, float least,
                         const matte_unmix_rows *rows, size_t count);
// Three rows of one channel of a colour; `here` is readable from -1 to count inclusive.
typedef struct {
    const float *above, *here, *below;
} matte_unmix_colors;
// Foreground df and background db of one channel from the neighbours' f and b, clamped to 0…1.
void matte_unmix(const float *p, const float *a, const matte_unmix_rows *rows, const matte_unmix_colors *f,
                 const matte_unmix_colors *b, float *df, float *db, size_t count);

// Linear interpolation along rows to at least as many samples: dst[i] = src[k]·left[i] + src[k + 1]·right[i] for i in
// first[k]..<first[k + 1], k in 0..<runs. What matte_resample gives with two taps, without its gathers. Rows of src
// are stride floats apart, those of dst lie anywhere. left and right are readable, and dst is writable, 8 floats
// further than first[runs].
void matte_stretch(const float *src, size_t stride, const int32_t *first, size_t runs, const float *left,
                   const float *right, float *const *dst, size_t rows);

// Slope and offset of one channel of an affine matte, between two rows of its grid that have the picture's width:
// slope[i] = slope0[i]·weight0 + slope1[i]·weight1, and so offset.
typedef struct {
    const float *slope0, *slope1, *offset0, *offset1;
    float weight0, weight1;
} matte_affine_rows;

// Whether slope[i]·x + offset[i] is at most 0 (or no number) for every x in 0…1 and all i: then so it is anywhere between
// the points of a grid.
bool matte_affine_is_zero(const float *slope, const float *offset, size_t count);
// dst[i] = clamp(slope[i]·(r + g + b)/3 + offset[i], 0, 1)
void matte_affine_alpha(const float *r, const float *g, const float *b, const matte_affine_rows *rows, float *dst,
                        size_t count);
// With f = clamp(slope[i]·src[i] + offset[i] + src[i], 0, 1), the foreground's colour: dst[i] = f,
// f·a[i] + b[i]·(1 - a[i]), f·a[i], or a[i] >= threshold ? f : 0, the threshold being above 0.
void matte_affine_color(const float *src, const matte_affine_rows *rows, float *dst, size_t count);
void matte_affine_over(const float *src, const matte_affine_rows *rows, const float *a, const float *b, float *dst,
                       size_t count);
void matte_affine_over_color(const float *src, const matte_affine_rows *rows, const float *a, float b, float *dst,
                             size_t count);
void matte_affine_multiply(const float *src, const matte_affine_rows *rows, const float *a, float *dst, size_t count);
void matte_affine_keep(const float *src, const matte_affine_rows *rows, const float *a, float threshold, float *dst,
                       size_t count);
// With f = slope[i] and b = offset[i], the mean colours of subject and background nearby:
// dst[i] = clamp(f + a[i]·(src[i] - a[i]·f - (1 - a[i])·b), 0, 1), see matte_fuse. Exactly clamp(src[i]) where a is 1.
void matte_affine_fuse(const float *src, const matte_affine_rows *rows, const float *a, float *dst, size_t count);

// Places of a row of a projective map: those of its first pixel times their depth, and what is added from pixel to pixel.
typedef struct {
    float x, y, depth, x_step, y_step, depth_step;
    const float *shift_x, *shift_y; // added to the places; both or neither null
} matte_warp_row;

// A picture of four interleaved 16-bit codes per pixel, 65535 for 1, read bilinearly at
// ((x, y) + i·step) / depth + shift for i in 0..<count; dst[k] gets its k-th floats. Half a pixel around the outermost
// centres belongs to the picture, further out it is 0. Width and height are above 0.
void matte_warp(const uint16_t *src, size_t width, size_t height, const matte_warp_row *row, float *const *dst,
                size_t count);

// A picture p over a known background q. Channels of a picture are stride floats apart, in dst too.
// With the difference d = p - q: dst[i] = min(|d|² / 3 / (flat + drift·slope[i]), most).
void matte_energy(const float *p, const float *q, size_t stride, const float *slope, float flat, float drift,
                  float most, float *dst, size_t count);
// The part of the difference that is none of light: dst[i] = min((3·l² + (dr - dg)² + (db - dg)²) / 3 / variance[i], most),
// l being how far p's luma lies outside of low[i]…high[i].
void matte_energy_beyond(const float *p, const float *q, size_t stride, const float *low, const float *high,
                         const float *variance, float most, float *dst, size_t count);
// p as a mixture of q and the foreground f, whose fourth channel is the variance of its colour. Three channels: alpha where
// p lies nearest to the line from q to f, its precision, and how far p lies beside the line, squared, in variances.
void matte_mixture(const float *p, const float *q, const float *f, size_t stride, const float *noise, float *dst,
                   size_t count);
// What the least squares for a colour f that explains p = alpha·f + (1 - alpha)·q add up. With e = p - (1 - alpha)·q, five
// channels: weight·alpha·e for each colour, weight·|e|²/3, weight·alpha². Without alpha it is 1.
void matte_foreground_sums(const float *p, const float *q, size_t stride, const float *weight, const float *alpha,
                           float *dst, size_t count);

// A picture p and a plate q in another light, channels stride floats apart: with d = p - line[2k]·q - line[2k + 1] in
// channel k and the weight w = mask[i] / (1 + |d|²/3/square)², four channels: w·d for each colour, w.
void matte_light_difference(const float *p, const float *q, size_t stride, const float line[6], float square,
                            const float *mask, float *dst, size_t count);
// dst[i] = gain·src[i] + offset + more[i]
void matte_relight(const float *src, float gain, float offset, const float *more, float *dst, size_t count);
// dst[i] = a[i] < most && b[i] > least ? 1 : 0
void matte_between(const float *a, float most, const float *b, float least, float *dst, size_t count);

// dst[i] += scale·(squared differences to the neighbours left, right, above and below); ends repeat.
void matte_squared_gradient(const float *above, const float *src, const float *below, float scale, float *dst,
                            size_t count);
// dst[i] = src[i] + amount·(sum of the four neighbours - 4·src[i]); ends repeat.
void matte_sharpen(const float *above, const float *src, const float *below, float amount, float *dst, size_t count);
// Slope of the regression of alpha on grey over the 3 × 3 pixels around each: covariance / (variance + epsilon). Of each
// picture the three rows are `stride` floats apart, the middle one given, and readable from -1 to count inclusive.
void matte_regression(const float *gray, const float *alpha, size_t stride, float epsilon, float *dst, size_t count);

// How many values are above the threshold.
size_t matte_count(const float *src, float threshold, size_t count);
// Places of values above the threshold: the skip-th from 0 on, then every step-th; at most `most`. Returns how many.
size_t matte_choose(const float *src, float threshold, size_t skip, size_t step, int32_t *dst, size_t most,
                    size_t count);
// Places at which values get above the threshold, and at which they cease to be, in turns; count ends the last run. At most
// count + 1 (rounded up to even) of them. Returns how many.
size_t matte_changes(const float *src, float threshold, int32_t *dst, size_t count);
// The first place whose value is above the threshold; count where there is none. And the last, or count.
size_t matte_first(const float *src, float threshold, size_t count);
size_t matte_last(const float *src, float threshold, size_t count);

// dst[i] = (a[2i] + a[2i + 1] + b[2i] + b[2i + 1]) / 4
void matte_halve(const float *a, const float *b, float *dst, size_t count);

#endif
