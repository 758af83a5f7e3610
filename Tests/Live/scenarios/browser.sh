# shellcheck shell=bash disable=SC2154
# limit: 240
# kernel: uml
# program: chromium
# A browser lists the virtual camera as soon as a show writes to it, and what it makes of the pictures is right to the
# last colour, also of another show after the first.
# shellcheck source=Tests/Live/live.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/../live.sh"

# The room is red here: the bars are the background.
fault test_pattern 7
fault osd_text_mode 2
ffmpeg -v error -f lavfi -i pal100bars=s=640x360 -frames:v 1 "$LIVE_WORK/bars.png"

# shows_bars: whether the newest picture is the bars.
shows_bars() {
    local distance
    distance=$(sed -n 's/^frame .* bars=\([0-9]*\) .*/\1/p' "$(log browser)" | tail -n 1)
    ((distance <= 12))
}

start browser "$(dirname -- "${BASH_SOURCE[0]}")/../browser/browse" "Virtual Camera"
until_said browser '^cameras .*vivid'
! said browser '^cameras .*Virtual Camera' || fail "the browser lists a camera that gives no pictures"

start_show show --on-demand
until_said browser '^open Virtual Camera 320x180'
until_seen browser "$show_color"
has_open show "$camera" || fail "the camera is closed"
ctl background "$LIVE_WORK/bars.png"
until_true 'the bars in the browser' shows_bars
ctl pause
until_seen browser "$card_color"
ctl resume
until_true 'the bars in the browser' shows_bars

end show INT
start_show again --on-demand
until_seen browser "$show_color"

end browser
until_true 'the camera to be closed' has_closed again "$camera"
end again INT
! said browser '^failure' || fail "the browser cannot open the camera"
expect_no_room browser 808080
