"""Every kind of fact once more, from the definitions in core/facts.h and the headers that it names, in exact fractions, NumPy and SciPy."""

import datetime
import math
import re
from collections import Counter
from fractions import Fraction

import numpy as np
from peer_forecast import forecast
from peer_values import (ALL, ENDED, ESTIMATE, RECORD_HIGH, RECORD_LOW, STARTED, UNUSUAL, Estimated, Known,
                         change_marks, changed, date_of, half_away, level, median_of, monday_of, share, sign_of, tenths)
from scipy import stats


class Service:
    """cells: by platform, None for no number."""

    def __init__(self, slug, days, cells):
        self.slug, self.days, self.cells = slug, days, cells
        self.weeks = []
        for i, day in enumerate(days):
            there = [column[i] for column in cells.values() if column[i] is not None]
            if there:
                self.weeks.append((day, sum(there), i))
        self.viewers = [t for _, t, _ in self.weeks]
        self.totals = {d: t for d, t, _ in self.weeks}

    def on(self, platform):
        """Its numbers in the weeks that have any, none as 0."""
        return [self.cells[platform][i] or 0 for _, _, i in self.weeks]


class Calendar:
    """All services by calendar week; the platforms of each."""

    def __init__(self, services):
        self.totals, self.cells, self.services = Counter(), {}, {}
        for s in services:
            for day, total, row in s.weeks:
                monday = monday_of(day)
                self.totals[monday] += total
                self.services.setdefault(monday, set()).add(s.slug)
                for p, column in s.cells.items():
                    if column[row] is not None:
                        self.cells.setdefault(p, Counter())[monday] += column[row]
        self.members = services
        self.mondays = sorted(self.services)
        newest = self.mondays[-1] if self.mondays else None
        recent = [m for m in self.mondays if m >= newest - 21]
        self.latest = max(recent, key=lambda m: (len(self.services[m]), m)) if recent else None

    def numbers_in(self, s, monday):
        return sum(monday_of(d) == monday for d, _, _ in s.weeks)

    def is_as_before(self):
        now = [self.numbers_in(s, self.latest) for s in self.members]
        return max(now) <= 1 and now == [self.numbers_in(s, self.latest - 7) for s in self.members]


def put_totals(facts, service, everything):
    s = service.slug
    facts["total", s] = Known(sum(service.viewers))
    facts["weeks", s] = Known(len(service.weeks))
    facts["mean", s] = level(Fraction(sum(service.viewers), len(service.weeks)))
    facts["usual", s] = level(median_of(service.viewers))
    if everything:
        facts["service_share", s] = share(sum(service.viewers), everything)
    for p in service.cells:
        if sum(service.viewers):
            facts["platform_total", s, p] = Known(sum(service.on(p)))
            facts["platform_share", s, p] = share(sum(service.on(p)), sum(service.viewers))


def latest_marks(viewers):
    *rest, last = viewers
    if len(viewers) < 4:
        return 0
    return (RECORD_HIGH if last > max(rest) else 0) | (RECORD_LOW if last < min(rest) else 0)


def put_difference(facts, slug, now, before, parts):
    facts["week_difference", slug] = Known(now - before, sign_of(now - before))
    if before:
        facts["week_change", slug] = changed(now, before)
    for p, (a, b) in parts.items():
        if a != b:
            facts["week_difference_platform", slug, p] = Known(a - b, sign_of(a - b))


def put_week(facts, service):
    s, (last, now, row) = service.slug, service.weeks[-1]
    facts["week_total", s] = Known(now, 0, latest_marks(service.viewers))
    if last - 7 in service.totals:
        earlier = next(i for d, _, i in service.weeks if d == last - 7)
        facts["week_before", s] = Known(service.totals[last - 7])
        put_difference(facts, s, now, service.totals[last - 7], {p: (c[row] or 0, c[earlier] or 0) for p, c in service.cells.items()})
    if service.totals.get(last - 364):
        facts["week_change_year", s] = changed(now, service.totals[last - 364])


def put_week_of_all(facts, calendar):
    now, before = calendar.latest, calendar.latest - 7
    history = [calendar.totals[m] for m in calendar.mondays if m <= now]
    facts["week_total", ALL] = Known(calendar.totals[now], 0, latest_marks(history) & RECORD_HIGH)
    if calendar.is_as_before():
        facts["week_before", ALL] = Known(calendar.totals[before])
        put_difference(facts, ALL, calendar.totals[now], calendar.totals[before], {p: (c[now], c[before]) for p, c in calendar.cells.items()})


