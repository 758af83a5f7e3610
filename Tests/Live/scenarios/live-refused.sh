# shellcheck shell=bash disable=SC2154
# What a show cannot have is said at the start, in one sentence and with the right status.
# shellcheck source=Tests/Live/live.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/../live.sh"

# refused NAME STATUS PATTERN OPTION…
refused() {
    local name=$1 wanted=$2 pattern=$3 status=0
    shift 3
    start_show "$name" "$@"
    finish "$name" || status=$?
    ((status == wanted)) || fail "$name got status $status"
    expect_said "$name" "$pattern"
    (($(grep -vc 'note:' "$LIVE_WORK/$name.log") == 1)) || fail "$name says more than one sentence"
}

refused no-camera 66 "no camera has 'Nowhere' in its name" --camera Nowhere
refused no-output 66 "no virtual camera has 'Nowhere' in its name" --output Nowhere
refused no-loopback 65 'is no virtual camera' --output "$camera"
refused no-model 64 'nothing-like-it' --model nothing-like-it

# Another program has the camera, and another one the output.
start other "$LIVE_PROBE" capture "$camera" --frames 100000 --seconds 50
until_said other '^frame'
refused busy-camera 69 "in use by 'live-probe'"
end other
start writer "$LIVE_PROBE" show "$virtual" --size 320x180 --frames 100000
until_said writer '^first'
refused busy-output 69 "$virtual"
end writer

# A show that runs says what is wrong where it can be asked.
start_show show
until_said show 'live$'
if ctl background /none/such.png 2>"$(log ctl)"; then fail "a background that is not there was taken"; fi
expect_said ctl "there is no background file '/none/such.png'"
until_true 'the show to go on' is_live
end show
