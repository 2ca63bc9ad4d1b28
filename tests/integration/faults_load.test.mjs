// Others in the way: locks, a changed schema, restarts, stalled clients, uploads at the same moment. Nobody who asks for something else is kept waiting.
import net from 'node:net';
import { lockDatabase, shellSql } from './lib/database.mjs';
import { assertWhole, cellsOf, faultSuite, pause, tidy } from './lib/faults.mjs';
import { PROMPT_MS } from './lib/patience.mjs';
import { assert, it, until } from './lib/server.mjs';
import { multipart } from './lib/http.mjs';

const READS = ['/api/data', '/api/stats', '/api/uploads', '/readyz'];

/** Uploads of known content to one server. */
function uploader(s, uploads) {
  return async (options, sending) => {
    const number = uploads.length + 1;
    const one = { file: `${number}.csv`, cells: cellsOf(number, { first: number % 20, ...options }) };
    uploads.push(one);
    const res = await s.upload(tidy(one.cells), { name: one.file, ...sending });
    one.status = res.status;
    return res;
  };
}

/** Runs the jobs over and over, each as fast as it is answered, until the returned function is called, which gives {requests, failed, slowest}. */
function load(jobs) {
  const told = { requests: 0, failed: [], slowest: 0 };
  let stop = false;
  const loops = jobs.map(async (job) => {
    while (!stop) {
      const from = Date.now();
      try {
        const res = await job();
        if (res.status >= 300) told.failed.push(`${res.method} ${res.path} ${res.status} ${res.text}`);
      } catch (error) {
        told.failed.push(error.message);
      }
      told.requests++;
      told.slowest = Math.max(told.slowest, Date.now() - from);
    }
  });
  return async () => {
    stop = true;
    await Promise.all(loops);
    return told;
  };
}

/** Seconds that the lock is held for. */
const LOCKED = Number(process.env.FAULT_LOCKED ?? 60);

faultSuite('a database that another process has locked', { main: ['StreamPulseWriteTimeout 400'] }, (s) => {
  const uploads = [];
  const upload = uploader(s, uploads);
  s.allow(/SP0312: answered 503 database_busy/);

  it(`for ${LOCKED} seconds: reading goes on, writing is 503 with Retry-After in time`, async () => {
    assert.equal((await upload()).status, 201);
    const unlock = await lockDatabase(s.db);
    const end = Date.now() + LOCKED * 1000;
    const readers = load(READS.map((url) => () => s.get(url)));
    while (Date.now() < end) {
      const answers = await Promise.all([upload(), upload(), upload()]);
      for (const res of answers) {
        assert.deepEqual([res.status, res.json().code], [503, 'database_busy'], res.text);
        assert.ok(Number(res.headers['retry-after']) > 0);
      }
    }
    const told = await readers();
    await unlock();
    console.log(`# locked: ${told.requests} reads, the slowest ${told.slowest} ms`);
    assert.deepEqual(told.failed, []);
    assert.ok(told.requests > 100);
    assert.ok(told.slowest < LOCKED * 500, `${told.slowest} ms: as if it had waited for the lock`);
    assert.equal((await upload()).status, 201);
    assertWhole(s.db, uploads);
  });

  it('a lock that ends in time is waited for', async () => {
    const unlock = await lockDatabase(s.db);
    const res = upload();
    await pause(150);
    await unlock();
    assert.equal((await res).status, 201);
    assertWhole(s.db, uploads);
  });

  it('a reader elsewhere that never ends is in nobody’s way', async () => {
    const unlock = await lockDatabase(s.db, 'BEGIN; SELECT count(*) FROM number');
    for (let n = 0; n < 20; n++) assert.equal((await upload()).status, 201);
    await unlock();
    await s.check();
  });
});

faultSuite('a schema that another process changes', {}, (s) => {
  const uploads = [];
  const upload = uploader(s, uploads);

  it('under load: not one request fails', async () => {
    assert.equal((await upload()).status, 201);
    const stop = load([...READS.map((url) => () => s.get(url)), () => s.get('/api/export'), () => upload(), () => upload()]);
    for (let n = 0; n < 8; n++) {
      await pause(60);
      shellSql(s.db, 'CREATE INDEX elsewhere ON number (viewers)');
      await pause(60);
      shellSql(s.db, 'DROP INDEX elsewhere; CREATE TABLE note (text); DROP TABLE note; ANALYZE; DROP TABLE sqlite_stat1');
    }
    const told = await stop();
    console.log(`# schema changes: ${told.requests} requests`);
    assert.deepEqual(told.failed, []);
    assertWhole(s.db, uploads);
    await s.check();
  });

  it('VACUUM and a checkpoint from elsewhere: the same', async () => {
    const stop = load([...READS.map((url) => () => s.get(url)), () => upload()]);
    for (let n = 0; n < 5; n++) {
      await pause(60);
      shellSql(s.db, 'VACUUM; PRAGMA wal_checkpoint(TRUNCATE);');
    }
    const told = await stop();
    assert.deepEqual(told.failed, []);
    assertWhole(s.db, uploads);
    await s.check();
  });
});

