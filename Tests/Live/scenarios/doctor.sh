# shellcheck shell=bash disable=SC2154
# The doctor and the setup know the module that is loaded, whether it says its version or not.
matte doctor --camera >"$(log doctor)" || fail "the doctor finds fault"
expect_said doctor '^module +v4l2loopback( [0-9.]+|, 0\.12 or older), exclusive_caps=1'
expect_said doctor '/dev/video10 Virtual Camera: free'
expect_said doctor '10 pictures of '
expect_said doctor '^result +a live picture can be shown'
matte doctor --camera --json >"$(log json)" || fail "the doctor finds fault"
expect_said json '"framesPerSecond"'
matte live --setup >"$(log setup)" 2>&1 || true
! said setup 'not loaded' || fail "the setup does not see the module"
