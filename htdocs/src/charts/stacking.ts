/* What a series covers at each place, by itself or upon those before it. */
import { toNumber } from '../shared/time/day';
import type { Run } from './paths';
import type { ChartSeries, ChartSpec } from './types';

/** null: no number, and nothing drawn. */
export type Band = { low: number; high: number } | null;

export const placesOf = (axis: ChartSpec['axis']): number => (axis.kind === 'days' ? axis.days.length : axis.count);

/** A place without a number adds nothing to those above it, and has no band itself. */
export function bandsOf(series: readonly ChartSeries[], places: number, stacked: boolean): Band[][] {
  const ground = Array<number>(places).fill(0);
  return series.map(({ values }) =>
    ground.map((low, i) => {
      const value = values[i];
      if (typeof value !== 'number') return null;
      if (stacked) ground[i] = low + value;
      return { low, high: low + value };
    }),
  );
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

/** The places that have a number, parted where one is missing. */
export function runsOf(slots: readonly number[], row: readonly Band[]): Run[] {
  const runs: number[][] = [[]];
  for (const slot of slots) {
    if (slot !== BREAK && row[slot]) runs.at(-1)!.push(slot);
    else runs.push([]);
  }
  return runs.filter((run) => run.length > 0);
}

/** Places with a number and none on either side: a line has nothing to show of them. */
export const lonePlaces = (runs: readonly Run[]): number[] => runs.flatMap((run) => (run.length === 1 ? run : []));

/** Sum of what is there; null where nothing is. */
export function totalAt(series: readonly ChartSeries[], place: number): number | null {
  const values = series.map((one) => one.values[place]).filter((value): value is number => typeof value === 'number');
  return values.length > 0 ? values.reduce((sum, value) => sum + value, 0) : null;
}
