/* Which event is to be entered, and which day of it. */
import type { Day, SpecialEvent, Viewers } from '../../shared/api/types';
import { addDays, daysBetween } from '../../shared/time/day';

/** Days that are further apart belong to two editions. */
export const EDITION_DAYS = 183;

/** The day after the last one that has a number, as long as the event lasts; else its first. */
export function expectedDay(event: SpecialEvent | undefined, today: Day): Day {
  if (!event) return today;
  const last = event.day.at(-1);
  if (!last) return event.start_date;
  return daysBetween(last, event.end_date) > 0 ? addDays(last, 1) : last;
}

export const isFar = (event: SpecialEvent | undefined, day: Day): boolean =>
  event !== undefined && (daysBetween(day, event.start_date) > EDITION_DAYS || daysBetween(event.end_date, day) > EDITION_DAYS);

export function viewersOn(event: SpecialEvent | undefined, platform: string, day: Day): Viewers {
  const at = event?.day.indexOf(day) ?? -1;
  return at < 0 ? null : (event?.viewers[platform]?.[at] ?? null);
}
