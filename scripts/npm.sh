#!/usr/bin/env bash
# npm.sh FOLDER build|test [COMMAND...]: installs what that folder's package-lock.json names where it is not there yet (build: without devDependencies), then runs the command in it.
# Nobody installs while a command runs, and several builds may run at once.
set -euo pipefail

cd "$(dirname "$0")/.."
folder=$1 level=$2
shift 2
stamp=$folder/node_modules/.installed-for
everything=$(sha256sum "$folder/package-lock.json")
to_build="$everything, without devDependencies"

is_installed() {
    local found
    found=$(cat "$stamp" 2>/dev/null) || return 1
    [ "$found" = "$everything" ] || { [ "$level" = build ] && [ "$found" = "$to_build" ]; }
}

check_node() {
    if ! command -v npm >/dev/null || ! node -e 'process.exit(Number(process.versions.node.split(".")[0]) >= 18 ? 0 : 1)' 2>/dev/null; then
        echo "Node.js 18 or newer and npm are needed here, and are not there. On Debian: apt-get install nodejs npm" >&2
        exit 1
    fi
}

explain() {
    cat >&2 <<TEXT

npm could not install what $folder/package-lock.json names; what it said is above.
It fetches those packages once, from $(npm config get registry 2>/dev/null || echo "its registry"). Behind a proxy: npm config set proxy http://HOST:PORT (and https-proxy);
with another registry: npm config set registry https://HOST/; with a certificate authority of your own: npm config set cafile FILE.
TEXT
}

install() {
    local wanted=$everything options=()
    if [ "$level" = build ]; then
        wanted=$to_build
        options=(--omit=dev)
    fi
    echo "== installing $folder's npm packages"
    if ! npm ci --prefix "$folder" "${options[@]}" --ignore-scripts --no-audit --no-fund --no-update-notifier --loglevel=error \
        --fetch-retries=2 --fetch-retry-mintimeout=1000 --fetch-retry-maxtimeout=5000 >&2; then
        explain
        exit 1
    fi
    echo "$wanted" >"$stamp"
}

check_node
exec 9<"$folder/package-lock.json"
# A shared lock to use the packages, the only one to install them; between the two somebody else may have been there.
flock -s 9
until is_installed; do
    flock -u 9
    flock -x 9
    is_installed || install
    flock -s 9
done
[ $# -gt 0 ] || exit 0
cd "$folder"
exec "$@"
