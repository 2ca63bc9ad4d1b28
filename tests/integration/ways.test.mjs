// The other ready configurations as they are shipped: TLS, the internal port, a PIN, a screen on a wall, and the container with Cognito behind a balancer.
import https from 'node:https';
import tls from 'node:tls';
import { assert, it, PIN } from './lib/server.mjs';
import { isExposition, parseExposition } from './lib/exposition.mjs';
import { request } from './lib/http.mjs';
import { spellings } from './lib/matrix.mjs';
import { siteSuite } from './lib/site.mjs';

const CSV = 'service,platform,week_start,viewers\nSunday,YouTube,2025-01-05,10\n';
const PROBES = ['/healthz', '/readyz', '/metrics', '/api/stats'];

const handshake = (s, options) => new Promise((resolve) => {
  const socket = tls.connect({ host: '127.0.0.1', port: s.port, ca: s.ca, ...options }, () => resolve({ protocol: socket.getProtocol(), cipher: socket.getCipher().name, end: socket.end() }));
  socket.on('error', (cause) => resolve({ refused: cause.code }));
});

siteSuite('conf/tls.conf with conf/pin.conf', { signIn: 'pin' }, (s) => {
  it('TLS 1.2 with forward secrecy, and 1.3; nothing older or weaker', async () => {
    assert.equal((await handshake(s, {})).protocol, 'TLSv1.3');
    const old = { maxVersion: 'TLSv1.2', minVersion: 'TLSv1.2' };
    assert.match((await handshake(s, old)).cipher, /^ECDHE-RSA-(AES(128|256)-GCM|CHACHA20-POLY1305)/);
    for (const weak of [{ minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'ALL:@SECLEVEL=0' }, { ...old, ciphers: 'AES128-SHA' }, { ...old, ciphers: 'ECDHE-RSA-AES128-SHA' }, { ...old, ciphers: 'AES256-GCM-SHA384' }]) {
      assert.ok((await handshake(s, weak)).refused, JSON.stringify(weak));
    }
  });

  it('http only sends on to https, to our own name, whatever the request calls us', async () => {
    for (const [path, headers] of [['/', {}], ['/trends?service=sunday', {}], ['/api/data', { Host: 'evil.example' }], ['//evil.example/', {}], ['/@evil.example', {}]]) {
      const res = await request(s.otherPort, 'GET', path, { headers: { Host: 'localhost', ...headers } });
      assert.equal(res.status, 301, path);
      assert.ok(res.headers.location.startsWith(`${s.url}/`), res.headers.location);
      assert.equal(new URL(res.headers.location).host, `127.0.0.1:${s.port}`);
    }
    assert.equal((await request(s.otherPort, 'GET', '/trends?a=b', { headers: { Host: 'x' } })).headers.location, `${s.url}/trends?a=b`);
    assert.equal((await request(s.otherPort, 'GET', '/.well-known/acme-challenge/x', { headers: { Host: 'x' } })).status, 404, 'what certbot puts there is served');
    s.allow(/AH10244|AH00128|AH00036/);
  });

  it('browsers are told to come by https only, once', async () => {
    for (const path of ['/', '/api/data', '/api/auth/me', '/nothing/here']) {
      const raw = await new Promise((resolve) => https.get({ host: '127.0.0.1', port: s.port, path, ca: s.ca }, (res) => resolve(res.resume())));
      assert.equal(raw.rawHeaders.filter((name) => /^strict-transport-security$/i.test(name)).length, 1, path);
      assert.equal(raw.headers['strict-transport-security'], 'max-age=31536000');
    }
  });

  it('the PIN makes an admin, whose cookie is for this host and https; nobody else sees anything', async () => {
    assert.equal((await s.get('/api/data')).status, 401);
    const as = await s.signIn({ headers: { Origin: s.url } });
    assert.match(as.cookie, /^__Host-/);
    assert.equal((await s.get('/api/auth/me', { as })).json().role, 'admin');
    assert.equal((await s.upload(CSV, { as })).status, 201);
  });

  it('probes are answered at the internal address, without signing in, and nothing else is', async () => {
    s.allow(/AH01630/);
    const ask = (method, path, options) => request(s.internalPort, method, path, { headers: { Host: 'anything' }, ...options });
    for (const path of PROBES) {
      assert.equal((await ask('GET', path)).status, 200, path);
      assert.equal((await ask('HEAD', path)).status, 200, path);
      for (const method of ['POST', 'DELETE', 'OPTIONS', 'PUT']) assert.ok([403, 405].includes((await ask(method, path)).status), `${method} ${path}`);
    }
    assert.equal((await ask('GET', '/api/stats')).json().services.length, 1);
    for (const path of ['/', '/api/data', '/api/stats/x', '/api/statsx', '/api/uploads', '/api/export', '/api/auth/me', '/api/auth', '/api/openapi.json', '/signin', '/healthz/../api/data', '/api/stats/../data', '/api/stats;x', '/healthz/api/data']) {
      assert.ok([403, 404].includes((await ask('GET', path)).status), path);
    }
    assert.equal((await ask('POST', '/api/auth', { headers: { Host: 'x', 'Content-Type': 'application/json' }, body: `{"pin":"${PIN}"}` })).status, 403);
  });

  it('with the metrics of all hosts that have this database', async () => {
    const scrape = async () => parseExposition((await request(s.internalPort, 'GET', '/metrics', { headers: { Host: 'anything' } })).text);
    const uploads = (families) => families.get('streampulse_uploads_total').samples.find(({ labels }) => labels.result === 'stored').value;
    assert.equal(uploads(await scrape()), 1);
    for (const path of ['/metrics/', '/metricsx', '/metrics;x', '/api/metrics']) assert.ok([403, 404].includes((await request(s.internalPort, 'GET', path, { headers: { Host: 'x' } })).status), path);
  });

  it('and not on the public side, by no spelling of theirs', async () => {
    for (const path of ['/healthz', '/readyz', '/metrics', '//healthz', '/./healthz', '/x/../readyz', '/%72eadyz', '/%6detrics', '//metrics']) assert.equal((await s.get(path, { contract: false })).status, 403, path);
    for (const path of spellings('/metrics')) assert.ok(!isExposition(await s.get(path, { contract: false })), path);
  });
});

