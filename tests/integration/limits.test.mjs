// How many requests somebody may send, over all children and restarts; and the switch that refuses changes.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import { contract } from './lib/contract.mjs';
import { shellSql } from './lib/database.mjs';
import { pause } from './lib/patience.mjs';
import { admin, assert, configtest, it, PIN, suite, unlimited, until } from './lib/server.mjs';
import { sessionAs } from './lib/session.mjs';

const code = (res) => [res.status, res.json().code];
const csv = 'service,platform,week_start,viewers\nSunday,YouTube,2025-01-05,10\n';
const twoChildren = ['StartServers 2', 'ServerLimit 4', 'ThreadsPerChild 8', 'MaxRequestWorkers 16', 'MinSpareThreads 8', 'MaxSpareThreads 16'];
/** How many of so many requests pass. */
async function passing(count, send) {
  const all = await Promise.all(Array.from({ length: count }, () => send()));
  return all.filter((res) => res.status !== 429).length;
}

suite('reads over two children', { main: twoChildren, location: ['StreamPulseRateReads 30/3600'] }, (s) => {
  const read = (from, options) => s.get('/api/uploads', { from, ...options });

  it('pass as often as the directive says, whichever child takes them', async () => {
    s.allow(/SP1311/);
    await until('two children', () => s.processes().length >= 2);
    assert.equal(await passing(60, () => read('127.0.0.2')), 30);
    assert.equal(await passing(5, () => read('127.0.0.3')), 5, 'somebody else does not wait');
  });

  it('one too many is 429 rate_limited, with the seconds to wait', async () => {
    const res = await read('127.0.0.2');
    assert.deepEqual(code(res), [429, 'rate_limited']);
    const wait = Number(res.headers['retry-after']);
    assert.ok(wait > 0 && wait <= 120, res.headers['retry-after']);
    assert.match(res.json().error, new RegExp(`wait ${wait} seconds`));
    assert.match(res.headers['cache-control'], /no-store/);
  });

  it('a conditional request counts too, and an unknown page does not', async () => {
    const { etag } = (await read('127.0.0.4')).headers;
    assert.equal(await passing(40, () => read('127.0.0.4', { headers: { 'If-None-Match': etag } })), 29);
    assert.equal((await s.get('/api/nothing', { from: '127.0.0.4' })).status, 404);
  });

  it('probes and the page are not counted', async () => {
    for (const url of ['/healthz', '/readyz', '/', '/favicon.svg']) assert.equal((await s.get(url, { from: '127.0.0.2' })).status, 200, url);
  });

  it('who has signed in is counted as such, and not by the address', async () => {
    const one = await s.signIn({ from: '127.0.0.2' });
    const other = await s.signIn({ from: '127.0.0.2' });
    assert.equal(await passing(40, () => read('127.0.0.2', { as: one })), 30);
    assert.equal(await passing(10, () => read('127.0.0.7', { as: one })), 0, 'wherever from');
    assert.equal(await passing(10, () => read('127.0.0.2', { as: other })), 10);
  });

  it('a graceful restart forgets nothing, a stop does', async () => {
    await s.graceful();
    assert.deepEqual(code(await read('127.0.0.2')), [429, 'rate_limited']);
    await s.restart();
    assert.equal((await read('127.0.0.2')).status, 200);
  });

  it('the log tells of it at most once a minute of each child', () => {
    const lines = s.log().split('\n').filter((l) => l.includes('SP1311'));
    assert.ok(lines.length >= 1 && lines.length <= 8, lines.join('\n'));
    assert.match(lines[0], /more Reads from 127\.0\.0\.2 than StreamPulseRateReads allows/);
  });
});

suite('each kind of request by itself', { location: ['StreamPulseRateReads 5/3600', 'StreamPulseRateWrites 4/3600', 'StreamPulseRateUploads 3/3600', 'StreamPulseRateExports 2/3600'] }, (s) => {
  it('is counted apart', async () => {
    s.allow(/SP1311/);
    const as = await s.signIn();
    const entry = { entries: [{ service: 'A', platform: 'B', week_start: '2025-01-05', viewers: 1 }] };
    assert.equal(await passing(9, () => s.get('/api/stats', { as })), 5);
    assert.equal(await passing(9, () => s.post('/api/data', entry, { as })), 4);
    assert.equal(await passing(9, () => s.upload(csv, { as })), 3);
    assert.equal(await passing(9, () => s.get('/api/export', { as })), 2);
    for (const [what, res] of [['writes', await s.send('DELETE', '/api/data/a', { as })], ['uploads', await s.upload(csv, { as })], ['exports', await s.get('/api/export', { as })]]) {
      assert.deepEqual(code(res), [429, 'rate_limited'], what);
    }
  });
});

