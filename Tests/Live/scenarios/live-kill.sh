# shellcheck shell=bash disable=SC2154
# limit: 120
# A show that is killed may start again while its reader is still there, with the socket that it left behind.
# shellcheck source=Tests/Live/live.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/../live.sh"

show_bars
start_show first
watch reader 100000
until_seen reader "$show_color"
end first KILL
start_show second
until_seen reader "$show_color"
ctl status | grep -q '^state *live' || fail "the second show is not live"

# One socket, one show.
start_show third --output null
status=0
finish third || status=$?
((status == 73)) || fail "a third show got status $status"
expect_said third 'another .matte live. listens'

end second
end reader
expect_no_room reader
