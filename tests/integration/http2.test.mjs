// HTTP/2 in front of the same rules: conf/tls.conf with mod_http2, by two clients that speak it.
import { execFile } from 'node:child_process';
import fs from 'node:fs';
import http2 from 'node:http2';
import { after, before } from 'node:test';
import { promisify } from 'node:util';
import { multipart } from './lib/http.mjs';
import { assert, it, modules, PIN, until } from './lib/server.mjs';
import { siteSuite } from './lib/site.mjs';

const CSV = 'service,platform,week_start,viewers\nSunday,YouTube,2025-01-05,10\n';
const HTTP2 = { main: [`LoadModule http2_module "${modules()}/mod_http2.so"`], edits: [['tls.conf', '#Protocols h2', 'Protocols h2']] };
const WEEKS = 40_000;
const day = (n) => new Date(Date.UTC(2000, 0, 2 + 7 * n)).toISOString().slice(0, 10);
/** A file of some megabytes: one service for each 1,000 weeks. */
const manyRows = () => `service,platform,week_start,viewers\n${Array.from({ length: WEEKS }, (_, n) => `${'A long name of a service to have more bytes '.repeat(3)}${Math.floor(n / 1000)},Zoom,${day(n % 1000)},${n}\n`).join('')}`;

/** One stream of a session: {status, headers, body, text, json()}. options: method, headers, body. */
function ask(session, path, { method = 'GET', headers = {}, body } = {}) {
  return new Promise((resolve, reject) => {
    const stream = session.request({ ':method': method, ':path': path, ...headers });
    const got = [];
    let head = {};
    stream.on('response', (h) => (head = h)).on('data', (c) => got.push(c)).on('error', reject);
    stream.on('close', () => {
      const text = Buffer.concat(got).toString('utf8');
      resolve({ status: head[':status'], headers: head, text, json: () => JSON.parse(text) });
    });
    stream.end(body);
  });
}

/** A suite with a session of HTTP/2 that is there for all of its tests. */
const suiteOverHttp2 = (title, options, define) => siteSuite(title, { ...HTTP2, ...options }, (s) => {
  const held = {};
  before(() => {
    held.session = http2.connect(s.url, { ca: s.ca });
  });
  after(() => held.session.destroy());
  s.allow(/AH03085|AH10034/); // which MPM mod_http2 likes best
  define(s, (path, request) => ask(held.session, path, request), held);
});

