// POST /api/upload: forms and raw bodies in any chunking, options, modes, problems, limits.
import { assert, it, suite, until } from './lib/server.mjs';
import { chunked, cut, multipart, raw } from './lib/http.mjs';
import { years } from './lib/sheet.mjs';

const [sample] = years();
const tidy = (rows) => 'service,platform,week_start,viewers\n' + rows.map((r) => r.join(',')).join('\n') + '\n';
const small = tidy([['Sunday', 'YouTube', '2025-01-05', 10], ['Sunday', 'Facebook', '2025-01-05', 5], ['Sunday', 'YouTube', '2025-01-12', 11]]);
const numbers = async (s, host) => {
  const data = await s.data('', { host });
  return Object.fromEntries(data.services.flatMap((x) => x.platforms.flatMap((p) => x.viewers[p.id].map((n, i) => [`${x.name} ${p.name} ${x.week_start[i]}`, n]).filter(([, n]) => n !== null))));
};
const head = (length, as, extra = []) => ['POST /api/upload HTTP/1.1', 'Host: localhost', 'Connection: close', `Cookie: ${as.cookie}`, 'Sec-Fetch-Site: same-origin',
  ...(length === null ? ['Transfer-Encoding: chunked'] : [`Content-Length: ${length}`]), ...extra, '', ''].join('\r\n');

suite('upload: bodies', { sites: Array.from({ length: 24 }, (_, n) => ({ host: `b${n}.test`, db: `b${n}.db` })) }, (s) => {
  let next = 0;
  const fresh = () => `b${next++}.test`;
  const total = async (host) => (await s.get('/api/stats', { host })).json().totals;
  const want = () => [sample.expected.weekly.grand_total, sample.expected.events.grand_total];

  for (const sizes of [[1, 2, 3, 700], [7], [4096, 1], [13, 8191, 64]]) {
    it(`a form in pieces of ${sizes}`, async () => {
      const host = fresh();
      const as = await s.signIn({ host });
      const { body, type } = multipart([{ name: 'mode', value: 'merge' }, { name: 'file', filename: 'y.csv', data: sample.csv }], 'b--\'()+_,-./:=?');
      const res = await raw(s.port, [head(body.length, as, [`Content-Type: ${type.replace(/boundary=(.*)/, 'boundary="$1"')}`]).replace('localhost', host), ...cut(body, sizes)]);
      assert.equal(res.status, 201, res.text);
      const t = await total(host);
      assert.deepEqual([t.weekly_viewers, t.event_viewers], want());
    });
  }

  it('a form sent with Transfer-Encoding: chunked', async () => {
    const host = fresh();
    const as = await s.signIn({ host });
    const { body, type } = multipart([{ name: 'csv', filename: 'y.csv', data: sample.csv }]);
    const res = await raw(s.port, [head(null, as, [`Content-Type: ${type}`]).replace('localhost', host), ...chunked(cut(body, [1, 999, 17]))]);
    assert.equal(res.status, 201, res.text);
    assert.equal((await total(host)).weekly_viewers, want()[0]);
  });

  it('a raw text/csv body, whole and chunked', async () => {
    const one = await s.uploadRaw(sample.csv, { host: fresh(), query: '?filename=y.csv' });
    assert.equal(one.status, 201, one.text);
    assert.equal(one.json().upload.filename, 'y.csv');
    const host = fresh();
    const as = await s.signIn({ host });
    const res = await raw(s.port, [head(null, as, ['Content-Type: text/csv; charset=utf-8']).replace('localhost', host), ...chunked(cut(sample.csv, [3, 5000]))]);
    assert.equal(res.status, 201, res.text);
    assert.equal((await total(host)).weekly_viewers, want()[0]);
  });

  it('options before the file, after it, and in the query', async () => {
    for (const options of [{ fields: { mode: 'replace' } }, { fields: { mode: 'replace' }, fieldsLast: true }, { query: '?mode=replace' }, { fields: { mode: 'replace' }, query: '?mode=replace' }]) {
      const res = await s.upload(small, { host: fresh(), ...options });
      assert.equal(res.status, 201, res.text);
      assert.equal(res.json().upload.mode, 'replace');
    }
    const twice = await s.upload(small, { host: fresh(), fields: { mode: 'replace' }, query: '?mode=merge' });
    assert.deepEqual([twice.status, twice.json().code], [400, 'bad_parameter']);
  });

  it('file names are cleaned, and only the name is kept', async () => {
    const host = fresh();
    const res = await s.upload(small, { host, name: '..\\\\..\\\\etc/Jänner.csv' });
    assert.equal(res.status, 201, res.text);
    assert.equal(res.json().upload.filename, 'Jänner.csv');
  });

  it('SHA-256 and the actor are in the ledger', async () => {
    const host = fresh();
    await s.upload(small, { host });
    const [entry] = s.sql('SELECT sha256, actor FROM entry', s.file(`${host.split('.')[0]}.db`));
    assert.match(entry.sha256, /^[0-9a-f]{64}$/);
    assert.equal(entry.actor, 'admin (PIN)');
  });
});

