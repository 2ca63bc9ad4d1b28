/* A chart as a file of its own: title, legend, sentence, and every look written out, dark ink on white. */
import { shadeOf } from '../shared/color/shade';
import { drawPlot, type Part, type Shape } from './drawing';
import { dashOf, markAt } from './marks';
import { plotOf } from './plot';
import type { ChartSeries, ChartSpec } from './types';

type Look = Record<string, string | number>;

const INK = '#16202e', SOFT = '#5d6a7e', SURFACE = '#ffffff';

/** The same as drawing.module.css in the light theme; a file has no stylesheet that every program reads. */
const LOOKS: Record<Part, Look> = {
  grid: { fill: 'none', stroke: '#dde2ea' },
  base: { fill: 'none', stroke: '#7d8899' },
  xLabel: { fill: SOFT, fontSize: 12, textAnchor: 'middle' },
  yLabel: { fill: SOFT, fontSize: 12, textAnchor: 'end' },
  area: { fillOpacity: 0.13 },
  stackedArea: { fillOpacity: 0.32 },
  line: { fill: 'none', strokeWidth: 2, strokeLinejoin: 'round' },
  bar: { stroke: SURFACE },
  mark: { stroke: SURFACE },
  barMark: { fill: SURFACE },
};

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Markup is shown, not followed; what XML cannot hold is left out. */
export const escapeXml = (text: string): string =>
  text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '').replace(/[&<>"']/g, (one) => ESCAPES[one]!);

const attrText = (attrs: Look): string => Object.entries(attrs).map(([name, value]) => ` ${name.replace(/[A-Z]/g, (big) => `-${big.toLowerCase()}`)}="${escapeXml(String(value))}"`).join('');
const element = (tag: string, attrs: Look, text = ''): string => `<${tag}${attrText(attrs)}>${escapeXml(text)}</${tag}>`;
const shapeText = ({ tag, part, attrs, text }: Shape): string => element(tag, { ...LOOKS[part], ...attrs }, text);

export const FILE_WIDTH = 960;
const PLOT_HEIGHT = 420, EDGE = 24, KEY = 22, GAP = 18, LINE = 20;

/** About as wide as the letters of a sans-serif are; letters of ideographic scripts are as wide as they are high. */
export const textWidth = (text: string, size: number): number => [...text].reduce((sum, letter) => sum + (letter > '\u2e80' ? 1 : 0.58), 0) * size;

/** Words put on lines of at most width pixels. */
export function wrapText(text: string, size: number, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const longer = line ? `${line} ${word}` : word;
    if (line && textWidth(longer, size) > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return line ? [...lines, line] : lines;
}

interface Entry {
  x: number;
  row: number;
  series: ChartSeries;
  index: number;
}

function legendEntries(spec: ChartSpec, hidden: ReadonlySet<string>): Entry[] {
  let x = EDGE, row = 0;
  const shown = spec.series.map((series, index) => ({ series, index })).filter(({ series }) => spec.series.length > 1 && !hidden.has(series.id));
  return shown.map(({ series, index }) => {
    const width = KEY + 6 + textWidth(series.name, 12) + GAP;
    if (x > EDGE && x + width > FILE_WIDTH - EDGE) {
      x = EDGE;
      row += 1;
    }
    const entry = { x, row, series, index };
    x += width;
    return entry;
  });
}

function legendText({ x, row, series, index }: Entry, top: number): string {
  const color = shadeOf(series.color, false), y = top + row * LINE + 10, dash = dashOf(index);
  const stroke: Look = { d: `M${x},${y}h${KEY}`, stroke: color, strokeWidth: 2, ...(dash && { strokeDasharray: dash }) };
  return element('path', stroke) + element('path', { d: markAt(index, x + KEY / 2, y), fill: color }) + element('text', { x: x + KEY + 6, y: y + 4, fontSize: 12, fill: INK }, series.name);
}

const lines = (texts: readonly string[], top: number, size: number, look: Look): string => texts.map((text, n) => element('text', { x: EDGE, y: top + (n + 1) * (size + 6), fontSize: size, ...look }, text)).join('');

export interface SvgFile {
  text: string;
  width: number;
  height: number;
}

export function svgFile(spec: ChartSpec, hidden: ReadonlySet<string>): SvgFile {
  const width = FILE_WIDTH - 2 * EDGE, titles = wrapText(spec.title, 18, width), said = wrapText(spec.summary, 13, width), entries = legendEntries(spec, hidden);
  const saidTop = EDGE - 6 + titles.length * 24, legendTop = saidTop + said.length * 19 + 14;
  const plotTop = legendTop + (entries.length > 0 ? (entries.at(-1)!.row + 1) * LINE + 6 : 0), height = plotTop + PLOT_HEIGHT + EDGE / 2;
  const drawing = drawPlot(plotOf(spec, hidden, { width, height: PLOT_HEIGHT }), (color) => shadeOf(color, false));
  const shapes = [...drawing.frame, ...drawing.series.flatMap((one) => one.shapes)];
  const text = [
    `<svg${attrText({ xmlns: 'http://www.w3.org/2000/svg', width: FILE_WIDTH, height, role: 'img', fontFamily: 'system-ui, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif' })} viewBox="0 0 ${FILE_WIDTH} ${height}">`,
    element('title', {}, spec.title),
    element('desc', {}, spec.summary),
    element('rect', { width: FILE_WIDTH, height, fill: SURFACE }),
    lines(titles, EDGE - 6, 18, { fontWeight: 600, fill: INK }),
    lines(said, saidTop, 13, { fill: SOFT }),
    ...entries.map((entry) => legendText(entry, legendTop)),
    `<g transform="translate(${EDGE},${plotTop})">${shapes.map(shapeText).join('')}</g>`,
    '</svg>',
  ];
  return { text: text.join('\n'), width: FILE_WIDTH, height };
}

/** From the title: what every file system takes. */
export function fileName(title: string): string {
  const name = title.normalize('NFC').replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-+|-+$/g, '');
  return [...name].slice(0, 60).join('') || 'chart';
}
