/* Parts of a whole. */
import type { Viewers } from '../shared/api/types';

export interface Part {
  id: string;
  name: string;
  color: string;
  value: Viewers;
}

export interface Share extends Part {
  /** Of the parts before it together. */
  start: number;
  /** From 0 to 1; null where there is no number, or nothing to share. */
  share: number | null;
}

export function sharesOf(parts: readonly Part[]): Share[] {
  const whole = parts.reduce((sum, part) => sum + (part.value ?? 0), 0);
  let before = 0;
  return parts.map((part) => {
    const share = part.value === null || whole === 0 ? null : part.value / whole, start = before;
    before += share ?? 0;
    return { ...part, start, share };
  });
}
