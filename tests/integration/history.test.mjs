// What happened to a number, what an entry said and changed, and the data as they were.
import { assert, it, suite } from './lib/server.mjs';
import { years } from './lib/sheet.mjs';

const [sample] = years();
const tidy = (rows) => `service,platform,week_start,viewers\n${rows.map((r) => r.join(',')).join('\n')}\n`;
const plain = (data) => ({ ...data, revision: 0 });

suite('GET /api/history', {}, (s) => {
  const history = async (query, options) => s.get(`/api/history?${query}`, options);
  const cell = 'service=a&platform=zoom&week=2025-01-05';

  it('every entry that ever spoke about a number, newest first, and which of them it comes from', async () => {
    const as = await s.asAdmin();
    await s.upload(tidy([['B', 'Zoom', '2025-01-05', 9], ['A', 'Zoom', '2025-01-05', 1]]), { name: 'first.csv' });
    await s.upload(tidy([['A', 'Zoom', '2025-01-05', 2]]), { name: 'second.csv' });
    await s.upload(tidy([['A', 'Zoom', '2025-01-12', 3]]), { fields: { mode: 'replace' } });
    await s.post('/api/data', { entries: [{ service: 'A', platform: 'Zoom', week_start: '2025-01-05', viewers: 4 }] }, { as });
    await s.post('/api/uploads/4/undo', '', { as });
    const res = await history(cell, { as });
    assert.equal(res.status, 200, res.text);
    const h = res.json();
    assert.deepEqual(h.cell, { service: { id: 'a', name: 'A' }, platform: { id: 'zoom', name: 'Zoom' }, week_start: '2025-01-05' });
    assert.equal(h.viewers, null);
    assert.deepEqual(h.entries.map((e) => [e.entry.id, e.says, e.by, e.line, e.in_effect, e.wins]), [
      [4, 4, 'words', undefined, false, false], [3, null, 'scope', undefined, true, true], [2, 2, 'words', 2, true, false], [1, 1, 'words', 3, true, false],
    ]);
    assert.equal(h.entries[3].entry.filename, 'first.csv');
    assert.ok(h.entries[0].entry.actor);
    assert.equal((await history(cell)).json().entries[0].entry.actor, null);
  });

  it('is paged', async () => {
    const first = (await history(`${cell}&limit=3`)).json();
    const second = (await history(`${cell}&limit=3&before=${first.next}`)).json();
    assert.deepEqual([first, second].map((h) => h.entries.map((e) => e.entry.id)), [[4, 3, 2], [1]]);
    assert.deepEqual([second.next, second.entries[0].wins], [null, false]);
  });

  it('an event by its id and by its name; what is unknown is 404', async () => {
    await s.post('/api/data', { entries: [{ event: 'Gala', platform: 'Zoom', date: '2025-06-14', viewers: 7 }] }, { as: await s.asAdmin() });
    for (const event of ['gala-2025', 'GALA']) {
      const h = (await history(`event=${event}&platform=zoom&date=2025-06-14`)).json();
      assert.deepEqual([h.viewers, h.cell.event, h.cell.service, h.entries[0].wins], [7, { id: 'gala-2025', name: 'Gala' }, null, true]);
    }
    assert.deepEqual((await history('event=gala-2025&platform=zoom&date=2025-06-15')).json().entries, []);
    for (const [query, code] of [['service=x&platform=zoom&week=2025-01-05', 'service_unknown'], ['service=a&platform=x&week=2025-01-05', 'platform_unknown'], ['event=x&platform=zoom&date=2025-01-05', 'event_unknown']])
      assert.deepEqual([(await history(query)).status, (await history(query)).json().code], [404, code]);
  });

  it('parameters that are none are 400', async () => {
    for (const query of ['', 'service=a&platform=zoom', 'service=a&week=2025-01-05', 'platform=zoom&week=2025-01-05', `${cell}&date=2025-01-05`, 'service=a&platform=zoom&week=5.1.2025', `${cell}&limit=0`, `${cell}&before=x`])
      assert.equal((await history(query)).json().code, 'bad_parameter', query);
  });
});

