/* Signing in and out, and the end of a session that nobody asked for. */
import { createValue } from '../store/store';
import { apiUrl } from './base';
import { getUrl, onRefusal, send } from './client';
import { forgetAll, giveAnswer, refreshAll } from './query';
import type { Me } from './types';

/** later: the person knows, and has not signed in again yet. */
type End = 'none' | 'asking' | 'later';

const end = createValue<End>('none');

/** Somebody was signed in, and the server does not know them any more. What they were typing is still on the page. */
export const useSessionEnd = end.use;
export const signInLater = (): void => end.dispatch('later');

let known: Me | undefined;

/** Told whom the server sees: a person that becomes nobody without having signed out has a session that ended. */
export function noteMe(me: Me): void {
  /* Somebody else signed in elsewhere in this browser: nothing that was typed or shown here is theirs. */
  if (known && known.method !== 'anonymous' && me.method !== 'anonymous' && known.user !== me.user) window.location.reload();
  if (known && known.method !== 'anonymous' && me.method === 'anonymous' && end.get() === 'none') end.dispatch('asking');
  if (me.method !== 'anonymous') end.dispatch('none');
  known = me;
}

/** Who signs in later is asked again only when they do something that needs it. */
onRefusal((isWrite) => {
  if (end.get() === 'none' ? known && known.method !== 'anonymous' : isWrite) end.dispatch('asking');
});

/** An empty page that waits says nothing; one that loads says that it does. */
const LATE_MS = 5000;

/** A page that the browser had put aside is shown again as it was, whoever may have signed out since: nobody sees it before the server has said that it is still theirs. */
async function askAgain(): Promise<void> {
  const before = known?.user ?? null;
  const reload = () => window.location.reload(), late = setTimeout(reload, LATE_MS);
  document.body.hidden = true;
  const me = await getUrl<Me>(apiUrl('api/auth/me')).catch(() => undefined);
  clearTimeout(late);
  if (me?.user !== before) return reload();
  document.body.hidden = false;
  refreshAll();
}

export const watchReturn = (): void => window.addEventListener('pageshow', (event) => event.persisted && void askAgain());

/** The same person again keeps the page as it is; another one starts with an empty one. */
export async function signIn(pin: string): Promise<Me> {
  const me = await send<Me>('POST', 'api/auth', { pin });
  known = me;
  if (end.get() === 'none') {
    forgetAll();
  } else {
    /* Before the end is over: whoever may not do what the page shows loses the page. */
    giveAnswer(apiUrl('api/auth/me'), me);
    end.dispatch('none');
    refreshAll();
  }
  return me;
}

export async function signOut(): Promise<void> {
  const before = known;
  known = undefined;
  await send<Me>('DELETE', 'api/auth').catch((cause: unknown) => {
    known = before;
    throw cause;
  });
  end.dispatch('none');
  forgetAll();
}

export interface LoginWays {
  /** A PIN is sent to the API. */
  pin: boolean;
  /** A provider has a page to go to, from where it leads back here. */
  page: string | null;
}

export function loginWays(me: Me | undefined): LoginWays {
  const url = me?.login_url, { pathname, search, href } = window.location;
  if (!me || !url || url === new URL(apiUrl('api/auth'), href).pathname) return { pin: me?.pin ?? false, page: null };
  return { pin: me.pin, page: `${url}?return=${encodeURIComponent(pathname + search)}` };
}
