# shellcheck shell=bash disable=SC2154
# limit: 180
# A show that is killed leaves the card, whatever kills it, and may start again while its reader is still there, with
# the socket that it left behind.
# shellcheck source=Tests/Live/live.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/../live.sh"

# Else Swift's runtime prints where the fault was and, as there was none, goes on.
export SWIFT_BACKTRACE=enable=no

show_bars
start_show first
watch reader 100000
until_seen reader "$show_color"
for signal in KILL SEGV; do
    end first "$signal"
    until_seen reader "$card_color"
    sleep 1
    last=$(colors reader | tail -n 1)
    is_near "$last" "$card_color" || fail "after $signal the last picture is $last, not the card"
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
