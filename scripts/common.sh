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
if [[ -L $deps/openvino ]]; then export MATTE_OPENVINO=$deps/openvino; fi
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

# usable_python: prints the first Python that the pinned packages have builds for and that can make a virtual
# environment; PYTHON in the environment leaves no choice.
usable_python() {
    local candidate
    for candidate in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11 /usr/bin/python3}; do
        if "$candidate" -c 'import sys, ensurepip, venv; sys.exit(not (3, 11) <= sys.version_info < (3, 15))' 2>/dev/null
        then
            printf '%s\n' "$candidate"
            return
        fi
    done
    return 1
}