suite('what refills', { location: ['StreamPulseRateReads 2/1'] }, (s) => {
  it('passes after the seconds that were told', async () => {
    s.allow(/SP1311/);
    const read = () => s.get('/api/uploads', { from: '127.0.0.2' });
    const began = Date.now();
    const passed = await passing(10, read);
    assert.ok(passed >= 2 && passed <= 2 + Math.ceil((2 * (Date.now() - began)) / 1000), `${passed} passed`);
    const refused = await until('one too many', async () => {
      const res = await read();
      return res.status === 429 && res;
    });
    assert.equal(refused.headers['retry-after'], '1');
    await pause(1000);
    assert.equal((await read()).status, 200);
  });
});

suite('credentials that are nobody\'s', { location: ['StreamPulseRateWrites 5/3600'] }, (s) => {
  const cookie = (n) => `streampulse_session=${String(n).padStart(64, '0')}`;

  it('are looked up so often, and then refused before the database is asked', async () => {
    s.allow(/SP1311/);
    for (let n = 0; n < 5; n++) assert.equal((await s.get('/api/stats', { from: '127.0.0.2', headers: { Cookie: cookie(n) } })).status, 200);
    assert.deepEqual(code(await s.get('/api/stats', { from: '127.0.0.2', headers: { Cookie: cookie(6) } })), [429, 'rate_limited']);
    assert.equal((await s.get('/api/stats', { from: '127.0.0.2' })).status, 200, 'without one it is a visitor as any other');
    assert.equal((await s.get('/api/stats', { from: '127.0.0.3', headers: { Cookie: cookie(6) } })).status, 200, 'and another address has its own count');
  });

  it('the right ones do not count', async () => {
    const as = await s.signIn({ from: '127.0.0.4' });
    assert.equal(await passing(20, () => s.get('/api/stats', { as, from: '127.0.0.4' })), 20);
  });

  it('keep nobody out who came with a right one before, from the same address and whatever is written meanwhile', async () => {
    const from = '127.0.0.5', as = await s.signIn({ from }), me = async (more) => (await s.get('/api/auth/me', { from, ...more })).json().method;
    const { secret } = (await s.post('/api/tokens', { name: 'Reader', role: 'viewer', expires_in_days: 1 }, { as, from })).json();
    const token = { headers: { Authorization: `Bearer ${secret}` } }, busy = () => shellSql(s.db, "UPDATE session SET agent = agent || '.'");
    assert.deepEqual([await me({ as }), await me(token), await me(token)], ['pin', 'token', 'token']); // the first use of a token is a write of its own
    for (let n = 0; n < 6; n++) await s.get('/api/stats', { from, headers: { Cookie: cookie(n) } });
    busy();
    assert.equal((await s.get('/api/stats', { from, headers: { Cookie: cookie(7) } })).status, 429);
    assert.deepEqual([await me({ as }), await me(token)], ['pin', 'token']);
    shellSql(s.db, 'DELETE FROM session');
    assert.equal(await me({ as }), 'anonymous', 'it is looked up once more, and is nobody’s from then on');
    assert.equal((await s.get('/api/auth/me', { as, from })).status, 429);
  });
});

suite('no limits', { location: unlimited }, (s) => {
  it('off is off', async () => {
    assert.equal(await passing(300, () => s.get('/api/uploads')), 300);
    assert.equal(await passing(400, () => s.get('/api/export')), 400);
  });
});

suite('limits where no directive says any', {}, (s) => {
  it('are wide enough for twenty people behind one address, with a page each that asks every four seconds', async () => {
    const visits = 20 * 10 + 20 * 15; // ten requests each to draw the page, then a minute of polling, all at once
    assert.equal(await passing(visits, () => s.get('/api/uploads?limit=5')), visits);
  });

  it('are there', async () => {
    s.allow(/SP1311/);
    const passed = await passing(400, () => s.get('/api/export'));
    assert.ok(passed >= 300 && passed < 350, `${passed}: one more each 0.2 seconds`);
  });
});

