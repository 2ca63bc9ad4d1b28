import { describe, expect, it } from 'vitest';
import type { Viewers } from '../api/types';
import { addDays } from '../time/day';
import { growthOf } from './growth';
import { alignPeriods, boundsOf, changeFrom, meanOf, periodsOf, type PeriodOptions } from './periods';
import { rankServices } from './ranking';
import { platformPeriods, sayPeriods, sumsOf } from './sentence';
import { movingAverage, platformTotal, standingOf } from './standing';
import type { Week } from './weeks';

const week = (start: string, y: Viewers, z: Viewers = null): Week => ({ start, end: addDays(start, 6), total: y === null && z === null ? null : (y ?? 0) + (z ?? 0), viewers: { y, z } });
const run = (first: string, ...totals: Viewers[]) => totals.map((total, i) => week(addDays(first, 7 * i), total)).filter((one) => one.total !== null);
const options = (more: Partial<PeriodOptions> = {}): PeriodOptions => ({ interval: 'week', range: {}, today: '2026-11-21', ...more });

describe('boundsOf', () => {
  it.each([
    ['week', '2025-01-05', '2024-12-30', '2025-01-05'],
    ['week', '2025-01-06', '2025-01-06', '2025-01-12'],
    ['week', '1969-12-31', '1969-12-29', '1970-01-04'],
    ['month', '2024-02-29', '2024-02-01', '2024-02-29'],
    ['month', '2025-12-31', '2025-12-01', '2025-12-31'],
    ['quarter', '2025-12-28', '2025-10-01', '2025-12-31'],
    ['year', '2025-06-01', '2025-01-01', '2025-12-31'],
  ] as const)('the %s of %s is from %s to %s', (interval, day, start, end) => expect(boundsOf(day, interval)).toEqual({ start, end }));
});

describe('periodsOf weeks', () => {
  const weeks = run('2025-01-05', 10, 20, null, 0, 30);
  it('shows gaps, and compares with the week before, not with the row before', () => {
    const periods = periodsOf(weeks, options());
    expect(periods.map((period) => [period.start, period.all.sum, period.before?.all.sum])).toEqual([
      ['2025-01-05', 10, undefined], ['2025-01-12', 20, 10], ['2025-01-19', null, 20], ['2025-01-26', 0, undefined], ['2025-02-02', 30, 0],
    ]);
    expect(periods.map((period) => changeFrom(period.all, period.before?.all).kind)).toEqual(['none', 'change', 'none', 'none', 'new']);
  });
  it('looks the week before up outside the range', () => {
    const [only, ...none] = periodsOf(weeks, options({ range: { from: '2025-01-12', to: '2025-01-12' } }));
    expect(none).toEqual([]);
    expect(only).toMatchObject({ all: { sum: 20 }, before: { all: { sum: 10 } } });
  });
  it('keeps a gap at the edge of the range', () => expect(periodsOf(weeks, options({ range: { from: '2025-01-15', to: '2025-01-20' } })).map((period) => period.all.sum)).toEqual([null]));
  it('has nothing of nothing, nor of a range without weeks', () => {
    expect(periodsOf([], options())).toEqual([]);
    expect(periodsOf(weeks, options({ range: { from: '2027-01-01' } }))).toEqual([]);
  });
  it('puts services of different weekdays into the same weeks', () => {
    const one = periodsOf(run('2025-01-03', 1, 2), options({ calendarWeeks: true })), other = periodsOf(run('2025-01-05', 5, 6), options({ calendarWeeks: true }));
    const { places, rows } = alignPeriods([one, other]);
    expect(places.map((place) => place.start)).toEqual(['2024-12-30', '2025-01-06']);
    expect(rows.map((row) => sumsOf(row))).toEqual([[1, 2], [5, 6]]);
  });
});

describe('periodsOf months', () => {
  const weeks = run('2024-12-29', 4, 10, 10, 10, 10, 20, 20);
  const months = (more: Partial<PeriodOptions> = {}) => periodsOf(weeks, options({ interval: 'month', ...more }));
  it('a week belongs to the month of its first day', () => expect(months().map((one) => [one.start, one.end, one.all.sum, one.all.weeks])).toEqual([['2024-12-01', '2024-12-31', 4, 1], ['2025-01-01', '2025-01-31', 40, 4], ['2025-02-01', '2025-02-28', 40, 2]]));
  it('compares what there is per week', () => {
    const [, january, february] = months();
    expect(meanOf(february!.all)).toBe(20);
    expect(changeFrom(february!.all, february!.before!.all)).toEqual({ kind: 'change', by: 10, ratio: 1 });
    expect(january!.before!.all.sum).toBe(4);
  });
  it('says which is still running, and which the range cuts', () => {
    expect(months({ today: '2025-02-10' }).map((one) => one.state)).toEqual(['whole', 'whole', 'running']);
    expect(months({ range: { from: '2025-01-10' } }).map((one) => [one.state, one.all.sum])).toEqual([['cut', 30], ['whole', 40]]);
    expect(months({ range: { from: '2025-01-02' } })[0]!.state).toBe('whole');
    expect(months({ range: { to: '2025-02-05' } }).at(-1)!.state).toBe('cut');
  });
  it('shows a month that has no week with a number', () => {
    const far = periodsOf([...run('2025-01-05', 1), ...run('2025-03-02', 2)], options({ interval: 'month' }));
    expect(far.map((one) => [one.start, one.all.sum, one.before?.start])).toEqual([['2025-01-01', 1, undefined], ['2025-02-01', null, '2025-01-01'], ['2025-03-01', 2, undefined]]);
  });
  it('sums quarters and years over their ends', () => {
    expect(periodsOf(weeks, options({ interval: 'quarter' })).map((one) => [one.start, one.all.sum])).toEqual([['2024-10-01', 4], ['2025-01-01', 80]]);
    expect(periodsOf(weeks, options({ interval: 'year' })).map((one) => [one.start, one.all.sum, one.all.weeks])).toEqual([['2024-01-01', 4, 1], ['2025-01-01', 80, 6]]);
  });
  it('counts for a platform only the weeks in which it has a number', () => {
    const [one] = periodsOf([week('2025-01-05', 10, null), week('2025-01-12', 20, 0)], options({ interval: 'month' }));
    expect(one!.by).toEqual({ y: { sum: 30, weeks: 2 }, z: { sum: 0, weeks: 1 } });
  });
});

