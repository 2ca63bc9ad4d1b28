// Guessing the PIN: how often it is looked at, whatever is killed or restarted meanwhile, and whom the lock-out keeps out.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import { accessToken, bearer, peopleSuite } from './lib/bearer.mjs';
import { lockDatabase, shellSql } from './lib/database.mjs';
import { admin, assert, it, PIN, suite, unlimited, until } from './lib/server.mjs';
import { sessionAs } from './lib/session.mjs';

const code = (res) => [res.status, res.json().code];
const me = async (s, as, options) => (await s.get('/api/auth/me', { as, ...options })).json();
const guess = (s, pin, from, options) => s.post('/api/auth', { pin }, { from, ...options });
const shell = (s, sql) => shellSql(s.db, sql).trim();
const attempts = (s, where = '1') => Number(shell(s, `SELECT count(*) FROM pin_attempt WHERE ${where}`));
const failed = (s) => s.sql("SELECT address, count(*) AS n FROM audit_log WHERE action = 'login_failed' GROUP BY address");
const total = (rows) => rows.reduce((sum, row) => sum + row.n, 0);
const audited = (s) => s.sql('SELECT action FROM audit_log ORDER BY id').map((row) => row.action);
/** As if all of them had been that long ago. */
const age = (s, seconds) => shell(s, `UPDATE pin_attempt SET at_ms = ${Date.now() - seconds * 1000}`);
/** A transaction begins with a frame for each page, and the log is what they are appended to. */
const written = (s) => fs.statSync(`${s.db}-wal`).size;
const addresses = Array.from({ length: 50 }, (_, i) => `127.0.2.${i + 1}`);
/** Two children that share the work, and nothing in the way of guesses but the lock-out. */
const twoChildren = ['StartServers 2', 'ServerLimit 4', 'ThreadsPerChild 8', 'MaxRequestWorkers 16', 'MinSpareThreads 8', 'MaxSpareThreads 16', 'MaxKeepAliveRequests 0'];

/** All addresses at once, each through one connection, one guess after the other; a guess without an answer, as httpd was ended or closed the connection, is made again. */
async function attack(s, each, { on = addresses, onAnswer = () => {}, agents = new Map() } = {}) {
  const counts = {};
  await Promise.all(on.map(async (from) => {
    const agent = agents.get(from) ?? agents.set(from, new http.Agent({ keepAlive: true, maxSockets: 1 })).get(from);
    let patience = 200;
    for (let n = 0; n < each; n++) {
      try {
        const res = await guess(s, String(100000 + Math.floor(Math.random() * 300000)), from, { agent });
        counts[res.status] = (counts[res.status] ?? 0) + 1;
        onAnswer(res);
      } catch {
        if (patience-- > 0) n--;
      }
    }
  }));
  for (const agent of agents.values()) agent.destroy();
  return counts;
}

suite('10,000 guesses from 50 addresses at two children', { main: [...twoChildren, 'StreamPulsePinAttemptsAll 10000'], location: unlimited }, (s) => {
  it('each address is looked at 5 times, and the rest costs no write', async () => {
    s.allow(/SP0316/);
    const session = await s.signIn();
    let looked = 0;
    const counts = await attack(s, 200, { onAnswer: (res) => {
      looked += res.status === 401;
      if (res.status === 429) assert.ok(Number(res.headers['retry-after']) >= 1 && Number(res.headers['retry-after']) <= 900);
    } });
    assert.equal(Object.values(counts).reduce((a, b) => a + b, 0), 10_000);
    assert.deepEqual(Object.keys(counts).sort(), ['401', '429'], JSON.stringify(counts));
    assert.ok(looked > 50 && looked <= attempts(s), String(looked));
    const rows = failed(s);
    assert.ok(total(rows) <= attempts(s));
    for (const row of rows) assert.ok(row.n <= 5, JSON.stringify(row));
    assert.equal((await me(s, session)).role, 'admin', 'who is signed in stays so');
  });

  it('the rest of each address is looked at when it asks alone, then nothing is written any more', async () => {
    for (const from of addresses) for (let n = 0; n < 6; n++) await guess(s, `22${n}914`, from);
    assert.equal(attempts(s), 250);
    for (const from of addresses) assert.equal(attempts(s, `client = '${from}'`), 5);
    const before = written(s);
    for (const from of addresses) assert.deepEqual(code(await guess(s, PIN, from)), [429, 'too_many_attempts']);
    assert.equal(written(s), before);
    assert.ok(total(failed(s)) <= 250);
  });

  it('the right PIN works again after the window', async () => {
    age(s, 800);
    assert.deepEqual(code(await guess(s, PIN, addresses[0])), [429, 'too_many_attempts']);
    age(s, 901);
    assert.equal((await guess(s, PIN, addresses[0])).status, 200);
    assert.equal(attempts(s), 0, 'what is over was swept out');
  });
});

