// conf/container.conf as it is shipped, with what "-D" adds to it: Cognito behind a load balancer, probes of their own, a screen on a wall.
import { execFileSync } from 'node:child_process';
import { after, before } from 'node:test';
import { CLIENT_ID, CLIENT_SECRET, Cognito, POOL } from './lib/cognito.mjs';
import { Container, containerSuite } from './lib/container.mjs';
import { request } from './lib/http.mjs';
import { HANGS_MS } from './lib/patience.mjs';
import { assert, describe, freePort, httpd, it } from './lib/server.mjs';
import { password, people } from './lib/site.mjs';
import { Visitor } from './lib/visitor.mjs';

const SITE = 'https://viewers.example.org';
const FLAGS = ['STREAMPULSE_BALANCER', 'STREAMPULSE_COGNITO', 'STREAMPULSE_INTERNAL'];

for (const flags of [FLAGS, [...FLAGS, 'STREAMPULSE_BEARER']]) {
  describe(`the container with ${flags.join(', ')}`, { timeout: HANGS_MS }, () => {
    const pool = new Cognito(people());
    let s, internal;
    before(async () => {
      await pool.start();
      pool.serve(`${SITE}/`);
      internal = await freePort();
      s = new Container({ flags, environment: () => ({
        STREAMPULSE_URL: SITE, STREAMPULSE_BALANCER_NETWORKS: '127.0.0.1/32 10.0.0.0/24', STREAMPULSE_INTERNAL: `127.0.0.1:${internal}`, COGNITO_ISSUER: pool.issuer, COGNITO_POOL: POOL.slice(1), COGNITO_LOGIN: pool.origin,
        COGNITO_CLIENT_ID: CLIENT_ID, COGNITO_CLIENT_SECRET: CLIENT_SECRET, STREAMPULSE_LOGIN_PASSPHRASE: 'any text that is long enough',
      }) });
      s.allow(/URL scheme \(http\) of the configured/, /Resource Server functionality is deprecated/);
      await s.start();
    });
    after(async () => {
      await s?.kill();
      await pool.stop();
    });

    const visitor = () => new Visitor({ ports: { 'viewers.example.org': s.port }, headers: { 'X-Forwarded-For': '203.0.113.7', 'X-Forwarded-Proto': 'https' } });

    it('people sign in, and the access log has their address and nothing that a login could be taken over with', async () => {
      const ada = visitor();
      assert.equal((await ada.signIn(`${SITE}/`, 'ada', password)).status, 200);
      assert.equal((await ada.ask(`${SITE}/api/auth/me`)).json().role, 'admin');
      assert.equal((await visitor().ask(`${SITE}/api/data`)).status, 401);
      assert.match(s.access(), /^203\.0\.113\.7 - \S+ \[[^\]]+\] "GET \/oauth2callback HTTP\/1\.1" 302 /m);
      assert.doesNotMatch(s.access(), /code=|state=|eyJ/);
    });

    it('programs get in with an access token only where that was asked for', async () => {
      const res = await visitor().ask(`${SITE}/api/data`, { headers: { Authorization: `Bearer ${pool.accessToken('vera')}` } });
      assert.equal(res.status, flags.includes('STREAMPULSE_BEARER') ? 200 : 401);
    });

    it('probes are answered at their own address only', async () => {
      s.allow(/AH01630/);
      for (const path of ['/healthz', '/readyz', '/api/stats']) assert.equal((await request(internal, 'GET', path)).status, 200, path);
      for (const path of ['/healthz', '/readyz']) assert.equal((await visitor().ask(SITE + path)).status, 403, path);
    });

    it('stops cleanly, with nothing undeclared in the error log', () => s.finish());
  });
}

containerSuite('the container with STREAMPULSE_WALL', { flags: ['STREAMPULSE_WALL'] }, (s) => {
  it('everybody looks, and nobody signs in', async () => {
    s.allow(/AH01630/);
    assert.equal((await s.get('/api/data')).status, 200);
    assert.equal((await s.post('/api/auth', { pin: s.options.pin }, { contract: false })).status, 403);
  });
});

it('Cognito over plain http is refused at the start', () => {
  const s = new Container();
  s.makeFolder();
  s.port = 1;
  try {
    const command = [httpd(), '-t', '-f', s.file('conf/container.conf'), '-D', 'STREAMPULSE_COGNITO'];
    assert.throws(() => execFileSync(command[0], command.slice(1), { env: s.environment(), stdio: 'pipe' }), /STREAMPULSE_COGNITO wants -D STREAMPULSE_BALANCER/);
  } finally {
    s.kill();
  }
});
