# shellcheck shell=bash disable=SC2154
# Motion-JPEG is decoded, and what is no JPEG is counted and left out. The camera is a loopback that is fed with it.
# loopback: devices=2 exclusive_caps=1,1 video_nr=10,11 card_label="Virtual Camera,JPEG Camera"
bars='color=white:40x240[a];color=yellow:40x240[b];color=cyan:40x240[c];color=lime:40x240[d];color=magenta:40x240[e]'
bars+=';color=red:40x240[f];color=blue:40x240[g];color=black:40x240[h];[a][b][c][d][e][f][g][h]hstack=8,realtime'
start feeder ffmpeg -loglevel error -nostdin -filter_complex "$bars" -r 20 -c:v mjpeg -threads 1 \
    -pix_fmt yuvj444p -q:v 2 -f v4l2 /dev/video11
await_camera /dev/video11
probe capture jpeg --size 320x240 --frames 10 >"$(log capture)" || fail "cannot capture"
expect_said capture '^open /dev/video11 MJPG 320×240'
expect_bars capture 10 12
expect_said capture ' undecodable=0 '
end feeder
