"""Hours in minutes: load with restarts and a killed child in between, then slow clients by the thousand, with the configuration of the container."""
import asyncio
import os
import random
import signal
import time

from . import load, mix, process, rate, report, sheets, slow
from .server import Container

RATE = 10_000 / 60
RESTART_EVERY_S = 60
KILL_EVERY_S = 200
HONEST_RATE = 50
SLOW_READ_ROWS = 20_000
SETTLE_SECONDS = 20
STEP_SECONDS = 1
RETRY = "a GET whose connection was refused or broke is sent once more on a new one, nothing else is"


def groups(bench, seconds):
    return {f"10,000 requests a minute for {seconds:.0f} s": lambda: under_load(bench, seconds),
            **{f"{bench.slow_clients} slow clients ({kind})": lambda kind=kind: slow_clients(bench, kind) for kind in slow.KINDS}}


def under_load(bench, seconds):
    with Container(bench.build) as server:
        requests = mix.of_sample_year(server)
        rate.send(server.port, "/api/data", {"Accept-Encoding": "gzip"}, bench.requests // 10, connections=100)  # every worker has worked
        load.run(server.port, requests, RATE, bench.warm_seconds, beside=Trouble(server).make)
        before = settled(server)
        trouble = Trouble(server)
        told = load.run(server.port, requests, RATE, seconds, beside=trouble.make)
        after = settled(server)
    note = f"{told.sent:,} requests, {trouble.restarts} graceful restarts and {trouble.kills} killed children, {told.retried} retried ({RETRY})"
    failures = "; ".join(sorted(set(told.failures))[:4])
    yield report.row("soak, answered", "%", told.success(), goal=("ours", ">=", 99.9), note=f"{note}. Failures: {failures or 'none'}")
    kinds = ", ".join(f"{kind} {report.percentile(ms, 0.95):.0f}" for kind, ms in sorted(told.by_kind.items()))
    yield report.row("soak, latency", "ms p95", report.percentile(told.latencies_ms, 0.95), goal=("ours", "<", 200), note=f"p95 of each: {kinds}; p99.9 of all {report.percentile(told.latencies_ms, 0.999):.0f}")
    yield from leaks(bench, before, after)


class Trouble:
    """Restarts and kills at their times."""

    def __init__(self, server):
        self.server, self.restarts, self.kills = server, 0, 0
        self.random = random.Random(7)

    async def make(self, seconds):
        began = time.monotonic()
        for at, act in sorted([*self.times(seconds, RESTART_EVERY_S, self.restart), *self.times(seconds, KILL_EVERY_S, self.kill)], key=lambda planned: planned[0]):
            await asyncio.sleep(max(0, began + at - time.monotonic()))
            act()

    @staticmethod
    def times(seconds, every, act):
        """In the middle of equal parts, one of them at least; a kill is never at the time of a restart."""
        count = max(1, int(seconds / every))
        return [((n + (0.5 if every == RESTART_EVERY_S else 0.35)) * seconds / count, act) for n in range(count)]

    def restart(self):
        self.server.child.send_signal(signal.SIGUSR1)
        self.restarts += 1

    def kill(self):
        os.kill(self.random.choice(self.server.processes()[1:]), signal.SIGKILL)
        self.kills += 1


def settled(server):
    """What it holds once idle children have gone, or have had their time."""
    time.sleep(STEP_SECONDS)
    end = time.monotonic() + SETTLE_SECONDS
    last = process.held_by(server)
    while time.monotonic() < end:
        time.sleep(STEP_SECONDS)
        now = process.held_by(server)
        if now["processes"] >= last["processes"] and now["spool_files"] == 0:
            return now
        last = now
    return last


def leaks(bench, before, after):
    more = {"processes": 0, "spool_files": 0, "run_files": 0, "sysv_objects": 0, "descriptors": 50}  # connections to the database come and go, three files each
    for name, allowed in more.items():
        yield report.row(f"soak, {name.replace('_', ' ')} afterwards", "", after[name], before[name], "before", ("ours", "<=", before[name] + allowed), note="of a process, at the mean" if name == "descriptors" else "")
    yield report.row("soak, memory afterwards", "MiB", after["memory_mib"], before["memory_mib"], f"before, after {bench.warm_seconds} s of the same", ("ratio", "<", 1.1))


def slow_clients(bench, kind):
    server = Container(bench.build)
    sheets.place(bench, SLOW_READ_ROWS, server)
    with server:
        session = server.sign_in()
        honest = mix.Mix(None, "service-000", mix.SMALL, ("1973-06-01", "1974-01-31")).look_once(server)
        calm = load.run(server.port, honest, HONEST_RATE, bench.slow_seconds / 3, keep_alive=False)
        with slow.SlowClients(kind, bench.slow_clients, server.port, session) as clients:
            told = load.run(server.port, honest, HONEST_RATE, bench.slow_seconds, keep_alive=False)
            held, memory, processes = clients.held.value, process.alone_mib(server.processes()), len(server.processes())
    what = f"{bench.slow_clients:,} slow clients ({kind}), everybody else"
    failures = "; ".join(sorted(set(told.failures))[:3])
    slowest = max(told.latencies_ms, default=float("inf"))
    yield report.row(what, "ms p95", report.percentile(told.latencies_ms or [float("inf")], 0.95), report.percentile(calm.latencies_ms, 0.95), "the same without them", ("ours", "<", 200),
                     note=f"each on a new connection, from the first moment; slowest {slowest:.0f} ms; {held} slow ones connected at the end, {processes} processes, {memory:.0f} MiB")
    yield report.row(f"{what}, answered", "%", told.success(), goal=("ours", ">=", 99.9), note=f"{told.sent:,} requests. Failures: {failures or 'none'}")
