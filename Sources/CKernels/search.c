#include "CKernels.h"
#include "clones.h"

// Blocks that are counted at once; only those with something in them are looked at one by one.
enum { search_block = 32 };

MATTE_INLINE uint32_t above_in_block(const float *src, float threshold) {
    uint32_t found = 0;
    for (size_t i = 0; i < search_block; i++) found += src[i] > threshold;
    return found;
}

MATTE_CLONES
size_t matte_count(const float *src, float threshold, size_t count) {
    size_t found = 0, i = 0;
    for (; i + search_block <= count; i += search_block) found += above_in_block(src + i, threshold);
    for (; i < count; i++) found += src[i] > threshold;
    return found;
}

MATTE_CLONES
size_t matte_choose(const float *src, float threshold, size_t skip, size_t step, int32_t *dst, size_t most,
                    size_t count) {
    size_t chosen = 0, i = 0;
    while (i < count && chosen < most) {
        size_t end = count;
        if (i + search_block <= count) {
            end = i + search_block;
            uint32_t found = above_in_block(src + i, threshold);
            if (found <= skip) {
                skip -= found;
                i = end;
                continue;
            }
            if (found == search_block) {
                for (; skip < search_block && chosen < most; skip += step) dst[chosen++] = (int32_t)(i + skip);
                skip -= search_block;
                i = end;
                continue;
            }
        }
        for (; i < end && chosen < most; i++) {
            if (!(src[i] > threshold)) continue;
            if (skip == 0) {
                dst[chosen++] = (int32_t)i;
                skip = step;
            }
            skip--;
        }
    }
    return chosen;
}

MATTE_CLONES
size_t matte_changes(const float *src, float threshold, int32_t *dst, size_t count) {
    size_t changes = 0, i = 0;
    int inside = 0;
    while (i < count) {
        size_t end = count;
        if (i + search_block <= count) {
            end = i + search_block;
            if (above_in_block(src + i, threshold) == (inside ? (uint32_t)search_block : 0)) {
                i = end;
                continue;
            }
        }
        for (; i < end; i++) {
            if ((src[i] > threshold) == inside) continue;
            inside = !inside;
            dst[changes++] = (int32_t)i;
        }
    }
    if (inside) dst[changes++] = (int32_t)count;
    return changes;
}

MATTE_CLONES
size_t matte_first(const float *src, float threshold, size_t count) {
    size_t i = 0;
    while (i + search_block <= count && above_in_block(src + i, threshold) == 0) i += search_block;
    while (i < count && !(src[i] > threshold)) i++;
    return i;
}

MATTE_CLONES
size_t matte_last(const float *src, float threshold, size_t count) {
    size_t end = count;
    while (end >= search_block && above_in_block(src + end - search_block, threshold) == 0) end -= search_block;
    while (end > 0 && !(src[end - 1] > threshold)) end--;
    return end > 0 ? end - 1 : count;
}
