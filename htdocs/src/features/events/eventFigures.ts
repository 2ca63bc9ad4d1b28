/* The figures of one event. */
import type { SpecialEvent, Viewers } from '../../shared/api/types';
import { addDays, addMonths, daysBetween } from '../../shared/time/day';

/** null where there is no number at all. */
export function sumOf(values: readonly Viewers[]): Viewers {
  const numbers = values.filter((value): value is number => value !== null);
  return numbers.length > 0 ? numbers.reduce((sum, value) => sum + value, 0) : null;
}

export interface EventFigures {
  total: Viewers;
  /** Days with a number. */
  days: number;
  mean: number | null;
  /** Its place among the days; null without numbers. */
  peak: number | null;
  platforms: { id: string; name: string; color: string; value: Viewers }[];
}

export function figuresOf(event: SpecialEvent): EventFigures {
  const total = sumOf(event.total), days = event.total.filter((value) => value !== null).length;
  const peak = event.total.reduce<number | null>((best, value, i) => (value !== null && (best === null || value > event.total[best]!) ? i : best), null);
  const platforms = event.platforms.map(({ id, name, color }) => ({ id, name, color, value: sumOf(event.viewers[id] ?? []) }));
  return { total, days, mean: total === null ? null : total / days, peak, platforms };
}

const WEEK_DAYS = 7, MONTH_DAYS = 28;
const monthsBetween = (from: string, to: string) => (Number(to.slice(0, 4)) - Number(from.slice(0, 4))) * 12 + Number(to.slice(5, 7)) - Number(from.slice(5, 7));

/** How far its days are apart: an event may go on daily, weekly or every few months. */
export interface Stride {
  unit: 'day' | 'month';
  size: number;
}

export function strideOf(event: SpecialEvent): Stride {
  const gaps = (between: (from: string, to: string) => number) => event.day.slice(1).map((day, i) => between(event.day[i]!, day)).filter((gap) => gap > 0);
  const days = Math.min(...gaps(daysBetween));
  /* Two days with one between them are a daily event with a gap. */
  if (days < WEEK_DAYS || days === Infinity) return { unit: 'day', size: 1 };
  return days < MONTH_DAYS ? { unit: 'day', size: days } : { unit: 'month', size: Math.max(1, Math.min(...gaps(monthsBetween))) };
}

/** 1 for the first day, and so on; a day that is left out leaves its n out. */
export function dayNumbers(event: SpecialEvent): number[] {
  const { unit, size } = strideOf(event), first = event.day[0] !== undefined && event.day[0] < event.start_date ? event.day[0] : event.start_date;
  const steps = (day: string) => (unit === 'month' ? monthsBetween(first, day) : daysBetween(first, day)) / size;
  return event.day.map((day) => Math.floor(steps(day)) + 1);
}

/** The day of that n, whether there is a number for it or not. */
export function dayOf(event: SpecialEvent, n: number): string {
  const { unit, size } = strideOf(event);
  return unit === 'month' ? addMonths(event.start_date, (n - 1) * size) : addDays(event.start_date, (n - 1) * size);
}

/** For the axis of its chart. */
export const strideDays = (event: SpecialEvent): number => {
  const { unit, size } = strideOf(event);
  return unit === 'month' ? size * 30.5 : size;
};

/** How a day was written, where that is not the date itself. */
export const writtenAs = (event: SpecialEvent, i: number): string | null => (event.label[i] && event.label[i] !== event.day[i] ? event.label[i] : null);