suiteOverHttp2('HTTP/2 and the PIN', { signIn: 'pin' }, (s, get, held) => {
  let cookie;
  const own = () => ({ cookie, 'sec-fetch-site': 'same-origin' });
  const upload = (data, headers = own()) => {
    const { body, type } = multipart([{ name: 'file', filename: 'sheet.csv', data }]);
    return get('/api/upload', { method: 'POST', body, headers: { 'content-type': type, ...headers } });
  };
  const entries = () => s.sql('SELECT count(*) AS n FROM entry')[0].n;

  it('is what is spoken, and signing in gives a cookie for this host and https', async () => {
    assert.equal((await get('/api/data')).status, 401);
    assert.equal(held.session.alpnProtocol, 'h2');
    const sign = (headers) => get('/api/auth', { method: 'POST', body: JSON.stringify({ pin: PIN }), headers: { 'content-type': 'application/json', ...headers } });
    assert.equal((await sign({ origin: 'https://evil.example' })).status, 403);
    const res = await sign({ origin: s.url });
    assert.equal(res.status, 200, res.text);
    const [set] = res.headers['set-cookie'];
    for (const part of [/^__Host-streampulse=/, /; ?Secure/i, /; ?HttpOnly/i, /; ?SameSite=Lax/i, /; ?Path=\/(;|$)/i]) assert.match(set, part);
    [cookie] = set.split(';');
    assert.match(res.headers['strict-transport-security'], /max-age/);
    assert.match(res.headers['content-security-policy'], /default-src 'none'/);
  });

  it('an upload, from this site only; and what it changed, as 200 and as 304', async () => {
    assert.equal((await upload(CSV, { cookie, origin: 'https://evil.example' })).status, 403);
    assert.equal((await upload(CSV, { cookie, origin: `${s.url}1` })).status, 403);
    assert.equal((await upload(CSV, { cookie })).status, 403);
    assert.equal((await upload(CSV, { cookie, origin: s.url })).status, 201);
    const res = await get('/api/data', { headers: { cookie } });
    assert.deepEqual([res.status, res.json().services.length], [200, 1]);
    const kept = await get('/api/data', { headers: { cookie, 'if-none-match': res.headers.etag } });
    assert.deepEqual([kept.status, kept.text, kept.headers.etag], [304, '', res.headers.etag]);
  });

  it('a large file goes up, and comes down whole, while small requests go on in the same connection', async () => {
    const large = manyRows();
    let isUp = false;
    const sent = upload(large).then((res) => (isUp = true) && res);
    const meanwhile = [];
    while (!isUp) meanwhile.push((await get('/favicon.svg')).status, (await get('/api/auth/me', { headers: { cookie } })).status);
    const stored = await sent;
    assert.equal(stored.status, 201, stored.text.slice(0, 300));
    assert.deepEqual([...new Set(meanwhile)], [200]);
    const down = await Promise.all(Array.from({ length: 3 }, () => get('/api/export', { headers: { cookie } })));
    for (const res of down) assert.equal(res.text.trimEnd().split('\r\n').length, WEEKS + 2);
    const live = await get('/api/stats', { headers: { cookie, 'accept-encoding': 'identity' } });
    assert.equal(live.json().services.length, WEEKS / 1000 + 1);
  });

  it('a stream that is cancelled stores nothing, in the middle of a file or of an answer, and the connection goes on', async () => {
    const before = entries();
    const stream = held.session.request({ ':method': 'POST', ':path': '/api/upload', ...own(), 'content-type': 'text/csv', 'content-length': '1000' });
    stream.on('error', () => {});
    stream.write(CSV);
    await get('/api/auth/me', { headers: { cookie } });
    stream.close(http2.constants.NGHTTP2_CANCEL);
    for (let n = 0; n < 5; n++) {
      const long = held.session.request({ ':path': '/api/export', cookie });
      long.on('error', () => {});
      await new Promise((resolve) => long.once('data', resolve));
      long.close(http2.constants.NGHTTP2_CANCEL);
    }
    assert.equal((await get('/api/data', { headers: { cookie } })).status, 200);
    assert.equal(entries(), before);
    await until('the files of those answers to be gone', () => fs.readdirSync(s.file('spool')).length === 0);
  });

  it('a length that is not the body’s stores nothing', async () => {
    const before = entries();
    for (const length of [CSV.length - 5, CSV.length + 5]) {
      const res = await get('/api/upload', { method: 'POST', body: CSV.replace('10', '11'), headers: { ...own(), 'content-type': 'text/csv', 'content-length': String(length) } }).catch(() => ({ status: 'reset' }));
      assert.ok(res.status === undefined || res.status === 'reset' || res.status >= 400, `${length}: ${res.status}`);
    }
    assert.equal(entries(), before);
  });

  it('a token counts, one that is there twice does not, and a session ends by signing out', async () => {
    const { secret } = (await get('/api/tokens', { method: 'POST', body: JSON.stringify({ name: 'program', role: 'editor', expires_in_days: 1 }), headers: { ...own(), 'content-type': 'application/json' } })).json();
    assert.equal((await get('/api/data', { headers: { authorization: `Bearer ${secret}` } })).status, 200);
    assert.equal((await get('/api/data', { headers: { authorization: `Bearer ${secret}, Bearer ${secret}` } })).status, 401);
    fs.writeFileSync(s.file('sheet.csv'), CSV.replace(',10', ',12'));
    const { stdout } = await promisify(execFile)('curl', ['-sS', '--http2', '--cacert', s.file('certificate.pem'), '-o', '/dev/null', '-w', '%{http_version} %{http_code}', '-H', `Authorization: Bearer ${secret}`, '-F', `file=@${s.file('sheet.csv')}`, `${s.url}/api/upload`]);
    assert.equal(stdout, '2 201');
    assert.equal((await get('/api/auth', { method: 'DELETE', headers: own() })).status, 200);
    assert.equal((await get('/api/data', { headers: { cookie } })).status, 401);
  });
});

suiteOverHttp2('HTTP/2 and the login of Cognito', {}, (s, get) => {
  it('a page leads to the login, with cookies for https; who came back from it is known', async () => {
    const first = await get('/', { headers: { accept: 'text/html' } });
    assert.equal(first.status, 302);
    assert.ok(first.headers.location.startsWith(`${s.pool.origin}/oauth2/authorize?`));
    for (const set of first.headers['set-cookie']) assert.match(set, /; ?Secure.*SameSite=Lax/i);
    assert.equal((await get('/api/data', { headers: { accept: 'text/html' } })).status, 401);
    const { headers } = await s.as('ada');
    const who = (await get('/api/auth/me', { headers: { cookie: headers.Cookie } })).json();
    assert.deepEqual([who.user, who.role, who.method], ['ada@example.org', 'admin', 'oidc']);
    const res = await get('/api/upload', { method: 'POST', body: CSV, headers: { cookie: headers.Cookie, origin: s.url, 'content-type': 'text/csv' } });
    assert.equal(res.status, 201, res.text);
    assert.deepEqual(s.sql('SELECT actor FROM entry'), [{ actor: 'ada@example.org' }]);
  });
});
