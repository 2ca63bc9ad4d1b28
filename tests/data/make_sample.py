#!/usr/bin/env python3
"""Writes sample-year.csv, an invented year in a media team's sheet layout, and the totals it must give.

The totals come from the model that the sheet is written from, never from reading the sheet.
"""
import csv
import datetime
import io
import json
import pathlib
import random

HERE = pathlib.Path(__file__).parent
DICE = random.Random(20250103)
NOT_GIVEN = object()  # an "N/A" in the sheet: no number

FIRST_MONTH, LAST_MONTH = (2025, 1), (2026, 1)
FRIDAY, SUNDAY, TUESDAY = 4, 6, 1


def day(text):
    return datetime.date.fromisoformat(text)


class Service:
    """A recurring stream: the weekday it is on, the columns its block has, and its platforms with their usual viewers."""

    def __init__(self, name, weekday, columns, platforms, starts=None, off=(), total_label=""):
        self.name, self.weekday, self.columns, self.platforms = name, weekday, columns, platforms
        self.starts, self.off, self.total_label = starts or day("2025-01-01"), {day(d) for d in off}, total_label
        self.numbers = {}  # (platform, day) -> int; a cell that is not there has no number
        self.not_given = set()
        self.written_totals = {}  # day -> what somebody typed instead of the sum

    def days(self, year, month):
        first = datetime.date(year, month, 1)
        found = [first + datetime.timedelta(days=n) for n in range(31)]
        return [d for d in found if d.month == month and d.weekday() == self.weekday and d >= self.starts and d not in self.off]

    def total(self, when):
        return sum(n for (_, d), n in self.numbers.items() if d == when)


class Event:
    """A special program: its days as (day, as written), and platform -> list of numbers (None: blank, NOT_GIVEN: N/A)."""

    def __init__(self, name, days, rows):
        self.name, self.days, self.rows = name, days, rows


SERVICES = [
    Service("Friday Prayer", FRIDAY, 5,
            [("Youtube", 38), ("Facebook", 84), ("X (formerly Twitter)", 7), ("Instagram", 31), ("Pastor Amara's YouTube", 3)],
            off=["2025-09-26", "2025-12-26"]),
    Service("Sunday Gathering", SUNDAY, 5,
            [("YouTube", 640), ("Facebook", 260), ("X (formerly Twitter)", 11), ("Instagram", 165), ("Telegram", 3), ("Emerge", 7), ("Twitch", 45)],
            total_label="Total"),
    Service("Campus North", SUNDAY, 5, [("Youtube", 17), ("Facebook", 8), ("Instagram", 16)], off=["2025-07-06"]),
    Service("Midweek Study", TUESDAY, 5,
            [("Youtube", 225), ("Facebook", 105), ("Instagram", 70), ("Telegram", 1), ("BoxCast", 26), ("Zoom", 88)],
            starts=day("2025-03-04"), off=["2025-06-03", "2025-08-12", "2025-12-23", "2025-12-30", "2026-01-06"], total_label="Total viewers"),
]
TWITCH_STARTS = day("2025-09-07")   # blank before
BOXCAST_STARTS = day("2025-10-07")  # written as 0 before
MAR = "2025-03-"


def around(usual):
    return max(0, round(usual * (0.6 + 0.8 * DICE.random())))


def number_for(service, platform, usual, when):
    if platform == "Twitch" and when < TWITCH_STARTS:
        return None
    if platform == "BoxCast" and when < BOXCAST_STARTS:
        return 0
    if platform == "Emerge" and DICE.random() < 0.5:
        return 0
    if when in (day("2025-04-20"), day("2025-12-21")):  # Easter, the Sunday before Christmas
        usual *= 3
    return around(usual)


def fill_services():
    for service in SERVICES:
        for year, month in months():
            for when in service.days(year, month):
                for platform, usual in service.platforms:
                    number = number_for(service, platform, usual, when)
                    if number is not None:
                        service.numbers[platform, when] = number
    friday, sunday, campus, midweek = SERVICES
    for platform, _ in friday.platforms:  # the stream failed: nobody could watch, which is a number
        friday.numbers[platform, day("2025-02-14")] = 0
    for platform, _ in campus.platforms:  # nobody wrote down how many there were, which is none
        withhold(campus, platform, "2025-05-18")
    withhold(sunday, "Telegram", "2025-03-16")
    withhold(sunday, "Facebook", "2025-11-02")
    withhold(midweek, "Zoom", "2025-05-13")
    sunday.numbers["Facebook", day("2025-03-23")] = 2365
    sunday.written_totals[day("2025-08-17")] = sunday.total(day("2025-08-17")) + 100


