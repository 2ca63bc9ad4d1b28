// Editing services, platforms and events: GET /api/services, GET /api/platforms, PATCH /api/services/{id}, PATCH /api/platforms/{id}, POST /api/special-events, PATCH /api/special-events/{id}, DELETE /api/special-events/{id}.
import { execFileSync } from 'node:child_process';
import { shellSql } from './lib/database.mjs';
import { admin, assert, it, suite } from './lib/server.mjs';
import { years } from './lib/sheet.mjs';

const [sample] = years();
const tidy = (...rows) => ['service,platform,week_start,viewers', ...rows].join('\n') + '\n';

function clients(s) {
  const send = async (method, url, body, options) => s.send(method, url, { as: await s.asAdmin(), headers: { 'Content-Type': 'application/json' }, ...options, ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }) });
  const done = async (method, url, body, status = 200) => {
    const res = await send(method, url, body);
    assert.equal(res.status, status, res.text);
    return res.json();
  };
  return {
    send,
    patch: (url, body) => done('PATCH', url, body),
    create: (body) => done('POST', '/api/special-events', body, 201),
    remove: (id) => done('DELETE', `/api/special-events/${id}`),
    undo: async (id) => {
      const res = await send('POST', `/api/uploads/${id}/undo`);
      assert.ok([200, 201].includes(res.status), res.text);
      return res.json().upload.id;
    },
    refused: async (method, url, body, status, code, field) => {
      const before = (await s.get('/api/uploads')).json().uploads[0]?.id;
      const res = await send(method, url, body);
      assert.deepEqual([res.status, res.json().code], [status, code], `${method} ${url} ${JSON.stringify(body)} → ${res.text}`);
      if (field) assert.ok(res.json().details.some((d) => d.field === field && d.message), res.text);
      assert.equal((await s.get('/api/uploads')).json().uploads[0]?.id, before);
      return res.json();
    },
    check: () => assert.match(execFileSync(admin, ['check', '--db', s.db], { encoding: 'utf8' }), /./),
    list: async (kind) => (await s.get(`/api/${kind}`)).json()[kind],
  };
}

