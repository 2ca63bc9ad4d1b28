import { describe, expect, it } from 'vitest';
import { tipLeft } from './placing';
import { plotOf } from './plot';
import { readingAt, sayReading } from './reading';
import { sharesOf } from './shares';
import { sparkOf } from './spark';
import type { ChartSpec } from './types';

const spec: ChartSpec = {
  title: 'T', summary: 'S.', kind: 'area', stacked: true, unit: 'viewers', axis: { kind: 'steps', count: 2 }, placeName: (i) => `week ${i}`, placeTick: String,
  series: [{ id: 'a', name: 'A', color: '#0072b2', values: [1, null] }, { id: 'b', name: 'B', color: '#d55e00', values: [2, null] }],
};
const at = (place: number, changes: Partial<ChartSpec> = {}) => readingAt({ ...spec, ...changes }, plotOf({ ...spec, ...changes }, new Set(), { width: 300, height: 100 }).shown, place);

describe('readingAt', () => {
  it('goes down the stack, with its height', () => expect(at(0)).toMatchObject({ place: 'week 0', total: 3, rows: [{ id: 'b', value: 2, index: 1 }, { id: 'a', value: 1, index: 0 }] }));
  it('has no total where nothing is stacked', () => expect(at(0, { stacked: false }).total).toBeUndefined());
  it('has no number for the total of none', () => expect(at(1).total).toBeNull());
  it('is said in words', () => expect(sayReading(at(0), 'viewers', 'Total')).toBe('week 0: Total 3, B 2, A 1 viewers'));
});

describe('tipLeft', () => {
  it('is right of the place, left of it, or where there is room', () => {
    expect(tipLeft(10, 100, 400)).toBe(24);
    expect(tipLeft(390, 100, 400)).toBe(276);
    expect(tipLeft(100, 280, 300)).toBe(20);
    expect(tipLeft(100, 400, 300)).toBe(0);
  });
});

describe('sharesOf', () => {
  const part = (id: string, value: number | null) => ({ id, name: id, color: '#0072b2', value });
  it('divides what is there', () => expect(sharesOf([part('a', 1), part('b', null), part('c', 3)]).map(({ start, share }) => [start, share])).toEqual([[0, 0.25], [0.25, null], [0.25, 0.75]]));
  it('has no shares of nothing', () => expect(sharesOf([part('a', 0)])[0]!.share).toBeNull());
});

describe('sparkOf', () => {
  const box = { width: 100, height: 20 };
  it('has gaps, and dots between them', () => {
    const spark = sparkOf([1, 2, null, 3], { kind: 'steps', count: 4 }, box);
    expect(spark.line.match(/M/g)).toHaveLength(2);
    expect(spark.dots.match(/M/g)).toHaveLength(1);
  });
  it('draws zeros and nothing without dividing by them', () => {
    expect(JSON.stringify([sparkOf([0, 0], { kind: 'steps', count: 2 }, box), sparkOf([], { kind: 'steps', count: 0 }, box), sparkOf([5], { kind: 'days', days: ['2025-01-05'], stepDays: 7 }, box)])).not.toMatch(/NaN|Infinity/);
  });
});
