/* What stands out of a row of periods. */
import type { Viewers } from '../api/types';
import type { Figure, Period } from './periods';

export interface Standing {
  /** undefined where there is no number. */
  latest: Period | undefined;
  /** The earliest of equals. */
  peak: Period | undefined;
  lowest: Period | undefined;
  all: Figure;
  /** Periods without a number. */
  gaps: number;
}

const extreme = (periods: readonly Period[], better: (a: number, b: number) => boolean) =>
  periods.reduce<Period | undefined>((best, period) => (best === undefined || better(period.all.sum!, best.all.sum!) ? period : best), undefined);

export function standingOf(periods: readonly Period[]): Standing {
  const counted = periods.filter((period) => period.all.sum !== null);
  const weeks = counted.reduce((n, period) => n + period.all.weeks, 0);
  return {
    latest: counted.at(-1),
    peak: extreme(counted, (a, b) => a > b),
    lowest: extreme(counted, (a, b) => a < b),
    all: { sum: counted.length ? counted.reduce((sum, period) => sum + period.all.sum!, 0) : null, weeks },
    gaps: periods.length - counted.length,
  };
}

/** The sum of what each period has of one platform, and of how many weeks. */
export function platformTotal(periods: readonly Period[], platform: string): Figure {
  return periods.reduce<Figure>((total, { by }) => {
    const { sum, weeks } = by[platform] ?? { sum: null, weeks: 0 };
    return { sum: sum === null ? total.sum : (total.sum ?? 0) + sum, weeks: total.weeks + weeks };
  }, { sum: null, weeks: 0 });
}

/** The mean of each place and the count - 1 before it; none where one of them has no number. */
export function movingAverage(values: readonly Viewers[], count: number): (number | null)[] {
  return values.map((_, i) => {
    const window = values.slice(Math.max(0, i + 1 - count), i + 1).filter((value): value is number => value !== null);
    return window.length < count ? null : window.reduce((sum, value) => sum + value, 0) / count;
  });
}
