# shellcheck shell=bash disable=SC2154
# kernel: uml
# What there is, for people and for programs; and the doctor, who takes ten pictures. The rates are those of newer kernels'
# vivid.
matte devices >"$(log text)"
expect_said text '^/dev/video0  vivid  \(vivid, platform:vivid-000\)$'
expect_said text '640×480 at 1, 2, 4, 5, 10'
expect_said text '^/dev/video10  Virtual Camera  \(v4l2 loopback, platform:v4l2loopback-0[01]0\)$'
matte devices --json >"$LIVE_WORK/devices.json"
python3 - "$LIVE_WORK/devices.json" <<'PYTHON' || fail "the JSON is not as it should be"
import json, sys
camera, virtual = json.load(open(sys.argv[1]))["devices"]
assert camera["isCamera"] and camera["driver"] == "vivid" and not camera["isVirtual"]
yuyv = next(f for f in camera["formats"] if f["format"] == "YUYV")
assert yuyv["isUsable"] and not yuyv["isCompressed"]
assert 30 in next(s for s in yuyv["sizes"] if s["width"] == 1280)["rates"]
assert virtual["isVirtual"] and virtual["isOutput"] and not virtual["isCamera"]
PYTHON
matte doctor --camera >"$(log doctor)" || fail "the doctor finds fault"
expect_said doctor '^module +v4l2loopback [0-9.]+, exclusive_caps=1'
expect_said doctor '/dev/video10 Virtual Camera: free'
# About 30; a machine with other things to do loses a picture or two of the ten.
expect_said doctor '10 pictures of 1280×720 .* at (2|3)[0-9]\.[0-9] fps'
expect_said doctor '^result +a live picture can be shown'
matte doctor --camera --json | grep -q '"framesPerSecond"' || fail "the doctor has no JSON"
[[ $(probe find viv) == "$camera" && $(probe find 0) == "$camera" && $(probe find) == "$camera" ]] || fail "wrong camera"
! probe capture "$camera" --size 1000x700 --require-size >"$(log size)" || fail "a size that is not there was taken"
expect_said size 'has no 1000×700, only 320×180'
! probe capture "$camera" --formats H264 >"$(log odd)" || fail "H.264 was taken"
expect_said odd 'has none of H264, only YUYV'
