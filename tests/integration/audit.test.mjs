// Who did what: one entry for each change, in its transaction; paged, filtered, and as CSV.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { admin, assert, it, suite } from './lib/server.mjs';

const tidy = (rows) => `service,platform,week_start,viewers\n${rows.map((r) => r.join(',')).join('\n')}\n`;
const week = (viewers, service = 'A') => ({ entries: [{ service, platform: 'Zoom', week_start: '2025-01-05', viewers }] });

suite('GET /api/audit', {}, (s) => {
  const list = async (query = '', options = {}) => {
    const res = await s.get(`/api/audit${query}`, { as: await s.asAdmin(), ...options });
    assert.equal(res.status, 200, res.text);
    return res.json();
  };
  const changes = () => s.sql("SELECT id, actor, role, method, address, action, target, detail, result, count FROM audit_log WHERE action IN ('upload', 'entry', 'edit', 'delete', 'undo') ORDER BY id");
  /** What the action left in the log. */
  const left = async (action) => {
    const before = changes().length;
    const res = await action();
    assert.ok(res.status < 300, res.text);
    const after = changes().slice(before);
    assert.equal(after.length, 1, JSON.stringify(after));
    return after[0];
  };

  it('each kind of change is one entry, with the number of the ledger as target', async () => {
    const as = await s.asAdmin();
    const kinds = [];
    const doing = async (action) => kinds.push(await left(action));
    await doing(() => s.upload(tidy([['A', 'Zoom', '2025-01-05', 1], ['A', 'Teams', '2025-01-12', 2]]), { name: 'first.csv' }));
    await doing(() => s.post('/api/data', week(3), { as }));
    await doing(() => s.send('PATCH', '/api/services/a', { as, body: '{"name":"Aa","color":"#123456"}', headers: { 'Content-Type': 'application/json' } }));
    await doing(() => s.send('PATCH', '/api/platforms/zoom', { as, body: '{"color":"#123457"}', headers: { 'Content-Type': 'application/json' } }));
    await doing(() => s.post('/api/special-events', { name: 'Gala', start_date: '2025-06-14', end_date: '2025-06-14' }, { as }));
    await doing(() => s.send('PATCH', '/api/special-events/gala-2025', { as, body: '{"description":"x"}', headers: { 'Content-Type': 'application/json' } }));
    await doing(() => s.send('DELETE', '/api/special-events/gala-2025', { as }));
    await doing(() => s.send('PATCH', '/api/platforms/teams', { as, body: '{"merge_into":"zoom"}', headers: { 'Content-Type': 'application/json' } }));
    await doing(() => s.send('DELETE', '/api/data/a', { as }));
    await doing(() => s.post('/api/uploads/1/undo', '', { as }));
    await doing(() => s.post('/api/uploads/10/undo', '', { as }));
    assert.deepEqual(kinds.map((e) => [e.action, e.target]), ['upload', 'entry', 'edit', 'edit', 'edit', 'edit', 'delete', 'edit', 'delete', 'undo', 'undo'].map((action, i) => [action, String(i + 1)]));
    assert.deepEqual(kinds[0], { id: kinds[0].id, actor: 'admin (PIN)', role: 'admin', method: 'pin', address: '127.0.0.1', action: 'upload', target: '1', detail: 'merge: 2 added, 0 changed, 0 cleared, first.csv', result: 'ok', count: 1 });
    assert.match(kinds[9].detail, /^of 1: /);
  });

  it('what changes nothing writes nothing: a dry run, the same once more, what is refused', async () => {
    const as = await s.asAdmin();
    await s.post('/api/data', week(5, 'C'), { as });
    const before = s.sql('SELECT count(*) AS n FROM audit_log')[0].n;
    for (const res of [await s.post('/api/data?dry_run=1', week(6, 'C'), { as }), await s.post('/api/data', week(5, 'C'), { as }), await s.upload('nonsense'), await s.send('DELETE', '/api/data/zzz', { as }),
      await s.send('DELETE', '/api/data/c?dry_run=1', { as }), await s.send('PATCH', '/api/services/c', { as, body: '{"name":"C"}', headers: { 'Content-Type': 'application/json' } })])
      assert.ok(res.status < 500, res.text);
    assert.equal(s.sql('SELECT count(*) AS n FROM audit_log')[0].n, before);
  });

  it('newest first, page by page', async () => {
    const all = (await list('?limit=200')).entries;
    assert.deepEqual(all.map((e) => e.id), all.map((_, i) => all[0].id - i), 'no gap');
    const paged = [];
    for (let next = '', pages = 0; next !== null && pages < 50; pages++) {
      const page = await list(`?limit=5${next && `&before=${next}`}`);
      paged.push(...page.entries);
      next = page.next;
    }
    assert.deepEqual(paged, all);
    assert.deepEqual((await list('?before=1')), { entries: [], next: null });
    assert.match(all[0].at, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  });

  it('by actor, action and day, also page by page', async () => {
    const edits = (await list('?action=edit&limit=3')).entries;
    assert.deepEqual(edits.map((e) => e.action), ['edit', 'edit', 'edit']);
    const more = await list(`?action=edit&limit=3&before=${edits[2].id}`);
    assert.ok(more.entries.length && more.entries.every((e) => e.action === 'edit' && e.id < edits[2].id));
    const actor = encodeURIComponent('admin (PIN)');
    assert.ok((await list(`?actor=${actor}&action=undo`)).entries.length >= 2);
    assert.deepEqual((await list('?actor=nobody')).entries, []);
    assert.deepEqual((await list('?action=nothing')).entries, []);
    const today = new Date().toISOString().slice(0, 10);
    assert.ok((await list(`?from=${today}&to=${today}&actor=${actor}`)).entries.length);
    assert.deepEqual((await list('?to=2000-01-01')).entries, []);
    assert.deepEqual((await list('?from=2100-01-01')).entries, []);
    for (const query of ['limit=0', 'limit=201', 'before=x', 'from=x', 'from=2025-01-02&to=2025-01-01', 'action=', 'action=x%20y', 'actor=', 'format=xml', 'format=csv&limit=5', 'format=csv&before=5'])
      assert.equal((await s.get(`/api/audit?${query}`, { as: await s.asAdmin() })).json().code, 'bad_parameter', query);
  });

  it('is for admins only, and never stored', async () => {
    assert.equal((await s.get('/api/audit')).status, 401);
    for (const role of ['viewer', 'editor']) {
      const as = await s.signIn();
      const hash = createHash('sha256').update(as.cookie.split('=')[1]).digest('hex');
      execFileSync('sqlite3', [s.db, `UPDATE session SET role = '${role}' WHERE token_hash = '${hash}'`]);
      const res = await s.get('/api/audit', { as });
      assert.deepEqual([res.status, res.json().code], [403, 'role_required']);
    }
    const res = await s.get('/api/audit', { as: await s.asAdmin() });
    assert.deepEqual([res.headers['cache-control'], res.headers.etag], ['no-store', undefined]);
  });

  it('as CSV: all that match, safe in a spreadsheet, and an entry itself', async () => {
    const as = await s.asAdmin();
    await s.upload(tidy([['D', 'Zoom', '2025-01-05', 1]]), { name: '=cmd,"x".csv' });
    const { entries } = await list('?limit=200');
    const res = await s.get('/api/audit?format=csv', { as });
    assert.equal(res.status, 200);
    assert.match(res.headers['content-type'], /^text\/csv/);
    assert.match(res.headers['content-disposition'], /filename="streampulse-audit-\d{4}-\d\d-\d\d\.csv"/);
    const lines = res.text.trimEnd().split('\r\n');
    assert.equal(lines[0], 'id,at,actor,role,method,address,request_id,action,target,detail,result,count,hash');
    assert.equal(lines.length, entries.length + 1);
    assert.ok(lines[1].startsWith(`${entries[0].id},${entries[0].at},admin (PIN),admin,pin,127.0.0.1,`), lines[1]);
    assert.ok(lines[1].endsWith(`,${entries[0].hash}`));
    const read = (await list('?limit=1')).entries[0];
    assert.deepEqual([read.action, read.target, read.actor], ['audit_read', 'format=csv', 'admin (PIN)']);
    assert.equal((await s.get('/api/audit?format=csv&action=undo', { as })).text.trimEnd().split('\r\n').length, 1 + entries.filter((e) => e.action === 'undo').length);
  });

  it('each entry is a line of the error log, with its hash', async () => {
    for (const e of (await list('?limit=200')).entries)
      assert.ok(s.log().includes(`SP1400: audit ${e.id}:${e.hash} ${e.action} by "${e.actor}"`), `entry ${e.id}`);
  });
});
