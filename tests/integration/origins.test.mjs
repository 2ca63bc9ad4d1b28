// What a browser is told and let do: ways to sign in and back, pages of other sites, and the headers of every answer.
import { execFileSync } from 'node:child_process';
import https from 'node:https';
import { assert, configtest, it, PIN, suite } from './lib/server.mjs';
import { accessToken, bearer, peopleSuite } from './lib/bearer.mjs';
import { raw } from './lib/http.mjs';

const code = (res) => [res.status, res.json().code];
const entry = { entries: [{ service: 'A', platform: 'B', week_start: '2025-01-05', viewers: 1 }] };
const SECURE = { 'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY', 'referrer-policy': 'same-origin', 'cross-origin-resource-policy': 'same-origin' };

function isSecure(res, what) {
  for (const [name, value] of Object.entries(SECURE)) assert.equal(res.headers[name], value, `${what}: ${name}`);
  assert.match(res.headers['content-security-policy'] ?? '', /default-src 'none'.*frame-ancestors 'none'/, what);
  assert.ok(res.headers['x-request-id'], `${what}: x-request-id`);
}

const elsewhere = ['//evil.example', '///evil.example', '/\\evil.example', '\\\\evil.example', 'https://evil.example', 'https:evil.example', '/%2fevil.example', '/%5cevil.example', '/%09/evil.example',
  '/%252fevil.example', '/\t/evil.example', '/x/..//evil.example', 'javascript:alert(1)', '/a\r\nSet-Cookie: x=y', 'evil.example', '/#@evil.example', '/\u00a0/evil', '@evil.example', '', '/other', '/pulses/'];

peopleSuite('GET /login', { sites: [{ prefix: '/pulse' }], location: ['StreamPulseLoginURL /pulse/login', 'StreamPulseLogoutURL "/oauth2callback?logout=%2Fpulse%2F"'] }, (s) => {
  const login = (path, as) => s.get(`/pulse/login${path === undefined ? '' : `?return=${encodeURIComponent(path)}`}`, { as });
  const ann = () => bearer(accessToken(s, 'ann', []));

  it('brings whoever is signed in back to where they were', async () => {
    for (const [path, to] of [[undefined, '/pulse/'], ['/pulse/', '/pulse/'], ['/pulse/trends?from=2025-01-05&service=a%20b', '/pulse/trends?from=2025-01-05&service=a%20b']]) {
      const res = await login(path, ann());
      assert.deepEqual([res.status, res.headers.location], [302, to]);
      assert.match(res.headers['cache-control'], /no-store/);
      isSecure(res, String(path));
    }
  });

  it('goes nowhere else', async () => {
    for (const path of elsewhere) {
      const res = await login(path, ann());
      assert.deepEqual([path, ...code(res), res.headers.location], [path, 400, 'bad_parameter', undefined]);
    }
    assert.deepEqual(code(await s.get('/pulse/login?return=/pulse/&return=//evil.example', { as: ann() })), [400, 'bad_parameter']);
    assert.deepEqual(code(await s.get('/pulse/login?next=/pulse/', { as: ann() })), [400, 'unknown_parameter']);
    assert.equal((await s.send('POST', '/pulse/login?return=/pulse/', { as: ann() })).status, 405);
  });

  it('is of no use to whom no provider knows', async () => {
    assert.deepEqual(code(await login('/pulse/')), [401, 'sign_in_required']);
  });

  it('GET /api/auth/me tells the ways in and out', async () => {
    const ways = async (as) => (({ login_url, logout_url, pin }) => [login_url, logout_url, pin])((await s.get('/pulse/api/auth/me', { as })).json());
    assert.deepEqual(await ways(), ['/pulse/login', null, true]);
    assert.deepEqual(await ways(ann()), ['/pulse/login', '/oauth2callback?logout=%2Fpulse%2F', true]);
    assert.deepEqual(await ways(await s.signIn()), ['/pulse/login', null, true]);
  });

  it('whom the provider knows is told that a PIN changes nothing: 409 signed_in_already', async () => {
    const res = await s.post('/pulse/api/auth', { pin: PIN }, { as: ann() });
    assert.deepEqual(code(res), [409, 'signed_in_already']);
    assert.equal(res.headers['set-cookie'], undefined);
  });
});

