#!/usr/bin/env python3
"""Whole clips, `matte run` against the loops people write today, in one run, alternating; medians.

usage: bench.py MATTE MODEL CLIP RESULTS_DIR [--rounds N] [--frames N] [--sizes 720,1080,2160]

Scales CLIP to each size, runs every contestant once per round in turn, and writes RESULTS_DIR/<date>.json and
RESULTS_DIR/latest.md. Wall time counts from start to exit of each program, starting and loading included, for all alike.
"""
import argparse
import datetime
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
SIZES = {"720": "1280x720", "1080": "1920x1080", "2160": "3840x2160"}


def run(command):
    """Wall seconds and peak resident bytes of the command and its children."""
    before = time.perf_counter()
    pid = os.posix_spawnp(command[0], command, os.environ, file_actions=[
        (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0), (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0)])
    _, status, usage = os.wait4(pid, 0)
    if status != 0:
        sys.exit(f"failed with status {os.waitstatus_to_exitcode(status)}: {' '.join(command)}")
    return time.perf_counter() - before, usage.ru_maxrss * 1024


def processor():
    with open("/proc/cpuinfo") as file:
        return next((line.split(":", 1)[1].strip() for line in file if line.startswith("model name")), "unknown")


def scaled(clip, size, frames, folder):
    """The clip in another size, looped to the number of frames, as H.264 that decodes like a camera's."""
    path = os.path.join(folder, f"{size}.mp4")
    subprocess.run(["ffmpeg", "-v", "error", "-y", "-stream_loop", "-1", "-i", clip, "-frames:v", str(frames), "-vf",
                    f"scale={size.replace('x', ':')}:flags=bicubic", "-c:v", "libx264", "-preset", "fast", "-crf", "18",
                    "-pix_fmt", "yuv420p", "-an", path], check=True)
    return path


def contestants(matte, model, clip, output):
    peer = [sys.executable, os.path.join(HERE, "peer.py"), model, clip, output, "--engine"]
    encoder = ["--encoder-preset", "veryfast", "--quality", "23"]
    found = {
        "matte": [matte, "run", clip, "-o", output, "--overwrite", "--quiet", "--warm-up", "0"] + encoder,
        "peer, ONNX Runtime": peer + ["onnxruntime"],
    }
    if subprocess.run([sys.executable, "-c", "import openvino"], capture_output=True).returncode == 0:
        found["peer, OpenVINO"] = peer + ["openvino"]
    return found


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("matte")
    parser.add_argument("model")
    parser.add_argument("clip")
    parser.add_argument("results")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--frames", type=int, default=60)
    parser.add_argument("--sizes", default="720,1080,2160")
    arguments = parser.parse_args()

    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for size in arguments.sizes.split(","):
            clip = scaled(arguments.clip, SIZES[size], arguments.frames, folder)
            entries = contestants(arguments.matte, arguments.model, clip, os.path.join(folder, "out.mp4"))
            seconds = {name: [] for name in entries}
            memory = dict.fromkeys(entries, 0)
            for round_number in range(arguments.rounds):
                for name, command in entries.items():
                    wall, peak = run(command)
                    seconds[name].append(wall)
                    memory[name] = max(memory[name], peak)
                print(f"{size}: round {round_number + 1} of {arguments.rounds}", file=sys.stderr)
            for name in entries:
                rows.append({
                    "size": SIZES[size], "name": name, "seconds": seconds[name],
                    "medianSeconds": statistics.median(seconds[name]),
                    "framesPerSecond": arguments.frames / statistics.median(seconds[name]),
                    "ratioToMatte": statistics.median(seconds[name]) / statistics.median(seconds["matte"]),
                    "peakMemoryBytes": memory[name]})
    report = {"date": datetime.date.today().isoformat(), "processor": processor(), "cores": os.cpu_count(),
              "system": platform.platform(), "frames": arguments.frames, "rounds": arguments.rounds, "clips": rows}
    os.makedirs(arguments.results, exist_ok=True)
    with open(os.path.join(arguments.results, report["date"] + ".json"), "w") as file:
        json.dump(report, file, indent=2)
        file.write("\n")
    lines = [f"{arguments.frames} frames, medians of {arguments.rounds} rounds, {report['cores']} cores of "
             f"{report['processor']}, {report['date']}", "",
             "| size | program | frames per second | time against matte | peak memory |", "|---|---|---|---|---|"]
    for row in rows:
        lines.append(f"| {row['size']} | {row['name']} | {row['framesPerSecond']:.1f} | {row['ratioToMatte']:.2f}× | "
                     f"{row['peakMemoryBytes'] / 1e6:.0f} MB |")
    text = "\n".join(lines) + "\n"
    with open(os.path.join(arguments.results, "latest.md"), "w") as file:
        file.write(text)
    print(text)


main()
