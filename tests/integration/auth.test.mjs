// Who may do what: PIN, session, roles, same origin.
import fs from 'node:fs';
import { shellSql } from './lib/database.mjs';
import { assert, it, PIN, suite } from './lib/server.mjs';
import { multipart } from './lib/http.mjs';

const csv = 'service,platform,week_start,viewers\nSunday,YouTube,2025-01-05,10\n';
const code = (res) => [res.status, res.json().code];
const me = async (s, as) => (await s.get('/api/auth/me', { as })).json();
const age = (s, column, seconds) => shellSql(s.db, `UPDATE session SET ${column} = ${column} - ${seconds * 1000}`);

suite('POST /api/auth', { location: ['StreamPulseSessionIdle 60', 'StreamPulseSessionLifetime 600'] }, (s) => {
  it('the right PIN makes a session that is admin', async () => {
    const res = await s.post('/api/auth', { pin: PIN });
    assert.equal(res.status, 200, res.text);
    assert.deepEqual([res.json().role, res.json().method], ['admin', 'pin']);
    const [cookie] = res.headers['set-cookie'];
    assert.match(cookie, /HttpOnly/i);
    assert.match(cookie, /SameSite=Lax/i);
    assert.match(cookie, /Path=\//i);
    assert.doesNotMatch(cookie, /Secure/i, 'not on plain http');
    assert.match(cookie.split(';')[0].split('=')[1], /^[0-9a-f]{64}$/);
    assert.match(res.headers['cache-control'], /no-store/);
  });

  it('the token is nowhere stored: only its hash', async () => {
    const { cookie } = await s.signIn();
    const token = cookie.split('=')[1];
    assert.equal(s.sql(`SELECT count(*) AS n FROM session WHERE token_hash = '${token}'`)[0].n, 0);
    assert.ok(!fs.readFileSync(s.db).includes(token));
    assert.ok(!s.log().includes(token) && !s.log().includes(PIN));
  });

  it('GET /api/auth/me tells who one is, and what one can do', async () => {
    const nobody = await me(s);
    assert.deepEqual([nobody.user, nobody.role, nobody.method], [null, 'viewer', 'anonymous']);
    const admin = await me(s, await s.signIn());
    assert.deepEqual([admin.role, admin.method], ['admin', 'pin']);
    for (const verb of nobody.can) assert.ok(admin.can.includes(verb));
    assert.ok(admin.can.length > nobody.can.length);
  });

  it('a form, which another site could send, is 415', async () => {
    const res = await s.send('POST', '/api/auth', { body: `pin=${PIN}`, headers: { 'Content-Type': 'application/x-www-form-urlencoded' } });
    assert.deepEqual(code(res), [415, 'unsupported_media_type']);
    assert.equal(res.headers['set-cookie'], undefined);
  });

  it('another PIN is 401 wrong_pin and no session', async () => {
    s.allow(/SP0316/);
    for (const pin of ['000000', '', PIN + '0', PIN.slice(1), 'é'.repeat(200)]) {
      const res = await s.post('/api/auth', { pin });
      assert.deepEqual(code(res), [401, 'wrong_pin']);
      assert.equal(res.headers['set-cookie'], undefined);
    }
  });

  it('bodies that are none of it', async () => {
    assert.deepEqual(code(await s.post('/api/auth', '{')), [400, 'bad_json']);
    assert.deepEqual(code(await s.post('/api/auth', { pin: 482915 })), [400, 'bad_json']);
    assert.deepEqual(code(await s.post('/api/auth', { pin: PIN, role: 'admin' })), [400, 'bad_json']);
    assert.deepEqual(code(await s.post('/api/auth', '[]')), [400, 'bad_json']);
    assert.deepEqual(code(await s.post('/api/auth', '{"pin":"1","pin":"2"}')), [400, 'bad_json']);
    assert.deepEqual(code(await s.send('POST', '/api/auth', { body: 'pin', headers: { 'Content-Type': 'text/plain' } })), [415, 'unsupported_media_type']);
    assert.deepEqual(code(await s.post('/api/auth', { pin: 'x'.repeat(10_000) })), [413, 'body_too_large']);
  });

  it('signing in again ends the session there was', async () => {
    const first = await s.signIn();
    const res = await s.post('/api/auth', { pin: PIN }, { as: first });
    assert.equal(res.status, 200);
    assert.equal((await me(s, first)).role, 'viewer');
  });

  it('DELETE /api/auth ends it, at once and for good', async () => {
    const as = await s.signIn();
    const res = await s.send('DELETE', '/api/auth', { as });
    assert.equal(res.status, 200, res.text);
    assert.match(res.headers['set-cookie'][0], /Max-Age=0|Expires=Thu, 01[ -]Jan/i);
    assert.equal((await me(s, as)).role, 'viewer');
    assert.deepEqual(code(await s.upload(csv, { as })), [401, 'sign_in_required']);
    assert.equal((await s.send('DELETE', '/api/auth', {})).status, 200, 'without a session there is nothing to end');
  });

  it('an idle session ends (StreamPulseSessionIdle)', async () => {
    const as = await s.signIn();
    age(s, 'seen_ms', 55);
    assert.equal((await me(s, as)).role, 'admin');
    age(s, 'seen_ms', 62);
    assert.equal((await me(s, as)).role, 'viewer');
  });

  it('a used session ends all the same (StreamPulseSessionLifetime)', async () => {
    const as = await s.signIn();
    age(s, 'created_ms', 590);
    assert.equal((await me(s, as)).role, 'admin');
    age(s, 'created_ms', 20);
    assert.equal((await me(s, as)).role, 'viewer');
  });

  it('cookies that are none are nobody', async () => {
    const { cookie } = await s.signIn();
    const [name, token] = cookie.split('=');
    for (const value of ['', 'x', '0'.repeat(64), token.toUpperCase() === token ? token.toLowerCase() : token.toUpperCase(), token + '0', `${token.slice(1)}g`, "' OR 1=1 --"]) {
      assert.equal((await me(s, { headers: { Cookie: `${name}=${value}` } })).role, 'viewer', value);
    }
  });

  it('no header says who somebody is', async () => {
    const claims = { 'X-Forwarded-User': 'admin', 'X-Remote-User': 'admin', 'Remote-User': 'admin', REMOTE_USER: 'admin', 'OIDC_CLAIM_email': 'admin@example.org', 'X-Role': 'admin', Authorization: 'Basic YWRtaW46YWRtaW4=' };
    const res = await s.get('/api/auth/me', { headers: claims });
    assert.deepEqual([res.json().role, res.json().user], ['viewer', null]);
  });
});

suite('same origin', {}, (s) => {
  const post = async (headers, as) => {
    const { body, type } = multipart([{ name: 'file', filename: 'a.csv', data: csv }]);
    const res = await s.send('POST', '/api/upload', { body, headers: { 'Content-Type': type, Cookie: as.cookie, Host: `localhost:${s.port}`, ...headers } });
    return res.status < 300 ? 'done' : res.json().code;
  };

  it('unsafe requests with our cookie must come from our own pages', async () => {
    const as = await s.signIn();
    const own = `http://localhost:${s.port}`;
    assert.equal(await post({ 'Sec-Fetch-Site': 'same-origin' }, as), 'done');
    assert.equal(await post({ 'Sec-Fetch-Site': 'none' }, as), 'done');
    assert.equal(await post({ Origin: own }, as), 'done');
    assert.equal(await post({ Referer: `${own}/page` }, as), 'done');
    for (const headers of [{ 'Sec-Fetch-Site': 'cross-site' }, { 'Sec-Fetch-Site': 'same-site' }, { Origin: 'https://evil.example' }, { Origin: 'null' }, { Origin: `https://localhost:${s.port}` },
      { Origin: `http://localhost:${s.port + 1}` }, { Origin: `${own}.evil.example` }, { Referer: 'http://evil.example/localhost' }, { 'Sec-Fetch-Site': 'cross-site', Origin: own }, {}]) {
      assert.equal(await post(headers, as), 'cross_site', JSON.stringify(headers));
    }
  });

  it('signing in cannot be forged from another site either', async () => {
    const res = await s.post('/api/auth', { pin: PIN }, { headers: { Origin: 'https://evil.example' } });
    assert.deepEqual(code(res), [403, 'cross_site']);
  });

  it('reading is not held to it', async () => {
    assert.equal((await s.get('/api/data', { headers: { 'Sec-Fetch-Site': 'cross-site', Origin: 'https://evil.example' } })).status, 200);
    assert.equal((await s.get('/api/data', { headers: { Origin: 'https://evil.example' } })).headers['access-control-allow-origin'], undefined);
  });
});

const guarded = [['GET', '/api/data'], ['GET', '/api/data/sunday'], ['GET', '/api/special-events'], ['GET', '/api/stats'], ['GET', '/api/uploads'], ['GET', '/api/uploads/1'], ['GET', '/api/export'],
  ['POST', '/api/upload'], ['POST', '/api/data'], ['DELETE', '/api/data/sunday']];
const open = ['/healthz', '/readyz', '/api/auth/me', '/api/openapi.json'];

suite('anonymous visitors with the role none (StreamPulseAnonymousRole)', { anonymous: 'none' }, (s) => {
  it('may do nothing but see that it lives, and sign in', async () => {
    for (const [method, url] of guarded) {
      const res = await s.send(method, url);
      assert.deepEqual(code(res), [401, 'sign_in_required'], `${method} ${url}`);
    }
    for (const url of open) assert.equal((await s.get(url)).status, 200, url);
  });

  it('may do everything once signed in', async () => {
    const as = await s.signIn();
    assert.equal((await s.upload(csv, { as })).status, 201);
    for (const [method, url] of guarded.filter(([m]) => m === 'GET')) assert.equal((await s.send(method, url, { as })).status, 200, url);
  });

  it('an ETag gives nothing away', async () => {
    const as = await s.signIn();
    const { etag } = (await s.get('/api/data', { as })).headers;
    assert.equal((await s.get('/api/data', { headers: { 'If-None-Match': etag } })).status, 401);
  });
});

suite('anonymous visitors with the role viewer', { location: ['StreamPulseExportRole admin'] }, (s) => {
  it('may read, not write', async () => {
    await s.upload(csv);
    for (const [method, url] of guarded) {
      const res = await s.send(method, url);
      if (method !== 'GET' || url === '/api/export') assert.deepEqual(code(res), [401, 'sign_in_required'], `${method} ${url}`);
      else assert.equal(res.status, 200, url);
    }
  });

  it('are not shown who wrote what', async () => {
    assert.equal((await s.get('/api/uploads')).json().uploads[0].actor, null);
    assert.equal((await s.get('/api/uploads/1')).json().upload.actor, null);
    assert.equal((await s.get('/api/uploads', { as: await s.asAdmin() })).json().uploads[0].actor, 'admin (PIN)');
    assert.notEqual((await s.get('/api/uploads')).headers.etag, (await s.get('/api/uploads', { as: await s.asAdmin() })).headers.etag);
  });

  it('StreamPulseExportRole keeps the export for others', async () => {
    assert.equal((await s.get('/api/export', { as: await s.asAdmin() })).status, 200);
  });
});

suite('without a PIN file', { pin: null }, (s) => {
  it('nobody signs in by PIN: 404 pin_not_configured', async () => {
    assert.deepEqual(code(await s.post('/api/auth', { pin: PIN })), [404, 'pin_not_configured']);
    assert.equal((await me(s)).login_url, null);
  });
});

suite('a PIN file that is missing or holds no hash', { location: [], prepare: (s) => fs.rmSync(s.file('pin')) }, (s) => {
  it('is our failure, told in the log, and no way in', async () => {
    s.allow(/SP0212/, /PIN/i);
    assert.deepEqual(code(await s.post('/api/auth', { pin: PIN })), [500, 'internal']);
    fs.writeFileSync(s.file('pin'), `${PIN}\n`);
    s.own('pin');
    assert.deepEqual(code(await s.post('/api/auth', { pin: PIN })), [500, 'internal']);
    s.writePin(PIN);
    assert.equal((await s.post('/api/auth', { pin: PIN })).status, 200, 'a new file is in force at once');
  });
});

suite('a session where no directive says how long', {}, (s) => {
  it('ends after 30 minutes without a request, and after 12 hours', async () => {
    const as = await s.signIn();
    age(s, 'seen_ms', 29 * 60);
    assert.equal((await me(s, as)).role, 'admin');
    age(s, 'seen_ms', 31 * 60);
    assert.notEqual((await me(s, as)).role, 'admin');
    const other = await s.signIn();
    age(s, 'created_ms', 12 * 3600 + 60);
    assert.notEqual((await me(s, other)).role, 'admin');
  });
});

suite('sessions in use', { location: ['StreamPulseSessionIdle 600'] }, (s) => {
  for (const [what, headers, role] of [['what a person asks keeps a session alive', {}, 'admin'], ['what the page asks by itself (StreamPulse-Background) does not', { 'StreamPulse-Background': '1' }, 'viewer']]) {
    it(what, async () => {
      const as = await s.signIn();
      age(s, 'seen_ms', 350);
      assert.equal((await s.get('/api/uploads', { as, headers })).status, 200);
      age(s, 'seen_ms', 350);
      assert.equal((await me(s, as)).role, role);
    });
  }
});
