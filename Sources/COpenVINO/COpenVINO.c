#define _GNU_SOURCE
#include "library.h"

#include <dlfcn.h>
#include <link.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// ov_element_type_e since release 2025.0; before, all of them were one higher.
enum { OV_FLOAT32 = 4 };
// OpenVINO's element types as ONNX numbers them.
static int32_t onnx_type(int32_t type) {
    static const int32_t types[] = {[1] = 9, [2] = 16, [3] = 10, [4] = 1, [5] = 11, [9] = 6, [10] = 7, [16] = 2};
    return type >= 0 && type < (int32_t)(sizeof types / sizeof *types) ? types[type] : 0;
}

static MatteOv *refuse(MatteOv *ov, char *reason, size_t capacity, const char *words, const char *detail) {
    snprintf(reason, capacity, "%s%s", words, detail);
    if (ov) free(ov->version), free(ov->path);
    free(ov);
    return NULL;
}

static bool numbers_its_types_as_expected(const MatteOv *ov) {
    float value = 0;
    int64_t one = 1;
    ov_tensor_t *tensor = NULL;
    size_t bytes = 0;
    if (ov->ov_tensor_create_from_host_ptr(OV_FLOAT32, (Shape){1, &one}, &value, &tensor)) return false;
    int32_t status = ov->ov_tensor_get_byte_size(tensor, &bytes);
    ov->ov_tensor_free(tensor);
    return !status && bytes == sizeof value;
}

static void say_nothing(const char *message) { (void)message; }

// oneDNN inside the CPU plugin keeps the last 1024 kernels of the process, those of networks that were let go included:
// some megabytes for every size that a network is fitted to. Fitting is no faster for it. Its capacity can be set through
// the environment only; here no other thread can be reading that yet.
__attribute__((constructor)) static void keep_no_kernels_of_released_networks(void) {
    if (!getenv("DNNL_PRIMITIVE_CACHE_CAPACITY")) setenv("ONEDNN_PRIMITIVE_CACHE_CAPACITY", "0", 0);
}

