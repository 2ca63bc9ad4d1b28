// conf/load-balancer.conf as it is shipped: TLS ends at a balancer in front, and what it says is believed only where it is the balancer that says it.
import { assert, it } from './lib/server.mjs';
import { isExposition } from './lib/exposition.mjs';
import { multipart, request } from './lib/http.mjs';
import { spellings } from './lib/matrix.mjs';
import { password, siteSuite } from './lib/site.mjs';

const CSV = 'service,platform,week_start,viewers\nSunday,YouTube,2025-01-05,10\n';
const URL_OF_SITE = 'https://viewers.example.org';
const BALANCER = '127.0.0.1', STRANGER = '127.0.0.9';
const CLIENT = '203.0.113.7';
const THROUGH = { 'X-Forwarded-For': CLIENT, 'X-Forwarded-Proto': 'https', 'X-Forwarded-Port': '443' };

/** Somebody whose browser is at the balancer. */
const through = (s, headers = {}) => s.visitor({ headers: { ...THROUGH, ...headers } });
const enter = async (s, name, headers) => {
  const visitor = through(s, headers);
  const res = await visitor.signIn(s.home, name, password);
  return { visitor, res };
};
const api = (visitor, path, options) => visitor.ask(`${URL_OF_SITE}${path}`, options);
const wrongPin = (visitor) => api(visitor, '/api/auth', { method: 'POST', body: '{"pin":"000000"}', headers: { 'Content-Type': 'application/json', Origin: URL_OF_SITE } });
const addressesIn = (s) => [...s.log().matchAll(/\[client ([\d.]+):\d+\] SP0313: answered 401 wrong_pin/g)].map((found) => found[1]);

