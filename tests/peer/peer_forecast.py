"""The forecast of core/forecast.h once more, from its header alone, in NumPy."""

import math

import numpy as np

WEEKS, ORIGINS, HORIZON, LEVEL = 104, 26, 4, 0.8


def lay_out(days, viewers):
    """One place a week, NaN where there is none; a week that begins on another weekday keeps its turn."""
    places = [0]
    for a, b in zip(days, days[1:]):
        places.append(places[-1] + max(1, (b - a + 3) // 7))
    y = np.full(places[-1] + 1, np.nan)
    y[places] = np.log1p(np.array(viewers, float))
    y = y[-WEEKS:]
    return y[np.flatnonzero(~np.isnan(y))[0] :]


def known(y):
    return y[~np.isnan(y)]


def smooth(y, alpha):
    level, squares = y[0], 0.0
    for value in y[1:]:
        if not np.isnan(value):
            squares += (value - level) ** 2
            level += alpha * (value - level)
    return level, squares


def best_smoothing(y):
    tried = [(smooth(y, a), a) for a in np.arange(1, 10) / 10]
    (level, _), alpha = min(tried, key=lambda t: t[0][1])
    return level, alpha


def damped(y):
    best = None
    for alpha in (0.2, 0.5, 0.8):
        for beta in (0.1, 0.3):
            for phi in (0.8, 0.95):
                level, slope, squares = y[0], 0.0, 0.0
                for value in y[1:]:
                    ahead, slope = level + phi * slope, phi * slope
                    level = ahead
                    if not np.isnan(value):
                        error = value - ahead
                        squares += error**2
                        level, slope = ahead + alpha * error, slope + alpha * beta * error
                if best is None or squares < best[0]:
                    best = (squares, level, slope, phi)
    _, level, slope, phi = best
    return [level + slope * sum(phi**k for k in range(1, h + 1)) for h in range(1, HORIZON + 1)]


def theta(y):
    level, alpha = best_smoothing(y)
    t = np.flatnonzero(~np.isnan(y))
    drift = np.polyfit(t, y[t], 1)[0] / 2
    lag = (1 - (1 - alpha) ** len(y)) / alpha
    return [level + drift * (h + lag) for h in range(HORIZON)]


def season(y):
    if len(y) < 52:
        return None
    ahead = y[len(y) - 52 : len(y) - 52 + HORIZON]
    return None if np.isnan(ahead).any() else list(ahead)


METHODS = (
    lambda y: [y[-1]] * HORIZON,
    lambda y: [np.median(known(y)[-8:])] * HORIZON,
    lambda y: [best_smoothing(y)[0]] * HORIZON,
    damped,
    theta,
    season,
)


def viewers_of(y):
    return min(max(math.expm1(min(y, 40)), 0), 1e12)


def reach(errors, until):
    """errors: (week in which it was known, |error|)."""
    off = sorted(e for week, e in errors if week <= until)
    return off[min(math.ceil(LEVEL * (len(off) + 1)), len(off)) - 1] if len(off) >= 8 else None


def mean_of(weeks):
    return float(np.mean([viewers_of(w) for w in weeks]))


def mean_ahead(y, origins, trials, ahead):
    """The mean of the horizon, with an interval from the errors of such means after which all of the horizon is known."""
    errors = []
    for t, tried in zip(origins, trials):
        target = y[t + 1 : t + 1 + HORIZON]
        if len(target) == HORIZON and not np.isnan(target).any():
            errors.append((0, abs(math.log1p(mean_of(target)) - math.log1p(mean_of(tried)))))
    r, center = reach(errors, 0), math.log1p(mean_of(ahead))
    return None if r is None else [viewers_of(center), viewers_of(center - r), viewers_of(center + r)]


def forecast(days, viewers):
    y = lay_out(days, viewers)
    there = np.flatnonzero(~np.isnan(y))
    if len(there) < 26:
        return None
    origins = [int(t) for t in there[12 - 1 : -1]][-ORIGINS:]
    maes, trials = [], []
    for method in METHODS:
        ahead = [method(y[: t + 1]) for t in origins]
        trials.append(ahead)
        if any(a is None for a in ahead):
            maes.append(None)
            continue
        off = [abs(viewers_of(ahead[i][h]) - viewers_of(y[t + 1 + h])) for i, t in enumerate(origins) for h in range(HORIZON) if t + 1 + h < len(y) and not np.isnan(y[t + 1 + h])]
        maes.append(float(np.mean(off)) if off else None)
    usable = [m for m, mae in enumerate(maes) if mae is not None and METHODS[m](y) is not None]
    if not usable:
        return None
    chosen = min(usable, key=lambda m: (maes[m], m))
    ahead = METHODS[chosen](y)
    errors = [[(t + 1 + h, abs(y[t + 1 + h] - trials[chosen][i][h])) for i, t in enumerate(origins) if t + 1 + h < len(y) and not np.isnan(y[t + 1 + h])] for h in range(HORIZON)]
    weeks, covered, tried = [], 0, 0
    for h in range(HORIZON):
        r = reach(errors[h], len(y))
        if r is None:
            return None
        weeks.append([viewers_of(ahead[h]), viewers_of(ahead[h] - r), viewers_of(ahead[h] + r)])
        for week, error in errors[h]:
            r = reach(errors[h], week - 1 - h)
            tried += r is not None
            covered += r is not None and error <= r * (1 + 1e-12)  # errors are often equal, but for the last digit
    mean = mean_ahead(y, origins, trials[chosen], ahead)
    return {"method": chosen, "weeks": weeks, "mean": mean, "mae": maes, "covered": covered, "tried": tried}
