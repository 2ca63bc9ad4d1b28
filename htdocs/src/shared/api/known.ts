/* The services and platforms that can be chosen. */
import { useMemo } from 'react';
import { useData, usePlatforms, useServices } from './hooks';
import type { Ident, Series } from './types';

export interface Known {
  /** In their order; undefined as long as they are not known. */
  services: readonly Ident[] | undefined;
  platforms: readonly Ident[] | undefined;
}

const NO_SERIES: readonly Series[] = [];

export function joinIdents(first: readonly Ident[], more: readonly Ident[]): readonly Ident[] {
  const ids = new Set(first.map((ident) => ident.id)), added = more.filter(({ id }) => !ids.has(id) && ids.add(id));
  return added.length > 0 ? [...first, ...added] : first;
}

/** Those of today, and where the data of an earlier entry is looked at also those that only it has. */
export function useKnown(asOf: number | undefined): Known {
  const services = useServices().data?.services, platforms = usePlatforms().data?.platforms;
  const then = useData({ as_of: asOf }, asOf !== undefined).data?.services ?? NO_SERIES;
  return useMemo(
    () => ({
      services: services && joinIdents(services, then),
      platforms: platforms && joinIdents(platforms, then.flatMap((series) => series.platforms)),
    }),
    [services, platforms, then],
  );
}
