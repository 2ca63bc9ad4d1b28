/* What a series covers at each place, by itself or upon those before it. */
import { stack } from 'd3-shape';
import { toNumber } from '../shared/time/day';
import type { ChartSeries, ChartSpec } from './types';

/** null: no number, and nothing drawn. */
export type Band = { low: number; high: number } | null;

export const placesOf = (axis: ChartSpec['axis']): number => (axis.kind === 'days' ? axis.days.length : axis.count);

/** A place without a number adds nothing to those above it, and has no band itself. */
export function bandsOf(series: readonly ChartSeries[], places: number, stacked: boolean): Band[][] {
  if (!stacked) return series.map((one) => Array.from({ length: places }, (_, i) => (typeof one.values[i] === 'number' ? { low: 0, high: one.values[i] } : null)));
  const rows = Array.from({ length: places }, (_, i) => i);
  const layers = stack<unknown, number, ChartSeries>()
    .keys(series)
    .value((i, one) => one.values[i] ?? 0)(rows);
  return layers.map((layer) => layer.map(([low, high], i) => (typeof layer.key.values[i] === 'number' ? { low, high } : null)));
}

export const highest = (bands: readonly Band[][]): number => bands.reduce((most, row) => row.reduce((max, band) => Math.max(max, band?.high ?? 0), most), 0);

/** Between two places. */
export const BREAK = -1;

/** The places in order, with a break wherever days are left out. */
export function slotsOf(axis: ChartSpec['axis']): number[] {
  const slots = Array.from({ length: placesOf(axis) }, (_, i) => i);
  if (axis.kind === 'steps') return slots;
  const numbers = axis.days.map(toNumber);
  return slots.flatMap((i) => (i > 0 && numbers[i]! - numbers[i - 1]! > axis.stepDays * 1.5 ? [BREAK, i] : [i]));
}

/** Places with a number and none on either side: a line has nothing to show of them. */
export function lonePlaces(slots: readonly number[], row: readonly Band[]): number[] {
  const has = (slot: number | undefined) => slot !== undefined && slot !== BREAK && row[slot] !== null && row[slot] !== undefined;
  return slots.filter((slot, n) => has(slot) && !has(slots[n - 1]) && !has(slots[n + 1]));
}

/** Sum of what is there; null where nothing is. */
export function totalAt(series: readonly ChartSeries[], place: number): number | null {
  const values = series.map((one) => one.values[place]).filter((value): value is number => typeof value === 'number');
  return values.length > 0 ? values.reduce((sum, value) => sum + value, 0) : null;
}
