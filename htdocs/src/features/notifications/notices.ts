/* What deserves a look: large changes of the latest week, and services without a number. */
import type { Day, ServiceStats, Stats } from '../../shared/api/types';
import { addDays, daysBetween } from '../../shared/time/day';

export type Notice =
  | { kind: 'change'; key: string; service: ServiceStats; week: Day; ratio: number; now: number; before: number }
  | { kind: 'new'; key: string; service: ServiceStats; week: Day; now: number }
  | { kind: 'gap'; key: string; service: ServiceStats; /** The first week without a number. */ week: Day; weeks: number };

/** A week can be entered from the day after its first one: most programs are streamed on it. */
const GRACE_DAYS = 1;
/** After so many weeks without a number a service has ended rather than been forgotten. */
export const ENDED_WEEKS = 8;

function changeNotice(service: ServiceStats, threshold: number): Notice | null {
  const { latest, previous, latest_week: week, change } = service;
  if (latest === null || previous === null || week === null) return null;
  if (previous === 0) return latest > 0 ? { kind: 'new', key: `new:${service.id}:${week}`, service, week, now: latest } : null;
  if (change === null || Math.abs(change) < threshold) return null;
  return { kind: 'change', key: `change:${service.id}:${week}:${latest}:${previous}`, service, week, ratio: change, now: latest, before: previous };
}

/** Weeks whose day of number has passed and that have none, up to the present one. */
function gapNotice(service: ServiceStats, now: Day): Notice | null {
  if (service.latest_week === null) return null;
  const week = addDays(service.latest_week, 7);
  const weeks = Math.floor((daysBetween(week, now) - GRACE_DAYS) / 7) + 1;
  if (weeks < 1 || weeks > ENDED_WEEKS) return null;
  return { kind: 'gap', key: `gap:${service.id}:${week}:${weeks}`, service, week, weeks };
}

/** threshold: of the change, 0.25 is a quarter. now: today where the viewer is. */
export function noticesOf(stats: Stats, threshold: number, now: Day): Notice[] {
  const found = stats.services.flatMap((service) => [gapNotice(service, now), changeNotice(service, threshold)]);
  return found.filter((notice) => notice !== null);
}
