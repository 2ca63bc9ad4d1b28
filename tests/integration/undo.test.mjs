// Undo and redo over HTTP: who may, what it does, and that the ledger still adds up.
import { execFileSync } from 'node:child_process';
import { admin, assert, it, suite } from './lib/server.mjs';
import { sessionAs } from './lib/session.mjs';
import { years } from './lib/sheet.mjs';

const [sample] = years();
const week = (service, platform, week_start, viewers) => ({ service, platform, week_start, viewers });
const plain = (data) => ({ ...data, revision: 0 });

suite('POST /api/uploads/{id}/undo', {}, (s) => {
  const undo = async (id, query = '') => s.post(`/api/uploads/${id}/undo${query}`, '', { as: await s.asAdmin() });
  const entry = async (id) => (await s.get(`/api/uploads/${id}`)).json().upload;

  it('takes an upload back and, undone itself, puts it in again', async () => {
    await s.post('/api/data', { entries: [week('Sunday', 'YouTube', '2025-01-05', 10)] }, { as: await s.asAdmin() });
    const before = plain(await s.data());
    const upload = (await s.upload(sample.csv)).json().upload;
    const full = plain(await s.data());
    const undone = await undo(upload.id);
    assert.equal(undone.status, 201, undone.text);
    const u = undone.json().upload;
    assert.deepEqual([u.kind, u.undoes, u.in_effect, undone.headers.location], ['undo', upload.id, true, `/api/uploads/${u.id}`]);
    assert.equal(u.cleared + u.changed, upload.added + upload.changed);
    assert.equal(undone.json().services.reduce((n, x) => n + x.cleared, 0) + undone.json().events.reduce((n, x) => n + x.cleared, 0), u.cleared);
    assert.deepEqual(plain(await s.data()), before);
    assert.deepEqual([(await entry(upload.id)).in_effect, (await entry(upload.id)).undone_by], [false, u.id]);
    const redone = await undo(u.id);
    assert.equal(redone.status, 201, redone.text);
    assert.equal(redone.json().upload.added, u.cleared);
    assert.deepEqual(plain(await s.data()), full);
    assert.deepEqual([(await entry(upload.id)).in_effect, (await entry(upload.id)).undone_by, (await entry(u.id)).undone_by], [true, null, redone.json().upload.id]);
  });

  it('leaves what later entries say', async () => {
    const first = (await s.post('/api/data', { entries: [week('Late', 'Zoom', '2025-01-05', 1)] }, { as: await s.asAdmin() })).json().upload;
    await s.post('/api/data', { entries: [week('Late', 'Zoom', '2025-01-05', 2)] }, { as: await s.asAdmin() });
    const res = await undo(first.id);
    assert.deepEqual([res.status, res.json().upload.unchanged, res.json().upload.cleared], [201, 1, 0], res.text);
    assert.deepEqual((await s.get('/api/data/late')).json().service.total, [2]);
  });

  it('a deletion is undone like anything else', async () => {
    const before = plain(await s.data());
    const gone = (await s.send('DELETE', '/api/data/late', { as: await s.asAdmin() })).json().upload;
    assert.equal((await s.get('/api/data/late')).status, 404);
    assert.equal((await undo(gone.id)).status, 201);
    assert.deepEqual(plain(await s.data()), before);
  });

  it('a second undo is a 409, an unknown entry a 404', async () => {
    const { id } = (await s.post('/api/data', { entries: [week('Twice', 'Zoom', '2025-01-05', 1)] }, { as: await s.asAdmin() })).json().upload;
    assert.equal((await undo(id)).status, 201);
    const again = await undo(id);
    assert.deepEqual([again.status, again.json().code], [409, 'already_undone'], again.text);
    for (const wrong of ['999', '0', 'x']) assert.deepEqual([(await undo(wrong)).status, (await undo(wrong)).json().code], [404, 'entry_unknown'], wrong);
    assert.equal((await undo(id, '?force=1')).json().code, 'unknown_parameter');
  });

  it('a dry run tells and does nothing; expect does just that', async () => {
    const { id } = (await s.post('/api/data', { entries: [week('Plan', 'Zoom', '2025-01-05', 7)] }, { as: await s.asAdmin() })).json().upload;
    const before = await s.data();
    const dry = await undo(id, '?dry_run=1');
    assert.equal(dry.status, 200, dry.text);
    assert.deepEqual(dry.json().cells.cleared, [{ service: 'Plan', platform: 'Zoom', week_start: '2025-01-05', week_end: '2025-01-11', old: 7, new: null }]);
    assert.deepEqual(await s.data(), before);
    await s.post('/api/data', { entries: [week('Plan', 'Zoom', '2025-01-05', 8)] }, { as: await s.asAdmin() });
    const changed = await undo(id, `?expect=${dry.json().digest}`);
    assert.deepEqual([changed.status, changed.json().code, changed.json().plan.cleared, changed.json().plan.unchanged], [409, 'plan_changed', 0, 1], changed.text);
    assert.equal((await entry(id)).in_effect, true);
    assert.equal((await undo(id, `?expect=${changed.json().plan.digest}`)).status, 201);
  });

  it('an undone edit shows the old name again', async () => {
    const edit = await s.send('PATCH', '/api/services/plan', { as: await s.asAdmin(), body: JSON.stringify({ name: 'Renamed' }), headers: { 'Content-Type': 'application/json' } });
    assert.equal(edit.status, 200, edit.text);
    const { id } = (await s.get('/api/uploads?limit=1')).json().uploads[0];
    assert.equal((await undo(id)).status, 201);
    assert.ok((await s.data()).services.some((x) => x.name === 'Plan'));
  });

  it('afterwards the ledger and the numbers agree', () => {
    assert.match(execFileSync(admin, ['check', '--db', s.db], { encoding: 'utf8' }), /\S/);
  });
});

suite('who may undo', {}, (s) => {
  it('editors undo what they did themselves, and nothing else', async () => {
    const as = await sessionAs(s, 'editor', 'Ed');
    const mine = (await s.post('/api/data', { entries: [week('Mine', 'Zoom', '2025-01-05', 1)] }, { as })).json().upload;
    const theirs = (await s.post('/api/data', { entries: [week('Theirs', 'Zoom', '2025-01-05', 1)] }, { as: await s.asAdmin() })).json().upload;
    for (const query of ['', '?dry_run=1']) {
      const res = await s.post(`/api/uploads/${theirs.id}/undo${query}`, '', { as });
      assert.deepEqual([res.status, res.json().code], [403, 'role_required'], res.text);
    }
    const res = await s.post(`/api/uploads/${mine.id}/undo`, '', { as });
    assert.equal(res.status, 201, res.text);
    const back = await s.post(`/api/uploads/${res.json().upload.id}/undo`, '', { as: await s.asAdmin() });
    assert.equal(back.status, 201, back.text);
  });
});

suite('who may not', {}, (s) => {
  it('viewers undo nothing', async () => {
    const res = await s.post('/api/uploads/1/undo', '');
    assert.deepEqual([res.status, res.json().code], [401, 'sign_in_required']);
  });
});