suite('GET /api/uploads/{id} in detail', {}, (s) => {
  const pages = async (id, include, limit) => {
    const rows = [];
    for (let after; after !== null; ) {
      const res = await s.get(`/api/uploads/${id}?include=${include}&limit=${limit}${after ? `&after=${after}` : ''}`);
      assert.equal(res.status, 200, res.text);
      const page = res.json();
      assert.ok(page[include].length <= limit);
      rows.push(...page[include]);
      after = page.next;
    }
    return rows;
  };

  it('what an upload said, in pages, is every number of it', async () => {
    const { upload } = (await s.upload(sample.csv)).json();
    const said = await pages(upload.id, 'said', 97);
    assert.equal(said.length, upload.rows_imported);
    assert.deepEqual(said, await pages(upload.id, 'said', 1000));
    assert.ok(said.every((r) => r.line > 0 && r.column > 0));
    assert.equal(said.reduce((n, r) => n + (r.event ? 0 : r.viewers), 0), sample.expected.weekly.grand_total);
  });

  it('what it changed, old and new, is what its counts say; for an undo as well', async () => {
    const as = await s.asAdmin();
    const { upload } = (await s.upload(tidy([['Sunday Service', 'YouTube', '2025-01-05', 1], ['New', 'YouTube', '2025-01-05', 2]]), { fields: { mode: 'replace' } })).json();
    const undo = (await s.post(`/api/uploads/${upload.id}/undo`, '', { as })).json().upload;
    for (const e of [(await s.get('/api/uploads/1')).json().upload, upload, undo]) {
      const changed = await pages(e.id, 'changed', 60);
      assert.deepEqual([changed.filter((c) => c.old === null).length, changed.filter((c) => c.new === null).length, changed.length], [e.added, e.cleared, e.added + e.changed + e.cleared], `entry ${e.id}`);
    }
    const back = await pages(undo.id, 'changed', 1000);
    const forth = await pages(upload.id, 'changed', 1000);
    assert.deepEqual(back.map((c) => [c.service, c.week_start, c.old, c.new]), forth.map((c) => [c.service, c.week_start, c.new, c.old]));
    const { clears } = (await s.get(`/api/uploads/${upload.id}?include=said`)).json();
    assert.deepEqual(clears.map((c) => [c.reach, c.service]).sort(), [['weeks', 'New'], ['weeks', 'Sunday Service']]);
  });

  it('parameters that are none are 400', async () => {
    for (const query of ['include=x', 'limit=5', 'after=0000000000000001', 'include=said&limit=1001', 'include=said&after=1']) assert.equal((await s.get(`/api/uploads/1?${query}`)).json().code, 'bad_parameter', query);
  });
});

suite('as_of', {}, (s) => {
  const seen = [];
  const look = async (query) => {
    const parts = await Promise.all(['/api/data', '/api/special-events', '/api/export'].map((p) => s.get(`${p}${query}`)));
    assert.deepEqual(parts.map((r) => r.status), [200, 200, 200], parts[0].text);
    return [plain(parts[0].json()), plain(parts[1].json()), parts[2].text];
  };

  it('shows every moment as it was, and then the present again', async () => {
    const as = await s.asAdmin();
    const steps = [
      () => s.upload(sample.csv), () => s.upload(tidy([['Sunday Service', 'YouTube', '2025-01-05', 1]]), { fields: { mode: 'replace' } }),
      () => s.send('DELETE', '/api/data/campus-north', { as }), () => s.post('/api/uploads/2/undo', '', { as }),
      () => s.post('/api/data', { entries: [{ event: 'Gala', platform: 'Zoom', date: '2025-06-14', viewers: 7 }] }, { as }), () => s.post('/api/uploads/4/undo', '', { as }),
      () => s.post('/api/special-events', { name: 'By hand', start_date: '2025-08-01', end_date: '2025-08-02' }, { as }),
      () => s.send('PATCH', '/api/special-events/by-hand-2025', { as, headers: { 'Content-Type': 'application/json' }, body: '{"start_date":"2025-09-01"}' }),
      () => s.send('DELETE', '/api/special-events/by-hand-2025', { as }), () => s.post('/api/uploads/9/undo', '', { as }),
    ];
    for (const step of steps) {
      const res = await step();
      assert.ok([200, 201].includes(res.status), res.text);
      seen.push(await look(''));
    }
    for (let i = 0; i < seen.length; i++) {
      assert.deepEqual(await look(`?as_of=${i + 1}`), seen[i], `as of entry ${i + 1}`);
      assert.deepEqual(await look(''), seen.at(-1), 'the present');
    }
  });

  it('a service that was there then', async () => {
    assert.equal((await s.get('/api/data/campus-north')).status, 404);
    const then = (await s.get('/api/data/campus-north?as_of=1')).json().service;
    assert.deepEqual(then, seen[0][0].services.find((x) => x.id === 'campus-north'));
  });

  it('many at once, past and present, do not see one another', async () => {
    const asked = Array.from({ length: 40 }, (_, i) => i % (seen.length + 1));
    const got = await Promise.all(asked.map((n) => s.data(n ? `?as_of=${n}` : '')));
    got.forEach((data, i) => assert.deepEqual(plain(data), asked[i] ? seen[asked[i] - 1][0] : seen.at(-1)[0]));
  });

  it('an unknown entry is a 404, what is none a 400; and after a 404 the present is there', async () => {
    for (const path of ['/api/data', '/api/data/sunday-service', '/api/special-events', '/api/export']) {
      assert.deepEqual([(await s.get(`${path}?as_of=99`)).status, (await s.get(`${path}?as_of=99`)).json().code], [404, 'entry_unknown']);
      assert.equal((await s.get(`${path}?as_of=x`)).json().code, 'bad_parameter');
    }
    assert.equal((await s.get('/api/data/nobody?as_of=1')).json().code, 'service_unknown');
    assert.deepEqual(await look(''), seen.at(-1));
  });
});
