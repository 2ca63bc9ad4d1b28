// People of a login provider: their groups give them a role, which the module enforces, and "Require streampulse-role" wherever httpd is asked.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import { assert, configtest, it, suite, until } from './lib/server.mjs';
import { accessToken, bearer, bearerLocation, bearerModules, peopleSuite } from './lib/bearer.mjs';
import { begin } from './lib/http.mjs';

const code = (res) => [res.status, res.json().code];
const me = async (s, as, options) => (await s.get('/api/auth/me', { as, ...options })).json();
const entry = { entries: [{ service: 'A', platform: 'B', week_start: '2025-01-05', viewers: 1 }] };

peopleSuite('the role of somebody whom the provider knows', {}, (s) => {
  const as = (groups, name = 'ann', claims = {}) => bearer(accessToken(s, name, groups, claims));

  for (const [groups, role] of [[['Admins'], 'admin'], [['Editors'], 'editor'], [['Viewers'], 'viewer'], [['Staff', 'Viewers', 'Editors'], 'editor'], [['Viewers', 'Admins'], 'admin'],
    [['Staff'], 'none'], [['admins'], 'none'], [['Viewers,Admins'], 'none'], [[], 'none'], [undefined, 'none'], ['Admins', 'admin'], [{ Admins: true }, 'none']]) {
    it(`groups ${JSON.stringify(groups)}: ${role}`, async () => {
      const who = await me(s, as(groups));
      assert.deepEqual([who.user, who.role, who.method], ['ann', role, 'oidc']);
    });
  }

  it('no group: 403 role_required, with who one is and what to do, also where anonymous visitors may look', async () => {
    const res = await s.get('/api/data', { as: as(['Staff']) });
    assert.deepEqual(code(res), [403, 'role_required']);
    assert.match(res.json().error, /signed in as ann, but no group .* ask an admin/);
  });

  it('groups that were joined by a comma are told of in the log, without their names', async () => {
    await s.get('/api/data', { as: as(['Secret,Other']) });
    assert.match(s.log(), /SP0313[^\n]*OIDCClaimDelimiter/);
    assert.doesNotMatch(s.log(), /Secret/);
  });

  it('the least role of each route', async () => {
    assert.deepEqual(code(await s.get('/api/data')), [401, 'sign_in_required']);
    assert.equal((await s.get('/api/data', { as: as(['Viewers']) })).status, 200);
    assert.deepEqual(code(await s.post('/api/data', entry, { as: as(['Viewers']) })), [403, 'role_required']);
    assert.equal((await s.post('/api/data', entry, { as: as(['Editors']) })).status, 201);
    assert.deepEqual(code(await s.send('DELETE', '/api/data/a', { as: as(['Editors']) })), [403, 'role_required']);
    assert.equal((await s.send('DELETE', '/api/data/a', { as: as(['Admins']) })).status, 200);
    assert.deepEqual(s.sql('SELECT actor FROM entry ORDER BY id').map((e) => e.actor), ['ann', 'ann']);
  });

  it('names that cannot stand in the ledger are nobody', async () => {
    for (const name of ['x'.repeat(256), 'a\nb', 'a\u0001', 'a\u202eb', 'anonymous', 'admin (PIN)', ' ann']) {
      for (const url of ['/api/data', '/api/auth/me']) {
        const res = await s.get(url, { as: as(['Admins'], name), contract: false });
        assert.equal(res.status, 403, `${JSON.stringify(name)} ${url}: ${res.status}`);
      }
    }
    assert.doesNotMatch(s.log(), /xxxx/);
  });
});

peopleSuite('a program’s access token that expires while its request is on its way', {}, (s) => {
  it('is over at its end, too; and a group is what the token says', async () => {
    s.allow(/auth_openidc:(error|warn)/);
    const body = JSON.stringify(entry), now = () => Math.floor(Date.now() / 1000);
    let ends;
    /** Where the machine is slow the token may be over before the server sees it: then with another one. */
    const beginWith = (lasts) => until('a request that has begun', () => {
      ends = now() + lasts;
      const { Authorization } = bearer(accessToken(s, 'ann', ['Editors'], { exp: ends })).headers;
      return begin(s.port, `POST /api/data HTTP/1.1\r\nHost: localhost\r\nAuthorization: ${Authorization}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n`).catch(() => null);
    });
    const late = await beginWith(4);
    await until('it to expire', () => now() > ends + 1);
    assert.equal((await late(body)).status, 401);
    assert.equal(s.sql('SELECT count(*) AS n FROM entry')[0].n, 0);
    assert.equal((await (await beginWith(600))(body)).status, 201);
  });
});

