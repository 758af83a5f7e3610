#define _GNU_SOURCE
#include "CAllocations.h"

#include <dlfcn.h>
#include <errno.h>
#include <execinfo.h>
#include <malloc.h>
#include <stdatomic.h>
#include <stddef.h>
#include <string.h>
#include <unistd.h>

// glibc keeps its own functions under these names too.
extern void *__libc_malloc(size_t bytes);
extern void *__libc_calloc(size_t count, size_t bytes);
extern void *__libc_realloc(void *memory, size_t bytes);
extern void *__libc_memalign(size_t alignment, size_t bytes);

enum { most_calls = 24 };

static atomic_long allocations;
static atomic_int counting, tracing;
// Looking at the calls may allocate itself.
static _Thread_local int inside;

// Whose call it is: the first that is neither this file's nor the language's or the C library's.
static int is_dispatch(void *const *calls, int count) {
    static const char *const between[] = {"libc.so", "libswiftCore", "libBlocksRuntime"};
    for (int i = 2; i < count; i++) {
        Dl_info info;
        if (!dladdr(calls[i], &info) || !info.dli_fname) return 0;
        int passes_on = 0;
        for (size_t j = 0; j < sizeof between / sizeof *between; j++) passes_on |= !!strstr(info.dli_fname, between[j]);
        if (!passes_on) return strstr(info.dli_fname, "libdispatch") || strstr(info.dli_fname, "libswiftDispatch");
    }
    return 0;
}

static __attribute__((noinline)) void note(void) {
    if (inside || !atomic_load_explicit(&counting, memory_order_relaxed)) return;
    inside = 1;
    void *calls[most_calls];
    int count = backtrace(calls, most_calls);
    if (!is_dispatch(calls, count)) {
        atomic_fetch_add_explicit(&allocations, 1, memory_order_relaxed);
        if (atomic_load_explicit(&tracing, memory_order_relaxed)) {
            backtrace_symbols_fd(calls, count, STDERR_FILENO);
            (void)!write(STDERR_FILENO, "\n", 1);
        }
    }
    inside = 0;
}

void *malloc(size_t bytes) {
    note();
    return __libc_malloc(bytes);
}

void *calloc(size_t count, size_t bytes) {
    note();
    return __libc_calloc(count, bytes);
}

void *realloc(void *memory, size_t bytes) {
    note();
    return __libc_realloc(memory, bytes);
}

void *memalign(size_t alignment, size_t bytes) {
    note();
    return __libc_memalign(alignment, bytes);
}

void *aligned_alloc(size_t alignment, size_t bytes) {
    note();
    return __libc_memalign(alignment, bytes);
}

int posix_memalign(void **memory, size_t alignment, size_t bytes) {
    note();
    *memory = __libc_memalign(alignment, bytes);
    return *memory || !bytes ? 0 : ENOMEM;
}

void matte_start_counting_allocations(int trace) {
    atomic_store(&tracing, trace);
    atomic_store(&allocations, 0);
    atomic_store(&counting, 1);
}

long matte_stop_counting_allocations(void) {
    atomic_store(&counting, 0);
    return atomic_load(&allocations);
}

long matte_heap_bytes(void) {
    struct mallinfo2 info = mallinfo2();
    return (long)(info.uordblks + info.hblkhd);
}