suite('upload: what is refused', {}, (s) => {
  const refused = async (promise, status, code) => {
    const res = await promise;
    assert.deepEqual([res.status, res.json().code], [status, code], res.text);
    return res.json();
  };

  it('nothing refused below leaves anything behind', async () => {
    assert.equal((await s.upload(small)).status, 201);
  });

  it('a form without a file, with two, with a file in another field, with an unknown field', async () => {
    const send = (parts) => {
      const { body, type } = multipart(parts);
      return s.asAdmin().then((as) => s.send('POST', '/api/upload', { as, body, headers: { 'Content-Type': type } }));
    };
    const file = { name: 'file', filename: 'a.csv', data: small };
    await refused(send([{ name: 'mode', value: 'merge' }]), 400, 'bad_request');
    await refused(send([{ name: 'file', filename: '', data: '' }]), 400, 'bad_request');
    await refused(send([file, file]), 400, 'bad_request');
    await refused(send([{ ...file, name: 'document' }]), 400, 'unknown_parameter');
    await refused(send([file, { name: 'color', value: 'red' }]), 400, 'unknown_parameter');
  });

  it('options that are none', async () => {
    for (const [name, value] of [['mode', 'overwrite'], ['on_error', 'ignore'], ['layout', 'pdf'], ['delimiter', 'x'], ['encoding', 'ebcdic'], ['date_order', 'ymd'], ['event_year', '25'], ['event_year', '1900']]) {
      await refused(s.upload(small, { fields: { [name]: value } }), 400, 'bad_parameter');
      await refused(s.uploadRaw(small, { query: `?${name}=${value}` }), 400, 'bad_parameter');
    }
    await refused(s.upload(small, { fields: { on_error: 'skip', mode: 'replace' } }), 400, 'bad_parameter');
    await refused(s.uploadRaw(small, { query: '?dry=1' }), 400, 'unknown_parameter');
  });

  it('other media types', async () => {
    await refused(s.uploadRaw('{}', { headers: { 'Content-Type': 'application/json' } }), 415, 'unsupported_media_type');
    await refused(s.uploadRaw(small, { headers: { 'Content-Type': '' } }), 415, 'unsupported_media_type');
  });

  it('broken multipart', async () => {
    const as = await s.asAdmin();
    const send = (body, type) => s.send('POST', '/api/upload', { as, body, headers: { 'Content-Type': type } });
    const good = multipart([{ name: 'file', filename: 'a.csv', data: small }]);
    await refused(send(good.body, 'multipart/form-data'), 400, 'bad_multipart');
    await refused(send(good.body, `multipart/form-data; boundary=${'x'.repeat(300)}`), 400, 'bad_multipart');
    await refused(send(good.body.subarray(0, -10), good.type), 400, 'bad_multipart');
    await refused(send('hello', good.type), 400, 'bad_multipart');
    await refused(send(`--b\r\n${'X: y\r\n'.repeat(20_000)}\r\nx\r\n--b--\r\n`, 'multipart/form-data; boundary=b'), 400, 'bad_multipart');
    await refused(send('--b\r\nContent-Disposition: attachment\r\n\r\nx\r\n--b--\r\n', 'multipart/form-data; boundary=b'), 400, 'bad_multipart');
  });

  it('a body that ends early is no upload', async () => {
    const as = await s.asAdmin();
    const res = await raw(s.port, [head(small.length + 100, as, ['Content-Type: text/csv']), small], { end: true }).catch(() => null);
    if (res) assert.deepEqual([res.status, res.json().code], [400, 'body_incomplete']);
    await raw(s.port, [head(1000, as, ['Content-Type: text/csv']), small.slice(0, 60)], { abort: true });
    await until('the log line of the client that went away', () => /body_incomplete|went away|incomplete/i.test(s.log()));
  });

  for (const [name, text, code, line, column] of [
    ['nothing', '', 'csv_empty'],
    ['blank lines', '\n\n\n', 'csv_empty'],
    ['prose', 'Dear all,\nhere are the numbers.\n', 'layout_unknown'],
    ['headings only', 'service,platform,week_start,viewers\n', 'layout_unknown'],
    ['a count with a letter', tidy([['A', 'B', '2025-01-05', '1.2K']]), 'csv_bad_count', 2, 4],
    ['a negative count', tidy([['A', 'B', '2025-01-05', 3], ['A', 'B', '2025-01-12', '-5']]), 'csv_bad_count', 3, 4],
    ['a fraction', tidy([['A', 'B', '2025-01-05', '12.9']]), 'csv_bad_count', 2, 4],
    ['a formula error', tidy([['A', 'B', '2025-01-05', '#REF!']]), 'csv_bad_count', 2, 4],
    ['an estimate', tidy([['A', 'B', '2025-01-05', '350 est']]), 'csv_bad_count', 2, 4],
    ['a count beyond all reason', tidy([['A', 'B', '2025-01-05', '1000000000001']]), 'csv_bad_count', 2, 4],
    ['a day that is none', tidy([['A', 'B', '13/45/2025', 5]]), 'csv_bad_date', 2, 3],
    ['a leap day that is none', tidy([['A', 'B', '2025-02-29', 5]]), 'csv_bad_date', 2, 3],
    ['a year too far', tidy([['A', 'B', '2500-01-01', 5]]), 'csv_bad_date', 2, 3],
    ['no platform', tidy([['A', '', '2025-01-05', 5]]), 'csv_missing_value', 2],
    ['no service', tidy([['', 'B', '2025-01-05', 5]]), 'csv_missing_value', 2],
    ['no day', tidy([['A', 'B', '', 5]]), 'csv_missing_value', 2],
    ['a name that is too long', tidy([['A', 'B'.repeat(300), '2025-01-05', 5]]), 'csv_bad_name', 2, 2],
    ['the same cell with two values', tidy([['A', 'B', '2025-01-05', 5], ['a', 'b', '2025-01-05', 6]]), 'csv_duplicate', 3],
    ['a quote that never ends', 'service,platform,week_start,viewers\nA,"B,2025-01-05,5\n', 'csv_bad_quote'],
    ['bytes that are no text', Buffer.concat([Buffer.from('service,platform,week_start,viewers\nA,'), Buffer.from([0x00, 0x01]), Buffer.from(',2025-01-05,5\n')]), 'csv_bad_encoding'],
  ]) {
    it(`${name} is 422 ${code}`, async () => {
      const error = await refused(s.upload(text), 422, code);
      if (line) assert.equal(error.details[0].line, line);
      if (column) assert.equal(error.details[0].column, column);
    });
  }

  it('a number in a sheet that belongs to nothing is csv_unplaced_number', async () => {
    const sheet = ',,,\nDate,1/5/2025,1/12/2025,\nYouTube,5,6,7\nTotal,5,6,\n';
    const error = await refused(s.upload(`Sunday,,,\n${sheet}`), 422, 'csv_unplaced_number');
    assert.equal(error.details[0].found, '7');
  });

  it('days that can be read both ways are asked about: csv_date_order', async () => {
    const text = tidy([['A', 'B', '1/2/2025', 5], ['A', 'B', '3/4/2025', 6]]);
    await refused(s.upload(text), 422, 'csv_date_order');
  });

  it('every problem is listed with its place, what was found and what was expected', async () => {
    const error = await refused(s.upload(tidy([['A', 'B', '2025-01-05', '1.2K'], ['A', 'B', '2025-13-05', '7'], ['A', 'C', '2025-01-05', '-1']])), 422, 'csv_bad_count');
    assert.deepEqual(error.details.map((d) => [d.line, d.column, d.code, d.found]), [[2, 4, 'csv_bad_count', '1.2K'], [3, 3, 'csv_bad_date', '2025-13-05'], [4, 4, 'csv_bad_count', '-1']]);
    for (const d of error.details) assert.ok(d.expected && d.message, JSON.stringify(d));
    assert.match(error.error, /3/);
  });

  it('all or nothing: one bad cell in the whole year and nothing is stored', async () => {
    const before = await numbers(s);
    const bad = sample.csv.toString().replace('"2,365"', '2.365e3');
    await refused(s.upload(bad), 422, 'csv_bad_count');
    assert.deepEqual(await numbers(s), before);
    assert.equal((await s.get('/api/uploads')).json().uploads.length, 1);
  });

  it('60 kB of commas and newlines are refused at once', async () => {
    for (const text of [',\n'.repeat(30_000), ','.repeat(30_000) + '\n'.repeat(30_000), '\n'.repeat(60_000), ','.repeat(500) + '\n'.repeat(500) + ',\n'.repeat(29_000), '",'.repeat(30_000)]) {
      const started = performance.now();
      const res = await s.uploadRaw(text);
      assert.equal(res.status, 422, res.text);
      assert.ok(performance.now() - started < 2000, 'it took too long');
    }
  });
});