peopleSuite('a person of the provider who also has a session of the PIN', {
  anonymous: 'viewer',
  location: ['</Location>', '<Location "/api/uploads">', 'Require streampulse-role admin'],
}, (s) => {
  it('is that person for Require streampulse-role as well', async () => {
    s.allow(/AH01631|authorization failure/);
    const pin = await s.signIn();
    const uploads = async (...people) => (await s.get('/api/uploads', { headers: Object.assign({}, ...people.map((p) => p.headers)), contract: false })).status;
    assert.equal(await uploads(pin), 200);
    assert.equal(await uploads(pin, bearer(accessToken(s, 'ann', ['Viewers']))), 403);
    assert.equal(await uploads(bearer(accessToken(s, 'ann', ['Admins']))), 200);
  });

  it('is the person of the provider', async () => {
    const pin = await s.signIn();
    const both = (groups) => ({ headers: { ...pin.headers, ...bearer(accessToken(s, 'ann', groups)).headers } });
    assert.deepEqual([(await me(s, pin)).method, (await me(s, pin)).role], ['pin', 'admin']);
    assert.deepEqual([(await me(s, both(['Viewers']))).method, (await me(s, both(['Viewers']))).role], ['oidc', 'viewer']);
    assert.equal((await me(s, both([]))).role, 'none');
    assert.deepEqual(code(await s.get('/api/data', { as: both([]) })), [403, 'role_required']);
  });
});

peopleSuite('groups by directive', { location: ['StreamPulseGroupsClaim OIDC_CLAIM_roles', 'StreamPulseAdminGroups Owners Heads', 'StreamPulseEditorGroups Team'] }, (s) => {
  it('StreamPulseAdminGroups, StreamPulseEditorGroups, StreamPulseViewerGroups and StreamPulseGroupsClaim', async () => {
    const role = async (roles) => (await me(s, bearer(accessToken(s, 'ann', ['Admins'], { roles })))).role;
    assert.equal(await role(['Heads']), 'admin');
    assert.equal(await role(['x', 'Owners']), 'admin');
    assert.equal(await role(['Team']), 'editor');
    assert.equal(await role(['Viewers']), 'viewer');
    assert.equal(await role(['Admins']), 'none');
    assert.equal(await role(undefined), 'none');
  });
});

const guarded = (role, lines = []) => ['<Location "/plain.txt">', ...lines, `Require streampulse-role ${role}`, '</Location>'];

peopleSuite('groups in a variable that nobody sets', { location: ['StreamPulseGroupsClaim X-Groups'] }, (s) => {
  it('are none, whatever a header of that name says', async () => {
    for (const name of ['X-Groups', 'x-groups', 'X_Groups', 'HTTP_X-Groups']) {
      const { headers } = bearer(accessToken(s, 'ann', ['Admins']));
      assert.equal((await me(s, { headers: { ...headers, [name]: 'Admins' } })).role, 'none', name);
    }
  });
});

peopleSuite('Require streampulse-role, on a path that is not ours', {
  pin: null,
  sites: [{ prefix: '/pulse' }],
  main: () => [...guarded('editor', bearerLocation.filter((l) => !l.startsWith('Require'))), '<Location "/status">', 'SetHandler server-status', 'Require streampulse-role admin', '</Location>'],
  modules: [...bearerModules, 'status'],
}, (s) => {
  const get = (url, groups) => s.get(url, groups ? { as: bearer(accessToken(s, 'ann', groups)) } : {});

  it('lets in who has the role or a higher one; the others are 403, and who has not signed in is 401', async () => {
    s.allow(/AH01630|AH01631|AH01629|authorization failure/);
    assert.equal((await get('/plain.txt', ['Admins'])).status, 200);
    assert.equal((await get('/plain.txt', ['Editors'])).status, 200);
    assert.equal((await get('/plain.txt', ['Viewers'])).status, 403);
    assert.equal((await get('/plain.txt', ['Staff'])).status, 403);
    assert.equal((await get('/plain.txt')).status, 401);
    assert.equal((await get('/plain.txt', ['Editors', 'x\ny'])).status, 403, 'groups that cannot be read are none');
  });

  it('where no AuthType says who it is, nobody is anybody: 403', async () => {
    assert.equal((await get('/status')).status, 403);
    assert.equal((await get('/status', ['Admins'])).status, 403);
  });
});

