# shellcheck shell=bash disable=SC2154
# A user who is not in the device's group is told which one.
cp "$LIVE_PROBE" /tmp/live-probe
chmod 660 "$camera" "$virtual"
chgrp video "$camera" "$virtual"
as_nobody() { setpriv --reuid 65534 --regid 65534 --clear-groups "$@"; }
status=0
as_nobody /tmp/live-probe capture "$camera" >"$(log camera)" || status=$?
expect_said camera "^failure forbidden: you may not open the camera '$camera'; .*usermod -aG video"
((status == 66)) || fail "the status is $status"
status=0
as_nobody /tmp/live-probe show "$virtual" >"$(log virtual)" || status=$?
expect_said virtual "^failure you may not open the virtual camera '$virtual'; .*usermod -aG video"
((status == 66)) || fail "the status is $status"
# As a member of the group it works.
setpriv --reuid 65534 --regid 65534 --groups "$(getent group video | cut -d: -f3)" /tmp/live-probe capture "$camera" \
    --size 320x180 --frames 3 >"$(log member)" || fail "a member of the group cannot capture"
