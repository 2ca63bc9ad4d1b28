// Where it is mounted, which database serves which site, and that other sites and locations are left alone.
import fs from 'node:fs';
import { assert, configtest, it, suite } from './lib/server.mjs';

const csv = (name) => `service,platform,week_start,viewers\n${name},YouTube,2025-01-05,10\n`;

suite('at a prefix', {
  sites: [{ prefix: '/pulse', location: [] }],
  main: ['<Directory "/">', 'Require all denied', '</Directory>', '<Location "/plain.txt">', 'Require all granted', '</Location>'],
  prepare: (s) => fs.mkdirSync(s.file('htdocs/pulse/api'), { recursive: true }),
}, (s) => {
  it('answers below the prefix, and at it', async () => {
    assert.equal((await s.upload(csv('Sunday'))).status, 201);
    assert.equal((await s.data()).services.length, 1);
    assert.equal((await s.get('/pulse/readyz')).status, 200);
    const page = await s.get('/pulse/');
    assert.deepEqual([page.status, /^text\/html/.test(page.headers['content-type'])], [200, true]);
    const bare = await s.get('/pulse', { contract: false });
    assert.ok(bare.status === 200 || (bare.status >= 301 && bare.status <= 308 && bare.headers.location.endsWith('/pulse/')), `${bare.status}`);
  });

  it('folders of that name on disk do not get in the way', async () => {
    assert.equal((await s.get('/pulse/api')).status, 404);
    assert.equal((await s.get('/pulse/api/')).json().code, 'not_found');
  });

  it('the cookie is for the prefix only', async () => {
    const res = await s.post('/pulse/api/auth', { pin: s.options.pin });
    assert.match(res.headers['set-cookie'][0], /Path=\/pulse(\/)?(;|$)/);
    assert.equal((await s.get('/pulse/api/auth/me')).json().login_url, '/pulse/api/auth');
  });

  it('leaves the rest of the site alone', async () => {
    for (const url of ['/api/data', '/healthz', '/pulsesomething', '/pulsesomething/api/data']) {
      const res = await s.get(url, { contract: false });
      assert.ok([403, 404].includes(res.status), `${url} ${res.status}`);
      assert.match(res.headers['content-type'], /text\/html/);
    }
    s.allow(/AH01630: client denied by server configuration/, /AH00128|AH00035/);
  });

  it('paths with dots, doubled slashes and escapes stay inside', async () => {
    for (const url of ['/pulse/./api/data', '/pulse//api/data', '/pulse/x/../api/data', '/pulse/api/%64ata']) assert.ok([200, 404].includes((await s.get(url, { contract: false })).status), url);
    for (const url of ['/pulse/../plain.txt', '/pulse/%2e%2e/plain.txt']) {
      const res = await s.get(url, { contract: false });
      assert.ok(res.text === 'plain\n' || res.status >= 400, url);
    }
    assert.equal((await s.get('/pulse/api%2Fdata', { contract: false })).status, 404);
    assert.ok((await s.get('/pulse/api/data/a%00b', { contract: false })).status >= 400);
  });
});

suite('several sites, several databases', {
  sites: [{ host: 'one.test', db: 'one.db' }, { host: 'two.test', db: 'two.db', prefix: '/stats' }, { host: 'plain.test', db: 'unused.db', mount: false }],
}, (s) => {
  it('each has its own numbers and sessions', async () => {
    assert.equal((await s.upload(csv('One'), { host: 'one.test' })).status, 201);
    assert.equal((await s.upload(csv('Two'), { host: 'two.test' })).status, 201);
    assert.deepEqual((await s.data('', { host: 'one.test' })).services.map((x) => x.name), ['One']);
    assert.deepEqual((await s.data('', { host: 'two.test' })).services.map((x) => x.name), ['Two']);
    const as = await s.asAdmin('one.test');
    assert.equal((await s.get('/stats/api/auth/me', { host: 'two.test', as })).json().role, 'viewer');
  });

  it('a site without a mount is a plain site', async () => {
    assert.equal((await s.get('/plain.txt', { host: 'plain.test', contract: false })).text, 'plain\n');
    const res = await s.get('/api/data', { host: 'plain.test', contract: false });
    assert.deepEqual([res.status, /html/.test(res.headers['content-type'])], [404, true]);
    assert.ok(!fs.existsSync(s.file('unused.db')));
  });

  it('ETags of two databases differ', async () => {
    const a = await s.get('/api/data', { host: 'one.test' });
    const b = await s.get('/stats/api/data', { host: 'two.test' });
    assert.notEqual(a.headers.etag, b.headers.etag);
  });

  it('a graceful restart keeps sessions and numbers', async () => {
    const as = await s.asAdmin('one.test');
    await s.graceful();
    assert.equal((await s.get('/api/auth/me', { host: 'one.test', as })).json().role, 'admin');
    assert.deepEqual((await s.data('', { host: 'two.test' })).services.map((x) => x.name), ['Two']);
  });
});

