#!/usr/bin/env bash
# A real browser against a real httpd; screenshots go to tests/results/.
set -euo pipefail

cd "$(dirname "$0")/.."
mkdir -p tests/results
exec scripts/node-tests.sh e2e tests/e2e/*.test.mjs
