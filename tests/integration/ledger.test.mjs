// Manual entries, deletion, and the ledger that tells of all changes.
import { assert, it, suite } from './lib/server.mjs';
import { years } from './lib/sheet.mjs';

const [sample] = years();
const week = (service, platform, week_start, viewers, more = {}) => ({ service, platform, week_start, viewers, ...more });

suite('POST /api/data', {}, (s) => {
  const enter = async (entries) => s.post('/api/data', { entries }, { as: await s.asAdmin() });
  const refused = async (body, field, code = 'bad_entry', status = 422) => {
    const res = await s.post('/api/data', body, { as: await s.asAdmin() });
    assert.deepEqual([res.status, res.json().code], [status, code], `${JSON.stringify(body).slice(0, 200)} → ${res.text}`);
    if (field) assert.ok(res.json().details.some((d) => d.field === field), res.text);
  };

  it('stores weeks and days of events, as one entry', async () => {
    const res = await enter([week('Sunday', 'YouTube', '2025-01-05', 10), week('Sunday', 'Zoom', '2025-01-05', 0, { week_end: '2025-01-05' }), { event: 'Gala', platform: 'YouTube', date: '2025-06-14', viewers: 7 }]);
    assert.equal(res.status, 201, res.text);
    const { upload } = res.json();
    assert.deepEqual([upload.kind, upload.mode, upload.rows_imported, upload.added], ['entry', 'merge', 3, 3]);
    assert.equal(res.headers.location, `/api/uploads/${upload.id}`);
    const data = await s.data();
    assert.deepEqual(data.services[0].total, [10]);
    assert.deepEqual(data.services[0].viewers.zoom, [0]);
    assert.deepEqual(data.events.map((e) => [e.name, e.total]), [['Gala', [7]]]);
  });

  it('the same again changes nothing: 200 and no entry', async () => {
    const res = await enter([week('sunday', 'youtube', '2025-01-05', 10)]);
    assert.deepEqual([res.status, res.json().upload], [200, null], res.text);
  });

  it('null clears', async () => {
    const res = await enter([week('Sunday', 'Zoom', '2025-01-05', null), { event: 'Gala', platform: 'YouTube', date: '2025-06-14', viewers: null }]);
    assert.deepEqual([res.status, res.json().upload.cleared], [201, 2], res.text);
    const data = await s.data();
    assert.deepEqual([data.services[0].platforms.map((p) => p.name), data.events], [['YouTube'], []]);
  });

  it('refuses what is not one, and names the field', async () => {
    const good = week('Sunday', 'YouTube', '2025-01-12', 1);
    await refused({ entries: [] }, 'entries');
    await refused({ entries: Array(1001).fill(good) }, 'entries');
    await refused({ entries: [good], more: 1 }, 'more');
    await refused({ entries: [7] }, 'entries[0]');
    await refused({ entries: [good, { ...good, colour: 1 }] }, 'entries[1].colour');
    for (const [field, value] of [['viewers', -1], ['viewers', 1.5], ['viewers', '5'], ['viewers', 1e12 + 1], ['viewers', true], ['week_start', '5.1.2025'], ['week_start', '2025-02-30'], ['week_start', null],
      ['week_end', '2025-01-11'], ['week_end', '2025-03-30'], ['service', ''], ['service', 5], ['platform', '   '], ['platform', 'x'.repeat(1000)], ['date', '2025-01-05']]) {
      await refused({ entries: [{ ...good, [field]: value }] }, `entries[0].${field}`);
    }
    const without = (field) => Object.fromEntries(Object.entries(good).filter(([k]) => k !== field));
    for (const field of ['service', 'platform', 'week_start', 'viewers']) await refused({ entries: [without(field)] }, `entries[0].${field}`);
    await refused({ entries: [good, { ...good, service: 'SUNDAY', viewers: 2 }] });
    await refused([good], null, 'bad_json', 400);
    await refused('{"entries": [', null, 'bad_json', 400);
    await refused('{"entries": [], "entries": []}', null, 'bad_json', 400);
    await refused('', null, 'bad_json', 400);
    const form = await s.send('POST', '/api/data', { as: await s.asAdmin(), body: 'entries=1', headers: { 'Content-Type': 'application/x-www-form-urlencoded' } });
    assert.deepEqual([form.status, form.json().code], [415, 'unsupported_media_type']);
    assert.equal((await s.get('/api/uploads')).json().uploads.length, 2);
  });

  it('names with markup, quotes and other scripts come back as they were', async () => {
    const names = ['<script>alert(1)</script>', 'O\'Brien & "Sons"', 'Преображение', '日本語', 'a\u202eb', '=1+1'];
    const res = await enter(names.map((n, i) => week(n, 'YouTube', '2025-01-05', i + 1)));
    if (res.status !== 201) assert.deepEqual(res.json().details.map((d) => d.field), ['entries[4].service'], res.text); // a direction override may be refused
    else assert.equal((await s.data()).services.length, 1 + names.length);
  });
});