const authn = bearerLocation.filter((l) => !l.startsWith('Require')).map((l) => l.replace('UnAuthAction pass', 'UnAuthAction 401'));
const below = (path, lines) => [`<Location "${path}">`, ...authn, ...lines, '</Location>'];
const folders = { any: '', not: '', open: '', folder: 'Require streampulse-role editor\n', typo: 'Require streampulse-role Editors\n' };

peopleSuite('Require streampulse-role among other rules', {
  pin: null,
  sites: [{ prefix: '/pulse' }],
  main: (s) => {
    for (const [name, htaccess] of Object.entries(folders)) {
      fs.mkdirSync(s.file(`htdocs/${name}`));
      fs.writeFileSync(s.file(`htdocs/${name}/x.txt`), 'x\n');
      if (htaccess) fs.writeFileSync(s.file(`htdocs/${name}/.htaccess`), htaccess);
    }
    return [
      `<Directory "${s.file('htdocs')}">`, 'AllowOverride AuthConfig', 'Require all granted', '</Directory>', ...below('/folder', []), ...below('/typo', []),
      ...below('/any', ['<RequireAny>', 'Require streampulse-role admin', 'Require ip 127.0.0.9', '</RequireAny>']),
      ...below('/not', ['<RequireAll>', 'Require valid-user', 'Require not streampulse-role editor', '</RequireAll>']),
      ...below('/open', ['<RequireAll>', 'Require all granted', 'Require not streampulse-role editor', '</RequireAll>']),
    ];
  },
  modules: [...bearerModules, 'authz_host'],
}, (s) => {
  s.allow(/AH01630|AH01631|AH01629|authorization failure/, /\[core:alert\][^\n]*\.htaccess: Require streampulse-role: "Editors" will not do/);
  const statuses = async (path, options) => {
    const got = [];
    for (const groups of [null, [], ['Viewers'], ['Editors'], ['Admins']]) got.push((await s.get(path, { ...options, as: groups ? bearer(accessToken(s, 'ann', groups)) : undefined, contract: false })).status);
    return got.join(' ');
  };

  it('one of several: the role, or another rule', async () => {
    assert.equal(await statuses('/any/x.txt'), '401 403 403 403 200');
    assert.equal(await statuses('/any/x.txt', { from: '127.0.0.9' }), '200 200 200 200 200');
  });

  it('not: whoever has that role or a higher one is kept out, and nobody is let in who was not before', async () => {
    assert.equal(await statuses('/not/x.txt'), '401 200 200 403 403');
  });

  it('not, where nobody has to sign in: httpd asks nobody then, and keeps nobody out (README says so)', async () => {
    assert.equal(await statuses('/open/x.txt'), '200 200 200 200 200');
  });

  it('in .htaccess; a role that is none is an error there, and lets nobody in', async () => {
    assert.equal(await statuses('/folder/x.txt'), '401 403 403 200 200');
    assert.equal(await statuses('/typo/x.txt'), '500 500 500 500 500');
  });
});

suite('Require not streampulse-role, beside a session of the PIN', { anonymous: 'none', modules: ['alias', 'status'], main: ['<Location "/status">', 'SetHandler server-status', '<RequireAll>', 'Require all granted', 'Require not streampulse-role admin', '</RequireAll>', '</Location>'] }, (s) => {
  it('keeps the admin out, and whom it cannot tell, too', async () => {
    s.allow(/AH01630/, /AH01627|AH01629/, /SP02\d\d/, /SP1101/);
    const as = await s.signIn();
    assert.equal((await s.get('/status', { contract: false })).status, 200);
    assert.equal((await s.get('/status', { as, contract: false })).status, 403);
    fs.renameSync(s.db, `${s.db}.away`);
    assert.ok((await s.get('/status', { as, contract: false })).status >= 400);
    fs.renameSync(`${s.db}.away`, s.db);
  });
});

