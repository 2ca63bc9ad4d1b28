"""How small it is, with the configuration of the container: idle, under a mixed load in a small machine, and after many requests."""
import gzip
import time

from . import cgroup, load, mix, process, rate, report
from .server import Container

RATE = 10_000 / 60
MEMORY_BYTES = 256 * process.MIB
CPUS = 0.2
CHUNKS = 10


def measure(bench):
    yield from idle_and_growth(bench)
    yield from mixed_load(bench)


def idle_and_growth(bench):
    with Container(bench.build) as server:
        requests = mix.of_sample_year(server)
        time.sleep(2)
        idle = process.alone_mib(server.processes())
        yield report.row("idle memory (PSS), container configuration", "MiB", idle, goal=("ours", "<", 40),
                         note=f"as if no other program mapped the same files; {process.pss_mib(server.processes()):.1f} MiB among those that do; {len(server.processes())} processes")
        sizes = after_requests(bench, server, requests)
        first, growth = sizes[0], slope(sizes)
        yield report.row(f"growth over {bench.requests:,} requests, of the trend", "%", 100 * growth / first, goal=("ours", "<", 1),
                         note=f"{first:.1f} MiB at first, {sizes[-1]:.1f} at last")


def after_requests(bench, server, requests):
    """Memory after each of some chunks, once the first, by many clients, has used every worker and every connection to the database that there may be."""
    paths = [requests.paths[kind] for kind in ("poll", "data", "service", "ledger")]
    sizes = []
    for chunk in range(CHUNKS + 1):
        for path in paths:
            rate.send(server.port, path, {"Accept-Encoding": "gzip"} if chunk % 2 else {}, bench.requests // CHUNKS // len(paths), connections=8 if chunk else 100)
        if chunk > 0:
            sizes.append(process.alone_mib(server.processes()))
    return sizes


def slope(sizes):
    """What a straight line through them rises, from the first to the last."""
    n, mean = len(sizes), sum(sizes) / len(sizes)
    middle = (n - 1) / 2
    return (n - 1) * sum((i - middle) * (size - mean) for i, size in enumerate(sizes)) / sum((i - middle) ** 2 for i in range(n))


def mixed_load(bench):
    what = "mixed load, 167 requests/s in 256 MiB and 0.2 CPU"
    try:
        with cgroup.Small(MEMORY_BYTES, CPUS) as group, Container(bench.build, group) as server:
            told = load.run(server.port, mix.of_sample_year(server), RATE, bench.mixed_seconds)
            peak, throttled = group.peak_mib(), group.throttled_s()
    except cgroup.Unavailable as why:
        yield report.skipped(what, str(why))
        return
    kinds = ", ".join(f"{kind} {report.percentile(ms, 0.95):.0f}" for kind, ms in sorted(told.by_kind.items()))
    yield report.row(what, "ms p95", report.percentile(told.latencies_ms or [float("inf")], 0.95), goal=("ours", "<", 200), note=f"p95 of each: {kinds}; waited {throttled:.1f} s for its share")
    yield report.row("mixed load, answered", "%", told.success(), goal=("ours", ">=", 99.9), note=f"{told.sent} requests; {'; '.join(sorted(set(told.failures))[:3])}")
    yield report.row("mixed load, memory of the group", "MiB", peak, goal=("ours", "<", 256), note="highest, pages of files included")


def measure_dashboard(bench):
    what = "JavaScript of the dashboard, gzipped"
    scripts = sorted((bench.build / "htdocs").rglob("*.js"))
    if not scripts:
        yield report.skipped(what, "it is not built")
        return
    kilobytes = sum(len(gzip.compress(script.read_bytes(), 9)) for script in scripts) / 1000
    yield report.row(what, "kB", kilobytes, goal=("ours", "<", 100), note=f"{len(scripts)} files")
