// Long answers: a few at once, the others wait for their turn without a connection, and short answers go on.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import { assert, it, suite, until } from './lib/server.mjs';

const WEEKS = 1000;
const SERVICES = 60;
const NUMBERS = WEEKS * SERVICES;

/** More numbers than a short answer has (SP_HEAVY_NUMBERS). */
function largeFile() {
  const day = (w) => new Date(Date.UTC(2000, 0, 2 + 7 * w)).toISOString().slice(0, 10);
  const rows = ['service,platform,week_start,viewers'];
  for (let s = 0; s < SERVICES; s++) for (let w = 0; w < WEEKS; w++) rows.push(`Service ${s},P,${day(w)},${s * 7 + w}`);
  return rows.join('\n') + '\n';
}

/** The answer's status, headers and SHA-256, read piece by piece with a pause after each. */
function read(port, path, { pauseMs = 0, headers = {} } = {}) {
  return new Promise((resolve, reject) => {
    const req = http.get({ host: '127.0.0.1', port, path, headers, agent: false }, async (res) => {
      const hash = createHash('sha256');
      let bytes = 0;
      for await (const piece of res) {
        hash.update(piece);
        bytes += piece.length;
        if (pauseMs) await new Promise((next) => setTimeout(next, pauseMs));
      }
      resolve({ status: res.statusCode, headers: res.headers, sha256: hash.digest('hex'), bytes });
    });
    req.on('error', reject);
  });
}

const one = ['ServerLimit 1', 'ThreadsPerChild 25', 'MaxRequestWorkers 25', 'MaxSpareThreads 25'];
const upload = async (s) => {
  const res = await s.upload(largeFile(), { as: await s.asAdmin() });
  assert.equal(res.status, 201, res.text);
};

suite('many long answers at once', { main: [...one, 'StreamPulseHeavyMax 2'], sites: [{ server: ['DBDMin 1', 'DBDKeep 2', 'DBDMax 4'] }] }, (s) => {
  it('all of them are whole and the same, with slow readers among them, and leave nothing behind', async () => {
    await upload(s);
    const single = await read(s.port, '/api/export');
    assert.equal(single.status, 200);
    const all = await Promise.all(Array.from({ length: 20 }, (_, i) => read(s.port, '/api/export', { pauseMs: i % 4 ? 0 : 10 })));
    for (const res of all) assert.deepEqual([res.status, res.bytes, res.sha256], [200, single.bytes, single.sha256]);
    await until('the spool folder to be empty', () => fs.readdirSync(s.file('spool')).length === 0);
  });

  it('all of the data, and the past of all of it, wait their turn too', async () => {
    for (const path of ['/api/data', '/api/data?as_of=1', '/api/export?format=ndjson&as_of=1']) {
      const single = await read(s.port, path);
      const all = await Promise.all(Array.from({ length: 6 }, () => read(s.port, path)));
      for (const res of all) assert.deepEqual([res.status, res.sha256], [single.status, single.sha256], path);
      assert.equal(single.status, 200);
    }
  });

  it('short answers are there meanwhile, and a conditional request for a long one is a 304', async () => {
    const { headers } = await read(s.port, '/api/export');
    const exports = Array.from({ length: 16 }, () => read(s.port, '/api/export'));
    const year = await s.get('/api/data/service-7?from=2001-01-01&to=2001-12-31');
    assert.equal(year.status, 200);
    assert.equal(year.json().service.week_start.length, 52);
    assert.equal((await read(s.port, '/api/export', { headers: { 'If-None-Match': headers.etag } })).status, 304);
    for (const res of await Promise.all(exports)) assert.equal(res.status, 200);
  });
});

suite('a short wait (StreamPulseHeavyTimeout)', { main: [...one, 'StreamPulseHeavyMax 1', 'StreamPulseHeavyTimeout 1'] }, (s) => {
  it('who gets no turn in time is 503 connections_busy with Retry-After, and the others are whole', async () => {
    s.allow(/SP0312: answered 503 connections_busy: too many long answers/);
    await upload(s);
    const single = await read(s.port, '/api/export');
    const all = await Promise.all(Array.from({ length: 12 }, () => s.get('/api/export')));
    const refused = all.filter((res) => res.status !== 200);
    assert.ok(refused.length > 0, 'somebody was refused');
    assert.ok(refused.length < 12, 'somebody was served');
    for (const res of refused) {
      assert.deepEqual([res.status, res.json().code], [503, 'connections_busy'], res.text);
      assert.ok(Number(res.headers['retry-after']) > 0);
    }
    for (const res of all.filter((r) => r.status === 200)) assert.equal(Buffer.byteLength(res.text), single.bytes);
    assert.equal((await s.get('/api/export')).text.split('\n').length, NUMBERS + 2);
  });

  it('a short export needs no turn', async () => {
    const long = Array.from({ length: 4 }, () => s.get('/api/export'));
    const short = await Promise.all(Array.from({ length: 8 }, () => s.get('/api/export?service=service-3')));
    for (const res of short) assert.equal(res.status, 200);
    await Promise.all(long);
  });
});

/** Asks and never reads. */
const stall = (port, path) => {
  const socket = net.connect({ host: '127.0.0.1', port }).pause();
  socket.on('error', () => {});
  socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`);
  return socket;
};

suite('readers that stall, of a long answer that is kept', { main: [...one, 'StreamPulseHeavyMax 1', 'StreamPulseHeavyTimeout 20000', 'SendBufferSize 16384'] }, (s) => {
  it('hold no turn while it is sent to them', async () => {
    await upload(s);
    // Turns are taken for a while, so that the readers wait for theirs, and find the answer of the first of them when they get it.
    const others = Array.from({ length: 8 }, (_, i) => read(s.port, `/api/export?as_of=1&from=2000-01-0${i + 1}`));
    const stalled = Array.from({ length: 8 }, () => stall(s.port, '/api/data?from=2013-10-01'));
    for (const res of await Promise.all(others)) assert.equal(res.status, 200);
    assert.equal((await s.get('/api/export?from=2000-01-20')).status, 200);
    for (const socket of stalled) socket.destroy();
  });
});
