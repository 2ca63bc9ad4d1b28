"""What another site on the same server pays for the module being loaded: instructions for each static file, by callgrind."""
import http.client
import re
import shutil
import signal
import time

from . import report
from .server import Benched

FILE_BYTES = 4096


class Counted(Benched):
    """One httpd process under callgrind, with a static site, and the module mounted elsewhere or not loaded at all."""

    def __init__(self, build, with_module):
        super().__init__(build, loads=("dbd",) if with_module else ())
        (self.dir / "static/page.html").write_bytes(b"x" * FILE_BYTES)
        self.lines = [f'DocumentRoot "{self.dir}/static"', "KeepAliveTimeout 60", "LogLevel crit"]
        if with_module:
            self.lines += [f'LoadModule streampulse_module "{build}/mod_streampulse.so"', "DBDriver sqlite3", f'DBDParams "file:{self.database}?mode=rw"',
                           '<Location "/pulse">', "StreamPulse On", "StreamPulseAnonymousRole viewer", "</Location>"]

    def command(self):
        return ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", *super().command()[:-2], "-X"]

    def wait_until_ready(self):
        """With -X and few log lines, answering is the sign."""
        end = time.monotonic() + 60
        while time.monotonic() < end and self.child.poll() is None:
            try:
                return self.get("/page.html")
            except OSError:
                time.sleep(0.1)
        raise RuntimeError(f"httpd did not start:\n{self.log()}")

    def collected(self, requests):
        """Instructions of a whole run with so many requests."""
        with self:
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
            for _ in range(requests):
                connection.request("GET", "/page.html")
                connection.getresponse().read()
            connection.close()
            self.child.send_signal(signal.SIGTERM)
            self.child.wait()
            own = re.search(rf"=={self.child.pid}== Collected\s*:\s*(\d+)", self.log())  # a child that it forked at start tells its own
            return int(own.group(1))


def a_request(bench, with_module, few, many):
    """Starting and stopping are in both runs."""
    return (Counted(bench.build, with_module).collected(many) - Counted(bench.build, with_module).collected(few)) / (many - few)


def measure(bench):
    what = "another site on the server, a static file"
    if not shutil.which("valgrind"):
        yield report.skipped(what, "valgrind is not installed")
        return
    few, many = (20, 320) if bench.short else (100, 2100)
    ours, peer = a_request(bench, True, few, many), a_request(bench, False, few, many)
    yield report.row(what, "instructions", ours, peer, "httpd without mod_dbd and the module", ("ratio", "<", 1.01))
