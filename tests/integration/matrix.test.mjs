// The contract's table of who may do what, held against every route, role, method and spelling, with and without forged headers.
import fs from 'node:fs';
import { assert, it, suite } from './lib/server.mjs';
import { accessToken, bearer, bearerLocation, bearerModules, peopleSuite } from './lib/bearer.mjs';
import { FORGED, meant, METHODS, OVERRIDES, outcome, promised, routes, sameOutcome, send, spellings } from './lib/matrix.mjs';
import { sessionAs } from './lib/session.mjs';

const entry = { entries: [{ service: 'Sunday', platform: 'YouTube', week_start: '2025-01-05', viewers: 10 }] };
const AT_ONCE = 16;
const EVERYTHING = ['StreamPulseMetrics On', ...['Reads', 'Writes', 'Uploads', 'Exports'].map((what) => `StreamPulseRate${what} off`)];

async function inParallel(jobs, run) {
  const left = [...jobs];
  await Promise.all(Array.from({ length: AT_ONCE }, async () => {
    for (let job = left.pop(); job; job = left.pop()) await run(job);
  }));
}

/** Visitors, and those who have a session or a token of this module: {name: {role, method, headers}}. */
async function sessions(s, anonymous) {
  const as = await s.asAdmin();
  const token = async (role) => {
    const { secret } = (await s.post('/api/tokens', { name: role, role, expires_in_days: 1 }, { as })).json();
    return { role, method: 'token', headers: { Authorization: `Bearer ${secret}` } };
  };
  const session = async (role) => ({ role, method: 'pin', headers: (await sessionAs(s, role)).headers });
  return {
    nobody: { role: anonymous, method: 'anonymous', headers: {} },
    'viewer by session': await session('viewer'),
    'editor by session': await session('editor'),
    'admin by session': await session('admin'),
    'viewer by token': await token('viewer'),
    'editor by token': await token('editor'),
    'admin by token': await token('admin'),
  };
}

/** And those whom a provider knows. */
async function everybody(s, anonymous) {
  const person = (role, groups) => ({ role, method: 'oidc', headers: bearer(accessToken(s, `${role}@example.org`, groups)).headers });
  return {
    ...(await sessions(s, anonymous)),
    groupless: person('none', ['Staff']),
    viewer: person('viewer', ['Viewers']),
    editor: person('editor', ['Editors', 'Staff']),
    admin: person('admin', ['Admins']),
  };
}

const builtAsset = async (s) => `/${/assets\/[\w.-]+\.js/.exec((await s.get('/')).text)[0]}`;
const stored = (s) => JSON.stringify([s.sql('SELECT count(*) AS n FROM entry'), s.sql('SELECT * FROM number'), s.sql("SELECT value FROM meta WHERE key = 'revision'")]);

/** Signing out would end the session that the others of this test use. */
const endsSession = (route, method) => route.pattern === '/api/auth' && method === 'DELETE';

