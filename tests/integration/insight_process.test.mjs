// The insight process: that it is there, comes back, goes with the server; and that each job makes exactly one insight, whatever is killed when.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import { after, before } from 'node:test';
import { Faults, FaultServer, faultSuite, pause, preload } from './lib/faults.mjs';
import { admin, assert, describe, it, Server, suite, until } from './lib/server.mjs';

const quick = ['StreamPulseInsightDelay 0'];
const row = (viewers, service = 'Hall') => `service,platform,week_start,viewers\n${service},Zoom,2026-01-04,${viewers}\n`;
const isThere = (pid) => fs.existsSync(`/proc/${pid}`);
const state = (pid) => fs.readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/.*\) /, '')[0];
const ask = async (s) => (await s.post('/api/insights/generate', '', { as: await s.asAdmin() })).json().job;
const count = (s, what) => s.sql(`SELECT count(*) AS n FROM ${what}`)[0].n;
const job = (s, id) => s.sql(`SELECT * FROM insight_job WHERE id = ${id}`)[0];
/** The next attempt as if its wait were over. */
const hurry = (s, id) => execFileSync('sqlite3', ['-cmd', '.timeout 5000', s.db, `UPDATE insight_job SET wait_ms = 1 WHERE id = ${id}`]);
const ended = (s, id, ms) => until(`the end of job ${id}`, () => {
  const now = job(s, id);
  if (now.state === 'queued' && now.wait_ms > 1) hurry(s, id);
  return ['done', 'failed'].includes(now.state) && now;
}, ms);
/** Seconds since the process was started. */
const ageOf = (pid) => Number(fs.readFileSync('/proc/uptime', 'utf8').split(' ')[0]) - Number(fs.readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/.*\) /, '').split(' ')[19]) / 100;
/** One that ends sooner after its start is started with a delay. */
const oldEnough = (s) => until('its first two seconds', () => s.insightProcess().some((pid) => ageOf(pid) > 2.1));
const KILLED = /AH00052: child pid \d+ exit signal Killed/;

async function theProcess(s) {
  const [pid, ...more] = await until('the insight process', () => s.insightProcess().length && s.insightProcess());
  assert.deepEqual(more, []);
  return pid;
}

function assertOneEach(s) {
  assert.deepEqual(s.sql('SELECT job, count(*) AS n FROM ai_insights GROUP BY job HAVING n <> 1'), []);
  assert.deepEqual(s.sql("SELECT id FROM insight_job WHERE state = 'done' AND standing IS NULL AND id NOT IN (SELECT job FROM ai_insights)"), []);
}