suite('editing services and platforms', {}, (s) => {
  const c = clients(s);

  it('lists them with what there is to edit, and answers 304 until something changes', async () => {
    assert.equal((await s.upload(sample.csv)).status, 201);
    const res = await s.get('/api/services');
    const { services } = res.json();
    const data = await s.data();
    assert.deepEqual(services.map((x) => [x.id, x.name, x.color]), data.services.map((x) => [x.id, x.name, x.color]));
    for (const [i, x] of services.entries()) assert.deepEqual([x.position, x.original_name, x.aliases], [i + 1, x.name, []]);
    assert.equal((await c.list('platforms')).reduce((n, x) => n + x.numbers, 0), sample.expected.cells.weekly + sample.expected.cells.events);
    assert.equal((await s.get('/api/services', { headers: { 'If-None-Match': res.headers.etag } })).status, 304);
    await c.patch(`/api/services/${services[0].id}`, { color: '#ABCDEF' });
    assert.equal((await s.get('/api/services', { headers: { 'If-None-Match': res.headers.etag } })).status, 200);
    assert.equal((await s.data()).services[0].color, '#abcdef');
  });

  it('renames: the public id stays, files match the old and the new name, undo brings the old one back', async () => {
    const [first, second] = await c.list('services');
    const { upload, service } = await c.patch(`/api/services/${first.id}`, { name: 'Morning Worship', position: 100, aliases: ['The Morning', first.name] });
    assert.deepEqual([upload.kind, upload.rows_imported, service.id, service.name, service.original_name, service.aliases], ['edit', 0, first.id, 'Morning Worship', first.name, ['The Morning']]);
    assert.deepEqual((await s.data()).services.at(-1).id, first.id);
    assert.equal((await s.get('/api/data/Morning%20Worship')).status, 200);
    assert.equal((await s.upload(sample.csv)).json().upload, null);
    assert.equal((await s.uploadRaw(tidy('the  morning,YouTube,2031-01-05,7'))).status, 201);
    assert.equal((await s.get('/api/data/morning%20worship?from=2031-01-01')).json().service.total[0], 7);
    assert.equal((await c.list('services')).length, (await c.list('services')).filter((x) => x.id !== 'the-morning').length);
    const undone = await c.undo(upload.id);
    assert.deepEqual((await c.list('services'))[0].name, first.name);
    await c.undo(undone);
    assert.deepEqual((await c.list('services')).at(-1).name, 'Morning Worship');
    assert.equal((await c.patch(`/api/services/${first.id}`, { name: 'Morning Worship', position: 100 })).upload, null);
    await c.refused('PATCH', `/api/services/${first.id}`, { name: second.name.toUpperCase() }, 409, 'name_taken', 'name');
    await c.refused('PATCH', `/api/services/${first.id}`, { aliases: ['New', second.name] }, 409, 'name_taken', 'aliases[1]');
    c.check();
  });

  it('refuses what is not one, and names the field', async () => {
    const [{ id }] = await c.list('services');
    for (const [field, values] of Object.entries({ name: ['', 5, null, 'x'.repeat(300), 'a\u0007b'], color: ['red', '#12345', '#12345g', '#1234567', 7, null], position: [0, -1, 1.5, '3', 100001, null], aliases: ['x', null, Array(101).fill('x')],
      merge_into: [7, null], colour: ['#123456'] })) {
      for (const value of values) await c.refused('PATCH', `/api/services/${id}`, { [field]: value }, 422, 'bad_entry', field);
    }
    await c.refused('PATCH', `/api/services/${id}`, { aliases: ['ok', 7] }, 422, 'bad_entry', 'aliases[1]');
    await c.refused('PATCH', `/api/services/${id}`, { merge_into: 'x', name: 'y' }, 422, 'bad_entry', 'merge_into');
    await c.refused('PATCH', `/api/services/${id}`, { merge_into: id }, 422, 'bad_entry', 'merge_into');
    await c.refused('PATCH', `/api/services/${id}`, {}, 422, 'bad_entry');
    await c.refused('PATCH', `/api/services/${id}`, [], 400, 'bad_json');
    await c.refused('PATCH', `/api/services/${id}`, '{"name": "a", "name": "b"}', 400, 'bad_json');
    await c.refused('PATCH', '/api/services/nobody', { name: 'x' }, 404, 'service_unknown');
    await c.refused('PATCH', '/api/platforms/nobody', { name: 'x' }, 404, 'platform_unknown');
    await c.refused('PATCH', `/api/services/${id}`, { merge_into: 'nobody' }, 404, 'service_unknown');
    const text = await c.send('PATCH', `/api/services/${id}`, 'name=x', { headers: { 'Content-Type': 'text/plain' } });
    assert.deepEqual([text.status, text.json().code], [415, 'unsupported_media_type']);
    const wrong = await c.send('PUT', `/api/services/${id}`, {}, { contract: false });
    assert.deepEqual([wrong.status, wrong.headers.allow], [405, 'PATCH']);
  });
});

