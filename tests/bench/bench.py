#!/usr/bin/env python3
"""Ratios against a peer measured in the same run: reading against httpd's static files, uploading against the sqlite3 shell's own import.

Each pair is measured in turn, several times; the median of the ratios counts. Nothing here passes or fails by time: it fails only when it cannot run.
"""
import argparse
import csv
import http.client
import json
import os
import pathlib
import pwd
import re
import shutil
import signal
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
AS_ROOT = os.geteuid() == 0
PIN = "482915"
os.environ["PATH"] += ":/usr/sbin:/sbin"


def run(*command, **more):
    return subprocess.run([str(c) for c in command], check=True, capture_output=True, text=True, **more).stdout


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """An httpd with the module at /, and the same bytes as plain files on a second port without it."""

    def __init__(self, build):
        self.build = build
        self.dir = pathlib.Path(tempfile.mkdtemp(prefix="streampulse-bench-"))
        self.port, self.plain_port = free_port(), free_port()
        self.database = self.dir / "streampulse.db"
        self.children = []

    def start(self):
        for name in ("", "spool", "static"):
            (self.dir / name).mkdir(exist_ok=True)
            self.own(self.dir / name)
        self.dir.chmod(0o755)
        line = run("htpasswd", "-nbB", "-C", "4", "x", PIN).strip()
        (self.dir / "pin").write_text(line.split(":", 1)[1] + "\n")
        self.own(self.dir / "pin")
        self.launch("pulse", self.port, self.module_lines())
        self.launch("plain", self.plain_port, [f'DocumentRoot "{self.dir}/static"', "FileETag MTime Size", "EnableSendfile On"])
        for port in (self.port, self.plain_port):
            self.wait_for(port)

    def own(self, path):
        if AS_ROOT:
            user = pwd.getpwnam("www-data")
            os.chown(path, user.pw_uid, user.pw_gid)

    def module_lines(self):
        return [f'LoadModule dbd_module "{self.modules()}/mod_dbd.so"', f'LoadModule streampulse_module "{self.build}/mod_streampulse.so"', "DBDriver sqlite3",
                f'DBDParams "file:{self.database}?mode=rw"', "DBDKeep 8", "DBDMax 32", f'StreamPulseSpoolDir "{self.dir}/spool"', '<Location "/">', "StreamPulse On",
                "StreamPulseAnonymousRole viewer", f'StreamPulsePinFile "{self.dir}/pin"', "StreamPulseUploadMaxRows 5000000", "</Location>"]

    @staticmethod
    def modules():
        return run(os.environ.get("APXS", "apxs"), "-q", "LIBEXECDIR").strip()

    def launch(self, name, port, lines):
        modules = self.modules()
        loads = [f'LoadModule {m}_module "{modules}/mod_{m}.so"' for m in ("mpm_event", "unixd", "log_config", "authz_core") if os.path.exists(f"{modules}/mod_{m}.so")]
        conf = [f'ServerRoot "{self.dir}"', "ServerName localhost", f"Listen 127.0.0.1:{port}", *loads, *(["User www-data", "Group www-data"] if AS_ROOT else []),
                f'PidFile "{self.dir}/{name}.pid"', f'DefaultRuntimeDir "{self.dir}"', f"Mutex default:{self.dir}", f'ErrorLog "{self.dir}/{name}.log"', "LogLevel warn",
                "StartServers 2", "ServerLimit 2", "ThreadsPerChild 32", "MaxRequestWorkers 64", "MinSpareThreads 1", "MaxSpareThreads 64", "MaxKeepAliveRequests 0", *lines]
        path = self.dir / f"{name}.conf"
        path.write_text("\n".join(conf) + "\n")
        httpd = shutil.which("apache2") or shutil.which("httpd")
        self.children.append(subprocess.Popen([httpd, "-f", path, "-D", "FOREGROUND"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))

    def wait_for(self, port):
        for _ in range(200):
            try:
                socket.create_connection(("127.0.0.1", port)).close()
                return
            except OSError:
                time.sleep(0.05)
        logs = "\n".join(p.read_text() for p in self.dir.glob("*.log"))
        sys.exit(f"httpd did not start:\n{logs}")

    def stop(self):
        for child in self.children:
            child.send_signal(signal.SIGTERM)
        for child in self.children:
            child.wait()
        shutil.rmtree(self.dir, ignore_errors=True)

    def request(self, method, path, body=None, headers=None, port=None):
        connection = http.client.HTTPConnection("127.0.0.1", port or self.port, timeout=600)
        connection.request(method, path, body, headers or {})
        response = connection.getresponse()
        return response.status, dict(response.getheaders()), response.read()

    def sign_in(self):
        status, headers, body = self.request("POST", "/api/auth", json.dumps({"pin": PIN}), {"Content-Type": "application/json"})
        if status != 200:
            sys.exit(f"could not sign in: {status} {body[:300]}")
        return {"Cookie": headers["Set-Cookie"].split(";")[0], "Sec-Fetch-Site": "same-origin", "Content-Type": "text/csv"}

    def upload(self, path, session):
        with open(path, "rb") as source:
            started = time.perf_counter()
            status, _, body = self.request("POST", "/api/upload", source, {**session, "Content-Length": str(os.path.getsize(path))})
            seconds = time.perf_counter() - started
        if status not in (200, 201):
            sys.exit(f"upload refused: {status} {body[:500]}")
        return seconds


def requests_per_second(port, path, headers, seconds):
    url = f"http://127.0.0.1:{port}{path}"
    if shutil.which("wrk"):
        extra = [part for name, value in headers.items() for part in ("-H", f"{name}: {value}")]
        text = run("wrk", "-t1", "-c16", f"-d{seconds}s", *extra, url)
        return float(re.search(r"Requests/sec:\s+([\d.]+)", text).group(1))
    extra = [part for name, value in headers.items() for part in ("-H", f"{name}: {value}")]
    text = run("ab", "-q", "-k", "-c", "16", "-t", str(seconds), "-n", "10000000", *extra, url)
    return float(re.search(r"Requests per second:\s+([\d.]+)", text).group(1))


def pairs(count, ours, peer):
    """Alternating measurements: what the machine does meanwhile meets both."""
    found = [(ours(), peer()) for _ in range(count)]
    return [a for a, _ in found], [b for _, b in found]


def bench_reading(server, options):
    for path in ("/api/data", "/api/stats"):
        status, headers, body = server.request("GET", path)
        assert status == 200, f"{path}: {status}"
        name = path.replace("/", "-").strip("-") + ".json"
        (server.dir / "static" / name).write_bytes(body)
        _, plain, _ = server.request("GET", f"/{name}", port=server.plain_port)
        for label, ours, peer in ((f"GET {path}", {}, {}), (f"GET {path}, 304", {"If-None-Match": headers["ETag"]}, {"If-None-Match": plain["ETag"]})):
            a, b = pairs(options.pairs, lambda: requests_per_second(server.port, path, ours, options.seconds),
                         lambda: requests_per_second(server.plain_port, f"/{name}", peer, options.seconds))
            goal = ">= 1.3" if "304" in label else ">= 1.0"
            yield {"what": label, "unit": "requests/s", "ours": statistics.median(a), "peer": statistics.median(b), "ratio": statistics.median(x / y for x, y in zip(a, b)),
                   "goal": goal, "peer_is": "a static file of the same bytes"}


def write_tidy(path, rows):
    services, platforms, weeks = 40, 25, rows // 1000
    with open(path, "w", newline="", encoding="utf-8") as out:
        writer = csv.writer(out)
        writer.writerow(["service", "platform", "week_start", "week_end", "viewers"])
        for week in range(weeks):
            first = time.gmtime(86400 * (1100 + 7 * week))
            last = time.gmtime(86400 * (1106 + 7 * week))
            first, last = time.strftime("%Y-%m-%d", first), time.strftime("%Y-%m-%d", last)
            for service in range(services):
                writer.writerows([f"Service {service:02d}", f"Platform {platform:02d}", first, last, (week * 7919 + service * 31 + platform) % 5000] for platform in range(platforms))
    return services * platforms * weeks


def shell_import(path, folder, keyed):
    database = folder / "peer.db"
    for suffix in ("", "-wal", "-shm", "-journal"):
        pathlib.Path(f"{database}{suffix}").unlink(missing_ok=True)
    key = ", UNIQUE (service, platform, week_start)" if keyed else ""
    script = f"CREATE TABLE t (service TEXT, platform TEXT, week_start TEXT, week_end TEXT, viewers TEXT{key});\n.import --csv --skip 1 {path} t\n"
    started = time.perf_counter()
    run("sqlite3", database, input=script)
    return time.perf_counter() - started


def bench_upload(server, options):
    path = server.dir / "tidy.csv"
    rows = write_tidy(path, options.rows)
    session = server.sign_in()
    keyed, bare, ours, again = [], [], [], []
    for _ in range(options.uploads):
        clear(server, session)
        ours.append(server.upload(path, session))
        keyed.append(shell_import(path, server.dir, True))
        again.append(server.upload(path, session))
        bare.append(shell_import(path, server.dir, False))
    stored = sqlite3.connect(f"file:{server.database}?mode=ro", uri=True).execute("SELECT count(*) FROM number").fetchone()[0]
    if stored < rows:
        sys.exit(f"of {rows} rows only {stored} were stored")
    for label, mine, peer, peer_is, goal in (
            (f"upload {rows} rows, all new", ours, keyed, "sqlite3 .import into a table with that UNIQUE key", "<= 0.33"),
            (f"upload {rows} rows, all new", ours, bare, "sqlite3 .import into a bare table", ""),
            (f"upload {rows} rows, all known", again, keyed, "sqlite3 .import into a table with that UNIQUE key", "")):
        yield {"what": label, "unit": "s", "ours": statistics.median(mine), "peer": statistics.median(peer), "ratio": statistics.median(x / y for x, y in zip(mine, peer)), "goal": goal, "peer_is": peer_is}


def clear(server, session):
    text = b"service,platform,week_start,viewers\nNobody,None,2000-01-02,1\n"
    status, _, body = server.request("POST", "/api/upload?mode=replace_all", text, session)
    if status not in (200, 201):
        sys.exit(f"could not clear: {status} {body[:300]}")


def print_table(results):
    print(f"{'what':34} {'ours':>12} {'peer':>12} {'ratio':>7} {'goal':>8}  peer")
    for r in results:
        print(f"{r['what']:34} {r['ours']:>12,.2f} {r['peer']:>12,.2f} {r['ratio']:>7.2f} {r['goal']:>8}  {r['peer_is']} ({r['unit']})")


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--build", default="build", help="the build folder")
    options.add_argument("--short", action="store_true", help="only see that everything can be measured")
    options.add_argument("--json", help="where to write the results (BUILD/bench.json)")
    options = options.parse_args()
    options.build = (ROOT / options.build).resolve()
    options.pairs, options.seconds, options.rows, options.uploads = (1, 1, 20_000, 1) if options.short else (5, 3, 1_000_000, 3)
    server = Server(options.build)
    try:
        server.start()
        sheet = ROOT / "tests/data/sample-year.csv"
        real = ROOT.parent / "shared/data/jhb-2025-sheet.csv"
        server.upload(real if real.exists() else sheet, server.sign_in())
        results = [*bench_reading(server, options), *bench_upload(server, options)]
    finally:
        server.stop()
    print_table(results)
    target = pathlib.Path(options.json) if options.json else options.build / "bench.json"
    target.write_text(json.dumps({"short": options.short, "cores": os.cpu_count(), "results": results}, indent=1) + "\n", encoding="utf-8")
    print(f"written to {target}")


if __name__ == "__main__":
    main()
