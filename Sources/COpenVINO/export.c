// Fitted networks on their way from one process to another.
#define _GNU_SOURCE
#include "library.h"

#include <stdio.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

bool matte_ov_can_export(const MatteOv *ov) {
#ifdef MFD_CLOEXEC
    return ov->ov_compiled_model_export_model && ov->ov_compiled_model_get_property && ov->ov_core_import_model &&
           ov->ov_core_set_property;
#else
    (void)ov;
    return false;
#endif
}

MatteOvStatus matte_ov_export(const MatteOv *ov, const ov_compiled_model_t *compiled, const void **bytes,
                              size_t *count) {
    *bytes = NULL;
    *count = 0;
    MatteOvStatus status = GENERAL_ERROR;
#ifdef MFD_CLOEXEC
    // The function writes to a file by its name, and does not tell of a full disk: memory is not full.
    int file = memfd_create("matte-fitted-network", MFD_CLOEXEC);
    if (file < 0) return status;
    char path[32];
    snprintf(path, sizeof path, "/proc/self/fd/%d", file);
    status = ov->ov_compiled_model_export_model(compiled, path);
    struct stat information;
    if (!status && (fstat(file, &information) || information.st_size <= 0)) status = GENERAL_ERROR;
    if (!status) {
        size_t size = (size_t)information.st_size;
        void *mapped = mmap(NULL, size, PROT_READ, MAP_SHARED, file, 0);
        if (mapped == MAP_FAILED) {
            status = GENERAL_ERROR;
        } else {
            *bytes = mapped;
            *count = size;
        }
    }
    close(file);
#endif
    return status;
}

void matte_ov_release_export(const void *bytes, size_t count) {
    if (bytes) munmap((void *)bytes, count);
}

MatteOvStatus matte_ov_import(const MatteOv *ov, const void *bytes, size_t count, const char *device,
                              const char *const *pairs, size_t pair_count, ov_compiled_model_t **compiled) {
    for (size_t index = 0; index < pair_count; index++) {
        MatteOvStatus status = ov->ov_core_set_property(ov->core, device, pairs[2 * index], pairs[2 * index + 1]);
        if (status) return status;
    }
    MatteOvStatus status = ov->ov_core_import_model(ov->core, bytes, count, device, compiled);
    give_back_freed_memory();
    return status;
}

bool matte_ov_compiled_property(const MatteOv *ov, const ov_compiled_model_t *compiled, const char *key, char *text,
                                size_t capacity) {
    char *value = NULL;
    if (ov->ov_compiled_model_get_property(compiled, key, &value)) return false;
    snprintf(text, capacity, "%s", value ? value : "");
    if (value) ov->ov_free(value);
    return true;
}