suite('merging two that are the same', {}, (s) => {
  const c = clients(s);
  const numbers = async () => (await s.get('/api/export?format=ndjson')).text;

  it('platforms: the numbers go over, the old name means the other one, undo restores everything', async () => {
    const rows = ['Sunday,Facebook Live,2025-01-05,5', 'Sunday,Facebook Live,2025-01-12,6', 'Sunday,Facebook,2025-01-12,6', 'Wednesday,Facebook Live,2025-01-08,7'];
    assert.equal((await s.uploadRaw(tidy(...rows))).status, 201);
    assert.equal((await s.uploadRaw('event,platform,date,viewers\nEaster,Facebook Live,2025-04-20,50\n')).status, 201);
    const before = await numbers();
    const { upload, platform } = await c.patch('/api/platforms/facebook-live', { merge_into: 'facebook' });
    assert.deepEqual([upload.kind, upload.added, upload.cleared, upload.unchanged], ['edit', 3, 4, 1]);
    assert.deepEqual([platform.id, platform.aliases, platform.numbers], ['facebook', ['Facebook Live'], 4]);
    assert.deepEqual((await c.list('platforms')).map((p) => p.id), ['facebook']);
    assert.equal((await s.uploadRaw(tidy('Sunday,facebook live,2025-01-19,9'))).status, 201);
    assert.deepEqual((await s.get('/api/data/sunday?platform=facebook-live')).json().service.viewers, { facebook: [5, 6, 9] });
    await c.undo((await s.get('/api/uploads')).json().uploads[0].id);
    const undone = await c.undo(upload.id);
    assert.equal(await numbers(), before);
    await c.undo(undone);
    assert.deepEqual((await c.list('platforms')).map((p) => p.id), ['facebook']);
    c.check();
  });

  it('services, and a conflict lists what differs', async () => {
    assert.equal((await s.uploadRaw(tidy('Sonntag,Facebook,2025-01-05,5', 'Sonntag,Facebook,2025-01-12,8'))).status, 201);
    const refused = await c.refused('PATCH', '/api/services/sonntag', { merge_into: 'Sunday' }, 409, 'merge_conflict', 'merge_into');
    assert.deepEqual(refused.details.map((d) => d.message), ['2025-01-12, Facebook: "Sonntag" has 8 and "Sunday" 6']);
    await s.post('/api/data', { entries: [{ service: 'Sonntag', platform: 'Facebook', week_start: '2025-01-12', viewers: null }] }, { as: await s.asAdmin() });
    const { service } = await c.patch('/api/services/sonntag', { merge_into: 'Sunday' });
    assert.deepEqual([service.id, service.aliases], ['sunday', ['Sonntag']]);
    assert.equal((await s.get('/api/data/sonntag')).json().service.id, 'sunday');
    c.check();
  });
});

