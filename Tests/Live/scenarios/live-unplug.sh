# shellcheck shell=bash disable=SC2154
# limit: 120
# The camera breaks off in the middle, in three ways, and comes back each time; the card is seen meanwhile.
# shellcheck source=Tests/Live/live.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/../live.sh"

show_bars
start_show show
watch reader 100000
until_seen reader "$show_color"

provoke reader "$card_color" fault disconnect
until_seen reader "$show_color"

provoke reader "$card_color" fault inject_fatal_streaming_error
until_seen reader "$show_color"

echo vivid.0 >/sys/bus/platform/drivers/vivid/unbind
until_seen reader "$card_color"
ctl status | grep -q '^problem.*is gone' || fail "status does not say that the camera is gone"
echo vivid.0 >/sys/bus/platform/drivers/vivid/bind
until_seen reader "$show_color"
if ctl status | grep '^problem'; then fail "the problem stays"; fi

end show
end reader
expect_no_room reader