siteSuite('behind a load balancer that ends TLS', { way: 'load-balancer', url: URL_OF_SITE }, (s) => {
  it('the login goes by the public address, and its cookies are for https', async () => {
    const { visitor, res } = await enter(s, 'ada');
    assert.deepEqual([res.status, res.address], [200, s.home]);
    const ask = new URL(visitor.been.find((a) => a.includes('/oauth2/authorize?')));
    assert.equal(ask.searchParams.get('redirect_uri'), `${URL_OF_SITE}/oauth2callback`);
    for (const line of (await through(s).ask(s.home)).headers['set-cookie']) assert.match(line, /; ?Secure/i);
    assert.match(res.headers['strict-transport-security'], /max-age=31536000/);
  });

  it('a page of the site may post, by Origin: the scheme that counts is the public one', async () => {
    const { visitor } = await enter(s, 'ada');
    const { body, type } = multipart([{ name: 'file', filename: 'sheet.csv', data: CSV }]);
    const post = async (origin) => (await api(visitor, '/api/upload', { method: 'POST', body, headers: { 'Content-Type': type, Origin: origin } })).status;
    assert.equal(await post(URL_OF_SITE), 201);
    for (const other of ['http://viewers.example.org', `${URL_OF_SITE}:${s.port}`, `http://viewers.example.org:${s.port}`, 'https://evil.example']) assert.equal(await post(other), 403, other);
  });

  it('what a client says about the way it came changes nothing: scheme, port and host', async () => {
    for (const lie of [{ 'X-Forwarded-Proto': 'http' }, { 'X-Forwarded-Port': '8443' }, { 'X-Forwarded-Host': 'evil.example' }, { Forwarded: 'host=evil.example;proto=http' }, { 'X-Forwarded-Proto': 'gopher' }]) {
      const { visitor, res } = await enter(s, 'vera', lie);
      assert.deepEqual([res.status, res.address], [200, s.home], JSON.stringify(lie));
      assert.equal(new URL(visitor.been.find((a) => a.includes('/oauth2/authorize?'))).searchParams.get('redirect_uri'), `${URL_OF_SITE}/oauth2callback`);
      assert.match((await through(s, lie).ask(s.home)).headers['set-cookie'][0], /; ?Secure/i);
    }
  });

  it('a host that is not ours leads nobody to it: every address that is told is the public one, or a path', async () => {
    const { visitor } = await enter(s, 'ada');
    const ask = async (path, Host, headers = {}) => {
      const res = await s.send('GET', path, { headers: { ...THROUGH, Host, Cookie: visitor.cookies('viewers.example.org'), ...headers }, contract: false });
      return [res.status, res.headers.location];
    };
    s.allow(/auth_openidc:(error|warn)/);
    for (const host of ['evil.example', 'evil.example:443', 'viewers.example.org.evil.example', '127.0.0.1']) {
      assert.deepEqual(await ask('/trends', host, { Cookie: '', Accept: 'text/html' }), [500, undefined], 'mod_auth_openidc begins no login there');
      assert.deepEqual(await ask('/login?return=/trends', host), [401, undefined], 'nor does a session count there');
      assert.deepEqual(await ask('/oauth2callback?code=x&state=y', host), [302, `${URL_OF_SITE}/`]);
    }
    const [, begun] = await ask('/trends', 'viewers.example.org:99', { Cookie: '', Accept: 'text/html' });
    assert.equal(new URL(begun).searchParams.get('redirect_uri'), `${URL_OF_SITE}/oauth2callback`);
  });

  it('the balancer’s own word about who somebody is (x-amzn-oidc-*) opens nothing and changes nobody', async () => {
    const amazon = { 'x-amzn-oidc-identity': 'ada', 'x-amzn-oidc-data': s.pool.idToken('ada'), 'x-amzn-oidc-accesstoken': s.pool.accessToken('ada') };
    assert.equal((await api(through(s, amazon), '/api/data')).status, 401);
    const { visitor } = await enter(s, 'vera', amazon);
    assert.deepEqual((({ user, role }) => [user, role])((await api(visitor, '/api/auth/me')).json()), ['vera@example.org', 'viewer']);
  });

  it('probes are not answered on the public side, and are on the internal one', async () => {
    s.allow(/AH01630|AH10244/);
    for (const path of ['/healthz', '/readyz', '/metrics', '//healthz', '/./readyz', '/%68ealthz']) assert.equal((await api(through(s), path)).status, 403, path);
    for (const path of spellings('/metrics')) assert.ok(!isExposition(await s.get(path, { headers: THROUGH, contract: false })), path);
    assert.ok(isExposition(await request(s.internalPort, 'GET', '/metrics', { headers: { Host: 'anything' } })));
    const { visitor } = await enter(s, 'ada');
    assert.equal((await api(visitor, '/readyz')).status, 403);
  });
});

siteSuite('who a client behind the balancer is', { way: 'load-balancer', url: URL_OF_SITE, signIn: 'pin' }, (s) => {
  it('the session’s cookie is bound to this host and https', async () => {
    const res = await api(through(s), '/api/auth', { method: 'POST', body: JSON.stringify({ pin: s.options.pin }), headers: { 'Content-Type': 'application/json', Origin: URL_OF_SITE } });
    assert.equal(res.status, 200, res.text);
    assert.match(res.headers['set-cookie'][0], /^__Host-\w+=.*; ?Secure/i);
  });

  it('a client has the address that the balancer saw, not one that it claims', async () => {
    assert.equal((await wrongPin(through(s, { 'X-Forwarded-For': `198.51.100.1, 10.0.0.1, ${CLIENT}` }))).status, 401);
    assert.deepEqual(addressesIn(s), [CLIENT]);
  });

  it('a stranger who is not the balancer is who it is, whatever it claims', async () => {
    assert.equal((await api(through(s), '/api/auth/me', { from: BALANCER })).status, 200);
    const res = await through(s, { 'X-Forwarded-For': '198.51.100.2' }).ask(`${URL_OF_SITE}/api/auth`, { method: 'POST', body: '{"pin":"000000"}', headers: { 'Content-Type': 'application/json', Origin: URL_OF_SITE }, from: STRANGER });
    assert.equal(res.status, 401);
    assert.deepEqual(addressesIn(s), [CLIENT, STRANGER]);
  });
});
