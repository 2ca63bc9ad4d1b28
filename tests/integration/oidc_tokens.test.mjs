// Tokens that an admin made in the dashboard, beside a login with Cognito: the configurations that are shipped let them pass, and nothing else with them.
import { assert, it } from './lib/server.mjs';
import { siteSuite } from './lib/site.mjs';

const CSV = 'service,platform,week_start,viewers\nSunday,YouTube,2025-01-05,10\n';
const bearer = (secret) => ({ headers: { Authorization: `Bearer ${secret}` } });

for (const signIn of ['cognito', 'cognito-bearer']) {
  siteSuite(`tokens of the dashboard beside conf/${signIn}.conf`, { signIn }, (s) => {
    let made;

    it('an admin of the pool makes one, and a program uploads with it', async () => {
      const res = await s.post('/api/tokens', { name: 'Weekly sheet', role: 'editor', expires_in_days: 30 }, { as: await s.as('ada') });
      assert.equal(res.status, 201, res.text);
      made = res.json();
      assert.equal((await s.uploadRaw(CSV, { as: bearer(made.secret) })).status, 201);
      const me = (await s.get('/api/auth/me', { as: bearer(made.secret) })).json();
      assert.deepEqual([me.user, me.role, me.method], ['Weekly sheet (token)', 'editor', 'token']);
      assert.equal((await s.send('DELETE', '/api/data/sunday', { as: bearer(made.secret) })).status, 403);
    });

    it('one that is none opens nothing, and lends nothing to who is signed in', async () => {
      s.allow(/auth_openidc:(error|warn)/, /AH0163[01]/, /AH01629/, /Resource Server functionality/);
      const vera = await s.as('vera');
      for (const wrong of [`sp_${'0'.repeat(72)}`, `${made.secret.slice(0, -1)}x`, 'sp_', 'sp_Admins']) {
        assert.equal((await s.get('/api/data', { as: bearer(wrong), contract: false })).status, 401, wrong);
        const res = await s.uploadRaw(CSV, { as: { headers: { ...vera.headers, ...bearer(wrong).headers } }, contract: false });
        assert.ok([401, 403].includes(res.status), `${res.status}`);
      }
    });

    it('one that was taken back is over with the next request', async () => {
      assert.equal((await s.send('DELETE', `/api/tokens/${made.token.id}`, { as: await s.as('ada') })).status, 200);
      assert.equal((await s.get('/api/data', { as: bearer(made.secret), contract: false })).status, 401);
    });
  });
}
