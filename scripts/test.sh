#!/usr/bin/env bash
# Every test there is, one group after the other; ends with "N passed, N failed".
set -uo pipefail

cd "$(dirname "$0")/.." || exit 1
export BUILD=${BUILD:-build}
make=${MAKE:-make}
jobs=$(nproc 2>/dev/null || echo 2)
counts=$(mktemp -d)
trap 'rm -rf "$counts"' EXIT
total_passed=0 total_failed=0
unset MAKEFLAGS MFLAGS

# group NAME COMMAND…: the command writes its counts to SP_COUNTS; one that writes none counts as a single test.
group() {
    local name=$1 started=$SECONDS status=0 passed=0 failed=0
    shift
    printf '\n== %s\n' "$name"
    SP_COUNTS=$counts/now "$@" || status=$?
    if [ -s "$counts/now" ]; then
        read -r passed failed <"$counts/now"
        rm -f "$counts/now"
        [ "$status" = 0 ] || [ "$failed" != 0 ] || failed=1
    elif [ "$status" = 0 ]; then
        passed=1
    else
        failed=1
    fi
    total_passed=$((total_passed + passed)) total_failed=$((total_failed + failed))
    printf -- '-- %s: %d passed, %d failed, %d s\n' "$name" "$passed" "$failed" "$((SECONDS - started))"
}

printf '== building\n'
if ! "$make" --no-print-directory -j"$jobs" all; then
    echo "The build failed."
    echo "0 passed, 1 failed"
    exit 1
fi
group "unit tests (ASan, UBSan)" "$make" --no-print-directory -j"$jobs" unit
group "fuzz corpora" "$make" --no-print-directory -j"$jobs" fuzz-replay
group "random histories of undo and redo" "$make" --no-print-directory histories
group "facts against SciPy" "$make" --no-print-directory peer
group "guards" "$make" --no-print-directory guards
group "dashboard: types and unit tests" scripts/dashboard.sh
group "integration: a real httpd" "$make" --no-print-directory integration
group "faults: power cuts, kills, failing disks" "$make" --no-print-directory faults
group "end to end: a real browser" scripts/e2e.sh
group "benchmarks can run" "$make" --no-print-directory bench-short

printf '\n%d s in all\n%d passed, %d failed\n' "$SECONDS" "$total_passed" "$total_failed"
[ "$total_failed" = 0 ]
