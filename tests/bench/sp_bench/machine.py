"""The machine: the programs that are run on it, its ports and users, and what names it in a result."""
import os
import pathlib
import platform
import pwd
import shutil
import socket
import sqlite3
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[3]
AS_ROOT = os.geteuid() == 0
os.environ["PATH"] += ":/usr/sbin:/sbin"


def run(*command, **more):
    done = subprocess.run([str(c) for c in command], check=False, capture_output=True, text=True, **more)
    if done.returncode != 0:
        raise RuntimeError(f"{command[0]} ended with {done.returncode}: {done.stderr.strip()[-500:]}")
    return done.stdout


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def httpd():
    return shutil.which("apache2") or shutil.which("httpd")


def modules():
    return run(os.environ.get("APXS", "apxs"), "-q", "LIBEXECDIR").strip()


def give_to_server(path):
    """The user that the server's children run as."""
    if AS_ROOT:
        user = pwd.getpwnam("www-data")
        os.chown(path, user.pw_uid, user.pw_gid)


def tied(*command, credentials=()):
    """The command, which ends with who started it, however that ends."""
    return ["setpriv", "--pdeathsig", "TERM", *credentials, *command]


def as_server(*command):
    """The command, run by the server's user; the kernel forgets what it is tied to when the user changes, so that it is tied here."""
    return tied(*command, credentials=["--reuid", "www-data", "--regid", "www-data", "--init-groups"] if AS_ROOT else ())


def processor():
    found = [line.split(":", 1)[1].strip() for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name")]
    return found[0] if found else platform.machine()


def describe():
    memory = next(int(line.split()[1]) for line in pathlib.Path("/proc/meminfo").read_text().splitlines() if line.startswith("MemTotal"))
    return {"processor": processor(), "cores": len(os.sched_getaffinity(0)), "memory_mib": memory // 1024, "kernel": platform.release(), "load_at_start": os.getloadavg()[0],
            "httpd": run(httpd(), "-v").split("\n")[0].split(":", 1)[1].strip(), "sqlite": run("sqlite3", "--version").split()[0], "python_sqlite": sqlite3.sqlite_version,
            "generator": "wrk" if shutil.which("wrk") else "ab"}