suite('guesses while servers are stopped, started and killed', { main: [...twoChildren, 'StreamPulsePinAttemptsAll 40'], location: unlimited }, (s) => {
  let viewer;

  it('gain nothing: 5 of an address and 40 in all', async () => {
    viewer = await sessionAs(s, 'viewer');
    s.allow(/SP0316/, /exit signal Killed/, /AH00052/, /AH00051/, /long lost child/, /AH00169/, /AH00045|AH00046/);
    let looked = 0;
    const onAnswer = (res) => (looked += res.status === 401);
    await attack(s, 1, { onAnswer, on: addresses.slice(0, 10) });
    await s.graceful();
    await attack(s, 2, { onAnswer, on: addresses.slice(0, 10) });
    await s.restart();
    const flood = attack(s, 40, { onAnswer });
    for (let n = 0; n < 4; n++) {
      await new Promise((resolve) => setTimeout(resolve, 150));
      for (const pid of s.processes()) try { process.kill(pid, 'SIGKILL'); } catch { /* gone */ }
    }
    await flood;
    await until('an answer', () => guess(s, '731904', '127.0.3.1').catch(() => null));
    await attack(s, 10, { onAnswer });
    assert.ok(looked <= attempts(s), `${looked} were looked at, ${attempts(s)} counted`);
    assert.equal(attempts(s), 40);
    for (const from of addresses) assert.ok(attempts(s, `client = '${from}'`) <= 5);
    assert.ok(total(failed(s)) <= 40);
  });

  it('lock nobody out who had the right PIN lately, nor who is signed in', async () => {
    assert.deepEqual(code(await guess(s, PIN, '127.0.4.1')), [429, 'too_many_attempts']);
    shell(s, `INSERT INTO pin_client VALUES ('127.0.4.1', ${Date.now() - 29 * 86400_000})`);
    assert.equal((await guess(s, PIN, '127.0.4.1')).status, 200);
    assert.equal((await me(s, viewer)).role, 'viewer');
  });

  it('end by streampulse-admin unlock', async () => {
    for (let n = 0; n < 5; n++) await guess(s, `55${n}813`, '127.0.4.1');
    assert.deepEqual(code(await guess(s, PIN, '127.0.4.1')), [429, 'too_many_attempts']);
    assert.match(execFileSync(admin, ['unlock', '--db', s.db], { encoding: 'utf8' }), /4\d wrong PINs forgiven/);
    assert.equal((await guess(s, PIN, '127.0.4.1')).status, 200);
    assert.equal((await guess(s, PIN, '127.0.4.9')).status, 200);
    assert.ok(audited(s).includes('pin_unlocked'));
  });
});

peopleSuite('a lock-out of everybody, and people whom a provider knows', { main: () => ['StreamPulsePinAttemptsAll 6'] }, (s) => {
  it('keeps out neither them nor a program, from no address', async () => {
    s.allow(/SP0316/);
    const entry = { entries: [{ service: 'A', platform: 'B', week_start: '2025-01-05', viewers: 1 }] };
    const ann = () => bearer(accessToken(s, 'ann', ['Admins']));
    const { secret } = (await s.post('/api/tokens', { name: 'program', role: 'editor', expires_in_days: 1 }, { as: ann() })).json();
    for (let n = 0; n < 6; n++) assert.deepEqual(code(await guess(s, `33${n}702`, n < 5 ? '127.0.0.2' : '127.0.0.3')), [401, 'wrong_pin']);
    for (const from of ['127.0.0.2', '127.0.0.3', '127.0.0.4']) {
      assert.deepEqual(code(await guess(s, PIN, from)), [429, 'too_many_attempts'], from);
      for (const as of [ann(), bearer(secret)]) {
        assert.equal((await s.get('/api/data', { as, from })).status, 200);
        assert.ok((await s.post('/api/data', entry, { as, from })).status < 300);
      }
    }
  });
});

suite('the directives of the lock-out', { main: ['StreamPulsePinAttempts 2', 'StreamPulsePinWindow 600', 'StreamPulsePinAttemptsAll 3'] }, (s) => {
  it('count as they say, and the wait ends', async () => {
    s.allow(/SP0316/);
    for (const [from, status] of [['127.0.0.2', 401], ['127.0.0.2', 401], ['127.0.0.2', 429], ['127.0.0.3', 401], ['127.0.0.3', 429], ['127.0.0.4', 429]]) {
      assert.equal((await guess(s, '719204', from)).status, status, from);
    }
    const wait = Number((await guess(s, PIN, '127.0.0.2')).headers['retry-after']);
    assert.ok(wait > 0 && wait <= 600, `${wait}`);
    age(s, 601);
    assert.equal((await guess(s, PIN, '127.0.0.2')).status, 200);
  });
});

