/* Where everything of a chart lies on so many pixels. */
import { compact } from '../shared/format/number';
import { toNumber } from '../shared/time/day';
import { bandsOf, highest, placesOf, slotsOf, type Band } from './stacking';
import { countTicks, dayTicks, everyNth, type Tick } from './ticks';
import type { ChartKind, ChartSeries, ChartSpec } from './types';

export interface Box {
  width: number;
  height: number;
}

/** index: its place among all series of the chart, hidden ones too, which its sign goes by. */
export interface Shown {
  series: ChartSeries;
  index: number;
  bands: readonly Band[];
}

export interface Plot {
  kind: ChartKind;
  stacked: boolean;
  /** Only one series was asked for: no signs are needed. */
  alone: boolean;
  left: number;
  right: number;
  top: number;
  bottom: number;
  /** The middle of each place. */
  xs: readonly number[];
  /** Pixels from a place to the next. */
  step: number;
  y: (count: number) => number;
  yTicks: readonly Tick[];
  /** at: in pixels. */
  xTicks: readonly Tick[];
  slots: readonly number[];
  shown: readonly Shown[];
}

const TOP = 12, BOTTOM = 26, RIGHT = 22, DIGIT = 7.2;
/** Pixels of height for each mark of the y axis. */
const ROW = 44;

interface XAxis {
  xs: number[];
  step: number;
  ticks: Tick[];
}

function daysAxis(axis: Extract<ChartSpec['axis'], { kind: 'days' }>, bars: boolean, left: number, width: number): XAxis {
  if (axis.days.length === 0) return { xs: [], step: width, ticks: [] };
  const numbers = axis.days.map(toNumber), first = numbers[0]!, span = numbers.at(-1)! - first;
  const pad = bars || span === 0 ? axis.stepDays / 2 : 0;
  const scale = width / (span + 2 * pad), x = (n: number) => left + (n - first + pad) * scale;
  const ticks = dayTicks(axis.days, width, axis.stepDays).map(({ at, text }) => ({ at: x(at), text }));
  return { xs: numbers.map(x), step: Math.min(axis.stepDays * scale, width), ticks };
}

function stepsAxis(spec: ChartSpec, count: number, left: number, width: number): XAxis {
  const step = width / Math.max(count, 1), x = (i: number) => left + (i + 0.5) * step;
  const ticks = everyNth(count, width).map((i) => ({ at: x(i), text: spec.placeTick(i) }));
  return { xs: Array.from({ length: count }, (_, i) => x(i)), step, ticks };
}

export function plotOf(spec: ChartSpec, hidden: ReadonlySet<string>, { width, height }: Box): Plot {
  const places = placesOf(spec.axis), series = spec.series.filter((one) => !hidden.has(one.id));
  const bands = bandsOf(series, places, spec.stacked);
  const top = TOP, bottom = height - BOTTOM;
  const counts = countTicks(highest(bands), Math.max(2, Math.floor((bottom - top) / ROW)));
  const y = (count: number) => bottom - (count / counts.at(-1)!) * (bottom - top);
  const yTicks = counts.map((count) => ({ at: y(count), text: compact(count) }));
  const left = Math.ceil(Math.max(...yTicks.map((tick) => tick.text.length)) * DIGIT) + 10, right = Math.max(left + 1, width - RIGHT);
  const x = spec.axis.kind === 'days' ? daysAxis(spec.axis, spec.kind === 'bars', left, right - left) : stepsAxis(spec, places, left, right - left);
  const shown = series.map((one, n) => ({ series: one, index: spec.series.indexOf(one), bands: bands[n]! }));
  const { kind, stacked } = spec;
  return { kind, stacked, alone: spec.series.length < 2, left, right, top, bottom, xs: x.xs, step: x.step, y, yTicks, xTicks: x.ticks, slots: slotsOf(spec.axis), shown };
}

/** The place nearest to x; null where there is none. */
export function nearestPlace(xs: readonly number[], x: number): number | null {
  if (xs.length === 0) return null;
  let low = 0, high = xs.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (xs[middle]! <= x) low = middle;
    else high = middle;
  }
  return x - xs[low]! <= xs[high]! - x ? low : high;
}
