/* Weeks one below the other, each with those that it is compared with. */
import type { Day, Viewers } from '../../shared/api/types';
import { changeOf, type ChangeOf } from '../../shared/figures/change';
import { changeFrom, type Period } from '../../shared/figures/periods';
import { weekFinder, type Week } from '../../shared/figures/weeks';

export interface WeekRow {
  start: Day;
  end: Day;
  total: Viewers;
  by: Period['by'];
  /** To the week before. */
  change: ChangeOf;
  /** The same week of the year before. */
  yearBefore: Viewers;
  yearChange: ChangeOf;
}

/** The newest first. periods: weeks of the range. weeks: all that are known. */
export function weekRows(periods: readonly Period[], weeks: readonly Week[]): WeekRow[] {
  const find = weekFinder(weeks);
  const rows = periods.map(({ start, end, all, by, before }): WeekRow => {
    const yearBefore = find.aYearBefore(start)?.total ?? null;
    return { start, end, total: all.sum, by, change: changeFrom(all, before?.all), yearBefore, yearChange: changeOf(all.sum, yearBefore) };
  });
  return rows.reverse();
}
