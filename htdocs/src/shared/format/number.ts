/* Numbers as the reader writes them. */
import type { Viewers } from '../api/types';
import { LOCALES } from './locale';

const exactFormat = new Intl.NumberFormat([...LOCALES]);
const compactFormat = new Intl.NumberFormat([...LOCALES], { notation: 'compact', maximumFractionDigits: 1 });
const percentFormat = new Intl.NumberFormat([...LOCALES], { style: 'percent', maximumFractionDigits: 1 });
const shareFormat = new Intl.NumberFormat([...LOCALES], { style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 });
const changeFormat = new Intl.NumberFormat([...LOCALES], { style: 'percent', maximumFractionDigits: 1, signDisplay: 'exceptZero' });
const signedFormat = new Intl.NumberFormat([...LOCALES], { maximumFractionDigits: 1, signDisplay: 'exceptZero' });
const meanFormat = new Intl.NumberFormat([...LOCALES], { maximumFractionDigits: 0 });

/** What is told of a change; a smaller one is none the less one. */
const LEAST = 0.001;

/** What stands for no number. */
export const NONE = '–';

/** Every digit. */
export const exact = (n: Viewers | undefined): string => (n === null || n === undefined ? NONE : exactFormat.format(n));
/** For axes and narrow places, "12.3K". */
export const compact = (n: Viewers | undefined): string => (n === null || n === undefined ? NONE : compactFormat.format(n));
export const percent = (ratio: number | null): string => (ratio === null ? NONE : percentFormat.format(ratio));
/** Below each other: all with as many digits. */
export const share = (ratio: number | null): string => (ratio === null ? NONE : shareFormat.format(ratio));
/** "+12.5 %", with its sign. */
export const signedPercent = (ratio: number): string => (ratio !== 0 && Math.abs(ratio) < LEAST / 2 ? `<${percentFormat.format(LEAST)}` : changeFormat.format(ratio));
export const signed = (n: number): string => signedFormat.format(n);
export const rounded = (n: number | null): string => (n === null ? NONE : meanFormat.format(n));
