/* Ranges of days that people choose by name. */
import type { Day } from '../api/types';
import { addDays, addMonths, startOfMonth, startOfQuarter, startOfYear } from './day';

/** Both inclusive; without one it is open at that end. */
export interface Range {
  from?: Day | undefined;
  to?: Day | undefined;
}

export const PRESETS = ['4w', '12w', '26w', '52w', 'month', 'last-month', 'quarter', 'year', 'last-year', 'all'] as const;
export type Preset = (typeof PRESETS)[number];

export const isPreset = (text: string | null): text is Preset => PRESETS.includes(text as Preset);

/** today: where the viewer is. */
export function rangeOf(preset: Preset, today: Day): Range {
  switch (preset) {
    case '4w':
    case '12w':
    case '26w':
    case '52w':
      return { from: addDays(today, 1 - 7 * Number.parseInt(preset, 10)), to: today };
    case 'month':
      return { from: startOfMonth(today), to: today };
    case 'last-month':
      return { from: addMonths(startOfMonth(today), -1), to: addDays(startOfMonth(today), -1) };
    case 'quarter':
      return { from: startOfQuarter(today), to: today };
    case 'year':
      return { from: startOfYear(today), to: today };
    case 'last-year':
      return { from: addMonths(startOfYear(today), -12), to: addDays(startOfYear(today), -1) };
    case 'all':
      return {};
  }
}