suite('the product itself behind Require streampulse-role', { anonymous: 'none', location: ['Require streampulse-role viewer', '</Location>', '<Location "/api/auth">', 'Require all granted'] }, (s) => {
  it('is for those who have the role, by a session of the PIN', async () => {
    s.allow(/AH01630/);
    const as = await s.signIn();
    for (const url of ['/', '/api/stats']) {
      assert.equal((await s.get(url, { contract: false })).status, 403, url);
      assert.equal((await s.get(url, { as })).status, 200, url);
    }
  });
});

suite('Require streampulse-role beside a mount at the root', { anonymous: 'none', modules: ['alias', 'status'], main: ['<Location "/status">', 'SetHandler server-status', 'Require streampulse-role admin', '</Location>'] }, (s) => {
  it('knows the session of the PIN', async () => {
    s.allow(/AH01630/);
    const as = await s.signIn();
    assert.equal((await s.get('/status', { contract: false })).status, 403);
    assert.equal((await s.get('/status', { as, contract: false })).status, 200);
    assert.equal((await s.send('DELETE', '/api/auth', { as })).status, 200);
    assert.equal((await s.get('/status', { as, contract: false })).status, 403);
  });
});

suite('people whom another module authenticates', {
  anonymous: 'none',
  modules: ['authn_core', 'auth_basic', 'authn_file', 'authz_user', 'setenvif'],
  prepare: (s) => {
    execFileSync('htpasswd', ['-cbB', '-C', '4', s.file('passwords'), 'ann', 'secret'], { stdio: 'ignore' });
    s.own('passwords');
    s.options.location = ['AuthType Basic', 'AuthName streampulse', 'AuthBasicProvider file', `AuthUserFile "${s.file('passwords')}"`, 'Require valid-user', 'SetEnvIf Request_URI . OIDC_CLAIM_cognito-groups=Admins'];
  },
}, (s) => {
  it('(AuthType Basic) are nobody here, whatever the environment says', async () => {
    const as = { headers: { Authorization: `Basic ${Buffer.from('ann:secret').toString('base64')}` } };
    assert.equal((await s.get('/api/auth/me', { contract: false })).status, 401);
    const who = await me(s, as);
    assert.deepEqual([who.user, who.role, who.method], [null, 'none', 'anonymous']);
    assert.deepEqual(code(await s.get('/api/data', { as })), [401, 'sign_in_required']);
  });
});

it('directives about roles say what to write', () => {
  const tells = (location, pattern, main = []) => {
    const { ok, text } = configtest({ location, main });
    assert.equal(ok, false, `${location}${main}`);
    assert.match(text, pattern);
  };
  tells(['StreamPulseAdminGroups "Media Team"'], /StreamPulseAdminGroups: the group "Media Team" holds a space/);
  tells(['StreamPulseAdminGroups Admins,Owners'], /StreamPulseAdminGroups: the group "Admins,Owners" holds a comma/);
  tells(['StreamPulseGroupsClaim cognito:groups'], /StreamPulseGroupsClaim: "cognito:groups" will not do, write .*OIDC_CLAIM_cognito-groups/s);
  tells(['StreamPulseGroupsClaim HTTP_X_GROUPS'], /will not do/);
  for (const line of ['owner', 'none', '', 'admin editor', 'Admins']) tells([`Require streampulse-role ${line}`], /will not do, write the one role that is the least: viewer, editor or admin|Require/);
  tells([], /StreamPulseGroupsClaim does nothing in <Directory/, ['<Directory "/">', 'StreamPulseGroupsClaim X', '</Directory>']);
  assert.ok(configtest({ location: ['StreamPulseAdminGroups A B', 'StreamPulseEditorGroups C', 'StreamPulseViewerGroups D', 'StreamPulseGroupsClaim OIDC_CLAIM_groups', 'Require streampulse-role Viewer'] }).ok);
});