suite('upload: modes and on_error', {}, (s) => {
  it('merge adds and changes; a blank never clears', async () => {
    assert.equal((await s.upload(small)).status, 201);
    const res = await s.upload('service,platform,week_start,viewers\nSunday,YouTube,2025-01-05,99\nSunday,Facebook,2025-01-05,\nSunday,YouTube,2025-01-19,12\nSunday,Facebook,2025-01-12,N/A\n');
    assert.equal(res.status, 201, res.text);
    assert.deepEqual([res.json().upload.added, res.json().upload.changed, res.json().upload.cleared], [1, 1, 0]);
    assert.deepEqual(await numbers(s), { 'Sunday YouTube 2025-01-05': 99, 'Sunday YouTube 2025-01-12': 11, 'Sunday YouTube 2025-01-19': 12, 'Sunday Facebook 2025-01-05': 5 });
  });

  it('an equal number given twice is taken once, and the warning names both places', async () => {
    const res = await s.upload(tidy([['Twice', 'B', '2025-01-05', 5], ['twice', 'b', '2025-01-05', 5]]));
    assert.equal(res.status, 201, res.text);
    const [note] = res.json().warnings;
    assert.deepEqual([note.code, note.line, note.column], ['duplicate_same', 3, 4]);
    assert.match(note.message, /line 2, column 4.*line 3, column 4/);
    const sheet = 'Twice,1/12/2025\nYouTube,5\nYoutube,5\n';
    const error = await s.upload(sheet, { fields: { date_order: 'mdy' } });
    assert.deepEqual([error.status, error.json().code], [422, 'csv_duplicate'], error.text);
    assert.match(error.json().details[0].message, /line 2, column 2.*line 3, column 2/);
    assert.equal((await s.send('DELETE', '/api/data/twice', { as: await s.asAdmin() })).status, 200);
  });

  it('on_error=skip leaves out both of two numbers that contradict each other', async () => {
    const res = await s.upload(tidy([['Twice', 'B', '2025-01-05', 5], ['Twice', 'B', '2025-01-12', 6], ['Twice', 'b', '2025-01-05', 7]]), { fields: { on_error: 'skip' } });
    assert.equal(res.status, 201, res.text);
    const answer = res.json();
    assert.deepEqual([answer.upload.added, answer.skipped, answer.problems.map((d) => [d.code, d.line]), answer.warnings.map((w) => w.code)], [1, 1, [['csv_duplicate', 4]], ['skipped']]);
    assert.equal((await s.send('DELETE', '/api/data/twice', { as: await s.asAdmin() })).status, 200);
  });

  it('names match regardless of case, accents, spaces and punctuation', async () => {
    const res = await s.upload(tidy([['SUNDAY ', ' You Tube', '2025-01-05', 100], ['sunday', 'FACEBOOK.', '2025-01-05', 5]]));
    assert.deepEqual([res.status, res.json().upload.added, res.json().upload.changed, res.json().upload.unchanged], [201, 0, 1, 1], res.text);
    assert.deepEqual((await s.data()).services.map((x) => [x.name, x.platforms.map((p) => p.name)]), [['Sunday', ['YouTube', 'Facebook']]]);
  });

  it('replace makes the file the truth for the services it names, and for no others', async () => {
    await s.upload(tidy([['Friday', 'YouTube', '2025-01-03', 7]]));
    const res = await s.upload(tidy([['Sunday', 'YouTube', '2025-01-12', 20]]), { fields: { mode: 'replace' } });
    assert.equal(res.status, 201, res.text);
    assert.deepEqual([res.json().upload.changed, res.json().upload.cleared], [1, 3]);
    assert.deepEqual(await numbers(s), { 'Sunday YouTube 2025-01-12': 20, 'Friday YouTube 2025-01-03': 7 });
  });

  it('replace_all makes it the truth for everything', async () => {
    const res = await s.upload(tidy([['Friday', 'Zoom', '2025-01-03', 3]]), { fields: { mode: 'replace_all' } });
    assert.equal(res.status, 201, res.text);
    assert.deepEqual(await numbers(s), { 'Friday Zoom 2025-01-03': 3 });
  });

  it('an upload of one service hides no other', async () => {
    await s.upload(sample.csv);
    await s.upload(tidy([['Campus North', 'Facebook', '2026-02-01', 9]]));
    assert.equal((await s.data()).services.length, 5);
  });

  it('events: editions match by name and days', async () => {
    const before = (await s.get('/api/special-events')).json().events.length;
    const res = await s.upload('event,platform,date,viewers\nTen Days of Light (Main),Zoom,2026-01-13,40\nTen Days of Light (Main),Zoom,2025-01-14,41\nNew Event,Zoom,2025-05-05,1\n');
    assert.equal(res.status, 201, res.text);
    const { events } = (await s.get('/api/special-events')).json();
    assert.equal(events.length, before + 1);
    const editions = events.filter((e) => e.name === 'Ten Days of Light (Main)');
    assert.deepEqual(editions.map((e) => [e.start_date, e.viewers.zoom?.[1]]), [['2025-01-13', 41], ['2026-01-12', 40]]);
  });

  it('on_error=skip takes the good rows and says what it left', async () => {
    const res = await s.upload(tidy([['Skip', 'A', '2025-01-05', 1], ['Skip', 'A', '2025-01-12', 'many'], ['Skip', 'A', '2025-01-19', 3], ['Skip', 'A', '2025-99-19', 3]]), { fields: { on_error: 'skip' } });
    assert.equal(res.status, 201, res.text);
    const body = res.json();
    assert.deepEqual([body.upload.added, body.skipped], [2, 2]);
    assert.deepEqual(body.problems.map((p) => [p.line, p.column, p.code, p.found]), [[3, 4, 'csv_bad_count', 'many'], [5, 3, 'csv_bad_date', '2025-99-19']]);
  });

  it('the layouts of other tools', async () => {
    const wide = await s.upload('service,week_start,YouTube,Facebook,total\nWide,2025-01-05,1,2,3\nWide,2025-01-12,4,,4\n');
    assert.deepEqual([wide.status, wide.json().layout, wide.json().upload.added], [201, 'wide', 3], wide.text);
    const synonyms = await s.upload('Views;Week;Platform;Service\n5;2025-01-05;YouTube;Synonyms\n');
    assert.deepEqual([synonyms.status, synonyms.json().layout, synonyms.json().delimiter], [201, 'tidy', ';'], synonyms.text);
    const ended = await s.upload('service,platform,week_start,week_end,viewers\nEnds,YouTube,2025-01-05,2025-01-06,5\n');
    assert.equal(ended.status, 201, ended.text);
    assert.equal((await s.get('/api/data/ends')).json().service.week_end[0], '2025-01-06');
  });

  it('date_order and event_year say how to read what could be read in two ways', async () => {
    const res = await s.upload(tidy([['Order', 'B', '1/2/2025', 5]]), { fields: { date_order: 'dmy' } });
    assert.equal(res.status, 201, res.text);
    assert.deepEqual((await s.get('/api/data/order')).json().service.week_start, ['2025-02-01']);
    const sheet = await s.upload('Year,,\nDate,1/5/2025,1/12/2025\nYouTube,5,6\nTotal,5,6\nSpecial Programs\nFeast,03-04\nYouTube,8\nTotal,8\n', { fields: { event_year: '2024' } });
    assert.equal(sheet.status, 201, sheet.text);
    assert.deepEqual((await s.get('/api/special-events')).json().events.find((e) => e.name === 'Feast').day, ['2024-03-04']);
  });
});

