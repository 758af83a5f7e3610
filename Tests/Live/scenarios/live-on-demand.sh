# shellcheck shell=bash disable=SC2154
# limit: 120
# The camera is open only while somebody reads the virtual one.
# shellcheck source=Tests/Live/live.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/../live.sh"

show_bars
start_show show --on-demand
until_said show 'nobody watches'
has_closed show "$camera" || fail "the camera is open, and nobody reads"
for round in 1 2; do
    watch "reader$round" 100000
    until_seen "reader$round" "$show_color"
    has_open show "$camera" || fail "the camera is closed"
    end "reader$round"
    until_true 'the camera to be closed' has_closed show "$camera"
    expect_no_room "reader$round"
done
end show INT