peopleSuite('a change by a bearer token', {}, (s) => {
  const send = (headers, groups = ['Editors']) => s.post('/api/data', entry, { headers: { ...bearer(accessToken(s, 'ann', groups)).headers, ...headers } });

  it('needs no origin: no page can send that header by itself', async () => {
    for (const headers of [{}, { Origin: 'https://evil.example' }, { 'Sec-Fetch-Site': 'cross-site' }, { Referer: 'https://evil.example/' }]) {
      assert.ok((await send(headers)).status < 300, JSON.stringify(headers));
    }
  });
});

peopleSuite('a change by a token that the browser sends along by itself', { main: () => ['OIDCOAuthAcceptTokenAs cookie'] }, (s) => {
  it('is held to the origin as any session is', async () => {
    const send = (headers) => s.post('/api/data', entry, { headers: { Cookie: `PA.global=${accessToken(s, 'ann', ['Editors'])}`, ...headers } });
    const own = { Origin: `http://localhost:${s.port}`, Host: `localhost:${s.port}` };
    for (const headers of [{}, { Origin: 'https://evil.example' }, { 'Sec-Fetch-Site': 'cross-site' }]) assert.deepEqual(code(await send(headers)), [403, 'cross_site'], JSON.stringify(headers));
    assert.ok((await send(own)).status < 300);
    assert.ok((await send({ 'Sec-Fetch-Site': 'same-origin' })).status < 300);
  });
});

const WALL = 'https://wall.example.org';

suite('StreamPulseCorsOrigin', { location: [`StreamPulseCorsOrigin ${WALL} http://localhost:5173`] }, (s) => {
  const from = (origin, url = '/api/data', headers = {}, method = 'GET') => s.send(method, url, { headers: { Origin: origin, ...headers } });
  const preflight = (origin, wanted = 'GET', url = '/api/data', headers = {}) =>
    s.send('OPTIONS', url, { headers: { Origin: origin, 'Access-Control-Request-Method': wanted, 'Access-Control-Request-Headers': 'authorization', ...headers }, contract: false });

  it('those origins may read, without credentials', async () => {
    for (const origin of [WALL, 'http://localhost:5173']) {
      const res = await from(origin);
      assert.equal(res.headers['access-control-allow-origin'], origin);
      assert.equal(res.headers['access-control-allow-credentials'], undefined);
      assert.match(res.headers.vary, /\bOrigin\b/);
      isSecure(res, origin);
    }
  });

  it('also the errors, HEAD and the 304', async () => {
    assert.equal((await from(WALL, '/api/nothing')).headers['access-control-allow-origin'], WALL);
    assert.equal((await from(WALL, '/api/data', {}, 'HEAD')).headers['access-control-allow-origin'], WALL);
    const { etag } = (await from(WALL)).headers;
    const kept = await from(WALL, '/api/data', { 'If-None-Match': etag });
    assert.deepEqual([kept.status, kept.headers['access-control-allow-origin']], [304, WALL]);
    assert.match(kept.headers.vary, /\bOrigin\b/);
    assert.match((await s.get('/api/data')).headers.vary, /\bOrigin\b/, 'for whoever keeps it');
  });

  it('others may not', async () => {
    for (const origin of ['https://evil.example', 'null', '*', 'HTTPS://WALL.EXAMPLE.ORG', `${WALL}.evil.example`, `${WALL}:443`, `${WALL}/`, 'http://wall.example.org', `${WALL}, https://evil.example`, '']) {
      const res = await from(origin);
      assert.deepEqual([origin, res.status, res.headers['access-control-allow-origin']], [origin, 200, undefined]);
      assert.equal((await preflight(origin)).status, 405, origin);
    }
  });

  it('nobody may write from there', async () => {
    const as = await s.signIn();
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
      assert.deepEqual([method, (await preflight(WALL, method)).status], [method, 405]);
      const res = await s.send(method, '/api/data', { as, headers: { Origin: WALL, 'Sec-Fetch-Site': 'cross-site' }, contract: false });
      assert.ok([403, 405].includes(res.status), method);
      assert.equal(res.headers['access-control-allow-origin'], undefined);
    }
  });

  it('a browser that asks before it sends a token is told yes', async () => {
    const res = await preflight(WALL);
    assert.equal(res.status, 204);
    assert.deepEqual(['access-control-allow-origin', 'access-control-allow-methods', 'access-control-allow-credentials'].map((h) => res.headers[h]), [WALL, 'GET, HEAD', undefined]);
    assert.match(res.headers['access-control-allow-headers'], /Authorization/);
    assert.match(res.headers.vary, /Origin/);
    assert.equal(res.body.length, 0);
    isSecure(res, 'preflight');
  });

  it('the page itself is no part of it, and an OPTIONS that asks nothing is 405', async () => {
    assert.equal((await from(WALL, '/')).headers['access-control-allow-origin'], undefined);
    assert.equal((await preflight(WALL, 'GET', '/')).status, 405);
    assert.equal((await s.send('OPTIONS', '/api/data', { headers: { Origin: WALL } })).status, 405);
    assert.equal((await s.send('OPTIONS', '/api/data')).status, 405);
  });
});

