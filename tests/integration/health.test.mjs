// Alive, able to serve, and the contract; and databases that are refused.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { parse } from 'yaml';
import path from 'node:path';
import { lockDatabase, shellSql } from './lib/database.mjs';
import { admin, assert, it, repo, suite } from './lib/server.mjs';
import { years } from './lib/sheet.mjs';

const [sample] = years();

suite('health and contract', {}, (s) => {
  it('GET /healthz and GET /readyz', async () => {
    for (const url of ['/healthz', '/readyz']) {
      const res = await s.get(url);
      assert.deepEqual([res.status, res.headers['cache-control']], [200, 'no-store'], url);
      assert.equal((await s.send('HEAD', url)).body.length, 0);
      assert.equal((await s.get(`${url}?x=1`)).status, 400);
    }
    assert.equal((await s.get('/healthz')).json().status, 'ok');
    assert.equal((await s.get('/readyz')).json().status, 'ready');
  });

  it('GET /api/openapi.json is schema/openapi.yaml', async () => {
    const res = await s.get('/api/openapi.json');
    assert.deepEqual(res.json(), parse(fs.readFileSync(path.join(repo, 'schema/openapi.yaml'), 'utf8')));
  });
});

const digest = (file) => createHash('sha256').update(fs.readFileSync(file)).digest('hex');
const others = ['new', 'foreign', 'text', 'empty', 'broken'];

function makeDatabases(s) {
  const migrated = s.file('template.db');
  execFileSync(admin, ['migrate', '--db', migrated], { stdio: 'ignore' });
  shellSql(migrated, 'PRAGMA wal_checkpoint(TRUNCATE); PRAGMA journal_mode=DELETE;');
  fs.copyFileSync(migrated, s.file('new.db'));
  shellSql(s.file('new.db'), "UPDATE meta SET value = 99 WHERE key IN ('schema_version', 'compatible_since')");
  shellSql(s.file('foreign.db'), 'CREATE TABLE bookmarks (url TEXT)');
  fs.writeFileSync(s.file('text.db'), 'Dear database,\nyou are none.\n'.repeat(100));
  fs.writeFileSync(s.file('empty.db'), '');
  const bytes = fs.readFileSync(migrated);
  bytes.fill(0x5a, 100, 4096);
  fs.writeFileSync(s.file('broken.db'), bytes);
  for (const name of others) s.own(`${name}.db`);
  s.digests = Object.fromEntries(others.map((name) => [name, digest(s.file(`${name}.db`))]));
}

suite('databases that are refused', { sites: [...others, 'good'].map((name) => ({ host: `${name}.test`, db: `${name}.db` })), prepare: makeDatabases }, (s) => {
  for (const name of others) {
    it(`${name}.db: 503 from /readyz and the API, told in the log`, async () => {
      s.allow(/SP02\d\d/);
      const host = `${name}.test`;
      for (const url of ['/readyz', '/api/data', '/api/stats', '/api/export']) {
        const res = await s.get(url, { host });
        assert.equal(res.status, 503, `${url} ${res.text}`);
        assert.ok(['database_refused', 'database_corrupt', 'database_unavailable'].includes(res.json().code), res.text);
        assert.doesNotMatch(res.text, /sqlite|\/tmp\//i);
      }
      assert.equal((await s.get('/healthz', { host })).status, 200);
      assert.match(s.log(), new RegExp(`${name}\\.db`));
    });

    it(`${name}.db: signing in and uploading are 503 too`, async () => {
      const res = await s.post('/api/auth', { pin: s.options.pin }, { host: `${name}.test` });
      assert.equal(res.status, 503, res.text);
    });
  }

  it('the other site goes on', async () => {
    assert.equal((await s.upload(sample.csv, { host: 'good.test' })).status, 201);
    assert.equal((await s.get('/readyz', { host: 'good.test' })).status, 200);
  });

  it('not a byte of theirs has changed, nothing was put beside them', async () => {
    await s.graceful();
    for (const name of others) {
      await s.get('/readyz', { host: `${name}.test` });
      assert.equal(digest(s.file(`${name}.db`)), s.digests[name], name);
      for (const suffix of ['-wal', '-shm', '-journal']) assert.ok(!fs.existsSync(s.file(`${name}.db${suffix}`)), name + suffix);
    }
  });
});

suite('a database that is locked', { main: ['StreamPulseWriteTimeout 200'] }, (s) => {
  it('a write that cannot wait longer is 503 database_busy with Retry-After; reading goes on', async () => {
    const as = await s.asAdmin();
    assert.equal((await s.upload(sample.csv)).status, 201);
    const unlock = await lockDatabase(s.db);
    const res = await s.post('/api/data', { entries: [{ service: 'A', platform: 'B', week_start: '2025-01-05', viewers: 1 }] }, { as });
    assert.deepEqual([res.status, res.json().code], [503, 'database_busy'], res.text);
    assert.ok(Number(res.headers['retry-after']) > 0);
    assert.equal((await s.get('/api/data')).status, 200);
    await unlock();
    assert.equal((await s.post('/api/data', { entries: [{ service: 'A', platform: 'B', week_start: '2025-01-05', viewers: 1 }] }, { as })).status, 201);
    s.allow(/database_busy|busy|SP\d{4}/);
  });
});

suite('a database that goes away', {}, (s) => {
  it('is 503 until it is back, and never made anew behind our back', async () => {
    s.allow(/SP02\d\d/);
    assert.equal((await s.upload(sample.csv)).status, 201);
    await s.stop();
    fs.renameSync(s.db, s.file('away'));
    for (const suffix of ['-wal', '-shm']) fs.rmSync(s.db + suffix, { force: true });
    await s.restart(); // at a start a database that is not there is made
    assert.equal((await s.get('/api/stats')).json().totals.viewers, 0);
    await s.stop();
    for (const suffix of ['', '-wal', '-shm']) fs.rmSync(s.db + suffix, { force: true });
    fs.renameSync(s.file('away'), s.db);
    await s.restart();
    assert.equal((await s.get('/api/stats')).json().totals.weekly_viewers, sample.expected.weekly.grand_total);
  });

  it('survives kill -9 of its children', async () => {
    s.allow(/exit signal Killed/, /AH00052|AH00051/);
    for (const pid of s.processes()) process.kill(pid, 'SIGKILL');
    const stats = await retry(() => s.get('/api/stats'));
    assert.equal(stats.json().totals.weekly_viewers, sample.expected.weekly.grand_total);
  });
});

async function retry(action) {
  for (let n = 0; ; n++) {
    try {
      return await action();
    } catch (error) {
      if (n > 100) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
