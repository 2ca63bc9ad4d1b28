#!/usr/bin/env bash
# Every test there is; ends with what failed, in short, and "N passed, N failed".
set -uo pipefail

cd "$(dirname "$0")/.." || exit 1
export BUILD=${BUILD:-build}
make=${MAKE:-make}
jobs=$(nproc 2>/dev/null || echo 2)
notes=$(mktemp -d)
trap 'rm -rf "$notes"' EXIT
total_passed=0 total_failed=0
unset MAKEFLAGS MFLAGS
OUTPUT_LINES=15 # of a group that does not say what failed

# run KEY COMMAND...: the command writes its counts to SP_COUNTS, one that writes none counts as a single test; and what failed to SP_FAILURES.
run() {
    local key=$notes/$1 started=$SECONDS status=0 passed=0 failed=0
    shift
    SP_COUNTS=$key.counts SP_FAILURES=$key.failures "$@" 2>&1 | tee "$key.output"
    status=${PIPESTATUS[0]}
    if [ -s "$key.counts" ]; then
        read -r passed failed <"$key.counts"
        [ "$status" = 0 ] || [ "$failed" != 0 ] || failed=1
    elif [ "$status" = 0 ]; then
        passed=1
    else
        failed=1
    fi
    if [ "$failed" != 0 ] && [ ! -s "$key.failures" ]; then
        tail -n "$OUTPUT_LINES" "$key.output" | cut -c1-300 >"$key.failures"
    fi
    echo "$passed $failed $((SECONDS - started))" >"$key.result"
}

# report KEY NAME: what run() found.
report() {
    local key=$notes/$1 passed failed seconds
    read -r passed failed seconds <"$key.result"
    total_passed=$((total_passed + passed)) total_failed=$((total_failed + failed))
    printf -- '-- %s: %d passed, %d failed, %d s\n' "$2" "$passed" "$failed" "$seconds"
    [ "$failed" = 0 ] || printf '\n-- %s:\n%s\n' "$2" "$(cat "$key.failures")" >>"$notes/failures"
}

# group NAME COMMAND...
group() {
    local name=$1
    shift
    printf '\n== %s\n' "$name"
    run now "$@"
    report now "$name"
    rm -f "$notes"/now.*
}

# beside NAME COMMAND...: begins, on a core that the groups after it do not need; its output comes with together(), which waits for it.
beside() {
    beside_name=$1
    shift
    run beside "$@" >/dev/null &
    beside_pid=$!
}
together() {
    wait "$beside_pid"
    printf '\n== %s\n' "$beside_name"
    cat "$notes/beside.output"
    report beside "$beside_name"
}

printf '== building\n'
if ! "$make" --no-print-directory -j"$jobs" all; then
    echo "The build failed."
    echo "0 passed, 1 failed"
    exit 1
fi
group "unit tests (ASan, UBSan)" "$make" --no-print-directory -j"$jobs" unit
beside "random histories of undo and redo" "$make" --no-print-directory histories
group "fuzz corpora" "$make" --no-print-directory fuzz-replay
group "facts against SciPy" "$make" --no-print-directory peer
group "guards" "$make" --no-print-directory guards
group "dashboard: types and unit tests" scripts/dashboard.sh
together
group "integration: a real httpd" "$make" --no-print-directory integration
group "faults: power cuts, kills, failing disks" "$make" --no-print-directory faults
group "end to end: a real browser" scripts/e2e.sh
group "benchmarks can run" "$make" --no-print-directory bench-short

if [ -s "$notes/failures" ]; then
    printf '\n== what failed\n'
    cat "$notes/failures"
fi
printf '\n%d s in all\n%d passed, %d failed\n' "$SECONDS" "$total_passed" "$total_failed"
[ "$total_failed" = 0 ]