suite('StreamPulseCorsOrigin where visitors may do nothing', { anonymous: 'none', location: [`StreamPulseCorsOrigin ${WALL}`] }, (s) => {
  it('a page there reads with a token of its own, and is told why where it may not', async () => {
    const { secret } = (await s.post('/api/tokens', { name: 'wall', role: 'viewer', expires_in_days: 1 }, { as: await s.signIn() })).json();
    const read = await s.get('/api/data', { headers: { Origin: WALL, 'Sec-Fetch-Site': 'cross-site', Authorization: `Bearer ${secret}` } });
    assert.deepEqual([read.status, read.headers['access-control-allow-origin']], [200, WALL]);
    const refused = await s.get('/api/data', { headers: { Origin: WALL } });
    assert.deepEqual([...code(refused), refused.headers['access-control-allow-origin']], [401, 'sign_in_required', WALL]);
    const mistyped = await s.get('/api/data', { headers: { Origin: WALL, Authorization: `Bearer ${secret}x` } });
    assert.deepEqual([...code(mistyped), mistyped.headers['access-control-allow-origin']], [401, 'token_invalid', WALL]);
    isSecure(mistyped, 'what is answered before the handler');
  });
});

suite('without StreamPulseCorsOrigin', {}, (s) => {
  it('no page of another site reads anything', async () => {
    const res = await s.get('/api/data', { headers: { Origin: WALL } });
    assert.equal(res.headers['access-control-allow-origin'], undefined);
    assert.doesNotMatch(res.headers.vary, /Origin/);
    assert.equal((await s.send('OPTIONS', '/api/data', { headers: { Origin: WALL, 'Access-Control-Request-Method': 'GET' } })).status, 405);
  });

  it('every answer has the headers that keep browsers from harm', async () => {
    const as = await s.signIn();
    const { etag } = (await s.get('/api/data')).headers;
    const page = (await s.get('/')).headers.etag;
    const answers = [
      await s.get('/api/data'), await s.get('/api/data', { headers: { 'If-None-Match': etag } }), await s.get('/', { headers: { 'If-None-Match': page } }), await s.get('/'), await s.get('/api/nothing'),
      await s.get('/api/data?x=1'), await s.post('/api/data', '{'), await s.post('/api/data', entry, { as }), await s.send('HEAD', '/api/data'), await s.send('OPTIONS', '/api/data'),
      await s.send('TRACE', '/api/data'), await s.get('/healthz'), await s.get('/api/export'), await s.get('/api/openapi.json'), await s.post('/api/auth', { pin: '' }), await s.get('/favicon.svg'),
    ];
    assert.deepEqual(answers.map((a) => a.status), [200, 304, 304, 200, 404, 400, 401, 201, 200, 405, 405, 200, 200, 200, 401, 200]);
    for (const res of answers) {
      isSecure(res, `${res.method} ${res.path} ${res.status}`);
      assert.equal(res.headers['strict-transport-security'], undefined, 'not on plain http');
    }
  });
});

