# shellcheck shell=bash disable=SC2154
# The camera goes in the middle of a stream and comes back: by vivid's own control, and by taking the driver away, which
# is what pulling the plug does.
show_bars
start capture probe capture "$camera" --size 320x180 --frames 100000 --seconds 50 --come-back
until_said capture '^frame'
fault disconnect
until_said capture '^failure vanished: the camera .* is gone'
until_said capture '^returned /dev/video0'

frames=$(count capture '^frame')
goes_on() { (($(count capture '^frame') >= frames + 5)); }
until_true "pictures after the return" goes_on
echo vivid.0 >/sys/bus/platform/drivers/vivid/unbind
gone() { (($(count capture '^failure vanished') == 2)); }
until_true "the unplugged camera to be missed" gone
[[ ! -e $camera ]] || fail "the device is still there"
sleep 0.5
echo vivid.0 >/sys/bus/platform/drivers/vivid/bind
back() { (($(count capture '^returned') == 2)); }
until_true "the camera to be found again" back
frames=$(count capture '^frame')
until_true "pictures after the second return" goes_on
end capture
