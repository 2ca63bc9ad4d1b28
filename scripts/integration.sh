#!/usr/bin/env bash
# A real httpd over HTTP. TESTS="tests/integration/upload.test.mjs …" runs only those.
set -euo pipefail

cd "$(dirname "$0")/.."
read -r -a files <<<"${TESTS:-}"
if [ ${#files[@]} = 0 ]; then
    for file in tests/integration/*.test.mjs; do
        [[ $file == */faults_* ]] || files+=("$file") # scripts/faults.sh runs those
    done
fi
exec scripts/node-tests.sh integration "${files[@]}"
