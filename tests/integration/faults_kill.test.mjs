// kill -9, of the server's children while they take uploads and of the whole server while it starts.
import fs from 'node:fs';
import { assertWhole, cellsOf, FaultServer, faultSuite, pause, tidy } from './lib/faults.mjs';
import { HANGS_MS, PATIENCE_MS } from './lib/patience.mjs';
import { answers, assert, describe, httpd, it, until } from './lib/server.mjs';
import { spawnTied } from './lib/tied.mjs';

const KILLS = Number(process.env.FAULT_KILLS ?? 200);
const WORKERS = 8;
const BACK_WITHIN_MS = 2000;
const PLATFORMS = 4;
const WEEKS = 12;

const children = ['StartServers 4', 'ServerLimit 16', 'ThreadsPerChild 4', 'MaxRequestWorkers 64', 'MinSpareThreads 10', 'MaxSpareThreads 64'];

faultSuite('kill -9 of children during uploads', { main: children }, (s) => {
  s.allow(/exit signal Killed/, /AH10392/);
  const uploads = [];
  let stop = false;
  let number = 0;
  const delays = [];

  /** One that uploads as fast as it is answered; a cut connection is a cut upload. */
  async function worker(w, as) {
    while (!stop) {
      const n = ++number;
      const one = { file: `${n}.csv`, service: `W${w}`, cells: cellsOf(n, { service: `W${w}`, platforms: PLATFORMS, weeks: WEEKS, first: WEEKS * (Math.floor(n / WORKERS) % 100) }), status: 0 };
      uploads.push(one);
      try {
        one.status = (await s.upload(tidy(one.cells), { as, name: one.file, timeout: PATIENCE_MS })).status;
      } catch (error) {
        if (error instanceof assert.AssertionError || /contract/.test(error.message)) throw error;
        await pause(5);
      }
    }
  }

  /** How long it takes until somebody is served again. */
  async function serviceIsBack() {
    const from = Date.now();
    await until('service', () => s.get('/readyz', { timeout: BACK_WITHIN_MS }).then((r) => r.status === 200, () => false));
    return Date.now() - from;
  }

  // Back as soon as that most of the time, and always: a machine that stands still for a while is none of ours.
  it(`${KILLS} kills: service is back within ${BACK_WITHIN_MS} ms`, async () => {
    const as = await s.asAdmin();
    const workers = Array.from({ length: WORKERS }, (_, w) => worker(w, as));
    let killed = 0;
    while (killed < KILLS) {
      await pause(Math.random() * 120);
      const pids = s.processes();
      const all = killed % 20 === 19;
      const victims = all ? pids : pids.length ? [pids[Math.floor(Math.random() * pids.length)]] : [];
      for (const pid of victims) {
        try {
          process.kill(pid, 'SIGKILL');
        } catch {
          continue; // gone already
        }
        killed++;
      }
      if (victims.length) delays.push(await serviceIsBack());
    }
    stop = true;
    await Promise.all(workers);
    const usual = delays.sort((a, b) => a - b)[Math.floor(delays.length * 0.75)];
    console.log(`# ${killed} kills, ${uploads.length} uploads, ${uploads.filter((u) => !u.status).length} cut; back after ${usual} ms three times out of four, ${delays.at(-1)} ms at most`);
    assert.ok(usual <= BACK_WITHIN_MS, `${usual} ms`);
    assert.ok(uploads.filter((u) => u.status === 201).length > KILLS);
    assert.ok(KILLS < 100 || uploads.some((u) => u.status === 0), 'no upload was cut: nothing was tested');
  });

  it('an acknowledged upload is there, a cut one entirely or not at all', () => assertWhole(s.db, uploads));

  it('nobody was refused for it', () => {
    const refused = uploads.filter((u) => u.status && u.status !== 201).map((u) => u.status);
    assert.deepEqual(refused, []);
  });

  it('the database is whole', () => s.check());
});

describe('kill -9 of the server in its first 200 ms', { timeout: HANGS_MS }, () => {
  const leftovers = (s) => ['state', 'spool'].flatMap((d) => fs.readdirSync(s.file(d))).filter((f) => !/^streampulse\.db(-wal|-shm)?$/.test(f));

  /** Starts httpd in a process group of its own and ends all of it after so many milliseconds. Its children may outlive it for a moment, and with them what it listened on. */
  async function startAndKill(s, ms) {
    const child = spawnTied(httpd(), ['-f', s.file('httpd.conf'), '-D', 'FOREGROUND'], { stdio: 'ignore', detached: true });
    const gone = new Promise((resolve) => child.on('exit', resolve));
    await pause(ms);
    try {
      process.kill(-child.pid, 'SIGKILL');
    } catch {
      assert.fail(`httpd ended by itself: ${s.log().split('\n').slice(-5).join('\n')}`);
    }
    await gone;
    await until('its children to be gone', async () => !(await answers(s.port)));
  }

  async function twentyTimes(s) {
    for (let n = 0; n < 20; n++) await startAndKill(s, n * 10 + Math.random() * 10);
    await pause(50);
  }

  it('a new database: it starts, and what was left behind does not grow', async () => {
    const s = new FaultServer();
    try {
      await s.start();
      await s.stop();
      for (const f of fs.readdirSync(s.file('state'))) fs.rmSync(s.file(`state/${f}`));
      await twentyTimes(s);
      for (const tail of ['', '-wal', '-shm']) fs.writeFileSync(s.file(`state/streampulse.db.new-0123456789abcdef${tail}`), 'half');
      s.own('state/streampulse.db.new-0123456789abcdef');
      await s.restart();
      assert.equal((await s.upload(tidy(cellsOf(1)))).status, 201);
      await s.check();
      assert.deepEqual(leftovers(s), []);
    } finally {
      await s.kill();
    }
  });

  it('a database with numbers: it starts, they are there, nothing was left behind', async () => {
    const s = new FaultServer();
    try {
      await s.start();
      assert.equal((await s.upload(tidy(cellsOf(1)))).status, 201);
      const before = await s.data();
      await s.stop();
      await twentyTimes(s);
      await s.restart();
      assert.deepEqual(await s.data(), before);
      assert.equal((await s.upload(tidy(cellsOf(2)))).status, 201);
      await s.check();
      assert.deepEqual(leftovers(s), []);
    } finally {
      await s.kill();
    }
  });
});
