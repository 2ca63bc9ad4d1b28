// conf/cognito.conf as it is shipped, with a user pool: who gets in, as what, with which requests.
import { assert, it } from './lib/server.mjs';
import { contract } from './lib/contract.mjs';
import { multipart } from './lib/http.mjs';
import { password, siteSuite } from './lib/site.mjs';

const CSV = 'service,platform,week_start,viewers\nSunday,YouTube,2025-01-05,10\n';
const PAGE = { Accept: 'text/html', 'Sec-Fetch-Site': 'none', 'Sec-Fetch-Mode': 'navigate', 'Sec-Fetch-Dest': 'document' };
const FOREIGN = { 'Sec-Fetch-Site': 'cross-site', Origin: 'http://localhost:1' };
const ROLES = { ada: 'admin', edith: 'editor', vera: 'viewer', many: 'viewer', nemo: 'none', sly: 'none' };

const REQUESTS = {
  page: (s, headers) => s.get('/', { headers: { ...headers, ...PAGE }, contract: false }),
  'GET of the API': (s, headers) => s.get('/api/data', { headers, contract: false }),
  'POST from a page of the site': (s, headers) => post(s, { ...headers, 'Sec-Fetch-Site': 'same-origin', Origin: s.url }),
  'POST from a page of the site, by Origin alone': (s, headers) => post(s, { ...headers, 'Sec-Fetch-Site': undefined, Origin: s.url }),
  'POST from another site': (s, headers) => post(s, { ...headers, ...FOREIGN }),
  'POST from nowhere': (s, headers) => post(s, { ...headers, 'Sec-Fetch-Site': undefined }),
  'DELETE from a page of the site': (s, headers) => s.send('DELETE', '/api/data/nothing', { headers: { ...headers, 'Sec-Fetch-Site': 'same-origin' }, contract: false }),
  OPTIONS: (s, headers) => s.send('OPTIONS', '/api/data', { headers, contract: false }),
  TRACE: (s, headers) => s.send('TRACE', '/api/data', { headers, contract: false }),
};
const EXPECTED = {
  ada: [200, 200, 201, 200, 403, 403, 404, 403, 405],
  edith: [200, 200, 200, 200, 403, 403, 403, 403, 405],
  vera: [200, 200, 403, 403, 403, 403, 403, 403, 405],
  many: [200, 200, 403, 403, 403, 403, 403, 403, 405],
  nemo: [200, 403, 403, 403, 403, 403, 403, 403, 405],
  sly: [200, 403, 403, 403, 403, 403, 403, 403, 405],
  nobody: [302, 401, 401, 401, 401, 401, 401, 403, 401],
};

function post(s, headers) {
  const { body, type } = multipart([{ name: 'file', filename: 'sheet.csv', data: CSV }]);
  const sent = Object.fromEntries(Object.entries({ ...headers, 'Content-Type': type }).filter(([, value]) => value !== undefined));
  return s.send('POST', '/api/upload', { body, headers: sent, contract: false });
}

const me = async (s, as) => (await s.get('/api/auth/me', { as })).json();
const entries = (s) => s.sql('SELECT count(*) AS n FROM upload_history')[0].n;

