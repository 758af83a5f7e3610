#include <string.h>

#include "CKernels.h"
#include "clones.h"

MATTE_INLINE void unpack8(const uint8_t *restrict src, size_t step, unsigned shift, unsigned mask, float offset,
                          float range, float *restrict dst, size_t count) {
    for (size_t i = 0; i < count; i++) {
        int code = (int)((src[i * step] >> shift) & mask);
        dst[i] = ((float)code - offset) / range;
    }
}

MATTE_INLINE unsigned word(const uint8_t *src) {
    uint16_t value;
    memcpy(&value, src, sizeof value);
    return value;
}

MATTE_INLINE void unpack16(const uint8_t *restrict src, size_t step, unsigned shift, unsigned mask, float offset,
                           float range, float *restrict dst, size_t count) {
    for (size_t i = 0; i < count; i++) {
        int code = (int)((word(src + i * step) >> shift) & mask);
        dst[i] = ((float)code - offset) / range;
    }
}

void matte_prefetch(const uint8_t *src, size_t bytes) {
    enum { line = 64 };
    for (size_t i = 0; i < bytes; i += line) __builtin_prefetch(src + i);
}

MATTE_INLINE int rounded(float value, float range, float offset, float low, float high) {
    return (int)(matte_clamped(value * range + offset, low, high) + 0.5f);
}

MATTE_INLINE void pack8(const float *restrict src, float range, float offset, float low, float high,
                        uint8_t *restrict dst, size_t step, unsigned shift, size_t count) {
    for (size_t i = 0; i < count; i++) {
        dst[i * step] = (uint8_t)(rounded(src[i], range, offset, low, high) << shift);
    }
}

MATTE_INLINE void pack16(const float *restrict src, float range, float offset, float low, float high,
                         uint8_t *restrict dst, size_t step, unsigned shift, size_t count) {
    for (size_t i = 0; i < count; i++) {
        uint16_t value = (uint16_t)(rounded(src[i], range, offset, low, high) << shift);
        memcpy(dst + i * step, &value, sizeof value);
    }
}

// The steps that occur are made constants, so that the loops become vector code.
MATTE_CLONES
void matte_unpack8(const uint8_t *src, matte_layout l, float offset, float range, float *dst, size_t count) {
    switch (l.step) {
    case 1: unpack8(src, 1, l.shift, l.mask, offset, range, dst, count); break;
    case 2: unpack8(src, 2, l.shift, l.mask, offset, range, dst, count); break;
    case 3: unpack8(src, 3, l.shift, l.mask, offset, range, dst, count); break;
    case 4: unpack8(src, 4, l.shift, l.mask, offset, range, dst, count); break;
    default: unpack8(src, l.step, l.shift, l.mask, offset, range, dst, count);
    }
}

MATTE_CLONES
void matte_unpack16(const uint8_t *src, matte_layout l, float offset, float range, float *dst, size_t count) {
    switch (l.step) {
    case 2: unpack16(src, 2, l.shift, l.mask, offset, range, dst, count); break;
    case 4: unpack16(src, 4, l.shift, l.mask, offset, range, dst, count); break;
    case 6: unpack16(src, 6, l.shift, l.mask, offset, range, dst, count); break;
    case 8: unpack16(src, 8, l.shift, l.mask, offset, range, dst, count); break;
    default: unpack16(src, l.step, l.shift, l.mask, offset, range, dst, count);
    }
}

MATTE_CLONES
void matte_pack8(const float *src, float range, float offset, float low, float high, uint8_t *dst, matte_layout l,
                 size_t count) {
    switch (l.step) {
    case 1: pack8(src, range, offset, low, high, dst, 1, l.shift, count); break;
    default: pack8(src, range, offset, low, high, dst, l.step, l.shift, count);
    }
}

MATTE_CLONES
void matte_pack16(const float *src, float range, float offset, float low, float high, uint8_t *dst, matte_layout l,
                  size_t count) {
    switch (l.step) {
    case 2: pack16(src, range, offset, low, high, dst, 2, l.shift, count); break;
    default: pack16(src, range, offset, low, high, dst, l.step, l.shift, count);
    }
}
