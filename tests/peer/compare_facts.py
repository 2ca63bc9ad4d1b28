"""Holds the numbers of facts against SciPy, NumPy and exact fractions on random series: compare_facts.py PROGRAM [SEED]. Writes its counts to SP_COUNTS, where that is set."""

import json
import math
import os
import re
import subprocess
import sys

import numpy as np
from peer_facts import Event, Service, facts_of, id_of, inflation_of, mann_kendall, outliers_of, robust_scale
from peer_forecast import forecast
from peer_values import date_of
from scipy import stats

SERIES = 300
STORES = 120
NEAR = 1e-9
FIRST_DAY = 20000
KINDS = os.path.join(os.path.dirname(__file__), "../../mod_streampulse/core/insight_kinds.c")


def near(a, b, relative=NEAR):
    return math.isclose(a, b, rel_tol=relative, abs_tol=1e-9)


class Peer:
    """Collects lines for the program together with what is to be compared, and runs it once."""

    def __init__(self, program):
        self.program, self.lines, self.checks, self.passed, self.failed, self.kinds = program, [], [], {}, 0, {}

    def ask(self, name, numbers, check):
        self.lines.append(name + " " + " ".join(n if isinstance(n, str) else repr(n) for n in numbers))
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


def ask_robust(peer, rng):
    values = np.array(random_viewers(rng, int(rng.integers(3, 110))), float)
    median, scale = float(np.median(values)), float(robust_scale(values))
    z = abs(values[-1] - median) / scale if scale > 0 else 0

    def check(got):
        return None if near(got["median"], median) and near(got["scale"], scale) and near(got["z"], z) else f"{median} {scale} {z}"

    peer.ask("robust", [len(values), *values.tolist()], check)


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


PLATFORMS, EVENT_NAMES = 7, ("Big Days", "3rd Harvest", "Carols", "Harvest")


def random_column(rng, n):
    """Viewers of one platform: it may begin late (with zeros or nothing before), end, lack weeks, and have zeros."""
    column = random_viewers(rng, n) if n > 1 else [int(rng.integers(0, 1000))]
    begins, ends = (int(rng.integers(0, n)) if rng.random() < 0.3 else 0), (int(rng.integers(0, n)) if rng.random() < 0.15 else n)
    before = [None, 0][int(rng.integers(2))]
    holes, zeros = rng.choice([0, 0.05, 0.3]), rng.choice([0, 0.02, 0.3])
    column = [before if i < begins else None if i >= ends else v for i, v in enumerate(column)]
    return [None if rng.random() < holes else 0 if v is not None and rng.random() < zeros else v for v in column]


def random_season(rng, days):
    """What each week is multiplied with: the months, or the first week of them."""
    months, first = rng.normal(1, 0.3, 13), 1.0 + rng.choice([0, 0.5])
    by_month = rng.random() < 0.5
    return [max(0.1, months[date_of(d).month] if by_month else first if date_of(d).day <= 7 else 1.0) for d in days]


def random_service(rng, slug, first):
    n = int(rng.choice([1, 2, 3, int(rng.integers(4, 30)), int(rng.integers(30, 90)), int(rng.integers(90, 170))]))
    days = [first + d - FIRST_DAY for d in random_days(rng, n)] if rng.random() < 0.5 else [first + 7 * i for i in range(n)]
    season = random_season(rng, days) if rng.random() < 0.5 else [1] * n
    chosen = sorted(rng.choice(PLATFORMS, int(rng.integers(1, 6)), replace=False))
    cells = {f"p{c}": [None if v is None else int(v * f) for v, f in zip(random_column(rng, n), season)] for c in chosen}
    if rng.random() < 0.05:
        cells = {p: [None if v is None else 0 for v in column] for p, column in cells.items()}
    kept = [i for i in range(n) if any(column[i] is not None for column in cells.values())]  # what has no number is not stored
    return Service(slug, [days[i] for i in kept], {p: [column[i] for i in kept] for p, column in cells.items() if any(v is not None for v in column)})


def random_event(rng, slug, start):
    n, year = int(rng.integers(1, 25)), date_of(start).year
    step = int(rng.choice([1, 1, 1, 7, 28]))
    days = sorted({start + step * int(i) for i in rng.choice(25, n, replace=False)} | {start})
    name = str(rng.choice(EVENT_NAMES)) + (f" {year}" if rng.random() < 0.5 else "")
    chosen = sorted(rng.choice(PLATFORMS, int(rng.integers(1, 4)), replace=False))
    cells = {f"p{c}": [int(v) if rng.random() > 0.1 else None for v in rng.integers(0, 5000, len(days))] for c in chosen}
    first = cells[f"p{chosen[0]}"]
    cells[f"p{chosen[0]}"] = [v or 0 for v in first]
    return Event(slug, name, start, days, cells)


def random_store(rng):
    first = FIRST_DAY + int(rng.integers(0, 400))
    services = [random_service(rng, f"s{i}", first + int(rng.choice([0, 2, 70, 365]))) for i in range(int(rng.integers(0, 5)))]
    services = [s for s in services if s.days]
    for i, s in enumerate(services):
        s.slug = f"s{i}"
    starts = sorted(first + int(d) for d in rng.choice(1500, int(rng.integers(0, 7)), replace=False))
    return services, [random_event(rng, f"e{i}", start) for i, start in enumerate(starts)]


def table_numbers(days, cells):
    platforms = [int(p[1:]) for p in cells]
    return [len(days), len(platforms), *platforms, *days, *[-1 if v is None else v for column in cells.values() for v in column]]


def ask_facts(peer, rng):
    services, events = random_store(rng)
    words = [len(services)]
    for s in services:
        words += table_numbers(s.days, s.cells)
    words.append(len(events))
    for e in events:
        words += [e.name.replace(" ", "_"), *table_numbers(e.days, e.cells)]
    want = {id_of(key): fact for key, fact in facts_of(services, events).items()}

    def check(got):
        differs = {k: (got.get(k), want.get(k)) for k in got.keys() | want.keys() if k not in got or k not in want or want[k].differs(got[k])}
        for k in got:
            peer.kinds[k.split(".")[0]] = peer.kinds.get(k.split(".")[0], 0) + 1
        return f"ours, theirs: {differs}" if differs else None

    peer.ask("facts", words, check)


def main():
    peer = Peer(sys.argv[1])
    rng = np.random.default_rng(int(sys.argv[2]) if len(sys.argv) > 2 else 7)
    for _ in range(SERIES):
        for ask in (ask_trend, ask_change, ask_groups, ask_robust, ask_outlier, ask_forecast):
            ask(peer, rng)
    for _ in range(STORES):
        ask_facts(peer, rng)
    peer.run()
    passed = sum(peer.passed.values())
    with open(KINDS, encoding="ascii") as text:
        missed = [kind for kind in re.findall(r'^    {"(\w+)", SP_ROLE', text.read(), re.M) if kind not in peer.kinds]
    if missed:
        peer.failed += 1
        print(f"  no store had a fact of: {', '.join(missed)}")
    for name, count in peer.passed.items():
        print(f"  {name:<10} {count} {'stores' if name == 'facts' else 'series'} alike")
    print(f"  {sum(peer.kinds.values())} facts of {len(peer.kinds)} kinds")
    if os.environ.get("SP_COUNTS"):
        with open(os.environ["SP_COUNTS"], "w", encoding="ascii") as out:
            out.write(f"{passed} {peer.failed}\n")
    print(f"facts against SciPy: {passed} passed, {peer.failed} failed")
    return 1 if peer.failed else 0


if __name__ == "__main__":
    sys.exit(main())
