# shellcheck shell=bash disable=SC2154
# A format that only libv4l2 knows (grey) goes through it, and that is said.
# loopback: devices=2 exclusive_caps=1,1 video_nr=10,11 card_label="Virtual Camera,Grey Camera"
start feeder ffmpeg -loglevel error -nostdin -re -f lavfi -i color=0x404040:320x240:rate=20 -pix_fmt gray -f v4l2 /dev/video11
await_camera /dev/video11
probe capture grey --size 320x240 --frames 5 >"$(log capture)" || fail "cannot capture"
expect_said capture '^notice .* through libv4l2'
# libv4l2 takes grey for limited range: (0x40 - 16) / 219 of white.
(($(count capture '^frame .* mean=(3[789]){3}') == 5)) || fail "the grey is not the grey that was fed"
end feeder
