import { describe, expect, it } from 'vitest';
import { drawPlot, type Part } from './drawing';
import { DISTINCT_SIGNS, dashOf, markAt } from './marks';
import { nearestPlace, plotOf } from './plot';
import type { ChartKind, ChartSeries, ChartSpec } from './types';

const NOBODY: ReadonlySet<string> = new Set();
const BOX = { width: 600, height: 200 };

function specOf(kind: ChartKind, stacked: boolean, ...rows: (number | null)[][]): ChartSpec {
  const series = rows.map<ChartSeries>((values, n) => ({ id: `s${n}`, name: `S${n}`, color: '#0072b2', values }));
  return { title: 'T', summary: 'S.', kind, stacked, axis: { kind: 'steps', count: rows[0]?.length ?? 0 }, placeName: String, placeTick: String, series, unit: 'viewers' };
}

const drawn = (spec: ChartSpec, hidden = NOBODY) => drawPlot(plotOf(spec, hidden, BOX), (color) => color);
const partOf = (spec: ChartSpec, n: number, part: Part) => drawn(spec).series[n]!.shapes.filter((shape) => shape.part === part);
const count = (text: string, letter: string) => text.split(letter).length - 1;

describe('drawPlot', () => {
  it('interrupts line and area at a gap, each one path', () => {
    const spec = specOf('area', false, [1, 2, null, 3, 4]);
    const [line] = partOf(spec, 0, 'line'), [filled] = partOf(spec, 0, 'area');
    expect(count(String(line!.attrs.d), 'M')).toBe(2);
    expect(count(String(filled!.attrs.d), 'Z')).toBe(2);
  });

  it('shows a number between gaps as a mark', () => {
    expect(count(String(partOf(specOf('line', false, [1, null, 2, null, 3, 3]), 0, 'mark')[0]!.attrs.d), 'M')).toBe(2);
  });

  it('draws all bars of a series as one path, and none for no number', () => {
    const bars = partOf(specOf('bars', true, [1, null, 2]), 0, 'bar');
    expect(bars).toHaveLength(1);
    expect(count(String(bars[0]!.attrs.d), 'M')).toBe(2);
  });

  it('shows a zero among bars beside each other', () => expect(count(String(partOf(specOf('bars', false, [0, 5]), 0, 'bar')[0]!.attrs.d), 'M')).toBe(2));

  it('draws nothing of a series without numbers', () => expect(drawn(specOf('area', true, [null], [1])).series[0]!.shapes).toEqual([]));

  it('makes room for what is left when a series is hidden, which keeps its sign', () => {
    const spec = specOf('area', true, [1000, 1000], [3, 3]), plot = plotOf(spec, new Set(['s0']), BOX);
    expect(plot.yTicks.map((tick) => tick.text)).toEqual(['0', '1', '2', '3']);
    expect(plot.shown.map((one) => one.index)).toEqual([1]);
  });

  it('has an axis without any numbers or places', () => {
    for (const kind of ['area', 'line', 'bars'] as const) {
      expect(JSON.stringify(drawn(specOf(kind, true, [])))).not.toMatch(/NaN|Infinity|null/);
      expect(JSON.stringify(drawn({ ...specOf(kind, true, [1]), axis: { kind: 'days', days: [], stepDays: 7 } }))).not.toMatch(/NaN|Infinity|null/);
      expect(JSON.stringify(drawn({ ...specOf(kind, true, [1]), axis: { kind: 'days', days: ['2025-01-05'], stepDays: 7 } }))).not.toMatch(/NaN|Infinity|null/);
    }
  });
});

describe('nearestPlace', () => {
  it.each([[-5, 0], [0, 0], [4, 0], [6, 1], [14, 1], [26, 2], [99, 3]])('of %i', (x, place) => expect(nearestPlace([0, 10, 20, 40], x)).toBe(place));
  it('is none without places', () => expect(nearestPlace([], 3)).toBeNull());
});

it('tells series apart without colour', () => {
  const signs = Array.from({ length: DISTINCT_SIGNS }, (_, index) => `${dashOf(index)} ${markAt(index, 0, 0)}`);
  expect(DISTINCT_SIGNS).toBeGreaterThanOrEqual(20);
  expect(new Set(signs).size).toBe(DISTINCT_SIGNS);
});
