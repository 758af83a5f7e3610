# shellcheck shell=bash disable=SC2154
# A slow consumer gets the newest picture, not the oldest that waits; those between are counted.
probe capture "$camera" --size 320x180 --rate 30 --pause 200 --frames 12 --seconds 30 >"$(log slow)" || fail "cannot capture"
superseded=$(sed -n 's/.* superseded=\([0-9]*\).*/\1/p' "$(log slow)")
((superseded >= 10)) || fail "only $superseded pictures were left out"
probe capture "$camera" --size 320x180 --rate 30 --pause 200 --frames 12 --seconds 30 --in-order >"$(log all)" ||
    fail "cannot capture in order"
expect_said all ' superseded=0 '
