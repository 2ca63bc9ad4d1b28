// Tokens of programs: made, used, refused, revoked.
import { execFile, execFileSync } from 'node:child_process';
import fs from 'node:fs';
import { promisify } from 'node:util';
import { lockDatabase, shellSql } from './lib/database.mjs';
import { pause, PROMPT_MS } from './lib/patience.mjs';
import { assert, configtest, it, suite, until } from './lib/server.mjs';
import { raw } from './lib/http.mjs';
import { bearerLocation, bearerMain, bearerModules, makeKey } from './lib/bearer.mjs';
import { sessionAs } from './lib/session.mjs';

const code = (res) => [res.status, res.json().code];
const csv = 'service,platform,week_start,viewers\nSunday,YouTube,2025-01-05,10\n';
const wanted = (name, role = 'editor', days = 30) => ({ name, role, expires_in_days: days });
const shell = (s, sql) => shellSql(s.db, sql);
const me = async (s, options) => (await s.get('/api/auth/me', options)).json();

async function make(s, name, role, days) {
  const res = await s.post('/api/tokens', wanted(name, role, days), { as: await s.asAdmin() });
  assert.equal(res.status, 201, res.text);
  return { ...res.json().token, secret: res.json().secret };
}

const by = (secret, scheme = 'Bearer') => ({ headers: { Authorization: `${scheme} ${secret}` } });

