"""Files and databases of a known number of rows, made once and kept in the build folder."""
import hashlib
import io
import shutil
import sqlite3
import subprocess
import time

from . import machine

PLATFORMS = 25
BATCH = 1_000_000
FIRST_DAY = 1100  # a Sunday in 1973
SHAPES = {10_000: (4, 100), 100_000: (8, 500), 1_000_000: (40, 1000), 10_000_000: (400, 1000)}  # rows: (services, weeks)


def day(number):
    return time.strftime("%Y-%m-%d", time.gmtime(86400 * number))


def shape(rows):
    """(services, weeks): a service's year is the same number of rows in each of them."""
    return SHAPES.get(rows, (40, rows // (40 * PLATFORMS)))


def tidy_rows(services, weeks, out):
    """47 bytes a row, week by week, as a growing sheet is."""
    out.write("service,platform,week_start,week_end,viewers\n")
    names = [f"Service {number:03d},Platform {platform:02d}," for number in services for platform in range(PLATFORMS)]
    for week in range(weeks):
        days = f"{day(FIRST_DAY + 7 * week)},{day(FIRST_DAY + 7 * week + 6)},"
        out.write("".join(f"{name}{days}{(week * 7919 + i * 31) % 5000}\n" for i, name in enumerate(names)))


def tidy_file(bench, rows):
    path = bench.data / f"tidy-{rows}.csv"
    if not path.exists():
        services, weeks = shape(rows)
        part = path.with_suffix(".part")
        with open(part, "w", encoding="utf-8") as out:
            tidy_rows(range(services), weeks, out)
        part.rename(path)
    return path


def schema_mark():
    """Databases of another schema are made anew."""
    marks = hashlib.sha256()
    for path in sorted((machine.ROOT / "schema/sqlite").glob("*.sql")):
        marks.update(path.read_bytes())
    return marks.hexdigest()[:8]


def database(bench, rows):
    path = bench.data / f"rows-{rows}-{schema_mark()}.db"
    if path.exists():
        return path
    part = path.with_suffix(".part")
    part.unlink(missing_ok=True)
    services, weeks = shape(rows)
    at_once = max(1, BATCH // (PLATFORMS * weeks))
    for first in range(0, services, at_once):
        text = io.StringIO()
        tidy_rows(range(first, min(services, first + at_once)), weeks, text)
        subprocess.run([bench.build / "streampulse-admin", "import", "--db", part, "--actor", "bench", "-"], input=text.getvalue().encode(), check=True, capture_output=True)
    connection = sqlite3.connect(part)
    stored = connection.execute("SELECT count(*) FROM number").fetchone()[0]
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    if stored != services * weeks * PLATFORMS:
        raise RuntimeError(f"of {services * weeks * PLATFORMS} rows {stored} were stored")
    part.rename(path)
    return path


def place(bench, rows, server):
    """A copy of the database for a server that is not started yet."""
    shutil.copy(database(bench, rows), server.database)
    machine.give_to_server(server.database)


def sample_year():
    return machine.ROOT / "tests/data/sample-year.csv"


def weekly_text(number):
    """A small upload that changes something each time."""
    lines = [f"Load {service},Platform {platform},{day(20_000 + 7 * (number % 50))},{number * 100 + service * 10 + platform}\n" for service in range(6) for platform in range(10)]
    return ("service,platform,week_start,viewers\n" + "".join(lines)).encode()
