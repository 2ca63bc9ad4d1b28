/* One hook for each thing that can be asked, one function for each that can be done. */
import { useRef } from 'react';
import { apiUrl } from './base';
import { send } from './client';
import { refreshAll, useQuery } from './query';
import type {
  Can, Data, Day, Entries, EntryResult, EventEdited, EventNew, EventPatch, History, IdentPatch, Interval, Me, OneUpload, Plan, PlatformEdited, Platforms, ServiceEdited, Services, SpecialEvents, Stats, UndoResult, Upload, UploadDetail, Uploads,
} from './types';

export interface DataFilter {
  from?: Day | undefined;
  to?: Day | undefined;
  service?: readonly string[] | undefined;
  platform?: readonly string[] | undefined;
  interval?: Interval | undefined;
  /** The data as it was after this entry of the ledger. */
  as_of?: number | undefined;
}

const withoutWeek = (filter: DataFilter) => ({ ...filter, interval: filter.interval === 'week' ? undefined : filter.interval });

export const useMe = () => useQuery<Me>(apiUrl('api/auth/me'));
export const useStats = () => useQuery<Stats>(apiUrl('api/stats'));
export const useData = (filter: DataFilter, wanted = true) => useQuery<Data>(wanted ? apiUrl('api/data', withoutWeek(filter)) : null);
export const useEvents = (filter: Omit<DataFilter, 'interval'> = {}) => useQuery<SpecialEvents>(apiUrl('api/special-events', filter));
export const useServices = () => useQuery<Services>(apiUrl('api/services'));
export const usePlatforms = () => useQuery<Platforms>(apiUrl('api/platforms'));
export const useUploads = (before?: number, limit = 50) => useQuery<Uploads>(apiUrl('api/uploads', { before, limit }));
export const useUpload = (id: number | null, include?: 'said' | 'changed', after?: string) =>
  useQuery<UploadDetail>(id === null ? null : apiUrl(`api/uploads/${id}`, { include, after }), false);

export type Cell = { service: string; platform: string; week: Day } | { event: string; service?: string | undefined; platform: string; date: Day };
export const useHistory = (cell: Cell | null) => useQuery<History>(cell && apiUrl('api/history', cell), false);

/** Far enough back to hold whatever is looked for among them. */
export const useLatestUploads = () => useUploads(undefined, 200);

/** What the frame of every view is made from is known, or known to be refused: from then on nothing in it moves. */
export function useSettled(): boolean {
  const settled = useRef(false);
  const answers = [useMe(), useStats(), useServices(), usePlatforms(), useLatestUploads()];
  settled.current ||= answers.every(({ data, error }) => data !== undefined || error !== undefined);
  return settled.current;
}

/** false as long as it is not known. */
export function useCan(what: Can): boolean {
  return useMe().data?.can.includes(what) ?? false;
}

/** The address of the file that holds what the filter shows. */
export const exportUrl = (filter: Omit<DataFilter, 'interval'>, format: 'csv' | 'ndjson' = 'csv') => apiUrl('api/export', { ...filter, format: format === 'csv' ? undefined : format });

/** After a write, what is shown is asked for again before the promise of the writer goes on. */
async function changing<T>(work: Promise<T>): Promise<T> {
  const result = await work;
  refreshAll();
  return result;
}

const segment = (id: string | number) => encodeURIComponent(String(id));

export const undo = (id: number, expect?: string) => changing(send<UndoResult>('POST', `api/uploads/${segment(id)}/undo`, undefined, { expect }));
export const planUndo = (id: number) => send<Plan>('POST', `api/uploads/${segment(id)}/undo`, undefined, { dry_run: 1 });
export const enter = (entries: Entries, expect?: string) => changing(send<EntryResult>('POST', 'api/data', entries, { expect }));
export const planEntry = (entries: Entries) => send<Plan>('POST', 'api/data', entries, { dry_run: 1 });
export const patchService = (id: string, patch: IdentPatch) => changing(send<ServiceEdited>('PATCH', `api/services/${segment(id)}`, patch));
export const patchPlatform = (id: string, patch: IdentPatch) => changing(send<PlatformEdited>('PATCH', `api/platforms/${segment(id)}`, patch));
export const makeEvent = (event: EventNew) => changing(send<EventEdited>('POST', 'api/special-events', event));
export const patchEvent = (id: string, patch: EventPatch) => changing(send<EventEdited>('PATCH', `api/special-events/${segment(id)}`, patch));
export const deleteEvent = (id: string) => changing(send<OneUpload>('DELETE', `api/special-events/${segment(id)}`));
export const planDeleteService = (id: string) => send<Plan>('DELETE', `api/data/${segment(id)}`, undefined, { dry_run: 1 });
export const deleteService = (id: string, expect?: string) => changing(send<{ upload: Upload | null }>('DELETE', `api/data/${segment(id)}`, undefined, { expect }));
