/* What is compared with what, in words. */
import type { Interval } from '../../shared/api/types';
import type { Period } from '../../shared/figures/periods';
import { namePeriod } from '../../shared/figures/sentence';
import { t } from './texts';

export function sayComparison(latest: Period, interval: Interval): string {
  const now = namePeriod(latest, interval);
  if (!latest.before) return t('alone', { now });
  const compared = t('against', { now, before: namePeriod({ ...latest.before, state: 'whole' }, interval) });
  return interval === 'week' ? compared : `${compared} ${t('perWeek')}`;
}
