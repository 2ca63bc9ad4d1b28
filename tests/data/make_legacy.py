#!/usr/bin/env python3
"""Writes the predecessor's database, in its older or newer form, with the numbers of the sample year: make_legacy.py older|newer FILE.

The same each time. The totals come from make_sample.py's model, so sample-year.expected.json says what an import must give.
"""
import json
import pathlib
import sqlite3
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).parent))
import make_sample  # noqa: E402

COLUMNS = ["youtube", "facebook", "x", "instagram", "telegram", "emerge", "boxcast", "pt_youtube", "zoom"]
IDS = {"Youtube": "youtube", "YouTube": "youtube", "Facebook": "facebook", "X (formerly Twitter)": "x", "Instagram": "instagram", "Telegram": "telegram",
       "Emerge": "emerge", "BoxCast": "boxcast", "Pastor Amara's YouTube": "pt_youtube", "Zoom": "zoom"}
SERVICE_IDS = {"Friday Prayer": "friday", "Sunday Gathering": "sunday", "Campus North": "campus_north", "Midweek Study": "midweek"}
COLORS = ["#a33b20", "#20558a", "#3b7a57", "#8a6d20"]


def column_of(platform):
    """The older form has no column for Twitch: people entered it as the one that was free there."""
    return "zoom" if platform == "Twitch" else IDS[platform]


def key_of(platform):
    """The newer form has ids for the platforms it came with, and names for those that were added."""
    return IDS.get(platform, platform)


def older_cells(numbers):
    """platform -> number or None, as the columns' values: 0 where a service or event is not on a platform."""
    cells = dict.fromkeys(COLUMNS, 0)
    for platform, number in numbers.items():
        cells[column_of(platform)] = number
    return [cells[c] for c in COLUMNS]


def newer_cells(numbers):
    return [json.dumps({key_of(p): n for p, n in numbers.items()})]


def week_numbers(service, when):
    """None for "N/A"; a platform that has no number yet is not there."""
    numbers = {}
    for platform, _ in service.platforms:
        if (platform, when) in service.numbers:
            numbers[platform] = service.numbers[platform, when]
        elif (platform, when) in service.not_given:
            numbers[platform] = None
    return numbers


def event_numbers(event, n):
    return {p: row[n] if isinstance(row[n], int) else None for p, row in event.rows.items()}


def total(numbers):
    return sum(n for n in numbers.values() if n is not None)


def weeks():
    for year, month in make_sample.months():
        for service in make_sample.SERVICES:
            for when in service.days(year, month):
                numbers = week_numbers(service, when)
                if numbers:
                    yield SERVICE_IDS[service.name], when, numbers


def create_tables(db, form):
    cells = ", ".join(f"{c} INTEGER DEFAULT 0" for c in COLUMNS) if form == "older" else "platforms TEXT NOT NULL DEFAULT '{}'"
    db.executescript(f"""
        CREATE TABLE weekly_data (id INTEGER PRIMARY KEY AUTOINCREMENT, service TEXT NOT NULL, date TEXT NOT NULL, month TEXT, {cells}, total INTEGER DEFAULT 0);
        CREATE TABLE special_events (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, dates_label TEXT);
        CREATE TABLE special_event_data (id INTEGER PRIMARY KEY AUTOINCREMENT, event_id INTEGER REFERENCES special_events (id), date TEXT NOT NULL, {cells},
                                         total INTEGER DEFAULT 0);
        CREATE TABLE config (key TEXT PRIMARY KEY, value TEXT);
        CREATE TABLE upload_history (id INTEGER PRIMARY KEY, filename TEXT, uploaded_at TEXT, mode TEXT, rows_added INTEGER);
        CREATE TABLE ai_insights (id INTEGER PRIMARY KEY, generated_at TEXT, summary TEXT);
        CREATE TABLE sessions (sid TEXT PRIMARY KEY, data TEXT, expires INTEGER);
    """)


def fill(db, form):
    cells_of = older_cells if form == "older" else newer_cells
    marks = ", ".join("?" * len(cells_of({})))
    for service, when, numbers in weeks():
        written = f"{when.month}/{when.day}/{when.year}" if form == "older" else str(when)
        db.execute(f"INSERT INTO weekly_data VALUES (NULL, ?, ?, ?, {marks}, ?)", [service, written, when.strftime("%B"), *cells_of(numbers), total(numbers)])
    for event in make_sample.EVENTS:
        label = f"{event.days[0][1]} - {event.days[-1][1]}"
        event_id = db.execute("INSERT INTO special_events VALUES (NULL, ?, ?)", [event.name, label]).lastrowid
        for n, (_, written) in enumerate(event.days):
            numbers = event_numbers(event, n)
            db.execute(f"INSERT INTO special_event_data VALUES (NULL, ?, ?, {marks}, ?)", [event_id, written, *cells_of(numbers), total(numbers)])
    services = {SERVICE_IDS[s.name]: {"name": s.name, "color": color} for s, color in zip(make_sample.SERVICES, COLORS)}
    listed = [{"id": key, **about} for key, about in services.items()]
    db.execute("INSERT INTO config VALUES ('services', ?)", [json.dumps(services if form == "older" else listed)])
    db.execute("INSERT INTO config VALUES ('theme', 'dark')")
    for n in range(1, 13):
        db.execute("INSERT INTO upload_history VALUES (NULL, ?, ?, 'append', 18)", [f"streams-{n:02d}.csv", f"2025-{n:02d}-28 09:00:00"])
    db.execute("INSERT INTO ai_insights VALUES (NULL, '2025-12-31', 'A good year.')")
    db.execute("INSERT INTO sessions VALUES ('abc', '{}', 0)")


def main():
    form, path = sys.argv[1], pathlib.Path(sys.argv[2])
    path.unlink(missing_ok=True)
    db = sqlite3.connect(path)
    create_tables(db, form)
    fill(db, form)
    db.commit()
    db.close()


if __name__ == "__main__":
    main()
