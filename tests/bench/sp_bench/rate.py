"""Requests a second that one client program gets out of a server: wrk, or ab where that is missing."""
import re
import shutil

from .machine import run


def requests_per_second(port, path, headers, seconds, connections=16):
    url = f"http://127.0.0.1:{port}{path}"
    extra = [part for name, value in headers.items() for part in ("-H", f"{name}: {value}")]
    if shutil.which("wrk"):
        text = run("wrk", "-t1", f"-c{connections}", f"-d{seconds}s", *extra, url)
        return float(re.search(r"Requests/sec:\s+([\d.]+)", text).group(1))
    text = run("ab", "-q", "-k", "-c", connections, "-t", seconds, "-n", "10000000", *extra, url)
    return float(re.search(r"Requests per second:\s+([\d.]+)", text).group(1))


def send(port, path, headers, count, connections=8):
    """Exactly so many requests."""
    extra = [part for name, value in headers.items() for part in ("-H", f"{name}: {value}")]
    text = run("ab", "-q", "-k", "-c", min(connections, count), "-n", count, *extra, f"http://127.0.0.1:{port}{path}")
    if int(re.search(r"Complete requests:\s+(\d+)", text).group(1)) != count:
        raise RuntimeError(f"of {count} requests for {path} not all were answered:\n{text}")
