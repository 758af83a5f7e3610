// FFmpeg's C interface as Swift sees it: the headers, and what C macros and va_list hide from Swift's importer.
#ifndef MATTE_CFFMPEG_H
#define MATTE_CFFMPEG_H

#include <libavcodec/avcodec.h>
#include <libavfilter/avfilter.h>
#include <libavfilter/buffersink.h>
#include <libavfilter/buffersrc.h>
#include <libavformat/avformat.h>
#include <libavutil/avutil.h>
#include <libavutil/channel_layout.h>
#include <libavutil/cpu.h>
#include <libavutil/display.h>
#include <libavutil/error.h>
#include <libavutil/imgutils.h>
#include <libavutil/log.h>
#include <libavutil/mathematics.h>
#include <libavutil/murmur3.h>
#include <libavutil/opt.h>
#include <libavutil/pixdesc.h>
#include <libavutil/sha.h>

// Macros of libavutil/error.h and avutil.h.
static const int matte_error_eof = AVERROR_EOF;
static const int matte_error_again = AVERROR(EAGAIN);
static const int matte_error_no_memory = AVERROR(ENOMEM);
static const int matte_error_no_entry = AVERROR(ENOENT);
static const int matte_error_no_permission = AVERROR(EACCES);
static const int matte_error_invalid_data = AVERROR_INVALIDDATA;
static const int matte_error_exit = AVERROR_EXIT;
static const int matte_error_io = AVERROR(EIO);
static const int matte_error_refused = AVERROR(ECONNREFUSED);
static const int matte_error_timed_out = AVERROR(ETIMEDOUT);
static const int matte_error_no_protocol = AVERROR_PROTOCOL_NOT_FOUND;
static const int matte_error_not_found = AVERROR_HTTP_NOT_FOUND;
static const int matte_error_forbidden = AVERROR_HTTP_FORBIDDEN;
static const int matte_error_unauthorized = AVERROR_HTTP_UNAUTHORIZED;
static const int matte_error_http_other = AVERROR_HTTP_OTHER_4XX;
static const int matte_error_http_server = AVERROR_HTTP_SERVER_ERROR;
static const int64_t matte_no_pts = AV_NOPTS_VALUE;
static const int64_t matte_time_base = AV_TIME_BASE;

// Sends every line that FFmpeg logs at `level` or worse to `sink`, from any thread, instead of standard error.
void matte_capture_log(int level, void (*sink)(int level, const char *line));

// From now on the allocator gives blocks of at least so many bytes back to the system as soon as they are freed.
void matte_give_back_blocks(int bytes);

#endif