suite('two hosts over one database, of which one forgets sooner', { sites: [{ host: 'localhost' }, { host: 'brief', server: ['StreamPulsePinWindow 1'] }] }, (s) => {
  it('what was counted at the other counts as long as it did', async () => {
    s.allow(/SP0316/);
    for (let n = 0; n < 5; n++) assert.deepEqual(code(await guess(s, `44${n}902`, '127.0.0.2')), [401, 'wrong_pin']);
    age(s, 60);
    assert.deepEqual(code(await guess(s, '719204', '127.0.0.3', { host: 'brief' })), [401, 'wrong_pin']);
    assert.deepEqual(code(await guess(s, PIN, '127.0.0.2')), [429, 'too_many_attempts']);
  });
});

suite('behind a load balancer', { modules: ['remoteip'], main: ['RemoteIPHeader X-Forwarded-For', 'RemoteIPInternalProxy 127.0.0.1'] }, (s) => {
  const as = (address) => ({ headers: { 'X-Forwarded-For': address } });

  it('it is the client who is counted, an IPv6 one by its net', async () => {
    s.allow(/SP0316/);
    for (const [one, neighbour, other] of [['203.0.113.7', '203.0.113.7', '203.0.113.8'], ['2001:db8:0:1::7', '2001:db8:0:1:ffff::1', '2001:db8:0:2::7']]) {
      for (let n = 0; n < 5; n++) assert.deepEqual(code(await guess(s, `83${n}201`, undefined, as(one))), [401, 'wrong_pin']);
      assert.deepEqual(code(await guess(s, PIN, undefined, as(neighbour))), [429, 'too_many_attempts']);
      assert.equal((await guess(s, PIN, undefined, as(other))).status, 200);
    }
  });

  it('the log and the rows name the client', () => {
    assert.match(s.log(), /SP0316: wrong PIN from 203\.0\.113\.7,/);
    assert.match(s.log(), /SP0316: wrong PIN from 2001:db8:0:1::\/64,/);
  });
});

suite('a database that cannot be written', { main: ['StreamPulseWriteTimeout 100'] }, (s) => {
  it('is a refusal, and no guess goes uncounted', async () => {
    s.allow(/SP0312/);
    const unlock = await lockDatabase(s.db);
    try {
      for (const pin of ['719204', PIN]) {
        const res = await guess(s, pin, '127.0.0.2');
        assert.deepEqual(code(res), [503, 'database_busy']);
        assert.equal(res.headers['set-cookie'], undefined);
      }
    } finally {
      await unlock();
    }
    assert.equal(attempts(s), 0);
    assert.equal((await guess(s, PIN, '127.0.0.2')).status, 200);
  });
});

suite('what the audit log tells of signing in', {}, (s) => {
  it('is each sign-in, sign-out and wrong PIN, from where', async () => {
    const first = await s.signIn({ from: '127.0.0.5' });
    await guess(s, '719204', '127.0.0.6');
    await s.send('DELETE', '/api/auth', { as: first, from: '127.0.0.5' });
    await s.send('DELETE', '/api/auth', { as: first, from: '127.0.0.5' });
    const rows = s.sql('SELECT action, actor, role, method, address, result FROM audit_log ORDER BY id').map((row) => Object.values(row).join(' '));
    assert.deepEqual(rows, ['login admin (PIN) admin pin 127.0.0.5 ok', 'login_failed anonymous viewer anonymous 127.0.0.6 wrong_pin', 'logout admin (PIN) admin pin 127.0.0.5 ok']);
  });

  it('a session is gone when it ended: what was copied is worth nothing', async () => {
    const as = await s.signIn();
    assert.equal((await me(s, as)).role, 'admin');
    assert.equal(s.sql('SELECT count(*) AS n FROM session')[0].n, 1);
    await s.send('DELETE', '/api/auth', { as });
    assert.equal(s.sql('SELECT count(*) AS n FROM session')[0].n, 0);
    for (let n = 0; n < 3; n++) assert.equal((await me(s, as)).role, 'viewer');
  });

  it('a token that was planted never becomes a session', async () => {
    const name = (await s.signIn()).cookie.split('=')[0];
    const planted = { Cookie: `${name}=${'ab'.repeat(32)}`, 'Sec-Fetch-Site': 'same-origin' };
    const res = await s.post('/api/auth', { pin: PIN }, { headers: planted });
    assert.equal(res.status, 200);
    assert.ok(!res.headers['set-cookie'][0].includes('ab'.repeat(32)));
    assert.equal((await me(s, { headers: planted })).role, 'viewer');
  });
});
