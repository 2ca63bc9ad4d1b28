import { describe, expect, it } from 'vitest';
import { BREAK, bandsOf, highest, lonePlaces, runsOf, slotsOf, totalAt } from './stacking';
import type { ChartSeries } from './types';

const series = (id: string, ...values: (number | null)[]): ChartSeries => ({ id, name: id, color: '#0072b2', values });

describe('bandsOf', () => {
  it('stacks in order, and no number neither counts nor shows', () => {
    const bands = bandsOf([series('a', 1, null, 3), series('b', 10, 20, null), series('c', 100, 200, 0)], 3, true);
    expect(bands[0]).toEqual([{ low: 0, high: 1 }, null, { low: 0, high: 3 }]);
    expect(bands[1]).toEqual([{ low: 1, high: 11 }, { low: 0, high: 20 }, null]);
    expect(bands[2]).toEqual([{ low: 11, high: 111 }, { low: 20, high: 220 }, { low: 3, high: 3 }]);
    expect(highest(bands)).toBe(220);
  });

  it('stands each on the ground otherwise', () => {
    expect(bandsOf([series('a', 1), series('b', 2)], 1, false)).toEqual([[{ low: 0, high: 1 }], [{ low: 0, high: 2 }]]);
  });

  it('takes values that are too few for missing', () => expect(bandsOf([series('a', 1)], 2, true)[0]).toEqual([{ low: 0, high: 1 }, null]));
  it('has no highest without numbers', () => expect(highest(bandsOf([series('a', null)], 1, true))).toBe(0));
});

describe('slotsOf', () => {
  it('breaks where a week is left out, and not where months differ in length', () => {
    expect(slotsOf({ kind: 'days', days: ['2025-01-05', '2025-01-12', '2025-01-26'], stepDays: 7 })).toEqual([0, 1, BREAK, 2]);
    expect(slotsOf({ kind: 'days', days: ['2025-01-01', '2025-02-01', '2025-03-01'], stepDays: 30 })).toEqual([0, 1, 2]);
  });

  it('knows no days between steps', () => expect(slotsOf({ kind: 'steps', count: 2 })).toEqual([0, 1]));
});

describe('runsOf', () => {
  const row = bandsOf([series('a', 1, 2, null, 0, 4)], 5, false)[0]!;

  it('parts at what is missing, and not at zero', () => expect(runsOf([0, 1, 2, 3, 4], row)).toEqual([[0, 1], [3, 4]]));
  it('parts at days that are left out', () => expect(runsOf([0, BREAK, 1, 2, 3, BREAK, 4], row)).toEqual([[0], [1], [3], [4]]));
  it('is empty without numbers', () => expect(runsOf([0, 1], [null, null])).toEqual([]));
});

describe('lonePlaces', () => {
  const lone = (...values: (number | null)[]) => lonePlaces(runsOf(slotsOf({ kind: 'steps', count: values.length }), bandsOf([series('a', ...values)], values.length, false)[0]!));

  it('finds numbers between gaps', () => expect(lone(1, null, 2, 3, null, 4)).toEqual([0, 5]));
  it('finds the only one', () => expect(lone(1)).toEqual([0]));
  it('finds them beside days that are left out', () => {
    const axis = { kind: 'days', days: ['2025-01-05', '2025-01-19', '2025-01-26'], stepDays: 7 } as const;
    expect(lonePlaces(runsOf(slotsOf(axis), bandsOf([series('a', 1, 2, 3)], 3, false)[0]!))).toEqual([0]);
  });
});

describe('totalAt', () => {
  it('adds what is there', () => expect(totalAt([series('a', 1), series('b', null), series('c', 0)], 0)).toBe(1));
  it('is no number where there is none', () => expect(totalAt([series('a', null), series('b')], 0)).toBeNull());
});
