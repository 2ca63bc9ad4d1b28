"""Holds the numbers of facts against SciPy, NumPy and exact fractions on random series: compare_facts.py PROGRAM [SEED]. Writes its counts to SP_COUNTS, where that is set."""

import datetime
import json
import math
import os
import subprocess
import sys
from fractions import Fraction

import numpy as np
from peer_forecast import forecast
from scipy import stats

SERIES = 300
FACT_SETS = 60
NEAR = 1e-9
FIRST_DAY = 20000


def near(a, b, relative=NEAR):
    return math.isclose(a, b, rel_tol=relative, abs_tol=1e-9)


class Peer:
    """Collects lines for the program together with what is to be compared, and runs it once."""

    def __init__(self, program):
        self.program, self.lines, self.checks, self.passed, self.failed = program, [], [], {}, 0

    def ask(self, name, numbers, check):
        self.lines.append(name + " " + " ".join(repr(n) for n in numbers))
        self.checks.append((name, check))

    def run(self):
        done = subprocess.run([self.program], input="\n".join(self.lines) + "\n", capture_output=True, text=True, check=True)
        for line, (name, check), asked in zip(done.stdout.splitlines(), self.checks, self.lines, strict=True):
            wrong = check(json.loads(line))
            if wrong:
                self.failed += 1
                print(f"  {name}: {wrong}\n    {asked[:300]}\n    {line[:300]}")
            else:
                self.passed[name] = self.passed.get(name, 0) + 1


def random_days(rng, n):
    """Weeks, with gaps and now and then another weekday."""
    steps = rng.choice([7, 7, 7, 7, 7, 7, 8, 6, 14, 49], n - 1)
    return [FIRST_DAY] + [int(d) for d in FIRST_DAY + np.cumsum(steps)]


