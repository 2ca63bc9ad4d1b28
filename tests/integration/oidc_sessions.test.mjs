// How a login of conf/cognito.conf begins and ends: planted and copied cookies, signing out, lost groups, idle hours, and that nobody is led astray on the way.
import { setTimeout as pause } from 'node:timers/promises';
import { begin } from './lib/http.mjs';
import { assert, it } from './lib/server.mjs';
import { password, people, siteSuite } from './lib/site.mjs';

const SESSION = 'mod_auth_openidc_session';
const HOST = '127.0.0.1';
const status = async (s, visitor) => (await s.get('/api/data', { as: s.holding(visitor), contract: false })).status;
const role = async (s, as) => (await s.get('/api/auth/me', { as })).json().role;

/** Signed in, with the address that the pool sent them back with. */
async function enter(s, name) {
  const visitor = s.visitor();
  await visitor.signIn(s.home, name, password);
  return { visitor, back: visitor.been.find((address) => address.includes('/oauth2callback?')) };
}

siteSuite('sessions of Cognito', {}, (s) => {
  it('a cookie that was planted before the login is not the session after it', async () => {
    const planted = (await enter(s, 'vera')).visitor.jar(HOST).get(SESSION);
    for (const value of [planted, 'AAAAAAAAAAAAAAAAAAAAAAAAAAA']) {
      const visitor = s.visitor();
      visitor.jar(HOST).set(SESSION, value);
      if (value === planted) visitor.jar(HOST).set(SESSION, `${value}x`);
      await visitor.signIn(s.home, 'ada', password);
      assert.notEqual(visitor.jar(HOST).get(SESSION), value);
      const attacker = s.visitor();
      attacker.jar(HOST).set(SESSION, value);
      const answer = await s.get('/api/auth/me', { as: s.holding(attacker), contract: false });
      assert.ok(answer.status === 401 || answer.json().user === 'vera@example.org');
    }
  });

  it('somebody else’s way back, opened in a browser that did not begin it, signs nobody in', async () => {
    const attacker = s.visitor();
    const form = await attacker.open(s.home);
    const back = await followUntilBack(attacker, form);
    const victim = s.visitor();
    const res = await victim.ask(back);
    assert.deepEqual([res.status, res.headers.location], [302, s.home]);
    assert.equal(victim.jar(HOST).has(SESSION), false);
    s.allow(/oidc_restore_proto_state|oidc_authorization_response_match_state|unable to restore state|no "mod_auth_openidc_state/);
  });

  it('the way back works once, also with the cookies it had', async () => {
    const visitor = s.visitor();
    const form = await visitor.open(s.home);
    const back = await followUntilBack(visitor, form);
    const thief = visitor.copy();
    assert.equal((await visitor.open(back)).status, 200);
    await thief.ask(back);
    assert.equal(await status(s, thief), 401);
    s.allow(/oidc_handle_authorization_response|oidc_util_json_string_print|oidc_proto_|invalid_grant|could not resolve|nonce/);
  });

  it('signing out ends it here and at the pool, and copied cookies are worth nothing', async () => {
    const { visitor } = await enter(s, 'ada');
    const thief = visitor.copy();
    assert.equal(await status(s, thief), 200);
    const { logout_url: out } = (await s.get('/api/auth/me', { as: s.holding(visitor) })).json();
    const res = await visitor.open(new URL(out, s.url).href);
    assert.match(res.text, /Sign in to the pool/, 'the pool asks for the password again');
    assert.equal(visitor.been.filter((a) => a.startsWith(`${s.pool.origin}/logout?`)).length, 1);
    for (const one of [visitor, thief]) assert.equal(await status(s, one), 401);
    thief.jars.delete('localhost');
    assert.equal((await thief.ask(s.home)).status, 302);
  });

  it('a reload of the server ends no session', async () => {
    const { visitor } = await enter(s, 'vera');
    await s.graceful();
    assert.equal(await status(s, visitor), 200);
    s.allow(/AH00020|server certificate/);
  });

  it('nobody is led to another site, whatever the addresses of the login hold', async () => {
    const elsewhere = ['https://evil.example/', '//evil.example/', '/\\evil.example/', '\\\\evil.example', 'https:evil.example', `https://${HOST}@evil.example/`, `https://${HOST}.evil.example/`, '%2F%2Fevil.example', 'https://evil.example\\@127.0.0.1/',
      '\thttps://evil.example', 'javascript:alert(1)', 'data:text/html,x', '/%09/evil.example', '/\t/evil.example', '///evil.example'];
    const parameters = [(to) => `logout=${to}`, (to) => `refresh=${to}&access_token=x`, (to) => `iss=${encodeURIComponent(s.pool.issuer)}&target_link_uri=${to}`, (to) => `request_uri=${to}`, (to) => `session=logout&url=${to}`, (to) => `session=check&login_uri=${to}`,
      (to) => `error=access_denied&error_description=x&state=${to}`, (to) => `code=x&state=${to}`, (to) => `revoke_session=${to}`, (to) => `remove_at_cache=${to}`, (to) => `oidc_callback=${to}`, (to) => `info=json&url=${to}`];
    for (const to of elsewhere) {
      for (const parameter of parameters) {
        for (const visitor of [s.visitor(), (await entered(s)).copy()]) await leadsNowhere(s, visitor, `${s.home}oauth2callback?${parameter(encodeURIComponent(to))}`);
      }
      await leadsNowhere(s, s.visitor(), `${s.url}/${to.startsWith('/') ? to : `/${to}`}`.replaceAll(/[\t\\]/g, (c) => encodeURIComponent(c)));
    }
    s.allow(/auth_openidc:(error|warn)|AH10244: invalid URI path/);
  });

  it('what mod_auth_openidc could tell about a session it does not', async () => {
    const { visitor } = await enter(s, 'ada');
    for (const parameter of ['info=json', 'info=html', 'jwks=rsa', 'session=iframe_rp', 'refresh=x']) {
      const res = await visitor.copy().ask(`${s.home}oauth2callback?${parameter}`);
      assert.doesNotMatch(res.text, /eyJ|ada@|access_token|Admins/, parameter);
    }
  });
});

const kept = new Map();
async function entered(s) {
  if (!kept.has(s)) kept.set(s, (await enter(s, 'many')).visitor);
  return kept.get(s);
}

/** Whatever is answered, a Location is of this site or of the pool, and so is each address in it. */
async function leadsNowhere(s, visitor, address) {
  const res = await visitor.ask(address);
  for (const name of ['location', 'refresh']) {
    const to = res.headers[name];
    if (!to) continue;
    const url = new URL(to, s.home);
    assert.ok([s.url, s.pool.origin].includes(url.origin), `${address} led to ${to}`);
    if (url.pathname === '/logout') assert.equal(url.searchParams.get('logout_uri'), s.home);
  }
  assert.doesNotMatch(res.text, /(href|src|url)\s*=\s*["']?\s*(https?:)?[/\\]{2}evil/i, address);
}

/** Signs in at the pool, but does not go back: the address that leads back. */
async function followUntilBack(visitor, form) {
  let res = await visitor.ask(form.address, { method: 'POST', body: new URLSearchParams({ username: 'ada', password }).toString(), headers: { 'Content-Type': 'application/x-www-form-urlencoded' } });
  while (!res.headers.location.includes('/oauth2callback?')) res = await visitor.ask(new URL(res.headers.location, res.address).href);
  return res.headers.location;
}

// Tokens are renewed a minute before they end: these as soon as two seconds have passed.
const SOON_S = 62;

siteSuite('groups that change', {}, (s) => {
  it('an admin who is made a viewer is one at the next renewal of the tokens', async () => {
    const early = await s.as('ada');
    s.pool.accessTtl = SOON_S;
    const as = await s.as('ada');
    s.pool.users.ada.groups = ['Viewers'];
    await pause(3000);
    assert.equal(await role(s, early), 'admin', 'not before');
    assert.equal(await role(s, as), 'viewer');
    assert.equal((await s.send('DELETE', '/api/data/nothing', { as })).status, 403);
  });

  it('somebody who is taken out of every group sees nothing from then on', async () => {
    const as = await s.as('vera');
    s.pool.users.vera.groups = [];
    await pause(3000);
    assert.equal((await s.get('/api/data', { as })).status, 403);
  });

  it('the session of somebody who was removed is over', async () => {
    const as = await s.as('many');
    delete s.pool.users.many;
    await pause(3000);
    s.allow(/auth_openidc:(error|warn)/, /AH01629: authorization failure \(no authenticated user\)/);
    const res = await s.get('/api/data', { as, contract: false });
    assert.deepEqual([res.status, res.headers.location], [302, s.home], 'a page is led to the login again');
    assert.equal((await as.visitor.ask(s.home, { headers: { Accept: '*/*' } })).status, 401, 'and a script told');
    assert.equal((await s.get('/api/data', { as, contract: false })).status, 401);
  });
});

const SHORT = [['cognito.conf', 'OIDCSessionInactivityTimeout 3600', 'OIDCSessionInactivityTimeout 10'], ['cognito.conf', 'OIDCSessionMaxDuration 28800', 'OIDCSessionMaxDuration 16']];

siteSuite('sessions that end by themselves', { edits: SHORT }, (s) => {
  it('after the time without a request, and after the longest time with requests', async () => {
    s.allow(/auth_openidc:warn/);
    const began = Date.now();
    const idle = await s.as('vera'), busy = await s.as('ada');
    const signedIn = Date.now(), ask = async (as) => (await s.get('/api/data', { as, contract: false })).status;
    // What came late, as the machine stood still, may have found it at its end.
    for (let last = signedIn; Date.now() - signedIn < 13_000; last = Date.now()) {
      await pause(2200);
      const status = await ask(busy), now = Date.now();
      if (now - last < 9000 && now - began < 15_000) assert.equal(status, 200, `after ${now - signedIn} ms`);
    }
    assert.equal(await ask(idle), 401);
    await pause(4500);
    assert.equal(await ask(busy), 401);
  });
});

const BEHIND = { way: 'load-balancer', url: 'https://viewers.example.org' };
const CSV = 'service,platform,week_start,viewers\nSunday,YouTube,2025-01-05,10\n';
/** An upload by that person of which the server has everything but the body. */
const beginUpload = (s, as) => begin(s.port, `POST /api/upload HTTP/1.1\r\nHost: viewers.example.org\r\nCookie: ${as.headers.Cookie}\r\nSec-Fetch-Site: same-origin\r\nContent-Type: text/csv\r\nContent-Length: ${CSV.length}\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n`);
const code = (res) => [res.status, res.json().code];
const entries = (s) => s.sql('SELECT count(*) AS n FROM entry')[0].n;

const uploaders = () => ({ ...people(), many: { ...people().many, groups: ['Editors'] }, sly: { ...people().sly, groups: ['Editors'] } });

const uploadsOnTheirWay = (title, options, ways) => siteSuite(title, { ...BEHIND, ...options }, (s) => {
  it('whoever still is who they were when it came in has it stored', async () => {
    s.allow(/auth_openidc:(error|warn)/, /AH0163[01]/, /AH01629/);
    s.pool.accessTtl = SOON_S;
    const send = await beginUpload(s, await s.as('edith'));
    await pause(3000); // the tokens are renewed at its end
    assert.equal((await send(CSV)).status, 201);
  });

  for (const [what, name, meanwhile, expected] of ways) {
    it(`${what}: nothing is stored`, async () => {
      const before = entries(s), as = await s.as(name), send = await beginUpload(s, as);
      await meanwhile(s, as, name);
      await pause(3000);
      const res = await send(CSV);
      assert.deepEqual(code(res), expected);
      assert.equal(res.headers.location, undefined);
      if (res.status === 401) assert.equal(res.headers['set-cookie'], undefined);
      assert.match(res.headers['content-security-policy'], /default-src/);
      assert.equal(entries(s), before);
    });
  }
});

const removed = ['whoever was removed meanwhile', 'many', (s, as, name) => delete s.pool.users[name], [401, 'sign_in_required']];

uploadsOnTheirWay('files that are on their way for long', { users: uploaders() }, [
  ['whoever lost the role meanwhile', 'edith', (s) => (s.pool.users.edith.groups = ['Viewers']), [403, 'role_required']],
  ['whoever was taken out of every group meanwhile', 'ada', (s) => (s.pool.users.ada.groups = []), [403, 'role_required']],
  ['whoever signed out meanwhile', 'sly', (s, as) => as.visitor.open(`${s.home}oauth2callback?logout=%2F`), [401, 'sign_in_required']],
  removed,
]);

uploadsOnTheirWay('files that are on their way where the end of a session is told by a page', {
  users: uploaders(), edits: [['cognito.conf', '\nOIDCDefaultLoggedOutURL ', '\n#OIDCDefaultLoggedOutURL ']],
}, [removed]);
