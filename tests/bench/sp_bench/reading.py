"""Reading the same again, and only asking whether it changed: against a bare httpd that serves the same bytes from a file."""
from . import rate, report, sheets
from .server import Pulse, Static


def measure(bench):
    with Pulse(bench.build) as ours, Static(bench.build) as peer:
        ours.upload(sheets.sample_year())
        for path in ("/api/data", "/api/stats"):
            yield from of_path(bench, ours, peer, path)


def of_path(bench, ours, peer, path):
    headers, body = ours.get(path)
    name = path.replace("/", "-").strip("-") + ".json"
    (peer.dir / "static" / name).write_bytes(body)
    plain, _ = peer.get(f"/{name}")
    conditional = ({"If-None-Match": headers["ETag"]}, {"If-None-Match": plain["ETag"]})
    for what, (mine, its), goal in ((f"GET {path} ({len(body)} bytes)", ({}, {}), 1.0), (f"GET {path}, 304", conditional, 1.3)):
        a, b = report.pairs(bench.pairs, lambda: rate.requests_per_second(ours.port, path, mine, bench.seconds),
                            lambda: rate.requests_per_second(peer.port, f"/{name}", its, bench.seconds))
        yield report.paired(what, "requests/s", a, b, "a static file of the same bytes", ("ratio", ">=", goal))
