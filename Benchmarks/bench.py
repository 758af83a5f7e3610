#!/usr/bin/env python3
"""How fast it is here, in one run: whole clips against the loops people write today, the stages alone, peak memory, and
scaling with the number of cores.

usage: bench.py MATTE BENCHMARKS MODEL CLIP RESULTS_DIR README [--rounds N] [--frames N] [--sizes 720,1080,2160]

Scales CLIP to each size, runs every contestant once per round in turn, and takes medians. Wall time counts from start to
exit of each program, starting and loading included, for all alike. Writes RESULTS_DIR/<date>.json, and puts the tables
between the markers of README.
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
MODEL = "rvm-mobilenetv3"
# Of a run that is taken for starting, ending and nothing else.
START_FRAMES = 2


def run(command):
    """Wall seconds, processor seconds and peak resident bytes of the command and its children."""
    before = time.perf_counter()
    pid = os.posix_spawnp(command[0], command, os.environ, file_actions=[
        (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0), (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0)])
    _, status, usage = os.wait4(pid, 0)
    if status != 0:
        sys.exit(f"failed with status {os.waitstatus_to_exitcode(status)}: {' '.join(command)}")
    return time.perf_counter() - before, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024


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


def whole_clips(arguments):
    """A row for each size and contestant."""
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for size in filter(None, arguments.sizes.split(",")):
            clip = scaled(arguments.clip, SIZES[size], arguments.frames, folder)
            entries = contestants(arguments.matte, arguments.model, clip, os.path.join(folder, "out.mp4"))
            seconds = {name: [] for name in entries}
            memory = dict.fromkeys(entries, 0)
            processor_seconds = {name: [] for name in entries}
            starts = {name: [] for name in entries}
            for round_number in range(arguments.rounds):
                for name, command in entries.items():
                    wall, own, peak = run(command)
                    seconds[name].append(wall)
                    processor_seconds[name].append(own)
                    memory[name] = max(memory[name], peak)
                for name, command in entries.items():
                    starts[name].append(run(command + ["--frames", str(START_FRAMES)])[0])
                print(f"{size}: round {round_number + 1} of {arguments.rounds}", file=sys.stderr)
            for name in entries:
                median, start = statistics.median(seconds[name]), statistics.median(starts[name])
                rows.append({
                    "size": SIZES[size], "name": name, "seconds": seconds[name], "medianSeconds": median,
                    "secondsOfStart": starts[name],
                    "framesPerSecond": arguments.frames / median,
                    "framesPerSecondAfterStart": (arguments.frames - START_FRAMES) / (median - start),
                    "ratioToMatte": median / statistics.median(seconds["matte"]),
                    "peakMemoryBytes": memory[name], "processorSeconds": processor_seconds[name]})
    return rows


def shares(arguments):
    """Processor milliseconds of one of matte's 1080p frames, and of it what is not the network's."""
    with tempfile.TemporaryDirectory() as folder:
        clip = scaled(arguments.clip, SIZES["1080"], arguments.frames, folder)
        command = [arguments.benchmarks, "shares", "--clip", clip, "--model", MODEL, "--rounds", str(arguments.rounds)]
        return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def share_sentence(report):
    frame, other = report["shares"]["frameMilliseconds"], report["shares"]["otherMilliseconds"]
    return [f"A 1080p frame takes {frame:.0f} ms of processor time; decoding, sampling, rendering and encoding, measured in "
            f"runs that take their mattes from an earlier one, are {other:.0f} of them ({100 * other / frame:.0f} %).", ""]


def measured(arguments, cores, clip=None):
    """What Benchmarks/ measures of the stages alone, on the first `cores` of the cores."""
    allowed = sorted(os.sched_getaffinity(0))[:cores]
    command = ["taskset", "-c", ",".join(map(str, allowed)), arguments.benchmarks, "measure", "--threads", str(cores),
               "--model", MODEL] + (["--clip", clip] if clip else [])
    print(f"stages on {cores} of {len(os.sched_getaffinity(0))} cores", file=sys.stderr)
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)["rows"]


def stages(arguments):
    """Rows by number of cores: 1, 2, 4 … and all."""
    most = len(os.sched_getaffinity(0))
    counts = sorted({most} | {1 << power for power in range(most.bit_length()) if 1 << power <= most})
    with tempfile.TemporaryDirectory() as folder:
        clip = scaled(arguments.clip, SIZES["1080"], 60, folder)
        return {count: measured(arguments, count, clip if count == most else None) for count in counts}


def clip_table(report):
    lines = [f"Whole clips of {report['frames']} frames, medians of {report['rounds']} runs; starting is included but in the second of the "
             "speeds:", "",
             "| size | program | frames per second | started | time against matte | peak memory |", "|---|---|---|---|---|---|"]
    for row in report["clips"]:
        lines.append(f"| {row['size']} | {row['name']} | {row['framesPerSecond']:.1f} | "
                     f"{row['framesPerSecondAfterStart']:.1f} | {row['ratioToMatte']:.2f}× | "
                     f"{row['peakMemoryBytes'] / 2**20:.0f} MiB |")
    return lines if report["clips"] else []


def stage_table(report):
    """Times on every number of cores; copies on all of them."""
    counts = sorted(report["stages"])
    names = [row["name"] for row in report["stages"][counts[-1]]]
    rows = {count: {row["name"]: row for row in report["stages"][count]} for count in counts}
    shown = [name for name in names if not name.endswith("10le") and "1080p yuv" not in name]
    lines = ["Parts alone, milliseconds per frame, and how often the bytes that are read and written could be copied "
             "meanwhile (processor time of both; a copy of n bytes reads n and writes n):", "",
             "| part | " + " | ".join(f"{count} core{'s' * (count > 1)}" for count in counts) + " | copies |",
             "|---|" + "---|" * (len(counts) + 1)]
    for name in shown:
        times = [f"{rows[count][name]['milliseconds']['median']:.1f}" if name in rows[count] else "" for count in counts]
        copies = rows[counts[-1]][name].get("copiesOfProcessorTime")
        lines.append(f"| {name} | " + " | ".join(times) + f" | {f'{copies:.1f}×' if copies else ''} |")
    return lines


def spliced(text, table):
    begin, end = "<!-- benchmarks: written by make bench -->", "<!-- end of benchmarks -->"
    before, found, rest = text.partition(begin)
    _, found_end, after = rest.partition(end)
    if not (found and found_end):
        sys.exit(f"there is no '{begin}' … '{end}' to write the tables to")
    return f"{before}{begin}\n{table}\n{end}{after}"


def main():
    parser = argparse.ArgumentParser()
    for name in ["matte", "benchmarks", "model", "clip", "results", "readme"]:
        parser.add_argument(name)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--frames", type=int, default=60)
    parser.add_argument("--sizes", default="720,1080,2160")
    arguments = parser.parse_args()

    report = {"date": datetime.date.today().isoformat(), "processor": processor(),
              "cores": len(os.sched_getaffinity(0)), "architecture": platform.machine(), "frames": arguments.frames,
              "rounds": arguments.rounds, "clips": whole_clips(arguments), "stages": stages(arguments)}
    report["shares"] = shares(arguments)
    os.makedirs(arguments.results, exist_ok=True)
    with open(os.path.join(arguments.results, report["date"] + ".json"), "w") as file:
        json.dump(report, file, indent=2)
        file.write("\n")
    machine = f"{report['cores']} cores of {report['processor']} ({report['architecture']}), {report['date']}."
    table = "\n".join(["", machine, ""] + clip_table(report) + [""] + share_sentence(report) + stage_table(report) + [""])
    with open(arguments.readme) as file:
        text = file.read()
    with open(arguments.readme, "w") as file:
        file.write(spliced(text, table))
    print(table)


main()
