// Errors of the disk at the nth write, sync or change of size, for every n, in the command line and in a server that goes on.
import { execFile } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, before } from 'node:test';
import { promisify } from 'node:util';
import { assertWhole, cellsOf, checkDatabase, entriesIn, Faults, faultSuite, preload, tidy } from './lib/faults.mjs';
import { HANGS_MS } from './lib/patience.mjs';
import { admin, assert, describe, it } from './lib/server.mjs';

const run = promisify(execFile);
const MOST_CALLS = 500;

const cases = ['write', 'sync', 'size', 'create'].flatMap((kind) => ['EIO', 'ENOSPC'].flatMap((error) => [false, true].map((lasting) => ({ kind, error, lasting }))));
const title = ({ kind, error, lasting }) => `${error} at the nth ${kind}${lasting ? ' and all after it' : ''}`;

faultSuite('a disk that fails under the server', {
  prepare: (s) => (s.faults = new Faults(s.file('faults'))),
  env: (s) => ({ LD_PRELOAD: preload('fail_io'), SP_FAIL_CONTROL: s.file('faults'), SP_FAIL_DIR: `${s.file('state')}:${s.file('spool')}` }),
}, (s) => {
  s.allow(/SP\d{4}/);
  const uploads = [];

  async function upload(n, options) {
    const number = uploads.length + 1;
    const one = { file: `${number}.csv`, cells: cellsOf(number, { first: n % 20, ...options }) };
    uploads.push(one);
    const res = await s.upload(tidy(one.cells), { name: one.file });
    one.status = res.status;
    return res;
  }

  function judge(res, { error }) {
    if (res.status === 201) return;
    assert.ok(res.status >= 500 && res.status < 600, `${res.status} ${res.text}`);
    const said = res.json();
    if (error === 'ENOSPC') assert.deepEqual([res.status, said.code], [507, 'storage_full'], res.text);
    assert.ok(said.error.length > 10, res.text);
    assert.doesNotMatch(res.text, /sqlite|\/tmp\/|streampulse\.db/i);
  }

  before(() => s.asAdmin());
  afterEach(() => s.faults.disarm());

  /** Uploads with the nth call failing, n = 1, 2, … until one meets no failure: how many did. */
  async function everyN(one, options) {
    for (let n = 1; n < MOST_CALLS; n++) {
      s.faults.arm(one.kind, n, one.error, one.lasting);
      const res = await upload(n, options);
      const failed = s.faults.disarm();
      judge(res, one);
      if (!failed) {
        assert.equal(res.status, 201, res.text);
        return n - 1;
      }
      assert.equal((await upload(n)).status, 201, `the upload after a failure at ${n}`);
    }
    return assert.fail(`still failing at n = ${MOST_CALLS}`);
  }

  for (const one of cases.filter((c) => ['write', 'sync'].includes(c.kind))) {
    it(`${title(one)}: 5xx and nothing done, or done; the next upload succeeds`, async () => {
      const met = await everyN(one);
      console.log(`# server, ${title(one)}: n up to ${met}`);
      assert.ok(met > 0, 'no call was met: nothing was tested');
      assertWhole(s.db, uploads);
    });
  }

  it('reading goes on while every write fails', async () => {
    for (const kind of ['write', 'sync']) {
      s.faults.arm(kind, 1, 'EIO', true);
      for (const url of ['/api/data', '/api/stats', '/api/export', '/readyz']) assert.equal((await s.get(url)).status, 200, url);
      s.faults.disarm();
    }
  });

  for (const one of cases.filter((c) => c.kind !== 'write' && c.error === (c.kind === 'create' ? 'ENOSPC' : 'EIO') && (c.kind === 'sync' || !c.lasting))) {
    it(`${title(one)}, in an upload that is spooled and makes a checkpoint: the same`, async () => {
      const met = await everyN(one, { weeks: 1500, platforms: 100 });
      console.log(`# server, large upload, ${title(one)}: n up to ${met}`);
      assertWhole(s.db, uploads);
    });
  }

  it('a large file, which is spooled: 507, and room again is enough', async () => {
    const cells = Array.from({ length: 120_000 }, (_, i) => [`L${i % 8}`, `P${(i >> 3) % 8}`, 20_090 + (i >> 6), i]);
    const one = { file: 'large.csv', cells };
    uploads.push(one);
    s.faults.arm('write', 1, 'ENOSPC', true);
    const res = await s.upload(tidy(cells), { name: 'refused.csv' });
    assert.ok(s.faults.disarm() > 0);
    assert.deepEqual([res.status, res.json().code], [507, 'storage_full'], res.text);
    one.status = (await s.upload(tidy(cells), { name: one.file })).status;
    assert.equal(one.status, 201);
    assertWhole(s.db, uploads);
  });

  it('the database is whole', async () => {
    await s.check();
    assert.deepEqual(fs.readdirSync(s.file('state')).filter((f) => !/^streampulse\.db(-wal|-shm)?$/.test(f)), []);
  });
});

