#!/usr/bin/env python3
"""Ratios against a peer measured in the same run. Nothing here passes or fails by time: it fails only when it cannot run."""
import argparse
import pathlib
import signal
import subprocess
import sys
import traceback

sys.dont_write_bytecode = True

from sp_bench import exporting, footprint, machine, neighbours, page, querying, reading, report, soak, uploading  # noqa: E402

GROUPS = {"reading": reading.measure, "upload": uploading.measure, "query": querying.measure, "export": exporting.measure, "neighbours": neighbours.measure,
          "footprint": footprint.measure, "dashboard": page.measure}
FULL = {"pairs": 5, "seconds": 2, "rows": 1_000_000, "uploads": 3, "sizes": (10_000, 100_000, 1_000_000, 10_000_000), "load_seconds": 15, "mixed_seconds": 60, "requests": 200_000,
        "slow_clients": 1000, "slow_seconds": 30, "warm_seconds": 60, "page_loads": 7, "page_seconds": 4}
SHORT = {"pairs": 1, "seconds": 1, "rows": 20_000, "uploads": 1, "sizes": (10_000,), "load_seconds": 1, "mixed_seconds": 2, "requests": 2000, "slow_clients": 50, "slow_seconds": 1, "warm_seconds": 1,
         "page_loads": 1, "page_seconds": 1}


class Bench:
    """What is measured, and how long."""

    def __init__(self, options):
        self.build = (machine.ROOT / options.build).resolve()
        self.short = options.short
        self.data = self.build / "bench-data"
        self.data.mkdir(parents=True, exist_ok=True)
        for name, value in (SHORT if options.short else FULL).items():
            setattr(self, name, value)


def chosen(names, known):
    wanted = names.replace(",", " ").split() if names else list(known)
    unknown = [name for name in wanted if name not in known]
    if unknown:
        sys.exit(f"there are no rows {', '.join(unknown)}; there are {', '.join(known)}")
    return wanted


def measured(name, measure):
    """What one group could not measure does not take the others' figures along."""
    print(f"measuring {name} ...", file=sys.stderr, flush=True)
    rows = []
    try:
        rows.extend(measure())
    except (RuntimeError, OSError, ValueError, subprocess.SubprocessError) as error:
        traceback.print_exc()
        rows.append({**report.skipped(name, f"it failed: {error}"), "failed": True})
    return rows


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--build", default="build", help="the build folder")
    options.add_argument("--short", action="store_true", help="only see that everything can be measured")
    options.add_argument("--rows", default="", help=f"of {','.join(GROUPS)} (all)")
    options.add_argument("--soak", type=float, metavar="SECONDS", help="put load and slow clients on it instead, for so long")
    options.add_argument("--json", type=pathlib.Path, help="where to write the results (BUILD/bench.json, BUILD/soak.json)")
    options.add_argument("--compare", nargs=2, type=pathlib.Path, metavar="FILE", help="print two results side by side instead")
    options = options.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that servers are stopped
    if options.compare:
        return report.compare(*options.compare)
    bench, facts = Bench(options), machine.describe()
    if options.soak:
        groups = soak.groups(bench, options.soak)
    else:
        groups = {name: lambda measure=GROUPS[name]: measure(bench) for name in chosen(options.rows, GROUPS)}
    rows = [row for name, measure in groups.items() for row in measured(name, measure)]
    if options.short:
        rows = [{**row, "met": None} for row in rows]  # too little was measured to tell
    report.print_table(facts, rows)
    report.write(options.json or bench.build / ("soak.json" if options.soak else "bench.json"), facts, rows, short=options.short)
    return 1 if any(row.get("failed") for row in rows) else 0


if __name__ == "__main__":
    sys.exit(main())