suite('switched off below', { main: [] , sites: [{ prefix: '', location: [] }], location: ['</Location>', '<Location "/plain.txt">', 'StreamPulse Off', '</Location>', '<Location "/">'] }, (s) => {
  it('StreamPulse Off gives a path back to the site', async () => {
    assert.equal((await s.get('/plain.txt', { contract: false })).text, 'plain\n');
    assert.equal((await s.get('/api/data')).status, 200);
  });
});

const faulty = (lines, options = {}) => configtest({ sites: [{ mount: false }], main: lines, ...options });
const says = (result, pattern) => {
  assert.ok(!result.ok, 'the configuration was accepted');
  assert.match(result.text, pattern);
};
const at = (...lines) => ['<Location "/">', ...lines, '</Location>'];

suite('the configuration that is right', {}, (s) => {
  it('every directive can be set', () => {
    const result = configtest({
      main: ['StreamPulseWriteTimeout 4000', 'StreamPulsePoolTimeout 1500', 'StreamPulseCacheBytes 8M', 'StreamPulseHeavyMax 3', 'StreamPulseHeavyTimeout 30000'],
      location: ['StreamPulseExportRole editor', 'StreamPulseSessionIdle 600', 'StreamPulseSessionLifetime 86400', 'StreamPulseUploadMaxBytes 50M', 'StreamPulseUploadMaxRows 100000',
        'StreamPulseUploadMaxColumns 500', 'StreamPulseUploadMaxCellBytes 4K', 'StreamPulseUploadMaxProblems 20', 'StreamPulseUploadMaxNames 100', 'StreamPulseJsonMaxBytes 128K'],
    });
    assert.ok(result.ok, result.text);
  });

  it('a directive in the main server holds in a virtual host, and the nearer one wins', async () => {
    assert.ok(configtest({ sites: [{ host: 'a.test' }, { host: 'b.test', db: 'b.db', server: ['StreamPulseWriteTimeout 100'] }], main: ['StreamPulseWriteTimeout 900'] }).ok);
    assert.equal((await s.get('/healthz')).status, 200);
  });

  it('mistakes are told with what to write instead', () => {
    says(faulty(['StreamPulse On']), /<Location/);
    says(faulty(['<LocationMatch "^/x">', 'StreamPulse On', '</LocationMatch>']), /<Location "\/pulse">/);
    says(faulty(['<Directory "/tmp">', 'StreamPulse On', '</Directory>']), /<Location/);
    says(faulty(at('StreamPulse Maybe')), /On or Off/);
    says(faulty(at('StreamPulse On', 'StreamPulseAnonymousRole editor')), /none or viewer/);
    says(faulty(at('StreamPulse On', 'StreamPulseExportRole none')), /viewer, editor or admin/);
    says(faulty(at('StreamPulse On', 'StreamPulseUploadMaxBytes lots')), /100M/);
    says(faulty(at('StreamPulse On', 'StreamPulseUploadMaxRows 0')), /from 1 to/);
    says(faulty(at('StreamPulse On', 'StreamPulseSessionIdle 5')), /from 60 to/);
    says(faulty(['StreamPulseWriteTimeout soon']), /milliseconds/);
    says(faulty(['StreamPulseSpoolDir "/nowhere/at/all"']), /no folder/);
    says(faulty(['<Directory "/tmp">', 'StreamPulseUploadMaxRows 5', '</Directory>']), /<Location>/);
  });

  it('a mount without a database that can work is told, with the line to add', () => {
    const without = (line) => configtest({ sites: [{ mount: false }], main: ['<VirtualHost *:1>', 'ServerName x.test', line, '<Location "/">', 'StreamPulse On', '</Location>', '</VirtualHost>'] });
    says(without(''), /DBDriver sqlite3/);
    says(without('DBDriver sqlite3'), /DBDParams "file:/);
    says(without('DBDriver sqlite3\nDBDParams "file:relative.db?mode=rw"'), /DBDParams "file:\//);
    says(without('DBDriver sqlite3\nDBDParams "file:/tmp/x.db?mode=rw"\nDBDMax 1'), /DBDMax|DBDKeep/);
  });
});
