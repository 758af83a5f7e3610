# shellcheck shell=bash disable=SC2154
# limit: 120
# kernel: uml
# A clean plate is taken while another program reads the virtual camera: a card counts down, and the room is never seen.
# shellcheck source=Tests/Live/live.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/../live.sh"

# Small pictures: a program built for debugging takes its time with a plate.
show_bars
start_show show --size 160x90
until_true "a camera at $virtual" is_camera "$virtual"
start reader "$LIVE_PROBE" capture "$virtual" --size 160x90 --frames 100000 --seconds 100
until_seen reader "$show_color"
ctl status | grep -q '^plate *none' || fail "a plate is in use before there is one"

# Nobody is in vivid's picture. The card with its words is a little lighter than the one without.
before=$(count reader '^frame ')
ctl plate capture 2>"$(log capture)" || fail "no plate was taken"
expect_said capture 'step out of the picture'
has_seen reader "$card_color" "$before" || fail "no card was shown meanwhile"
until_seen reader "$show_color"
ctl status | grep -q '^plate *captured' || fail "the plate is not in use"

# A file takes its place, and it can be put away.
ffmpeg -v error -f lavfi -i smptebars=s=320x180 -frames:v 1 "$LIVE_WORK/room.png"
ctl plate "$LIVE_WORK/room.png"
ctl status | grep -q "^plate *$LIVE_WORK/room.png" || fail "the file is not in use"
if ctl plate "$LIVE_WORK/none.png" 2>"$(log none)"; then fail "a plate that is not there was taken"; fi
ctl plate off
ctl status | grep -q '^plate *none' || fail "the plate is still in use"

ctl pause
if ctl plate capture 2>"$(log paused)"; then fail "a plate was taken of a closed camera"; fi
expect_said paused 'the show is paused'
ctl resume
until_seen reader "$show_color"

end show
end reader
expect_no_room reader
