/* Signs by which series are told apart without their colours: a shape each, and another dash after every round of shapes. */

/** Around their own middle, as relative paths. */
const SHAPES = [
  'm-3.2,0a3.2,3.2 0 1,0 6.4,0a3.2,3.2 0 1,0 -6.4,0z',
  'm-2.9,-2.9h5.8v5.8h-5.8z',
  'm0,-3.9l3.6,6.6h-7.2z',
  'm0,-4.1l4.1,4.1l-4.1,4.1l-4.1,-4.1z',
  'm-1.2,-3.8h2.4v2.6h2.6v2.4h-2.6v2.6h-2.4v-2.6h-2.6v-2.4h2.6z',
  'm0,3.9l3.6,-6.6h-7.2z',
] as const;

const DASHES = [undefined, '7 4', '2 3', '9 3 2 3'] as const;

/** So many series differ in shape or dash. */
export const DISTINCT_SIGNS = SHAPES.length * DASHES.length;

export const dashOf = (index: number): string | undefined => DASHES[Math.floor(index / SHAPES.length) % DASHES.length];

export const round = (n: number): number => Math.round(n * 10) / 10;

export const markAt = (index: number, x: number, y: number): string => `M${round(x)},${round(y)}${SHAPES[index % SHAPES.length]}`;
