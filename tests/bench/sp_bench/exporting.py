"""Many long exports at once, and what everybody else notices of them."""
import asyncio
import sys
import time

from . import load, mix, process, report, sheets
from .server import Pulse

EXPORTS = 20
RATE = 50
DOWNLOAD = """
import http.client, sys, threading
def fetch():
    connection = http.client.HTTPConnection("127.0.0.1", int(sys.argv[1]), timeout=600)
    connection.request("GET", "/api/export")
    answer = connection.getresponse()
    size = 0
    while part := answer.read(1 << 18):
        size += len(part)
    sizes.append(size if answer.status == 200 else -answer.status)
sizes = []
threads = [threading.Thread(target=fetch) for _ in range(int(sys.argv[2]))]
[t.start() for t in threads]
[t.join() for t in threads]
print(*sizes)
"""


def measure(bench):
    server = Pulse(bench.build)
    sheets.place(bench, bench.rows, server)
    with server:
        reads = mix.Mix(None, "service-000", mix.SMALL, ("1980-01-01", "1980-12-31")).look_once(server)
        quiet = load.run(server.port, reads, RATE, bench.load_seconds)
        for pid in server.processes():
            process.forget_peak(pid)
        before = sum(map(process.rss_mib, server.processes()))
        exports = Exports(server.port)
        busy = load.run(server.port, reads, RATE, bench.load_seconds, beside=exports.run)
        grown = sum(map(process.peak_mib, server.processes())) - before
    if quiet.failures or busy.failures:
        raise RuntimeError(f"requests failed: {(quiet.failures + busy.failures)[:5]}")
    p95, calm = (report.percentile(told.latencies_ms, 0.95) for told in (busy, quiet))
    note = f"{exports.times} rounds of {EXPORTS} exports, {exports.bytes / exports.seconds / 1e6:.0f} MB/s"
    yield report.row(f"everybody else during {EXPORTS} exports of {bench.rows:,} rows at once", "ms p95", p95, calm, "the same reads without the exports", ("ours", "<", 200), note=note)
    yield report.row(f"memory of {EXPORTS} exports at once, more than before", "MiB", grown, note="sum of the peaks of all processes")


class Exports:
    """Rounds of exports, by another process, so that they are in nobody's way here."""

    def __init__(self, port):
        self.port, self.times, self.bytes, self.seconds = port, 0, 0, 0.0

    async def run(self, seconds):
        began = time.monotonic()
        while self.times == 0 or time.monotonic() - began < seconds / 2:
            child = await asyncio.create_subprocess_exec(sys.executable, "-c", DOWNLOAD, str(self.port), str(EXPORTS), stdout=asyncio.subprocess.PIPE)
            out, _ = await child.communicate()
            sizes = [int(size) for size in out.split()]
            if len(sizes) != EXPORTS or min(sizes) <= 0 or len(set(sizes)) != 1:
                raise RuntimeError(f"exports went wrong: {sizes}")
            self.times += 1
            self.bytes += sum(sizes)
        self.seconds = time.monotonic() - began
