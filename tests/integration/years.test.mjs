// The sample year, and the real one where it lies beside the repository: every number, by service and platform, also from the same sheet re-arranged.
import { assert, it, suite } from './lib/server.mjs';
import { comparable, readSheet, told, totalsOf, truth, variants, writeSheet, years } from './lib/sheet.mjs';

function assertSameCells(actual, expected) {
  for (const part of ['weekly', 'events']) {
    const wrong = [];
    for (const [key, n] of expected[part]) if (actual[part].get(key) !== n) wrong.push(`${key}: ${actual[part].get(key)} instead of ${n}`);
    for (const [key, n] of actual[part]) if (!expected[part].has(key)) wrong.push(`${key}: ${n} instead of nothing`);
    assert.deepEqual(wrong.slice(0, 10), [], `${wrong.length} wrong numbers in ${part}`);
  }
}

for (const year of years()) {
  const model = readSheet(year.csv);
  const cells = truth(model);
  const count = cells.weekly.size + cells.events.size;

  suite(`${year.name}: as it is`, {}, (s) => {
    it('POST /api/upload stores all of it', async () => {
      const res = await s.upload(year.csv, { name: 'year.csv' });
      assert.equal(res.status, 201, res.text);
      const { upload, layout, services, events, warnings } = res.json();
      assert.deepEqual([layout, upload.kind, upload.mode, upload.filename], ['sheet', 'upload', 'merge', 'year.csv']);
      assert.deepEqual([upload.rows_imported, upload.added, upload.changed, upload.cleared, upload.unchanged], [count, count, 0, 0, 0]);
      assert.equal(services.length, year.expected.weekly.services.length);
      assert.equal(events.length, year.expected.events.count);
      assert.equal(warnings.filter((w) => w.code === 'total_differs').length, year.expected.wrong_totals?.length ?? 0, JSON.stringify(warnings));
    });

    it('GET /api/data gives every total that is expected', async () => {
      const data = await s.data();
      assert.deepEqual(comparable(totalsOf(data)), comparable(year.expected));
      assertSameCells(told(data), cells);
    });

    it('GET /api/data lists services and events in order, each with its weeks in order', async () => {
      const data = await s.data();
      assert.deepEqual(data.services.map((x) => x.name), year.expected.weekly.services.map((x) => x.service));
      for (const x of data.services) assert.deepEqual(x.week_start, [...x.week_start].sort());
      const starts = data.events.map((e) => e.start_date);
      assert.deepEqual(starts, [...starts].sort());
    });

    it('GET /api/stats agrees', async () => {
      const stats = (await s.get('/api/stats')).json();
      assert.equal(stats.totals.weekly_viewers, year.expected.weekly.grand_total);
      assert.equal(stats.totals.event_viewers, year.expected.events.grand_total);
      for (const want of year.expected.weekly.services) {
        const got = stats.services.find((x) => x.name === want.service);
        assert.deepEqual([got.viewers, got.weeks, got.first_week, got.last_week, got.latest, got.previous, got.peak, got.peak_week],
          [want.viewers, want.weeks, want.first_week, want.last_week, want.latest, want.previous, want.peak.viewers, want.peak.week]);
      }
    });

    it('the same file again changes nothing, and says so', async () => {
      const before = await s.data();
      const res = await s.upload(year.csv, { name: 'year.csv' });
      assert.equal(res.status, 200, res.text);
      assert.equal(res.json().upload, null);
      assert.equal(res.json().services.reduce((n, x) => n + x.unchanged, 0), cells.weekly.size);
      assert.equal((await s.data()).revision, before.revision);
      assert.equal((await s.get('/api/uploads')).json().uploads.length, 1);
    });

    it('the same file as the truth about everything changes nothing either', async () => {
      for (const mode of ['replace', 'replace_all']) {
        const res = await s.upload(year.csv, { fields: { mode } });
        assert.equal(res.status, 200, res.text);
        assert.equal(res.json().upload, null);
      }
    });
  });

  const shapes = variants(model);
  const host = (n) => `v${n}.test`;
  suite(`${year.name}: re-arranged`, { sites: shapes.map((_, n) => ({ host: host(n), db: `v${n}.db` })) }, (s) => {
    shapes.forEach(([name, options], n) => {
      it(name, async () => {
        const res = await s.upload(writeSheet(model, options), { host: host(n) });
        assert.equal(res.status, 201, res.text);
        const data = await s.data('', { host: host(n) });
        assertSameCells(told(data), cells);
        assert.deepEqual(comparable(totalsOf(data)), comparable(year.expected));
      });
    });
  });
}
