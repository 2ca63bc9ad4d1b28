import { describe, expect, it } from 'vitest';
import type { Viewers } from '../../shared/api/types';
import { periodsOf } from '../../shared/figures/periods';
import type { Week } from '../../shared/figures/weeks';
import { addDays } from '../../shared/time/day';
import { weekRows } from './weekRows';

const week = (start: string, total: Viewers): Week => ({ start, end: addDays(start, 6), total, viewers: { y: total, z: null } });

describe('weekRows', () => {
  const weeks = [week('2024-01-07', 50), week('2024-12-29', 8), week('2025-01-05', 10), week('2025-01-19', 0), week('2025-01-26', 4)];
  const rows = weekRows(periodsOf(weeks, { interval: 'week', range: { from: '2025-01-01' }, today: '2026-01-01' }), weeks);
  it('has the newest first, and a row for each week without numbers', () => expect(rows.map((row) => [row.start, row.total])).toEqual([['2025-01-26', 4], ['2025-01-19', 0], ['2025-01-12', null], ['2025-01-05', 10]]));
  it('compares with the week before in the calendar, also before the range', () => expect(rows.map((row) => row.change.kind)).toEqual(['new', 'none', 'none', 'change']));
  it('compares with the same week of the year before', () => {
    expect(rows.map((row) => row.yearBefore)).toEqual([null, null, null, 50]);
    expect(rows[3]!.yearChange).toEqual({ kind: 'change', by: -40, ratio: -0.8 });
  });
  it('keeps no number of a platform', () => expect(rows[0]!.by).toEqual({ y: { sum: 4, weeks: 1 }, z: { sum: null, weeks: 0 } }));
});
