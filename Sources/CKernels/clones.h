// What every kernel file begins with.
#ifndef MATTE_CLONES_H
#define MATTE_CLONES_H

#ifndef __has_feature
#define __has_feature(feature) 0
#endif

// One copy of a function per vector width, chosen when the program is loaded: before the sanitizers' runtimes have
// started, which a choosing function under their instrumentation would call.
#if defined(__x86_64__) && defined(__linux__) && !__has_feature(thread_sanitizer) && !__has_feature(address_sanitizer)
#define MATTE_CLONES __attribute__((target_clones("avx512bw", "avx2", "default")))
#else
#define MATTE_CLONES
#endif

// For the bodies that are compiled into each copy with a constant in place of an argument.
#define MATTE_INLINE static inline __attribute__((always_inline))

// Without this the copies with FMA would round differently from the one without.
#pragma STDC FP_CONTRACT OFF

// Written so that NaN gives `low`.
MATTE_INLINE float matte_clamped(float value, float low, float high) {
    float above = value > low ? value : low;
    return above < high ? above : high;
}

#endif
