import { describe, expect, it } from 'vitest';
import type { Viewers, WeeklySeries } from '../api/types';
import { addDays } from '../time/day';
import { isWithin, missingBetween, weekFinder, weeksOf, withGaps, type Week } from './weeks';

const series = (starts: string[], youtube: Viewers[], zoom: Viewers[]): WeeklySeries => ({
  id: 's', name: 'Sunday', color: '#111111', platforms: [{ id: 'y', name: 'YouTube', color: '#222222' }, { id: 'z', name: 'Zoom', color: '#333333' }],
  week_start: starts, week_end: starts.map((day) => addDays(day, 6)), viewers: { y: youtube, z: zoom },
  total: starts.map((_, i) => (youtube[i] === null && zoom[i] === null ? null : (youtube[i] ?? 0) + (zoom[i] ?? 0))),
});
const week = (start: string, total: Viewers = 1): Week => ({ start, end: addDays(start, 6), total, viewers: { y: total } });

describe('weeksOf', () => {
  it('keeps no number and zero apart', () => {
    expect(weeksOf(series(['2025-01-05', '2025-01-12'], [10, null], [null, 0]))).toEqual([
      { start: '2025-01-05', end: '2025-01-11', total: 10, viewers: { y: 10, z: null } },
      { start: '2025-01-12', end: '2025-01-18', total: 0, viewers: { y: null, z: 0 } },
    ]);
  });
  it('has nothing of an empty series', () => expect(weeksOf(series([], [], []))).toEqual([]));
});

describe('missingBetween', () => {
  it.each([
    ['2025-01-05', '2025-01-12', 0],
    ['2025-01-05', '2025-01-11', 0],
    ['2025-01-05', '2025-01-13', 0],
    ['2025-01-05', '2025-01-15', 0],
    ['2025-01-05', '2025-01-16', 1],
    ['2025-01-05', '2025-01-19', 1],
    ['2024-12-22', '2025-01-19', 3],
  ])('from %s to %s are %i', (start, next, missing) => expect(missingBetween(start, next)).toBe(missing));
});

describe('withGaps', () => {
  it('puts weeks without numbers where weeks are missing, over the end of a year', () => {
    const grid = withGaps([week('2024-12-22'), week('2025-01-12')]);
    expect(grid.map(({ start, end, total }) => [start, end, total])).toEqual([
      ['2024-12-22', '2024-12-28', 1],
      ['2024-12-29', '2025-01-04', null],
      ['2025-01-05', '2025-01-11', null],
      ['2025-01-12', '2025-01-18', 1],
    ]);
  });
  it('puts none where a service moved to another weekday', () => expect(withGaps([week('2025-01-05'), week('2025-01-13'), week('2025-01-18')])).toHaveLength(3));
  it('has nothing of nothing', () => expect(withGaps([])).toEqual([]));
});

describe('isWithin', () => {
  it('counts both ends in', () => {
    expect(['2025-01-04', '2025-01-05', '2025-01-12', '2025-01-13'].map((day) => isWithin(day, { from: '2025-01-05', to: '2025-01-12' }))).toEqual([false, true, true, false]);
    expect(isWithin('1999-01-01', {})).toBe(true);
  });
});

describe('weekFinder', () => {
  const find = weekFinder([week('2024-03-03'), week('2025-02-23'), week('2025-03-02'), week('2025-03-16'), week('2026-03-02')]);
  it('the week before is seven days before, or none', () => {
    expect(find.before('2025-03-02')?.start).toBe('2025-02-23');
    expect(find.before('2025-03-16')).toBeUndefined();
  });
  it('a year before are 52 weeks, or a few days more or less where the weekday changed', () => {
    expect(find.aYearBefore('2025-03-02')?.start).toBe('2024-03-03');
    expect(find.aYearBefore('2026-03-02')?.start).toBe('2025-03-02');
    expect(find.aYearBefore('2025-03-16')).toBeUndefined();
  });
});
