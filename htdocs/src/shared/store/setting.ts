/* What one browser remembers for its user. */
import { useSyncExternalStore } from 'react';

const PREFIX = 'streampulse.';
const listeners = new Set<() => void>();
const values = new Map<string, unknown>();

function readStored<T>(key: string, fallback: T): T {
  try {
    const text = localStorage.getItem(PREFIX + key);
    return text === null ? fallback : (JSON.parse(text) as T);
  } catch {
    return fallback;
  }
}

export interface Setting<T> {
  get(): T;
  set(value: T): void;
  use(): T;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** A browser that stores nothing (private windows) keeps it as long as the page is open. isValid: what was stored may be of another version. */
export function setting<T>(key: string, fallback: T, isValid: (value: unknown) => boolean): Setting<T> {
  const get = (): T => {
    if (!values.has(key)) {
      const stored = readStored(key, fallback);
      values.set(key, isValid(stored) ? stored : fallback);
    }
    return values.get(key) as T;
  };
  const set = (value: T) => {
    values.set(key, value);
    try {
      localStorage.setItem(PREFIX + key, JSON.stringify(value));
    } catch {
      /* It is kept for this page. */
    }
    listeners.forEach((listener) => listener());
  };
  return { get, set, use: () => useSyncExternalStore(subscribe, get) };
}
