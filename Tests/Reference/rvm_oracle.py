#!/usr/bin/env python3
"""Runs a published Robust Video Matting graph on a clip with ONNX Runtime's Python interface.

The tests compare the program's alpha and foreground with what this writes. It shares no code with the program: the
ffmpeg program decodes, numpy converts Y'CbCr to R'G'B', ONNX Runtime's own bindings run the whole graph.

Writes to OUT_DIR:
  pha.f32       float32, native byte order, N × H × W, 0…1
  fgr.f32       float32, native byte order, N × 3 × H × W, R'G'B', straight (not premultiplied)
  result.json   {"frames": N, "width": W, "height": H, "ratio": …, "conversion": …, "matrix": …, "range": …}

Needs numpy and onnxruntime (scripts/requirements.txt) and the programs ffmpeg and ffprobe. Rotation metadata is not
applied, and every frame must have the same size.
"""
import argparse
import json
import os
import subprocess
import sys

os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # before the import: it is read when the library starts

import numpy as np
import onnxruntime as ort

# ITU-T H.273 matrix coefficients: (Kr, Kb), under the names that ffprobe prints.
LUMA_WEIGHTS = {
    "bt709": (0.2126, 0.0722),
    "fcc": (0.30, 0.11),
    "bt470bg": (0.299, 0.114),
    "smpte170m": (0.299, 0.114),
    "smpte240m": (0.212, 0.087),
    "bt2020nc": (0.2627, 0.0593),
}
# Planar formats the exact conversion reads: (bits, log2 of the chroma step across, down).
PLANAR = {
    f"yuv{shape}p{suffix}": (bits, *steps)
    for shape, steps in {"420": (1, 1), "422": (1, 0), "444": (0, 0)}.items()
    for suffix, bits in {"": 8, "10le": 10, "12le": 12}.items()
}
# Where the first chroma sample sits, in luma pixels from the first luma sample: (across, down) for a step of two.
SITING = {"left": (0, 0.5), "center": (0.5, 0.5), "topleft": (0, 0), "top": (0.5, 0)}


def probe(clip):
    """What ffprobe says of the first video stream, with the usual guesses where the clip is not tagged."""
    text = subprocess.run(
        ["ffprobe", "-v", "error", "-select_streams", "v:0", "-show_streams", "-of", "json", clip],
        check=True, capture_output=True, text=True).stdout
    streams = json.loads(text)["streams"]
    if not streams:
        sys.exit(f'"{clip}" has no video')
    stream = streams[0]
    large = stream["height"] >= 720 or stream["width"] >= 1280
    matrix = stream.get("color_space", "unknown")
    if matrix not in LUMA_WEIGHTS:
        matrix = "bt709" if large else "smpte170m"
    siting = stream.get("chroma_location", "left")
    return {
        "width": stream["width"], "height": stream["height"], "format": stream["pix_fmt"], "matrix": matrix,
        "full": stream.get("color_range") == "pc" or stream["pix_fmt"].startswith("yuvj"),
        "siting": siting if siting in SITING else "left",
    }


def decoded(source, filters, pixel_format, frame_bytes):
    """The raw bytes of every frame, in the order they are shown."""
    command = ["ffmpeg", "-v", "error", "-nostdin", "-noautorotate", "-i", source["clip"], "-map", "0:v:0"]
    filters = ",".join(filter(None, [source["size_filter"], filters]))
    if filters:
        command += ["-vf", filters]
    if source["frames"]:
        command += ["-frames:v", str(source["frames"])]
    command += ["-fps_mode", "passthrough", "-f", "rawvideo", "-pix_fmt", pixel_format, "-"]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        while len(data := process.stdout.read(frame_bytes)) == frame_bytes:
            yield data
    if process.returncode != 0:
        sys.exit(f"ffmpeg could not decode \"{source['clip']}\"")


def upsampled(plane, count, log2_step, first, axis):
    """Linear interpolation of chroma to `count` luma positions along `axis`; the border sample goes on outside."""
    if log2_step == 0:
        return plane
    position = (np.arange(count, dtype=np.float64) - first) / (1 << log2_step)
    low = np.floor(position).astype(int)
    weight = position - low
    last = plane.shape[axis] - 1
    shape = [1, 1]
    shape[axis] = count
    weight = weight.reshape(shape)
    return (np.take(plane, np.clip(low, 0, last), axis) * (1 - weight)
            + np.take(plane, np.clip(low + 1, 0, last), axis) * weight)


def exact_frames(info):
    """R'G'B' by the defining equations in double precision, chroma interpolated from its true place."""
    width, height = info["width"], info["height"]
    name = info["format"].replace("yuvj", "yuv")
    if name not in PLANAR:
        sys.exit(f'"{info["clip"]}" is {name}; the exact conversion reads {", ".join(PLANAR)}')
    bits, across, down = PLANAR[name]
    dtype = np.dtype("u1" if bits == 8 else "<u2")
    shape = (height, width)
    chroma = ((height + (1 << down) - 1) >> down, (width + (1 << across) - 1) >> across)
    counts = [shape[0] * shape[1], chroma[0] * chroma[1]]
    scale = 1 << (bits - 8)
    full = (1 << bits) - 1
    luma_base, luma_span, chroma_span = (0, full, full) if info["full"] else (16 * scale, 219 * scale, 224 * scale)
    red, blue = LUMA_WEIGHTS[info["matrix"]]
    green = 1 - red - blue
    first_across, first_down = SITING[info["siting"]]
    for data in decoded(info, None, info["format"], (counts[0] + 2 * counts[1]) * dtype.itemsize):
        samples = np.frombuffer(data, dtype).astype(np.float64)
        y = (samples[:counts[0]].reshape(shape) - luma_base) / luma_span
        pair = []
        for index in range(2):
            start = counts[0] + index * counts[1]
            plane = (samples[start:start + counts[1]].reshape(chroma) - 128 * scale) / chroma_span
            plane = upsampled(plane, width, across, first_across, 1)
            pair.append(upsampled(plane, height, down, first_down, 0))
        cb, cr = pair
        r = y + 2 * (1 - red) * cr
        b = y + 2 * (1 - blue) * cb
        g = (y - red * r - blue * b) / green
        yield np.stack([r, g, b])


