# shellcheck shell=bash disable=SC2154
# limit: 120
# A whole show with the real network: seen, changed, paused and ended while another program reads it.
# shellcheck source=Tests/Live/live.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/../live.sh"

show_bars
start_show show
watch reader 100000
until_seen reader "$show_color"

# Backgrounds change under load, and never by way of the room.
for color in 800000 806000 "$show_color"; do
    ctl background "#$color"
    until_seen reader "$color"
done

ctl pause
until_seen reader "$card_color"
until_true 'the camera to be closed' has_closed show "$camera"
ctl resume
until_seen reader "$show_color"

ctl quit
finish show || fail "the show ended with status $?"
end reader
expect_no_room reader 800000 806000
last=$(colors reader | tail -n 1)
is_near "$last" "$card_color" || fail "the last picture is $last, not the card"