const limits = ['StreamPulseUploadMaxBytes 64K', 'StreamPulseUploadMaxRows 200', 'StreamPulseUploadMaxColumns 30', 'StreamPulseUploadMaxCellBytes 100', 'StreamPulseUploadMaxProblems 3',
  'StreamPulseUploadMaxNames 5', 'StreamPulseJsonMaxBytes 2K'];
suite('upload: limits', { location: limits }, (s) => {
  const rows = (n, row = (i) => ['S', 'P', new Date(Date.UTC(2000, 0, 2 + 7 * i)).toISOString().slice(0, 10), i]) => tidy(Array.from({ length: n }, (_, i) => row(i)));
  const refused = async (text, code, status = 422, options = {}) => {
    const res = await s.uploadRaw(text, options);
    assert.deepEqual([res.status, res.json().code], [status, code], res.text);
    return res.json();
  };

  it('rows', async () => {
    await refused(rows(201), 'too_many_rows');
    assert.equal((await s.uploadRaw(rows(199))).status, 201);
  });

  it('columns', () => refused(`service,week_start${',p'.repeat(40)}\n`, 'too_many_columns'));

  it('a cell', () => refused(tidy([['x'.repeat(101), 'p', '2025-01-05', 1]]), 'cell_too_long'));

  it('names', () => refused(rows(6, (i) => [`S${i}`, 'P', '2025-01-05', i]), 'too_many_names'));

  it('problems listed; all are counted', async () => {
    const error = await refused(rows(50, (i) => ['S', 'P', '2025-01-05', `x${i}`]), 'csv_bad_count');
    assert.equal(error.details.length, 3);
    assert.match(error.error, /50/);
  });

  const much = rows(100) + ' '.repeat(70_000);
  it('bytes, told by Content-Length', () => refused(much, 'body_too_large', 413));

  it('bytes, sent chunked', async () => {
    const as = await s.asAdmin();
    const res = await raw(s.port, [head(null, as, ['Content-Type: text/csv']), ...chunked(cut(Buffer.from(much), [5000]))]);
    assert.deepEqual([res.status, res.json().code], [413, 'body_too_large']);
  });

  it('bytes of the file in a form', async () => {
    const res = await s.upload(much);
    assert.deepEqual([res.status, res.json().code], [413, 'body_too_large'], res.text);
  });

  it('JSON bodies', async () => {
    const entries = Array.from({ length: 100 }, (_, i) => ({ service: 'S', platform: 'P', week_start: '2025-01-05', viewers: i }));
    const res = await s.post('/api/data', { entries }, { as: await s.asAdmin() });
    assert.deepEqual([res.status, res.json().code], [413, 'body_too_large'], res.text);
  });
});

suite('upload: more limits', {}, (s) => {
  it('a row', async () => {
    const res = await s.uploadRaw(`service,platform,week_start,viewers\nA,B,2025-01-05,5${`,${'x'.repeat(12_000)}`.repeat(400)}\n`);
    assert.deepEqual([res.status, res.json().code], [422, 'row_too_long'], res.text);
  });

  it('two uploads at once are both stored whole', async () => {
    const as = await s.asAdmin();
    const all = await Promise.all(Array.from({ length: 6 }, (_, n) => s.uploadRaw(tidy(Array.from({ length: 500 }, (_, i) => [`S${n}`, 'P', new Date(Date.UTC(2000, 0, 2 + 7 * i)).toISOString().slice(0, 10), n])), { as })));
    assert.deepEqual(all.map((r) => r.status), [201, 201, 201, 201, 201, 201]);
    const stats = (await s.get('/api/stats')).json();
    assert.equal(stats.totals.weekly_viewers, 500 * (0 + 1 + 2 + 3 + 4 + 5));
    assert.equal(s.sql('PRAGMA integrity_check')[0].integrity_check, 'ok');
  });
});