def random_viewers(rng, n):
    kind, usual = rng.integers(5), 10 ** rng.uniform(0.5, 6)
    values = usual * np.exp(rng.normal(0, rng.uniform(0.02, 0.6), n))
    if kind == 1:
        values *= np.exp(np.arange(n) * rng.normal(0, 0.02))
    if kind == 2:
        values[n // 2 :] *= 1.8
    if kind == 3:
        values[rng.integers(n)] *= 20
    if kind == 4:
        values = rng.integers(0, 5, n)  # many ties
    return [int(v) for v in values]


def mann_kendall(values, inflation):
    """By its definition."""
    n = len(values)
    s = sum(np.sign(values[j] - values[i]) for i in range(n) for j in range(i + 1, n))
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


def ask_trend(peer, rng):
    n = int(rng.integers(3, 120))
    days, values = random_days(rng, n), np.array(random_viewers(rng, n), float)
    weeks = (np.array(days) - days[0]) / 7
    slope, _, low, high = stats.theilslopes(values, weeks, 0.95)
    z, p = mann_kendall(values, 1)

    def alone(got):
        # SciPy counts ties of y alone as we do: x has none.
        if not (near(got["slope"], slope) and near(got["low"], low) and near(got["high"], high)):
            return f"slope {slope} [{low}, {high}]"
        if not near(got["middle"], float(np.median(values - slope * weeks)), 1e-7):
            return "the line's middle"
        return None if near(got["z"], z) and near(got["p"], p, 1e-6) else f"z {z}, p {p}"

    inflation = inflation_of(weeks, values, slope)
    wider, wider_p = mann_kendall(values, inflation)

    def correlated(got):
        if not near(got["inflation"], inflation, 1e-6):
            return f"inflation {inflation}"
        ok = near(got["z"], wider, 1e-6) and near(got["p"], wider_p, 1e-5) and got["low"] <= low + NEAR and got["high"] >= high - NEAR
        return None if ok else f"with correlation z {wider}, p {wider_p}"

    pairs = [x for pair in zip(days, values.tolist()) for x in pair]
    peer.ask("trend", [1, n, *pairs], alone)
    peer.ask("trend", [0, n, *pairs], correlated)
    # Kendall's tau has the same numerator.
    tau = stats.kendalltau(weeks, values).statistic
    if not math.isnan(tau) and np.sign(round(tau, 12)) != np.sign(z) and abs(z) > 1e-9:
        raise AssertionError("the peers disagree with each other")


def ask_change(peer, rng):
    values = random_viewers(rng, int(rng.integers(4, 110)))
    n, ranks = len(values), stats.rankdata(values)
    u = [abs(2 * ranks[:t].sum() - t * (n + 1)) for t in range(1, n)]
    at, p = int(np.argmax(u)) + 1, min(1, 2 * math.exp(-6 * max(u) ** 2 / (n**3 + n**2)))
    peer.ask("change", [n, *values], lambda got: None if got["at"] == at and near(got["p"], p) else f"at {at}, p {p}")


def ask_groups(peer, rng):
    count, n = int(rng.integers(2, 12)), int(rng.integers(10, 200))
    values, groups = random_viewers(rng, n), [int(g) for g in rng.integers(0, count, n)]
    split = [[v for v, g in zip(values, groups) if g == k] for k in range(count)]
    split = [part for part in split if part]
    if len(split) < 2 or len(set(values)) == 1:
        return
    p = stats.kruskal(*split).pvalue
    pairs = [x for pair in zip(values, groups) for x in pair]
    peer.ask("groups", [count, n, *pairs], lambda got: None if math.isclose(got["p"], p, rel_tol=1e-6, abs_tol=1e-14) else f"p {p}")


def scale_of(values):
    mad = stats.median_abs_deviation(values)
    return mad / 0.6745 if mad > 0 else 1.253314 * np.mean(np.abs(values - np.median(values)))


def ask_robust(peer, rng):
    values = np.array(random_viewers(rng, int(rng.integers(3, 110))), float)
    median, scale = float(np.median(values)), float(scale_of(values))
    z = abs(values[-1] - median) / scale if scale > 0 else 0

    def check(got):
        return None if near(got["median"], median) and near(got["scale"], scale) and near(got["z"], z) else f"{median} {scale} {z}"

    peer.ask("robust", [len(values), *values.tolist()], check)


def outliers_of(viewers, factor):
    if len(viewers) < 8:
        return []
    logs = np.log1p(np.array(viewers, float))
    off, scale = logs - np.median(logs), scale_of(logs)
    return [(i, o / scale) for i, o in enumerate(off) if scale > 0 and abs(o) / scale > 3.5 and abs(o) >= math.log(factor)]


def ask_outlier(peer, rng):
    viewers, factor = random_viewers(rng, int(rng.integers(5, 110))), float(rng.choice([2.0, 3.0]))
    want = outliers_of(viewers, factor)

    def check(got):
        same = len(want) == len(got["found"]) and all(i == j and near(a, b) for (i, a), (j, b) in zip(want, got["found"]))
        return None if same else f"{want}"

    peer.ask("outlier", [factor, len(viewers), *viewers], check)


def ask_forecast(peer, rng):
    n = int(rng.integers(20, 130))
    days, viewers = random_days(rng, n), random_viewers(rng, n)
    want = forecast(days, viewers)

    def check(got):
        if want is None or not got:
            return None if want is None and not got else f"{want}"
        # Two methods may be as good as each other but for the last digit.
        same = got["method"] == want["method"] or near(want["mae"][got["method"]], want["mae"][want["method"]])
        for (count, mae), other in zip(got["mae"], want["mae"]):
            same = same and (count == 0 if other is None else near(mae, other, 1e-7))
        if got["method"] == want["method"]:
            same = same and all(near(a, b, 1e-7) for x, y in zip(got["weeks"], want["weeks"]) for a, b in zip(x, y))
            same = same and (got["mean"] is None) == (want["mean"] is None) and all(near(a, b, 1e-7) for a, b in zip(got["mean"] or [], want["mean"] or []))
            same = same and (got["covered"], got["tried"]) == (want["covered"], want["tried"])
        return None if same else f"{want}"

    peer.ask("forecast", [n, *[x for pair in zip(days, viewers) for x in pair]], check)


def half_away(fraction):
    """The nearest whole number, halves away from zero."""
    return int(math.copysign(math.floor(abs(fraction) + Fraction(1, 2)), fraction)) if fraction else 0


def percent(now, before):
    return half_away(Fraction(1000) * (now - before) / before) / 10


def day_of(n):
    return datetime.date(1970, 1, 1) + datetime.timedelta(days=n)


def month_facts(weeks):
    """weeks: (day, total). The latest whole month, and what it is compared with."""
    by_month = {}
    for day, total in weeks:
        by_month.setdefault(day_of(day).strftime("%Y-%m"), []).append(total)
    last, after = day_of(weeks[-1][0]), day_of(weeks[-1][0] + 7)
    month = last.replace(day=1)
    if after.month == last.month:
        month = (month - datetime.timedelta(days=1)).replace(day=1)
    before = (month - datetime.timedelta(days=1)).replace(day=1)
    now, earlier = (by_month.get(m.strftime("%Y-%m"), []) for m in (month, before))
    if len(now) < 2:
        return {}
    mean = Fraction(sum(now), len(now))
    facts = {"month_mean": half_away(mean)}
    if len(earlier) >= 2 and sum(earlier):
        facts["month_change"] = percent(mean, Fraction(sum(earlier), len(earlier)))
    return facts


def service_facts(days, cells):
    """cells: by platform; -1 for none. What must be there, by kind, or by kind and platform."""
    totals = [sum(v for v in column if v >= 0) if any(v >= 0 for v in column) else None for column in zip(*cells)]
    weeks = [(d, t) for d, t in zip(days, totals) if t is not None]
    viewers, facts = [t for _, t in weeks], {}
    facts["total"], facts["weeks"] = sum(viewers), len(weeks)
    facts["mean"] = half_away(Fraction(sum(viewers), len(weeks)))
    facts["usual"] = half_away(Fraction(np.median(np.array(viewers, dtype=object))) if len(viewers) % 2 else Fraction(sum(sorted(viewers)[len(viewers) // 2 - 1 : len(viewers) // 2 + 1]), 2))
    facts["week_total"] = viewers[-1]
    by_day = dict(weeks)
    row = {d: [column[i] for column in cells] for i, d in enumerate(days)}
    last = weeks[-1][0]
    if last - 7 in by_day:
        before = by_day[last - 7]
        facts["week_before"], facts["week_difference"] = before, viewers[-1] - before
        if before:
            facts["week_change"] = percent(viewers[-1], before)
        for c, (now, then) in enumerate(zip(row[last], row[last - 7])):
            if max(now, 0) != max(then, 0):
                facts["week_difference_platform", c] = max(now, 0) - max(then, 0)
    if last - 364 in by_day and by_day[last - 364]:
        facts["week_change_year"] = percent(viewers[-1], by_day[last - 364])
    if len(weeks) >= 4 and max(viewers) != min(viewers):
        facts["record_high"], facts["record_low"] = max(viewers), min(viewers)
    if len(weeks) >= 8 and sum(viewers[:4]):
        facts["growth"] = percent(sum(viewers[-4:]), sum(viewers[:4]))
    gaps = [b - a for (a, _), (b, _) in zip(weeks, weeks[1:]) if b - a > 7]
    if gaps:
        facts["gaps"] = len(gaps)
    streak = streak_of(weeks)
    if streak >= 3:
        facts["streak"] = streak
    for c, column in enumerate(cells):
        if sum(viewers) and any(v >= 0 for v in column):
            facts["platform_total", c] = sum(max(v, 0) for v in column)
    return facts | month_facts(weeks)


def streak_of(weeks):
    def direction(i):
        (a, x), (b, y) = weeks[i - 1], weeks[i]
        return int(np.sign(y - x)) if b - a == 7 else 0

    n, first = 0, direction(len(weeks) - 1) if len(weeks) > 1 else 0
    while first and len(weeks) - 1 - n >= 1 and direction(len(weeks) - 1 - n) == first:
        n += 1
    return n


EXACT = ("total weeks mean usual week_total week_before week_difference week_change week_difference_platform week_change_year record_high record_low growth gaps streak "
         "platform_total month_mean month_change").split()


def ask_facts(peer, rng):
    services, numbers, want = int(rng.integers(1, 4)), [], {}
    for s in range(services):
        n, platforms = int(rng.integers(2, 90)), int(rng.integers(1, 6))
        days = random_days(rng, n)
        cells = [[v if rng.random() > 0.08 else -1 for v in random_viewers(rng, n)] for _ in range(platforms)]
        cells[0] = [max(v, 0) for v in cells[0]]  # each week has a number
        numbers += [n, platforms, *days, *[v for column in cells for v in column]]
        for key, value in service_facts(days, cells).items():
            kind, platform = key if isinstance(key, tuple) else (key, None)
            want[f"{kind}.s{s}" + ("" if platform is None else f".p{platform}")] = value
    want["total._all"] = sum(v for k, v in want.items() if k.startswith("total.s"))

    def check(got):
        there = {k: v[0] for k, v in got.items() if k.split(".")[0] in EXACT and k.split(".")[1] != "_all"} | {"total._all": got["total._all"][0]}
        differs = {k: (there.get(k), want.get(k)) for k in there.keys() | want.keys() if there.get(k) != want.get(k)}
        return f"ours, theirs: {differs}" if differs else None

    peer.ask("facts", [services, *numbers], check)


def main():
    peer = Peer(sys.argv[1])
    rng = np.random.default_rng(int(sys.argv[2]) if len(sys.argv) > 2 else 7)
    for _ in range(SERIES):
        for ask in (ask_trend, ask_change, ask_groups, ask_robust, ask_outlier, ask_forecast):
            ask(peer, rng)
    for _ in range(FACT_SETS):
        ask_facts(peer, rng)
    peer.run()
    passed = sum(peer.passed.values())
    for name, count in peer.passed.items():
        print(f"  {name:<10} {count} series alike")
    if os.environ.get("SP_COUNTS"):
        with open(os.environ["SP_COUNTS"], "w", encoding="ascii") as out:
            out.write(f"{passed} {peer.failed}\n")
    print(f"facts against SciPy: {passed} passed, {peer.failed} failed")
    return 1 if peer.failed else 0


if __name__ == "__main__":
    sys.exit(main())
