#include "CFFmpeg.h"

#ifdef __linux__
#include <malloc.h>
#endif
#include <stdarg.h>
#include <stdatomic.h>

static void (*_Atomic log_sink)(int level, const char *line);
static _Atomic int log_level = AV_LOG_ERROR;

static void forward(void *context, int level, const char *format, va_list arguments) {
    void (*sink)(int, const char *) = atomic_load(&log_sink);
    if (!sink || (level & 0xff) > atomic_load(&log_level)) return;
    char line[1024];
    int print_prefix = 1;
    av_log_format_line2(context, level, format, arguments, line, sizeof line, &print_prefix);
    sink(level & 0xff, line);
}

void matte_capture_log(int level, void (*sink)(int level, const char *line)) {
    atomic_store(&log_level, level);
    atomic_store(&log_sink, sink);
    av_log_set_callback(forward);
}

void matte_give_back_blocks(int bytes) {
#ifdef M_MMAP_THRESHOLD
    mallopt(M_MMAP_THRESHOLD, bytes);
#else
    (void)bytes;
#endif
}