suite('answers that others give to requests of ours', { sites: [{ prefix: '/pulse' }], location: ['Require all denied'] }, (s) => {
  it('have the headers, too', async () => {
    s.allow(/AH01630/, /AH10244/);
    const res = await s.get('/pulse/api/data', { contract: false });
    assert.equal(res.status, 403);
    isSecure(res, 'a refusal of httpd');
    const bare = await s.get('/pulse', { contract: false });
    isSecure(bare, 'the bare prefix');
    const other = await s.get('/nothing', { contract: false });
    assert.equal(other.headers['content-security-policy'], undefined, 'what is not ours is left alone');
    const broken = await raw(s.port, ['GET /pulse/%zz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n']);
    assert.equal(broken.status, 400);
  });
});

const httpsGet = (port, path) => new Promise((resolve, reject) => https.get({ host: '127.0.0.1', port, path, rejectUnauthorized: false, agent: false }, (res) => resolve(res.resume())).on('error', reject));

for (const [what, location, expected] of [['by default', [], 'max-age=31536000'], ['as StreamPulseHstsMaxAge says', ['StreamPulseHstsMaxAge 300'], 'max-age=300'], ['not where it is 0', ['StreamPulseHstsMaxAge 0'], undefined]]) {
  suite(`Strict-Transport-Security on https, ${what}`, {
    location, modules: ['ssl', 'socache_shmcb'],
    prepare: (s) => {
      execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', s.file('key.pem'), '-out', s.file('cert.pem'), '-days', '2', '-subj', '/CN=localhost'], { stdio: 'ignore' });
      s.options.main = ['SSLEngine On', `SSLCertificateFile "${s.file('cert.pem')}"`, `SSLCertificateKeyFile "${s.file('key.pem')}"`];
    },
  }, (s) => {
    it('is on every answer', async () => {
      s.allow(/ssl:warn/);
      for (const path of ['/', '/api/data', '/api/nothing', '/healthz']) assert.equal((await httpsGet(s.port, path)).headers['strict-transport-security'], expected, path);
    });
  });
}

it('directives about addresses say what to write', () => {
  const tells = (line, pattern) => {
    const { ok, text } = configtest({ location: [line] });
    assert.equal(ok, false, line);
    assert.match(text, pattern);
  };
  for (const origin of ['*', 'null', 'https://wall.example.org/', 'wall.example.org', 'https://Wall.example.org', 'https://a.example https://*.example.org']) tells(`StreamPulseCorsOrigin ${origin}`, /StreamPulseCorsOrigin: ".*" .*; write the origin as browsers send it/);
  for (const url of ['//evil.example', 'https://evil.example/', 'login', '/a b', '"/x?y=z w"', '/\\\\x']) tells(`StreamPulseLoginURL ${url}`, /StreamPulseLoginURL(: ".*" will not do, write a path on this host| takes one argument)/);
  tells('StreamPulseLogoutURL https://provider.example/logout', /StreamPulseLogoutURL: .* write a path on this host/);
  tells('StreamPulseHstsMaxAge -1', /StreamPulseHstsMaxAge: "-1" will not do/);
});

const LOGIN = ['AuthType Basic', 'AuthName closed', 'AuthBasicProvider file', 'AuthUserFile /dev/null', 'Require valid-user'];
const closed = { sites: [{ prefix: '/pulse' }], modules: ['auth_basic', 'authn_core', 'authn_file', 'authz_user'], main: ['<Location "/elsewhere">', ...LOGIN, '</Location>'], location: [...LOGIN, 'ErrorDocument 401 /pulse/'] };

suite('an error of httpd that has the dashboard as its page', closed, (s) => {
  it('has each header once, and those of the page', async () => {
    const res = await s.get('/pulse/closed', { contract: false });
    assert.match(res.text, /^<!doctype html>/i);
    isSecure(res, 'the page');
    assert.match(res.headers['content-security-policy'], /script-src/);
    assert.doesNotMatch(Object.values(res.headers).join('\n'), /nosniff, |default-src.*default-src|frame-ancestors.*frame-ancestors/);
    assert.match(res.headers['x-request-id'], /^\w+$/);
  });

  it('another part of the server keeps its own', async () => {
    const { status, headers } = await s.get('/elsewhere/x', { contract: false });
    assert.deepEqual([status, ...[...Object.keys(SECURE), 'content-security-policy', 'x-request-id'].filter((name) => name in headers)], [401]);
  });
});
