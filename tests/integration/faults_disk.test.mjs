// Disks and files that refuse: full, limited in size, read-only. Each is told, nothing is half done, and all is well again once the cause is gone.
import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { after, before } from 'node:test';
import { assertWhole, cellsOf, checkDatabase, faultSuite, tidy } from './lib/faults.mjs';
import { admin, assert, describe, it, until } from './lib/server.mjs';

const asRoot = process.getuid() === 0;
const needsRoot = asRoot ? false : 'it takes root';

/** Uploads of known content to one server. */
function uploader(s, uploads) {
  return async (options) => {
    const number = uploads.length + 1;
    const one = { file: `${number}.csv`, cells: cellsOf(number, { first: number % 20, ...options }) };
    uploads.push(one);
    const res = await s.upload(tidy(one.cells), { name: one.file });
    one.status = res.status;
    return res;
  };
}

async function readingWorks(s) {
  for (const url of ['/api/data', '/api/stats', '/readyz']) assert.equal((await s.get(url)).status, 200, url);
}

/** 507 that says so, and nothing of paths or of SQLite. */
function assertFull(res) {
  assert.deepEqual([res.status, res.json().code], [507, 'storage_full'], res.text);
  assert.doesNotMatch(res.text, /sqlite|\/tmp\//i);
}

const mountSmall = (folder) => asRoot && spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=3m,mode=0755', 'tmpfs', folder]).status === 0;
const canMount = (() => {
  const probe = fs.mkdtempSync('/tmp/streampulse-mount-');
  const can = mountSmall(probe);
  if (can) execFileSync('umount', [probe]);
  fs.rmdirSync(probe);
  return can;
})();
const whyNot = canMount ? false : 'a small file system cannot be mounted here (it takes root and the right to mount)';

describe('a full disk', { skip: whyNot }, () => {
  if (whyNot) return undefined;
  const mounted = (s) => {
    assert.ok(mountSmall(s.file('state')));
    s.own('state');
  };
  return faultSuite('a full disk', { prepare: mounted }, (s) => {
    const uploads = [];
    const upload = uploader(s, uploads);
    const filler = () => s.file('state/filler');
    s.allow(/SP0312: answered 507 storage_full/);
    before(() => s.asAdmin());
    after(() => spawnSync('umount', ['-l', s.file('state')]));

    function fill() {
      const fd = fs.openSync(filler(), 'a');
      try {
        for (let size = 1 << 20; size >= 512; ) {
          try {
            fs.writeSync(fd, Buffer.alloc(size, 'x'));
          } catch (error) {
            assert.equal(error.code, 'ENOSPC');
            size >>= 1;
          }
        }
      } finally {
        fs.closeSync(fd);
      }
    }

    it('507 storage_full, nothing half done, and reading goes on', async () => {
      for (let n = 0; n < 3; n++) assert.equal((await upload()).status, 201);
      fill();
      let res;
      for (let n = 0; n < 60 && (res = await upload()).status === 201; n++); // until the room that the log has already is used up
      assertFull(res);
      for (let n = 0; n < 10; n++) assertFull(await upload());
      await readingWorks(s);
      assertWhole(s.db, uploads);
      await s.check();
    });

    it('heals by itself when there is room again', async () => {
      fs.rmSync(filler());
      for (let n = 0; n < 5; n++) assert.equal((await upload()).status, 201);
      assertWhole(s.db, uploads);
      await s.check();
    });

    it('an upload that is larger than the room that is left leaves nothing', async () => {
      assertFull(await upload({ weeks: 1500, platforms: 150 }));
      assert.equal((await upload()).status, 201);
      assertWhole(s.db, uploads);
      await s.check();
    });

    it('a restart with a full disk still reads', async () => {
      fill();
      await s.restart();
      await readingWorks(s);
      fs.rmSync(filler());
      await s.restart();
      assert.equal((await upload()).status, 201);
      assertWhole(s.db, uploads);
    });
  });
});

describe('a spool folder on a full disk', { skip: whyNot }, () => {
  if (whyNot) return undefined;
  return faultSuite('a full spool folder', { prepare: (s) => assert.ok(mountSmall(s.file('spool'))) || fs.chmodSync(s.file('spool'), 0o1777) }, (s) => {
    const uploads = [];
    const upload = uploader(s, uploads);
    s.allow(/SP0312: answered 507 storage_full/);
    after(() => spawnSync('umount', ['-l', s.file('spool')]));

    it('a large upload is 507, a small one needs no spool', async () => {
      assertFull(await upload({ weeks: 1500, platforms: 100 }));
      assert.equal((await upload()).status, 201);
      assert.deepEqual(fs.readdirSync(s.file('spool')), []);
      assertWhole(s.db, uploads);
    });
  });
});

faultSuite('a limit on the size of files', { main: ['StartServers 2'] }, (s) => {
  const uploads = [];
  const upload = uploader(s, uploads);
  s.allow(/SP0312: answered 507 storage_full/);
  before(() => s.asAdmin());
  // As the server's user: root without CAP_SYS_RESOURCE may not do it to others.
  const user = (pid) => (({ uid, gid }) => ({ uid, gid }))(fs.statSync(`/proc/${pid}`));
  const limit = (bytes) => s.processes().forEach((pid) => execFileSync('prlimit', ['--pid', String(pid), `--fsize=${bytes}`], user(pid)));

  it('507 that says so; no child dies of SIGXFSZ', async () => {
    assert.equal((await upload()).status, 201);
    const pids = s.processes().sort();
    limit(fs.statSync(`${s.db}-wal`).size + 8192 + ':unlimited');
    let res;
    for (let n = 0; n < 20 && (res = await upload()).status === 201; n++);
    assertFull(res);
    assert.match(res.json().error, /size/);
    for (let n = 0; n < 5; n++) assertFull(await upload());
    await readingWorks(s);
    assert.deepEqual(s.processes().sort(), pids);
    assertWhole(s.db, uploads);
  });

  it('heals by itself when the limit is gone', async () => {
    limit('unlimited:unlimited');
    for (let n = 0; n < 5; n++) assert.equal((await upload()).status, 201);
    assertWhole(s.db, uploads);
    await s.check();
  });

  it('streampulse-admin import says so too, and is not killed', async () => {
    fs.writeFileSync(s.file('large.csv'), tidy(cellsOf(1, { weeks: 500, platforms: 100 })));
    execFileSync(admin, ['migrate', '--db', s.file('other.db')], { stdio: 'ignore' });
    const run = spawnSync('prlimit', ['--fsize=200000', admin, 'import', '--db', s.file('other.db'), s.file('large.csv')], { encoding: 'utf8' });
    assert.equal(run.signal, null, `ended by ${run.signal}`);
    assert.notEqual(run.status, 0);
    assert.match(run.stderr, /size|full/);
    await checkDatabase(s.file('other.db'));
  });
});

faultSuite('what the server may not write', {}, (s) => {
  const uploads = [];
  const upload = uploader(s, uploads);
  s.allow(/SP0(222|202)/, /SP0312: answered 503 database_unavailable/);
  before(() => s.asAdmin());

  /** Spoils while the server is down: 503 with a reason in the log; then heals under the running server. */
  async function refusedUntil(spoil, heal, reason) {
    assert.equal((await upload()).status, 201);
    await s.stop(); // so that no open file outlives the change
    spoil();
    const logged = s.log().length;
    await s.restart();
    for (const url of ['/readyz', '/api/data', '/api/export']) {
      const res = await s.get(url);
      assert.deepEqual([res.status, res.json().code], [503, 'database_unavailable'], `${url} ${res.text}`);
      assert.doesNotMatch(res.text, /sqlite|\/tmp\//i);
    }
    for (let n = 0; n < 20; n++) { // every connection of the pool has seen it
      const res = await upload();
      assert.deepEqual([res.status, res.json().code], [503, 'database_unavailable'], res.text);
      assert.ok(Number(res.headers['retry-after']) > 0);
      assert.doesNotMatch(res.text, /sqlite|\/tmp\//i);
    }
    assert.equal((await s.get('/healthz')).status, 200);
    assert.match(s.log().slice(logged), reason);
    heal();
    await until('service', async () => (await s.get('/readyz')).status === 200);
    for (let n = 0; n < 20; n++) assert.equal((await upload()).status, 201);
    assertWhole(s.db, uploads);
    await s.check();
  }

  it('a read-only database: 503, the log says what to write; heals by itself', { skip: needsRoot }, () => refusedUntil(() => {
    fs.chownSync(s.db, 0, 0);
    fs.chmodSync(s.db, 0o444);
  }, () => {
    s.own('state/streampulse.db');
    fs.chmodSync(s.db, 0o640);
  }, /may not read and write the file: write chown/));

  it('a read-only folder: 503, as the log of changes has no place there; heals by itself', { skip: needsRoot }, () => refusedUntil(() => {
    fs.chownSync(s.file('state'), 0, 0);
    fs.chmodSync(s.file('state'), 0o555);
  }, () => {
    s.own('state');
    fs.chmodSync(s.file('state'), 0o755);
  }, /may not write in the folder/));

  it('a folder that becomes read-only under a running server', { skip: needsRoot }, async () => {
    fs.chownSync(s.file('state'), 0, 0);
    fs.chmodSync(s.file('state'), 0o555);
    for (let n = 0; n < 5; n++) {
      const res = await upload(); // the log is open already: both are right
      assert.ok([201, 503].includes(res.status), res.text);
    }
    await readingWorks(s);
    s.own('state');
    fs.chmodSync(s.file('state'), 0o755);
    assert.equal((await upload()).status, 201);
    assertWhole(s.db, uploads);
    await s.check();
  });

  it('a database cut short while the server is down is refused, untouched', async () => {
    await s.stop();
    const whole = fs.readFileSync(s.db);
    const half = whole.subarray(0, whole.length / 2);
    fs.writeFileSync(s.db, half);
    s.allow(/SP0222: .*cut short/);
    await s.restart();
    assert.equal((await s.get('/readyz')).status, 503);
    assert.deepEqual(fs.readFileSync(s.db), half);
    await s.stop();
    for (const tail of ['-wal', '-shm']) fs.rmSync(s.db + tail, { force: true });
    fs.writeFileSync(s.db, whole);
    await s.restart();
    assertWhole(s.db, uploads);
    assert.equal((await upload()).status, 201);
  });

  it('what was made beside the database belongs to the server’s user', () => {
    for (const name of fs.readdirSync(s.file('state'))) {
      const { uid } = fs.statSync(path.join(s.file('state'), name));
      assert.equal(uid, fs.statSync(s.file('spool')).uid, name);
    }
  });
});
