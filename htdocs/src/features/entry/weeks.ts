/* Which week is to be entered. */
import type { Day, ServiceStats, WeeklySeries, Viewers } from '../../shared/api/types';
import { addDays, daysBetween, toNumber } from '../../shared/time/day';

/** 0 is Thursday, the first day of 1970. */
const weekdayOf = (day: Day): number => ((toNumber(day) % 7) + 7) % 7;
const SUNDAY = 3;

export const isSameWeekday = (a: Day, b: Day): boolean => weekdayOf(a) === weekdayOf(b);

/** The last such weekday that is not after the day. */
const lastOn = (weekday: number, day: Day): Day => addDays(day, -((weekdayOf(day) - weekday + 7) % 7));

type Known = Pick<ServiceStats, 'last_week'>;

/** The first week after the service's last one; where that has not begun yet, the last one itself. Without one: the week that is now, from Sunday on. */
export function expectedWeek(service: Known | undefined, today: Day): Day {
  const last = service?.last_week;
  if (!last) return lastOn(SUNDAY, today);
  const next = addDays(last, 7);
  return daysBetween(next, today) >= 0 ? next : last;
}

/** A platform's number of a week; null where there is none. */
export function viewersAt(series: WeeklySeries | undefined, platform: string, week: Day): Viewers {
  const at = series?.week_start.indexOf(week) ?? -1;
  return at < 0 ? null : (series?.viewers[platform]?.[at] ?? null);
}

/** The last day of a week that is stored with another length than seven days. */
export function oddEnd(series: WeeklySeries | undefined, week: Day): Day | undefined {
  const at = series?.week_start.indexOf(week) ?? -1, end = at >= 0 ? series?.week_end[at] : undefined;
  return end && end !== addDays(week, 6) ? end : undefined;
}
