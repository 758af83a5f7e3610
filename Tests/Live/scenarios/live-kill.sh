# shellcheck shell=bash disable=SC2154
# limit: 180
# A show that is killed leaves the card, whatever kills it, and may start again while its reader is still there, with
# the socket that it left behind.
# shellcheck source=Tests/Live/live.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/../live.sh"

# Else Swift's runtime prints where the fault was and, as there was none, goes on.
export SWIFT_BACKTRACE=enable=no

# is_free DEVICE: whether nobody writes to it.
is_free() { v4l2-ctl -d "$1" -D | sed -n '/Device Caps/,$p' | grep -q 'Video Output'; }

# is_last NAME COLOR: whether the last picture that was seen is of about this colour.
is_last() { is_near "$(colors "$1" | tail -n 1)" "$2"; }

show_bars
start_show first
watch reader 100000
until_seen reader "$show_color"
for signal in KILL SEGV; do
    provoke reader "$card_color" end first "$signal"
    until_true 'the guard to let go' is_free "$virtual"
    until_true "the card to be the last picture after $signal" is_last reader "$card_color"
    start_show first
    until_seen reader "$show_color"
done
# At once, too: the guard lets go soon.
end first KILL
start_show second
until_seen reader "$show_color"
until_true 'the second show to be live' is_live

# One socket, one show.
start_show third --output null
status=0
finish third || status=$?
((status == 73)) || fail "a third show got status $status"
expect_said third 'another .matte live. listens'

end second
end reader
expect_no_room reader
