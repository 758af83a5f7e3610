#define _GNU_SOURCE
#include "COnnxRuntime.h"

#include <dlfcn.h>
#include <link.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef void (*Slot)(void);
typedef struct OrtEnv OrtEnv;
typedef struct OrtAllocator OrtAllocator;
typedef struct OrtMemoryInfo OrtMemoryInfo;
typedef struct OrtTypeInfo OrtTypeInfo;
typedef struct OrtTensorTypeAndShapeInfo OrtTensorTypeAndShapeInfo;
typedef struct OrtProviderOptions OrtProviderOptions;
typedef void (*OrtLogger)(void *, int32_t, const char *, const char *, const char *, const char *);

struct MatteOrt {
    const Slot *api;
    int minor;
    const char *version;
    char *path;
    OrtEnv *env;
    OrtAllocator *allocator;
    OrtMemoryInfo *memory;
};

// Slot `n` of the table, with the result and parameter types given.
#define CALL(ort, n, result, ...) ((result(*)(__VA_ARGS__))(ort)->api[n])
#define STATUS(ort, n, ...) CALL(ort, n, OrtStatus *, __VA_ARGS__)

// Slot 216, the last that is always needed, came with this version.
enum { LOWEST_API = 12, DETERMINISTIC_SINCE = 17 };

// Errors come back as a status as well; warnings of the library mean nothing to the people who use the program.
static void silent(void *parameter, int32_t severity, const char *category, const char *id, const char *location,
                   const char *message) {
    (void)parameter, (void)severity, (void)category, (void)id, (void)location, (void)message;
}

static MatteOrt *refuse(MatteOrt *ort, OrtStatus *status, char *reason, size_t capacity, const char *otherwise) {
    snprintf(reason, capacity, "%s", status ? matte_ort_message(ort, status) : otherwise);
    if (status) matte_ort_release_status(ort, status);
    free(ort->path);
    free(ort);
    return NULL;
}

MatteOrt *matte_ort_open(const char *path, char *reason, size_t reason_capacity) {
    // Official builds since 1.29 send usage data and write files unless this is set before the environment exists.
    setenv("ORT_DISABLE_TELEMETRY", "1", 1);
    void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    if (!library) {
        const char *words = dlerror();
        snprintf(reason, reason_capacity, "%s", words ? words : "cannot be opened");
        return NULL;
    }
    const void *(*base)(void) = (const void *(*)(void))dlsym(library, "OrtGetApiBase");
    MatteOrt *ort = calloc(1, sizeof *ort);
    if (!ort) {
        snprintf(reason, reason_capacity, "out of memory");
        return NULL;
    }
    if (!base) return refuse(ort, NULL, reason, reason_capacity, "it does not export OrtGetApiBase");
    const Slot *entry = base();
    ort->version = ((const char *(*)(void))entry[1])();
    int major = 0;
    // Asking for a version above the library's own prints on stderr, so its name is read first.
    if (sscanf(ort->version, "%d.%d", &major, &ort->minor) != 2 || major != 1 || ort->minor < LOWEST_API)
        return refuse(ort, NULL, reason, reason_capacity, "its version is too old (1.12 is needed at least)");
    ort->api = ((const Slot *(*)(uint32_t))entry[0])(LOWEST_API);
    if (!ort->api) return refuse(ort, NULL, reason, reason_capacity, "it has no interface of version 12");

    struct link_map *map = NULL;
    if (dlinfo(library, RTLD_DI_LINKMAP, &map) == 0 && map && map->l_name[0]) ort->path = strdup(map->l_name);

    OrtStatus *status = STATUS(ort, 4, OrtLogger, void *, int32_t, const char *, OrtEnv **)(  // CreateEnvWithCustomLogger
        silent, NULL, 3, "matte", &ort->env);
    if (!status) status = STATUS(ort, 78, OrtAllocator **)(&ort->allocator);  // GetAllocatorWithDefaultOptions
    if (!status) status = STATUS(ort, 69, int32_t, int32_t, OrtMemoryInfo **)(1, 0, &ort->memory);  // CreateCpuMemoryInfo
    if (status) return refuse(ort, status, reason, reason_capacity, "");
    return ort;
}

const char *matte_ort_version(const MatteOrt *ort) { return ort->version; }
const char *matte_ort_path(const MatteOrt *ort) { return ort->path; }

int32_t matte_ort_code(const MatteOrt *ort, const OrtStatus *status) {
    return CALL(ort, 1, int32_t, const OrtStatus *)(status);  // GetErrorCode
}

const char *matte_ort_message(const MatteOrt *ort, const OrtStatus *status) {
    return CALL(ort, 2, const char *, const OrtStatus *)(status);  // GetErrorMessage
}

