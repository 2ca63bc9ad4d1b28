/* One service's numbers as weeks in order, with those between them that have none. */
import type { Data, Day, Series, Viewers, WeeklySeries } from '../api/types';
import { addDays, daysBetween } from '../time/day';
import type { Range } from '../time/range';

export interface Week {
  start: Day;
  end: Day;
  /** null: no number, for nobody counted. */
  total: Viewers;
  /** By the platform's public id. */
  viewers: Readonly<Record<string, Viewers>>;
}

export const WEEK = 7;

const isWeekly = (series: Series): series is WeeklySeries => 'week_start' in series;
export const weeklyOf = (data: Data): WeeklySeries[] => data.services.filter(isWeekly);

export function weeksOf(series: WeeklySeries): Week[] {
  return series.week_start.map((start, i) => ({
    start,
    end: series.week_end[i]!,
    total: series.total[i] ?? null,
    viewers: Object.fromEntries(series.platforms.map(({ id }) => [id, series.viewers[id]?.[i] ?? null])),
  }));
}

/** How many weeks fit between two starts; a service that moves to another weekday (6, 8 or 10 days) has missed none. */
export const missingBetween = (start: Day, next: Day): number => Math.max(0, Math.round(daysBetween(start, next) / WEEK) - 1);

/** The same with a week without numbers wherever one is missing in between. */
export function withGaps(weeks: readonly Week[]): Week[] {
  return weeks.flatMap((week, i) => {
    const before = weeks[i - 1];
    const missing = before ? missingBetween(before.start, week.start) : 0;
    const gaps = Array.from({ length: missing }, (_, n): Week => {
      const start = addDays(before!.start, WEEK * (n + 1));
      return { start, end: addDays(start, WEEK - 1), total: null, viewers: {} };
    });
    return [...gaps, week];
  });
}

export const isWithin = (day: Day, { from, to }: Range): boolean => (!from || day >= from) && (!to || day <= to);

/** Days between a week and the one of the same weekday a year before it. */
const YEAR = 52 * WEEK;
/** A week that moved to another weekday in between is still the same one. */
const MOVED_MOST = 3;

/** Finds a week by its first day; aYearBefore also where the weekday changed in between. */
export function weekFinder(weeks: readonly Week[]) {
  const byStart = new Map(weeks.map((week) => [week.start, week]));
  const near = (day: Day) => {
    const shifts = Array.from({ length: 2 * MOVED_MOST + 1 }, (_, n) => (n % 2 ? 1 : -1) * Math.ceil(n / 2));
    return shifts.map((shift) => byStart.get(addDays(day, shift))).find((week) => week !== undefined);
  };
  return {
    before: (start: Day) => byStart.get(addDays(start, -WEEK)),
    aYearBefore: (start: Day) => near(addDays(start, -YEAR)),
  };
}
