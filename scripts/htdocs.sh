#!/usr/bin/env bash
# htdocs.sh OUT: builds the dashboard into OUT, where the files are as they will be served.
set -euo pipefail

cd "$(dirname "$0")/.."
out=$1
log=$(mktemp)
trap 'rm -f "$log"' EXIT
scripts/npm.sh htdocs build
if ! SP_HTDOCS_OUT=$out scripts/npm.sh htdocs build node node_modules/vite/bin/vite.js build --logLevel warn >"$log" 2>&1; then
    cat "$log" >&2
    echo "The dashboard could not be built." >&2
    exit 1
fi
# One copy in the repository, for the tests and for the page that offers it.
cp tests/data/sample-year.csv "$out/"
