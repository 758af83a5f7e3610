// The opened library as the files of this module see it.
#ifndef MATTE_OV_LIBRARY_H
#define MATTE_OV_LIBRARY_H

#include "COpenVINO.h"

#ifdef __GLIBC__
#include <malloc.h>
#endif

typedef struct ov_core ov_core_t;
typedef struct ov_output_const_port ov_output_const_port_t;
typedef struct { const char *build, *description; } Version;
typedef struct { char **names; size_t count; } Devices;
typedef struct { int64_t rank; int64_t *dimensions; } Shape;
typedef struct { int64_t least, most; } Dimension;
typedef struct { Dimension rank; Dimension *dimensions; } PartialShape;

// Every function used: name, result, parameters. An element type is passed as its number; enums are ints in this ABI.
#define FUNCTIONS(X)                                                                                                  \
    X(ov_get_openvino_version, int32_t, (Version *))                                                                  \
    X(ov_version_free, void, (Version *))                                                                             \
    X(ov_get_error_info, const char *, (int32_t))                                                                     \
    X(ov_get_last_err_msg, const char *, (void))                                                                      \
    X(ov_free, void, (const char *))                                                                                  \
    X(ov_core_create, int32_t, (ov_core_t **))                                                                        \
    X(ov_core_get_available_devices, int32_t, (const ov_core_t *, Devices *))                                         \
    X(ov_available_devices_free, void, (Devices *))                                                                   \
    X(ov_core_get_property, int32_t, (const ov_core_t *, const char *, const char *, char **))                        \
    X(ov_core_read_model, int32_t, (const ov_core_t *, const char *, const char *, ov_model_t **))                    \
    X(ov_core_read_model_from_memory_buffer, int32_t,                                                                 \
      (const ov_core_t *, const char *, size_t, const ov_tensor_t *, ov_model_t **))                                  \
    X(ov_core_compile_model, int32_t,                                                                                 \
      (const ov_core_t *, const ov_model_t *, const char *, size_t, ov_compiled_model_t **, ...))                     \
    X(ov_model_free, void, (ov_model_t *))                                                                            \
    X(ov_model_inputs_size, int32_t, (const ov_model_t *, size_t *))                                                  \
    X(ov_model_outputs_size, int32_t, (const ov_model_t *, size_t *))                                                 \
    X(ov_model_const_input_by_index, int32_t, (const ov_model_t *, size_t, ov_output_const_port_t **))                \
    X(ov_model_const_output_by_index, int32_t, (const ov_model_t *, size_t, ov_output_const_port_t **))               \
    X(ov_model_reshape_by_port_indexes, int32_t,                                                                      \
      (const ov_model_t *, const size_t *, const PartialShape *, size_t))                                             \
    X(ov_port_get_any_name, int32_t, (const ov_output_const_port_t *, char **))                                       \
    X(ov_port_get_partial_shape, int32_t, (const ov_output_const_port_t *, PartialShape *))                           \
    X(ov_port_get_element_type, int32_t, (const ov_output_const_port_t *, int32_t *))                                 \
    X(ov_output_const_port_free, void, (ov_output_const_port_t *))                                                    \
    X(ov_partial_shape_create, int32_t, (int64_t, const Dimension *, PartialShape *))                                 \
    X(ov_partial_shape_free, void, (PartialShape *))                                                                  \
    X(ov_shape_free, int32_t, (Shape *))                                                                              \
    X(ov_compiled_model_free, void, (ov_compiled_model_t *))                                                          \
    X(ov_compiled_model_create_infer_request, int32_t, (const ov_compiled_model_t *, ov_infer_request_t **))          \
    X(ov_infer_request_free, void, (ov_infer_request_t *))                                                            \
    X(ov_infer_request_set_input_tensor_by_index, int32_t, (ov_infer_request_t *, size_t, const ov_tensor_t *))       \
    X(ov_infer_request_set_output_tensor_by_index, int32_t, (ov_infer_request_t *, size_t, const ov_tensor_t *))      \
    X(ov_infer_request_get_output_tensor_by_index, int32_t, (const ov_infer_request_t *, size_t, ov_tensor_t **))     \
    X(ov_infer_request_infer, int32_t, (ov_infer_request_t *))                                                        \
    X(ov_tensor_create_from_host_ptr, int32_t, (int32_t, Shape, void *, ov_tensor_t **))                              \
    X(ov_tensor_get_byte_size, int32_t, (const ov_tensor_t *, size_t *))                                              \
    X(ov_tensor_get_element_type, int32_t, (const ov_tensor_t *, int32_t *))                                          \
    X(ov_tensor_get_shape, int32_t, (const ov_tensor_t *, Shape *))                                                   \
    X(ov_tensor_data, int32_t, (const ov_tensor_t *, void **))                                                        \
    X(ov_tensor_free, void, (ov_tensor_t *))

// Used where they are there.
#define FURTHER_FUNCTIONS(X)                                                                                          \
    X(ov_compiled_model_export_model, int32_t, (const ov_compiled_model_t *, const char *))                           \
    X(ov_compiled_model_get_property, int32_t, (const ov_compiled_model_t *, const char *, char **))                  \
    X(ov_core_import_model, int32_t,                                                                                  \
      (const ov_core_t *, const char *, size_t, const char *, ov_compiled_model_t **))                                \
    X(ov_core_set_property, int32_t, (const ov_core_t *, const char *, ...))

struct MatteOv {
    char *version;
    char *path;
    ov_core_t *core;
#define MEMBER(name, result, parameters) result(*name) parameters;
    FUNCTIONS(MEMBER)
    FURTHER_FUNCTIONS(MEMBER)
#undef MEMBER
};

// These, and the ones below them, are the C interface's own.
enum { INVALID_C_PARAMETER = -14, GENERAL_ERROR = -1 };

static inline void give_back_freed_memory(void) {
#ifdef __GLIBC__
    // Fitting leaves several times the network's size of freed memory behind, of which the runs that follow have no use.
    malloc_trim(0);
#endif
}

#endif
