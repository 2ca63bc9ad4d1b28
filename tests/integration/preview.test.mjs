// A dry run tells what the commit then does, and expect commits just that.
import { assert, it, suite } from './lib/server.mjs';
import { years } from './lib/sheet.mjs';

const [sample] = years();
const tidy = (rows) => `service,platform,week_start,viewers\n${rows.map((r) => r.join(',')).join('\n')}\n`;
const counts = ({ added, changed, cleared, unchanged }) => ({ added, changed, cleared, unchanged });
const plain = (data) => ({ ...data, revision: 0 });

suite('dry_run and expect', {}, (s) => {
  const uploads = async () => (await s.get('/api/uploads')).json().uploads.length;

  it('a dry run of a year lists and counts what the upload then does, and stores nothing', async () => {
    const dry = await s.upload(sample.csv, { fields: { dry_run: 1 } });
    assert.equal(dry.status, 200, dry.text);
    const plan = dry.json();
    assert.match(plan.digest, /^[0-9a-f]{64}$/);
    assert.equal(plan.cells.added.length, 100);
    assert.ok(plan.services.every((x) => x.id === null), 'new services have no id yet');
    assert.equal(await uploads(), 0);
    assert.deepEqual(s.sql('SELECT count(*) AS n FROM service')[0].n, 0);
    const res = await s.upload(sample.csv, { fields: { expect: plan.digest } });
    assert.equal(res.status, 201, res.text);
    assert.deepEqual(counts(res.json().upload), counts(plan));
    assert.deepEqual(res.json().services.map((x) => [x.name, counts(x)]), plan.services.map((x) => [x.name, counts(x)]));
    const again = await s.upload(sample.csv, { fields: { dry_run: 1 } });
    assert.deepEqual([again.json().added, again.json().changed, again.json().unchanged], [0, 0, plan.added]);
  });

  it('tells old and new of every kind, with the line', async () => {
    await s.upload(tidy([['A', 'YouTube', '2025-01-05', 1], ['A', 'YouTube', '2025-01-12', 2], ['A', 'YouTube', '2025-01-19', 3]]));
    const next = tidy([['A', 'YouTube', '2025-01-05', 1], ['A', 'YouTube', '2025-01-12', 20], ['A', 'Zoom', '2025-01-12', 4]]);
    const dry = (await s.upload(next, { fields: { dry_run: 1, mode: 'replace' } })).json();
    // The spelling that was there first stays.
    const at = (platform, start, end, more) => ({ service: 'A', platform: platform === 'YouTube' ? 'Youtube' : platform, week_start: start, week_end: end, ...more });
    assert.deepEqual(dry.cells, {
      added: [at('Zoom', '2025-01-12', '2025-01-18', { old: null, new: 4, line: 4, column: 4 })],
      changed: [at('YouTube', '2025-01-12', '2025-01-18', { old: 2, new: 20, line: 3, column: 4 })],
      cleared: [at('YouTube', '2025-01-19', '2025-01-25', { old: 3, new: null })],
      unchanged: [at('YouTube', '2025-01-05', '2025-01-11', { old: 1, new: 1, line: 2, column: 4 })],
    });
    assert.deepEqual(dry.services.map((x) => [x.id, x.name]), [['a', 'A']]);
  });

  it('names the platforms that are not known yet, beyond what the lists hold', async () => {
    const rows = Array.from({ length: 101 }, (_, i) => ['N', 'YouTube', new Date(Date.UTC(2010, 0, 3 + 7 * i)).toISOString().slice(0, 10), i]);
    const plan = (await s.upload(tidy([...rows, ['N', 'Youtub', '2025-01-05', 1], ['N', 'Zoom', '2025-01-05', 2]]), { fields: { dry_run: 1 } })).json();
    assert.deepEqual([plan.new_platforms, plan.cells.added.some((c) => c.platform === 'Youtub')], [['Youtub'], false]);
  });

  it('409 with the plan as it is now where somebody else was first, and nothing is stored', async () => {
    const mine = tidy([['B', 'Zoom', '2025-01-05', 5]]);
    const dry = (await s.upload(mine, { fields: { dry_run: 1 } })).json();
    await s.upload(tidy([['B', 'Zoom', '2025-01-05', 4]]));
    const before = [await s.data(), await uploads()];
    const res = await s.upload(mine, { fields: { expect: dry.digest } });
    assert.deepEqual([res.status, res.json().code], [409, 'plan_changed'], res.text);
    const { plan } = res.json();
    assert.deepEqual(plan.cells.changed.map((c) => [c.old, c.new]), [[4, 5]]);
    assert.deepEqual([await s.data(), await uploads()], before);
    assert.equal((await s.upload(mine, { fields: { expect: plan.digest } })).status, 201);
  });

  it('another mode is another plan', async () => {
    const file = tidy([['B', 'Zoom', '2025-01-12', 5]]);
    const dry = (await s.upload(file, { fields: { dry_run: 1 } })).json();
    assert.equal((await s.upload(file, { fields: { expect: dry.digest, mode: 'replace' } })).json().code, 'plan_changed');
  });

  it('a file with problems: 200, all of them, and no digest', async () => {
    const bad = tidy([['B', 'Zoom', '2025-01-05', 'x'], ['B', 'Zoom', '2025-13-05', 4]]);
    const dry = await s.upload(bad, { fields: { dry_run: 1 } });
    assert.deepEqual([dry.status, dry.json().digest, dry.json().problems.map((p) => [p.code, p.line])], [200, null, [['csv_bad_count', 2], ['csv_bad_date', 3]]], dry.text);
    assert.equal((await s.upload(bad)).status, 422);
    const skip = (await s.upload(tidy([['B', 'Zoom', '2025-01-05', 'x'], ['B', 'Zoom', '2025-02-02', 4]]), { fields: { dry_run: 1, on_error: 'skip' } })).json();
    assert.deepEqual([skip.added, skip.skipped, skip.problems.length], [1, 1, 1]);
    const empty = await s.upload('', { fields: { dry_run: 1 } });
    assert.equal(empty.status, 422, empty.text);
  });

  it('assumptions are told, and overridden by parameters', async () => {
    const file = 'service,platform,week_start,viewers\nC,Zoom,3/4/2025,1\n';
    const mdy = (await s.upload(file, { fields: { dry_run: 1, date_order: 'mdy' } })).json();
    const dmy = (await s.upload(file, { fields: { dry_run: 1, date_order: 'dmy' } })).json();
    assert.deepEqual([mdy.cells.added[0].week_start, dmy.cells.added[0].week_start], ['2025-03-04', '2025-04-03']);
    assert.notEqual(mdy.digest, dmy.digest);
  });

  it('names are mapped: map_service and map_platform', async () => {
    const file = tidy([['Sundy', 'You Toob', '2025-03-02', 1], ['Sunday', 'Zoom', '2025-03-02', 2]]);
    const fields = { map_service: 'Sundy=Sunday', map_platform: 'you toob=YouTube' };
    const dry = (await s.upload(file, { fields: { ...fields, dry_run: 1 } })).json();
    assert.deepEqual(dry.cells.added.map((c) => [c.service, c.platform]).sort(), [['Sunday', 'Youtube'], ['Sunday', 'Zoom']]);
    const raw = await s.uploadRaw(file, { query: `?map_service=Sundy%3DSunday&map_service=x%3Dy&map_platform=you+toob%3DYouTube&expect=${dry.digest}` });
    assert.equal(raw.status, 201, raw.text);
    for (const wrong of ['Sundy', '=x', 'x=']) assert.equal((await s.upload(file, { fields: { map_service: wrong } })).json().code, 'bad_parameter', wrong);
  });

  it('parameters that are none are 400', async () => {
    for (const query of ['dry_run=yes', 'expect=abc', `dry_run=1&expect=${'a'.repeat(64)}`]) {
      const res = await s.uploadRaw(tidy([['B', 'Zoom', '2025-01-05', 5]]), { query: `?${query}` });
      assert.deepEqual([res.status, res.json().code], [400, 'bad_parameter'], query);
    }
  });

  it('POST /api/data and DELETE /api/data/{service} have plans too', async () => {
    const as = await s.asAdmin();
    const entries = [{ service: 'A', platform: 'YouTube', week_start: '2025-01-12', viewers: null }, { event: 'Gala', platform: 'Zoom', date: '2025-06-14', viewers: 7 }];
    const before = plain(await s.data());
    const dry = await s.post('/api/data?dry_run=1', { entries }, { as });
    assert.equal(dry.status, 200, dry.text);
    assert.deepEqual(dry.json().cells.added, [{ event: 'Gala', service: null, platform: 'Zoom', date: '2025-06-14', old: null, new: 7 }]);
    const gone = await s.send('DELETE', '/api/data/a?dry_run=1', { as });
    assert.equal(gone.status, 200, gone.text);
    assert.deepEqual(plain(await s.data()), before);
    const stored = await s.post(`/api/data?expect=${dry.json().digest}`, { entries }, { as });
    assert.equal(stored.status, 201, stored.text);
    const changed = await s.send('DELETE', `/api/data/a?expect=${gone.json().digest}`, { as });
    assert.deepEqual([changed.status, changed.json().code, gone.json().cleared - changed.json().plan.cleared], [409, 'plan_changed', 1], changed.text);
    const res = await s.send('DELETE', `/api/data/a?expect=${changed.json().plan.digest}`, { as });
    assert.deepEqual([res.status, res.json().upload.cleared], [200, changed.json().plan.cleared], res.text);
  });
});