def withhold(service, platform, when):
    del service.numbers[platform, day(when)]
    service.not_given.add((platform, day(when)))


def spread(usual, count):
    return [around(usual) for _ in range(count)]


def make_events():
    def run(first, count, form):
        start = day(first)
        return [(start + datetime.timedelta(days=n), form(start + datetime.timedelta(days=n))) for n in range(count)]

    month_day = lambda d: f"{d.month:02d}-{d.day:02d}"  # noqa: E731
    real_date = lambda d: f"{d.month}/{d.day}/{d.year}"  # noqa: E731
    short_word = lambda d: f"{d:%b} {d.day}"  # noqa: E731
    months_alone = [(datetime.date(2025, m, 1), datetime.date(2025, m, 1).strftime("%b")) for m in (2, 4, 6, 8, 10)]
    return [
        Event("Ten Days of Light (Main)", run("2025-01-13", 10, month_day),
              {"Youtube": spread(560, 9) + [1204], "Facebook": spread(250, 10), "X (formerly Twitter)": spread(11, 10), "Instagram": spread(150, 10)}),
        Event("Ten Days of Light (Campus North)", run("2025-01-13", 10, month_day),
              {"Youtube": spread(42, 10), "Facebook": spread(8, 4) + [NOT_GIVEN] + spread(8, 5), "Instagram": spread(12, 10)}),
        Event("First Saturday Breakfast", months_alone,
              {"Youtube": spread(340, 4) + [0], "Facebook": spread(190, 4) + [0], "BoxCast": [0, 0, 0, 0, 9]}),
        Event("The Open Door Conference (Main)", [(day(MAR + "24"), "March 24"), (day(MAR + "25"), "March 25"), (day(MAR + "27"), "Mar 27th"), (day(MAR + "28"), "28 March")],
              {"Youtube": spread(470, 4), "Facebook": [3274, 2416, 373, 241], "Instagram": spread(140, 4), "Telegram": [1, None, 4, 2]}),
        Event("Pastors' & Leaders' Day", run("2025-06-14", 2, real_date), {"YouTube": spread(210, 2), "Pastor Amara's YouTube": spread(30, 2), "Zoom": [118, 97]}),
        Event('Harvest Weekend, "All In"', run("2025-09-19", 3, short_word), {"Youtube": spread(500, 3), "Twitch": spread(60, 3), "Facebook": spread(240, 3)}),
        Event("Watch Night (Main)", [(day("2025-12-31"), "12-31")], {"Youtube": [1835], "Facebook": [415], "Instagram": [453], "Twitch": [88]}),
        Event("Watch Night (Campus North)", [(day("2025-12-31"), "12-31")], {"Youtube": [35], "Facebook": [20], "Instagram": [NOT_GIVEN]}),
        Event("Ten Days of Light (Main)", run("2026-01-12", 7, month_day),
              {"Youtube": spread(380, 7), "Facebook": spread(130, 7), "Instagram": spread(100, 7), "BoxCast": spread(210, 7)}),
    ]


def months():
    year, month = FIRST_MONTH
    while (year, month) <= LAST_MONTH:
        yield year, month
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)


def written(number):
    return f"{number:,}"


def label_as_written(name, year, month):
    """People do not type a name the same way all year."""
    if name == "Pastor Amara's YouTube" and (year, month) >= (2025, 8):
        return "Pastor Amara\u2019s YouTube"
    if name == "Facebook" and month in (4, 5):
        return "Facebook "
    if name == "YouTube" and month == 11:
        return "Youtube"
    return name


