/* Weeks, months, quarters and years as the reader writes them. */
import type { Day, Interval } from '../api/types';
import { quarterOf } from '../time/day';
import { formatMonth, formatRange, formatShortDay, formatShortMonth } from './date';

interface Bounds {
  start: Day;
  end: Day;
}

const quarter = (day: Day) => `Q${quarterOf(day).slice(-1)} ${day.slice(0, 4)}`;

/** "5 – 11 Jan 2025", "January 2025", "Q1 2025", "2025" */
export function formatPeriod({ start, end }: Bounds, interval: Interval): string {
  switch (interval) {
    case 'week':
      return formatRange(start, end);
    case 'month':
      return formatMonth(start);
    case 'quarter':
      return quarter(start);
    case 'year':
      return start.slice(0, 4);
  }
}

/** For narrow places: "5 Jan", "Jan 25" */
export function formatPeriodTick({ start, end }: Bounds, interval: Interval): string {
  if (interval === 'week') return formatShortDay(start);
  return interval === 'month' ? formatShortMonth(start) : formatPeriod({ start, end }, interval);
}
