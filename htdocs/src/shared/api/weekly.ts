/* The weeks that views look at: one answer for all of them, whichever service, interval and end of the range they show. */
import { useMemo } from 'react';
import { weeklyOf } from '../figures/weeks';
import { addMonths, startOfYear } from '../time/day';
import type { Filters } from '../url/filters';
import { useData } from './hooks';
import type { Day } from './types';

/** From here on there is everything that the range is compared with: the year before, whole. */
export const leadOf = (from: Day | undefined): Day | undefined => from && addMonths(startOfYear(from), -12);

/** Of the platforms that are chosen, since the total is their sum. */
export function useWeekly({ from, platforms, asOf }: Filters) {
  const answer = useData({ from: leadOf(from), platform: platforms, as_of: asOf }), { data } = answer;
  return { ...answer, data: useMemo(() => data && weeklyOf(data), [data]) };
}
