/* What a chart says at one place. */
import { exact } from '../shared/format/number';
import type { Viewers } from '../shared/api/types';
import { totalAt } from './stacking';
import type { Shown } from './plot';
import type { ChartSpec } from './types';

export interface Reading {
  place: string;
  /** As they lie on each other, the uppermost first. */
  rows: { id: string; name: string; color: string; index: number; value: Viewers }[];
  /** Only where they are stacked, so that the height means something. */
  total: Viewers | undefined;
}

export function readingAt(spec: ChartSpec, shown: readonly Shown[], place: number): Reading {
  const rows = shown.map(({ series, index }) => ({ id: series.id, name: series.name, color: series.color, index, value: series.values[place] ?? null }));
  const summed = spec.stacked && shown.length > 1;
  return {
    place: spec.placeName(place),
    rows: summed ? rows.reverse() : rows,
    total: summed ? totalAt(shown.map((one) => one.series), place) : undefined,
  };
}

/** The same in words. */
export function sayReading({ place, rows, total }: Reading, unit: string, totalName: string): string {
  const values = rows.map((row) => `${row.name} ${exact(row.value)}`);
  const sum = total === undefined ? [] : [`${totalName} ${exact(total)}`];
  return `${place}: ${[...sum, ...values].join(', ')} ${unit}`;
}
