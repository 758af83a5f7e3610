# shellcheck shell=bash disable=SC2154
# A format that a reader or the module holds is named with its holder; the other layout of the same size is taken over.
start writer probe show "$virtual" --size 320x240 --layout yuyv --frames 100000
until_said writer '^first'
start reader probe capture "$virtual" --size 320x240 --frames 100000 --seconds 50
until_said reader '^frame'
end writer KILL
! probe show "$virtual" --size 640x480 >"$(log other-size)" || fail "another size was taken"
expect_said other-size "^failure .* is held at 320×240 YUYV by 'live-probe'"
probe show "$virtual" --size 320x240 --layout yu12 --frames 20 >"$(log other-layout)" || fail "the same size was refused"
expect_said other-layout '^notice .* is held at YUYV'
expect_said other-layout '^open /dev/video10 yuyv'
end reader
matte doctor --camera >"$(log free)" || fail "the doctor finds fault"
! said free 'held at' || fail "the doctor says that a free device is held"

start writer probe show "$virtual" --size 320x240 --frames 100000
until_said writer '^first'
v4l2-ctl -d "$virtual" -c keep_format=1
end writer
! probe show "$virtual" --size 640x480 >"$(log kept)" || fail "another size was taken from keep_format"
expect_said kept '^failure .* is held at 320×240 YU12 by its keep_format; `v4l2-ctl'
matte doctor --camera >"$(log doctor)" || true
expect_said doctor 'held at 320×240 YU12'
v4l2-ctl -d "$virtual" -c keep_format=0
probe show "$virtual" --size 640x480 --frames 3 >"$(log let-go)" || fail "the format was not let go"
