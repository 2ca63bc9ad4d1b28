"""Values of facts as core/fact.h has them: known to the last digit, or a model's before it was rounded."""

import datetime
import math
from fractions import Fraction

RECORD_HIGH, RECORD_LOW, DOUBLED, HALVED, STARTED, ENDED, UNUSUAL, ESTIMATE = (1 << i for i in range(8))
ALL = "_all"


def sign_of(x):
    return int(x > 0) - int(x < 0)


def half_away(fraction):
    """The nearest whole number, halves away from zero."""
    return sign_of(fraction) * math.floor(abs(fraction) + Fraction(1, 2))


def tenths(fraction):
    return half_away(10 * fraction) / 10


def percent(now, before):
    return tenths(100 * Fraction(now - before) / before)


def median_of(values):
    """Exact."""
    v = sorted(values)
    return Fraction(v[(len(v) - 1) // 2] + v[len(v) // 2], 2)


def date_of(day):
    return datetime.date(1970, 1, 1) + datetime.timedelta(days=int(day))


def day_of(date):
    return (date - datetime.date(1970, 1, 1)).days


def monday_of(day):
    return day - date_of(day).weekday()


class Known:
    """A value that must be met to the last digit."""

    def __init__(self, value, sign=0, marks=0):
        self.value, self.sign, self.marks = value, sign, marks

    def differs(self, got):
        value, sign, marks, *_ = got
        return (value, sign, marks) != (self.value, self.sign, self.marks)

    def __repr__(self):
        return f"{self.value} sign {self.sign} marks {self.marks}"


class Estimated(Known):
    """A number of a model before it was rounded to a step, with its interval."""

    def __init__(self, value, step, sign=None, marks=ESTIMATE, interval=None):
        super().__init__(value, sign, marks)
        self.step, self.interval = step, interval

    def is_off(self, got, wanted):
        return abs(got - wanted) > self.step / 2 + 1e-6 * max(1, abs(wanted))

    def differs(self, got):
        value, sign, marks, low, high = got
        sign_wanted = sign if self.sign is None else self.sign
        off = self.is_off(value, self.value) or (sign, marks) != (sign_wanted, self.marks)
        return off or (self.interval is not None and any(self.is_off(a, b) for a, b in zip((low, high), self.interval)))

    def __repr__(self):
        return f"{super().__repr__()} interval {self.interval}"


def change_marks(now, before):
    return (DOUBLED if now >= 2 * before else 0) | (HALVED if 2 * now <= before else 0)


def changed(now, before):
    value = percent(now, before)
    return Known(value, sign_of(value), change_marks(now, before))


def level(value, sign=0, marks=0):
    return Known(half_away(Fraction(value)), sign, marks)


def share(part, whole, sign=0):
    return Known(tenths(100 * Fraction(part) / whole), sign)
