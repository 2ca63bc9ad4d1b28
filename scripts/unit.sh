#!/usr/bin/env bash
# Runs cmocka programs. Writes how many tests passed and failed to the file named by SP_COUNTS and what failed to the one named by SP_FAILURES, where those are set.
set -uo pipefail

passed=0 failed=0
log=$(mktemp)
trap 'rm -f "$log"' EXIT
export ASAN_OPTIONS=${ASAN_OPTIONS:-detect_leaks=0:abort_on_error=0} UBSAN_OPTIONS=${UBSAN_OPTIONS:-print_stacktrace=1}

# The last number that stands in brackets' place: "[  PASSED  ] 12 test(s)."
number_after() { sed -n "s/^\[  $1  \] \([0-9]\+\) test(s).*/\1/p" "$log" | tail -n 1; }

# What the log holds of why, in short.
explain() {
    echo "$1 (ended with $2)"
    grep -aE '^\[  (ERROR|FAILED)  ? ?\] |^\[   LINE   \]|ERROR: |SUMMARY: |runtime error' "$log" | cut -c1-300 | head -n 12 | sed 's/^/    /'
}

for program in "$@"; do
    "$program" >"$log" 2>&1
    status=$?
    good=$(number_after PASSED)
    bad=$(number_after FAILED)
    good=${good:-0} bad=${bad:-0}
    if [ "$status" != 0 ] && [ "$bad" = 0 ]; then
        bad=1 # it died before it could say so
    fi
    if [ "$status" = 0 ] && [ "$good" = 0 ]; then
        echo "no test ran" >>"$log"
        bad=1
    fi
    passed=$((passed + good)) failed=$((failed + bad))
    if [ "$bad" = 0 ]; then
        printf '  %-28s %s passed\n' "${program##*/}" "$good"
    else
        grep -v '^\[ *\(RUN\|OK\) *\]' "$log"
        printf '  %-28s %s passed, %s FAILED\n' "${program##*/}" "$good" "$bad"
        explain "${program##*/}" "$status" >>"${SP_FAILURES:-/dev/null}"
    fi
done

if [ -n "${SP_COUNTS:-}" ]; then
    echo "$passed $failed" >"$SP_COUNTS"
fi
echo "unit: $passed passed, $failed failed"
[ "$failed" = 0 ]