describe('a disk that fails under streampulse-admin', { timeout: HANGS_MS }, () => {
  const within = async (action) => {
    const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'streampulse-test-'));
    try {
      await action((name) => path.join(dir, name));
    } finally {
      fs.rmSync(dir, { recursive: true, force: true });
    }
  };

  /** Runs a command with the nth call failing: {code, failed, said}. */
  async function failing(at, faults, one, n, args) {
    faults.arm(one.kind, n, one.error, one.lasting);
    const env = { ...process.env, LD_PRELOAD: preload('fail_io'), SP_FAIL_CONTROL: faults.file, SP_FAIL_DIR: at('state') };
    const result = await run(admin, args, { env }).then((r) => ({ code: 0, ...r }), (e) => e);
    assert.equal(typeof result.code, 'number', `${args[0]} ended by ${result.signal}`);
    return { code: result.code, said: result.stderr, failed: faults.disarm() };
  }

  for (const one of cases) {
    it(`import, ${title(one)}: it says so and nothing is done, or all of it is`, () => within(async (at) => {
      const faults = new Faults(at('faults'));
      const db = at('state/streampulse.db');
      const uploads = [];
      fs.mkdirSync(at('state'));
      await run(admin, ['migrate', '--db', db]);
      let met = 0;
      for (let n = 1; n < MOST_CALLS; n++) {
        const upload = { file: `${n}.csv`, cells: cellsOf(n, { first: n % 20 }) };
        uploads.push(upload);
        fs.writeFileSync(at(upload.file), tidy(upload.cells));
        const { code, said, failed } = await failing(at, faults, one, n, ['import', '--db', db, at(upload.file)]);
        if (!failed) {
          assert.equal(code, 0, said);
          break;
        }
        met++;
        assert.ok(code === 0 || said.length > 10, `code ${code}, nothing said`);
        // A sync that failed may have reached the disk all the same: what the next start finds in the log is whole then, or not there.
        if (code === 0) assert.ok(entriesIn(db).has(upload.file), `${upload.file} was acknowledged and is gone`);
        else if (!one.lasting) assert.ok(!entriesIn(db).has(upload.file), `${upload.file} was refused and is there`);
        await checkDatabase(db);
      }
      console.log(`# import, ${title(one)}: n up to ${met}`);
      assert.ok(met < MOST_CALLS - 1);
      assertWhole(db, uploads);
    }));
  }

  for (const one of cases.filter((c) => !c.lasting)) {
    it(`migrate, ${title(one)}: a whole database or none`, () => within(async (at) => {
      const faults = new Faults(at('faults'));
      const db = at('state/streampulse.db');
      let met = 0;
      for (let n = 1; n < MOST_CALLS; n++) {
        fs.rmSync(at('state'), { recursive: true, force: true });
        fs.mkdirSync(at('state'));
        const { code, said, failed } = await failing(at, faults, one, n, ['migrate', '--db', db]);
        if (fs.existsSync(db)) await checkDatabase(db);
        else assert.ok(code !== 0 && said.length > 10, `code ${code}: ${said}`);
        assert.deepEqual(fs.readdirSync(at('state')).filter((f) => f.includes('.new-')), []);
        if (!failed) break;
        met++;
        await run(admin, ['migrate', '--db', db]);
        await checkDatabase(db);
      }
      console.log(`# migrate, ${title(one)}: n up to ${met}`);
      assert.ok(met < MOST_CALLS - 1);
    }));
  }
});
