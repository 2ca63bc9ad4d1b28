/* A row of periods in a sentence, for those who do not see its chart. */
import type { Interval, Viewers } from '../api/types';
import { formatPeriod } from '../format/period';
import { exact } from '../format/number';
import { texts } from '../i18n/texts';
import type { Period } from './periods';
import { standingOf } from './standing';

const t = texts({
  nothing: 'No number in this range.',
  one: 'One number: {latest} ({latestAt}).',
  same: 'Always {latest}, from {first} to {latestAt}.',
  range: 'Highest {peak} ({peakAt}), lowest {lowest} ({lowestAt}), latest {latest} ({latestAt}).',
  week: { one: 'One week in between has no number.', other: '{n} weeks in between have no number.' },
  month: { one: 'One month in between has no number.', other: '{n} months in between have no number.' },
  quarter: { one: 'One quarter in between has no number.', other: '{n} quarters in between have no number.' },
  year: { one: 'One year in between has no number.', other: '{n} years in between have no number.' },
  ofwhole: { one: '{period}, one week', other: '{period}, {n} weeks' },
  ofrunning: { one: '{period} so far, one week', other: '{period} so far, {n} weeks' },
  ofcut: { one: 'part of {period}, one week', other: 'part of {period}, {n} weeks' },
  cut: 'Of {period} only a part lies in the range.',
});

/** What is longer than a week says of how many it is, since a month of two cannot be told from one of five by its name. */
export function namePeriod({ state, all, ...bounds }: Pick<Period, 'start' | 'end' | 'all' | 'state'>, interval: Interval): string {
  const period = formatPeriod(bounds, interval);
  return interval === 'week' ? period : t(`of${state}`, { period, n: all.weeks });
}

function sayNumbers(periods: readonly Period[], interval: Interval): string {
  const { latest, peak, lowest } = standingOf(periods);
  if (!latest || !peak || !lowest) return t('nothing');
  const counted = periods.filter((period) => period.all.sum !== null);
  const said = (period: Period) => [exact(period.all.sum), namePeriod(period, interval)] as const;
  const [latestN, latestAt] = said(latest), [peakN, peakAt] = said(peak), [lowestN, lowestAt] = said(lowest);
  if (counted.length === 1) return t('one', { latest: latestN, latestAt });
  if (peak.all.sum === lowest.all.sum) return t('same', { latest: latestN, latestAt, first: formatPeriod(counted[0]!, interval) });
  return t('range', { peak: peakN, peakAt, lowest: lowestN, lowestAt, latest: latestN, latestAt });
}

/** Highest, lowest, latest, what is missing, what is not whole. */
export function sayPeriods(periods: readonly Period[], interval: Interval): string {
  const { gaps, latest } = standingOf(periods);
  const cut = periods.filter((period) => period.state === 'cut' && period.all.sum !== null);
  return [
    sayNumbers(periods, interval),
    latest && gaps > 0 ? t(interval, { n: gaps }) : '',
    ...cut.map((period) => t('cut', { period: formatPeriod(period, interval) })),
  ].filter(Boolean).join(' ');
}

/** The same of one platform. */
export const platformPeriods = (periods: readonly Period[], platform: string): Period[] => periods.map((period) => ({ ...period, all: period.by[platform] ?? { sum: null, weeks: 0 } }));

export const sumsOf = (periods: readonly (Period | undefined)[], platform?: string): Viewers[] =>
  periods.map((period) => (platform === undefined ? period?.all.sum : period?.by[platform]?.sum) ?? null);
