/* A series as a line so small that it needs no axis. */
import type { Viewers } from '../shared/api/types';
import { toNumber } from '../shared/time/day';
import { round } from './marks';
import { areaPath, linePath } from './paths';
import type { Box } from './plot';
import { bandsOf, highest, lonePlaces, runsOf, slotsOf } from './stacking';
import type { ChartSpec } from './types';

export interface Spark {
  area: string;
  line: string;
  /** Numbers that no line shows. */
  dots: string;
}

const EDGE = 4;

function positions(axis: ChartSpec['axis'], width: number): number[] {
  const at = axis.kind === 'days' ? axis.days.map(toNumber) : Array.from({ length: axis.count }, (_, i) => i);
  const first = at[0] ?? 0, span = (at.at(-1) ?? 0) - first;
  return at.map((n) => (span === 0 ? width / 2 : EDGE + ((n - first) / span) * (width - 2 * EDGE)));
}

/** most: the count at the upper edge; the series' own highest where there is none. */
export function sparkOf(values: readonly Viewers[], axis: ChartSpec['axis'], { width, height }: Box, most?: number): Spark {
  const row = bandsOf([{ id: '', name: '', color: '', values }], values.length, false)[0]!, xs = positions(axis, width), runs = runsOf(slotsOf(axis), row);
  const top = Math.max(1, most ?? highest([row]));
  const x = (i: number) => round(xs[i]!), y = (i: number) => round(height - EDGE - (row[i]!.high / top) * (height - 2 * EDGE));
  return {
    area: areaPath(runs, x, () => height - EDGE, y),
    line: linePath(runs, x, y),
    dots: lonePlaces(runs).map((i) => `M${x(i)},${y(i)}h0`).join(''),
  };
}
