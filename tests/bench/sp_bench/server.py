"""An httpd with its own folder, configuration and ports: with the module, without it, or with the configuration of the container."""
import contextlib
import http.client
import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import tempfile
import time

from . import machine

PIN = "482915"
READY_SECONDS = 20
STOP_SECONDS = 20


class Httpd:
    """One httpd; a with-block's end stops it and removes its folder."""

    def __init__(self, build):
        self.build = build
        self.dir = pathlib.Path(tempfile.mkdtemp(prefix="streampulse-bench-"))
        self.dir.chmod(0o755)
        for name in ("", "spool", "static", "run"):
            (self.dir / name).mkdir(exist_ok=True)
            machine.give_to_server(self.dir / name)
        self.port = machine.free_port()
        self.database = self.dir / "streampulse.db"
        self.pid_file = self.dir / "run/httpd.pid"
        self.child = None
        self.session = None
        line = machine.run("htpasswd", "-nbB", "-C", "4", "x", PIN).strip()
        self.give("pin", line.split(":", 1)[1] + "\n")
        (self.dir / "pin").chmod(0o640)

    def give(self, name, text):
        (self.dir / name).write_text(text)
        machine.give_to_server(self.dir / name)
        return self.dir / name

    def __enter__(self):
        try:
            return self.start()
        except BaseException:
            self.stop()
            raise

    def __exit__(self, *_):
        self.stop()

    def command(self):
        raise NotImplementedError

    def environment(self):
        return None

    def start(self):
        with open(self.dir / "out.log", "ab") as out, open(self.dir / "error.log", "ab") as error:
            for name in ("out.log", "error.log"):
                machine.give_to_server(self.dir / name)
            self.child = subprocess.Popen([str(c) for c in machine.tied(*self.command())], stdout=out, stderr=error, env=self.environment())
        self.wait_until_ready()
        return self

    def wait_until_ready(self):
        end = time.monotonic() + READY_SECONDS
        while time.monotonic() < end and self.child.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", self.port)).close()
                if self.log().count("resuming normal operations"):
                    return
            except OSError:
                pass
            time.sleep(0.02)
        raise RuntimeError(f"httpd did not start:\n{self.log()}")

    def log(self):
        return (self.dir / "error.log").read_text(errors="replace")

    def stop(self):
        if self.child and self.child.poll() is None:
            children = self.processes()
            self.child.send_signal(signal.SIGTERM)
            try:
                self.child.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                for pid in children:
                    with contextlib.suppress(ProcessLookupError):
                        os.kill(pid, signal.SIGKILL)
                self.child.wait()
        shutil.rmtree(self.dir, ignore_errors=True)

    def processes(self):
        """The parent and its children."""
        parent = self.child.pid
        children = pathlib.Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
        return [parent, *map(int, children)]

    def graceful(self):
        had = self.log().count("resuming normal operations")
        self.child.send_signal(signal.SIGUSR1)
        end = time.monotonic() + READY_SECONDS
        while self.log().count("resuming normal operations") == had:
            if time.monotonic() > end or self.child.poll() is not None:
                raise RuntimeError(f"no graceful restart:\n{self.log()[-3000:]}")
            time.sleep(0.02)

    def request(self, method, path, body=None, headers=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=600)
        try:
            connection.request(method, path, body, headers or {})
            response = connection.getresponse()
            return response.status, dict(response.getheaders()), response.read()
        finally:
            connection.close()

    def get(self, path, headers=None):
        status, found, body = self.request("GET", path, headers=headers)
        if status != 200:
            raise RuntimeError(f"GET {path}: {status} {body[:300]}")
        return found, body

    def sign_in(self):
        """The headers of a signed-in upload."""
        if not self.session:
            status, headers, body = self.request("POST", "/api/auth", json.dumps({"pin": PIN}), {"Content-Type": "application/json"})
            if status != 200:
                raise RuntimeError(f"could not sign in: {status} {body[:300]}")
            self.session = {"Cookie": headers["Set-Cookie"].split(";")[0], "Sec-Fetch-Site": "same-origin", "Content-Type": "text/csv"}
        return self.session

    def upload(self, path, query=""):
        """Seconds that it took."""
        session = self.sign_in()
        with open(path, "rb") as source:
            started = time.perf_counter()
            status, _, body = self.request("POST", f"/api/upload{query}", source, {**session, "Content-Length": str(os.path.getsize(path))})
            seconds = time.perf_counter() - started
        if status not in (200, 201):
            raise RuntimeError(f"upload refused: {status} {body[:500]}")
        return seconds

    def clear(self):
        only = self.give("nobody.csv", "service,platform,week_start,viewers\nNobody,None,2000-01-02,1\n")
        self.upload(only, "?mode=replace_all")


