"""Uploading many rows: against the sqlite3 shell's own import, and against the least that storing them can cost; with what others notice of it."""
import json
import sqlite3
import statistics
import threading
import time

from . import machine, process, report, sheets
from .server import Pulse


def measure(bench):
    path = sheets.tidy_file(bench, bench.rows)
    with Pulse(bench.build) as server:
        yield from against_the_shell(bench, server, path)
        yield from what_others_notice(bench, server, path, raw_insert(bench, server.dir))
    yield from parts(bench)


def shell_import(path, folder, keyed):
    database = folder / "peer.db"
    for suffix in ("", "-wal", "-shm", "-journal"):
        (folder / f"peer.db{suffix}").unlink(missing_ok=True)
    key = ", UNIQUE (service, platform, week_start)" if keyed else ""
    script = f"CREATE TABLE t (service TEXT, platform TEXT, week_start TEXT, week_end TEXT, viewers TEXT{key});\n.import --csv --skip 1 {path} t\n"
    started = time.perf_counter()
    machine.run("sqlite3", database, input=script)
    return time.perf_counter() - started


def raw_insert(bench, folder):
    return json.loads(machine.run(bench.build / "bench/raw_insert", folder / "raw.db", str(bench.rows)))["seconds"]


def against_the_shell(bench, server, path):
    keyed, bare, ours, again, raw = [], [], [], [], []
    for _ in range(bench.uploads):
        server.clear()
        ours.append(server.upload(path))
        keyed.append(shell_import(path, server.dir, True))
        raw.append(raw_insert(bench, server.dir))
        again.append(server.upload(path))
        bare.append(shell_import(path, server.dir, False))
    stored = sqlite3.connect(f"file:{server.database}?mode=ro", uri=True).execute("SELECT count(*) FROM number").fetchone()[0]
    if stored < bench.rows:
        raise RuntimeError(f"of {bench.rows} rows only {stored} were stored")
    rows = f"{bench.rows:,} rows"
    yield report.paired(f"upload {rows}, all new", "s", ours, keyed, "sqlite3 .import into a table with that UNIQUE key", ("ratio", "<=", 0.33))
    yield report.paired(f"upload {rows}, all new, bare", "s", ours, bare, "sqlite3 .import into a table without any key", ("ratio", "<=", 1))
    yield report.paired(f"upload {rows}, all new, limit", "s", ours, raw, "a prepared insert of ready small integers in key order")
    yield report.paired(f"upload {rows}, all known", "s", again, keyed, "sqlite3 .import into a table with that UNIQUE key")


class LockWatch(threading.Thread):
    """Asks for the write lock all the time; the longest row of refusals is how long somebody had it."""

    def __init__(self, database):
        super().__init__(daemon=True)
        self.database, self.done, self.longest_s = database, threading.Event(), 0.0

    def run(self):
        connection = sqlite3.connect(self.database, timeout=0, isolation_level=None)
        free_at = time.perf_counter()
        while not self.done.is_set():
            try:
                connection.execute("BEGIN IMMEDIATE")
                now = time.perf_counter()
                connection.execute("ROLLBACK")
                self.longest_s = max(self.longest_s, now - free_at - 0.002)
                free_at = time.perf_counter()
            except sqlite3.OperationalError:
                pass
            time.sleep(0.002)
        connection.close()


class ReadWatch(threading.Thread):
    """Reads small things all the time."""

    def __init__(self, server, path):
        super().__init__(daemon=True)
        self.server, self.path, self.done, self.taken_ms = server, path, threading.Event(), []

    def run(self):
        while not self.done.is_set():
            started = time.perf_counter()
            self.server.get(self.path)
            self.taken_ms.append(1000 * (time.perf_counter() - started))
            time.sleep(0.005)


def watched(watch, work):
    watch.start()
    try:
        work()
    finally:
        watch.done.set()
        watch.join()
    return watch


def what_others_notice(bench, server, path, raw_s):
    locks, growths, peaks, slowest = [], [], [], []
    for _ in range(max(1, bench.uploads - 1)):
        server.clear()
        growth, peak = memory_of(server, lambda: server.upload(path))
        growths.append(growth)
        peaks.append(peak)
        server.clear()
        locks.append(watched(LockWatch(server.database), lambda: server.upload(path)).longest_s)
        server.clear()
        slowest.append(max(watched(ReadWatch(server, "/api/uploads?limit=1"), lambda: server.upload(path)).taken_ms))
    yield report.row("write lock during the upload, longest", "s", statistics.median(locks), raw_s, "the transaction of the prepared insert", ("ours", "<", 1))
    yield report.row("slowest reader during the upload", "ms", statistics.median(slowest), goal=("ours", "<", 200), note="GET /api/uploads?limit=1, one after the other, on as many cores as there are")
    yield report.row("memory during the upload, more than before", "MiB", statistics.median(growths), goal=("ours", "<", 32), note=f"peak of the child {statistics.median(peaks):.1f} MiB")


def memory_of(server, work):
    """(growth, peak) in MiB of the child that grew most."""
    children = server.processes()[1:]
    for pid in children:
        process.forget_peak(pid)
    before = {pid: process.rss_mib(pid) for pid in children}
    work()
    return max((process.peak_mib(pid) - before[pid], process.peak_mib(pid)) for pid in children)


def parts(bench):
    """What the micro benchmark of the import tells, where it was built."""
    program = bench.build / "bench/bench_import"
    if not program.exists():
        return
    for name, value in json.loads(machine.run(program, str(bench.rows))).items():
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            yield report.row(f"import, {name}", "", value)
