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
  /** Counts what its state is from: an answer to what was asked before that is too late. */
  round: number;
  /** Of time, in ms: a server that refused wants to be asked then. */
  notBefore: number;
}

const entries = new Map<string, Entry>();
const NOTHING: QueryState<never> = { data: undefined, error: undefined, loading: false };
const UNUSED_MOST = 80;

function entryOf(url: string): Entry {
  let entry = entries.get(url);
  if (!entry) {
    entry = { state: { data: undefined, error: undefined, loading: true }, listeners: new Set(), running: null, again: false, round: 0, notBefore: 0 };
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

/** What is no more, or not for us, is not shown on. While the server is away or broken it is, and when a session ended, which leaves the page as it was. */
const keepsData = ({ isFinal, status }: ApiError): boolean => !isFinal || status === 401;

async function run(url: string, entry: Entry): Promise<void> {
  set(entry, { ...entry.state, loading: true });
  const { round } = entry;
  let state: QueryState<unknown>;
  try {
    state = { data: await getUrl(url), error: undefined, loading: false };
  } catch (cause) {
    const error = cause instanceof ApiError ? cause : new ApiError('not_ours', 0, String(cause));
    entry.notBefore = Date.now() + (error.retryAfter ?? 0) * 1000;
    state = { data: keepsData(error) ? entry.state.data : undefined, error, loading: false };
  }
  if (round === entry.round) set(entry, state);
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

/** What failed for now is asked for again, by whoever knows that the server is there. */
export function refreshFailed(): void {
  for (const [url, { state, listeners, running, notBefore }] of entries) {
    if (state.error && !state.error.isFinal && listeners.size > 0 && !running && Date.now() >= notBefore) load(url);
  }
}

/** Whatever is on its way is older. */
function replace(entry: Entry, state: QueryState<unknown>): void {
  entry.round++;
  set(entry, state);
}

/** What came as the answer of something else. */
export function giveAnswer(url: string, data: unknown): void {
  replace(entryOf(url), { data, error: undefined, loading: false });
}

let person = 0;

/** After signing in or out: nothing that was shown to the one before stays. */
export function forgetAll(): void {
  person++;
  forgetAnswers();
  for (const entry of entries.values()) replace(entry, { data: undefined, error: undefined, loading: true });
  refreshAll();
}

export const stateOf = (url: string): QueryState<unknown> => entryOf(url).state;

/** Asks for it, and goes on telling of it until the result is called. */
export function subscribe(url: string, listener: () => void): () => void {
  const entry = entryOf(url);
  entry.listeners.add(listener);
  if (!entry.running) load(url);
  return () => {
    entry.listeners.delete(listener);
    dropUnused();
  };
}

interface Last<T> {
  data: T;
  person: number;
}

/**
 * The answer of a GET, which stays up to date. url NULL: nothing is asked.
 * keep: while another address is on its way, the answer of the one before goes on being shown as stale, so that the page does not jump.
 */
export function useQuery<T>(url: string | null, keep = true): QueryState<T> & { refresh: () => void; isStale: boolean } {
  const last = useRef<Last<T> | undefined>(undefined);
  const follow = useCallback((listener: () => void) => (url === null ? () => undefined : subscribe(url, listener)), [url]);
  const state = useSyncExternalStore(follow, () => (url === null ? NOTHING : stateOf(url))) as QueryState<T>;
  const { data, error, loading } = state;
  useEffect(() => {
    if (data !== undefined) last.current = { data, person };
  }, [data]);
  const refresh = useCallback(() => {
    if (url !== null) load(url);
  }, [url]);
  const before = keep && loading && !error && data === undefined && last.current?.person === person ? last.current.data : undefined;
  return { data: data ?? before, error, loading, refresh, isStale: before !== undefined };
}
