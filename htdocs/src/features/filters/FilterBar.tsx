/* The controls of the shared filters. */
import type { ViewFilters } from '../../shared/url/filters';

export function FilterBar({ filters }: { filters: ViewFilters }) {
  return Object.keys(filters).length > 0 ? <div /> : null;
}
