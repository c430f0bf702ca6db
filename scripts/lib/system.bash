#!/usr/bin/env bash
# What the areas of scripts/system have in common; each begins with: source scripts/lib/system.bash

set -uo pipefail

work=$(mktemp -d)
pids=()
passed=0 failures=0 skipped=0

# build_example NAME [OPTION…]: builds a package of Examples beside the others, and prints where its programs are.
build_example() {
    local name=$1
    shift
    local build=(swift build --scratch-path .build-examples --package-path "Examples/$name" "$@")
    "${build[@]}" -q >&2 && "${build[@]}" --show-bin-path
}

# Ends the servers that were started.
end_servers() {
    local pid
    for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null; done
    for pid in "${pids[@]}"; do wait "$pid" 2>/dev/null; done
}

# Ends the servers, and takes the files along.
clean_up() {
    end_servers
    rm -rf "$work"
}
trap clean_up EXIT

# check NAME COMMAND…: passes if the command does. Leaves what it said in `output`.
check() {
    local name=$1
    shift
    if output=$(
        # A check is a shell of its own: what it starts ends with it, and what was there before does not.
        # shellcheck disable=SC2030
        pids=()
        trap end_servers EXIT
        "$@" 2>&1 </dev/null
    ); then
        printf 'pass  %s\n' "$name"
        passed=$((passed + 1))
    else
        printf 'FAIL  %s\n' "$name"
        printf '%s\n' "$output" | head -n 30 | sed 's/^/      /'
        failures=$((failures + 1))
    fi
}

# skip NAME WHY
skip() {
    printf 'skip  %s: %s\n' "$1" "$2"
    skipped=$((skipped + 1))
}

# equal ACTUAL EXPECTED
equal() {
    [[ $1 == "$2" ]] || { printf 'got:      %q\nexpected: %q\n' "$1" "$2"; return 1; }
}

# has TEXT PART
has() {
    [[ $1 == *"$2"* ]] || { printf 'got: %q\nwithout: %q\n' "$1" "$2"; return 1; }
}

# start LOG COMMAND…: starts a server, and waits until its output says where it listens: sets pid, address and port.
start() {
    local log=$work/$1 turn
    shift
    "$@" >"$log" 2>"$log.errors" </dev/null &
    pid=$!
    # shellcheck disable=SC2031 # also in the shell of a check
    pids+=("$pid")
    for ((turn = 0; turn < 600; turn++)); do
        address=$(sed -nE 's/^(listening|serving .*) on (.+)$/\2/p' "$log" 2>/dev/null | head -n 1)
        [[ -z $address ]] || break
        kill -0 "$pid" 2>/dev/null || break
        sleep 0.1
    done
    # shellcheck disable=SC2034
    port=${address##*:}
    [[ -z $address ]] || return 0
    echo "a server did not start: $*" >&2
    cat "$log" "$log.errors" >&2
    failures=$((failures + 1))
    return 1
}

# stop PID: ends a server that was started.
stop() {
    kill "$1" 2>/dev/null
    wait "$1" 2>/dev/null
    return 0
}

# has_tool NAME: whether a program is there.
has_tool() { command -v "$1" >/dev/null; }

# may_trace: whether strace may look at a process here.
may_trace() { has_tool strace && strace -qq -o /dev/null true 2>/dev/null; }

# finish: the last line of an area.
finish() {
    printf '%d passed, %d failed, %d skipped\n' "$passed" "$failures" "$skipped"
    [[ $failures -eq 0 ]]
}