class Benched(Httpd):
    """With the lines given: a small server of two children."""

    def __init__(self, build, lines=(), loads=()):
        super().__init__(build)
        self.lines, self.loads = lines, loads

    def command(self):
        folder = machine.modules()
        names = [m for m in ("mpm_event", "unixd", "log_config", "authz_core", *self.loads) if os.path.exists(f"{folder}/mod_{m}.so")]
        self.give("httpd.conf", "\n".join([
            f'ServerRoot "{self.dir}"', "ServerName localhost", f"Listen 127.0.0.1:{self.port}", *(f'LoadModule {m}_module "{folder}/mod_{m}.so"' for m in names),
            *(["User www-data", "Group www-data"] if machine.AS_ROOT else []), f'PidFile "{self.pid_file}"', f'DefaultRuntimeDir "{self.dir}/run"', f'Mutex "default:{self.dir}/run"',
            f'ErrorLog "{self.dir}/error.log"', "LogLevel notice", "StartServers 2", "ServerLimit 2", "ThreadsPerChild 32", "MaxRequestWorkers 64", "MinSpareThreads 1", "MaxSpareThreads 64",
            "MaxKeepAliveRequests 0", *self.lines, ""]))
        return [machine.httpd(), "-f", self.dir / "httpd.conf", "-D", "FOREGROUND"]


class Static(Benched):
    """Bare httpd, serving files."""

    def __init__(self, build):
        super().__init__(build)
        self.lines = [f'DocumentRoot "{self.dir}/static"', "FileETag MTime Size", "EnableSendfile On"]


# One client sends what many do.
NO_LIMITS = [f"StreamPulseRate{kind} off" for kind in ("Reads", "Writes", "Uploads", "Exports")]


class Pulse(Benched):
    """With the module at /."""

    def __init__(self, build, more=()):
        super().__init__(build, loads=("dbd",))
        self.lines = [f'LoadModule streampulse_module "{build}/mod_streampulse.so"', "DBDriver sqlite3", f'DBDParams "file:{self.database}?mode=rw"', "DBDKeep 8", "DBDMax 32",
                      f'StreamPulseSpoolDir "{self.dir}/spool"', *NO_LIMITS, *more, '<Location "/">', "StreamPulse On", "StreamPulseAnonymousRole viewer", f'StreamPulsePinFile "{self.dir}/pin"',
                      "StreamPulseUploadMaxRows 5000000", "</Location>"]


class Container(Httpd):
    """conf/container.conf as it is but for the limits on requests, by a user that is not root."""

    def __init__(self, build, cgroup=None):
        super().__init__(build)
        self.cgroup = cgroup
        (self.dir / "modules").mkdir()
        for module in pathlib.Path(machine.modules()).glob("mod_*.so"):
            if module.name != "mod_streampulse.so":
                (self.dir / "modules" / module.name).symlink_to(module)
        shutil.copy(build / "mod_streampulse.so", self.dir / "modules")
        # The server's user may not be able to read the repository.
        shutil.copytree(machine.ROOT / "conf", self.dir / "conf", copy_function=shutil.copyfile)
        (self.dir / "conf").chmod(0o755)
        with open(self.dir / "conf/container.conf", "a", encoding="utf-8") as conf:
            conf.write("\n".join([*NO_LIMITS, ""]))

    def environment(self):
        return {**os.environ, "STREAMPULSE_STATE": str(self.dir), "STREAMPULSE_RUN": f"{self.dir}/run", "STREAMPULSE_MODULES": f"{self.dir}/modules", "STREAMPULSE_CONF": f"{self.dir}/conf", "STREAMPULSE_PORT": str(self.port),
                "STREAMPULSE_PIN_FILE": f"{self.dir}/pin", "STREAMPULSE_ANONYMOUS_ROLE": "viewer", "MALLOC_ARENA_MAX": "2"}

    def command(self):
        command = machine.as_server(machine.httpd(), "-f", self.dir / "conf/container.conf", "-D", "FOREGROUND")
        return self.cgroup.enter(command) if self.cgroup else command
