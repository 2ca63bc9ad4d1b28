/* How a range ended compared with how it began. */
import type { Day } from '../api/types';
import { changeOf, type ChangeOf } from './change';
import { meanOf } from './periods';
import type { Week } from './weeks';

export interface Growth {
  /** Means per week. */
  first: number;
  last: number;
  firstFrom: Day;
  firstTo: Day;
  lastFrom: Day;
  lastTo: Day;
  change: ChangeOf;
}

/** The first count weeks that have a number against the last; null where these would overlap. */
export function growthOf(weeks: readonly Week[], count = 4): Growth | null {
  const counted = weeks.filter((week) => week.total !== null);
  if (counted.length < 2 * count) return null;
  const mean = (part: readonly Week[]) => meanOf({ sum: part.reduce((sum, week) => sum + week.total!, 0), weeks: part.length })!;
  const begin = counted.slice(0, count), end = counted.slice(-count);
  const first = mean(begin), last = mean(end);
  return { first, last, firstFrom: begin[0]!.start, firstTo: begin.at(-1)!.end, lastFrom: end[0]!.start, lastTo: end.at(-1)!.end, change: changeOf(last, first) };
}
