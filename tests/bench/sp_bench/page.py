"""The dashboard in Chromium: its size, its first chart from a cold cache, and its frames with 5 years of 20 services."""
import json
import os
import shutil
import subprocess

from . import footprint, machine, report

TIMEOUT_SECONDS = 600


def measure(bench):
    yield from footprint.measure_dashboard(bench)
    yield from in_browser(bench)


def in_browser(bench):
    what = "dashboard in Chromium"
    if not shutil.which("chromium") or not (machine.ROOT / "tests/node_modules/playwright-core").exists():
        yield report.skipped(what, "no Chromium, or tests/node_modules is not installed")
        return
    told = run(bench)
    yield report.row("first chart from a cold cache, a year", "ms", told["year"]["ms"], goal=("ours", "<", 1000), note="from the start of the navigation to the frame that has it")
    yield report.row("first chart from a cold cache, 5 years of 20 services", "ms", told["large"]["ms"], goal=("ours", "<", 1000))
    yield report.row("layout shift while it loads", "CLS", max(told["year"]["moved"], told["large"]["moved"]), goal=("ours", "<=", 0))
    yield frames("scrolling 5 years of 20 services, frames drawn", told["scrolled"])
    yield frames("reading their charts, frames drawn", told["read"])


def run(bench):
    command = ["node", machine.ROOT / "tests/bench/measure_page.mjs", str(bench.page_loads), str(bench.page_seconds)]
    done = subprocess.run([str(c) for c in command], check=False, capture_output=True, text=True, timeout=TIMEOUT_SECONDS, env={**os.environ, "BUILD": str(bench.build)})
    if done.returncode != 0:
        raise RuntimeError(f"measure_page.mjs ended with {done.returncode}: {done.stderr.strip()[-1000:]}")
    return json.loads(done.stdout)


def frames(what, told):
    """Of all that Chromium wanted to draw."""
    wanted = told["drawn"] + told["dropped"]
    return report.row(what, "%", 100 * told["drawn"] / max(1, wanted), goal=("ours", ">=", 99),
                      note=f"{told['dropped']} of {wanted} dropped; {told['late']} of {told['tasks']} tasks longer than a frame, the longest {told['longest']:.0f} ms")
