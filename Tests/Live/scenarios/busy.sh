# shellcheck shell=bash disable=SC2154
# A camera and a virtual camera that another program has: who it is, in one sentence.
start other ffmpeg -loglevel error -nostdin -f v4l2 -video_size 320x180 -i "$camera" -f null -
is_refused() { ! probe capture "$camera" --frames 1 >/dev/null; }
until_true "ffmpeg to capture" is_refused
status=0
probe capture "$camera" --size 640x480 >"$(log camera)" || status=$?
expect_said camera "^failure busy: the camera '$camera' is in use by 'ffmpeg' \(process [0-9]+\)"
((status == 69)) || fail "the status is $status"
matte doctor --camera >"$(log doctor)" 2>&1 && fail "the doctor is content with a busy camera"
expect_said doctor "in use by 'ffmpeg'"
end other INT

start writer ffmpeg -loglevel error -nostdin -re -f lavfi -i smptebars=size=320x240:rate=10 -pix_fmt yuv420p -f v4l2 "$virtual"
await_camera "$virtual"
status=0
probe show "$virtual" --size 320x240 >"$(log virtual)" || status=$?
expect_said virtual "^failure the virtual camera '$virtual' is in use by 'ffmpeg' \(process [0-9]+\)"
((status == 69)) || fail "the status is $status"
end writer INT
