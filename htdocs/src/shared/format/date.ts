/* Days and times as the reader writes them. */
import type { Day } from '../api/types';
import { LOCALES } from './locale';

/* Months are those of the Gregorian calendar, by which weeks are put together, whatever the locale's own is. */
const of = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat([...LOCALES], { calendar: 'gregory', ...options });
/* A day has no time zone; it is looked at in the one that it is written in. */
const fullDay = of({ year: 'numeric', month: 'short', day: 'numeric', timeZone: 'UTC' });
const weekday = of({ weekday: 'short', year: 'numeric', month: 'short', day: 'numeric', timeZone: 'UTC' });
const shortDay = of({ month: 'short', day: 'numeric', timeZone: 'UTC' });
const month = of({ year: 'numeric', month: 'long', timeZone: 'UTC' });
const shortMonth = of({ year: '2-digit', month: 'short', timeZone: 'UTC' });
const instant = of({ dateStyle: 'medium', timeStyle: 'short' });
const relative = new Intl.RelativeTimeFormat([...LOCALES], { numeric: 'auto' });

const date = (day: Day) => new Date(`${day}T00:00:00Z`);

/** "5 Jan 2025" */
export const formatDay = (day: Day): string => fullDay.format(date(day));
/** "Sun, 5 Jan 2025" */
export const formatWeekday = (day: Day): string => weekday.format(date(day));
/** "5 Jan" */
export const formatShortDay = (day: Day): string => shortDay.format(date(day));
/** "January 2025" */
export const formatMonth = (day: Day): string => month.format(date(day));
/** "Jan 25" */
export const formatShortMonth = (day: Day): string => shortMonth.format(date(day));
export const formatRange = (from: Day, to: Day): string => (from === to ? formatDay(from) : fullDay.formatRange(date(from), date(to)));
/** "2025-01-05T09:30:00Z" where and how the reader reads clocks. */
export const formatInstant = (at: string): string => instant.format(new Date(at));

export function formatAgo(at: string, now: number = Date.now()): string {
  const seconds = Math.round((Date.parse(at) - now) / 1000);
  const steps: [Intl.RelativeTimeFormatUnit, number][] = [['day', 86_400], ['hour', 3600], ['minute', 60]];
  for (const [unit, size] of steps) {
    if (Math.abs(seconds) >= size) return relative.format(Math.trunc(seconds / size), unit);
  }
  return relative.format(0, 'second');
}
