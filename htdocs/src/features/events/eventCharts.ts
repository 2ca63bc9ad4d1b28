/* What the charts of events are told. */
import { PAIR } from '../../charts/pair';
import type { ChartStyle } from '../../charts/chartStyle';
import type { ChartSpec } from '../../charts/types';
import type { SpecialEvent } from '../../shared/api/types';
import { formatRange, formatShortDay, formatWeekday } from '../../shared/format/date';
import { exact, percent } from '../../shared/format/number';
import type { Comparison } from './comparison';
import { editionKey } from './editions';
import { figuresOf, strideDays, writtenAs } from './eventFigures';
import { t } from './texts';

/** A day in full, and how it was written where that says something else ("Good Friday", a month without a day). */
export function dayName(event: SpecialEvent, i: number): string {
  const written = writtenAs(event, i), day = formatWeekday(event.day[i]!);
  return written && !/\p{N}/u.test(written) ? `${day} (${written})` : day;
}

export function eventSummary(event: SpecialEvent): string {
  const { total, days, peak, platforms } = figuresOf(event), leader = [...platforms].sort((a, b) => (b.value ?? -1) - (a.value ?? -1))[0];
  if (total === null || peak === null || !leader) return t('noSummary');
  return t('summary', {
    n: days, total: exact(total), peak: dayName(event, peak), most: exact(event.total[peak]),
    leader: leader.name, share: percent(total === 0 ? null : (leader.value ?? 0) / total),
  });
}

export function eventSpec(event: SpecialEvent, style: ChartStyle): ChartSpec {
  return {
    title: t('dayByDayOf', { name: event.name }),
    summary: eventSummary(event),
    ...style,
    axis: { kind: 'days', days: event.day, stepDays: strideDays(event) },
    placeName: (i) => dayName(event, i),
    placeTick: (i) => formatShortDay(event.day[i]!),
    series: event.platforms.map(({ id, name, color }) => ({ id, name, color, values: event.viewers[id] ?? [] })),
    unit: t('unit'),
  };
}

/** What the two of a comparison are called. */
export type Names = { later: string; earlier: string };

/** Two editions by their years, or where they are of one year by their days; others by their names. */
export function sideNames({ later, earlier }: Comparison): Names {
  if (editionKey(later.name) !== editionKey(earlier.name)) return { later: later.name, earlier: earlier.name };
  const year = (event: SpecialEvent) => event.start_date.slice(0, 4);
  const named = (event: SpecialEvent) => (year(later) === year(earlier) ? formatRange(event.start_date, event.end_date) : year(event));
  return { later: named(later), earlier: named(earlier) };
}

/** With the names that two editions share. */
export function comparisonTitle(comparison: Comparison): string {
  const { later, earlier } = comparison, sides = t('sideOf', sideNames(comparison));
  return editionKey(later.name) === editionKey(earlier.name) ? `${later.name}: ${sides}` : sides;
}

export function comparisonSummary(comparison: Comparison): string {
  const { n, later, earlier } = comparison.alike, names = sideNames(comparison);
  return n === 0 ? t('nothingAlike') : t('alike', { n, later: names.later, a: exact(later), earlier: names.earlier, b: exact(earlier) });
}

/** Beside each other and never upon each other: two editions add up to nothing. */
export function comparisonSpec(comparison: Comparison, kind: ChartSpec['kind']): ChartSpec {
  const names = sideNames(comparison), n = (i: number) => t('dayN', { n: comparison.days[i]!.n });
  const side = (which: 'earlier' | 'later', color: string) => ({ id: which, name: names[which], color, values: comparison.days.map((day) => day[which].total) });
  return {
    title: comparisonTitle(comparison), summary: comparisonSummary(comparison), kind, stacked: false, axis: { kind: 'steps', count: comparison.days.length },
    placeName: n, placeTick: n, series: [side('earlier', PAIR[1]), side('later', PAIR[0])], unit: t('unit'),
  };
}
