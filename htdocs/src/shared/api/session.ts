/* Signing in and out, and the end of a session that nobody asked for. */
import { useSyncExternalStore } from 'react';
import { apiUrl } from './base';
import { onRefusal, send } from './client';
import { forgetAll, giveAnswer, refreshAll } from './query';
import type { Me } from './types';

/** later: the person knows, and has not signed in again yet. */
type End = 'none' | 'asking' | 'later';

let end: End = 'none';
const listeners = new Set<() => void>();

function setEnd(value: End): void {
  if (end === value) return;
  end = value;
  listeners.forEach((listener) => listener());
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Somebody was signed in, and the server does not know them any more. What they were typing is still on the page. */
export const useSessionEnd = (): End => useSyncExternalStore(subscribe, () => end);
export const signInLater = (): void => setEnd('later');

let known: Me | undefined;

/** Told whom the server sees: a person that becomes nobody without having signed out has a session that ended. */
export function noteMe(me: Me): void {
  if (known && known.method !== 'anonymous' && me.method === 'anonymous' && end === 'none') setEnd('asking');
  if (me.method !== 'anonymous') setEnd('none');
  known = me;
}

/** Who signs in later is asked again only when they do something that needs it. */
onRefusal((isWrite) => {
  if (end === 'none' ? known && known.method !== 'anonymous' : isWrite) setEnd('asking');
});

/** The same person again keeps the page as it is; another one starts with an empty one. */
export async function signIn(pin: string): Promise<Me> {
  const me = await send<Me>('POST', 'api/auth', { pin });
  known = me;
  if (end === 'none') {
    forgetAll();
  } else {
    /* Before the end is over: whoever may not do what the page shows loses the page. */
    giveAnswer(apiUrl('api/auth/me'), me);
    setEnd('none');
    refreshAll();
  }
  return me;
}

export async function signOut(): Promise<void> {
  known = undefined;
  await send<Me>('DELETE', 'api/auth');
  setEnd('none');
  forgetAll();
}

export type LoginWay = { kind: 'none' } | { kind: 'pin' } | { kind: 'page'; url: string };

/** A PIN is sent to the API; a provider has a page of its own to go to. */
export function loginWay(me: Me | undefined): LoginWay {
  if (!me?.login_url) return { kind: 'none' };
  if (me.login_url === new URL(apiUrl('api/auth'), window.location.href).pathname) return { kind: 'pin' };
  return { kind: 'page', url: me.login_url };
}