for (const mount of ['/', '/pulse/']) {
  siteSuite(`conf/tls.conf at ${mount}, where somebody switches metrics on for the whole server`, { signIn: 'pin', mount, main: ['StreamPulseMetrics On'] }, (s) => {
    it('they are refused on the public side all the same, in every spelling', async () => {
      s.allow(/AH01630|AH10244|AH0002[0-9]/);
      for (const path of [`${mount}metrics`, ...spellings(`${mount}metrics`)]) {
        assert.ok(!isExposition(await s.get(path, { contract: false })), path);
      }
      assert.equal((await s.get(`${mount}metrics`, { contract: false })).status, 403);
      assert.ok(isExposition(await request(s.internalPort, 'GET', '/metrics', { headers: { Host: 'x' } })));
    });
  });
}

siteSuite('conf/pin.conf with looking for everybody', { signIn: 'pin', anonymous: 'viewer', mount: '/pulse/' }, (s) => {
  it('everybody looks, and who knows the PIN changes things', async () => {
    const as = await s.signIn({ headers: { Origin: s.url } });
    assert.equal((await s.upload(CSV, { as })).status, 201);
    assert.equal((await s.get('/pulse/api/data')).status, 200);
    assert.equal((await s.uploadRaw(CSV, { as: {} })).status, 401);
  });
});

siteSuite('conf/wall.conf', { signIn: 'wall' }, (s) => {
  it('everybody looks', async () => {
    for (const path of ['/', '/api/data', '/api/stats', '/api/special-events', '/api/uploads', '/api/services', '/api/auth/me']) assert.equal((await s.get(path)).status, 200, path);
    assert.equal((await s.send('HEAD', '/api/data', { contract: false })).status, 200);
  });

  it('and nobody signs in, changes anything or takes all of it home', async () => {
    s.allow(/AH01630/);
    for (const [method, path] of [['POST', '/api/auth'], ['DELETE', '/api/auth'], ['POST', '/api/upload'], ['POST', '/api/data'], ['DELETE', '/api/data/sunday'], ['PATCH', '/api/services/sunday'], ['PUT', '/api/data'], ['OPTIONS', '/api/data'], ['BREW', '/']]) {
      for (const headers of [{}, { 'X-HTTP-Method-Override': 'GET' }, { Cookie: `__Host-streampulse=${'0'.repeat(64)}`, 'Sec-Fetch-Site': 'same-origin' }]) {
        const res = await s.send(method, path, { headers: { 'Content-Type': 'application/json', ...headers }, body: `{"pin":"${PIN}"}`, contract: false });
        assert.equal(res.status, 403, `${method} ${path}`);
        assert.equal(res.headers['set-cookie'], undefined);
      }
    }
    assert.equal((await s.get('/api/export')).status, 401);
    assert.deepEqual((({ role, login_url: url }) => [role, url])((await s.get('/api/auth/me')).json()), ['viewer', null]);
  });
});
