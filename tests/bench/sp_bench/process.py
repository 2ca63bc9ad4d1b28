"""What processes hold: memory, file descriptors, and what the system keeps for them."""
import pathlib
import re

KIB = 1024
MIB = 1024 * 1024


def read(path):
    try:
        return pathlib.Path(path).read_text()
    except (OSError, ValueError):
        return ""


def kib_of(text, name):
    found = re.search(rf"^{name}:\s+(\d+) kB", text, re.M)
    return int(found.group(1)) if found else 0


def pss_mib(pids):
    return sum(kib_of(read(f"/proc/{pid}/smaps_rollup"), "Pss") for pid in pids) / KIB


def file_pages(pid):
    """{file and offset: KiB of its pages that the process has mapped}"""
    found, key = {}, None
    for line in read(f"/proc/{pid}/smaps").splitlines():
        head = re.match(r"[0-9a-f]+-[0-9a-f]+ \S+ ([0-9a-f]+) \S+ (\d+)", line)
        if head:
            key = None if head.group(2) == "0" else head.groups()
        elif key and line.startswith("Rss:"):
            found[key] = int(line.split()[1])
        elif key and line.startswith("Anonymous:"):
            found[key] -= int(line.split()[1])
    return found


def alone_mib(pids):
    """PSS as it is where no other program maps the same files, as in a container: PSS itself shrinks with every other httpd on the machine."""
    shared, own = {}, 0
    for pid in pids:
        rollup = read(f"/proc/{pid}/smaps_rollup")
        own += kib_of(rollup, "Pss_Anon")
        for key, kib in file_pages(pid).items():
            shared[key] = max(shared.get(key, 0), kib)
    return (own + sum(shared.values())) / KIB


def rss_mib(pid):
    return kib_of(read(f"/proc/{pid}/status"), "VmRSS") / KIB


def forget_peak(pid):
    try:
        pathlib.Path(f"/proc/{pid}/clear_refs").write_text("5")
    except OSError:
        pass


def peak_mib(pid):
    return kib_of(read(f"/proc/{pid}/status"), "VmHWM") / KIB


def descriptors(pid):
    try:
        return len(list(pathlib.Path(f"/proc/{pid}/fd").iterdir()))
    except OSError:
        return 0


def sysv_objects():
    """Semaphores and shared memory of the whole system."""
    return sum(max(0, len(read(f"/proc/sysvipc/{kind}").splitlines()) - 1) for kind in ("sem", "shm"))


def held_by(server):
    """What must not grow: of all processes of a server, and what it left outside of them."""
    pids = server.processes()
    return {"processes": len(pids), "descriptors": sum(map(descriptors, pids)) / len(pids), "memory_mib": alone_mib(pids), "spool_files": len(list((server.dir / "spool").iterdir())),
            "run_files": len(list((server.dir / "run").iterdir())), "sysv_objects": sysv_objects()}
