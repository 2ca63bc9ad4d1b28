/* Reads numbers of viewers as people type them. */
import { LOCALES } from '../../shared/format/locale';

export const MOST = 1_000_000_000_000;

/** none: nothing is typed, and there is no number. */
export type Count = { kind: 'none' } | { kind: 'number'; value: number } | { kind: 'bad' };

/** What one locale writes between thousands, and its ten digits. */
export interface Writing {
  group: string;
  digits: readonly string[];
}

export function writingOf(locales: readonly string[]): Writing {
  const format = new Intl.NumberFormat([...locales], { useGrouping: false });
  const group = new Intl.NumberFormat([...locales]).formatToParts(1_234_567).find((part) => part.type === 'group')?.value ?? '';
  return { group, digits: Array.from({ length: 10 }, (_, digit) => format.format(digit)) };
}

const OWN = writingOf(LOCALES);
const escape = (text: string) => text.replace(/[\\\]^-]/g, '\\$&');

/** Spaces and apostrophes stand between thousands anywhere; a comma or point only where the locale has it there, since elsewhere it begins the decimals. */
export function parseCount(text: string, writing: Writing = OWN): Count {
  const typed = [...text.trim()].map((char) => (writing.digits.includes(char) ? String(writing.digits.indexOf(char)) : char)).join('');
  if (typed === '') return { kind: 'none' };
  const grouped = new RegExp(`^\\d{1,3}(?:[\\s'’${escape(writing.group)}]\\d{2,3})*[\\s'’${escape(writing.group)}]\\d{3}$`, 'u');
  if (!/^\d+$/.test(typed) && !grouped.test(typed)) return { kind: 'bad' };
  const value = Number(typed.replace(/\D/g, ''));
  return value <= MOST ? { kind: 'number', value } : { kind: 'bad' };
}
