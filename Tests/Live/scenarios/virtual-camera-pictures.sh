# shellcheck shell=bash disable=SC2154
# What is written to the virtual camera is what ffmpeg reads from it, in both layouts.
for layout in yu12 yuyv; do
    start writer probe show "$virtual" --size 320x240 --rate 15 --layout "$layout" --frames 100000
    until_said writer '^first'
    # Each bar as one pixel: the middle of it, since chroma bleeds at its edges.
    ffmpeg -loglevel error -nostdin -f v4l2 -i "$virtual" -frames:v 5 -vf crop=iw:8,scale=320:8,format=rgb24 \
        -f rawvideo -y "$LIVE_WORK/read.rgb" || fail "ffmpeg cannot read $layout"
    bytes=$((320 * 8 * 3))
    (($(stat -c %s "$LIVE_WORK/read.rgb") == 5 * bytes)) || fail "ffmpeg did not read 5 pictures"
    mapfile -t expected < <(printf '%s\n' "255 255 255" "255 255 0" "0 255 255" "0 255 0" "255 0 255" "255 0 0" "0 0 255" "0 0 0")
    for ((bar = 0; bar < 8; bar++)); do
        read -r red green blue < <(od -An -tu1 -j $((4 * bytes + (bar * 40 + 20) * 3)) -N 3 "$LIVE_WORK/read.rgb")
        read -r r g b <<<"${expected[bar]}"
        for distance in $((red - r)) $((green - g)) $((blue - b)); do
            ((${distance#-} <= 6)) || fail "$layout: bar $bar is $red $green $blue, not ${expected[bar]}"
        done
    done
    end writer
done
