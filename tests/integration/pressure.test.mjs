// Slow clients, few connections, a writer in the way: bounded waits and honest answers, and other requests go on.
import { lockDatabase } from './lib/database.mjs';
import { raw } from './lib/http.mjs';
import { PROMPT_MS } from './lib/patience.mjs';
import { assert, it, suite, until } from './lib/server.mjs';

const entry = (viewers) => ({ entries: [{ service: 'A', platform: 'B', week_start: '2025-01-05', viewers }] });

const oneConnection = { sites: [{ server: ['DBDMin 1', 'DBDKeep 1', 'DBDMax 1'] }] };
const oneChild = ['ServerLimit 1', 'MaxRequestWorkers 16'];

suite('few connections (DBDMax 1)', { ...oneConnection, main: [...oneChild, 'StreamPulsePoolTimeout 200'] }, (s) => {
  it('a request that gets none in time is 503 connections_busy with Retry-After', async () => {
    s.allow(/SP\d{4}/);
    const as = await s.asAdmin();
    const unlock = await lockDatabase(s.db);
    const writer = s.post('/api/data', entry(1), { as });
    const res = await until('the writer to have it', async () => {
      const one = await s.get('/api/data');
      return one.status !== 200 && one;
    });
    assert.deepEqual([res.status, res.json().code], [503, 'connections_busy'], res.text);
    assert.ok(Number(res.headers['retry-after']) > 0);
    assert.equal((await s.get('/healthz')).status, 200, 'it lives');
    await unlock();
    assert.equal((await writer).status, 201, 'the writer waited for its turn');
    assert.equal((await s.get('/api/data')).status, 200);
  });
});

suite('one connection, and clients that are slow', { ...oneConnection, main: [...oneChild, 'RequestReadTimeout header=0 body=0'] }, (s) => {
  it('it is not held while a client sends', async () => {
    const as = await s.asAdmin();
    const body = 'service,platform,week_start,viewers\n' + Array.from({ length: 50 }, (_, i) => `Slow,P,${new Date(Date.UTC(2020, 0, 5 + 7 * i)).toISOString().slice(0, 10)},${i}\n`).join('');
    const head = `POST /api/upload HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: text/csv\r\nCookie: ${as.cookie}\r\nSec-Fetch-Site: same-origin\r\nContent-Length: ${body.length}\r\n\r\n`;
    const [first, ...others] = body.match(/[^]{1,200}/g);
    let goOn;
    const told = new Promise((resolve) => (goOn = resolve));
    const slow = Array.from({ length: 4 }, () => raw(s.port, [head, first, told.then(() => others[0]), ...others.slice(1)], { delayMs: 60 }));
    for (let i = 0; i < 10; i++) assert.equal((await s.get('/api/stats', { timeout: PROMPT_MS })).status, 200);
    goOn();
    assert.deepEqual((await Promise.all(slow)).map((r) => r.status).sort(), [200, 200, 200, 201]);
  });
});

suite('a client that stops sending', { main: ['RequestReadTimeout header=60 body=1'] }, (s) => {
  it('is 408 body_timeout', async () => {
    s.allow(/AH01382|reqtimeout/);
    const as = await s.asAdmin();
    const head = `POST /api/upload HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: text/csv\r\nCookie: ${as.cookie}\r\nSec-Fetch-Site: same-origin\r\nContent-Length: 1000\r\n\r\n`;
    const res = await raw(s.port, [head, 'service,platform']);
    assert.deepEqual([res.status, res.json().code], [408, 'body_timeout'], res.text);
  });
});

suite('many at once', {}, (s) => {
  it('readers and writers together: every answer is whole, the last number is one of those written', async () => {
    const as = await s.asAdmin();
    assert.equal((await s.post('/api/data', entry(0), { as })).status, 201);
    const writes = Array.from({ length: 40 }, (_, i) => s.post('/api/data', entry(i + 1), { as }));
    const reads = Array.from({ length: 120 }, () => s.get('/api/data'));
    for (const res of await Promise.all(writes)) assert.equal(res.status, 201, res.text);
    for (const res of await Promise.all(reads)) assert.equal(res.status, 200, res.text);
    const [{ total }] = (await s.data()).services;
    assert.ok(total[0] >= 1 && total[0] <= 40);
    assert.equal((await s.get('/api/uploads?limit=100')).json().uploads.length, 41);
  });
});
