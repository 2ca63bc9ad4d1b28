/* Periods as the overview calls them. */
import type { Interval } from '../../shared/api/types';
import { formatPeriod } from '../../shared/format/period';
import type { Period } from '../../shared/figures/periods';
import { t } from './texts';

/** Says so where it is not the whole of it. */
export function namePeriod(period: Period, interval: Interval): string {
  const name = formatPeriod(period, interval);
  if (period.state === 'whole') return name;
  return t(period.state === 'running' ? 'soFar' : 'partOf', { period: name });
}

/** What is compared with what, and how. */
export function sayComparison(latest: Period, interval: Interval): string {
  const counted = (name: string, weeks: number) => (interval === 'week' ? name : t('counted', { period: name, n: weeks }));
  const now = counted(namePeriod(latest, interval), latest.all.weeks);
  if (!latest.before) return t('alone', { now });
  const compared = t('against', { now, before: counted(formatPeriod(latest.before, interval), latest.before.all.weeks) });
  return interval === 'week' ? compared : `${compared} ${t('perWeek')}`;
}
