/* How the table of a view is sorted, as it stands in the address. */
import { setParams, useLocation } from './location';

export interface Sorting {
  column: string;
  descending: boolean;
}

/** "viewers" or "-viewers". */
export function parseSorting(text: string | null): Sorting | null {
  if (!text) return null;
  return text.startsWith('-') ? { column: text.slice(1), descending: true } : { column: text, descending: false };
}

export const useSorting = (): Sorting | null => parseSorting(useLocation().params.get('sort'));
export const setSorting = (sorting: Sorting | null) => setParams({ sort: sorting && `${sorting.descending ? '-' : ''}${sorting.column}` }, true);
