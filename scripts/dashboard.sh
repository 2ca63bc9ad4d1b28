#!/usr/bin/env bash
# The dashboard's own tests: its types, which are made from the contract, and its unit tests. Writes how many passed and failed to the file named by SP_COUNTS and what failed to the one named by SP_FAILURES, where those are set.
set -uo pipefail

cd "$(dirname "$0")/.." || exit 1
types=htdocs/src/shared/api/schema.d.ts
report=$(mktemp)
trap 'rm -f "$report"' EXIT
passed=0 failed=0

# counted NAME COMMAND...: one test.
counted() {
    local name=$1
    shift
    if scripts/npm.sh htdocs test "$@"; then
        passed=$((passed + 1))
        echo "  $name: ok"
    else
        failed=$((failed + 1))
        echo "  $name: FAILED" | tee -a "${SP_FAILURES:-/dev/null}"
    fi
}

number_of() { node -p "JSON.parse(require('fs').readFileSync('$report', 'utf8')).$1" 2>/dev/null || echo 0; }

scripts/npm.sh htdocs test || exit 1
if [ ! -e "$types" ] || [ schema/openapi.yaml -nt "$types" ] || [ htdocs/package-lock.json -nt "$types" ]; then
    scripts/npm.sh htdocs test npm run --silent types || exit 1
fi
counted "types" npm run --silent typecheck

status=0
scripts/npm.sh htdocs test npm run --silent test -- --reporter=default --reporter=json --outputFile.json="$report" || status=$?
good=$(number_of numPassedTests)
bad=$(number_of numFailedTests)
if [ "$status" != 0 ] && [ "$bad" = 0 ]; then
    bad=1 # it ended before it could say so
fi
# shellcheck disable=SC2016 # it is JavaScript
explain='const { testResults } = JSON.parse(require("fs").readFileSync(process.argv[1], "utf8"));
for (const { name, message, assertionResults } of testResults) {
  const failed = assertionResults.filter((one) => one.status === "failed");
  if (message && !failed.length) console.log(`${name}\n    ${message.slice(0, 300)}`);
  for (const one of failed) console.log(`${name}: ${one.fullName}\n    ${one.failureMessages.join("\n").split("\n").slice(0, 3).join("\n    ").slice(0, 600)}`);
}'
[ "$bad" = 0 ] || node -e "$explain" "$report" >>"${SP_FAILURES:-/dev/null}"
passed=$((passed + good)) failed=$((failed + bad))
if [ -n "${SP_COUNTS:-}" ]; then
    echo "$passed $failed" >"$SP_COUNTS"
fi
echo "dashboard: $passed passed, $failed failed"
[ "$failed" = 0 ]
