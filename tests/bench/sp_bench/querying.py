"""The first query of one service and year, over databases of growing size: what it costs must follow what is asked, not what is stored."""
import random
import time

from . import report, sheets
from .server import Pulse

GOAL_MS = 20
QUESTIONS = 200


def measure(bench):
    base = None
    for rows in bench.sizes:
        p95 = query_ms(bench, rows)
        base = base or (rows, p95)
        goal = ("ours", "<", GOAL_MS) if rows >= 1_000_000 else None
        yield report.row(f"first query, a service and year of {rows:,} rows", "ms p95", p95, base[1], f"the same of {base[0]:,} rows", goal, note="each question asked once")


def query_ms(bench, rows):
    server = Pulse(bench.build)
    sheets.place(bench, rows, server)
    with server:
        server.get("/api/uploads?limit=1")
        return report.percentile([ask(server, path) for path in questions(rows)], 0.95)


def questions(rows):
    """Years that begin on different days, so that no two answers are the same."""
    services, weeks = sheets.shape(rows)
    order = random.Random(rows)
    found = set()
    while len(found) < QUESTIONS:
        first = sheets.FIRST_DAY + order.randrange(max(1, 7 * (weeks - 52)))
        found.add(f"/api/data/service-{order.randrange(services):03d}?from={sheets.day(first)}&to={sheets.day(first + 364)}")
    return sorted(found, key=lambda _: order.random())


def ask(server, path):
    started = time.perf_counter()
    server.get(path)
    return 1000 * (time.perf_counter() - started)