void matte_ort_release_status(const MatteOrt *ort, OrtStatus *status) {
    CALL(ort, 93, void, OrtStatus *)(status);  // ReleaseStatus
}

OrtStatus *matte_ort_providers(const MatteOrt *ort, char ***names, int32_t *count) {
    return STATUS(ort, 125, char ***, int32_t *)(names, count);  // GetAvailableProviders
}

void matte_ort_release_providers(const MatteOrt *ort, char **names, int32_t count) {
    OrtStatus *status = STATUS(ort, 126, char **, int32_t)(names, count);  // ReleaseAvailableProviders
    if (status) matte_ort_release_status(ort, status);
}

OrtStatus *matte_ort_create_options(const MatteOrt *ort, int32_t threads, OrtSessionOptions **options) {
    OrtStatus *status = STATUS(ort, 10, OrtSessionOptions **)(options);  // CreateSessionOptions
    if (!status) status = STATUS(ort, 24, OrtSessionOptions *, int32_t)(*options, threads);  // SetIntraOpNumThreads
    if (!status) status = STATUS(ort, 23, OrtSessionOptions *, int32_t)(*options, 99);  // graph optimisation: all
    if (!status && ort->minor >= DETERMINISTIC_SINCE)
        status = STATUS(ort, 273, OrtSessionOptions *, bool)(*options, true);  // SetDeterministicCompute
    if (status && *options) {
        matte_ort_release_options(ort, *options);
        *options = NULL;
    }
    return status;
}

void matte_ort_release_options(const MatteOrt *ort, OrtSessionOptions *options) {
    CALL(ort, 100, void, OrtSessionOptions *)(options);  // ReleaseSessionOptions
}

OrtStatus *matte_ort_set_config(const MatteOrt *ort, OrtSessionOptions *options, const char *key, const char *value) {
    return STATUS(ort, 130, OrtSessionOptions *, const char *, const char *)(options, key, value);  // AddSessionConfigEntry
}

// Create, update, append, release: the four slots of a provider with options of its own. Appending null options crashes
// some releases, so nothing is appended that was not created.
static OrtStatus *append_v2(const MatteOrt *ort, OrtSessionOptions *options, const int slots[4],
                            const char *const *keys, const char *const *values, size_t count) {
    OrtProviderOptions *provider = NULL;
    OrtStatus *status = STATUS(ort, slots[0], OrtProviderOptions **)(&provider);
    if (status || !provider) return status;
    status = STATUS(ort, slots[1], OrtProviderOptions *, const char *const *, const char *const *, size_t)(
        provider, keys, values, count);
    if (!status) status = STATUS(ort, slots[2], OrtSessionOptions *, const OrtProviderOptions *)(options, provider);
    CALL(ort, slots[3], void, OrtProviderOptions *)(provider);
    return status;
}

OrtStatus *matte_ort_append_cuda(const MatteOrt *ort, OrtSessionOptions *options, const char *const *keys,
                                 const char *const *values, size_t count) {
    static const int slots[4] = {205, 206, 204, 208};
    return append_v2(ort, options, slots, keys, values, count);
}

OrtStatus *matte_ort_append_tensorrt(const MatteOrt *ort, OrtSessionOptions *options, const char *const *keys,
                                     const char *const *values, size_t count) {
    static const int slots[4] = {171, 172, 170, 174};
    return append_v2(ort, options, slots, keys, values, count);
}

OrtStatus *matte_ort_append_named(const MatteOrt *ort, OrtSessionOptions *options, const char *name,
                                  const char *const *keys, const char *const *values, size_t count) {
    return STATUS(ort, 216, OrtSessionOptions *, const char *, const char *const *, const char *const *, size_t)(
        options, name, keys, values, count);  // SessionOptionsAppendExecutionProvider
}

OrtStatus *matte_ort_create_session(const MatteOrt *ort, const char *path, const OrtSessionOptions *options,
                                    OrtSession **session) {
    return STATUS(ort, 7, const OrtEnv *, const char *, const OrtSessionOptions *, OrtSession **)(
        ort->env, path, options, session);  // CreateSession
}

OrtStatus *matte_ort_create_session_from_bytes(const MatteOrt *ort, const void *bytes, size_t count,
                                               const OrtSessionOptions *options, OrtSession **session) {
    return STATUS(ort, 8, const OrtEnv *, const void *, size_t, const OrtSessionOptions *, OrtSession **)(
        ort->env, bytes, count, options, session);  // CreateSessionFromArray
}

void matte_ort_release_session(const MatteOrt *ort, OrtSession *session) {
    CALL(ort, 95, void, OrtSession *)(session);  // ReleaseSession
}

