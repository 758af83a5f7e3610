// Video4Linux as Swift sees it: the kernel's header, what its macros hide from Swift's importer, and the few calls that
// libv4l2 can stand in for. libv4l2 is opened at run time, and only where a camera's formats ask for it.
#ifndef MATTE_CV4L2_H
#define MATTE_CV4L2_H

#include <linux/videodev2.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Requests of linux/videodev2.h, which are macros of macros there.
static const unsigned long matte_querycap = VIDIOC_QUERYCAP;
static const unsigned long matte_enum_fmt = VIDIOC_ENUM_FMT;
static const unsigned long matte_enum_framesizes = VIDIOC_ENUM_FRAMESIZES;
static const unsigned long matte_enum_frameintervals = VIDIOC_ENUM_FRAMEINTERVALS;
static const unsigned long matte_g_fmt = VIDIOC_G_FMT;
static const unsigned long matte_s_fmt = VIDIOC_S_FMT;
static const unsigned long matte_g_parm = VIDIOC_G_PARM;
static const unsigned long matte_s_parm = VIDIOC_S_PARM;
static const unsigned long matte_g_ctrl = VIDIOC_G_CTRL;
static const unsigned long matte_reqbufs = VIDIOC_REQBUFS;
static const unsigned long matte_querybuf = VIDIOC_QUERYBUF;
static const unsigned long matte_qbuf = VIDIOC_QBUF;
static const unsigned long matte_dqbuf = VIDIOC_DQBUF;
static const unsigned long matte_streamon = VIDIOC_STREAMON;
static const unsigned long matte_streamoff = VIDIOC_STREAMOFF;
static const unsigned long matte_subscribe_event = VIDIOC_SUBSCRIBE_EVENT;
static const unsigned long matte_dqevent = VIDIOC_DQEVENT;

// v4l2loopback's own: its event that says how many programs read a device (from 0.13), its control that keeps the
// format when the writer goes, and its control device (from 0.13).
static const uint32_t matte_loopback_client_usage = V4L2_EVENT_PRIVATE_START + 0x08E00000 + 1;
static const uint32_t matte_loopback_keep_format = (V4L2_CID_USER_BASE | 0xf000) + 0;

struct matte_loopback_config {
    int32_t output_nr; // below 0: any that is free
    int32_t capture_nr;
    char card_label[32];
    uint32_t min_width, max_width, min_height, max_height; // 0: the module's own
    int32_t max_buffers, max_openers, debug;
    int32_t announce_all_caps; // 0 is exclusive_caps=1
};
static const unsigned long matte_loopback_add_before_0_15 = 0x4C80;
static const unsigned long matte_loopback_add = _IOW('~', 1, struct matte_loopback_config);

// One request to v4l2loopback's control device. Returns its answer, or a negative errno.
long matte_loopback_control(int descriptor, unsigned long request, struct matte_loopback_config *argument);

// Lets libv4l2 stand between the program and the camera behind `descriptor`: it adds formats that it converts to.
// Returns 0; ENOSYS where libv4l2 is not installed; else the errno of its refusal.
int matte_v4l2_emulate(int descriptor);

// The system's calls, through libv4l2 if `emulated`. Each returns 0 or an errno; interrupted calls are repeated.
int matte_v4l2_call(bool emulated, int descriptor, unsigned long request, void *argument);
int matte_v4l2_map(bool emulated, int descriptor, size_t length, int64_t offset, void **address);
void matte_v4l2_unmap(bool emulated, void *address, size_t length);
void matte_v4l2_close(bool emulated, int descriptor);

#endif
