/* Which filters of a view are set, in words, and how they are taken away. */
import type { Ident } from '../../shared/api/types';
import { formatDay, formatRange } from '../../shared/format/date';
import { DEFAULT_PRESET, type Filters, type ViewFilters } from '../../shared/url/filter-params';
import { t } from './texts';

/** A view of one service always shows one: that is a choice, not a narrowing. */
export function paramsSet(view: ViewFilters, filters: Filters): string[] {
  const set: Record<string, unknown> = {
    service: view.service === 'many' && filters.services.length > 0,
    platform: view.platform && filters.platforms.length > 0,
    range: view.range && filters.preset !== DEFAULT_PRESET,
    interval: view.interval && filters.interval !== view.interval,
    q: view.search && filters.search !== '',
    as_of: view.asOf && filters.asOf !== undefined,
  };
  return Object.keys(set).filter((param) => set[param]);
}

/** The range has three. */
const ALL: Record<string, readonly string[]> = { range: ['range', 'from', 'to'] };

/** What setParams is to be told. */
export const resetOf = (set: readonly string[]): Record<string, null> => Object.fromEntries(set.flatMap((param) => ALL[param] ?? [param]).map((param) => [param, null]));

export function sayRange({ preset, from, to }: Filters): string {
  if (preset) return t(preset);
  if (from && to) return formatRange(from, to);
  return from ? t('since', { day: formatDay(from) }) : t('until', { day: formatDay(to!) });
}

/** Names as long as they are few. */
export function sayChosen(chosen: readonly string[], known: readonly Ident[], what: 'services' | 'platforms'): string {
  if (chosen.length === 0) return t(what === 'services' ? 'allServices' : 'allPlatforms');
  const names = chosen.map((id) => known.find((ident) => ident.id === id)?.name ?? id);
  return names.length < 3 ? names.join(', ') : t(what === 'services' ? 'someServices' : 'somePlatforms', { n: names.length });
}

/** What a printed page says instead of its controls. */
export function sayFilters(view: ViewFilters, filters: Filters, service: string | undefined, services: readonly Ident[], platforms: readonly Ident[]): string {
  return [
    view.service === 'one' ? service : view.service && sayChosen(filters.services, services, 'services'),
    view.platform && sayChosen(filters.platforms, platforms, 'platforms'),
    view.range && (filters.preset && filters.from && filters.to ? `${sayRange(filters)} (${formatRange(filters.from, filters.to)})` : sayRange(filters)),
    view.interval && t(`by${filters.interval}`),
    view.search && filters.search && `“${filters.search}”`,
    view.asOf && filters.asOf !== undefined && t('asOf', { id: filters.asOf }),
  ].filter(Boolean).join(' · ');
}