MatteOv *matte_ov_open(const char *path, char *reason, size_t reason_capacity) {
    // The libraries it needs lie beside it and are found from its own run path.
    void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    if (!library) {
        const char *words = dlerror();
        return refuse(NULL, reason, reason_capacity, words ? words : "cannot be opened", "");
    }
    MatteOv *ov = calloc(1, sizeof *ov);
    if (!ov) return refuse(NULL, reason, reason_capacity, "out of memory", "");
#define LOOK_UP(name, result, parameters)                       \
    *(void **)(&ov->name) = dlsym(library, #name);              \
    if (!ov->name) return refuse(ov, reason, reason_capacity, "it does not export ", #name);
    FUNCTIONS(LOOK_UP)
#undef LOOK_UP
#define LOOK_UP(name, result, parameters) *(void **)(&ov->name) = dlsym(library, #name);
    FURTHER_FUNCTIONS(LOOK_UP)
#undef LOOK_UP
    // Plugins of devices that are not there write lines about it. Older releases have no such function.
    void (*set_log)(void (*)(const char *)) = NULL;
    *(void **)(&set_log) = dlsym(library, "ov_util_set_log_callback");
    if (set_log) set_log(say_nothing);

    Version version = {0};
    if (ov->ov_get_openvino_version(&version) || !version.build)
        return refuse(ov, reason, reason_capacity, "it does not tell its version", "");
    // "2026.4.1-22982-e213a147257-releases/2026/4": the release is enough.
    ov->version = strndup(version.build, strcspn(version.build, "-"));
    ov->ov_version_free(&version);
    if (!ov->version) return refuse(ov, reason, reason_capacity, "out of memory", "");
    if (!numbers_its_types_as_expected(ov))
        return refuse(ov, reason, reason_capacity, "its version is too old (2025.0 is needed at least)", "");

    struct link_map *map = NULL;
    if (dlinfo(library, RTLD_DI_LINKMAP, &map) == 0 && map && map->l_name[0]) ov->path = strdup(map->l_name);
    int32_t status = ov->ov_core_create(&ov->core);
    if (status) {
        char words[512];
        matte_ov_message(ov, status, words, sizeof words);
        return refuse(ov, reason, reason_capacity, words, "");
    }
    return ov;
}

const char *matte_ov_version(const MatteOv *ov) { return ov->version; }
const char *matte_ov_path(const MatteOv *ov) { return ov->path; }

void matte_ov_message(const MatteOv *ov, MatteOvStatus status, char *text, size_t capacity) {
    // Checks of parameters leave the words of an earlier failure behind.
    const char *words = status > INVALID_C_PARAMETER ? ov->ov_get_last_err_msg() : NULL;
    const char *general = ov->ov_get_error_info(status);
    snprintf(text, capacity, "%s", words && *words ? words : general ? general : "unknown error");
    if (words) ov->ov_free(words);
}

MatteOvStatus matte_ov_devices(const MatteOv *ov, char *text, size_t capacity) {
    Devices devices = {0};
    text[0] = 0;
    MatteOvStatus status = ov->ov_core_get_available_devices(ov->core, &devices);
    if (status) return status;
    size_t used = 0;
    for (size_t index = 0; index < devices.count; index++) {
        size_t length = strlen(devices.names[index]);
        if (used + length + 2 > capacity) break;
        used += (size_t)snprintf(text + used, capacity - used, "%s\n", devices.names[index]);
    }
    ov->ov_available_devices_free(&devices);
    return 0;
}

bool matte_ov_property(const MatteOv *ov, const char *device, const char *key, char *text, size_t capacity) {
    char *value = NULL;
    if (ov->ov_core_get_property(ov->core, device, key, &value)) return false;
    snprintf(text, capacity, "%s", value);
    ov->ov_free(value);
    return true;
}

MatteOvStatus matte_ov_read_model(const MatteOv *ov, const void *bytes, size_t count, ov_model_t **model) {
    return ov->ov_core_read_model_from_memory_buffer(ov->core, bytes, count, NULL, model);
}

MatteOvStatus matte_ov_read_model_file(const MatteOv *ov, const char *path, ov_model_t **model) {
    return ov->ov_core_read_model(ov->core, path, NULL, model);
}

void matte_ov_release_model(const MatteOv *ov, ov_model_t *model) { ov->ov_model_free(model); }

MatteOvStatus matte_ov_port_count(const MatteOv *ov, const ov_model_t *model, bool outputs, size_t *count) {
    return outputs ? ov->ov_model_outputs_size(model, count) : ov->ov_model_inputs_size(model, count);
}

static void read_partial_shape(const PartialShape *partial, MatteOvShape *shape) {
    Dimension rank = partial->rank;
    shape->has_rank = rank.least == rank.most && rank.most >= 0 && rank.most <= MATTE_OV_MAX_RANK;
    shape->rank = shape->has_rank ? (size_t)rank.most : 0;
    for (size_t index = 0; index < shape->rank; index++) {
        Dimension dimension = partial->dimensions[index];
        shape->dimensions[index] = dimension.least == dimension.most ? dimension.most : -1;
    }
}

MatteOvStatus matte_ov_port(const MatteOv *ov, const ov_model_t *model, bool outputs, size_t index, char *name,
                            size_t name_capacity, MatteOvShape *shape) {
    memset(shape, 0, sizeof *shape);
    ov_output_const_port_t *port = NULL;
    MatteOvStatus status = outputs ? ov->ov_model_const_output_by_index(model, index, &port)
                                   : ov->ov_model_const_input_by_index(model, index, &port);
    if (status) return status;
    char *text = NULL;
    int32_t type = 0;
    PartialShape partial = {0};
    status = ov->ov_port_get_any_name(port, &text);
    if (!status) status = ov->ov_port_get_element_type(port, &type);
    if (!status) status = ov->ov_port_get_partial_shape(port, &partial);
    if (!status) {
        snprintf(name, name_capacity, "%s", text ? text : "");
        shape->element_type = onnx_type(type);
        read_partial_shape(&partial, shape);
        ov->ov_partial_shape_free(&partial);
    }
    if (text) ov->ov_free(text);
    ov->ov_output_const_port_free(port);
    return status;
}

MatteOvStatus matte_ov_reshape(const MatteOv *ov, ov_model_t *model, const MatteOvShape *shapes, size_t count) {
    size_t indexes[64];
    PartialShape partials[64];
    if (count > 64) return INVALID_C_PARAMETER;
    MatteOvStatus status = 0;
    size_t made = 0;
    for (; made < count && !status; made++) {
        Dimension dimensions[MATTE_OV_MAX_RANK];
        for (size_t index = 0; index < shapes[made].rank; index++) {
            int64_t length = shapes[made].dimensions[index];
            dimensions[index] = (Dimension){length, length};  // -1 to -1 is any length
        }
        indexes[made] = made;
        partials[made] = (PartialShape){0};
        status = ov->ov_partial_shape_create((int64_t)shapes[made].rank, dimensions, &partials[made]);
    }
    if (!status) status = ov->ov_model_reshape_by_port_indexes(model, indexes, partials, count);
    for (size_t index = 0; index < made; index++) ov->ov_partial_shape_free(&partials[index]);
    return status;
}

MatteOvStatus matte_ov_compile(const MatteOv *ov, const ov_model_t *model, const char *device,
                               const char *const *pairs, size_t pair_count, ov_compiled_model_t **compiled) {
    if (pair_count > MATTE_OV_MAX_PROPERTIES) return INVALID_C_PARAMETER;
    const char *all[2 * MATTE_OV_MAX_PROPERTIES] = {0};
    for (size_t index = 0; index < 2 * pair_count; index++) all[index] = pairs[index];
    // The function reads no more arguments than it is told of.
    MatteOvStatus status = ov->ov_core_compile_model(
        ov->core, model, device, 2 * pair_count, compiled, all[0], all[1], all[2], all[3], all[4], all[5], all[6],
        all[7], all[8], all[9], all[10], all[11], all[12], all[13], all[14], all[15]);
    give_back_freed_memory();
    return status;
}

void matte_ov_release_compiled(const MatteOv *ov, ov_compiled_model_t *compiled) {
    ov->ov_compiled_model_free(compiled);
}

MatteOvStatus matte_ov_create_request(const MatteOv *ov, const ov_compiled_model_t *compiled,
                                      ov_infer_request_t **request) {
    return ov->ov_compiled_model_create_infer_request(compiled, request);
}

void matte_ov_release_request(const MatteOv *ov, ov_infer_request_t *request) { ov->ov_infer_request_free(request); }

MatteOvStatus matte_ov_wrap_floats(const MatteOv *ov, float *data, const int64_t *dimensions, size_t rank,
                                   ov_tensor_t **tensor) {
    // The dimensions are only read; the structure serves for results as well.
    Shape shape = {(int64_t)rank, (int64_t *)dimensions};
    return ov->ov_tensor_create_from_host_ptr(OV_FLOAT32, shape, data, tensor);
}

MatteOvStatus matte_ov_tensor_shape(const MatteOv *ov, const ov_tensor_t *tensor, MatteOvShape *shape) {
    memset(shape, 0, sizeof *shape);
    int32_t type = 0;
    Shape found = {0};
    MatteOvStatus status = ov->ov_tensor_get_element_type(tensor, &type);
    if (!status) status = ov->ov_tensor_get_shape(tensor, &found);
    if (status) return status;
    shape->element_type = onnx_type(type);
    shape->has_rank = found.rank <= MATTE_OV_MAX_RANK;
    shape->rank = shape->has_rank ? (size_t)found.rank : 0;
    for (size_t index = 0; index < shape->rank; index++) shape->dimensions[index] = found.dimensions[index];
    ov->ov_shape_free(&found);
    return 0;
}

MatteOvStatus matte_ov_tensor_data(const MatteOv *ov, const ov_tensor_t *tensor, void **data) {
    return ov->ov_tensor_data(tensor, data);
}

void matte_ov_release_tensor(const MatteOv *ov, ov_tensor_t *tensor) { ov->ov_tensor_free(tensor); }

MatteOvStatus matte_ov_bind(const MatteOv *ov, ov_infer_request_t *request, bool output, size_t index,
                            const ov_tensor_t *tensor) {
    return output ? ov->ov_infer_request_set_output_tensor_by_index(request, index, tensor)
                  : ov->ov_infer_request_set_input_tensor_by_index(request, index, tensor);
}

MatteOvStatus matte_ov_infer(const MatteOv *ov, ov_infer_request_t *request) {
    return ov->ov_infer_request_infer(request);
}

MatteOvStatus matte_ov_output(const MatteOv *ov, const ov_infer_request_t *request, size_t index,
                              ov_tensor_t **tensor) {
    return ov->ov_infer_request_get_output_tensor_by_index(request, index, tensor);
}