/** make: what makes the suite, of people whom mod_auth_openidc knows, or of none. */
function matrix(title, make, anonymous) {
  make(`the table, ${title}, where visitors have the role ${anonymous}`, { anonymous, location: EVERYTHING }, (s) => {
    let people, table, before;

    s.allow(/auth_openidc:(warn|error)/, /AH10244/);

    it('there is something to read', async () => {
      assert.equal((await s.post('/api/data', entry, { as: await s.signIn() })).status, 201);
      people = await (make === peopleSuite ? everybody : sessions)(s, anonymous);
      table = routes(await builtAsset(s));
      before = stored(s);
      assert.ok(table.length > 20);
    });

    async function holds(cases) {
      const wrong = [];
      await inParallel(cases, async ({ route, method, name, path = route.path, headers = {}, also = [] }) => {
        const who = people[name];
        if (endsSession(route, method) && who.method === 'pin') return;
        const got = outcome(await send(s.port, method, path, { ...headers, ...who.headers }));
        const wanted = promised(route, method, who);
        if (!sameOutcome(route, method, got, wanted) && !also.includes(got)) wrong.push(`${name}: ${method} ${path}: ${got}, not ${wanted}`);
      });
      assert.deepEqual(wrong.sort(), []);
      assert.equal(stored(s), before, 'nothing was changed');
    }

    const some = () => ['nobody', 'groupless', 'viewer', 'viewer by session', 'admin by session', 'admin by token'].filter((name) => name in people);
    const all = (extra = () => ({})) => table.flatMap((route) => METHODS.flatMap((method) => Object.keys(people).map((name) => ({ route, method, name, ...extra(route, method) }))));

    it('every route, by every method, for everybody', () => holds(all()));

    it(`the same with ${Object.keys(FORGED).length} forged headers: not one difference`, () => holds(all(() => ({ headers: FORGED }))));

    it('each of these headers alone', () => holds(Object.entries(FORGED).flatMap(([header, value]) =>
      table.filter((r) => ['/api/data', '/api/uploads', '/api/services/{id}'].includes(r.pattern)).flatMap((route) =>
        ['GET', 'POST', 'PATCH'].flatMap((method) => some().map((name) => ({ route, method, name, headers: { [header]: value } })))))));

    it('what might make another method of it has no effect', () => holds(all((route, method) => ({ headers: OVERRIDES(method === 'DELETE' ? 'GET' : 'DELETE') }))));

    it('a token of a provider is nobody where mod_auth_openidc is not asked', { skip: make === peopleSuite }, async () => {
      const token = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from('{"username":"admin","cognito:groups":["Admins"]}').toString('base64url')}.`;
      const got = outcome(await send(s.port, 'POST', '/api/data', { Authorization: `Bearer ${token}` }));
      assert.equal(got, '401 sign_in_required');
    });

    it('a Basic login, or another scheme, is nobody', async () => {
      const wrong = [];
      for (const scheme of ['Basic YWRtaW46YWRtaW4=', 'Digest username="admin"', 'Negotiate YIIZ', 'StreamPulse admin', 'bearer', 'admin']) {
        for (const path of ['/api/data', '/api/uploads']) {
          const got = outcome(await send(s.port, 'GET', path, { Authorization: scheme }));
          const refused = scheme === 'bearer' && got === '401'; // by mod_auth_openidc
          if (!refused && got !== (anonymous === 'none' ? '401 sign_in_required' : 'pass')) wrong.push(`${scheme}: ${path}: ${got}`);
        }
      }
      assert.deepEqual(wrong, []);
    });

    it('every spelling of a path is that route, or nothing', () => holds(table.flatMap((route) => {
      const methods = ['GET', ...Object.keys(route.item).filter((m) => ['post', 'patch', 'delete'].includes(m)).map((m) => m.toUpperCase())];
      return spellings(route.path).flatMap((path) => methods.flatMap((method) => some().map((name) =>
        ({ route: meant(table, path), method, name, path, also: ['404', '400'] }))));
    })));

    it('CONNECT, names in other cases and what is no method at all do nothing', async () => {
      for (const method of ['CONNECT', 'get', 'Get', 'post', 'DELETE2', 'GETX', 'PROPFIND', 'MKCOL', 'PURGE', 'X']) {
        const res = await send(s.port, method, '/api/data', people['admin by session'].headers);
        assert.ok([400, 405, 501].includes(res.status), `${method}: ${res.status}`);
      }
      assert.equal(stored(s), before);
    });
  });
}

matrix('with a provider', peopleSuite, 'none');
matrix('with a provider', peopleSuite, 'viewer');
matrix('without any', suite, 'none');
matrix('without any', suite, 'viewer');

const spelled = ['/api/stats', '/api/data', '/api/uploads', '/metrics'];

for (const [what, main] of [['as httpd is', []], ['with MergeSlashes Off', ['MergeSlashes Off']], ['with AllowEncodedSlashes On', ['AllowEncodedSlashes On']], ['with AllowEncodedSlashes NoDecode', ['AllowEncodedSlashes NoDecode']],
  ['with both', ['MergeSlashes Off', 'AllowEncodedSlashes On']]]) {
  suite(`paths that a <Location> denies, ${what}`, { main, location: ['StreamPulseMetrics On', '</Location>', ...spelled.flatMap((path) => [`<Location "${path}">`, 'Require all denied', '</Location>']), '<Location "/other">'] }, (s) => {
    it('are not served in any spelling', async () => {
      s.allow(/AH01630/, /AH10244/, /AH0002[0-9]|AH00026/);
      const wrong = [];
      await inParallel(spelled.flatMap((path) => [path, ...spellings(path)]), async (path) => {
        const res = await send(s.port, 'GET', path);
        // "/metrics;x=/../" is the page, which is for anybody.
        if (![400, 403, 404].includes(res.status) && !/^text\/html/.test(res.headers['content-type'])) wrong.push(`${path}: ${res.status}`);
      });
      assert.deepEqual(wrong.sort(), []);
      assert.equal((await s.get('/api/services')).status, 200, 'what is not denied is served');
    });
  });
}

const reads = ['/api/data', '/api/stats', '/api/uploads', '/api/uploads/1', '/api/services', '/api/platforms', '/api/special-events', '/api/history?service=sunday&platform=youtube&week=2025-01-05'];

peopleSuite('entity tags across roles', { anonymous: 'viewer' }, (s) => {
  const read = (url, who, tag) => s.get(url, { headers: { ...who.headers, ...(tag ? { 'If-None-Match': tag } : {}) } });
  let people;

  it('there is something to read', async () => {
    assert.equal((await s.post('/api/data', entry, { as: await s.signIn() })).status, 201);
    people = await everybody(s, 'viewer');
  });

  it('one tag is one text: whoever has it has the same, or it is not theirs', async () => {
    for (const url of reads) {
      const seen = new Map();
      for (const name of ['admin', 'nobody', 'viewer', 'editor by session', 'viewer by token', 'nobody', 'admin']) {
        const res = await read(url, people[name]);
        assert.equal(res.status, 200, url);
        assert.equal(seen.get(res.headers.etag) ?? res.text, res.text, `${url}: two answers with one tag`);
        seen.set(res.headers.etag, res.text);
        assert.match(res.headers.vary ?? '', /Cookie, ?Authorization/, url);
        assert.match(res.headers['cache-control'], /private/);
      }
      for (const [tag, text] of seen) {
        for (const name of ['nobody', 'viewer', 'admin', 'viewer by token']) {
          const res = await read(url, people[name], tag);
          if (res.status !== 200) assert.deepEqual([res.status, (await read(url, people[name])).text], [304, text], `${url}: a 304 for somebody who sees something else`);
        }
      }
    }
  });

  it('visitors are not shown who did it, whoever asked before', async () => {
    for (const url of ['/api/uploads', '/api/uploads/1']) {
      const named = await read(url, people.admin);
      assert.match(named.text, /admin \(PIN\)/);
      const plain = await read(url, people.nobody, named.headers.etag);
      assert.equal(plain.status, 200);
      assert.doesNotMatch(plain.text, /admin \(PIN\)/);
      assert.notEqual(plain.headers.etag, named.headers.etag);
    }
  });

  it('a tag opens nothing to somebody without a group', async () => {
    for (const url of reads) {
      const { etag } = (await read(url, people.viewer)).headers;
      for (const tag of [etag, '*', `W/${etag}`]) assert.equal((await read(url, people.groupless, tag)).status, 403, url);
    }
  });
});

peopleSuite('a request that httpd sends on by itself', {
  sites: [{ prefix: '/pulse' }], anonymous: 'viewer', modules: [...bearerModules, 'include'],
  main: (s) => [
    '<Location "/">', ...bearerLocation, '</Location>', 'ErrorDocument 404 /pulse/api/auth/me', 'DirectoryIndex /pulse/api/auth/me',
    `<Directory "${s.file('htdocs')}">`, 'Options +Includes', '</Directory>', '<Location "/page.html">', 'SetOutputFilter INCLUDES', '</Location>',
  ],
}, (s) => {
  const at = async (url, headers = {}) => (await send(s.port, 'GET', url, headers)).json();

  for (const [what, url] of [['an ErrorDocument', '/missing'], ['a DirectoryIndex', '/'], ['a page that includes it', '/page.html']]) {
    it(`(${what}) is of the same person, with the same groups`, async () => {
      s.allow(/oidc_scrub_request_headers/);
      fs.writeFileSync(s.file('htdocs/page.html'), '<!--#include virtual="/pulse/api/auth/me" -->');
      const who = await at(url, bearer(accessToken(s, 'ann', ['Editors'])).headers);
      assert.deepEqual([who.user, who.role, who.method], ['ann', 'editor', 'oidc']);
      assert.equal((await at(url, bearer(accessToken(s, 'ann', [])).headers)).role, 'none');
      const nobody = await at(url, FORGED);
      assert.deepEqual([nobody.method, nobody.role], ['anonymous', 'viewer']);
    });
  }
});
