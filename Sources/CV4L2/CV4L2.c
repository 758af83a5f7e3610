#include "CV4L2.h"

#include <dlfcn.h>
#include <errno.h>
#include <pthread.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

// libv4l2.h: V4L2_ENABLE_ENUM_FMT_EMULATION.
enum { ENABLE_ENUM_FMT_EMULATION = 0x0002 };

// The part of libv4l2's interface that is used, as libv4l2.h declares it.
static struct {
    int (*fd_open)(int descriptor, int flags);
    int (*ioctl)(int descriptor, unsigned long request, ...);
    void *(*mmap)(void *start, size_t length, int protection, int flags, int descriptor, int64_t offset);
    int (*munmap)(void *start, size_t length);
    int (*close)(int descriptor);
} library;
static bool is_loaded;

static void load(void) {
    // Never closed: it may have threads and mappings of its own.
    void *handle = dlopen("libv4l2.so.0", RTLD_NOW | RTLD_LOCAL);
    if (!handle) return;
    *(void **)&library.fd_open = dlsym(handle, "v4l2_fd_open");
    *(void **)&library.ioctl = dlsym(handle, "v4l2_ioctl");
    *(void **)&library.mmap = dlsym(handle, "v4l2_mmap");
    *(void **)&library.munmap = dlsym(handle, "v4l2_munmap");
    *(void **)&library.close = dlsym(handle, "v4l2_close");
    is_loaded = library.fd_open && library.ioctl && library.mmap && library.munmap && library.close;
}

int matte_v4l2_emulate(int descriptor) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, load);
    if (!is_loaded) return ENOSYS;
    return library.fd_open(descriptor, ENABLE_ENUM_FMT_EMULATION) < 0 ? errno : 0;
}

int matte_v4l2_call(bool emulated, int descriptor, unsigned long request, void *argument) {
    int code;
    do {
        code = emulated ? library.ioctl(descriptor, request, argument) : ioctl(descriptor, request, argument);
    } while (code < 0 && errno == EINTR);
    return code < 0 ? errno : 0;
}

int matte_v4l2_map(bool emulated, int descriptor, size_t length, int64_t offset, void **address) {
    const int protection = PROT_READ | PROT_WRITE;
    *address = emulated ? library.mmap(NULL, length, protection, MAP_SHARED, descriptor, offset)
                        : mmap(NULL, length, protection, MAP_SHARED, descriptor, offset);
    return *address == MAP_FAILED ? errno : 0;
}

void matte_v4l2_unmap(bool emulated, void *address, size_t length) {
    if (emulated) library.munmap(address, length); else munmap(address, length);
}

void matte_v4l2_close(bool emulated, int descriptor) {
    if (emulated) library.close(descriptor); else close(descriptor);
}

long matte_loopback_control(int descriptor, unsigned long request, struct matte_loopback_config *argument) {
    const int answer = ioctl(descriptor, request, argument);
    return answer < 0 ? -errno : answer;
}
