// The media team's sheet: every way in which a program has read it wrongly before.
import { assert, it, suite } from './lib/server.mjs';

const csv = (rows) => rows.map((r) => r.map((c) => (/[",\n]/.test(String(c)) ? `"${String(c).replaceAll('"', '""')}"` : c)).join(',')).join('\r\n') + '\r\n';

suite('sheets', { sites: Array.from({ length: 30 }, (_, n) => ({ host: `s${n}.test`, db: `s${n}.db` })) }, (s) => {
  let next = 0;
  const load = async (rows, options = {}) => {
    const host = `s${next++}.test`;
    const res = await s.upload(typeof rows === 'string' ? rows : csv(rows), { host, ...options });
    assert.equal(res.status, 201, res.text);
    const data = await s.data('', { host });
    const services = Object.fromEntries(data.services.map((x) => [x.name, Object.fromEntries(x.platforms.map((p) => [p.name, x.viewers[p.id]]))]));
    const events = data.events.map((e) => [e.name, e.day, Object.fromEntries(e.platforms.map((p) => [p.name, e.viewers[p.id]]))]);
    return { data, services, events, answer: res.json() };
  };

  it('two events keep their own numbers', async () => {
    const { events } = await load([['Sunday', '', ''], ['Date', '1/5/2025', '12/28/2025'], ['YouTube', 1, 2], ['', 1, 2], ['Special Programs'],
      ['First', 'March 3', 'March 4'], ['YouTube', 10, 20], ['Total', 10, 20], [''], ['Second', 'June 1'], ['YouTube', 99], ['Facebook', 1], ['Total', 100]]);
    assert.deepEqual(events, [['First', ['2025-03-03', '2025-03-04'], { YouTube: [10, 20] }], ['Second', ['2025-06-01'], { YouTube: [99], Facebook: [1] }]]);
  });

  it("a short neighbour's total row does not cut off the taller block", async () => {
    const { services } = await load([['A', '', '', 'B', '', ''], ['Date', '1/3/2025', '', 'Date', '1/5/2025', '1/12/2025'], ['YouTube', 1, '', 'YouTube', 10, 11], ['', 1, '', 'Facebook', 20, 21],
      ['', '', '', 'Zoom', 30, 31], ['', '', '', 'Total', 60, 63], ['', '', '', '', '', ''], ['Date', '2/7/2025', '', 'Date', '2/2/2025', ''], ['YouTube', 2, '', 'YouTube', 12, ''], ['', 2, '', '', 12, '']]);
    assert.deepEqual(services, { A: { YouTube: [1, 2] }, B: { YouTube: [10, 11, 12], Facebook: [20, 21, null], Zoom: [30, 31, null] } });
  });

  it('a week with total 0 is a week; blank and N/A are no number', async () => {
    const { data, services } = await load([['A', '', '', ''], ['Date', '1/5/2025', '1/12/2025', '1/19/2025'], ['YouTube', 0, 'N/A', 5], ['Facebook', 0, '', ' n/a '], ['Total', 0, '', 5]]);
    assert.deepEqual(data.services[0].week_start, ['2025-01-05', '2025-01-19']);
    assert.deepEqual(services, { A: { YouTube: [0, 5], Facebook: [0, null] } });
  });

  it('spellings of one platform are one platform', async () => {
    const { services, answer } = await load([['A', '', 'B', ''], ['Date', '1/17/2025', 'Date', '1/19/2025'], ['YouTube', 1, 'Youtube', 2], ["PT's YouTube ", 3, 'PT\u2019s Youtube', 4], ['', 4, '', 6]]);
    assert.deepEqual(services, { A: { YouTube: [1], "PT's YouTube": [3] }, B: { YouTube: [2], "PT's YouTube": [4] } });
    const matched = answer.assumed.find((a) => a.code === 'name_matched');
    assert.deepEqual([matched.what, matched.from, matched.to], ['platform', 'Youtube', 'YouTube']);
  });

  it('a title row above does not swallow the services', async () => {
    for (const title of [['Our numbers, 2025'], ['', '', 'Our numbers']]) {
      const { services } = await load([title, ['A', '', 'B', ''], ['Date', '1/17/2025', 'Date', '1/19/2025'], ['YouTube', 1, 'YouTube', 2], ['', 1, '', 2]]);
      assert.deepEqual(services, { A: { YouTube: [1] }, B: { YouTube: [2] } });
    }
  });

  it('months as titles name no service', async () => {
    const { services } = await load([['A', '', 'B', ''], ['January 2025', '', 'January 2025', ''], ['Date', '1/3/2025', 'Date', '1/5/2025'], ['YouTube', 1, 'YouTube', 2], ['', 1, '', 2],
      ['February', '', 'February', ''], ['Date', '2/7/2025', 'Date', '2/2/2025'], ['YouTube', 3, 'YouTube', 4], ['', 3, '', 4]]);
    assert.deepEqual(services, { A: { YouTube: [1, 3] }, B: { YouTube: [2, 4] } });
  });

  it('a total that disagrees is told with both numbers, and not believed', async () => {
    const { services, answer } = await load([['A', '', ''], ['Date', '1/5/2025', '1/12/2025'], ['YouTube', 10, 20], ['Facebook', 5, 5], ['Total', 15, 30]]);
    assert.deepEqual(services, { A: { YouTube: [10, 20], Facebook: [5, 5] } });
    const [warning] = answer.warnings.filter((w) => w.code === 'total_differs');
    assert.match(warning.message, /30/);
    assert.match(warning.message, /25/);
    assert.equal(warning.line, 5);
  });

  it('thousands separators, spaces around, quoted line ends', async () => {
    const { services } = await load('A,,\r\nDate,1/5/2025,1/12/2025\r\n"You\nTube"," 1,234 ","12,345,678"\r\n,"1,234","12,345,678"\r\n');
    assert.deepEqual(Object.values(services.A)[0], [1234, 12345678]);
  });

  it('a day without a year falls inside the weeks; a second edition after the first', async () => {
    const { events, answer } = await load([['A', '', '', ''], ['Date', '11/2/2025', '12/28/2025', '3/1/2026'], ['YouTube', 1, 1, 1], ['', 1, 1, 1], ['special events'],
      ['Feast', '12-31', '01-01'], ['YouTube', 5, 6], ['Total', 5, 6], ['Fast', 'Feb'], ['YouTube', 7], ['Total', 7], ['Night', '1/9/2026'], ['YouTube', 8], ['Total', 8]]);
    assert.deepEqual(events.map(([name, days]) => [name, days]).sort(), [['Fast', ['2026-02-01']], ['Feast', ['2025-12-31', '2026-01-01']], ['Night', ['2026-01-09']]]);
    assert.ok(answer.assumed.some((a) => a.code === 'year_assumed'));
  });

  it('a line above an event qualifies its name', async () => {
    const { events } = await load([['A', ''], ['Date', '1/19/2025'], ['YouTube', 1], ['', 1], ['Special Programs'], ['Jesus House Charlotte'], [''], ['Conference', '1/6/2025'], ['YouTube', 4], ['Total', 4]]);
    assert.deepEqual(events.map(([name]) => name), ['Conference (Jesus House Charlotte)']);
  });

  it('a list of speakers is one sum for each day, and says so', async () => {
    const { events, answer } = await load([['A', ''], ['Date', '1/19/2025'], ['YouTube', 1], ['', 1], ['Special Programs'], ['Leaders Conference'], ['Speakers', '1/6/2025', '1/7/2025'], ['Pastor A', 40, 10], ['Pastor B', 2, ''], ['Total', 42, 10]]);
    assert.ok(answer.assumed.some((a) => a.code === 'session_list'));
    assert.deepEqual(events.map(([name, days, numbers]) => [name, days, Object.values(numbers)]), [['Leaders Conference', ['2025-01-06', '2025-01-07'], [[42, 10]]]]);
  });

  it('two-digit years and ISO dates', async () => {
    const { data } = await load([['A', '', ''], ['Date', '1/5/25', '2025-01-12'], ['YouTube', 1, 2], ['', 1, 2]]);
    assert.deepEqual(data.services[0].week_start, ['2025-01-05', '2025-01-12']);
  });

  it('days before months are found from the whole file', async () => {
    const { data, answer } = await load([['A', '', ''], ['Date', '5/1/2025', '12/1/2025'], ['YouTube', 1, 2], ['', 1, 2], ['', '', ''], ['Date', '2/2/2025', '16/2/2025'], ['YouTube', 3, 4], ['', 3, 4]]);
    assert.deepEqual(data.services[0].week_start, ['2025-01-05', '2025-01-12', '2025-02-02', '2025-02-16']);
    assert.equal(answer.date_order, 'dmy');
  });

  it('where both readings fit, the regular weekday decides, and the answer says so', async () => {
    const { data, answer } = await load([['A', '', '', ''], ['Date', '1/5/2025', '1/12/2025', '2/2/2025'], ['YouTube', 1, 2, 3], ['', 1, 2, 3]]);
    assert.deepEqual(data.services[0].week_start, ['2025-01-05', '2025-01-12', '2025-02-02']);
    assert.ok(answer.date_order === 'mdy' && answer.assumed.some((a) => a.code === 'date_order'), JSON.stringify(answer.assumed));
  });
});
