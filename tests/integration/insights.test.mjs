// What is said about insights.
import { assert, it, suite } from './lib/server.mjs';

suite('insights', {}, (s) => {
  it('GET /api/insights/status says that none are written', async () => {
    const res = await s.get('/api/insights/status');
    assert.equal(res.status, 200);
    assert.deepEqual({ configured: res.json().configured, state: res.json().state }, { configured: false, state: 'off' });
    assert.equal((await s.get('/api/insights/status?x=1')).status, 400);
  });
});

suite('insights, for nobody but who may look', { anonymous: 'none' }, (s) => {
  it('GET /api/insights/status wants a role', async () => {
    assert.equal((await s.get('/api/insights/status')).status, 401);
  });
});
