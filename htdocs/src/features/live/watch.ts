/* Noticing that something changed: by asking, for as long as nothing tells. The one place to replace when the server streams. */
import { apiUrl } from '../../shared/api/base';
import { getUrl } from '../../shared/api/client';
import { ApiError } from '../../shared/api/error';
import type { Uploads } from '../../shared/api/types';

export const EVERY_MS = 4000;
export const SLOWEST_MS = 60_000;
/** A server that takes a request and never answers is away too. */
export const PATIENCE_MS = 20_000;

/** How long to wait after so many failures in a row. */
export function pause(failures: number, retryAfter: number | null, random: number = Math.random()): number {
  if (failures === 0) return EVERY_MS;
  const wait = Math.min(SLOWEST_MS, EVERY_MS * 2 ** (failures - 1));
  /* Apart from each other, so that a server that comes back is not met by all dashboards at once. */
  return Math.max((retryAfter ?? 0) * 1000, Math.round(wait * (0.75 + 0.5 * random)));
}

/** A page of another in the server's place, or a server that is broken, is no better than none. */
const isRefusal = (cause: unknown): boolean => cause instanceof ApiError && (cause.status === 401 || cause.status === 403);

export interface Watcher {
  /** The ledger is another one than at the last answer. */
  onChange: (uploads: Uploads) => void;
  /** Every answer, after onChange. */
  onAnswer: (uploads: Uploads) => void;
  onState: (state: 'fresh' | 'away' | 'refused') => void;
}

/** One conditional request every few seconds while the page is seen, none while it is hidden. Returns how to stop it. */
export function watch({ onChange, onAnswer, onState }: Watcher): () => void {
  const url = apiUrl('api/uploads', { limit: 5 });
  let timer: number | undefined, failures = 0, last: Uploads | undefined, stopped = false, asking = false;

  const plan = (ms: number) => {
    window.clearTimeout(timer);
    if (!stopped && !document.hidden) timer = window.setTimeout(() => void ask(), ms);
  };

  const take = (uploads: Uploads) => {
    failures = 0;
    if (last && uploads !== last) onChange(uploads);
    last = uploads;
    onAnswer(uploads);
    onState('fresh');
  };

  const ask = async () => {
    if (asking) return;
    asking = true;
    let retryAfter: number | null = null;
    try {
      take(await getUrl<Uploads>(url, AbortSignal.timeout(PATIENCE_MS), true));
    } catch (cause) {
      failures++;
      retryAfter = cause instanceof ApiError ? cause.retryAfter : null;
      onState(isRefusal(cause) ? 'refused' : 'away');
    }
    asking = false;
    plan(pause(failures, retryAfter));
  };

  const wake = () => {
    if (document.hidden) window.clearTimeout(timer);
    else plan(0);
  };

  document.addEventListener('visibilitychange', wake);
  window.addEventListener('online', wake);
  plan(0);
  return () => {
    stopped = true;
    window.clearTimeout(timer);
    document.removeEventListener('visibilitychange', wake);
    window.removeEventListener('online', wake);
  };
}
