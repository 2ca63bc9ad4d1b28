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
    """One httpd process under callgrind with a static site: the module mounted beside it, or an empty section there; on the same host or on another one."""

    def __init__(self, build, with_module, other_host):
        super().__init__(build, loads=("dbd",) if with_module else ())
        (self.dir / "static/page.html").write_bytes(b"x" * FILE_BYTES)
        module = [f'LoadModule streampulse_module "{build}/mod_streampulse.so"'] if with_module else []
        self.lines = [f'DocumentRoot "{self.dir}/static"', "KeepAliveTimeout 60", "LogLevel crit", *module, *self.hosts(self.mount(with_module), other_host)]

    def mount(self, with_module):
        if not with_module:
            return ['<Location "/pulse">', "FileETag None", "</Location>"]
        return ["DBDriver sqlite3", f'DBDParams "file:{self.database}?mode=rw"', '<Location "/pulse">', "StreamPulse On", "StreamPulseAnonymousRole viewer", "</Location>"]

    def hosts(self, mount, other_host):
        if not other_host:
            return mount
        return [f"<VirtualHost *:{self.port}>", "ServerName localhost", "</VirtualHost>", f"<VirtualHost *:{self.port}>", "ServerName pulse.example", *mount, "</VirtualHost>"]

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


def a_request(build, with_module, other_host, few, many):
    """Starting and stopping are in both runs."""
    return (Counted(build, with_module, other_host).collected(many) - Counted(build, with_module, other_host).collected(few)) / (many - few)


def measure(bench):
    if not shutil.which("valgrind"):
        yield report.skipped("other sites on the same server", "valgrind is not installed")
        return
    few, many = (20, 220) if bench.short else (100, 2100)
    for what, other_host in (("a static file of another virtual host", True), ("a static file beside the mount", False)):
        ours, peer = (a_request(bench.build, with_module, other_host, few, many) for with_module in (True, False))
        yield report.row(what, "instructions", ours, peer, "without mod_dbd and the module, an empty <Location> in its place", ("ratio", "<", 1.01))
