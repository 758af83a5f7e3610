# shellcheck shell=bash disable=SC2154
# No camera at all, one that does not exist, one that is none.
# vivid: -
status=0
probe find >"$(log none)" || status=$?
((status == 66)) || fail "the status is $status"
expect_said none '^failure notFound: there is no camera'
! probe find 7 >"$(log seven)" || fail "there is a camera 7"
expect_said seven "there is no camera '/dev/video7'"
status=0
probe find 10 >"$(log output)" || status=$?
((status == 65)) || fail "the status is $status"
expect_said output "'/dev/video10' \(Virtual Camera\) gives no pictures now"
status=0
matte doctor --camera >"$(log doctor)" 2>&1 || status=$?
((status == 69)) || fail "the doctor ends with $status"
expect_said doctor '^matte: there is no camera'
matte devices >"$(log devices)"
expect_said devices 'virtual camera, nobody writes to it'
