#!/usr/bin/env bash
# Gives every clip in a folder the same background and leaves what is already done alone.
#
#   examples/green-screen-free.sh FOLDER BACKGROUND RESULTS [OPTION…]
#
# BACKGROUND is whatever `matte run --background` takes: a picture, a video, a colour, blur. Further options go to
# `matte run` as they are. Set MATTE to use a program that is not on PATH.
set -euo pipefail

if (($# < 3)); then
    sed -n '2,7s/^# \{0,1\}//p' "$0" >&2
    exit 64
fi
folder=$1 background=$2 results=$3
shift 3
matte=${MATTE:-matte}

mkdir -p "$results"
failed=0
shopt -s nullglob nocaseglob
for clip in "$folder"/*.{mp4,mov,mkv,webm,avi}; do
    name=${clip##*/}
    result=$results/${name%.*}.mp4
    if [[ -e $result ]]; then continue; fi # a result under its name is a complete one
    printf '%s\n' "$name" >&2
    status=0
    "$matte" run "$clip" -o "$result" --preset green-screen-free --background "$background" "$@" || status=$?
    if ((status == 130)); then exit 130; fi # Ctrl-C ends the whole batch
    if ((status != 0)); then failed=$((failed + 1)); fi
done

if ((failed > 0)); then
    printf '%d clips failed; the lines above say why\n' "$failed" >&2
    exit 1
fi
