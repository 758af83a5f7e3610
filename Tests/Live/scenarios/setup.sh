# shellcheck shell=bash disable=SC2154
# Virtual cameras are made with the control device where there is one; else the line that makes one is shown.
# kernel: uml
probe setup Matte >"$(log add)"
expect_said add '^added /dev/video'
path=$(sed -n 's/^added //p' "$(log add)")
probe setup Matte >"$(log again)"
expect_said again "^present $path\$"
# By its label, and as a camera that shows itself only while it is written to.
start writer probe show matte --size 320x240 --frames 100000
until_said writer "^open $path"
await_camera "$path"
probe capture matte --size 320x240 --frames 3 >/dev/null || fail "cannot read the new camera"
end writer
probe setup Other --number 10 >"$(log taken)" 2>&1 && fail "a number that is taken was given"
expect_said taken "v4l2loopback cannot make '/dev/video10'"
# As a person asks for it: by path, and by a name that is longer than the module keeps.
[[ $(matte live --setup --output /dev/video20) == /dev/video20 ]] || fail "the number is not the one asked for"
[[ $(matte live --setup --output 20) == /dev/video20 ]] || fail "the number is not known again"
[[ $(matte live --setup --output "$virtual") == "$virtual" ]] || fail "the first one is not known again"
long='The camera of the room upstairs, äöü'
path=$(matte live --setup --output "$long")
[[ $(matte live --setup --output "$long") == "$path" ]] || fail "the long name is not known again"
status=0
matte live --setup --output "" >"$(log nameless)" 2>&1 || status=$?
((status == 64)) || fail "no name at all got status $status"
chmod 600 /dev/v4l2loopback
cp "$LIVE_PROBE" /tmp/live-probe
setpriv --reuid 65534 --clear-groups --regid 65534 /tmp/live-probe setup Second >"$(log lines)"
expect_said lines 'sudo modprobe v4l2loopback devices=1 exclusive_caps=1 video_nr=10 card_label=Second'
