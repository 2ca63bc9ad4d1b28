/* The shade of a given colour that can be told from the surface it lies on: as it is where that is enough, else lighter or darker in the same hue. */

/** The surfaces of tokens.css, of which a test knows that they agree. */
export const SURFACE = { light: '#ffffff', dark: '#161d28' } as const;

/** WCAG 1.4.11: what bears a meaning. */
export const LEAST_CONTRAST = 3;

export type Rgb = readonly [number, number, number];

/** Each from 0 to 1. What is no colour is a middle grey. */
export function parseColor(color: string): Rgb {
  const digits = /^#([0-9a-f]{6})$/i.exec(color)?.[1] ?? '777777';
  const at = (start: number) => Number.parseInt(digits.slice(start, start + 2), 16) / 255;
  return [at(0), at(2), at(4)];
}

export const colorText = (rgb: Rgb): string => `#${rgb.map((part) => Math.round(part * 255).toString(16).padStart(2, '0')).join('')}`;

/** An sRGB part as light adds up. */
export const linear = (part: number): number => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);

/** WCAG's relative luminance. */
function luminance(rgb: Rgb): number {
  return 0.2126 * linear(rgb[0]) + 0.7152 * linear(rgb[1]) + 0.0722 * linear(rgb[2]);
}

export function contrast(a: string, b: string): number {
  const one = luminance(parseColor(a)), other = luminance(parseColor(b));
  return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
}

/** Towards black or white by a share from 0 to 1: both keep the hue. */
function mix(rgb: Rgb, towards: 0 | 1, share: number): Rgb {
  const part = (value: number) => value + (towards - value) * share;
  return [part(rgb[0]), part(rgb[1]), part(rgb[2])];
}

const STEPS = 50;
const known = new Map<string, string>();

function findShade(color: string, dark: boolean): string {
  const rgb = parseColor(color), surface = dark ? SURFACE.dark : SURFACE.light;
  for (let step = 0; step < STEPS; step += 1) {
    const shade = colorText(mix(rgb, dark ? 1 : 0, step / STEPS));
    if (contrast(shade, surface) >= LEAST_CONTRAST) return shade;
  }
  return dark ? SURFACE.light : SURFACE.dark;
}

export function shadeOf(color: string, dark: boolean): string {
  const key = color + String(dark);
  const shade = known.get(key) ?? findShade(color, dark);
  known.set(key, shade);
  return shade;
}
