import { describe, expect, it, vi } from 'vitest';
import type { Me } from './types';

vi.stubGlobal('document', { baseURI: 'https://there/pulse/' });
vi.stubGlobal('window', { location: { pathname: '/pulse/data', search: '?service=a&q=%26', href: 'https://there/pulse/data?service=a&q=%26' } });
const { loginWays } = await import('./session');

const me = (login_url: string | null, pin: boolean) => ({ login_url, pin }) as Me;

describe('loginWays', () => {
  it('is nothing as long as nobody knows', () => expect(loginWays(undefined)).toEqual({ pin: false, page: null }));
  it('is nothing where there is no way', () => expect(loginWays(me(null, false))).toEqual({ pin: false, page: null }));
  it('is the PIN, whose address is no page', () => expect(loginWays(me('/pulse/api/auth', true))).toEqual({ pin: true, page: null }));
  it('is the page of a provider, from which one comes back to what was looked at', () =>
    expect(loginWays(me('/pulse/login', false))).toEqual({ pin: false, page: '/pulse/login?return=%2Fpulse%2Fdata%3Fservice%3Da%26q%3D%2526' }));
  it('is both where there are both', () => expect(loginWays(me('/login', true))).toMatchObject({ pin: true, page: expect.stringContaining('/login?return=') as string }));
});
