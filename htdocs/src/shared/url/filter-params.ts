/* The filters that views share, as they are written into an address. */
import type { DataFilter } from '../api/hooks';
import type { Day, Interval } from '../api/types';
import { isDay } from '../time/day';
import { isPreset, rangeOf, type Preset, type Range } from '../time/range';

export interface Filters extends Range {
  /** Public ids; empty: all. */
  services: readonly string[];
  platforms: readonly string[];
  /** null: the days are given by hand, or there are none. */
  preset: Preset | null;
  interval: Interval;
  search: string;
  /** An entry of the ledger: the data as it was after it. */
  asOf: number | undefined;
}

/** A view that has a control shows what the control says: what does not act on a view is not shown there. one: exactly one service, the first where none is named. */
export interface ViewFilters {
  service?: 'one' | 'many';
  platform?: boolean;
  range?: boolean;
  /** What it is where the address says nothing. */
  interval?: Interval;
  search?: boolean;
  /** The data as it was after an entry of the ledger. */
  asOf?: boolean;
}

export const INTERVALS: readonly Interval[] = ['week', 'month', 'quarter', 'year'];
/** All services are put side by side by month where nothing else is asked for. */
export const SERVICES_INTERVAL: Interval = 'month';
export const DEFAULT_PRESET: Preset = 'all';
/** What goes along from view to view. */
export const SHARED_PARAMS = ['service', 'platform', 'range', 'from', 'to', 'interval', 'as_of'] as const;

const dayOrNothing = (text: string | null): Day | undefined => (text && isDay(text) ? text : undefined);

/** usual: the view's interval where the address says none. */
export function parseFilters(params: URLSearchParams, now: Day, usual: Interval = 'week'): Filters {
  const range = params.get('range'), from = dayOrNothing(params.get('from')), to = dayOrNothing(params.get('to'));
  const preset = isPreset(range) ? range : from || to ? null : DEFAULT_PRESET;
  const interval = params.get('interval') as Interval, asOf = params.get('as_of');
  return {
    services: params.getAll('service').filter(Boolean),
    platforms: params.getAll('platform').filter(Boolean),
    preset,
    ...(preset ? rangeOf(preset, now) : { from, to }),
    interval: INTERVALS.includes(interval) ? interval : usual,
    search: params.get('q') ?? '',
    asOf: asOf && /^[1-9]\d{0,15}$/.test(asOf) ? Number(asOf) : undefined,
  };
}

/** The one service of a view that shows one: the first where none is named, undefined where the one that is named is not known. */
export const chosenOf = <Service extends { id: string }>(wanted: readonly string[], services: readonly Service[]): Service | undefined =>
  wanted.length === 0 ? services[0] : services.find((service) => service.id === wanted[0]);

/** For the server. */
export function dataFilter(filters: Filters): DataFilter {
  return { from: filters.from, to: filters.to, service: filters.services, platform: filters.platforms, interval: filters.interval, as_of: filters.asOf };
}

/** The shared filters of an address, for the link to another view. */
export function sharedParams(params: URLSearchParams): URLSearchParams {
  const shared = new URLSearchParams();
  for (const name of SHARED_PARAMS) params.getAll(name).forEach((value) => shared.append(name, value));
  return shared;
}
