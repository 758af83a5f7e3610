# shellcheck shell=bash disable=SC2154
# The module taken away: refused while a program has it, and clear words afterwards.
start writer probe show "$virtual" --size 320x240 --frames 100000
until_said writer '^first'
! rmmod v4l2loopback 2>/dev/null || fail "the module went away under a writer"
end writer
rmmod v4l2loopback
status=0
probe show "$virtual" >"$(log show)" || status=$?
expect_said show "^failure there is no '$virtual'; .matte live --setup. makes one"
((status == 66)) || fail "the status is $status"
probe setup Matte >"$(log setup)"
expect_said setup '^because the kernel module v4l2loopback is not loaded'
expect_said setup '^sudo modprobe v4l2loopback'
status=0
matte doctor --camera >"$(log doctor)" 2>&1 || status=$?
((status == 69)) || fail "the doctor ends with $status"
expect_said doctor '^module +v4l2loopback is not loaded'
expect_said doctor '^matte: the kernel module v4l2loopback is not loaded'
