// OpenVINO's C interface without its headers: the library is opened at run time, and the functions used are looked up by
// name. Their signatures are declared in COpenVINO.c, after openvino/c/*.h of release 2026.4.
#ifndef MATTE_COPENVINO_H
#define MATTE_COPENVINO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct MatteOv MatteOv;  // an opened library and its one core; never closed
typedef struct ov_model ov_model_t;
typedef struct ov_compiled_model ov_compiled_model_t;
typedef struct ov_infer_request ov_infer_request_t;
typedef struct ov_tensor ov_tensor_t;

// The shape and element type of an input, an output or a tensor.
enum { MATTE_OV_MAX_RANK = 8 };
typedef struct {
    bool has_rank;         // false: even the rank is decided at run time, or is above the highest
    int32_t element_type;  // the number in ONNX's TensorProto.DataType; 0 for what has none
    size_t rank;
    int64_t dimensions[MATTE_OV_MAX_RANK];  // -1: decided at run time
} MatteOvShape;

// A status of 0 is success.
typedef int32_t MatteOvStatus;

// Opens the library at `path` (or by the dynamic loader's search where it has no slash) and creates its core.
// Returns null after writing the reason to `reason`.
MatteOv *matte_ov_open(const char *path, char *reason, size_t reason_capacity);
const char *matte_ov_version(const MatteOv *ov);
// The file that was loaded, or null where the loader cannot tell.
const char *matte_ov_path(const MatteOv *ov);

// The library's words for the failure that this thread has just seen.
void matte_ov_message(const MatteOv *ov, MatteOvStatus status, char *text, size_t capacity);

// Names of the devices, one to a line ("CPU\nGPU.0\n").
MatteOvStatus matte_ov_devices(const MatteOv *ov, char *text, size_t capacity);
// A property of one device ("CPU", "FULL_DEVICE_NAME"); false where the machine has no such device. No other device's
// plugin is loaded to find out.
bool matte_ov_property(const MatteOv *ov, const char *device, const char *key, char *text, size_t capacity);

// Reads a network from the bytes of an ONNX file, which are copied.
MatteOvStatus matte_ov_read_model(const MatteOv *ov, const void *bytes, size_t count, ov_model_t **model);
MatteOvStatus matte_ov_read_model_file(const MatteOv *ov, const char *path, ov_model_t **model);
void matte_ov_release_model(const MatteOv *ov, ov_model_t *model);
MatteOvStatus matte_ov_port_count(const MatteOv *ov, const ov_model_t *model, bool outputs, size_t *count);
MatteOvStatus matte_ov_port(const MatteOv *ov, const ov_model_t *model, bool outputs, size_t index, char *name,
                            size_t name_capacity, MatteOvShape *shape);
// Gives all inputs shapes, in the order of the inputs.
MatteOvStatus matte_ov_reshape(const MatteOv *ov, ov_model_t *model, const MatteOvShape *shapes, size_t count);

enum { MATTE_OV_MAX_PROPERTIES = 8 };
// `pairs`: key, value, key, value …, of at most MATTE_OV_MAX_PROPERTIES properties.
MatteOvStatus matte_ov_compile(const MatteOv *ov, const ov_model_t *model, const char *device,
                               const char *const *pairs, size_t pair_count, ov_compiled_model_t **compiled);
// Whether this library and this system can hand fitted networks from one process to another.
bool matte_ov_can_export(const MatteOv *ov);
// What `matte_ov_import` takes in a process on the same machine with the same library; to be released.
MatteOvStatus matte_ov_export(const MatteOv *ov, const ov_compiled_model_t *compiled, const void **bytes, size_t *count);
void matte_ov_release_export(const void *bytes, size_t count);
// `pairs` as for matte_ov_compile. They become properties of the core on the way: one thread at a time. The network uses the
// bytes as they lie there until it is released.
MatteOvStatus matte_ov_import(const MatteOv *ov, const void *bytes, size_t count, const char *device,
                              const char *const *pairs, size_t pair_count, ov_compiled_model_t **compiled);
// A property of a fitted network; false where it has no such. Only where `matte_ov_can_export`.
bool matte_ov_compiled_property(const MatteOv *ov, const ov_compiled_model_t *compiled, const char *key, char *text,
                                size_t capacity);
void matte_ov_release_compiled(const MatteOv *ov, ov_compiled_model_t *compiled);
MatteOvStatus matte_ov_create_request(const MatteOv *ov, const ov_compiled_model_t *compiled,
                                      ov_infer_request_t **request);
void matte_ov_release_request(const MatteOv *ov, ov_infer_request_t *request);

// A tensor of float32 over memory that the caller keeps; nothing is copied.
MatteOvStatus matte_ov_wrap_floats(const MatteOv *ov, float *data, const int64_t *dimensions, size_t rank,
                                   ov_tensor_t **tensor);
MatteOvStatus matte_ov_tensor_shape(const MatteOv *ov, const ov_tensor_t *tensor, MatteOvShape *shape);
MatteOvStatus matte_ov_tensor_data(const MatteOv *ov, const ov_tensor_t *tensor, void **data);
void matte_ov_release_tensor(const MatteOv *ov, ov_tensor_t *tensor);

// Puts a tensor at an input or output of the next run; the request keeps a reference of its own.
MatteOvStatus matte_ov_bind(const MatteOv *ov, ov_infer_request_t *request, bool output, size_t index,
                            const ov_tensor_t *tensor);
MatteOvStatus matte_ov_infer(const MatteOv *ov, ov_infer_request_t *request);
// The request's own result, to be released; the next run writes over it.
MatteOvStatus matte_ov_output(const MatteOv *ov, const ov_infer_request_t *request, size_t index, ov_tensor_t **tensor);

#endif
