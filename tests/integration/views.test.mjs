// The predecessor's tables, as views for anybody with an SQL shell.
import { assert, it, suite } from './lib/server.mjs';
import { years } from './lib/sheet.mjs';

const [sample] = years();
const columns = {
  weekly_data: ['id', 'service', 'platform', 'week_start', 'week_end', 'viewers', 'created_at'],
  special_events: ['id', 'name', 'start_date', 'end_date', 'description'],
  special_event_data: ['id', 'event_id', 'service', 'platform', 'date', 'viewers'],
  upload_history: ['id', 'filename', 'upload_date', 'rows_imported', 'mode'],
  ai_insights: ['id', 'generated_at', 'summary', 'highlights', 'platform_analysis', 'alerts', 'recommendation'],
};

suite('views', {}, (s) => {
  it('have exactly the columns they had, insights those that came since after them', async () => {
    assert.equal((await s.upload(sample.csv, { name: 'sample.csv' })).status, 201);
    for (const [view, names] of Object.entries(columns)) {
      const found = s.sql(`SELECT name FROM pragma_table_info('${view}')`).map((r) => r.name);
      assert.deepEqual(view === 'ai_insights' ? found.slice(0, names.length) : found, names);
    }
  });

  it('tell the numbers', () => {
    assert.equal(s.sql('SELECT sum(viewers) AS n FROM weekly_data')[0].n, sample.expected.weekly.grand_total);
    assert.equal(s.sql('SELECT sum(viewers) AS n FROM special_event_data')[0].n, sample.expected.events.grand_total);
    assert.equal(s.sql('SELECT count(DISTINCT id) AS n FROM weekly_data')[0].n, sample.expected.cells.weekly);
    assert.equal(s.sql('SELECT count(DISTINCT id) AS n FROM special_event_data')[0].n, sample.expected.cells.events);
    const [row] = s.sql("SELECT * FROM weekly_data WHERE service = 'Sunday Gathering' AND platform = 'Facebook' AND week_start = '2025-03-23'");
    assert.deepEqual([row.viewers, row.week_end], [2365, '2025-03-29']);
    assert.match(row.created_at, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    const events = s.sql('SELECT e.name, e.start_date, e.end_date, sum(d.viewers) AS viewers FROM special_events e JOIN special_event_data d ON d.event_id = e.id GROUP BY e.id');
    assert.deepEqual(events.map((e) => [e.name, e.start_date, e.viewers]).sort(), sample.expected.events.list.map((e) => [e.name, e.start_date, e.viewers]).sort());
    assert.deepEqual(s.sql('SELECT filename, rows_imported, mode FROM upload_history'), [{ filename: 'sample.csv', rows_imported: sample.expected.cells.weekly + sample.expected.cells.events, mode: 'merge' }]);
  });

  it('the database is in WAL mode, sound, and has its application id', () => {
    assert.equal(s.sql('PRAGMA journal_mode')[0].journal_mode, 'wal');
    assert.equal(s.sql('PRAGMA integrity_check')[0].integrity_check, 'ok');
    assert.equal(s.sql('PRAGMA application_id')[0].application_id, 0x53745075);
  });
});
