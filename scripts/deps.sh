#!/usr/bin/env bash
# Installs what building and running (run), or also testing (test) or measuring (bench) StreamPulse needs on Debian, and says nothing where nothing is missing.
set -euo pipefail

cd "$(dirname "$0")/.."
what=${1:-run}

# apache2-bin and not apache2: the latter would start a server on port 80.
packages=(
    gcc libc6-dev make pkg-config
    apache2-bin apache2-dev libapr1-dev libaprutil1-dev libaprutil1-dbd-sqlite3
    libsqlite3-dev libjansson-dev libssl-dev libcurl4-openssl-dev libunistring-dev zlib1g-dev
    python3 python3-yaml util-linux
)

node_is_good() {
    command -v npm >/dev/null && command -v node >/dev/null &&
        node -e 'process.exit(Number(process.versions.node.split(".")[0]) >= 18 ? 0 : 1)' 2>/dev/null
}

is_installed() {
    [ "$(dpkg-query -W -f '${db:Status-Abbrev}' "$1" 2>/dev/null | cut -c1-2)" = ii ]
}

# ca-certificates: npm fetches over https.
node_is_good || packages+=(nodejs npm ca-certificates)
case $what in
run) ;;
test)
    packages+=(libcmocka-dev curl sqlite3 binutils procps ca-certificates fonts-dejavu-core apache2-utils python3-scipy)
    # To sign in: a certificate, mod_auth_openidc, and Redis. redis-tools has the very program of redis-server, whose package would start a service.
    packages+=(openssl libapache2-mod-auth-openidc redis-tools)
    command -v chromium >/dev/null || packages+=(chromium)
    ;;
bench)
    packages+=(sqlite3 apache2-utils wrk valgrind)
    ;;
*)
    echo "usage: scripts/deps.sh run|test|bench" >&2
    exit 2
    ;;
esac

install_packages() {
    local missing=() package
    for package in "${packages[@]}"; do
        is_installed "$package" || missing+=("$package")
    done
    [ ${#missing[@]} -gt 0 ] || return 0
    if [ "$(id -u)" != 0 ]; then
        echo "Some Debian packages are missing. Run this once, then again what you ran:" >&2
        echo "  sudo apt-get install --no-install-recommends ${missing[*]}" >&2
        exit 1
    fi
    echo "== installing with apt-get: ${missing[*]}"
    export DEBIAN_FRONTEND=noninteractive
    local log
    log=$(mktemp)
    # A fresh or old machine has no package lists, or lists whose files are gone by now: then they are fetched, and it is tried once more.
    if ! apt-get install -y -q --no-install-recommends "${missing[@]}" >"$log" 2>&1; then
        echo "== fetching the lists of packages"
        apt-get update -q >>"$log" 2>&1 || true
        if ! apt-get install -y -q --no-install-recommends "${missing[@]}" >>"$log" 2>&1; then
            tail -n 40 "$log" >&2
            echo "could not install: ${missing[*]}" >&2
            rm -f "$log"
            exit 1
        fi
    fi
    rm -f "$log"
}

if ! command -v dpkg-query >/dev/null; then
    echo "This is not a Debian system: make sure that its counterparts of these are installed: ${packages[*]}" >&2
else
    install_packages
fi
if [ "$what" = test ]; then
    scripts/npm.sh tests test
    scripts/npm.sh htdocs test
fi