INTERVALS = {"month": (1, 2), "quarter": (3, 6), "year": (12, 26)}


def period_start(date, months):
    return date.replace(month=(date.month - 1) // months * months + 1, day=1)


def period_before(start, months):
    return period_start(start - datetime.timedelta(days=1), months)


def year_before(start):
    return start.replace(year=start.year - 1)


def whole_period(last, months):
    """The latest of which no week is to come."""
    start = period_start(date_of(last), months)
    return start if period_start(date_of(last + 7), months) != start else period_before(start, months)


def mean_in(service, start, months, least):
    there = [t for d, t, _ in service.weeks if period_start(date_of(d), months) == start]
    return Fraction(sum(there), len(there)) if len(there) >= least else None


def put_periods(facts, services, calendar):
    for name, (months, least) in INTERVALS.items():
        for s in services:
            start = whole_period(s.weeks[-1][0], months)
            now = mean_in(s, start, months, least)
            if now is None:
                continue
            facts[f"{name}_mean", s.slug] = level(now)
            for kind, other in [(f"{name}_change", period_before(start, months))] + ([(f"{name}_change_year", year_before(start))] if months < 12 else []):
                before = mean_in(s, other, months, least)
                if before:
                    facts[kind, s.slug] = changed(now, before)
        if len(services) > 1:
            put_period_of_all(facts, services, calendar, name)


def put_period_of_all(facts, services, calendar, name):
    months, least = INTERVALS[name]
    start = whole_period(calendar.latest, months)
    for kind, other in [(f"{name}_change", period_before(start, months))] + ([(f"{name}_change_year", year_before(start))] if months < 12 else []):
        both = [(mean_in(s, start, months, least), mean_in(s, other, months, least)) for s in services]
        both = [(a, b) for a, b in both if a is not None and b is not None]
        now, before = sum(a for a, _ in both), sum(b for _, b in both)
        if before:
            facts[kind, ALL] = changed(now, before)


def put_records(facts, slug, weeks, platforms, of_all):
    """weeks: (day, total); platforms: by name, the numbers of the same weeks with none as 0."""
    viewers = [t for _, t in weeks]
    if len(weeks) < 4 or max(viewers) == min(viewers):
        return
    high, usual = viewers.index(max(viewers)), median_of(viewers)
    facts["record_high", slug] = Known(max(viewers), 0, RECORD_HIGH)
    if not of_all:
        facts["record_low", slug] = Known(min(viewers), 0, RECORD_LOW)
    if usual and 2 * max(viewers) >= 3 * usual:
        factor = tenths(Fraction(max(viewers)) / usual)
        facts["record_factor", slug] = Known(factor, sign_of(factor - 1), change_marks(max(viewers), usual))
    if platforms:
        made = max(platforms, key=lambda p: platforms[p][high] - median_of(platforms[p]))
        own = median_of(platforms[made])
        if platforms[made][high] > own:
            facts["record_platform", slug, made] = Known(platforms[made][high], 1)
            facts["record_platform_usual", slug, made] = level(own)


def robust_scale(values):
    mad = stats.median_abs_deviation(values)
    return mad / 0.6745 if mad > 0 else 1.253314 * np.mean(np.abs(values - np.median(values)))


def outliers_of(viewers, factor):
    """(which, z) of each."""
    if len(viewers) < 8:
        return []
    logs = np.log1p(np.array(viewers, float))
    off, scale = logs - np.median(logs), robust_scale(logs)
    return [(i, o / scale) for i, o in enumerate(off) if scale > 0 and abs(o) / scale > 3.5 and abs(o) >= math.log(factor) - 1e-12]


def own_numbers(service, platform):
    """(day, viewers) of a platform, without the zeros before its start; and how many zeros those are."""
    there = [(d, v) for d, v in zip(service.days, service.cells[platform]) if v is not None]
    zeros = next((i for i, (_, v) in enumerate(there) if v), len(there))
    before_start = zeros if zeros >= 4 and zeros < len(there) else 0
    return there[before_start:], before_start


def put_oddities(facts, service):
    s, weeks = service.slug, service.weeks
    gaps = sorted(((b - a, a) for (a, _, _), (b, _, _) in zip(weeks, weeks[1:]) if b - a > 7), key=lambda g: (-g[0], -g[1]))
    if gaps:
        facts["gaps", s] = Known(len(gaps))
    for days, after in gaps[:10]:
        facts["gap", s, None, after] = Known(days)
    usual = Counter((d + 3) % 7 for d, _, _ in weeks).most_common()
    if usual[0][1] >= 4 and 2 * usual[0][1] > len(weeks) and len(usual) > 1:
        facts["odd_weekdays", s] = Known(len(weeks) - usual[0][1])
    zeros = sum(own_numbers(service, p)[1] > 0 for p in service.cells)
    if zeros:
        facts["zeros_before_start", s] = Known(zeros)
    put_outliers(facts, service)


def put_outliers(facts, service):
    s = service.slug
    found = sorted(outliers_of(service.viewers, 2), key=lambda o: (-abs(o[1]), -o[0]))
    for i, z in found[:10]:
        facts["outlier", s, None, service.weeks[i][0]] = Known(service.viewers[i], sign_of(z), UNUSUAL)
    odd = []
    for p in service.cells:
        numbers, _ = own_numbers(service, p)
        odd += [(abs(z), z, p, *numbers[i]) for i, z in outliers_of([v for _, v in numbers], 3)]
    if odd:
        facts["odd_numbers", s] = Known(len(odd))
    for _, z, p, day, viewers in sorted(odd, key=lambda o: (-o[0], -o[3], list(service.cells).index(o[2])))[:5]:
        facts["platform_outlier", s, p, day] = Known(viewers, sign_of(z), UNUSUAL)


def mann_kendall(values, inflation):
    """z and p, by the definition."""
    n = len(values)
    s = sum(np.sign(values[i + 1 :] - values[i]).sum() for i in range(n))
    _, ties = np.unique(values, return_counts=True)
    variance = (n * (n - 1) * (2 * n + 5) - sum(t * (t - 1) * (2 * t + 5) for t in ties)) / 18 * inflation
    z = 0 if s == 0 or variance == 0 else (s - np.sign(s)) / math.sqrt(variance)
    return z, 2 * stats.norm.sf(abs(z))


def inflation_of(weeks, values, slope):
    rest = values - slope * weeks
    rest = rest - np.median(rest)
    rest = rest - rest.mean()
    if not (rest**2).sum() > 0:
        return 1.0
    r = min(max((rest[1:] * rest[:-1]).sum() / (rest**2).sum(), 0), 0.9)
    return (1 + r) / (1 - r)


def line_of(days, values):
    """Weeks since the first, slope, middle."""
    weeks, values = (np.array(days) - days[0]) / 7, np.array(values, float)
    slope = stats.theilslopes(values, weeks).slope
    return weeks, slope, np.median(values - slope * weeks)


def sen_interval(weeks, values, inflation):
    """theilslopes knows no inflation: equation 2.6 with the wider variance."""
    n = len(values)
    slopes = np.sort([(values[j] - values[i]) / (weeks[j] - weeks[i]) for i in range(n) for j in range(i + 1, n)])
    _, ties = np.unique(values, return_counts=True)
    sigma = math.sqrt((n * (n - 1) * (2 * n + 5) - sum(t * (t - 1) * (2 * t + 5) for t in ties)) / 18 * inflation)
    z = stats.norm.ppf(0.025)
    upper = min(round((len(slopes) - z * sigma) / 2), len(slopes) - 1)
    lower = max(round((len(slopes) + z * sigma) / 2) - 1, 0)
    return slopes[lower], slopes[upper]


def trend_of(weeks):
    days, values = [d for d, _, _ in weeks], np.array([t for _, t, _ in weeks], float)
    at, slope, _ = line_of(days, values)
    inflation = inflation_of(at, values, slope)
    _, p = mann_kendall(values, inflation)
    sign = None if abs(p - 0.05) < 1e-6 else sign_of(half_away(Fraction(10 * slope))) if p < 0.05 else 0
    return Estimated(slope, 0.1, sign, ESTIMATE, sen_interval(at, values, inflation))


def streak_of(weeks):
    def direction(i):
        (a, x, _), (b, y, _) = weeks[i - 1], weeks[i]
        return sign_of(y - x) if b - a == 7 else 0

    steps = [direction(i) for i in range(len(weeks) - 1, 0, -1)]
    n = 0
    while n < len(steps) and steps[n] and steps[n] == steps[0]:
        n += 1
    return n, steps[0] if steps else 0


def put_trends(facts, service):
    s, weeks, viewers = service.slug, service.weeks, service.viewers
    if len(weeks) >= 12:
        facts["trend", s] = trend_of(weeks[-104:])
    if len(weeks) > 13:
        facts["trend_recent", s] = trend_of(weeks[-13:])
    if len(weeks) >= 4:
        facts["recent_mean", s] = level(Fraction(sum(viewers[-4:]), 4))
    if len(weeks) >= 8 and sum(viewers[:4]):
        facts["growth", s] = changed(sum(viewers[-4:]), sum(viewers[:4]))
    length, direction = streak_of(weeks)
    if length >= 3:
        facts["streak", s] = Known(length, direction)


def pettitt(values):
    n, ranks = len(values), stats.rankdata(values)
    u = [abs(2 * ranks[:t].sum() - t * (n + 1)) for t in range(1, n)]
    at = int(np.argmax(u)) + 1
    return at, min(1, 2 * math.exp(-6 * max(u) ** 2 / (n**3 + n**2)))


def deviations(values):
    return np.abs(values - np.median(values)).sum()


def change_points(days, viewers, first, end):
    """Where the level changes between first and end, by binary segmentation."""
    logs = np.log1p(np.array(viewers[first:end], float))
    if end - first < 16 or np.ptp(logs) == 0:
        return []
    at, p = pettitt(logs)
    if p >= 0.01 or at < 8 or len(logs) - at < 8 or abs(np.median(logs[:at]) - np.median(logs[at:])) < math.log(1.2):
        return []
    weeks, slope, middle = line_of(days[first:end], logs)
    if deviations(logs[:at]) + deviations(logs[at:]) >= np.abs(logs - middle - slope * weeks).sum():
        return []
    return change_points(days, viewers, first, first + at) + [first + at] + change_points(days, viewers, first + at, end)


def without_equals(viewers, points):
    """Neighbouring levels differ by a fifth, else they are one: the two that are most alike first."""
    logs = np.log1p(np.array(viewers, float))
    while points:
        ends = [0, *points, len(viewers)]
        steps = [abs(np.median(logs[a:b]) - np.median(logs[b:c])) for a, b, c in zip(ends, ends[1:], ends[2:])]
        if min(steps) >= math.log(1.2):
            break
        points = points[: steps.index(min(steps))] + points[steps.index(min(steps)) + 1 :]
    return points


def put_levels(facts, service):
    weeks = service.weeks[-104:]
    days, viewers = [d for d, _, _ in weeks], [t for _, t, _ in weeks]
    points = without_equals(viewers, change_points(days, viewers, 0, len(weeks)))
    for first, at, end in zip([0, *points], points, [*points[1:], len(weeks)]):
        before, since = median_of(viewers[first:at]), median_of(viewers[at:end])
        if before:
            known = changed(since, before)
            known.marks |= UNUSUAL | ESTIMATE
            facts["change_point", service.slug, None, days[at]] = known


def seasons(facts, kind, slug, off, groups):
    """off: log of each number against what is usual then."""
    names = sorted(set(groups))
    split = [[o for o, g in zip(off, groups) if g == name] for name in names]
    if len(names) < 2 or len(set(off)) == 1 or stats.kruskal(*split).pvalue >= 0.05:
        return
    medians = [np.median(part) for part in split]
    for end, pick in (("high", max(medians)), ("low", min(medians))):
        if sign_of(pick) == (1 if end == "high" else -1):
            facts[f"{kind}_{end}", slug] = Estimated(100 * math.expm1(pick), 0.1)


def put_seasons(facts, service):
    days = [d for d, _, _ in service.weeks][-156:]
    if days[-1] - days[0] < 364:
        return
    logs = np.log1p(np.array(service.viewers[-156:], float))
    around = [np.median(logs[max(0, i - 6) : i + 7]) for i in range(len(logs))]
    places = [(date_of(d).day - 1) // 7 for d in days]
    if len(set(places)) == 5 and min(Counter(places).values()) >= 4:
        seasons(facts, "season_week", service.slug, list(logs - around), places)
    months = [date_of(d).month for d in days]
    if len(set(months)) == 12 and min(Counter(months).values()) >= 6:
        weeks, slope, middle = line_of(days, logs)
        seasons(facts, "season_month", service.slug, list(logs - middle - slope * weeks), months)


def runs_of_zeros(values):
    """The lengths of those between two weeks with viewers."""
    inner = "".join("v" if v else "0" for v in values).strip("0")
    return [len(run) for run in re.findall("0+", inner)]


def put_platforms(facts, service):
    s, weeks, total = service.slug, service.weeks, service.viewers
    for p in service.cells:
        numbers = service.on(p)
        there = [i for i, v in enumerate(numbers) if v]
        if not there:
            continue
        began, ended = there[0], there[-1]
        if began >= 4:
            facts["platform_started", s, p] = Known(weeks[began][0], 0, STARTED)
            facts["platform_first", s, p] = Known(numbers[began])
        away = len(weeks) - 1 - ended
        if away >= 4 and away > max(runs_of_zeros(numbers), default=0):
            facts["platform_ended", s, p] = Known(weeks[ended][0], 0, ENDED)
            facts["platform_last", s, p] = Known(numbers[ended])
        put_shift(facts, service, p, numbers, began >= 4 and began > max(0, len(weeks) - 60))


def put_shift(facts, service, p, numbers, is_new):
    s, total = service.slug, service.viewers
    earlier = min(52, len(numbers) - 8)
    if earlier < 8:
        return
    now, now_all = sum(numbers[-8:]), sum(total[-8:])
    before, before_all = sum(numbers[-8 - earlier : -8]), sum(total[-8 - earlier : -8])
    if not now_all or not before_all:
        return
    is_now, was = share(now, now_all), share(before, before_all)
    if is_now.value == was.value == 0:
        return
    is_now.sign = sign_of(is_now.value - was.value)
    facts["platform_share_now", s, p], facts["platform_share_before", s, p] = is_now, was
    if before and not is_new:
        facts["platform_change", s, p] = changed(Fraction(now, 8), Fraction(before, earlier))


def is_told(service, ahead, newest):
    """It goes on, and such forecasts were good enough."""
    last = service.weeks[-1][0]
    latest = sum(d > last - 182 for d, _, _ in service.weeks)
    error = ahead["mape"][ahead["method"]]
    held = ahead["tried"] < 20 or ahead["covered"] >= 0.6 * ahead["tried"]
    return latest >= 18 and newest - last < 21 and error is not None and error <= 0.4 and held


def put_weeks_ahead(facts, service, ahead, newest):
    s, last, viewers = service.slug, service.weeks[-1][0], service.viewers[-1]
    for h, (value, low, high) in enumerate(ahead["weeks"]):
        if last + 7 * (h + 1) > newest:
            sign = int(round(low) > viewers) - int(round(high) < viewers)
            facts["forecast", s, None, last + 7 * (h + 1)] = Estimated(value, 1, sign, ESTIMATE, (low, high))
    if last + 7 > newest and ahead["mean"]:
        value, low, high = ahead["mean"]
        facts["forecast_mean", s, None, last + 7] = Estimated(value, 1, 0, ESTIMATE, (low, high))


def put_forecast(facts, service, newest):
    s, ahead = service.slug, forecast([d for d, _, _ in service.weeks], service.viewers)
    if newest - service.weeks[-1][0] in range(21, 183):
        facts["behind", s] = Known(newest - service.weeks[-1][0], -1)
    if not ahead:
        return
    if is_told(service, ahead, newest):
        put_weeks_ahead(facts, service, ahead, newest)
    error, naive = ahead["mape"][ahead["method"]], ahead["mape"][0]
    if error is not None and naive is not None:
        facts["forecast_error", s], facts["forecast_error_naive", s] = Estimated(100 * error, 0.1), Estimated(100 * naive, 0.1)
        facts["forecast_tried", s] = Known(ahead["origins"])
    if ahead["tried"]:
        facts["forecast_coverage", s] = Estimated(100 * ahead["covered"] / ahead["tried"], 0.1)


class Event:
    def __init__(self, slug, name, start, days, cells):
        self.slug, self.name, self.start, self.cells = slug, name, start, cells
        self.totals = {}
        for i, day in enumerate(days):
            there = [column[i] for column in cells.values() if column[i] is not None]
            if there:
                self.totals[day] = sum(there)
        self.days = days
        self.viewers = sum(self.totals.values())

    def key(self):
        """Of the names that the tests give: words, an ordinal, a year."""
        return re.sub(r"\b(\d{4}|\d+(st|nd|rd|th))\b", "", self.name.lower()).split()

    def numbered(self):
        """Totals by the number of the day, and by how many days before it have the same; steps of a week or of a month are counted as one."""
        steps = [b - a for a, b in zip(self.days, self.days[1:])]
        step, places = min(steps, default=1), {d: d for d in self.days}
        if step >= 28:
            places = {d: 12 * date_of(d).year + date_of(d).month for d in self.days}
            step = min(b - a for a, b in zip(places.values(), list(places.values())[1:]) if b > a)
        elif step < 7:
            step = 1
        numbered, met = {}, Counter()
        for day in self.days:
            number = (places[day] - places[self.days[0]]) // step + 1
            met[number] += 1
            numbered[number, met[number]] = self.totals.get(day)
        return numbered


def put_event(facts, event, calendar):
    e = event.slug
    n, mean = len(event.totals), Fraction(event.viewers, max(1, len(event.totals)))
    if not n:
        return
    facts["event_total", e] = Known(event.viewers)
    facts["event_days", e] = Known(n)
    facts["event_mean", e] = level(mean)
    if n > 1:
        facts["event_peak", e] = Known(max(event.totals.values()), 0, RECORD_HIGH)
    if not event.viewers:
        return
    sums = {p: sum(v or 0 for v in c) for p, c in event.cells.items()}
    largest = max(sums, key=lambda p: sums[p])
    facts["event_platform_share", e, largest] = share(sums[largest], event.viewers)
    on = [p for p, c in event.cells.items() if any(v is not None for v in c)]
    weeks = [m for m in calendar.mondays if m <= calendar.latest and any(m in calendar.cells.get(p, {}) for p in on)]
    usual = [sum(calendar.cells[p][m] for p in on if p in calendar.cells) for m in weeks]
    if len(usual) >= 8 and median_of(usual):
        facts["event_usual_week", e] = level(median_of(usual))
        facts["event_against_week", e] = changed(mean, median_of(usual))


def put_edition(facts, event, events):
    earlier = [o for o in events if o.key() == event.key() and date_of(o.start).year < date_of(event.start).year]
    if not earlier:
        return
    before = max(earlier, key=lambda o: o.start)
    a, b = event.numbered(), before.numbered()
    both = [k for k in a.keys() & b.keys() if a[k] is not None and b[k] is not None]
    now, then = sum(a[k] for k in both), sum(b[k] for k in both)
    if then:
        facts["event_edition_change", event.slug] = changed(now, then)
        facts["event_edition_now", event.slug] = Known(now)
        facts["event_edition_before", event.slug] = Known(then)


def put_totals_of_all(facts, calendar, everything):
    facts["total", ALL] = Known(everything)
    for p, c in calendar.cells.items():
        if everything:
            facts["platform_total", ALL, p] = Known(sum(c.values()))
            facts["platform_share", ALL, p] = share(sum(c.values()), everything)


def put_all(facts, calendar):
    weekly = [m for m in calendar.mondays if m <= calendar.latest]
    put_week_of_all(facts, calendar)
    put_records(facts, ALL, [(m, calendar.totals[m]) for m in weekly], {p: [c[m] for m in weekly] for p, c in calendar.cells.items()}, True)


def facts_of(services, events):
    """By (kind, slug[, platform[, day]])."""
    facts, everything = {}, sum(sum(s.viewers) for s in services)
    services = [s for s in services if s.weeks]
    calendar = Calendar(services)
    for s in services:
        put_totals(facts, s, everything)
        put_week(facts, s)
        put_records(facts, s.slug, [(d, t) for d, t, _ in s.weeks], {p: s.on(p) for p in s.cells}, False)
        for put in (put_oddities, put_trends, put_levels, put_seasons, put_platforms):
            put(facts, s)
        put_forecast(facts, s, max(t.weeks[-1][0] for t in services))
    if services:
        put_totals_of_all(facts, calendar, everything)
        put_periods(facts, services, calendar)
    if len(services) > 1:
        put_all(facts, calendar)
    for event in events:
        put_event(facts, event, calendar)
        put_edition(facts, event, events)
    facts["services", ALL] = Known(len(services))
    if calendar.cells:
        facts["platforms", ALL] = Known(len(calendar.cells))
    if events:
        facts["events", ALL] = Known(len(events))
        record = max(events, key=lambda e: e.viewers)
        if len(events) > 1 and record.viewers:
            facts["event_record", ALL] = Known(record.viewers, 0, RECORD_HIGH)
    return facts


def id_of(key):
    kind, slug, platform, day = (*key, None, None)[:4]
    return ".".join([kind, slug, *([platform] if platform else []), *([str(date_of(day))] if day is not None else [])])
