/* Signing in and out, and the end of a session that nobody asked for. */
import { createValue } from '../store/store';
import { apiUrl } from './base';
import { onRefusal, send } from './client';
import { forgetAll, refreshAll } from './query';
import type { Me } from './types';

const expired = createValue(false);

/** Somebody was signed in, and the server does not know them any more. What they were typing is still on the page. */
export const useExpired = expired.use;
export const dismissExpired = (): void => expired.dispatch(false);

let known: Me | undefined;

/** Told whom the server sees: a person that becomes nobody without having signed out has a session that ended. */
export function noteMe(me: Me): void {
  if (known && known.method !== 'anonymous' && me.method === 'anonymous') expired.dispatch(true);
  if (me.method !== 'anonymous') expired.dispatch(false);
  known = me;
}

onRefusal(() => {
  if (known && known.method !== 'anonymous') expired.dispatch(true);
});

/** The same person again keeps the page as it is; another one starts with an empty one. */
export async function signIn(pin: string): Promise<Me> {
  const me = await send<Me>('POST', 'api/auth', { pin });
  const again = expired.get();
  expired.dispatch(false);
  known = me;
  if (again) refreshAll();
  else forgetAll();
  return me;
}

export async function signOut(): Promise<void> {
  known = undefined;
  await send<Me>('DELETE', 'api/auth');
  forgetAll();
}

export type LoginWay = { kind: 'none' } | { kind: 'pin' } | { kind: 'page'; url: string };

/** A PIN is sent to the API; a provider has a page of its own to go to. */
export function loginWay(me: Me | undefined): LoginWay {
  if (!me?.login_url) return { kind: 'none' };
  if (me.login_url === new URL(apiUrl('api/auth'), window.location.href).pathname) return { kind: 'pin' };
  return { kind: 'page', url: me.login_url };
}