faultSuite('graceful restarts', { main: ['StartServers 2', 'ServerLimit 8', 'MaxRequestWorkers 128'] }, (s) => {
  const uploads = [];
  const upload = uploader(s, uploads);

  it('eight of them under readers and uploaders, without one failed request', async () => {
    await s.asAdmin();
    const stop = load([...READS.map((url) => () => s.get(url)), () => s.get('/api/export'), () => upload(), () => upload(), () => upload()]);
    for (let n = 0; n < 8; n++) {
      await pause(250);
      await s.graceful();
    }
    const told = await stop();
    console.log(`# graceful restarts: ${told.requests} requests, ${uploads.length} uploads, the slowest ${told.slowest} ms`);
    assert.deepEqual(told.failed, []);
    assertWhole(s.db, uploads);
    await s.check();
  });

  it('an upload that is on its way is finished', async () => {
    const as = await s.asAdmin();
    const cells = cellsOf(uploads.length + 1, { service: 'Slow' });
    const one = { file: 'slow.csv', cells };
    const { body, type } = multipart([{ name: 'file', filename: one.file, data: tidy(cells) }]);
    const socket = net.connect(s.port, '127.0.0.1');
    let answer = '';
    socket.on('data', (d) => (answer += d));
    socket.write(`POST /api/upload HTTP/1.1\r\nHost: localhost\r\n${Object.entries(as.headers).map(([k, v]) => `${k}: ${v}\r\n`).join('')}Content-Type: ${type}\r\nContent-Length: ${body.length}\r\n\r\n`);
    socket.write(body.subarray(0, 300));
    await pause(200);
    await s.graceful();
    await pause(200);
    socket.write(body.subarray(300));
    await until('the answer', () => answer.includes('\r\n\r\n'));
    socket.destroy();
    assert.match(answer, /^HTTP\/1.1 201 /);
    uploads.push({ ...one, status: 201 });
    assertWhole(s.db, uploads);
  });
});

// A child of 64 workers with two connections to the database: stalled clients would have them all at once.
faultSuite('clients that stall', { main: ['ThreadsPerChild 64', 'MaxRequestWorkers 64', 'ServerLimit 1', 'DBDMin 1', 'DBDKeep 1', 'DBDMax 2', 'RequestReadTimeout header=0 body=0', 'Timeout 600'] }, (s) => {
  const uploads = [];
  const upload = uploader(s, uploads);
  const STALLED = 50;

  function stall(head, count) {
    const sockets = Array.from({ length: count }, () => net.connect(s.port, '127.0.0.1'));
    for (const socket of sockets) {
      socket.on('error', () => {});
      socket.write(head);
    }
    return sockets;
  }

  async function othersAreServed() {
    for (let n = 0; n < 10; n++) {
      for (const url of READS) assert.equal((await s.get(url, { timeout: PROMPT_MS })).status, 200, url);
      assert.equal((await upload({}, { timeout: PROMPT_MS })).status, 201);
    }
  }

  it(`${STALLED} uploads that stop half-way hold nothing that others need`, async () => {
    const as = await s.asAdmin();
    const { body, type } = multipart([{ name: 'file', filename: 'half.csv', data: tidy(cellsOf(1, { weeks: 200 })) }]);
    const head = `POST /api/upload HTTP/1.1\r\nHost: localhost\r\n${Object.entries(as.headers).map(([k, v]) => `${k}: ${v}\r\n`).join('')}Content-Type: ${type}\r\nContent-Length: ${body.length}\r\n\r\n`;
    const sockets = stall(Buffer.concat([Buffer.from(head), body.subarray(0, body.length - 200)]), STALLED);
    await pause(300);
    await othersAreServed();
    for (const socket of sockets) socket.destroy();
    assertWhole(s.db, uploads);
  });

  it(`${STALLED / 2} downloads that nobody reads hold nothing that others need`, async () => {
    assert.equal((await upload({ weeks: 1500, platforms: 100 })).status, 201);
    const sockets = stall('GET /api/export HTTP/1.1\r\nHost: localhost\r\n\r\n', STALLED / 2);
    await Promise.all(sockets.map((socket) => new Promise((resolve) => socket.once('readable', resolve)))); // begun; nobody reads it
    for (let n = 0; n < 5; n++) {
      assert.equal((await s.get('/api/stats')).status, 200);
      assert.equal((await upload()).status, 201);
    }
    for (const socket of sockets) socket.destroy();
    assertWhole(s.db, uploads);
  });
});

faultSuite('uploads at the same moment', {}, (s) => {
  const uploads = [];
  const upload = uploader(s, uploads);

  it('two of the same cells: both land, one after the other', async () => {
    for (let n = 0; n < 20; n++) {
      const answers = await Promise.all([upload({ first: 0 }), upload({ first: 0 })]);
      assert.deepEqual(answers.map((r) => r.status), [201, 201]);
    }
    assertWhole(s.db, uploads);
    await s.check();
  });

  it('two that make the same new names: one name each', async () => {
    for (let n = 0; n < 10; n++) {
      const answers = await Promise.all(['x', 'X', ' x ', 'x'].map((name) => {
        const data = tidy(cellsOf(1000 + n, { service: `${name}${n}` }));
        return s.upload(data, { name: 'names.csv' });
      }));
      for (const res of answers) assert.ok([200, 201].includes(res.status), res.text); // 200: another said it first
      assert.equal(s.sql(`SELECT count(*) AS n FROM service WHERE fold = 'x${n}'`)[0].n, 1);
    }
    await s.check();
  });

  it('twelve at once, replacing and deleting among them', async () => {
    const as = await s.asAdmin();
    const jobs = Array.from({ length: 12 }, (_, n) => (n % 4 === 3 ? s.send('DELETE', '/api/data/s', { as })
      : s.upload(tidy(cellsOf(2000 + n)), { name: 'many.csv', fields: { mode: n % 4 === 2 ? 'replace' : 'merge' } })));
    for (const res of await Promise.all(jobs)) assert.ok([200, 201, 204, 404].includes(res.status), `${res.status} ${res.text}`);
    await s.check();
  });
});