suite('only reading for now', { sites: [{ host: 'localhost', location: ['StreamPulseReadOnly "We move to another machine until noon."'] }, { prefix: '/open', db: 'open.db', host: 'open', location: ['StreamPulseReadOnly Off'] }] }, (s) => {
  /** Of the contract, but for what gives nobody anything: signing in and out, and taking access away. */
  const ofAccess = ['POST /api/auth', 'DELETE /api/auth', 'DELETE /api/tokens/{id}', 'DELETE /api/sessions/{id}'];
  const changes = Object.entries(contract.paths).flatMap(([path, item]) => ['post', 'put', 'patch', 'delete'].filter((method) => item[method]).map((method) => [method.toUpperCase(), path]))
    .filter(([method, path]) => !ofAccess.includes(`${method} ${path}`)).map(([method, path]) => [method, path.replace(/\{\w+\}/, '1')]);

  it('changes are 503 read_only, with the message', async () => {
    const as = await s.signIn();
    for (const [method, url] of changes) {
      const res = await s.send(method, url, { as });
      assert.deepEqual(code(res), [503, 'read_only'], `${method} ${url}`);
      assert.equal(res.json().error, 'We move to another machine until noon.');
      assert.equal(res.headers['retry-after'], '60');
    }
    assert.equal(s.sql('SELECT count(*) AS n FROM entry')[0].n, 0);
  });

  it('what is told of it in the audit log is who signed in; the command line is not held to it', async () => {
    assert.ok(changes.length >= 11, `${changes.length}`);
    assert.deepEqual(s.sql("SELECT DISTINCT action FROM audit_log"), [{ action: 'login' }]);
    fs.writeFileSync(s.file('sheet.csv'), csv);
    execFileSync(admin, ['import', '--db', s.db, s.file('sheet.csv')]);
    assert.equal(s.sql('SELECT count(*) AS n FROM entry')[0].n, 1);
    assert.equal((await s.get('/api/export')).text.trimEnd().split('\r\n').length, csv.trimEnd().split('\n').length);
  });

  it('who may not change anything is told that first', async () => {
    assert.deepEqual(code(await s.send('POST', '/api/data')), [401, 'sign_in_required']);
    assert.deepEqual(code(await s.send('POST', '/api/data', { as: await sessionAs(s, 'viewer') })), [403, 'role_required']);
  });

  it('reading, signing in and signing out go on, and everybody is told', async () => {
    for (const url of ['/api/data', '/api/stats', '/api/export', '/api/uploads']) assert.equal((await s.get(url)).status, 200, url);
    const as = await s.signIn();
    for (const who of [undefined, as]) assert.equal((await s.get('/api/auth/me', { as: who })).json().read_only, 'We move to another machine until noon.');
    const out = await s.send('DELETE', '/api/auth', { as });
    assert.equal(out.status, 200);
    assert.equal(out.json().role, 'viewer');
  });

  it('access can be taken away, but not given', async () => {
    const [as, other] = [await s.signIn(), await s.signIn()];
    assert.deepEqual(code(await s.post('/api/tokens', { name: 'nightly', role: 'editor', expires_in_days: 1 }, { as })), [503, 'read_only']);
    assert.deepEqual(code(await s.send('DELETE', '/api/tokens/1', { as })), [404, 'token_unknown'], 'it is asked for');
    const [session] = (await s.get('/api/people', { as })).json().sessions.filter((one) => !one.current);
    assert.equal((await s.send('DELETE', `/api/sessions/${session.id}`, { as })).status, 200);
    assert.deepEqual((await Promise.all([as, other].map((who) => s.get('/api/auth/me', { as: who })))).map((res) => res.json().role).sort(), ['admin', 'viewer']);
  });

  it('Off is off', async () => {
    const options = { host: 'open' };
    assert.equal((await s.get('/open/api/auth/me', options)).json().read_only, null);
    assert.equal((await s.upload(csv, options)).status, 201);
  });

  it('is no failure of ours in the log', () => assert.doesNotMatch(s.log(), /SP0312/));
});

suite('StreamPulseReadOnly On', { location: ['StreamPulseReadOnly On'] }, (s) => {
  it('has a message of its own', async () => {
    assert.match((await s.get('/api/auth/me')).json().read_only, /not changed for now/);
    assert.deepEqual(code(await s.send('DELETE', '/api/data/a', { as: await s.signIn({ pin: PIN }) })), [503, 'read_only']);
  });
});

it('limits that are none are refused when the configuration is read', () => {
  for (const line of ['StreamPulseRateReads 600', 'StreamPulseRateReads 0/60', 'StreamPulseRateWrites 1/0', 'StreamPulseRateUploads often', 'StreamPulseRateExports 17000/1']) {
    const { ok, text } = configtest({ location: [line] });
    assert.ok(!ok && /as in 600\/60/.test(text), `${line}: ${text}`);
  }
  for (const line of ['StreamPulsePinAttempts 0', 'StreamPulsePinWindow 90000', 'StreamPulsePinAttemptsAll x']) assert.ok(!configtest({ main: [line] }).ok, line);
  for (const line of ['StreamPulseReadOnly ""', 'StreamPulseReadOnly " "', `StreamPulseReadOnly "${'x'.repeat(501)}"`]) {
    const { ok, text } = configtest({ location: [line] });
    assert.ok(!ok && /why nothing may be changed/.test(text), `${line}: ${text}`);
  }
});
