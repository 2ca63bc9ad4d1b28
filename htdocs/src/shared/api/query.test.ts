import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

vi.stubGlobal('document', { baseURI: 'http://there/' });
const { forgetAll, giveAnswer, refreshAll, refreshFailed, stateOf, subscribe } = await import('./query');

interface Asked {
  url: string;
  answer: (status: number, body: unknown, headers?: Record<string, string>) => Promise<void>;
  breakOff: () => Promise<void>;
}

const asked: Asked[] = [];
let name = 0, url = '';
const settled = () => new Promise<void>((resolve) => setTimeout(resolve));

function hold(address: string): Promise<Response> {
  return new Promise((resolve, reject) => {
    const answer: Asked['answer'] = (status, body, headers = {}) => {
      const text = status === 304 ? null : typeof body === 'string' ? body : JSON.stringify(body);
      resolve(new Response(text, { status, headers: { 'Content-Type': typeof body === 'string' ? 'text/html' : 'application/json', ...headers } }));
      return settled();
    };
    const breakOff = () => {
      reject(new TypeError('network'));
      return settled();
    };
    asked.push({ url: address, answer, breakOff });
  });
}

const error = (code: string) => ({ error: code, code, details: [], request_id: 'r' });

beforeEach(() => {
  asked.length = 0;
  url = `http://there/${++name}`;
  vi.stubGlobal('fetch', hold);
});
afterEach(() => vi.useRealTimers());

describe('what is asked for', () => {
  it('is asked for once, however many show it, and given to all of them', async () => {
    const seen: unknown[] = [], stops = [1, 2].map(() => subscribe(url, () => seen.push(stateOf(url).data)));
    expect(asked).toHaveLength(1);
    await asked[0]!.answer(200, { n: 1 });
    expect(seen).toEqual([{ n: 1 }, { n: 1 }]);
    stops.forEach((stop) => stop());
  });

  it('is asked for again when something changed while it was on its way', async () => {
    const stop = subscribe(url, () => undefined);
    refreshAll();
    expect(asked).toHaveLength(1);
    await asked[0]!.answer(200, { n: 1 });
    expect(asked).toHaveLength(2);
    await asked[1]!.answer(200, { n: 2 });
    expect(stateOf(url)).toMatchObject({ data: { n: 2 }, loading: false });
    stop();
  });

  it('is the very same object where the server says that nothing changed', async () => {
    const stop = subscribe(url, () => undefined);
    await asked[0]!.answer(200, { n: 1 }, { ETag: '"a"' });
    const { data } = stateOf(url);
    refreshAll();
    await asked[1]!.answer(304, null);
    expect(stateOf(url).data).toBe(data);
    stop();
  });
});

describe('forgetAll', () => {
  it('shows nothing of the person before, also where that was still on its way', async () => {
    const seen: unknown[] = [], stop = subscribe(url, () => seen.push(stateOf(url).data));
    await asked[0]!.answer(200, { of: 'one' });
    refreshAll();
    forgetAll();
    expect(stateOf(url).data).toBeUndefined();
    await asked[1]!.answer(200, { of: 'one', newer: true });
    expect(stateOf(url).data).toBeUndefined();
    await asked[2]!.answer(200, { of: 'other' });
    expect(seen).toEqual([{ of: 'one' }, { of: 'one' }, undefined, { of: 'other' }]);
    stop();
  });

  it('keeps no answer of the person before to be taken for unchanged', async () => {
    const stop = subscribe(url, () => undefined);
    forgetAll();
    await asked[0]!.answer(200, { of: 'one' }, { ETag: '"a"' });
    await asked[1]!.answer(304, null);
    expect(stateOf(url).data).toBeUndefined();
    stop();
  });
});

describe('giveAnswer', () => {
  it('is newer than what was on its way', async () => {
    const stop = subscribe(url, () => undefined);
    giveAnswer(url, { me: 'known' });
    await asked[0]!.answer(200, { me: 'nobody' });
    expect(stateOf(url).data).toEqual({ me: 'known' });
    stop();
  });
});

describe('a failure', () => {
  const known = async () => {
    const stop = subscribe(url, () => undefined);
    await asked[0]!.answer(200, { n: 1 });
    refreshAll();
    return stop;
  };

  it.each([
    ['a server that is away', 0, null],
    ['one that is busy', 503, error('busy')],
    ['one that is broken', 500, error('internal')],
    ["another's page in its place", 200, '<p>Welcome to the hotel</p>'],
    ['a session that ended', 401, error('auth_required')],
  ])('of %s leaves what is known', async (_, status, body) => {
    const stop = await known();
    await (status ? asked[1]!.answer(status, body) : asked[1]!.breakOff());
    expect(stateOf(url)).toMatchObject({ data: { n: 1 }, loading: false });
    expect(stateOf(url).error).toBeDefined();
    stop();
  });

  it.each([['is not there any more', 404], ['is not for us', 403]])('because it %s leaves nothing', async (_, status) => {
    const stop = await known();
    await asked[1]!.answer(status, error('not_found'));
    expect(stateOf(url).data).toBeUndefined();
    stop();
  });

  it("of another's page in its place is asked for again", async () => {
    const stop = subscribe(url, () => undefined);
    await asked[0]!.answer(200, '<p>Welcome to the hotel</p>');
    refreshFailed();
    expect(asked).toHaveLength(2);
    stop();
  });

  it('because it is not there is not asked for again', async () => {
    const stop = subscribe(url, () => undefined);
    await asked[0]!.answer(404, error('not_found'));
    refreshFailed();
    expect(asked).toHaveLength(1);
    stop();
  });

  it('that passes is asked for again, and not before the server wants it', async () => {
    const stop = subscribe(url, () => undefined);
    vi.useFakeTimers({ toFake: ['Date'] });
    await asked[0]!.answer(503, error('busy'), { 'Retry-After': '7' });
    refreshFailed();
    expect(asked).toHaveLength(1);
    vi.setSystemTime(Date.now() + 7000);
    refreshFailed();
    expect(asked).toHaveLength(2);
    await asked[1]!.answer(200, { n: 1 });
    refreshFailed();
    expect(asked).toHaveLength(2);
    stop();
  });
});
