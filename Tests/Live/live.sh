# For scenarios with a whole show: the camera shows eight bars of full colour, which are the room that must not be seen.
# What may be seen is navy, behind the person who is not there, and green, which is the card.
# shellcheck shell=bash disable=SC2154

# Not in the shared folder, whose file system may have no sockets.
readonly show_color=000080 card_color=008000 socket=/tmp/live-socket

# start_show NAME OPTION…: with the real network, as small as it may be.
start_show() {
    local name=$1
    shift
    start "$name" "$MATTE_EXECUTABLE" live --camera "$camera" --output "$virtual" --size 320x180 --rate 15 \
        --ratio 0.5 --threads 1 --engine onnxruntime --warm-up 4 --background "#$show_color" \
        --standby "#$card_color" --standby-text "" --control "$socket" "$@"
}

ctl() { matte ctl "$@" --control "$socket"; }

# is_live: whether the show goes on. Where a matte takes longer than a picture is repeated, the card comes between.
is_live() { ctl status | grep -E '^state *(live|standby \(nothing new\))' >/dev/null; }

# watch NAME FRAMES: what a program that reads the virtual camera sees.
watch() {
    until_true "a camera at $virtual" is_camera "$virtual"
    start "$1" "$LIVE_PROBE" capture "$virtual" --size 320x180 --frames "$2" --seconds 50
}

# is_near COLOR COLOR: whether two colours of RRGGBB differ by 24 code values at most.
is_near() {
    local at difference
    for at in 0 2 4; do
        difference=$((16#${1:at:2} - 16#${2:at:2}))
        ((difference <= 24 && difference >= -24)) || return 1
    done
}

# colors NAME: the mean colour of every picture that was seen.
colors() { sed -n 's/^frame .* mean=\([0-9a-f]*\).*/\1/p' "$LIVE_WORK/$1.log"; }

# has_seen NAME COLOR FROM: whether a picture of about this colour was seen after the first FROM.
has_seen() {
    local color
    for color in $(colors "$1" | tail -n "+$((${3:-0} + 1))"); do
        if is_near "$color" "$2"; then return; fi
    done
    return 1
}

# until_seen NAME COLOR: waits for the next picture of that colour.
until_seen() { provoke "$1" "$2" true; }

# provoke NAME COLOR COMMAND…: what it does shows a picture of that colour, if only while the command goes on.
provoke() {
    local name=$1 color=$2 before
    before=$(count "$name" '^frame ')
    "${@:3}"
    until_true "a picture of $color for $name" has_seen "$name" "$color" "$before"
}

# expect_no_room NAME [COLOR…]: every picture was the show's colour, the card's, or one of those given.
expect_no_room() {
    local name=$1 color allowed
    shift
    for color in $(colors "$name"); do
        for allowed in "$show_color" "$card_color" "$@"; do
            if is_near "$color" "$allowed"; then continue 2; fi
        done
        fail "$name saw a picture of $color, which may be the room"
    done
}

# has_open PROGRAM FILE: whether a started program has a file open.
has_open() { find "/proc/${started[$1]}/fd" -lname "$2" 2>/dev/null | grep -q .; }
has_closed() { ! has_open "$@"; }
