/* The address of the page: which view, and what it is asked to show. */
import { useSyncExternalStore } from 'react';
import { MOUNT } from '../api/base';

export interface Location {
  /** The segment below the mount point; '' is the overview. */
  view: string;
  params: URLSearchParams;
}

const listeners = new Set<() => void>();
let current = read();

function read(): Location {
  const { pathname, search } = window.location;
  return { view: decodeURIComponent(pathname.slice(MOUNT.pathname.length)), params: new URLSearchParams(search) };
}

function changed(): void {
  current = read();
  listeners.forEach((listener) => listener());
}

window.addEventListener('popstate', changed);

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const useLocation = (): Location => useSyncExternalStore(subscribe, () => current);
export const getLocation = (): Location => current;

export function hrefOf(view: string, params: URLSearchParams = new URLSearchParams()): string {
  const query = params.toString();
  return MOUNT.pathname + view + (query ? `?${query}` : '');
}

/** replace: for what people type or drag, so that going back does not lead through every letter of it. */
export function navigate(view: string, params?: URLSearchParams, replace = false): void {
  const href = hrefOf(view, params);
  if (href === window.location.pathname + window.location.search) return;
  if (replace) window.history.replaceState(null, '', href);
  else window.history.pushState(null, '', href);
  changed();
}

/** Changes some parameters of the present view; null takes one away. */
export function setParams(changes: Record<string, string | readonly string[] | null>, replace = false): void {
  const params = new URLSearchParams(current.params);
  for (const [name, value] of Object.entries(changes)) {
    params.delete(name);
    if (typeof value === 'string') params.append(name, value);
    else value?.forEach((one) => params.append(name, one));
  }
  navigate(current.view, params, replace);
}
