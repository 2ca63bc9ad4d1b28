#!/usr/bin/env bash
# node-tests.sh NAME FILE...: runs test files with node's own runner; writes how many passed and failed to the file named by SP_COUNTS, where that is set.
set -uo pipefail

cd "$(dirname "$0")/.." || exit 1
name=$1
shift
log=$(mktemp)
trap 'rm -f "$log"' EXIT
export BUILD=${BUILD:-build}

timeout -k 10 1200 node --test --test-reporter=spec "$@" 2>&1 | tee "$log"
status=${PIPESTATUS[0]}
number_of() { sed 's/\x1b\[[0-9;]*m//g' "$log" | sed -n "s/^[^a-z]*$1 \([0-9]\+\)$/\1/p" | tail -n 1; }
passed=$(number_of pass)
failed=$(($(number_of fail || echo 0) + $(number_of cancelled || echo 0)))
passed=${passed:-0}
if [ "$status" != 0 ] && [ "$failed" = 0 ]; then
    failed=1
fi
if [ "$passed" = 0 ] && [ "$failed" = 0 ]; then
    echo "$name: no test ran"
    failed=1
fi
if [ -n "${SP_COUNTS:-}" ]; then
    echo "$passed $failed" >"$SP_COUNTS"
fi
echo "$name: $passed passed, $failed failed"
[ "$failed" = 0 ]