suite('DELETE /api/data/{service}', {}, (s) => {
  const remove = async (name) => s.send('DELETE', `/api/data/${name}`, { as: await s.asAdmin() });

  it('takes the numbers of one service away, and tells so in the ledger', async () => {
    await s.upload(sample.csv);
    const before = await s.data();
    const res = await remove('campus-north');
    assert.equal(res.status, 200, res.text);
    assert.equal(res.json().upload.kind, 'delete');
    const after = await s.data();
    assert.deepEqual(after.services.map((x) => x.id), before.services.map((x) => x.id).filter((id) => id !== 'campus-north'));
    assert.deepEqual(after.events, before.events);
    assert.equal((await s.get('/api/data/campus-north')).status, 404);
  });

  it('an unknown service, and one that is gone, are 404', async () => {
    for (const name of ['nobody', 'campus-north']) {
      const res = await remove(name);
      assert.deepEqual([res.status, res.json().code], [404, 'service_unknown']);
    }
  });

  it('uploading the year again brings it back', async () => {
    const res = await s.upload(sample.csv);
    assert.equal(res.status, 201, res.text);
    const campus = (await s.get('/api/data/campus-north')).json().service;
    assert.equal(res.json().upload.added, Object.values(campus.viewers).flat().filter((n) => n !== null).length);
    assert.equal((await s.get('/api/stats')).json().totals.weekly_viewers, sample.expected.weekly.grand_total);
  });
});

suite('GET /api/uploads', {}, (s) => {
  it('newest first, paged without gaps or repeats', async () => {
    const as = await s.asAdmin();
    for (let i = 1; i <= 7; i++) assert.equal((await s.post('/api/data', { entries: [week('S', 'P', '2025-01-05', i)] }, { as })).status, 201);
    const all = (await s.get('/api/uploads')).json();
    assert.deepEqual(all.uploads.map((u) => u.id), [7, 6, 5, 4, 3, 2, 1]);
    assert.equal(all.next, null);
    const seen = [];
    for (let next; next !== null; ) {
      const page = (await s.get(`/api/uploads?limit=3${next ? `&before=${next}` : ''}`)).json();
      seen.push(...page.uploads.map((u) => u.id));
      next = page.next;
    }
    assert.deepEqual(seen, [7, 6, 5, 4, 3, 2, 1]);
    assert.deepEqual((await s.get('/api/uploads?before=1')).json(), { uploads: [], next: null });
  });

  it('GET /api/uploads/{id} is one of them', async () => {
    const { uploads } = (await s.get('/api/uploads')).json();
    assert.deepEqual((await s.get('/api/uploads/3')).json().upload, uploads.find((u) => u.id === 3));
    for (const id of ['99', '0', '-1', 'x', '1x', '99999999999999999999']) {
      const res = await s.get(`/api/uploads/${id}`);
      assert.deepEqual([res.status, res.json().code], [404, 'entry_unknown'], id);
    }
  });

  it('parameters that are none are 400', async () => {
    for (const query of ['limit=0', 'limit=201', 'limit=x', 'before=0', 'before=-1', 'before=x', 'limit=']) assert.deepEqual((await s.get(`/api/uploads?${query}`)).json().code, 'bad_parameter', query);
    assert.equal((await s.get('/api/uploads?page=2')).json().code, 'unknown_parameter');
  });
});
