/* One chart of five years of twenty services, drawn by us or by uPlot, for chart-bench.mjs to measure. */
import '../src/shared/styles/tokens.css';
import '../src/shared/styles/base.css';
import { createRoot } from 'react-dom/client';
import { flushSync } from 'react-dom';
import type { ChartKind, ChartSpec } from '../src/charts/types';
import { Chart } from '../src/charts/Chart';
import { addDays, toNumber } from '../src/shared/time/day';

const WEEKS = 260, SERIES = 20, HEIGHT = 280;
const COLORS = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9', '#7a3e9d', '#8c564b', '#b5a400', '#17879c'];
const days = Array.from({ length: WEEKS }, (_, i) => addDays('2021-01-03', i * 7));
const rows = Array.from({ length: SERIES }, (_, s) => days.map((_day, i) => Math.round(500 + 20 * s + 300 * Math.sin(i / 7 + s) + 90 * Math.sin(i * 3.7 * (s + 1)))));
const colorOf = (s: number) => COLORS[s % COLORS.length]!;

function specOf(kind: ChartKind): ChartSpec {
  const series = rows.map((values, s) => ({ id: `s${s}`, name: `Service ${s}`, color: colorOf(s), values }));
  return { title: 'Five years', summary: 'Twenty services.', kind, stacked: kind !== 'line', axis: { kind: 'days', days, stepDays: 7 }, placeName: (i) => days[i]!, placeTick: (i) => days[i]!, series, unit: 'viewers' };
}

async function drawUplot(root: HTMLElement): Promise<() => void> {
  const { default: UPlot } = await import('uplot');
  await import('uplot/dist/uPlot.min.css');
  const data: [number[], ...number[][]] = [days.map((day) => toNumber(day) * 86_400), ...rows];
  const series = [{}, ...rows.map((_, s) => ({ label: `Service ${s}`, stroke: colorOf(s), width: 2 }))];
  return () => void new UPlot({ width: root.clientWidth, height: HEIGHT, series }, data, root);
}

const nextPaint = () => new Promise<void>((done) => requestAnimationFrame(() => setTimeout(done)));

async function drawn(): Promise<{ script: number; paint: number }> {
  const element = document.getElementById('root')!, wanted = new URLSearchParams(window.location.search).get('draw') ?? 'line';
  document.documentElement.dataset.theme = 'light';
  const spec = specOf(wanted as ChartKind), root = createRoot(element);
  const draw = wanted === 'uplot' ? await drawUplot(element) : () => flushSync(() => root.render(<Chart spec={spec} height={HEIGHT} />));
  await nextPaint();
  const start = performance.now();
  draw();
  const script = performance.now() - start;
  await nextPaint();
  return { script, paint: performance.now() - start };
}

/** The time between frames for as long as somebody points around. */
function watchFrames(): () => number[] {
  const frames: number[] = [];
  let last = performance.now(), on = true;
  const frame = (now: number) => {
    frames.push(now - last);
    last = now;
    if (on) requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
  return () => {
    on = false;
    return frames.slice(2);
  };
}

Object.assign(window, { drawn: drawn(), watchFrames });
