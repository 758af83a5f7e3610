# What every scenario has: sourced inside, before it.
# shellcheck shell=bash

set -euo pipefail

# Paths of the programs, from scripts/live-test.
: "${MATTE_EXECUTABLE:?}" "${LIVE_PROBE:?}" "${LIVE_WORK:?}"
matte() { "$MATTE_EXECUTABLE" "$@"; }
probe() { "$LIVE_PROBE" "$@"; }

# vivid's camera and v4l2loopback's device, as scripts/live-test loads them.
# shellcheck disable=SC2034 # used by scenarios
readonly camera=/dev/video0 virtual=/dev/video10

# How many times longer than natively everything may take; live-probe has it from the environment too.
readonly patience=${LIVE_PATIENCE:-1}

# One thread each: threads that spin crawl here.
export OMP_NUM_THREADS=1

# fail WORDS…: ends the scenario, and shows what its programs said.
fail() {
    printf 'FAILED: %s\n' "$*" >&2
    local log
    for log in "$LIVE_WORK"/*.log; do
        [[ -s $log ]] || continue
        printf -- '-- %s\n' "${log##*/}" >&2
        tail -n 25 "$log" >&2
    done
    exit 1
}

# start NAME COMMAND…: runs it in the background; what it says is in log NAME.
declare -A started=()
start() {
    local name=$1
    shift
    # A function would run in a shell of its own, and a signal would end that instead of the program.
    case $1 in
        probe) set -- "$LIVE_PROBE" "${@:2}" ;;
        matte) set -- "$MATTE_EXECUTABLE" "${@:2}" ;;
    esac
    "$@" >"$LIVE_WORK/$name.log" 2>&1 &
    started[$name]=$!
}

# log NAME: the file with what a started program says.
log() { printf '%s\n' "$LIVE_WORK/$1.log"; }

# end NAME [SIGNAL]: ends a started program and waits for it.
end() {
    kill -s "${2:-TERM}" "${started[$1]}" 2>/dev/null || true
    wait "${started[$1]}" 2>/dev/null || true
    unset "started[$1]"
}

# finish NAME: waits for a started program; its status is this function's.
finish() {
    local status=0
    wait "${started[$1]}" || status=$?
    unset "started[$1]"
    return "$status"
}

end_all() {
    local process
    for process in "${started[@]}"; do kill -KILL "$process" 2>/dev/null || true; done
}
trap end_all EXIT

# until_true WHAT COMMAND…: tries again and again for 15 seconds, or longer where all is slow.
until_true() {
    local what=$1 end=$((SECONDS + 15 * patience))
    shift
    until "$@"; do
        ((SECONDS < end)) || fail "waited for $what"
        sleep 0.1
    done
}

# until_said NAME PATTERN: waits until a started program has said a line that fits an extended regular expression.
until_said() { until_true "'$2' in the words of $1" grep -Eqs -- "$2" "$LIVE_WORK/$1.log"; }

# said NAME PATTERN: whether it has.
said() { grep -Eqs -- "$2" "$LIVE_WORK/$1.log"; }

# expect_said NAME PATTERN
expect_said() { said "$1" "$2" || fail "'$2' is not in the words of $1"; }

# count NAME PATTERN: lines that fit.
count() { grep -Ecs -- "$2" "$LIVE_WORK/$1.log" || true; }

# fault NAME [VALUE]: one of vivid's controls, see `v4l2-ctl -d0 -l`.
fault() { v4l2-ctl -d "$camera" -c "$1=${2:-1}" >/dev/null; }

# is_camera DEVICE: whether it gives pictures now.
is_camera() { v4l2-ctl -d "$1" -D 2>/dev/null | sed -n '/Device Caps/,$p' | grep -q 'Video Capture'; }

# await_camera DEVICE: until it does.
await_camera() { until_true "$1 to give pictures" is_camera "$1"; }

# show_bars: vivid shows eight upright bars of full colour, without words in them.
show_bars() {
    fault test_pattern 1
    fault osd_text_mode 2
}

# worst_bars NAME: the largest distance from the bars that `live-probe capture` saw, in code values.
worst_bars() { sed -n 's/.* bars=\([0-9]*\) .*/\1/p' "$LIVE_WORK/$1.log" | sort -n | tail -n 1; }

# expect_bars NAME FRAMES [TOLERANCE]: at least so many pictures, and all of them the bars.
expect_bars() {
    local frames worst
    frames=$(count "$1" '^frame ')
    ((frames >= $2)) || fail "$1 saw $frames pictures, not $2"
    worst=$(worst_bars "$1")
    ((worst <= ${3:-6})) || fail "$1 saw pictures $worst code values off the bars"
}