suite('POST /api/tokens, GET /api/tokens, DELETE /api/tokens/{id}', { anonymous: 'none', main: ['StreamPulseTokensMax 4'] }, (s) => {
  let token;

  it('a token is made, shown once, and kept as a hash', async () => {
    const res = await s.post('/api/tokens', wanted(' Weekly   sheet '), { as: await s.asAdmin() });
    assert.equal(res.status, 201, res.text);
    assert.match(res.headers['cache-control'], /no-store/);
    token = { ...res.json().token, secret: res.json().secret };
    assert.deepEqual([token.name, token.user, token.role, token.state, token.created_by, token.used_at], ['Weekly sheet', 'Weekly sheet (token)', 'editor', 'live', 'admin (PIN)', null]);
    assert.equal(Math.round((Date.parse(token.expires_at) - Date.now()) / 86_400_000), 30);
    const list = await s.get('/api/tokens', { as: await s.asAdmin() });
    assert.match(list.headers['cache-control'], /no-store/);
    assert.deepEqual([list.json().live, list.json().max_live, list.json().tokens.length], [1, 4, 1]);
    for (const text of [list.text, s.log(), ...['', '-wal'].map((end) => fs.readFileSync(s.db + end, 'latin1'))]) assert.ok(!text.includes(token.secret.slice(3, 67)));
  });

  it('it may do what its role may, and is named in the ledger', async () => {
    assert.deepEqual(code(await s.get('/api/data')), [401, 'sign_in_required']);
    assert.equal((await s.get('/api/data', { as: by(token.secret) })).status, 200);
    assert.equal((await s.upload(csv, { as: by(token.secret) })).status, 201);
    assert.deepEqual(code(await s.send('DELETE', '/api/data/sunday', { as: by(token.secret) })), [403, 'role_required']);
    assert.equal(s.sql('SELECT actor FROM entry')[0].actor, 'Weekly sheet (token)');
    const who = await me(s, { as: by(token.secret) });
    assert.deepEqual([who.user, who.role, who.method], ['Weekly sheet (token)', 'editor', 'token']);
  });

  it('curl uploads a sheet with it, as README says', async () => {
    fs.writeFileSync(s.file('sheet.csv'), csv.replace(',10', ',11'));
    const { stdout } = await promisify(execFile)('curl', ['-sS', '-w', '\n%{http_code}', '-H', `Authorization: Bearer ${token.secret}`, '-F', `file=@${s.file('sheet.csv')}`, `http://127.0.0.1:${s.port}/api/upload`]);
    assert.match(stdout, /\n201$/);
  });

  it('its last use is noted, at most once a minute', async () => {
    const used = async () => (await s.get('/api/tokens', { as: await s.asAdmin() })).json().tokens[0];
    const first = await used();
    assert.equal(first.used_from, '127.0.0.1');
    assert.ok(Date.parse(first.used_at) > Date.now() - 86_400_000 && Date.parse(first.used_at) <= Date.now());
    const noted = () => s.sql('SELECT used_ms FROM api_token')[0].used_ms;
    const before = noted();
    await s.get('/api/data', { as: by(token.secret) });
    assert.equal(noted(), before);
    shell(s, 'UPDATE api_token SET used_ms = used_ms - 61000');
    await s.get('/api/data', { as: by(token.secret) });
    assert.ok(noted() >= before);
  });

  it('a reader does not wait for somebody who writes', async () => {
    shell(s, 'UPDATE api_token SET used_ms = used_ms - 61000');
    const unlock = await lockDatabase(s.db);
    assert.equal((await s.get('/api/data', { as: by(token.secret), timeout: PROMPT_MS })).status, 200);
    await unlock();
  });

  it('needs no page of ours behind it, unlike a cookie, and counts instead of that', async () => {
    const foreign = { Origin: 'https://evil.example', 'Sec-Fetch-Site': 'cross-site' };
    assert.equal((await s.upload(csv, { as: by(token.secret), headers: foreign })).status, 201);
    const admin = await s.asAdmin();
    assert.equal((await me(s, { headers: { ...admin.headers, ...by(token.secret).headers } })).method, 'token');
    assert.equal((await me(s, { headers: { ...admin.headers, ...by(token.secret).headers } })).role, 'editor');
    assert.deepEqual(code(await s.get('/api/data', { headers: { ...admin.headers, ...by(token.secret.replace(/.$/, (c) => (c === '0' ? '1' : '0'))).headers } })), [401, 'token_invalid']);
  });

  it('whatever is no token that works is 401 token_invalid, at once', async () => {
    const { secret } = token;
    const stranger = 'sp_' + '0'.repeat(64) + crc('0'.repeat(64));
    const wrong = [secret.slice(0, -1), secret + '0', `${secret} x`, `${secret},`, `${secret}, Bearer ${secret}`, secret.toUpperCase().replace('SP_', 'sp_'), 'sp_', "sp_' OR 1=1 --", stranger, secret.replace(/[0-9a-f]$/, (c) => (c === 'a' ? 'b' : 'a')), `sp_${'é'.repeat(36)}`];
    for (const text of wrong) {
      const res = await s.get('/api/data', { as: by(Buffer.from(text).toString('latin1')) });
      assert.deepEqual(code(res), [401, 'token_invalid'], text);
      assert.match(res.headers['www-authenticate'], /^Bearer .*error="invalid_token"/);
      assert.match(res.headers['cache-control'], /no-store/);
    }
    assert.ok(!s.log().includes(secret.slice(3, 30)), 'not even a wrong one is logged');
  });

  it('the scheme in any case, spaces before it, and nothing else', async () => {
    for (const scheme of ['bearer', 'BEARER', 'BeArEr', 'Bearer ']) assert.equal((await s.get('/api/data', { as: by(token.secret, scheme) })).status, 200, scheme);
    for (const scheme of ['Basic', 'Bearer:', 'Bearer\t', 'Token', 'xBearer', '']) assert.deepEqual(code(await s.get('/api/data', { as: by(token.secret, scheme) })), [401, 'sign_in_required'], scheme);
    for (const other of ['SP_' + token.secret.slice(3), 'x' + token.secret, 'eyJhbGciOiJub25lIn0.e30.']) assert.deepEqual(code(await s.get('/api/data', { as: by(other) })), [401, 'sign_in_required'], 'not ours');
  });

  it('two Authorization headers are none', async () => {
    const lines = (...values) => `GET /api/data HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n${values.map((v) => `Authorization: ${v}\r\n`).join('')}\r\n`;
    const ours = `Bearer ${token.secret}`;
    assert.equal((await raw(s.port, [lines(ours)])).status, 200);
    for (const two of [[ours, ours], [ours, 'Basic eDp5'], ['Basic eDp5', ours]]) assert.equal((await raw(s.port, [lines(...two)])).status, 401, two[1]);
    assert.equal((await raw(s.port, [lines(`${ours}\0x`)])).status, 400, 'NUL');
  });

  it('one that is expired', async () => {
    const short = await make(s, 'short', 'viewer', 1);
    assert.equal((await s.get('/api/data', { as: by(short.secret) })).status, 200);
    shell(s, `UPDATE api_token SET expires_ms = ${Date.now() - 1} WHERE id = ${short.id}`);
    assert.deepEqual(code(await s.get('/api/data', { as: by(short.secret) })), [401, 'token_invalid']);
    const listed = (await s.get('/api/tokens', { as: await s.asAdmin() })).json().tokens.find((t) => t.id === short.id);
    assert.equal(listed.state, 'expired');
  });

  it('names: cleaned, one of a kind among those that work, and never a statement', async () => {
    const sql = await make(s, `x'); DROP TABLE api_token; --`, 'viewer', 1);
    assert.equal(sql.name, `x'); DROP TABLE api_token; --`);
    assert.deepEqual(code(await s.post('/api/tokens', wanted('weekly SHEET'), { as: await s.asAdmin() })), [409, 'name_taken']);
    for (const name of ['', '   ', 'a\u0007b', 'a\u202eb', 'x'.repeat(201), 7, null, undefined]) {
      const res = await s.post('/api/tokens', { ...wanted('x'), name }, { as: await s.asAdmin() });
      assert.deepEqual(code(res), [422, 'bad_entry'], JSON.stringify(name));
      assert.equal(res.json().details[0].field, 'name');
    }
  });

  it('bodies that are none of it', async () => {
    const as = await s.asAdmin();
    for (const [body, field] of [[wanted('a', 'none'), 'role'], [wanted('a', 'root'), 'role'], [{ ...wanted('a'), role: 1 }, 'role'], [wanted('a', 'viewer', 0), 'expires_in_days'], [wanted('a', 'viewer', 367), 'expires_in_days'],
      [wanted('a', 'viewer', 1.5), 'expires_in_days'], [wanted('a', 'viewer', '30'), 'expires_in_days'], [{ name: 'a', role: 'viewer' }, 'expires_in_days'], [{ ...wanted('a'), id: 1 }, 'id']]) {
      const res = await s.post('/api/tokens', body, { as });
      assert.deepEqual([...code(res), res.json().details[0].field], [422, 'bad_entry', field], JSON.stringify(body));
    }
    assert.deepEqual(code(await s.post('/api/tokens', '[]', { as })), [400, 'bad_json']);
    assert.deepEqual(code(await s.post('/api/tokens', '{"name":"a\\u0000b","role":"viewer","expires_in_days":1}', { as })), [400, 'bad_json']);
    assert.deepEqual(code(await s.send('POST', '/api/tokens', { as, body: 'name=a', headers: { 'Content-Type': 'application/x-www-form-urlencoded' } })), [415, 'unsupported_media_type']);
    assert.deepEqual(code(await s.post('/api/tokens', wanted('a'), { as, headers: { 'Sec-Fetch-Site': 'cross-site' } })), [403, 'cross_site']);
  });

  it('StreamPulseTokensMax: no more than that work at a time', async () => {
    await make(s, 'third', 'viewer', 1);
    const last = await make(s, 'fourth', 'viewer', 1);
    assert.deepEqual(code(await s.post('/api/tokens', wanted('fifth'), { as: await s.asAdmin() })), [409, 'too_many_tokens']);
    await s.send('DELETE', `/api/tokens/${last.id}`, { as: await s.asAdmin() });
    await make(s, 'fifth', 'viewer', 1);
  });

  it('revoking is for good, may be repeated, and is told once', async () => {
    const as = await s.asAdmin();
    for (let i = 0; i < 2; i++) {
      const res = await s.send('DELETE', `/api/tokens/${token.id}`, { as });
      assert.equal(res.status, 200, res.text);
      assert.deepEqual([res.json().token.state, res.json().token.revoked_by], ['revoked', 'admin (PIN)']);
    }
    assert.deepEqual(code(await s.get('/api/data', { as: by(token.secret) })), [401, 'token_invalid']);
    for (const id of ['0', '99', '1x', '-1', '%27', '99999999999999999999']) assert.deepEqual(code(await s.send('DELETE', `/api/tokens/${id}`, { as })), [404, 'token_unknown'], id);
    assert.deepEqual(s.sql(`SELECT action, count(*) AS n FROM audit_log WHERE target = 'Weekly sheet' GROUP BY action`), [{ action: 'token_made', n: 1 }, { action: 'token_revoked', n: 1 }]);
  });

  it('is over for what is still on its way, too, and so is a session that ended', async () => {
    const { id, secret } = await make(s, 'Late'), as = await s.signIn();
    const slowly = async (header, meanwhile) => {
      const head = `POST /api/upload HTTP/1.1\r\nHost: localhost\r\n${header}\r\nSec-Fetch-Site: same-origin\r\nContent-Type: text/csv\r\nContent-Length: ${csv.length}\r\nConnection: close\r\n\r\n`;
      return code(await raw(s.port, [head + csv.slice(0, 9), pause(300).then(meanwhile).then(() => csv.slice(9))]));
    };
    const entries = s.sql('SELECT count(*) AS n FROM entry')[0].n;
    assert.deepEqual(await slowly(`Authorization: Bearer ${secret}`, async () => s.send('DELETE', `/api/tokens/${id}`, { as })), [401, 'token_invalid']);
    assert.deepEqual(await slowly(`Cookie: ${as.cookie}`, async () => s.send('DELETE', '/api/auth', { as })), [401, 'sign_in_required']);
    assert.equal(s.sql('SELECT count(*) AS n FROM entry')[0].n, entries);
  });

  it('who may: admins', async () => {
    for (const [method, url] of [['GET', '/api/tokens'], ['POST', '/api/tokens'], ['DELETE', '/api/tokens/1']]) {
      assert.deepEqual(code(await s.send(method, url)), [401, 'sign_in_required'], `${method} ${url}`);
      for (const role of ['viewer', 'editor']) assert.deepEqual(code(await s.send(method, url, { as: await sessionAs(s, role) })), [403, 'role_required'], `${method} ${url}`);
    }
  });
});

