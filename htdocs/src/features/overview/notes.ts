/* Which remarks about a service's numbers are about those that are shown. */
import type { ServiceStats } from '../../shared/api/types';
import { isWithin } from '../../shared/figures/weeks';
import type { Filters } from '../../shared/url/filter-params';

/** They are about the numbers of now: with those of an earlier entry there are none. */
export function notesWithin(notes: ServiceStats['quality'], filters: Filters): ServiceStats['quality'] {
  if (filters.asOf !== undefined) return [];
  return notes.filter(({ week, platform }) => (week === null || isWithin(week, filters)) && (platform === null || filters.platforms.length === 0 || filters.platforms.includes(platform)));
}
