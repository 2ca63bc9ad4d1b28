#!/usr/bin/env bash
# What must survive: power cuts, killed processes, failing and full disks, locks, restarts. TESTS="tests/integration/faults_kill.test.mjs …" runs only those.
set -euo pipefail

cd "$(dirname "$0")/.."
read -r -a files <<<"${TESTS:-}"
[ ${#files[@]} -gt 0 ] || files=(tests/integration/faults_*.test.mjs)
exec scripts/node-tests.sh faults "${files[@]}"