function crc(text) {
  let crc = ~0;
  for (const c of Buffer.from(text)) {
    crc ^= c;
    for (let i = 0; i < 8; i++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (~crc >>> 0).toString(16).padStart(8, '0');
}

suite('a token that is an admin', { anonymous: 'none' }, (s) => {
  it('may do everything but make and revoke tokens and end sessions: 403 person_required', async () => {
    const root = await make(s, 'root', 'admin', 1);
    const as = by(root.secret);
    assert.equal((await s.upload(csv, { as })).status, 201);
    assert.equal((await s.send('DELETE', '/api/data/sunday', { as })).status, 200);
    for (const url of ['/api/tokens', '/api/people']) assert.equal((await s.get(url, { as })).status, 200, url);
    const { id } = (await s.get('/api/people', { as })).json().sessions[0];
    assert.deepEqual(code(await s.post('/api/tokens', wanted('heir'), { as })), [403, 'person_required']);
    assert.deepEqual(code(await s.send('DELETE', `/api/tokens/${root.id}`, { as })), [403, 'person_required']);
    assert.deepEqual(code(await s.send('DELETE', `/api/sessions/${id}`, { as })), [403, 'person_required']);
    assert.deepEqual(code(await s.post('/api/tokens', wanted('heir'), { headers: { ...(await s.asAdmin()).headers, ...as.headers } })), [403, 'person_required'], 'nor with a cookie beside it');
  });
});

suite('several children', { anonymous: 'none', main: ['StartServers 2', 'ServerLimit 2', 'ThreadsPerChild 4', 'MaxRequestWorkers 8', 'MinSpareThreads 8'] }, (s) => {
  it('what is revoked, or written by another process, shows at once in all of them', async () => {
    await until('two children', () => s.processes().length >= 2);
    const round = (as, n = 24) => Promise.all(Array.from({ length: n }, () => s.get('/api/data', { as })));
    for (const revoke of [async (t) => s.send('DELETE', `/api/tokens/${t.id}`, { as: await s.asAdmin() }), (t) => shell(s, `UPDATE api_token SET revoked_ms = 1 WHERE id = ${t.id}`), (t) => shell(s, `UPDATE api_token SET expires_ms = 1 WHERE id = ${t.id}`)]) {
      const token = await make(s, 'all', 'viewer', 1);
      for (let i = 0; i < 3; i++) for (const res of await round(by(token.secret))) assert.equal(res.status, 200);
      await revoke(token);
      for (const res of await round(by(token.secret))) assert.deepEqual(code(res), [401, 'token_invalid']);
    }
  });
});

for (const [what, location] of [['Require valid-user', bearerLocation], ['Require streampulse-role', [...bearerLocation.slice(0, -1), 'Require streampulse-role viewer']], ['OIDCUnAuthAction 401', ['AuthType auth-openidc', 'AuthName streampulse', 'OIDCUnAuthAction 401', 'AuthzSendForbiddenOnFailure On', 'Require valid-user']]]) {
  suite(`in front of mod_auth_openidc, ${what}`, {
    anonymous: 'none', modules: bearerModules,
    prepare: (s) => {
      makeKey(s);
      s.options.main = bearerMain(s);
      s.options.location = location;
      s.allow(/\[auth_openidc:/);
    },
  }, (s) => {
    it('tokens of ours pass, and those that do not work are our 401', async () => {
      // The PIN is behind the provider here: a token that somebody made before.
      const random = '5a'.repeat(32);
      const secret = `sp_${random}${crc(random)}`;
      const hash = execFileSync('sha256sum', { input: secret, encoding: 'utf8' }).slice(0, 64);
      shell(s, `INSERT INTO api_token (token_hash, name, fold, role, created_ms, created_by, expires_ms) VALUES ('${hash}', 'Sheet', 'sheet', 'editor', 1, 'x', ${Date.now() + 1e8})`);
      assert.equal((await s.get('/api/data', { as: by(secret) })).status, 200);
      assert.equal((await me(s, { as: by(secret) })).method, 'token');
      assert.equal((await s.upload(csv, { as: by(secret) })).status, 201);
      const res = await s.get('/api/data', { as: by(`sp_${'0'.repeat(72)}`) });
      assert.deepEqual(code(res), [401, 'token_invalid']);
      assert.match(res.headers['content-security-policy'] ?? '', /default-src/);
      shell(s, 'UPDATE api_token SET revoked_ms = 1');
      for (const url of ['/api/data', '/api/auth/me']) assert.deepEqual(code(await s.get(url, { as: by(secret) })), [401, 'token_invalid']);
      assert.equal((await s.get('/api/data', { as: by('eyJhbGciOiJub25lIn0.e30.'), contract: false })).status, 401, 'whatever is not ours is theirs to refuse');
    });
  });
}

it('StreamPulseTokensMax is a number from 1 to 1000', () => {
  for (const value of ['0', '1001', 'x', '-1']) assert.match(configtest({ main: [`StreamPulseTokensMax ${value}`] }).text, /StreamPulseTokensMax: .* will not do/);
  assert.ok(configtest({ main: ['StreamPulseTokensMax 1000'] }).ok);
});