describe('standingOf', () => {
  it('takes the earliest of equals, and counts gaps', () => {
    const periods = periodsOf(run('2025-01-05', 5, 9, null, 9, 5), options());
    const standing = standingOf(periods);
    expect([standing.peak?.start, standing.lowest?.start, standing.latest?.start, standing.all, standing.gaps]).toEqual(['2025-01-12', '2025-01-05', '2025-02-02', { sum: 28, weeks: 4 }, 1]);
  });
  it('knows nothing of nothing', () => expect(standingOf([])).toEqual({ latest: undefined, peak: undefined, lowest: undefined, all: { sum: null, weeks: 0 }, gaps: 0 }));
  it('sums a platform', () => {
    const periods = periodsOf([week('2025-01-05', 1, 0), week('2025-01-12', 2)], options());
    expect(platformTotal(periods, 'z')).toEqual({ sum: 0, weeks: 1 });
    expect(platformTotal(periods, 'other')).toEqual({ sum: null, weeks: 0 });
  });
});

describe('movingAverage', () => {
  it('needs all of its weeks', () => expect(movingAverage([1, 3, null, 5, 7, 0], 2)).toEqual([null, 2, null, null, 6, 3.5]));
  it('has none of too few', () => expect(movingAverage([1], 4)).toEqual([null]));
});

describe('growthOf', () => {
  it('compares the first four weeks with the last four', () => {
    const growth = growthOf(run('2025-01-05', 10, 10, null, 10, 10, 0, 20, 20, 20, 20));
    expect(growth).toMatchObject({ first: 10, last: 20, firstFrom: '2025-01-05', firstTo: '2025-02-08', lastFrom: '2025-02-16', change: { kind: 'change', ratio: 1 } });
  });
  it('has nothing to say of fewer than eight weeks', () => expect(growthOf(run('2025-01-05', 1, 2, 3, 4, 5, 6, 7))).toBeNull());
  it('from zero is new', () => expect(growthOf(run('2025-01-05', 0, 0, 0, 0, 1, 1, 1, 1))?.change).toEqual({ kind: 'new', by: 1 }));
});

describe('rankServices', () => {
  const service = (id: string, ...totals: Viewers[]) => ({ id, name: id, color: '#111111', periods: periodsOf(run('2025-01-05', ...totals), options()) });
  it('puts the most watched first, equals at the same rank, and those without numbers last', () => {
    const rows = rankServices([service('none'), service('a', 5, 5), service('b', 20), service('c', 0, 10)]);
    expect(rows.map((row) => [row.id, row.rank, row.total, row.share])).toEqual([['b', 1, 20, 0.5], ['a', 2, 10, 0.25], ['c', 2, 10, 0.25], ['none', 4, null, null]]);
    expect(rows.map((row) => row.change.kind)).toEqual(['none', 'same', 'new', 'none']);
  });
});

describe('sayPeriods', () => {
  const say = (...totals: Viewers[]) => sayPeriods(periodsOf(run('2025-01-05', ...totals), options({ interval: 'year' })), 'year');
  it('says highest, lowest, latest and gaps', () => {
    /* Formatters put narrow spaces into ranges. */
    expect(sayPeriods(periodsOf(run('2025-01-05', 5, 9, null, 7), options()), 'week').replace(/\s/g, ' ')).toBe('Highest 9 (Jan 12 – 18, 2025), lowest 5 (Jan 5 – 11, 2025), latest 7 (Jan 26 – Feb 1, 2025). One week in between has no number.');
  });
  it('does not call one number the highest', () => expect(say(3)).toBe('One number: 3 (2025, one week).'));
  it('says that all are alike', () => expect(sayPeriods(periodsOf(run('2024-12-22', 3, 3), options({ interval: 'month' })), 'month')).toBe('One number: 6 (December 2024, 2 weeks).'));
  it('says that there is nothing', () => expect(say()).toBe('No number in this range.'));
  it('says what is not whole, for a platform too', () => {
    const periods = platformPeriods(periodsOf(run('2025-01-05', 5), options({ interval: 'year', today: '2025-03-01' })), 'y');
    expect(sayPeriods(periods, 'year')).toBe('One number: 5 (2025 so far, one week).');
    expect(sayPeriods(platformPeriods(periods, 'other'), 'year')).toBe('No number in this range.');
  });
});

describe('a platform whose public id is a name of the language', () => {
  const weeks = ['2025-01-05', '2025-01-12', '2025-01-26'].map((start, i): Week => ({ start, end: addDays(start, 6), total: i, viewers: { constructor: i } }));
  it('is counted like any other, and missing where it is', () => {
    const periods = periodsOf(weeks, options());
    expect(sumsOf(periods, 'constructor')).toEqual([0, 1, null, 2]);
    expect(platformTotal(periods, 'constructor')).toEqual({ sum: 3, weeks: 3 });
    expect(platformTotal(periodsOf(weeks, options({ interval: 'month' })), 'constructor')).toEqual({ sum: 3, weeks: 3 });
  });
});
