// Slow clients, few connections, a writer in the way: bounded waits and honest answers, and other requests go on.
import { spawn } from 'node:child_process';
import { assert, it, suite } from './lib/server.mjs';
import { raw } from './lib/http.mjs';

const entry = (viewers) => ({ entries: [{ service: 'A', platform: 'B', week_start: '2025-01-05', viewers }] });

/** Holds the database's write lock until it is called. */
async function lock(s) {
  const shell = spawn('sqlite3', [s.db], { stdio: ['pipe', 'pipe', 'inherit'] });
  shell.stdin.write(".timeout 5000\nBEGIN IMMEDIATE;\nSELECT 'locked';\n");
  await new Promise((resolve) => shell.stdout.once('data', resolve));
  return async () => {
    shell.stdin.end('ROLLBACK;\n');
    await new Promise((resolve) => shell.once('exit', resolve));
  };
}

suite('few connections (DBDMax 1)', { sites: [{ server: ['DBDMin 1', 'DBDKeep 1', 'DBDMax 1'] }], main: ['StreamPulsePoolTimeout 200', 'StreamPulseWriteTimeout 2000', 'ServerLimit 1', 'MaxRequestWorkers 16'] }, (s) => {
  it('a request that gets none in time is 503 connections_busy with Retry-After', async () => {
    s.allow(/SP\d{4}/);
    const as = await s.asAdmin();
    const unlock = await lock(s);
    const writer = s.post('/api/data', entry(1), { as });
    await new Promise((resolve) => setTimeout(resolve, 300));
    const res = await s.get('/api/data');
    assert.deepEqual([res.status, res.json().code], [503, 'connections_busy'], res.text);
    assert.ok(Number(res.headers['retry-after']) > 0);
    assert.equal((await s.get('/healthz')).status, 200, 'it lives');
    await unlock();
    assert.equal((await writer).status, 201, 'the writer waited for its turn');
    assert.equal((await s.get('/api/data')).status, 200);
  });

  it('no connection is held while a client sends or reads slowly', async () => {
    const as = await s.asAdmin();
    const body = 'service,platform,week_start,viewers\n' + Array.from({ length: 50 }, (_, i) => `Slow,P,${new Date(Date.UTC(2020, 0, 5 + 7 * i)).toISOString().slice(0, 10)},${i}\n`).join('');
    const head = `POST /api/upload HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: text/csv\r\nCookie: ${as.cookie}\r\nSec-Fetch-Site: same-origin\r\nContent-Length: ${body.length}\r\n\r\n`;
    const slow = Array.from({ length: 4 }, () => raw(s.port, [head, ...body.match(/[^]{1,200}/g)], { delayMs: 60 }));
    for (let i = 0; i < 10; i++) assert.equal((await s.get('/api/stats')).status, 200);
    assert.deepEqual((await Promise.all(slow)).map((r) => r.status).sort(), [200, 200, 200, 201]);
  });
});

suite('a client that stops sending', { main: ['RequestReadTimeout header=5 body=1'] }, (s) => {
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
