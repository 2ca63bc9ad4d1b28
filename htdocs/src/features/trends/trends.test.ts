import { describe, expect, it } from 'vitest';
import type { Viewers } from '../../shared/api/types';
import { periodsOf } from '../../shared/figures/periods';
import type { Week } from '../../shared/figures/weeks';
import { addDays } from '../../shared/time/day';
import { sayGrowth } from './sayGrowth';
import { averageOf } from './totalChart';

const run = (...totals: Viewers[]): Week[] =>
  totals.map((total, i) => ({ start: addDays('2025-01-05', 7 * i), end: addDays('2025-01-11', 7 * i), total, viewers: { y: total } })).filter((week) => week.total !== null);

describe('averageOf', () => {
  it('counts the weeks before the range in, and stops at gaps', () => {
    const weeks = run(1, 2, 3, 4, 5, null, 6, 7, 8, 9);
    expect(averageOf({ weeks, periods: periodsOf(weeks, { interval: 'week', range: { from: '2025-01-26' }, today: '2026-01-01' }) })).toEqual([3, 4, null, null, null, null, 8]);
  });
});

describe('sayGrowth', () => {
  it('says more, fewer, as many, and from nothing', () => {
    expect(sayGrowth(run(10, 10, 10, 10, 15, 15, 15, 15))).toMatch(/15 viewers a week on average.*10: 50\s?% more\.$/);
    expect(sayGrowth(run(10, 10, 10, 10, 5, 5, 5, 5))).toMatch(/50\s?% fewer\.$/);
    expect(sayGrowth(run(1, 1, 1, 1, 1, 1, 1, 1))).toMatch(/as many\.$/);
    expect(sayGrowth(run(0, 0, 0, 0, 1, 1, 1, 1))).toMatch(/from nobody to somebody\.$/);
  });
  it('says that there is too little', () => expect(sayGrowth(run(1, 2, 3))).toMatch(/fewer than 8/));
});