def service_block(service, year, month):
    """Rows of 1 + columns cells: date row, platform rows, total row."""
    days = service.days(year, month)
    blank_date = " " if month == 6 else ""
    rows = [["Date"] + [f"{d.month}/{d.day}/{d.year}" for d in days] + [blank_date] * (service.columns - len(days))]
    for platform, _ in service.platforms:
        cells = []
        for when in days:
            number = service.numbers.get((platform, when))
            cells.append("N/A" if (platform, when) in service.not_given else "" if number is None else written(number))
        rows.append([label_as_written(platform, year, month)] + cells + [""] * (service.columns - len(days)))
    totals = [written(service.written_totals.get(d, service.total(d))) if any(k[1] == d for k in service.numbers) else "" for d in days]
    rows.append([service.total_label] + totals + [""] * (service.columns - len(days)))
    return rows


def sheet_rows():
    spacers = [1, 1, 0, 0]  # Campus North and Midweek Study stand next to one another
    widths = [1 + s.columns + gap for s, gap in zip(SERVICES, spacers)]
    width = sum(widths)
    yield ["Harbor Light Church: online viewers"] + [""] * (width - 1)
    yield [""] * width
    yield sum(([s.name] + [""] * (w - 1) for s, w in zip(SERVICES, widths)), [])
    for year, month in months():
        if (year, month) >= (2025, 7):  # from July somebody wrote the month above each block
            title = datetime.date(year, month, 1).strftime("%B %Y")
            yield sum(([title] + [""] * (w - 1) for w in widths), [])
        blocks = [service_block(s, year, month) for s in SERVICES]
        for n in range(max(len(b) for b in blocks)):
            yield sum(((b[n] if n < len(b) else []) + [""] * (w - (len(b[n]) if n < len(b) else 0)) for b, w in zip(blocks, widths)), [])
        if month != 9:  # nothing promises the blank row
            yield [""] * width
    yield ["SPECIAL EVENTS"] + [""] * (width - 1)
    for event in EVENTS:
        yield [event.name] + [text for _, text in event.days]
        for platform, numbers in event.rows.items():
            yield [platform] + ["N/A" if n is NOT_GIVEN else "" if n is None else written(n) for n in numbers]
        yield ["Total"] + [written(sum(r[n] for r in event.rows.values() if isinstance(r[n], int))) for n in range(len(event.days))]
        yield [""]


def service_totals(service):
    weeks = sorted({d for _, d in service.numbers})
    totals = {d: service.total(d) for d in weeks}
    peak = max(weeks, key=lambda d: (totals[d], -d.toordinal()))
    return {
        "service": service.name, "weeks": len(weeks), "first_week": str(weeks[0]), "last_week": str(weeks[-1]), "viewers": sum(totals.values()),
        "peak": {"week": str(peak), "viewers": totals[peak]}, "latest": totals[weeks[-1]], "previous": totals[weeks[-2]],
        "platform_viewers": {p: sum(n for (name, _), n in service.numbers.items() if name == p) for p, _ in service.platforms},
    }


def event_totals(event):
    given = [[n for n in column if isinstance(n, int)] for column in zip(*event.rows.values())]
    return {"name": event.name, "start_date": str(event.days[0][0]), "end_date": str(event.days[-1][0]),
            "days": sum(1 for column in given if column), "viewers": sum(sum(column) for column in given)}


def expected():
    services = [service_totals(s) for s in SERVICES]
    events = [event_totals(e) for e in EVENTS]
    wrong = [{"service": s.name, "week": str(d), "written": n, "sum": s.total(d)} for s in SERVICES for d, n in s.written_totals.items()]
    cells = {"weekly": sum(len(s.numbers) for s in SERVICES), "events": sum(isinstance(n, int) for e in EVENTS for r in e.rows.values() for n in r)}
    return {
        "weekly": {"grand_total": sum(s["viewers"] for s in services), "services": services},
        "events": {"count": len(events), "grand_total": sum(e["viewers"] for e in events), "list": events},
        "cells": cells, "wrong_totals": wrong,
    }


fill_services()
EVENTS = make_events()


def main():
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(sheet_rows())
    (HERE / "sample-year.csv").write_bytes(text.getvalue().encode())
    (HERE / "sample-year.expected.json").write_text(json.dumps(expected(), indent=1) + "\n")


if __name__ == "__main__":
    main()