suite('the insight process', { main: quick }, (s) => {
  s.allow(KILLED);

  it('has the user of the server, and no more rights than that', async () => {
    const status = fs.readFileSync(`/proc/${await theProcess(s)}/status`, 'utf8');
    assert.match(status, /^Name:\s+sp-insights$/m);
    assert.doesNotMatch(status, /^Uid:\s+0\s/m);
    assert.match(status, /^NoNewPrivs:\s+1$/m);
  });

  it('listens to nobody and has loaded nothing of curl or TLS where no language model is asked', async () => {
    const pid = await theProcess(s);
    const sockets = new Set(fs.readdirSync(`/proc/${pid}/fd`).map((fd) => fs.readlinkSync(`/proc/${pid}/fd/${fd}`)).filter((to) => to.startsWith('socket:')).map((to) => to.slice(8, -1)));
    const listening = ['tcp', 'tcp6'].flatMap((name) => fs.readFileSync(`/proc/net/${name}`, 'utf8').split('\n').map((l) => l.trim().split(/\s+/)).filter((l) => l[3] === '0A').map((l) => l[9]));
    assert.deepEqual(listening.filter((inode) => sockets.has(inode)), []);
    for (const each of [pid, ...s.processes()]) assert.doesNotMatch(fs.readFileSync(`/proc/${each}/maps`, 'utf8'), /libcurl/);
  });

  it('is back within a second or two after a kill -9, and does what it was asked for meanwhile', async () => {
    const pid = await theProcess(s);
    await s.upload(row(1));
    await until('an insight', () => s.insight());
    await oldEnough(s);
    const began = Date.now();
    process.kill(pid, 'SIGKILL');
    const asked = await ask(s);
    const next = await until('another process', () => s.insightProcess().find((other) => other !== pid));
    assert.ok(Date.now() - began < 2000, `it took ${Date.now() - began} ms`);
    assert.equal((await ended(s, asked.id)).state, 'done');
    assert.notEqual(next, pid);
    assert.match(s.log(), /SP1600: the insight process was ended by signal 9; it is started again$/m);
  });

  it('backs off when it ends as soon as it is started', async () => {
    for (let kills = 0; kills < 3; kills++) {
      const pid = await theProcess(s);
      process.kill(pid, 'SIGKILL');
      await until('its end', () => !isThere(pid));
    }
    await theProcess(s);
    assert.match(s.log(), /it is started again, after a while/);
    const asked = await ask(s);
    await pause(500);
    assert.equal(job(s, asked.id).state, 'queued', 'it did not wait');
    assert.equal((await ended(s, asked.id)).state, 'done');
  });

  it('is replaced at a graceful restart', async () => {
    const pid = await theProcess(s);
    await s.graceful();
    await until('its end', () => !isThere(pid));
    const next = await theProcess(s);
    assert.notEqual(next, pid);
    assert.equal((await ended(s, (await ask(s)).id)).state, 'done');
  });

  it('ends with status 0 on SIGTERM, and is started again', async () => {
    const pid = await theProcess(s);
    await oldEnough(s);
    process.kill(pid, 'SIGTERM');
    await until('another process', () => s.insightProcess().find((other) => other !== pid));
    assert.match(s.log(), /SP1600: the insight process ended with status 0/);
  });

  it('heeds none of the signals that httpd knows', async () => {
    const pid = await theProcess(s);
    for (const signal of ['SIGHUP', 'SIGUSR1', 'SIGWINCH', 'SIGPIPE']) process.kill(pid, signal);
    await pause(100);
    assert.equal(await theProcess(s), pid);
  });

  it('sees what the command line commits', async () => {
    const before = (await s.insight()).id;
    fs.writeFileSync(s.file('more.csv'), row(77, 'Chapel'));
    execFileSync(admin, ['import', '--db', s.db, s.file('more.csv')]);
    await until('an insight about it', async () => (await s.insight()).id > before);
    assertOneEach(s);
  });
});

suite('many changes', { main: ['StreamPulseInsightDelay 12'] }, (s) => {
  it('a hundred uploads make one insight, and the first of them did not wait for the last', async () => {
    await s.upload(row(1));
    await until('the first insight', () => s.insight(), 8000); // after two quiet seconds, not twelve
    for (let n = 1; n <= 100; n++) assert.equal((await s.upload(row(n + 1))).status, 201);
    await until('the insight', async () => (await s.insight()).id === 2 && !(await s.insight()).stale, 20_000);
    await pause(500);
    assert.deepEqual([count(s, 'ai_insights'), count(s, 'insight_job')], [2, 2]);
    assertOneEach(s);
  });
});

suite('nobody who has insights on', { main: ['StreamPulseInsights Off'], sites: [{}, { host: 'two.test', db: 'two.db' }] }, (s) => {
  it('no process', () => assert.deepEqual(s.insightProcess(), []));
});

suite('one host that has insights on, and another with the same database and a third without', {
  main: quick,
  sites: [{ host: 'one.test', server: ['StreamPulseInsights Off'] }, { host: 'two.test', db: 'two.db' }, { host: 'three.test', db: 'two.db' }],
}, (s) => {
  it('one process, which leaves the other database alone', async () => {
    const pid = await theProcess(s);
    await s.upload(row(1), { host: 'one.test' });
    await s.upload(row(1), { host: 'two.test' });
    await until('an insight', () => s.insight({ host: 'three.test' }));
    assert.equal(await s.insight({ host: 'one.test' }), null);
    const open = fs.readdirSync(`/proc/${pid}/fd`).map((fd) => fs.readlinkSync(`/proc/${pid}/fd/${fd}`)).filter((name) => /\.db$/.test(name));
    assert.deepEqual(open, [s.file('two.db')]);
  });
});

