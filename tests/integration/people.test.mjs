// Who has been here, who is signed in, and how somebody is added and removed.
import { execFileSync } from 'node:child_process';
import { lockDatabase, shellSql } from './lib/database.mjs';
import { pause, PROMPT_MS } from './lib/patience.mjs';
import { assert, configtest, it, suite, until } from './lib/server.mjs';
import { accessToken, bearer, bearerLocation, bearerMain, bearerModules, makeKey } from './lib/bearer.mjs';
import { sessionAs } from './lib/session.mjs';

const code = (res) => [res.status, res.json().code];
const shell = (s, sql) => shellSql(s.db, sql);
const people = async (s, as) => {
  const res = await s.get('/api/people', { as: as ?? (await s.asAdmin()) });
  assert.equal(res.status, 200, res.text);
  assert.match(res.headers['cache-control'], /no-store/);
  return res.json();
};

suite('GET /api/people, DELETE /api/sessions/{id}', { anonymous: 'none', location: ['StreamPulseSessionIdle 600'] }, (s) => {
  it('tells who has been here, and which sessions are open', async () => {
    const other = await s.signIn({ headers: { 'User-Agent': `Test/1.0 (é; ${'x'.repeat(300)})` } });
    await s.get('/api/data', { as: other });
    const found = await people(s);
    assert.deepEqual(found.people.map((p) => [p.name, p.method, p.role, p.role_from, p.groups, p.can_end_sessions, p.steps]), [['admin (PIN)', 'pin', 'admin', 'pin', null, true, []]]);
    assert.equal(found.sessions.length, 2);
    assert.deepEqual(found.sessions.map((x) => x.current).sort(), [false, true]);
    const named = found.sessions.find((x) => x.agent);
    assert.match(named.agent, /^Test\/1\.0 \(\?+; x+$/);
    assert.ok(named.agent.length <= 200);
    assert.equal(named.address, '127.0.0.1');
  });

  it('a session is ended by its public id, which has nothing to do with its token', async () => {
    const as = await s.signIn();
    const token = as.cookie.split('=')[1];
    const before = (await people(s)).sessions.map((x) => x.id);
    assert.equal((await people(s, as)).sessions.filter((x) => x.current).length, 1);
    const { id } = (await people(s, as)).sessions.find((x) => x.current);
    assert.ok(before.includes(id) && !token.includes(id));
    assert.ok(!s.sql(`SELECT token_hash FROM session`).some((row) => row.token_hash.includes(id)));
    assert.equal((await s.get('/api/data', { as: { headers: { ...as.headers, Cookie: `${as.cookie.split('=')[0]}=${id}` } } })).status, 401);
    const res = await s.send('DELETE', `/api/sessions/${id}`, { as: await s.asAdmin() });
    assert.equal(res.status, 200, res.text);
    assert.deepEqual([res.json().session.id, res.json().session.current], [id, false]);
    assert.equal((await s.get('/api/data', { as })).status, 401);
    assert.deepEqual(code(await s.send('DELETE', `/api/sessions/${id}`, { as: await s.asAdmin() })), [404, 'session_unknown']);
    for (const odd of ['%27%20OR%201=1', 'x', token]) assert.deepEqual(code(await s.send('DELETE', `/api/sessions/${odd}`, { as: await s.asAdmin() })), [404, 'session_unknown']);
    assert.deepEqual(s.sql("SELECT actor, target, count(*) AS n FROM audit_log WHERE action = 'session_ended'"), [{ actor: 'admin (PIN)', target: 'admin (PIN)', n: 1 }]);
  });

  it('sessions that are over are not listed', async () => {
    const n = (await people(s)).sessions.length;
    await s.signIn();
    assert.equal((await people(s)).sessions.length, n + 1);
    shell(s, 'UPDATE session SET seen_ms = seen_ms - 700000 WHERE seen_ms = (SELECT max(seen_ms) FROM session)');
    assert.equal((await people(s)).sessions.length, n);
    s.writePin('918273');
    s.sessions.clear();
    const as = await s.signIn({ pin: '918273' });
    s.sessions.set(undefined, as);
    assert.equal((await people(s)).sessions.length, 1, 'those of another PIN');
  });

  it('who may: admins', async () => {
    for (const [method, url] of [['GET', '/api/people'], ['DELETE', '/api/sessions/0123456789abcdef']]) {
      assert.deepEqual(code(await s.send(method, url)), [401, 'sign_in_required'], `${method} ${url}`);
    }
    assert.deepEqual(code(await s.send('DELETE', '/api/sessions/0123456789abcdef', { as: await s.asAdmin(), headers: { 'Sec-Fetch-Site': 'cross-site' } })), [403, 'cross_site']);
  });
});

suite('people of other roles', { anonymous: 'viewer' }, (s) => {
  it('see neither people nor sessions', async () => {
    for (const role of ['viewer', 'editor']) {
      const as = await sessionAs(s, role);
      assert.deepEqual(code(await s.get('/api/people', { as })), [403, 'role_required']);
      assert.deepEqual(code(await s.send('DELETE', '/api/sessions/0123456789abcdef', { as })), [403, 'role_required']);
    }
    assert.deepEqual(code(await s.get('/api/people')), [401, 'sign_in_required']);
  });

  it('visitors who have not signed in are nobody', async () => {
    await s.get('/api/data');
    assert.deepEqual(s.sql("SELECT * FROM person WHERE method NOT IN ('pin')"), []);
  });
});

suite('when somebody counts as being here', { anonymous: 'none' }, (s) => {
  const seen = () => s.sql('SELECT last_seen_ms FROM person')[0]?.last_seen_ms;
  const later = (minutes) => shell(s, `UPDATE person SET last_seen_ms = last_seen_ms - ${minutes * 60_000}`);

  it('at a request, at most once a minute, and not when the page asks by itself (StreamPulse-Background)', async () => {
    const as = await s.signIn(), background = { 'StreamPulse-Background': '1' };
    await s.get('/api/data', { as });
    later(10);
    const old = seen();
    assert.equal((await s.get('/api/data', { as, headers: background })).status, 200);
    assert.equal(seen(), old);
    await s.restart(); // what a child remembers of this minute
    await s.get('/api/data', { as, headers: background });
    assert.equal(seen(), old);
    const before = Date.now();
    await s.get('/api/data', { as });
    const first = seen();
    assert.ok(first >= before);
    for (let i = 0; i < 5; i++) await s.get('/api/data', { as });
    assert.equal(seen(), first);
  });

  it('nobody hides by that header: who is not known yet is noted all the same, and whoever changes something is there', async () => {
    const as = await s.signIn(), background = { 'StreamPulse-Background': '1' };
    shell(s, 'DELETE FROM person');
    await s.restart();
    const before = Date.now();
    assert.equal((await s.get('/api/data', { as, headers: background })).status, 200);
    assert.ok(seen() >= before);
    later(10);
    await s.restart();
    const change = Date.now();
    assert.equal((await s.post('/api/data', { entries: [{ service: 'A', platform: 'Zoom', week_start: '2025-01-05', viewers: 1 }] }, { as, headers: { ...as.headers, ...background } })).status, 201);
    assert.ok(seen() >= change);
  });

  it('a database that is busy does not hinder them', async () => {
    const as = await s.signIn();
    later(10);
    const unlock = await lockDatabase(s.db);
    assert.equal((await s.get('/api/data', { as, timeout: PROMPT_MS })).status, 200);
    await unlock();
  });
});

suite('people of a login provider', {
  anonymous: 'none', modules: bearerModules,
  prepare: (s) => {
    makeKey(s);
    s.options.main = [...bearerMain(s), 'StreamPulsePeopleDays 30'];
    s.options.location = [...bearerLocation, 'StreamPulseCognitoPool eu-central-1_AbCdEf123', 'StreamPulseEditorGroups Team Writers'];
    s.allow(/Resource Server functionality is deprecated/);
  },
}, (s) => {
  const as = (name, groups) => bearer(accessToken(s, name, groups));
  const admin = () => as('admin@example.org', ['Admins']);
  const find = async (name) => (await people(s, admin())).people.find((p) => p.name === name);

  it('are told with their groups, the role that those give, and what to run at the provider', async () => {
    await s.get('/api/data', { as: as('jane@example.org', ['Writers', 'Staff']) });
    await s.get('/api/data', { as: as('nobody@example.org', undefined) });
    const jane = await find('jane@example.org');
    assert.deepEqual([jane.method, jane.role, jane.role_from, jane.groups, jane.can_end_sessions], ['oidc', 'editor', 'groups', 'Writers Staff', false]);
    const pool = '--region eu-central-1 --user-pool-id eu-central-1_AbCdEf123 --username=';
    assert.ok(jane.steps.some((x) => x.action === 'take_role' && x.command === `aws cognito-idp admin-remove-user-from-group ${pool}'jane@example.org' --group-name='Writers'`), JSON.stringify(jane.steps));
    assert.ok(jane.steps.some((x) => x.action === 'give_role' && x.command.endsWith("--group-name='Team'")));
    assert.ok(jane.steps.some((x) => x.action === 'sign_out' && x.command === `aws cognito-idp admin-user-global-sign-out ${pool}'jane@example.org'`));
    assert.deepEqual([(await find('nobody@example.org')).role, (await find('nobody@example.org')).groups], ['none', null]);
    const { how_to } = await people(s, admin());
    assert.equal(how_to.pool, 'eu-central-1_AbCdEf123');
    assert.deepEqual(how_to.steps.map((x) => x.action), ['add', 'give_role', 'give_role', 'give_role', 'take_role', 'take_role', 'take_role', 'disable', 'sign_out']);
  });

  it('another group shows at once', async () => {
    await s.get('/api/data', { as: as('jane@example.org', ['Viewers']) });
    assert.deepEqual([(await find('jane@example.org')).role, (await find('jane@example.org')).groups], ['viewer', 'Viewers']);
  });

  it('coming after a time away, and signing out, are in the audit log', async () => {
    const told = () => s.sql("SELECT action, role, method, address FROM audit_log WHERE actor = 'kim@example.org' ORDER BY id");
    const kim = as('kim@example.org', ['Viewers']);
    const login = { action: 'login', role: 'viewer', method: 'oidc', address: '127.0.0.1' };
    for (let i = 0; i < 3; i++) await s.get('/api/stats', { as: kim });
    assert.deepEqual(told(), [login]);
    shell(s, "UPDATE person SET last_seen_ms = last_seen_ms - 1801000 WHERE name = 'kim@example.org'");
    await until('a new minute', async () => (await s.get('/api/stats', { as: as('kim@example.org', ['Viewers', `G${Math.random()}`]) })) && told().length === 2);
    for (let i = 0; i < 2; i++) assert.equal((await s.send('DELETE', '/api/auth', { as: kim })).status, 200);
    assert.deepEqual(told(), [login, login, { ...login, action: 'logout' }]);
  });

  it('a name with quotes in it stays a name when the command is pasted', async () => {
    const name = `o'brien"; touch $(echo hacked) #@example.org`;
    await s.get('/api/data', { as: as(name, ['Viewers']) });
    const { steps } = await find(name);
    assert.ok(steps.length >= 4);
    for (const { command } of steps) {
      const given = execFileSync('sh', ['-c', `aws() { printf '%s\\n' "$@"; }\n${command}`], { encoding: 'utf8' }).split('\n');
      assert.ok(given.includes(`--username=${name}`), command);
    }
  });

  it('the tokens they made go with them, as long as those work', async () => {
    const made = await s.post('/api/tokens', { name: 'Sheet', role: 'viewer', expires_in_days: 1 }, { as: admin() });
    assert.equal(made.status, 201, made.text);
    assert.deepEqual((await find('admin@example.org')).tokens, [{ id: made.json().token.id, name: 'Sheet', role: 'viewer' }]);
    assert.deepEqual((await find('jane@example.org')).tokens, []);
    await s.send('DELETE', `/api/tokens/${made.json().token.id}`, { as: admin() });
    assert.deepEqual((await find('admin@example.org')).tokens, []);
  });

  it('are forgotten when they do not come back (StreamPulsePeopleDays)', async () => {
    shell(s, `UPDATE person SET last_seen_ms = last_seen_ms - 31 * 86400000 WHERE name = 'jane@example.org'`);
    assert.equal(await find('jane@example.org'), undefined);
    await s.get('/api/data', { as: as('new@example.org', ['Viewers']) });
    assert.deepEqual(s.sql("SELECT * FROM person WHERE name = 'jane@example.org'"), []);
  });
});

suite('several children', { anonymous: 'none', main: ['StartServers 2', 'ServerLimit 2', 'ThreadsPerChild 4', 'MaxRequestWorkers 8', 'MinSpareThreads 8'] }, (s) => {
  it('a session that is ended, by an admin, by its owner or by another process, is over at once in all of them', async () => {
    await until('two children', () => s.processes().length >= 2);
    const round = (as) => Promise.all(Array.from({ length: 24 }, () => s.get('/api/data', { as })));
    const newPin = () => s.writePin('555777');
    for (const end of [
      async (as) => s.send('DELETE', `/api/sessions/${(await people(s, as)).sessions.find((x) => x.current).id}`, { as: await s.asAdmin() }),
      (as) => s.send('DELETE', '/api/auth', { as }),
      () => shell(s, 'DELETE FROM session'),
      newPin,
    ]) {
      s.sessions.clear();
      const as = await s.signIn();
      if (end === newPin) await pause(3200); // until then its file is read each time
      for (let i = 0; i < 3; i++) for (const res of await round(as)) assert.equal(res.status, 200);
      await end(as);
      for (const res of await round(as)) assert.equal(res.status, 401);
    }
  });

  it('a PIN that is written anew ends them, and the old one written back makes them count again', async () => {
    s.writePin('482915');
    s.sessions.clear();
    const as = await s.signIn();
    for (let i = 0; i < 4; i++) {
      const file = execFileSync('cat', [s.file('pin')], { encoding: 'utf8' });
      assert.equal((await s.get('/api/data', { as })).status, 200);
      s.writePin('111222');
      assert.equal((await s.get('/api/data', { as })).status, 401);
      execFileSync('sh', ['-c', 'cat > "$1"', 'sh', s.file('pin')], { input: file });
    }
  });
});

it('StreamPulseCognitoPool and StreamPulsePeopleDays are checked', () => {
  for (const value of ['eu-central-1', '"eu-central-1_A; rm -rf"', "\"eu-central-1_A'\""]) assert.match(configtest({ location: [`StreamPulseCognitoPool ${value}`] }).text, /StreamPulseCognitoPool: .* will not do/, value);
  assert.ok(configtest({ location: ['StreamPulseCognitoPool eu-central-1_AbC'] }).ok);
  for (const value of ['0', '3651', 'x']) assert.match(configtest({ main: [`StreamPulsePeopleDays ${value}`] }).text, /StreamPulsePeopleDays: .* will not do/, value);
});