siteSuite('signing in with Cognito', {}, (s) => {
  it('who is in a group has its role, by whole words and at any place; who is in none has none', async () => {
    for (const [name, role] of Object.entries(ROLES)) {
      const answer = await me(s, await s.as(name));
      assert.deepEqual([answer.user, answer.role, answer.method], [`${name}@example.org`, role, 'oidc'], name);
    }
  });

  for (const [name, expected] of Object.entries(EXPECTED)) {
    it(`every kind of request as ${name}`, async () => {
      s.allow(/AH01630/); // "client denied by server configuration": OPTIONS
      const headers = name === 'nobody' ? {} : (await s.as(name)).headers;
      const got = [];
      for (const ask of Object.values(REQUESTS)) got.push((await ask(s, headers)).status);
      assert.deepEqual(Object.fromEntries(Object.keys(REQUESTS).map((k, n) => [k, got[n]])), Object.fromEntries(Object.keys(REQUESTS).map((k, n) => [k, expected[n]])));
    });
  }

  it('a page that needs somebody leads to the login and back to that very page', async () => {
    const visitor = s.visitor();
    const res = await visitor.signIn(`${s.home}trends?service=sunday&from=2025-01-01`, 'vera', password);
    assert.deepEqual([res.status, res.address], [200, `${s.home}trends?service=sunday&from=2025-01-01`]);
    const ask = new URL(visitor.been.find((a) => a.includes('/oauth2/authorize?')));
    assert.deepEqual(['code_challenge_method', 'response_type', 'scope', 'redirect_uri'].map((p) => ask.searchParams.get(p)), ['S256', 'code', 'openid email profile', `${s.home}oauth2callback`]);
  });

  it('what no person looks at is a 401, and begins no login', async () => {
    for (const [url, headers] of [['/api/data', PAGE], ['/', { Accept: '*/*' }], ['/', {}], ['/assets/x.js', { Accept: '*/*', 'Sec-Fetch-Dest': 'script' }], ['/', { ...PAGE, 'Sec-Fetch-Dest': 'iframe' }]]) {
      const res = await s.get(url, { headers, contract: false });
      assert.deepEqual([res.status, res.headers['set-cookie'], res.headers.location], [401, undefined, undefined], JSON.stringify([url, headers]));
    }
  });

  it('a wrong password is the pool’s to tell, and an address that nobody verified is not enough', async () => {
    const visitor = s.visitor();
    const form = await visitor.open(s.home);
    assert.match((await visitor.submit(form, 'ada', 'wrong')).text, /Incorrect username or password/);
    assert.equal((await s.get('/api/auth/me', { as: s.holding(visitor), contract: false })).status, 401);
    const fake = await s.as('fake');
    assert.equal((await s.get('/api/auth/me', { as: fake, contract: false })).status, 403);
    s.allow(/AH01631: user fake@example.org: authorization failure/, /server certificate/);
    await s.restart(); // what was refused is written down
    assert.deepEqual(s.sql("SELECT method, result FROM audit_log WHERE action = 'refused' AND actor = 'fake@example.org'"), [{ method: 'oidc', result: 'role_required' }]);
  });

  it('the dashboard is told where to sign in and out and the first leads back to where one was', async () => {
    const answer = await me(s, await s.as('vera'));
    assert.deepEqual([answer.login_url, answer.logout_url], ['/login', '/oauth2callback?logout=/']);
    const visitor = s.visitor();
    const res = await visitor.signIn(`${s.home}login?return=%2Ftrends%3Ffrom%3D2025-01-05`, 'vera', password);
    assert.deepEqual([res.status, res.address], [200, `${s.home}trends?from=2025-01-05`]);
  });

  it('the cookies are for this site and https, out of reach of scripts, and not sent along by other sites', async () => {
    const first = await s.visitor().ask(s.home);
    const visitor = s.visitor();
    await visitor.signIn(s.home, 'ada', password);
    assert.equal(visitor.cookies('127.0.0.1').split('; ').length, 1, 'the cookie of the login is gone after it');
    for (const cookie of [...first.headers['set-cookie'], ...visitor.set]) {
      for (const wanted of [/; ?Secure/i, /; ?HttpOnly/i, /; ?SameSite=Lax/i, /; ?Path=\/(;|$)/i]) assert.match(cookie, wanted);
      assert.doesNotMatch(cookie, /SameSite=(None|Strict)/i);
    }
  });

  it('logins that were begun and not ended leave seven cookies at most', async () => {
    const visitor = s.visitor();
    for (let n = 0; n < 12; n++) assert.equal((await visitor.ask(s.home)).status, 302);
    assert.ok(visitor.jar('127.0.0.1').size <= 7, `${visitor.jar('127.0.0.1').size}`);
    s.allow(/deleting oldest state cookie/);
  });

  it('a post from another site by somebody’s own browser changes nothing, as multipart and as JSON', async () => {
    const { headers } = await s.as('ada');
    const before = entries(s);
    assert.equal((await post(s, { ...headers, ...FOREIGN })).status, 403);
    const entry = JSON.stringify({ cells: [{ service: 'Sunday', platform: 'YouTube', week_start: '2025-01-05', viewers: 666 }] });
    for (const type of ['application/json', 'text/plain']) {
      assert.equal((await s.send('POST', '/api/data', { body: entry, headers: { ...headers, ...FOREIGN, 'Content-Type': type } })).status, 403);
    }
    assert.equal(entries(s), before);
  });

  it('no header says who somebody is, signed in or not', async () => {
    const claims = { OIDC_CLAIM_email: 'ada@example.org', 'OIDC_CLAIM_cognito-groups': 'Admins', OIDC_access_token: s.pool.accessToken('ada'), 'X-Amzn-Oidc-Identity': 'ada', 'X-Amzn-Oidc-Data': s.pool.idToken('ada'), 'Remote-User': 'ada',
      Authorization: `Bearer ${s.pool.accessToken('ada')}` };
    s.allow(/scrubbed suspicious request header/);
    assert.equal((await s.get('/api/data', { headers: claims, contract: false })).status, 401);
    const as = await s.as('vera');
    const answer = (await s.get('/api/auth/me', { as, headers: claims })).json();
    assert.deepEqual([answer.user, answer.role], ['vera@example.org', 'viewer']);
  });

  it('the headers that keep browsers from harm are on what mod_auth_openidc answers by itself, too, and once on each answer', async () => {
    s.allow(/auth_openidc:(error|warn)/);
    const begun = s.visitor();
    await begun.open(s.home);
    const { searchParams } = new URL(begun.been.find((a) => a.includes('/oauth2/authorize?')));
    const as = await s.as('ada'), out = (where) => as.visitor.copy().ask(`${s.home}oauth2callback?logout=${encodeURIComponent(where)}`);
    const answers = [await s.visitor().ask(s.home), await s.get('/api/data', { contract: false }), await s.visitor().ask(`${s.home}oauth2callback?code=x&state=y`), await begun.ask(`${s.home}oauth2callback?code=x&state=${searchParams.get('state')}`),
      await as.visitor.ask(s.home), await s.get('/api/data', { as }), await out('https://evil.example/'), await out('/')];
    assert.deepEqual(answers.map((res) => res.status), [302, 401, 302, 200, 200, 200, 200, 302]);
    for (const { headers, address, path } of answers) {
      const got = ['x-content-type-options', 'x-frame-options', 'referrer-policy', 'cross-origin-resource-policy'].map((name) => headers[name]);
      assert.deepEqual(got, ['nosniff', 'DENY', 'same-origin', 'same-origin'], address ?? path);
      assert.match(headers['content-security-policy'], /^[^,]*frame-ancestors 'none'[^,]*$/, address ?? path);
      assert.match(headers['x-request-id'], /^\w+$/);
    }
  });

  it('what is about people or for them alone is kept by no cache on the way', async () => {
    const as = await s.as('ada');
    const open = ['/api/openapi.json', '/', '/{page}', '/assets/{file}'];
    for (const [pattern, item] of Object.entries(contract.paths).filter(([path, of]) => of.get && !open.includes(path))) {
      const res = await s.get(pattern.replace(/\{\w+\}/, '1'), { as, contract: false });
      if (res.status >= 400 && item.get['x-least-role'] === 'none') continue; // probes, which httpd refuses
      assert.match(res.headers['cache-control'] ?? '', /no-store|private/, `${pattern} ${res.status}`);
      assert.doesNotMatch(res.headers['cache-control'], /public/);
    }
    for (const url of ['/api/auth/me', '/api/people', '/api/tokens', '/api/audit', '/api/audit?format=csv', '/login']) assert.match((await s.get(url, { as, contract: false })).headers['cache-control'], /no-store/, url);
  });

  it('the way back from the login stays on this site, however its address is written', async () => {
    const as = await s.as('vera');
    for (const to of ['//evil.example', '///evil.example', '/\\evil.example', '/\\/evil.example', '/%09/evil.example', '/%0a/evil.example', '/%5cevil.example', '/%2fevil.example', '/%252fevil.example', '/%25252f%25252fevil', 'https:evil.example', 'https:/evil.example',
      'https://evil.example', 'HTTPS:\\evil', 'javascript:alert(1)', '/..//evil.example', '/.//evil.example', '/\u2044evil.example', '/\uff0fevil.example', '\uff0f\uff0fevil.example', '/x\r\nSet-Cookie: a=b', '/x%0d%0aSet-Cookie:%20a=b', '/\0', '/%00', '?//evil', '', ' /', '.', '..']) {
      for (const written of [encodeURIComponent(to), encodeURI(to), encodeURIComponent(encodeURIComponent(to))]) {
        const res = await as.visitor.ask(`${s.home}login?return=${written}`);
        assert.deepEqual([res.status, res.headers.location], [400, undefined], written);
      }
    }
    for (const to of ['/%E2%81%84evil.example', '/@evil.example', '/login?return=//evil.example', '/evil.example', '/;@evil.example']) {
      const res = await as.visitor.ask(`${s.home}login?return=${encodeURIComponent(to)}`);
      assert.deepEqual([res.status, res.headers.location], [302, to]);
      assert.equal(new URL(res.headers.location, s.home).origin, s.url);
    }
  });

  it('tokens and claims are in no log', () => {
    assert.doesNotMatch(s.log(), /eyJ[\w-]+\.|cognito:|a password|secret of the app/);
  });
});

siteSuite('signing in with Cognito below a path', { mount: '/pulse/' }, (s) => {
  it('the login, the way back and the cookies are below it', async () => {
    const as = await s.as('ada');
    assert.equal((await s.get('/pulse/api/auth/me', { as })).json().role, 'admin');
    for (const cookie of as.visitor.set) assert.match(cookie, /Path=\/pulse\//i);
    assert.equal((await s.get('/pulse/api/data', { contract: false })).status, 401);
    assert.equal((await s.get('/pulse', { contract: false })).headers.location, '/pulse/');
  });
});
