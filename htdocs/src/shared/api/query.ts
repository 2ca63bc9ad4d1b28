/* What the page has asked for: one copy of each answer, shared by every part that shows it, and asked for anew when something changed. */
import { useCallback, useEffect, useRef, useSyncExternalStore } from 'react';
import { forgetAnswers, getUrl } from './client';
import { ApiError } from './error';

export interface QueryState<T> {
  data: T | undefined;
  error: ApiError | undefined;
  /** On its way, for the first time or again. */
  loading: boolean;
}

interface Entry {
  state: QueryState<unknown>;
  listeners: Set<() => void>;
  running: Promise<void> | null;
  /** Something changed while it was on its way. */
  again: boolean;
}

const entries = new Map<string, Entry>();
const NOTHING: QueryState<never> = { data: undefined, error: undefined, loading: false };
const UNUSED_MOST = 80;

function entryOf(url: string): Entry {
  let entry = entries.get(url);
  if (!entry) {
    entry = { state: { data: undefined, error: undefined, loading: true }, listeners: new Set(), running: null, again: false };
    entries.set(url, entry);
  }
  return entry;
}

function set(entry: Entry, state: QueryState<unknown>): void {
  const was = entry.state;
  if (was.data === state.data && was.error === state.error && was.loading === state.loading) return;
  entry.state = state;
  entry.listeners.forEach((listener) => listener());
}

async function run(url: string, entry: Entry): Promise<void> {
  set(entry, { ...entry.state, loading: true });
  try {
    const data = await getUrl(url);
    set(entry, { data, error: undefined, loading: false });
  } catch (cause) {
    const error = cause instanceof ApiError ? cause : new ApiError('not_ours', 0, String(cause));
    /* What is no more, or not for us, is not shown on. While the server is away it is, and when a session ended, which leaves the page as it was. */
    const data = error.isPassing || error.status === 401 ? entry.state.data : undefined;
    set(entry, { data, error, loading: false });
  }
}

function load(url: string): void {
  const entry = entryOf(url);
  if (entry.running) {
    entry.again = true;
    return;
  }
  entry.running = run(url, entry).finally(() => {
    entry.running = null;
    if (!entry.again) return;
    entry.again = false;
    load(url);
  });
}

function dropUnused(): void {
  if (entries.size < UNUSED_MOST) return;
  for (const [url, entry] of entries) {
    if (entry.listeners.size === 0 && !entry.running) entries.delete(url);
  }
}

/** Everything that is on the page is asked for again; the rest when it is next shown. */
export function refreshAll(): void {
  for (const [url, entry] of entries) {
    if (entry.listeners.size > 0) load(url);
    else if (!entry.running) entries.delete(url);
  }
}

/** What came as the answer of something else. */
export function giveAnswer(url: string, data: unknown): void {
  set(entryOf(url), { data, error: undefined, loading: false });
}

/** After signing in or out: nothing that was shown to the one before stays. */
export function forgetAll(): void {
  forgetAnswers();
  for (const entry of entries.values()) set(entry, { data: undefined, error: undefined, loading: true });
  refreshAll();
}

/**
 * The answer of a GET, which stays up to date. url NULL: nothing is asked.
 * keep: while another address is on its way, the answer of the one before goes on being shown (with loading set), so that the page does not jump.
 */
export function useQuery<T>(url: string | null, keep = true): QueryState<T> & { refresh: () => void } {
  const last = useRef<T | undefined>(undefined);
  const subscribe = useCallback(
    (listener: () => void) => {
      if (url === null) return () => undefined;
      const entry = entryOf(url);
      entry.listeners.add(listener);
      if (!entry.running) load(url);
      return () => {
        entry.listeners.delete(listener);
        dropUnused();
      };
    },
    [url],
  );
  const state = useSyncExternalStore(subscribe, () => (url === null ? NOTHING : entryOf(url).state)) as QueryState<T>;
  useEffect(() => {
    if (state.data !== undefined) last.current = state.data;
  }, [state.data]);
  const refresh = useCallback(() => {
    if (url !== null) load(url);
  }, [url]);
  const shown = state.data ?? (keep && state.loading && !state.error ? last.current : undefined);
  return { data: shown, error: state.error, loading: state.loading, refresh };
}