OrtStatus *matte_ort_port_count(const MatteOrt *ort, const OrtSession *session, bool outputs, size_t *count) {
    // SessionGetInputCount, SessionGetOutputCount
    return STATUS(ort, outputs ? 31 : 30, const OrtSession *, size_t *)(session, count);
}

static OrtStatus *read_shape(const MatteOrt *ort, const OrtTensorTypeAndShapeInfo *info, MatteOrtShape *shape) {
    shape->is_tensor = true;
    OrtStatus *status = STATUS(ort, 60, const OrtTensorTypeAndShapeInfo *, int32_t *)(  // GetTensorElementType
        info, &shape->element_type);
    if (!status)  // GetDimensionsCount
        status = STATUS(ort, 61, const OrtTensorTypeAndShapeInfo *, size_t *)(info, &shape->rank);
    if (!status && shape->rank > MATTE_ORT_MAX_RANK) shape->is_tensor = false;
    if (!status && shape->is_tensor)  // GetDimensions
        status = STATUS(ort, 62, const OrtTensorTypeAndShapeInfo *, int64_t *, size_t)(
            info, shape->dimensions, shape->rank);
    return status;
}

OrtStatus *matte_ort_port(const MatteOrt *ort, const OrtSession *session, bool outputs, size_t index, char **name,
                          MatteOrtShape *shape) {
    memset(shape, 0, sizeof *shape);
    OrtTypeInfo *type = NULL;
    const OrtTensorTypeAndShapeInfo *info = NULL;
    // SessionGetInputTypeInfo, SessionGetOutputTypeInfo
    OrtStatus *status = STATUS(ort, outputs ? 34 : 33, const OrtSession *, size_t, OrtTypeInfo **)(session, index, &type);
    if (status) return status;
    // CastTypeInfoToTensorInfo: borrowed from `type`, null for what is not a tensor
    status = STATUS(ort, 55, const OrtTypeInfo *, const OrtTensorTypeAndShapeInfo **)(type, &info);
    if (!status && info) status = read_shape(ort, info, shape);
    CALL(ort, 98, void, OrtTypeInfo *)(type);  // ReleaseTypeInfo
    if (status) return status;
    // SessionGetInputName, SessionGetOutputName
    return STATUS(ort, outputs ? 37 : 36, const OrtSession *, size_t, OrtAllocator *, char **)(
        session, index, ort->allocator, name);
}

void matte_ort_free_name(const MatteOrt *ort, char *name) {
    OrtStatus *status = STATUS(ort, 76, OrtAllocator *, void *)(ort->allocator, name);  // AllocatorFree
    if (status) matte_ort_release_status(ort, status);
}

OrtStatus *matte_ort_wrap_floats(const MatteOrt *ort, const float *data, size_t count, const int64_t *dimensions,
                                 size_t rank, OrtValue **value) {
    // CreateTensorWithDataAsOrtValue; the library does not write to a value that is only used as an input.
    return STATUS(ort, 49, const OrtMemoryInfo *, void *, size_t, const int64_t *, size_t, int32_t, OrtValue **)(
        ort->memory, (void *)data, count * sizeof(float), dimensions, rank, 1, value);
}

OrtStatus *matte_ort_value_shape(const MatteOrt *ort, const OrtValue *value, MatteOrtShape *shape) {
    memset(shape, 0, sizeof *shape);
    OrtTensorTypeAndShapeInfo *info = NULL;
    OrtStatus *status = STATUS(ort, 65, const OrtValue *, OrtTensorTypeAndShapeInfo **)(value, &info);  // GetTensorTypeAndShape
    if (status) return status;
    status = read_shape(ort, info, shape);
    CALL(ort, 99, void, OrtTensorTypeAndShapeInfo *)(info);  // ReleaseTensorTypeAndShapeInfo
    return status;
}

OrtStatus *matte_ort_value_data(const MatteOrt *ort, OrtValue *value, void **data) {
    return STATUS(ort, 51, OrtValue *, void **)(value, data);  // GetTensorMutableData
}

void matte_ort_release_value(const MatteOrt *ort, OrtValue *value) {
    CALL(ort, 96, void, OrtValue *)(value);  // ReleaseValue
}

OrtStatus *matte_ort_run(const MatteOrt *ort, OrtSession *session, const char *const *input_names,
                         const OrtValue *const *inputs, size_t input_count, const char *const *output_names,
                         size_t output_count, OrtValue **outputs) {
    return STATUS(ort, 9, OrtSession *, const void *, const char *const *, const OrtValue *const *, size_t,
                  const char *const *, size_t, OrtValue **)(  // Run
        session, NULL, input_names, inputs, input_count, output_names, output_count, outputs);
}
