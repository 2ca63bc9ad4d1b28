"""A small machine inside this one: a control group with little memory and little processor, of either version, where this user may make one."""
import os
import pathlib
import sys
import time

from . import process

ROOT = pathlib.Path("/sys/fs/cgroup")
PERIOD_US = 100_000


class Unavailable(Exception):
    """Why there can be none."""


class Small:
    """{file: value} in one folder for each controller (version 1), or in one for both (version 2)."""

    def __init__(self, memory_bytes, cpus):
        name = f"streampulse-bench-{os.getpid()}"
        quota = int(cpus * PERIOD_US)
        if (ROOT / "memory/memory.limit_in_bytes").exists() and (ROOT / "cpu/cpu.cfs_quota_us").exists():
            self.settings = {ROOT / "memory" / name: {"memory.limit_in_bytes": memory_bytes}, ROOT / "cpu" / name: {"cpu.cfs_period_us": PERIOD_US, "cpu.cfs_quota_us": quota}}
            self.peak_file = ROOT / "memory" / name / "memory.max_usage_in_bytes"
        elif {"memory", "cpu"} <= set(process.read(ROOT / "cgroup.subtree_control").split()):
            self.settings = {ROOT / name: {"memory.max": memory_bytes, "cpu.max": f"{quota} {PERIOD_US}"}}
            self.peak_file = ROOT / name / "memory.peak"
        else:
            raise Unavailable("this machine has no control groups for memory and processor")

    def __enter__(self):
        try:
            for folder, values in self.settings.items():
                folder.mkdir()
                for file, value in values.items():
                    (folder / file).write_text(str(value))
        except OSError as error:
            self.__exit__()
            raise Unavailable(f"no control group can be made here: {error.strerror}") from error
        return self

    def __exit__(self, *_):
        for folder in self.settings:
            for _ in range(100):
                try:
                    folder.rmdir()
                    break
                except FileNotFoundError:
                    break
                except OSError:
                    time.sleep(0.05)

    def enter(self, command):
        """The command, started inside."""
        joins = "".join(f"open({str(folder / 'cgroup.procs')!r}, 'w').write('0');" for folder in self.settings)
        return [sys.executable, "-c", f"import os, sys; {joins} os.execvp(sys.argv[1], sys.argv[1:])", *map(str, command)]

    def peak_mib(self):
        text = process.read(self.peak_file)
        return int(text) / process.MIB if text.strip().isdigit() else 0.0

    def throttled_s(self):
        """How long it was made to wait for its share of the processor."""
        for folder in self.settings:
            for line in process.read(folder / "cpu.stat").splitlines():
                name, value = line.split()
                if name in ("throttled_time", "throttled_usec"):
                    return int(value) / (1e9 if name == "throttled_time" else 1e6)
        return 0.0