const env = (s) => ({ LD_PRELOAD: preload('fail_io'), SP_FAIL_CONTROL: s.file('faults'), SP_FAIL_DIR: s.file('state'), SP_FAIL_PROCESS: 'sp-insights' });
const held = { main: ['StreamPulseInsights On', ...quick], prepare: (s) => (s.faults = new Faults(s.file('faults'))), env };

/** Armed to stop at its next call of that kind: lets the process go on from one to the next until what is stored is as wanted; it is stopped then, in the midst of the next. */
function stopWhere(s, kind, wanted) {
  return until('the place to stop at', async () => {
    const [pid] = s.insightProcess();
    if (!pid || s.faults.failed() === 0 || state(pid) !== 'T') return false;
    if (wanted()) return pid;
    s.faults.arm(kind, 1, 'SIGSTOP');
    process.kill(pid, 'SIGCONT');
    return false;
  }, 30_000);
}

/** Every third n, from first on, until the process has come through a job alive: how often it was killed. */
async function killAtEach(s, kind, first) {
  let kills = 0;

  await s.upload(row(first));
  await s.insightsAtRest();
  for (let n = first; ; n += 3, kills++) {
    assert.ok(n < 60, 'no end of it');
    await oldEnough(s);
    s.faults.arm(kind, n, 'SIGKILL');
    await s.upload(row(first + 100 * n)); // else the insight before would stand
    const end = await ended(s, s.sql('SELECT max(id) AS id FROM insight_job')[0].id, 30_000);
    const killed = s.faults.disarm();
    assert.equal(end.state, 'done', end.message);
    assertOneEach(s);
    if (!killed) break;
  }
  await s.check();
  return kills;
}

describe('killed at every moment of a job', () => {
  const servers = [0, 1, 2].map(() => new FaultServer(held));

  before(async () => {
    for (const s of servers) await s.start(); // each takes what it is told from the environment of all
  });
  after(() => Promise.all(servers.map((s) => s.finish())));
  for (const s of servers) s.allow(KILLED);

  for (const [kind, least] of [['write', 4], ['sync', 2]]) {
    it(`before the nth ${kind} of it, for every n: one insight`, async () => {
      const kills = await Promise.all(servers.map((s, i) => killAtEach(s, kind, i + 1)));
      const sum = kills.reduce((a, b) => a + b);
      assert.ok(sum >= least, `killed ${sum} times only`);
    });
  }
});

/** What somebody else commits empties the caches of the process, so that it reads the numbers from the file. */
async function hasten(s, kind, id, attempts) {
  await until('the next attempt', () => job(s, id).state === 'queued' && job(s, id).attempts === attempts);
  s.faults.arm(kind, 1, 'SIGSTOP');
  hurry(s, id);
}