def zscale_frames(info):
    """R'G'B' in single precision by the zimg library, an implementation that is not ours."""
    width, height = info["width"], info["height"]
    matrix = {"smpte170m": "170m", "bt470bg": "470bg", "bt709": "709", "bt2020nc": "2020_ncl"}[info["matrix"]]
    conversion = (f"zscale=matrixin={matrix}:rangein={'full' if info['full'] else 'limited'}"
                  f":chromalin={info['siting']}:filter=bilinear:dither=none:range=full:matrix=gbr,format=gbrpf32le")
    for data in decoded(info, conversion, "gbrpf32le", width * height * 12):
        yield np.frombuffer(data, "<f4").reshape(3, height, width)[[2, 0, 1]]


def swscale_frames(info, careful):
    """R'G'B' by FFmpeg's scaler: to 8 bits with its default settings, or to 16 bits with its most careful ones."""
    width, height = info["width"], info["height"]
    if not careful:
        for data in decoded(info, None, "rgb24", width * height * 3):
            yield np.frombuffer(data, "u1").reshape(height, width, 3).transpose(2, 0, 1) / 255
        return
    conversion = "scale=flags=bilinear+accurate_rnd+full_chroma_int+full_chroma_inp,format=gbrp16le"
    for data in decoded(info, conversion, "gbrp16le", width * height * 6):
        yield np.frombuffer(data, "<u2").reshape(3, height, width)[[2, 0, 1]] / 65535


def pictures(info, conversion, clamps):
    """Every frame as float32 [3, H, W], R'G'B' in 0…1."""
    if conversion == "exact":
        source = exact_frames(info)
    elif conversion == "zscale":
        source = zscale_frames(info)
    else:
        source = swscale_frames(info, careful=conversion == "swscale")
    for picture in source:
        yield np.ascontiguousarray(np.clip(picture, 0, 1) if clamps else picture, dtype=np.float32)


def main():
    parser = argparse.ArgumentParser(description="Run a published RVM graph on a clip and write its alpha and foreground.")
    parser.add_argument("model")
    parser.add_argument("clip")
    parser.add_argument("out_dir")
    parser.add_argument("--frames", type=int, metavar="N", help="stop after N frames")
    parser.add_argument("--ratio", type=float, help="downsample ratio; default min(512 / longer side, 1)")
    parser.add_argument("--width", type=int, help="scale first, with --height; for trying things out")
    parser.add_argument("--height", type=int)
    parser.add_argument("--conversion", choices=["exact", "zscale", "swscale", "default"], default="exact",
                        help="how Y'CbCr becomes R'G'B'; default is ffmpeg's 8-bit rgb24")
    parser.add_argument("--no-clamp", action="store_true", help="let R'G'B' leave 0…1, as Y'CbCr can")
    parser.add_argument("--threads", type=int, default=0, help="0: as ONNX Runtime likes")
    options = parser.parse_args()

    info = probe(options.clip) | {"clip": options.clip, "frames": options.frames, "size_filter": None}
    if options.width and options.height:
        info["width"], info["height"] = options.width, options.height
        info["size_filter"] = f"scale={options.width}:{options.height}"
    ratio = options.ratio or min(512 / max(info["width"], info["height"]), 1)

    settings = ort.SessionOptions()
    settings.intra_op_num_threads = options.threads
    session = ort.InferenceSession(options.model, settings, providers=["CPUExecutionProvider"])
    state = [np.zeros((1, 1, 1, 1), np.float32)] * 4
    ratio_input = np.array([ratio], np.float32)
    frames = 0
    os.makedirs(options.out_dir, exist_ok=True)
    with open(os.path.join(options.out_dir, "pha.f32"), "wb") as alphas, \
            open(os.path.join(options.out_dir, "fgr.f32"), "wb") as foregrounds:
        for picture in pictures(info, options.conversion, not options.no_clamp):
            inputs = {"src": picture[None], "downsample_ratio": ratio_input}
            inputs |= {f"r{index + 1}i": tensor for index, tensor in enumerate(state)}
            names = ["fgr", "pha", "r1o", "r2o", "r3o", "r4o"]
            fgr, pha, *state = session.run(names, inputs)
            alphas.write(pha[0, 0].tobytes())
            foregrounds.write(fgr[0].tobytes())
            frames += 1
    result = {
        "frames": frames, "width": info["width"], "height": info["height"], "ratio": ratio,
        "conversion": options.conversion, "matrix": info["matrix"], "range": "full" if info["full"] else "limited",
    }
    with open(os.path.join(options.out_dir, "result.json"), "w") as file:
        json.dump(result, file)
    print(json.dumps(result))


if __name__ == "__main__":
    main()
