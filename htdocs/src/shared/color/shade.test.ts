/* The shades of the server's palette: seen on either theme, told apart by everybody. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { contrast, LEAST_CONTRAST, linear, parseColor, shadeOf, SURFACE, type Rgb } from './shade';

const source = readFileSync(new URL('../../../../mod_streampulse/store/palette.c', import.meta.url), 'utf8');
const PALETTE = source.match(/#[0-9a-f]{6}/g)!;
/** Given in turn to what has no colour of its own. */
const GENERAL = source.slice(0, source.indexOf('youtube')).match(/#[0-9a-f]{6}/g)!;
const tokens = readFileSync(new URL('../styles/tokens.css', import.meta.url), 'utf8');

/* Machado, Oliveira, Fernandes 2009, severity 1, on linear light. */
const SIGHT = {
  normal: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  protanopia: [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
  deuteranopia: [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
  tritanopia: [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039],
} as const;

function seen(color: string, matrix: readonly number[]): Rgb {
  const [r, g, b] = parseColor(color).map(linear) as [number, number, number];
  const row = (n: number) => Math.min(1, Math.max(0, matrix[n]! * r + matrix[n + 1]! * g + matrix[n + 2]! * b));
  return [row(0), row(3), row(6)];
}

/** OKLab of linear light: distances in it are about as large as they look. */
function lab([r, g, b]: Rgb): Rgb {
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s, 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s, 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s];
}

const distance = (a: string, b: string, matrix: readonly number[]) => {
  const one = lab(seen(a, matrix)), other = lab(seen(b, matrix));
  return Math.hypot(one[0] - other[0], one[1] - other[1], one[2] - other[2]);
};

function hue(color: string): number {
  const [r, g, b] = parseColor(color);
  return Math.atan2(Math.sqrt(3) * (g - b), 2 * r - g - b);
}

describe('shadeOf', () => {
  it('knows the surfaces of the tokens', () => {
    const surfaces = [...tokens.matchAll(/--surface: (#[0-9a-f]{6});/g)].map((match) => match[1]);
    expect(surfaces).toEqual([SURFACE.light, SURFACE.dark]);
  });

  it.each([...PALETTE, '#ffffff', '#000000', '#ffff00', '#0000ff', 'nonsense'])('%s stands out from both surfaces', (color) => {
    expect(contrast(shadeOf(color, false), SURFACE.light)).toBeGreaterThanOrEqual(LEAST_CONTRAST);
    expect(contrast(shadeOf(color, true), SURFACE.dark)).toBeGreaterThanOrEqual(LEAST_CONTRAST);
  });

  it('leaves a colour alone that is seen well enough', () => {
    expect(shadeOf('#0072b2', false)).toBe('#0072b2');
    expect(shadeOf('#56b4e9', true)).toBe('#56b4e9');
  });

  it.each(PALETTE)('%s keeps its hue', (color) => {
    for (const dark of [false, true]) {
      const turn = Math.abs(hue(shadeOf(color, dark)) - hue(color));
      /* Greys have none; rounding to 256 steps turns dull colours a little. */
      if (Math.max(...parseColor(color)) - Math.min(...parseColor(color)) > 0.1) expect(Math.min(turn, 2 * Math.PI - turn)).toBeLessThan(0.06);
    }
  });
});

/* CSS Color 4 takes 0.02 for the least difference that is noticed; what lies side by side in a chart needs more. */
const NOTICED = 0.02;
const confusable = (colors: readonly string[], dark: boolean, matrix: readonly number[], least: number) => {
  const shades = colors.map((color) => shadeOf(color, dark));
  return shades.flatMap((one, n) => shades.slice(n + 1).filter((other) => distance(one, other, matrix) < least).map((other) => `${one} ${other}`));
};

describe.each(Object.entries(SIGHT))('with %s', (_, matrix) => {
  it.each([false, true])('the first six general colours are told apart, dark %s', (dark) => {
    expect(confusable(GENERAL.slice(0, 6), dark, matrix, 1.5 * NOTICED)).toEqual([]);
  });

  it.each([false, true])('hardly any two of the whole palette look alike, dark %s: shapes and dashes tell those apart', (dark) => {
    const all = new Set(PALETTE), pairs = (all.size * (all.size - 1)) / 2;
    expect(confusable([...all], dark, matrix, NOTICED).length / pairs).toBeLessThan(0.03);
  });
});
