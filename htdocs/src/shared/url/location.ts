/* The address of the page: which view, and what it is asked to show. */
import { MOUNT } from '../api/base';
import { createValue } from '../store/store';

export interface Location {
  /** The segment below the mount point; '' is the overview. */
  view: string;
  params: URLSearchParams;
}

function read(): Location {
  const { pathname, search } = window.location;
  return { view: decodeURIComponent(pathname.slice(MOUNT.pathname.length)), params: new URLSearchParams(search) };
}

const current = createValue(read());
const changed = () => current.dispatch(read());

window.addEventListener('popstate', changed);

export const useLocation = current.use;
export const getLocation = current.get;

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
  const params = new URLSearchParams(current.get().params);
  for (const [name, value] of Object.entries(changes)) {
    params.delete(name);
    if (typeof value === 'string') params.append(name, value);
    else value?.forEach((one) => params.append(name, one));
  }
  navigate(current.get().view, params, replace);
}