suite('editing events', {}, (s) => {
  const c = clients(s);

  it('one made by hand is shown without a number, and a file finds it', async () => {
    const { upload, event } = await c.create({ name: 'Easter', start_date: '2026-04-03', end_date: '2026-04-06', description: 'Four days\nof services' });
    assert.deepEqual([upload.kind, event.id, event.start_date, event.end_date, event.description, event.day], ['edit', 'easter-2026', '2026-04-03', '2026-04-06', 'Four days\nof services', []]);
    assert.deepEqual((await s.data()).events, [event]);
    assert.deepEqual((await s.get('/api/special-events?from=2026-04-07')).json().events, []);
    assert.deepEqual((await s.get('/api/special-events?from=2026-04-06')).json().events, [event]);
    assert.deepEqual((await s.get('/api/stats')).json().events.map((e) => [e.id, e.days, e.viewers]), [['easter-2026', 0, 0]]);
    await c.refused('POST', '/api/special-events', { name: 'EASTER', start_date: '2026-04-04' }, 409, 'name_taken', 'name');
    const undone = await c.undo(upload.id);
    assert.deepEqual((await s.data()).events, []);
    await c.undo(undone);
    assert.equal((await s.uploadRaw('event,platform,date,viewers\neaster,Zoom,2026-04-05,50\n')).status, 201);
    assert.deepEqual((await s.data()).events.map((e) => [e.id, e.start_date, e.total]), [['easter-2026', '2026-04-03', [50]]]);
  });

  it('moves with its numbers, is renamed and described', async () => {
    const { event } = await c.patch('/api/special-events/easter-2026', { name: 'Resurrection', start_date: '2026-04-10', description: null });
    assert.deepEqual([event.id, event.name, event.start_date, event.end_date, event.day, event.description], ['easter-2026', 'Resurrection', '2026-04-10', '2026-04-13', ['2026-04-12'], null]);
    assert.equal((await c.patch('/api/special-events/easter-2026', { start_date: '2026-04-10' })).upload, null);
    assert.equal((await s.uploadRaw('event,platform,date,viewers\nResurrection,Zoom,2026-04-13,60\n')).status, 201);
    assert.deepEqual((await s.data()).events.map((e) => [e.id, e.total]), [['easter-2026', [50, 60]]]);
    await c.refused('PATCH', '/api/special-events/easter-2026', { end_date: '2026-04-12' }, 422, 'bad_entry', 'end_date');
    await c.refused('PATCH', '/api/special-events/easter-2026', { start_date: '2199-12-31' }, 422, 'bad_entry', 'start_date');
    c.check();
  });

  it('is deleted with its numbers, undoably', async () => {
    const { upload } = await c.remove('easter-2026');
    assert.deepEqual([upload.kind, upload.cleared], ['delete', 2]);
    assert.deepEqual((await s.data()).events, []);
    await c.refused('DELETE', '/api/special-events/easter-2026', undefined, 404, 'event_unknown');
    await c.refused('PATCH', '/api/special-events/easter-2026', { name: 'x' }, 404, 'event_unknown');
    await c.undo(upload.id);
    assert.deepEqual((await s.data()).events.map((e) => [e.name, e.total]), [['Resurrection', [50, 60]]]);
    c.check();
  });

  it('refuses what is not one, and names the field', async () => {
    const good = { name: 'Gala', start_date: '2026-06-01' };
    for (const [field, values] of Object.entries({ name: ['', 1, null], start_date: ['1.6.2026', '2026-02-30', null, 5], end_date: ['2026-05-31', '2028-06-01', 'x', null], description: [5, 'x'.repeat(2001), 'a\u0007'], date: ['2026-06-01'] })) {
      for (const value of values) await c.refused('POST', '/api/special-events', { ...good, [field]: value }, 422, 'bad_entry', field);
    }
    await c.refused('POST', '/api/special-events', { name: 'Gala' }, 422, 'bad_entry', 'start_date');
    await c.refused('POST', '/api/special-events', { start_date: '2026-06-01' }, 422, 'bad_entry', 'name');
    await c.refused('PATCH', '/api/special-events/easter-2026', {}, 422, 'bad_entry');
  });
});

suite('who may edit', {}, (s) => {
  it('an editor edits, and does not delete an event', async () => {
    const as = await s.signIn();
    assert.equal((await s.uploadRaw(tidy('Sunday,Zoom,2025-01-05,5'))).status, 201);
    shellSql(s.db, "UPDATE session SET role = 'editor' WHERE created_ms = (SELECT min(created_ms) FROM session)");
    const patch = (headers) => s.send('PATCH', '/api/services/sunday', { as, body: '{"color":"#123456"}', headers: { 'Content-Type': 'application/json', ...headers } });
    assert.equal((await s.get('/api/auth/me', { as })).json().role, 'editor');
    assert.equal((await patch()).status, 200);
    assert.equal((await s.post('/api/special-events', { name: 'Gala', start_date: '2026-06-01' }, { as })).status, 201);
    const refused = await s.send('DELETE', '/api/special-events/gala-2026', { as });
    assert.deepEqual([refused.status, refused.json().code], [403, 'role_required']);
    const foreign = await patch({ 'Sec-Fetch-Site': 'cross-site' });
    assert.deepEqual([foreign.status, foreign.json().code], [403, 'cross_site']);
  });
});

suite('a viewer only looks', {}, (s) => {
  it('401 for every edit', async () => {
    assert.equal((await s.get('/api/platforms')).status, 200);
    for (const [method, url] of [['PATCH', '/api/services/x'], ['PATCH', '/api/platforms/x'], ['POST', '/api/special-events'], ['PATCH', '/api/special-events/x'], ['DELETE', '/api/special-events/x']]) {
      assert.equal((await s.send(method, url, { body: '{}', headers: { 'Content-Type': 'application/json' } })).status, 401, `${method} ${url}`);
    }
  });
});
