// Reading: filters, intervals, conditional requests, compression, HEAD; stats and events.
import zlib from 'node:zlib';
import { assert, it, suite } from './lib/server.mjs';
import { years } from './lib/sheet.mjs';

const [sample] = years();
const sum = (column) => column.reduce((a, n) => a + (n ?? 0), 0);
const inside = (from, to) => (d) => (!from || d >= from) && (!to || d <= to);
const periodOf = { month: (d) => d.slice(0, 7), quarter: (d) => `${d.slice(0, 4)}q${Math.ceil(Number(d.slice(5, 7)) / 3)}`, year: (d) => d.slice(0, 4) };

suite('GET /api/data', {}, (s) => {
  let all;
  it('has every service and event', async () => {
    assert.equal((await s.upload(sample.csv)).status, 201);
    all = await s.data();
    assert.equal(all.interval, 'week');
    assert.equal(all.services.length, 4);
    assert.equal(all.from, '2025-01-03');
    assert.equal(all.to, '2026-01-30');
  });

  it('weeks end six days after they start', () => {
    for (const x of all.services) x.week_start.forEach((d, i) => assert.equal((Date.parse(x.week_end[i]) - Date.parse(d)) / 86_400_000, 6));
  });

  it('platforms have their own columns, a week without a number a null, and totals add up', () => {
    const sunday = all.services.find((x) => x.name === 'Sunday Gathering');
    const twitch = sunday.platforms.find((p) => p.name === 'Twitch');
    assert.equal(sunday.viewers[twitch.id][0], null);
    assert.equal(sunday.viewers[twitch.id].findIndex((n) => n !== null), sunday.week_start.indexOf('2025-09-07'));
    for (const x of all.services) x.total.forEach((n, i) => assert.equal(n, sum(x.platforms.map((p) => x.viewers[p.id][i]))));
  });

  it('a week in which all is 0 is there, one in which nothing is known is not', () => {
    const friday = all.services.find((x) => x.name === 'Friday Prayer');
    assert.equal(friday.total[friday.week_start.indexOf('2025-02-14')], 0);
    assert.ok(!all.services.find((x) => x.name === 'Campus North').week_start.includes('2025-05-18'));
  });

  for (const [from, to] of [['2025-03-02', '2025-06-29'], ['2025-12-01', null], [null, '2025-01-05'], ['2025-03-24', '2025-03-24']]) {
    it(`from ${from} to ${to}: both inclusive, on the week's start and the event's day`, async () => {
      const data = await s.data('?' + new URLSearchParams({ ...(from && { from }), ...(to && { to }) }));
      const weeks = (x) => x.week_start.filter(inside(from, to));
      assert.deepEqual(data.services.map((x) => [x.id, x.week_start]), all.services.map((x) => [x.id, weeks(x)]).filter(([, w]) => w.length));
      assert.deepEqual(data.events.map((e) => [e.id, e.day]), all.events.map((e) => [e.id, e.day.filter(inside(from, to))]).filter(([, d]) => d.length));
      if (from) assert.equal(data.from, from);
      if (to) assert.equal(data.to, to);
    });
  }

  it('service and platform choose, by id or name, more than one of each', async () => {
    const two = await s.data('?service=sunday-gathering&service=Campus%20North');
    assert.deepEqual(two.services.map((x) => x.name), ['Sunday Gathering', 'Campus North']);
    const facebook = await s.data('?platform=FACEBOOK');
    for (const x of [...facebook.services, ...facebook.events]) assert.deepEqual(x.platforms.map((p) => p.name), ['Facebook']);
    const sunday = all.services.find((x) => x.id === 'sunday-gathering');
    const id = sunday.platforms.find((p) => p.name === 'Facebook').id;
    const both = await s.data(`?service=sunday-gathering&platform=${id}`);
    assert.equal(sum(both.services[0].total), sum(sunday.viewers[id]));
  });

  for (const interval of ['month', 'quarter', 'year']) {
    it(`interval=${interval} sums the weeks that start in it`, async () => {
      const data = await s.data(`?interval=${interval}`);
      assert.equal(data.interval, interval);
      for (const got of data.services) {
        const weekly = all.services.find((x) => x.id === got.id);
        const sums = new Map();
        weekly.week_start.forEach((d, i) => sums.set(periodOf[interval](d), (sums.get(periodOf[interval](d)) ?? 0) + weekly.total[i]));
        assert.deepEqual(got.total, [...sums.values()]);
        got.period_start.forEach((d, i) => assert.ok(d <= got.period_end[i] && d.endsWith('-01')));
        assert.equal(got.week_start, undefined);
        for (const p of got.platforms) assert.equal(sum(got.viewers[p.id]), sum(weekly.viewers[p.id]));
      }
    });
  }

  it('GET /api/data/{service} is the same for one, by id or name', async () => {
    const want = all.services.find((x) => x.id === 'midweek-study');
    for (const name of ['midweek-study', 'Midweek%20Study', 'MIDWEEK%20STUDY']) {
      const res = await s.get(`/api/data/${name}`);
      assert.equal(res.status, 200, res.text);
      assert.deepEqual(res.json().service, want);
    }
    const months = (await s.get('/api/data/midweek-study?interval=month&from=2025-04-01')).json();
    assert.equal(months.service.period_start[0], '2025-04-01');
  });

  it('GET /api/data/{service} of an unknown one is 404 service_unknown', async () => {
    for (const name of ['nobody', '%F0%9F%92%A9', 'x'.repeat(500)]) {
      const res = await s.get(`/api/data/${name}`);
      assert.equal(res.status, 404);
      assert.equal(res.json().code, 'service_unknown');
    }
  });

  for (const [query, code, status] of [
    ['?frm=2025-01-01', 'unknown_parameter', 400], ['?from=2025-13-01', 'bad_parameter', 400], ['?from=yesterday', 'bad_parameter', 400], ['?from=', 'bad_parameter', 400],
    ['?from=2025-02-01&to=2025-01-01', 'bad_parameter', 400], ['?interval=decade', 'bad_parameter', 400], ['?from=2025-01-01&from=2025-02-01', 'bad_parameter', 400],
    ['?service=nobody', 'service_unknown', 404], ['?platform=myspace', 'platform_unknown', 404], ['?from=%ZZ', 'bad_parameter', 400], ['?from=2025-01-01%00', 'bad_parameter', 400],
    ['?service=%FF%FE', 'bad_parameter', 400], ['?' + 'service=a&'.repeat(300), 'bad_parameter', 400],
  ]) {
    it(`${query.slice(0, 40)} is ${status} ${code}`, async () => {
      const res = await s.get(`/api/data${query}`);
      assert.deepEqual([res.status, res.json().code], [status, code], res.text);
      assert.ok(res.json().request_id);
    });
  }

  it('GET /api/special-events has the events with their days and labels as written', async () => {
    const { events } = (await s.get('/api/special-events')).json();
    assert.deepEqual(events, all.events);
    assert.deepEqual(events.map((e) => [e.name, e.start_date]).sort(), sample.expected.events.list.map((e) => [e.name, e.start_date]).sort());
    const breakfast = events.find((e) => e.name === 'First Saturday Breakfast');
    assert.deepEqual([breakfast.day, breakfast.label], [['2025-02-01', '2025-04-01', '2025-06-01', '2025-08-01', '2025-10-01'], ['Feb', 'Apr', 'Jun', 'Aug', 'Oct']]);
    assert.deepEqual(events.find((e) => e.name.startsWith('Pastors')).label, [null, null]);
    const editions = events.filter((e) => e.name === 'Ten Days of Light (Main)');
    assert.deepEqual(editions.map((e) => [e.start_date, e.end_date]), [['2025-01-13', '2025-01-22'], ['2026-01-12', '2026-01-18']]);
    assert.notEqual(editions[0].id, editions[1].id);
  });

  it('GET /api/special-events takes the filters of GET /api/data', async () => {
    const { events } = (await s.get('/api/special-events?from=2025-09-20&to=2025-09-21&platform=twitch')).json();
    assert.deepEqual(events.map((e) => [e.day, e.platforms.map((p) => p.name)]), [[['2025-09-20', '2025-09-21'], ['Twitch']]]);
    assert.equal((await s.get('/api/special-events?nope=1')).status, 400);
  });

  it('GET /api/stats: figures of each service', async () => {
    const stats = (await s.get('/api/stats')).json();
    assert.equal(stats.totals.viewers, sample.expected.weekly.grand_total + sample.expected.events.grand_total);
    assert.deepEqual([stats.totals.services, stats.totals.events], [4, sample.expected.events.count]);
    for (const got of stats.services) {
      const weekly = all.services.find((x) => x.id === got.id);
      const viewers = Object.fromEntries(weekly.platforms.map((p) => [p.id, sum(weekly.viewers[p.id])]));
      assert.equal(got.top_platform.viewers, Math.max(...Object.values(viewers)));
      assert.ok(Math.abs(got.mean - sum(weekly.total) / weekly.total.length) < 0.01, `${got.mean}`);
    }
    const midweek = stats.services.find((x) => x.id === 'midweek-study');
    assert.ok(midweek.gaps.some((g) => g.after === '2025-12-16' && g.before === '2026-01-13'), JSON.stringify(midweek.gaps));
    assert.equal(stats.last_upload.filename, 'sheet.csv');
    assert.equal((await s.get('/api/stats?x=1')).status, 400);
  });

  for (const url of ['/api/data', '/api/data?interval=month', '/api/data/campus-north', '/api/special-events', '/api/stats', '/api/export', '/api/uploads', '/api/uploads/1']) {
    it(`HEAD and conditional GET of ${url}`, async () => {
      const first = await s.get(url);
      const head = await s.send('HEAD', url);
      assert.deepEqual([head.status, head.body.length, head.headers['content-type'], head.headers.etag], [200, 0, first.headers['content-type'], first.headers.etag]);
      assert.equal(Number(head.headers['content-length']), first.body.length);
      assert.match(first.headers.etag, /^(W\/)?"[^"]+"$/);
      assert.match(first.headers.vary ?? '', /accept-encoding/i);
      assert.match(first.headers['cache-control'], /no-cache|no-store/);
      assert.equal(first.headers['x-content-type-options'], 'nosniff');
      const bare = first.headers.etag.replace(/^W\//, '').slice(1, -1);
      for (const tag of [`"${bare}"`, `W/"${bare}"`, `"${bare}-gzip"`, `"${bare}-br"`, `"other", "${bare}"`, '*']) {
        const res = await s.get(url, { headers: { 'If-None-Match': tag } });
        assert.deepEqual([res.status, res.body.length], [304, 0], tag);
        assert.equal(res.headers.etag?.includes(bare), true);
        assert.match(res.headers.vary ?? '', /accept-encoding/i);
      }
      assert.equal((await s.get(url, { headers: { 'If-None-Match': '"other"' } })).status, 200);
    });
  }

  it('a representation has its own ETag', async () => {
    const tags = await Promise.all(['/api/data', '/api/data/campus-north', '/api/stats', '/api/special-events', '/api/export'].map(async (u) => (await s.get(u)).headers.etag));
    assert.equal(new Set(tags).size, tags.length);
  });

  it('gzip: same content, a tag that comes back as 304', async () => {
    const plain = await s.get('/api/data');
    const res = await s.get('/api/data', { headers: { 'Accept-Encoding': 'gzip' } });
    assert.equal(res.headers['content-encoding'], 'gzip');
    assert.deepEqual(zlib.gunzipSync(res.body), plain.body);
    const again = await s.get('/api/data', { headers: { 'Accept-Encoding': 'gzip', 'If-None-Match': res.headers.etag } });
    assert.equal(again.status, 304);
  });

  it('after a change the old tag is out of date', async () => {
    const before = await s.get('/api/data');
    const res = await s.post('/api/data', { entries: [{ service: 'Campus North', platform: 'Facebook', week_start: '2026-02-01', viewers: 5 }] }, { as: await s.asAdmin() });
    assert.equal(res.status, 201, res.text);
    const after = await s.get('/api/data', { headers: { 'If-None-Match': before.headers.etag } });
    assert.equal(after.status, 200);
    assert.notEqual(after.headers.etag, before.headers.etag);
    assert.equal(after.json().revision, before.json().revision + 1);
  });

  it('other methods are 405 with Allow', async () => {
    for (const [method, url] of [['PUT', '/api/data'], ['POST', '/api/stats'], ['DELETE', '/api/uploads'], ['PATCH', '/api/data/campus-north'], ['GET', '/api/upload'], ['POST', '/api/export']]) {
      const res = await s.send(method, url, { as: await s.asAdmin() });
      assert.equal(res.status, 405, `${method} ${url}: ${res.text}`);
      assert.equal(res.json().code, 'method_not_allowed');
      assert.ok(res.headers.allow);
    }
  });

  it('what is not there is 404 not_found', async () => {
    for (const url of ['/api', '/api/', '/api/nope', '/api/data/a/b', '/nope', '/api/data/', '/index.html', '/plain.txt']) {
      const res = await s.get(url);
      assert.deepEqual([res.status, res.json().code], [404, url === '/api/data/' ? res.json().code : 'not_found'], url);
    }
  });
});

suite('an empty database', {}, (s) => {
  it('answers with nothing, not with an error', async () => {
    const data = await s.data();
    assert.deepEqual([data.services, data.events, data.from, data.to, data.revision], [[], [], null, null, 0]);
    const stats = (await s.get('/api/stats')).json();
    assert.deepEqual([stats.totals.viewers, stats.services, stats.last_upload], [0, [], null]);
    assert.deepEqual((await s.get('/api/uploads')).json(), { uploads: [], next: null });
    assert.equal((await s.get('/api/export')).text.split('\r\n').length, 2);
    assert.deepEqual((await s.get('/api/special-events')).json().events, []);
  });
});
