#!/usr/bin/env bash
# node-tests.sh NAME FILE...: runs test files with node's own runner. Writes how many passed and failed to the file named by SP_COUNTS and what failed to the one named by SP_FAILURES, where those are set.
set -uo pipefail

cd "$(dirname "$0")/.." || exit 1
name=$1
shift
log=$(mktemp)
failures=$(mktemp)
trap 'rm -f "$log" "$failures"' EXIT
export BUILD=${BUILD:-build}
LIMIT_S=3600 # a group of tests that hangs ends by itself long before

timeout -k 10 "$LIMIT_S" node --test --test-reporter=spec --test-reporter-destination=stdout --test-reporter=./scripts/failures.mjs --test-reporter-destination="$failures" "$@" 2>&1 | tee "$log"
status=${PIPESTATUS[0]}
[ "$status" != 124 ] || echo "$name: not done after $LIMIT_S s; the last lines above are of what ran then" | tee -a "$failures"
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
if [ -n "${SP_FAILURES:-}" ]; then
    cat "$failures" >>"$SP_FAILURES"
fi
echo "$name: $passed passed, $failed failed"
[ "$failed" = 0 ]
