// ONNX Runtime's C interface without its headers: the library is opened at run time, and each function below calls one
// slot of its function table with that slot's signature. Slots never move between releases; the number and the
// signature of every slot used are written beside its call in COnnxRuntime.c.
#ifndef MATTE_CONNXRUNTIME_H
#define MATTE_CONNXRUNTIME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct MatteOrt MatteOrt;  // an opened library and its one environment; never closed
typedef struct OrtStatus OrtStatus;  // null means success; else to be released
typedef struct OrtSessionOptions OrtSessionOptions;
typedef struct OrtSession OrtSession;
typedef struct OrtValue OrtValue;

// The shape and element type of an input, an output or a value.
enum { MATTE_ORT_MAX_RANK = 8 };
typedef struct {
    bool is_tensor;
    int32_t element_type;  // ONNXTensorElementDataType: 1 float32, 10 float16
    size_t rank;
    int64_t dimensions[MATTE_ORT_MAX_RANK];  // -1: decided at run time
} MatteOrtShape;

// Opens the library at `path` (or by the dynamic loader's search where it has no slash), switches its telemetry off
// before anything else, and creates its environment with a logger that prints nothing.
// Returns null after writing the reason to `reason`.
MatteOrt *matte_ort_open(const char *path, char *reason, size_t reason_capacity);
const char *matte_ort_version(const MatteOrt *ort);
// The file that was loaded, or null where the loader cannot tell.
const char *matte_ort_path(const MatteOrt *ort);

int32_t matte_ort_code(const MatteOrt *ort, const OrtStatus *status);
const char *matte_ort_message(const MatteOrt *ort, const OrtStatus *status);
void matte_ort_release_status(const MatteOrt *ort, OrtStatus *status);

OrtStatus *matte_ort_providers(const MatteOrt *ort, char ***names, int32_t *count);
void matte_ort_release_providers(const MatteOrt *ort, char **names, int32_t count);

OrtStatus *matte_ort_create_options(const MatteOrt *ort, int32_t threads, OrtSessionOptions **options);
void matte_ort_release_options(const MatteOrt *ort, OrtSessionOptions *options);
OrtStatus *matte_ort_set_config(const MatteOrt *ort, OrtSessionOptions *options, const char *key, const char *value);
OrtStatus *matte_ort_append_cuda(const MatteOrt *ort, OrtSessionOptions *options, const char *const *keys,
                                 const char *const *values, size_t count);
OrtStatus *matte_ort_append_tensorrt(const MatteOrt *ort, OrtSessionOptions *options, const char *const *keys,
                                     const char *const *values, size_t count);
OrtStatus *matte_ort_append_named(const MatteOrt *ort, OrtSessionOptions *options, const char *name,
                                  const char *const *keys, const char *const *values, size_t count);

OrtStatus *matte_ort_create_session(const MatteOrt *ort, const char *path, const OrtSessionOptions *options,
                                    OrtSession **session);
// The bytes may be freed when this returns.
OrtStatus *matte_ort_create_session_from_bytes(const MatteOrt *ort, const void *bytes, size_t count,
                                               const OrtSessionOptions *options, OrtSession **session);
void matte_ort_release_session(const MatteOrt *ort, OrtSession *session);
OrtStatus *matte_ort_port_count(const MatteOrt *ort, const OrtSession *session, bool outputs, size_t *count);
// The name is to be given to matte_ort_free_name.
OrtStatus *matte_ort_port(const MatteOrt *ort, const OrtSession *session, bool outputs, size_t index, char **name,
                          MatteOrtShape *shape);
void matte_ort_free_name(const MatteOrt *ort, char *name);

// A value over float32 memory of the caller, which must outlive the value.
OrtStatus *matte_ort_wrap_floats(const MatteOrt *ort, const float *data, size_t count, const int64_t *dimensions,
                                 size_t rank, OrtValue **value);
OrtStatus *matte_ort_value_shape(const MatteOrt *ort, const OrtValue *value, MatteOrtShape *shape);
// Memory of the value, valid while the value lives.
OrtStatus *matte_ort_value_data(const MatteOrt *ort, OrtValue *value, void **data);
void matte_ort_release_value(const MatteOrt *ort, OrtValue *value);

// Null entries of `outputs` are made by the library and are the caller's afterwards; they stay null on failure.
OrtStatus *matte_ort_run(const MatteOrt *ort, OrtSession *session, const char *const *input_names,
                         const OrtValue *const *inputs, size_t input_count, const char *const *output_names,
                         size_t output_count, OrtValue **outputs);

#endif
