/* A plot as shapes, which the page and the saved file draw alike: each with the part it plays, to which either gives its look. */
import { dashOf, markAt, round } from './marks';
import { areaPath, linePath } from './paths';
import type { Plot, Shown } from './plot';
import { BREAK, lonePlaces, runsOf } from './stacking';

export type Part = 'grid' | 'base' | 'xLabel' | 'yLabel' | 'area' | 'stackedArea' | 'line' | 'bar' | 'mark' | 'barMark';

export interface Shape {
  tag: 'path' | 'text';
  part: Part;
  /** Named as React names them. */
  attrs: Record<string, string | number>;
  text?: string;
}

export interface SeriesShapes {
  id: string;
  shapes: Shape[];
}

export interface Drawing {
  frame: Shape[];
  series: SeriesShapes[];
}

type Paint = (color: string) => string;

/** Pixels between two marks of a line. */
const MARK_ROOM = 84;
/** A place's share that bars take, and the least that a mark in one needs. */
const BAR_SHARE = 0.76, BAR_ROOM = 9;

function frameShapes(plot: Plot): Shape[] {
  const rule = (y: number) => `M${plot.left},${round(y)}H${plot.right}`;
  const [base, ...lines] = plot.yTicks;
  return [
    { tag: 'path', part: 'grid', attrs: { d: lines.map((tick) => rule(tick.at)).join('') } },
    { tag: 'path', part: 'base', attrs: { d: rule(base!.at) + plot.xTicks.map((tick) => `M${round(tick.at)},${plot.bottom}v4`).join('') } },
    ...plot.yTicks.map<Shape>((tick) => ({ tag: 'text', part: 'yLabel', attrs: { x: plot.left - 8, y: round(tick.at + 4) }, text: tick.text })),
    ...plot.xTicks.map<Shape>((tick) => ({ tag: 'text', part: 'xLabel', attrs: { x: round(tick.at), y: plot.bottom + 19 }, text: tick.text })),
  ];
}

/** Places of a series that bear its mark: now and then, others than its neighbours' where possible. */
function markedPlaces(plot: Plot, one: Shown): number[] {
  if (plot.alone) return [];
  const nth = Math.max(1, Math.round(MARK_ROOM / plot.step));
  return plot.slots.filter((slot) => slot !== BREAK && one.bands[slot] && slot % nth === (one.index * Math.ceil(nth / 3)) % nth);
}

function lineShapes(plot: Plot, one: Shown, color: string): Shape[] {
  const { xs, y, slots } = plot, { bands } = one;
  const runs = runsOf(slots, bands), x = (i: number) => round(xs[i]!);
  const low = (i: number) => round(y(bands[i]!.low)), high = (i: number) => round(y(bands[i]!.high));
  const places = [...lonePlaces(runs), ...markedPlaces(plot, one)];
  const edge: Shape = { tag: 'path', part: 'line', attrs: { d: linePath(runs, x, high), stroke: color } };
  const dash = dashOf(one.index);
  if (dash) edge.attrs.strokeDasharray = dash;
  const marks: Shape = { tag: 'path', part: 'mark', attrs: { d: places.map((i) => markAt(one.index, x(i), high(i))).join(''), fill: color } };
  if (plot.kind === 'line') return [edge, marks];
  return [{ tag: 'path', part: plot.stacked ? 'stackedArea' : 'area', attrs: { d: areaPath(runs, x, low, high), fill: color } }, edge, marks];
}

interface Bar {
  x: number;
  y: number;
  width: number;
  height: number;
}

function barAt(plot: Plot, one: Shown, nth: number, place: number): Bar | null {
  const band = one.bands[place];
  if (!band) return null;
  const all = plot.step * BAR_SHARE, width = plot.stacked ? all : all / plot.shown.length;
  const low = plot.y(band.low), high = plot.y(band.high);
  /* Zero is a number, and is seen beside a gap. */
  const height = plot.stacked ? low - high : Math.max(low - high, 1.5);
  return { x: plot.xs[place]! - all / 2 + (plot.stacked ? 0 : nth * width), y: low - height, width, height };
}

function barShapes(plot: Plot, one: Shown, nth: number, color: string): Shape[] {
  const bars = plot.xs.map((_, place) => barAt(plot, one, nth, place));
  const d = bars.map((bar) => (bar && bar.height > 0 ? `M${round(bar.x)},${round(bar.y)}h${round(bar.width)}v${round(bar.height)}h${-round(bar.width)}z` : '')).join('');
  const marked = markedPlaces(plot, one).map((place) => bars[place]!).filter((bar) => bar.width >= BAR_ROOM && bar.height >= BAR_ROOM);
  const marks = marked.map((bar) => markAt(one.index, bar.x + bar.width / 2, bar.y + bar.height / 2)).join('');
  return [
    { tag: 'path', part: 'bar', attrs: { d, fill: color } },
    { tag: 'path', part: 'barMark', attrs: { d: marks } },
  ];
}

export function drawPlot(plot: Plot, paint: Paint): Drawing {
  const shapesOf = (one: Shown, nth: number) => {
    const color = paint(one.series.color);
    return plot.kind === 'bars' ? barShapes(plot, one, nth, color) : lineShapes(plot, one, color);
  };
  return {
    frame: frameShapes(plot),
    series: plot.shown.map((one, nth) => ({ id: one.series.id, shapes: shapesOf(one, nth).filter((shape) => shape.attrs.d !== '') })),
  };
}
