// Out and in again: an export imports into an empty database as the identical one.
import { assert, it, suite } from './lib/server.mjs';
import { parseCsv, years } from './lib/sheet.mjs';

const [sample] = years();
const all = years();

/** The rows with a number. Before them there may be some with a name alone, which tell the order of the names. */
function lines(res) {
  const [head, ...rows] = parseCsv(res.text);
  return rows.map((r) => Object.fromEntries(head.map((h, i) => [h, r[i]]))).filter((r) => r.viewers !== '');
}

const sameData = (a, b) => assert.deepEqual({ ...b, revision: 0 }, { ...a, revision: 0 });

suite('GET /api/export', {}, (s) => {
  it('CSV: a row for each number, weeks first', async () => {
    await s.upload(sample.csv);
    const res = await s.get('/api/export');
    assert.equal(res.status, 200);
    assert.match(res.headers['content-type'], /^text\/csv/);
    assert.match(res.headers['content-disposition'], /^attachment; filename="streampulse-\d{4}-\d\d-\d\d\.csv"$/);
    assert.ok(res.text.startsWith('service,platform,week_start,week_end,viewers,event,event_start,date,label\r\n'));
    const rows = lines(res);
    assert.equal(rows.length, sample.expected.cells.weekly + sample.expected.cells.events);
    assert.equal(rows.filter((r) => !r.event).reduce((n, r) => n + Number(r.viewers), 0), sample.expected.weekly.grand_total);
    assert.equal(rows.filter((r) => r.event).reduce((n, r) => n + Number(r.viewers), 0), sample.expected.events.grand_total);
  });

  it('NDJSON: the same', async () => {
    const res = await s.get('/api/export?format=ndjson');
    assert.match(res.headers['content-type'], /ndjson/);
    const rows = res.text.trimEnd().split('\n').map((l) => JSON.parse(l));
    const csv = lines(await s.get('/api/export?format=csv'));
    assert.deepEqual(rows.map((r) => [r.service ?? '', r.platform, r.viewers, r.event ?? '']), csv.map((r) => [r.service, r.platform, Number(r.viewers), r.event]));
  });

  it('takes the filters of GET /api/data', async () => {
    const rows = lines(await s.get('/api/export?service=campus-north&from=2025-03-01&to=2025-03-31&platform=facebook'));
    assert.deepEqual(rows.map((r) => r.week_start), ['2025-03-02', '2025-03-09', '2025-03-16', '2025-03-23', '2025-03-30']);
    assert.equal((await s.get('/api/export?format=xlsx')).json().code, 'bad_parameter');
    assert.equal((await s.get('/api/export?interval=month')).status, 400);
    assert.equal((await s.get('/api/export?service=nobody')).status, 404);
  });

  it('no cell can be a formula', async () => {
    await s.post('/api/data', { entries: ['=1+1', '+1', '-1', '@SUM(A1)', "'quoted"].map((service, i) => ({ service, platform: '=cmd()', week_start: '2025-01-05', viewers: i })) }, { as: await s.asAdmin() });
    const res = await s.get('/api/export');
    for (const row of parseCsv(res.text).slice(1)) for (const cell of row) assert.doesNotMatch(cell, /^[=+\-@\t]/);
    const again = await s.upload(res.body);
    assert.deepEqual([again.status, again.json().upload], [200, null], again.text);
  });
});

const targets = Array.from({ length: 40 }, (_, n) => n);
suite('round trip', { sites: [...all.map((_, n) => [`from${n}`, `to${n}`]).flat(), ...targets.map((n) => [`r${n}`, `q${n}`]).flat()].map((name) => ({ host: `${name}.test`, db: `${name}.db` })) }, (s) => {
  const copy = async (from, to) => {
    const out = await s.get('/api/export', { host: from });
    const res = await s.upload(out.body, { host: to });
    assert.equal(res.status, 201, res.text);
    assert.equal(res.json().layout, 'export');
    const again = await s.upload(out.body, { host: from, fields: { mode: 'replace_all' } });
    assert.deepEqual([again.status, again.json().upload], [200, null], again.text);
  };
  const identical = async (from, to) => {
    assert.deepEqual((await s.get('/api/export', { host: to })).text, (await s.get('/api/export', { host: from })).text);
    sameData(await s.data('', { host: from }), await s.data('', { host: to }));
  };

  all.forEach((year, n) => {
    it(`the ${year.name}`, async () => {
      await s.upload(year.csv, { host: `from${n}.test` });
      await copy(`from${n}.test`, `to${n}.test`);
      await identical(`from${n}.test`, `to${n}.test`);
    });
  });

  for (const n of targets) {
    it(`random database ${n}`, async () => {
      const dice = random(1000 + n);
      const res = await s.post('/api/data', { entries: entries(dice) }, { host: `r${n}.test`, as: await s.asAdmin(`r${n}.test`) });
      assert.equal(res.status, 201, res.text);
      await copy(`r${n}.test`, `q${n}.test`);
      await identical(`r${n}.test`, `q${n}.test`);
    });
  }
});

/** mulberry32: the same numbers each time. */
function random(seed) {
  let a = seed;
  return (below) => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

const WORDS = ['Sunday', 'YouTube', 'É', '"Live"', "O'Neill's", 'a,b', 'semi;colon', 'Total', 'Date', '=SUM(A1)', '-dash', '@home', '+plus', '日本', 'Special Programs', 'x (y)', '12', 'Feb', '1/2/2025', 'null', 'N/A', 'Ünïcödé', '🎥 cam'];

function entries(dice) {
  const name = () => Array.from({ length: 1 + dice(2) }, () => WORDS[dice(WORDS.length)]).join(' ');
  const day = (first, span) => new Date(Date.UTC(first, 0, 1 + dice(span))).toISOString().slice(0, 10);
  const services = Array.from({ length: 1 + dice(4) }, name);
  const platforms = Array.from({ length: 1 + dice(5) }, name);
  const events = Array.from({ length: dice(4) }, () => [name(), day(2020, 2000)]);
  const found = new Map();
  for (let i = 1 + dice(60); i > 0; i--) {
    const week_start = day(2024, 400);
    const entry = { service: services[dice(services.length)], platform: platforms[dice(platforms.length)], week_start, viewers: [0, 1, 1e12, dice(5000)][dice(4)] };
    if (dice(4) === 0) entry.week_end = new Date(Date.parse(week_start) + dice(7) * 86_400_000).toISOString().slice(0, 10);
    found.set(JSON.stringify([fold(entry.service), fold(entry.platform), week_start]), entry);
  }
  for (const [event, start] of events)
    for (let i = 0; i < 3; i++) {
      const entry = { event, platform: platforms[dice(platforms.length)], date: new Date(Date.parse(start) + dice(5) * 86_400_000).toISOString().slice(0, 10), viewers: dice(900) };
      if (dice(3) === 0) entry.service = services[dice(services.length)];
      found.set(JSON.stringify([fold(event), fold(entry.service ?? ''), fold(entry.platform), entry.date]), entry);
    }
  return [...found.values()];
}

/** Coarser than the module's matching, so that no two entries are one cell to it. */
function fold(name) {
  return name.normalize('NFKD').toLowerCase().replace(/[^a-z0-9\u3040-\u9fff]/g, '');
}
