#!/usr/bin/env bash
# Serves StreamPulse on this machine in the foreground, with its own httpd, configuration and database below STATE.
# PORT (8080)  STATE (./var)  SAMPLE (1: a new database gets the sample year)  ADMIN_PIN (a random one at the first start)  DEBUGGER (gdb)
set -euo pipefail

PATH=$PATH:/usr/sbin:/sbin
repo=$(cd "$(dirname "$0")/.." && pwd)
build=${BUILD:-build}
case $build in /*) ;; *) build=$repo/$build ;; esac
port=${PORT:-8080}
user=www-data
[ "$(id -u)" = 0 ] && root=1 || root=0

say() { printf '%s\n' "$*"; }
die() {
    printf '%s\n' "$*" >&2
    exit 1
}

port_answers() { (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; }

check_port() {
    if ! [[ $port =~ ^[1-9][0-9]{0,4}$ ]] || [ "$port" -gt 65535 ]; then
        die "PORT=$port is not a port: a number from 1 to 65535 is."
    fi
    if port_answers; then
        die "Port $port is in use by another program. Stop that one, or choose another port: PORT=$((port < 65535 ? port + 1 : 8080)) make run"
    fi
}

check_port
[ -z "${DEBUGGER:-}" ] || command -v "$DEBUGGER" >/dev/null || die "$DEBUGGER is not installed: apt-get install $DEBUGGER"
[ "${1:-}" != --check ] || exit 0

choose_state() {
    throwaway=
    if [ -n "${DEBUGGER:-}" ] && [ -z "${STATE:-}" ]; then
        throwaway=$(mktemp -d)
        chmod 0755 "$throwaway"
        state=$throwaway/state
    else
        state=${STATE:-$repo/var}
        case $state in /*) ;; *) state=$PWD/$state ;; esac
    fi
    case $state in *[\"\\]* | *$'\n'*) die "STATE=$state: a path with quotes, backslashes or line ends does not fit into httpd's configuration." ;; esac
}

# Only a folder that is new, empty or a STATE already is given away to the server's user.
make_folders() {
    if [ -e "$state" ] && [ ! -e "$state/run" ] && [ -n "$(ls -A "$state")" ]; then
        die "STATE=$state has other things in it: name a new or an empty folder."
    fi
    mkdir -p "$state/run" "$state/logs" "$state/spool"
    chmod 0750 "$state"
    if [ "$root" = 1 ]; then
        id "$user" >/dev/null 2>&1 || die "There is no user $user on this machine: run this without being root."
        chown "$user:" "$state" "$state/run" "$state/logs" "$state/spool"
    fi
}

# As root everything that serves runs as www-data, which cannot enter a private home folder. Rather than opening that folder, the processes get the one capability to
# pass through folders, and only where it is needed. Without no_setuid_fixup access() would leave the capability out.
# shellcheck disable=SC2016
enters_state() { "$@" sh -c 'cd -- "$1"' sh "$state" 2>/dev/null; }
choose_user() {
    as_server=()
    search=()
    [ "$root" = 1 ] || return 0
    as_server=(setpriv --reuid "$user" --regid "$user" --init-groups)
    local capability
    for capability in dac_read_search dac_override; do
        search=("${as_server[@]}" --inh-caps "+$capability" --ambient-caps "+$capability" --securebits +no_setuid_fixup)
        if enters_state "${search[@]}"; then
            break
        fi
        search=()
    done
    reaches=0
    if enters_state "${as_server[@]}"; then
        reaches=1
        [ ${#search[@]} -gt 0 ] || search=("${as_server[@]}")
    fi
    [ ${#search[@]} -gt 0 ] || die "$user cannot reach $state, and this machine does not let it: set STATE to a folder that every user may enter, such as STATE=/srv/streampulse."
}

as_user() {
    if [ "$root" = 1 ]; then "${search[@]}" "$@"; else "$@"; fi
}

random_pin() { printf '%06d' "$(($(od -An -N4 -tu4 /dev/urandom) % 1000000))"; }

# They belong to the server's user, whoever opens them.
prepare_logs() {
    local log
    for log in "$state/logs/error.log" "$state/logs/access.log"; do
        [ "$root" = 0 ] || [ ! -e "$log" ] || chown -h "$user:" "$log"
        # shellcheck disable=SC2016
        as_user sh -c ': >>"$1"' sh "$log"
    done
}

# A server that runs on this STATE would lose its configuration to this one. A number that is left over from a crash says nothing by itself: the process must be ours.
check_unused() {
    local pid=
    read -r pid 2>/dev/null <"$state/run/httpd.pid" || return 0
    if [[ $pid =~ ^[0-9]+$ ]] && grep -qszxF -- "$state/run/httpd.conf" "/proc/$pid/cmdline"; then
        die "STATE=$state is in use: the server with process number $pid runs on it. Stop that one (kill $pid), or name another folder: STATE=... make run"
    fi
    rm -f "$state/run/httpd.pid"
}

set_pin() { printf '%s\n' "$1" | as_user "$build/streampulse-admin" pin "$state/pin" >/dev/null; }

prepare_pin() {
    local tries=0
    pin_note="set at the first start (to change it: ADMIN_PIN=… make run)"
    if [ -s "$state/pin" ] && [ -z "${ADMIN_PIN:-}" ]; then
        return
    fi
    local pin=${ADMIN_PIN:-}
    if [ -n "$pin" ]; then
        set_pin "$pin" || die "The PIN in ADMIN_PIN was not taken: give another one, such as ADMIN_PIN=correct-horse"
    else
        until pin=$(random_pin) && set_pin "$pin" 2>/dev/null; do # one that is easy to guess is refused
            [ "$((tries += 1))" -lt 20 ] || die "could not write $state/pin"
        done
    fi
    pin_note="$pin  (shown only now; its hash is in $state/pin)"
}

load_sample() {
    [ -e "$database" ] && return
    as_user "$build/streampulse-admin" migrate --db "$database" >/dev/null
    [ "${SAMPLE:-1}" != 0 ] || return 0
    local remarks # what the import assumed; of interest only where it fails
    if ! remarks=$(as_user "$build/streampulse-admin" import --db "$database" --actor "make run" "$repo/tests/data/sample-year.csv" 2>&1); then
        die "could not load the sample year: $remarks"
    fi
    say "Loaded the sample year, an invented one (without it: SAMPLE=0 with a new STATE)."
}

write_conf() {
    local modules name
    modules=$(${APXS:-apxs} -q LIBEXECDIR 2>/dev/null)
    {
        echo "# Written by scripts/run.sh at each start."
        echo "ServerRoot \"$state\""
        echo "ServerName localhost"
        echo "Listen 127.0.0.1:$port"
        for name in mpm_event unixd log_config authz_core dbd deflate filter reqtimeout headers setenvif; do
            [ -e "$modules/mod_$name.so" ] || continue
            echo "LoadModule ${name}_module \"$modules/mod_$name.so\""
        done
        echo "LoadModule streampulse_module \"$build/mod_streampulse.so\""
        if [ "$root" = 1 ] && [ "$reaches" = 1 ]; then
            printf 'User %s\nGroup %s\n' "$user" "$(id -gn "$user")"
        fi
        cat <<CONF
PidFile "$state/run/httpd.pid"
DefaultRuntimeDir "$state/run"
Mutex "default:$state/run"
ErrorLog "$state/logs/error.log"
LogLevel warn streampulse:info
LogFormat "%h %l %u %t \"%r\" %>s %b %Dus" brief
CustomLog "$state/logs/access.log" brief
TraceEnable Off
ServerTokens Prod
FileETag None

$(cat "$repo/conf/sizing.conf")

DBDriver sqlite3
DBDParams "file:$(uri_path "$database")?mode=rw"
DBDMin 1
DBDKeep 4
DBDMax 16
DBDExptime 60

AddOutputFilterByType DEFLATE application/json text/csv text/html application/x-ndjson

StreamPulseSpoolDir "$state/spool"
<Location "/">
    StreamPulse On
    StreamPulseAnonymousRole viewer
    StreamPulsePinFile "$state/pin"
    Require all granted
</Location>
CONF
    } >"$state/run/httpd.conf"
}

# In a database's file: name, "?" and "#" end the path and "%" starts an escape.
uri_path() {
    local path=$1
    path=${path//%/%25}
    path=${path//\?/%3f}
    printf '%s' "${path//#/%23}"
}

status_of() {
    local line
    exec 3<>"/dev/tcp/127.0.0.1/$port" || return 1
    printf 'GET %s HTTP/1.0\r\nHost: localhost\r\n\r\n' "$1" >&3
    IFS= read -r -t 10 line <&3 || line=
    exec 3>&-
    line=${line#* }
    printf '%s' "${line%% *}"
}

wait_until_ready() {
    local n
    for n in $(seq 1 100); do
        kill -0 "$httpd_pid" 2>/dev/null || return 1
        if port_answers; then
            [ "$(status_of /readyz 2>/dev/null)" = 200 ] && return 0
            [ "$n" -lt 50 ] || return 1
        fi
        sleep 0.1
    done
    return 1
}

# A process of many workers needs more than the usual 1,024, and fewer heaps than the C library gives to its threads.
allow_many_workers() {
    local files
    files=$(ulimit -Hn)
    if [ "$files" = unlimited ] || [ "$files" -gt 8192 ]; then
        files=8192
    fi
    ulimit -Sn "$files"
    export MALLOC_ARENA_MAX=${MALLOC_ARENA_MAX:-2}
}

start_server() {
    local command=("$httpd" -f "$state/run/httpd.conf")
    if [ "$root" = 1 ] && [ "$reaches" = 0 ]; then
        command=("${search[@]}" "${command[@]}")
    fi
    if [ -n "${DEBUGGER:-}" ]; then
        say "Serving http://127.0.0.1:$port/ under $DEBUGGER with a database in $state"
        "$DEBUGGER" -ex run --args "${command[@]}" -X
        exit 0
    fi
    "${command[@]}" -D FOREGROUND &
    httpd_pid=$!
}

# shellcheck disable=SC2317 # called by trap
stop_server() {
    trap '' INT TERM HUP
    if [ -n "${httpd_pid:-}" ] && kill -TERM "$httpd_pid" 2>/dev/null; then
        wait "$httpd_pid" 2>/dev/null || true
    fi
    rm -f "$state/run/httpd.pid"
    say "Stopped."
    exit 0
}

# shellcheck disable=SC2317 # called by trap
cleanup() {
    if [ -n "${throwaway:-}" ]; then
        rm -rf "$throwaway"
    fi
}

httpd=$(command -v apache2 || command -v httpd) || die "There is no httpd on this machine: scripts/deps.sh run installs it."
choose_state
trap cleanup EXIT
check_unused
make_folders
reaches=1
choose_user
database=$state/streampulse.db
prepare_logs
prepare_pin
load_sample
write_conf
httpd_pid=
allow_many_workers
trap stop_server INT TERM HUP
start_server

if ! wait_until_ready; then
    tail -n 20 "$state/logs/error.log" >&2
    kill -TERM "$httpd_pid" 2>/dev/null || true
    wait "$httpd_pid" 2>/dev/null || true
    die "httpd did not get ready; the lines above are from $state/logs/error.log"
fi
cat <<INFO

  StreamPulse   http://127.0.0.1:$port/
  Admin PIN     $pin_note
  Database      $database
  Logs          $state/logs/error.log
  Upload        in a browser, after signing in on that page; with curl:

      curl -c jar -H 'Content-Type: application/json' -d '{"pin":"THE PIN"}' http://127.0.0.1:$port/api/auth
      curl -b jar -H 'Origin: http://127.0.0.1:$port' -F file=@your-sheet.csv http://127.0.0.1:$port/api/upload

Ctrl-C stops it.
INFO
wait "$httpd_pid" || true
tail -n 20 "$state/logs/error.log" >&2
die "httpd ended by itself; the lines above are from $state/logs/error.log"
