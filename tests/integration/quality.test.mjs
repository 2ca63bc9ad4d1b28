// What looks odd is told, in GET /api/stats and with an upload, and never mended.
import { assert, it, suite } from './lib/server.mjs';
import { years } from './lib/sheet.mjs';

const day = (week, shift = 0) => new Date(Date.UTC(2025, 0, 5 + 7 * week + shift)).toISOString().slice(0, 10);
const tidy = (rows) => ['service,platform,week_start,viewers', ...rows.map((r) => r.join(','))].join('\n') + '\n';

suite('quality', {}, (s) => {
  const quality = async (id) => (await s.get('/api/stats')).json().services.find((x) => x.id === id).quality;

  it('is told with the upload and in stats, and the numbers stay as they were sent', async () => {
    const weeks = Array.from({ length: 20 }, (_, i) => i).filter((i) => i !== 8);
    const rows = weeks.map((i) => ['Sunday', 'YouTube', day(i, i === 15 ? 1 : 0), i === 12 ? 30000 : 300 + i]);
    rows.push(...weeks.slice(0, 10).map((i) => ['Sunday', 'Zoom', day(i), i < 6 ? 0 : 20 + i]), rows[0]);
    const res = await s.uploadRaw(tidy(rows));
    assert.equal(res.status, 201, res.text);
    const remarks = await quality('sunday');
    assert.deepEqual(remarks.map((r) => [r.code, r.week, r.platform]), [
      ['missing_weeks', day(8), null], ['weekday', day(15, 1), null], ['zero_before_start', day(6), 'zoom'], ['outlier', day(12), 'youtube'],
    ]);
    for (const remark of remarks) assert.ok(remark.message.length > 20, remark.message);
    assert.deepEqual(res.json().quality.map((r) => [r.code, r.service]), [['duplicate_same', null], ...remarks.map((r) => [r.code, 'sunday'])]);
    assert.equal(res.json().quality_left, 0);
    const { service } = (await s.get('/api/data/sunday')).json();
    assert.equal(service.viewers.youtube[service.week_start.indexOf(day(12))], 30000);
    assert.equal(service.viewers.zoom[0], 0);
    assert.ok(service.week_start.includes(day(15, 1)) && !service.week_start.includes(day(8)));
  });

  it('ordinary numbers have no remark', async () => {
    const res = await s.uploadRaw(tidy(Array.from({ length: 30 }, (_, i) => ['Wednesday', 'YouTube', day(i), 100 + ((i * 37) % 80)])));
    assert.deepEqual([res.status, res.json().quality], [201, []], res.text);
    assert.deepEqual(await quality('wednesday'), []);
  });

  it('a total that disagrees is told with its line', async () => {
    const res = await s.uploadRaw('service,week_start,YouTube,Zoom,Total\nFriday,2025-01-03,5,6,12\n');
    assert.equal(res.status, 201, res.text);
    const [remark] = res.json().quality;
    assert.deepEqual([remark.code, remark.line, remark.service], ['total_differs', 2, null]);
  });

  it('of many services only the first are looked at, and the answer says so', async () => {
    const res = await s.uploadRaw(tidy(Array.from({ length: 25 }, (_, i) => [`Group ${i}`, 'Zoom', day(0), 5])));
    assert.deepEqual([res.json().quality, res.json().quality_left], [[], 5], res.text);
  });
});

for (const year of years()) {
  suite(`quality of ${year.name}`, {}, (s) => {
    it('has few remarks: a year is not a list of complaints', async () => {
      assert.equal((await s.upload(year.csv)).status, 201);
      const { services } = (await s.get('/api/stats')).json();
      const remarks = services.flatMap((x) => x.quality);
      assert.ok(remarks.length < 40, JSON.stringify(remarks, null, 1));
    });
  });
}
