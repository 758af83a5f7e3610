# Sourced by the other scripts: where things are, what the program and the tests are told about it, and how to stop.
# shellcheck shell=bash

set -euo pipefail

root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd -P)
deps=$root/.deps
caller=$PWD # file names in CLIP, BACKGROUND and OUTPUT count from here
cd -- "$root"

# The checkout's own parts, also where another matte is installed.
export MATTE_PYTHON=$deps/python/bin/python
export MATTE_MODELS_DIR=$deps/models
export MATTE_ONNXRUNTIME=$deps/onnxruntime
export ORT_DISABLE_TELEMETRY=1
export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1
export PYTHONDONTWRITEBYTECODE=1

# The exit status of the program for a missing part (sysexits.h: EX_UNAVAILABLE).
# shellcheck disable=SC2034 # used by the scripts that source this one
readonly missing_part=69

# Ctrl-C is the end, not a failure of the command that it stopped.
trap 'exit 130' INT

say() {
    printf '%s\n' "$*" >&2
}

# fail STATUS LINE…: ends the script.
fail() {
    local status=$1
    shift
    printf 'error: %s\n' "$*" >&2
    exit "$status"
}

# sha256 FILE: prints the digest alone.
sha256() {
    local line
    line=$(sha256sum <"$1")
    printf '%s\n' "${line%% *}"
}

# from_caller PATH: the path as an absolute one; URLs and `-` as they are.
from_caller() {
    case $1 in
        /* | *://* | -) printf '%s\n' "$1" ;;
        *) printf '%s\n' "$caller/$1" ;;
    esac
}
