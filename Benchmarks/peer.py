#!/usr/bin/env python3
"""The loop a person would write today, as the thing to compare with.

usage: peer.py MODEL CLIP OUTPUT [--engine onnxruntime|openvino] [--threads N] [--frames N]

An ffmpeg pipe decodes, Python runs the published RVM graph and composites over green, an ffmpeg pipe encodes with x264
veryfast, crf 23. Reading, the network and writing overlap in threads with short queues, and arrays are reused where
NumPy can: a peer worth beating. Prints one JSON line.
"""
import argparse
import json
import math
import os
import queue
import subprocess
import threading
import time

os.environ["ORT_DISABLE_TELEMETRY"] = "1"
import numpy as np

GREEN = np.array([0x78, 0xFF, 0x9B], np.float32).reshape(1, 3, 1, 1) / 255
STATE_CHANNELS = (16, 20, 40, 64)


def probe(clip):
    text = subprocess.run(
        ["ffprobe", "-v", "error", "-select_streams", "v:0", "-show_entries", "stream=width,height,r_frame_rate",
         "-of", "csv=p=0", clip], check=True, capture_output=True, text=True).stdout
    width, height, rate = text.strip().split(",")[:3]
    return int(width), int(height), rate


def onnxruntime_step(model, width, height, ratio, threads):
    import onnxruntime
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    state = [np.zeros([1, 1, 1, 1], np.float32)] * 4
    ratio = np.array([ratio], np.float32)

    def step(picture):
        nonlocal state
        feeds = {f"r{k + 1}i": state[k] for k in range(4)}
        foreground, alpha, *state = session.run(None, {"src": picture, "downsample_ratio": ratio, **feeds})
        return foreground, alpha
    return step


def openvino_step(model, width, height, ratio, threads):
    import openvino
    graph = openvino.Core().read_model(model)
    rows, columns = math.floor(height * ratio), math.floor(width * ratio)
    shapes = []
    for channels in STATE_CHANNELS:
        rows, columns = math.ceil(rows / 2), math.ceil(columns / 2)
        shapes.append([1, channels, rows, columns])
    graph.reshape({"src": [1, 3, height, width], "downsample_ratio": [1],
                   **{f"r{k + 1}i": shapes[k] for k in range(4)}})
    request = openvino.Core().compile_model(graph, "CPU", {
        "INFERENCE_NUM_THREADS": threads, "PERFORMANCE_HINT": "LATENCY",
        "INFERENCE_PRECISION_HINT": "f32"}).create_infer_request()
    state = [np.zeros(shape, np.float32) for shape in shapes]
    ratio = np.array([ratio], np.float32)

    def step(picture):
        nonlocal state
        feeds = {f"r{k + 1}i": state[k] for k in range(4)}
        results = request.infer({"src": picture, "downsample_ratio": ratio, **feeds})
        state = [results[k] for k in range(2, 6)]
        return results[0], results[1]
    return step


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("model")
    parser.add_argument("clip")
    parser.add_argument("output")
    parser.add_argument("--engine", choices=["onnxruntime", "openvino"], default="onnxruntime")
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--frames", type=int)
    arguments = parser.parse_args()

    width, height, rate = probe(arguments.clip)
    frame_bytes = width * height * 3
    make_step = onnxruntime_step if arguments.engine == "onnxruntime" else openvino_step
    step = make_step(arguments.model, width, height, min(512 / max(width, height), 1), arguments.threads)
    end = ["-frames:v", str(arguments.frames)] if arguments.frames else []
    decoded, composed = queue.Queue(4), queue.Queue(4)

    def read():
        pipe = subprocess.Popen(["ffmpeg", "-v", "error", "-i", arguments.clip] + end
                                + ["-f", "rawvideo", "-pix_fmt", "rgb24", "-"], stdout=subprocess.PIPE)
        while len(data := pipe.stdout.read(frame_bytes)) == frame_bytes:
            decoded.put(data)
        decoded.put(None)

    def write():
        pipe = subprocess.Popen(
            ["ffmpeg", "-v", "error", "-y", "-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{width}x{height}", "-r",
             rate, "-i", "-", "-c:v", "libx264", "-preset", "veryfast", "-crf", "23", "-pix_fmt", "yuv420p",
             arguments.output], stdin=subprocess.PIPE)
        while (data := composed.get()) is not None:
            pipe.stdin.write(data)
        pipe.stdin.close()
        pipe.wait()

    threads = [threading.Thread(target=read), threading.Thread(target=write)]
    begin = time.perf_counter()
    for thread in threads:
        thread.start()
    frames = 0
    while (data := decoded.get()) is not None:
        picture = np.frombuffer(data, np.uint8).reshape(height, width, 3).transpose(2, 0, 1)[None].astype(np.float32)
        picture *= 1 / 255
        foreground, alpha = step(np.ascontiguousarray(picture))
        foreground *= alpha
        foreground += GREEN * (1 - alpha)
        foreground *= 255
        foreground += 0.5
        composed.put(np.ascontiguousarray(foreground[0].astype(np.uint8).transpose(1, 2, 0)).data)
        frames += 1
    composed.put(None)
    for thread in threads:
        thread.join()
    seconds = time.perf_counter() - begin
    print(json.dumps({"frames": frames, "seconds": seconds, "framesPerSecond": frames / seconds}))


main()
