/* The filters that views share, as they stand in the address of the page. */
import { useMemo } from 'react';
import type { Interval } from '../api/types';
import { today } from '../time/day';
import type { Preset, Range } from '../time/range';
import { DEFAULT_PRESET, parseFilters, type Filters } from './filter-params';
import { setParams, useLocation } from './location';

export * from './filter-params';

export function useFilters(usual?: Interval): Filters {
  const { params } = useLocation();
  const now = today();
  return useMemo(() => parseFilters(params, now, usual), [params, now, usual]);
}

export const setServices = (services: readonly string[]) => setParams({ service: services });
export const setPlatforms = (platforms: readonly string[]) => setParams({ platform: platforms });
export const setPreset = (preset: Preset) => setParams({ range: preset === DEFAULT_PRESET ? null : preset, from: null, to: null });
export const setRange = (range: Range) => setParams({ range: null, from: range.from ?? null, to: range.to ?? null });
export const setInterval = (interval: Interval, usual: Interval = 'week') => setParams({ interval: interval === usual ? null : interval });
export const setSearch = (search: string) => setParams({ q: search || null }, true);
export const setAsOf = (entry: number | null) => setParams({ as_of: entry === null ? null : String(entry) });
