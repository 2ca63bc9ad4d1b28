#!/usr/bin/env bash
# A real httpd over HTTP. TESTS="tests/integration/upload.test.mjs …" runs only those.
set -euo pipefail

cd "$(dirname "$0")/.."
read -r -a files <<<"${TESTS:-}"
[ ${#files[@]} -gt 0 ] || files=(tests/integration/*.test.mjs)
exec scripts/node-tests.sh integration "${files[@]}"
