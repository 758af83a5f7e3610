#!/usr/bin/env bash
# Gives every clip in a folder the same background, and lists the results that somebody should look at.
#
#   examples/green-screen-free.sh FOLDER BACKGROUND RESULTS [OPTION…]
#
# BACKGROUND is whatever `matte bulk --background` takes: a picture, a video, a colour, blur. Further options go to
# `matte bulk` as they are. Set MATTE to use a program that is not on PATH. The list, on standard output, has a line for
# each clip with a flag of `matte qc`; the same command again does only what is missing.
set -euo pipefail

if (($# < 3)); then
    sed -n '2,8s/^# \{0,1\}//p' "$0" >&2
    exit 64
fi
folder=$1 background=$2 results=$3
shift 3

status=0
"${MATTE:-matte}" bulk "$folder" -o "$results" --name '{stem}.mp4' --preset green-screen-free \
    --background "$background" "$@" || status=$?

if [[ -f $results/report.json ]]; then
    python3 - "$results/report.json" <<'PYTHON'
import json, sys

for clip in json.load(open(sys.argv[1]))["clips"]:
    flags = ", ".join(f"{mark['flag']} at {mark['worstSeconds']:.1f} s" for mark in clip.get("quality", []))
    if flags:
        print(f"{clip['outputs'][0]}: {flags}")
PYTHON
fi
exit "$status"