faultSuite('killed in the middle of its work', held, (s) => {
  s.allow(KILLED);

  it('ended each time: given up after three attempts, with a reason, and the next one is written', async () => {
    await s.upload(row(3e6 + Math.random() * 1e6 | 0));
    await s.insightsAtRest(30_000);
    s.faults.arm('sync', 1, 'SIGSTOP');
    const asked = await ask(s);
    for (let attempt = 1; attempt <= 3; attempt++) {
      if (attempt > 1) await hasten(s, 'sync', asked.id, attempt - 1);
      const pid = await stopWhere(s, 'sync', () => job(s, asked.id).state === 'running' && job(s, asked.id).attempts === attempt);
      s.faults.disarm();
      process.kill(pid, 'SIGKILL');
    }
    const end = await ended(s, asked.id, 30_000);
    assert.deepEqual([end.state, end.attempts], ['failed', 3]);
    const status = await s.insightStatus();
    assert.equal(status.state, 'failed');
    assert.match(status.message, /ended early each time; the server's error log says why/);
    assert.equal((await ended(s, (await ask(s)).id)).state, 'done');
  });

  it('stopped in the middle of a job, it goes all the same when httpd stops, and the job is done by the next one', async () => {
    const pid = await theProcess(s);
    s.faults.arm('sync', 1, 'SIGSTOP');
    const asked = await ask(s);
    await until('the stop', () => state(pid) === 'T');
    s.faults.disarm();
    await s.graceful();
    assert.equal(isThere(pid), false);
    assert.equal((await ended(s, asked.id)).state, 'done');
    assertOneEach(s);
  });
});

faultSuite('what takes longer than StreamPulseInsightTimeout', { ...held, main: [...held.main, 'StreamPulseInsightTimeout 1'] }, (s) => {
  const TOO_LONG = /SP1600: the insight process ended with status 72: computing the figures took longer than StreamPulseInsightTimeout allows/g;
  const tooLong = () => s.log().match(TOO_LONG)?.length ?? 0;
  it('is ended and tried again, then given up with a reason, while requests are answered', async () => {
    await s.upload(row(1));
    await s.insightsAtRest();
    s.faults.arm('read', 1, 'SIGSTOP');
    await s.upload(row(2));
    const asked = s.sql('SELECT max(id) AS id FROM insight_job')[0];
    for (let attempt = 1; attempt <= 3; attempt++) {
      if (attempt > 1) await hasten(s, 'read', asked.id, attempt - 1);
      const pid = await stopWhere(s, 'read', () => job(s, asked.id).state === 'running' && job(s, asked.id).attempts === attempt);
      s.faults.disarm();
      assert.equal((await s.get('/api/stats')).status, 200);
      await pause(1100);
      process.kill(pid, 'SIGCONT');
      await until('its end', () => tooLong() === attempt);
    }
    const end = await ended(s, asked.id);
    assert.deepEqual([end.state, end.attempts], ['failed', 3]);
    const status = await s.insightStatus();
    assert.equal(status.state, 'failed');
    assert.match(status.message, /longer than StreamPulseInsightTimeout allows/);
    const { stale, checked } = await s.insight();
    assert.deepEqual({ stale, checked }, { stale: true, checked: false }, 'holding the older one against such numbers would take too long as well, again and again');
    assert.equal((await ended(s, (await ask(s)).id)).state, 'done');
    assertOneEach(s);
  });
});

faultSuite('two servers on one database', held, (s) => {
  let other;
  after(() => other?.kill());

  it('one insight for each job', async () => {
    other = new Server({ main: quick, sites: [{ db: s.db }] });
    other.file = (name) => (name === s.db ? s.db : `${other.dir}/${name}`);
    await other.start();
    await s.upload(row(4));
    await s.insightsAtRest();
    for (let n = 1; n <= 10; n++) {
      const asked = await ask(n % 2 ? s : other);
      assert.equal((await ended(s, asked.id)).state, 'done');
    }
    await s.upload(row(5));
    await s.insightsAtRest();
    assertOneEach(s);
    assert.equal(count(s, 'insight_job'), 12);
  });

  it('one that hangs keeps its job from the other as long as it has the lease, and publishes nothing when it comes back later', async () => {
    const pid = await theProcess(s);
    process.kill(await theProcess(other), 'SIGSTOP');
    s.faults.arm('sync', 1, 'SIGSTOP');
    const asked = await ask(s);
    await until('the stop', () => state(pid) === 'T');
    s.faults.disarm();
    process.kill(await theProcess(other), 'SIGCONT');
    await pause(1500);
    assert.notEqual(job(s, asked.id).state, 'done');
    // As if a minute had passed.
    process.kill(pid, 'SIGCONT');
    assert.equal((await ended(s, asked.id)).state, 'done');
    assertOneEach(s);
    await other.finish();
  });
});

suite('a server whose parent is killed', { main: quick }, (s) => {
  s.allow(/AH00098: pid file .* overwritten/);

  it('its insight process goes, too', async () => {
    const parent = s.child.pid, all = s.children(), pid = await theProcess(s);
    process.kill(parent, 'SIGKILL');
    await s.exited;
    await until('its end', () => !isThere(pid));
    for (const child of all.filter(isThere)) process.kill(child, 'SIGKILL');
    await s.restart();
  });
});
