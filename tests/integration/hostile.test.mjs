// A hostile user: getting in, breaking, leaking, exhausting. What is refused is refused clearly, stores nothing, and costs little.
import fs from 'node:fs';
import net from 'node:net';
import { gzipSync } from 'node:zlib';
import { assert, it, PIN, suite, until } from './lib/server.mjs';
import { raw } from './lib/http.mjs';

const MiB = 1024 * 1024;
const head = 'service,platform,week_start,viewers\n';
const row = (fields) => { const f = { service: 'Sunday', platform: 'YouTube', week: '2025-01-05', viewers: '10', ...fields }; return `${head}${f.service},${f.platform},${f.week},${f.viewers}\n`; };
const csv = row({});
const own = { 'Sec-Fetch-Site': 'same-origin' };
const code = (res) => { try { return res.json().code ?? 'none'; } catch { return 'no json'; } };
const revision = async (s, as) => (await s.data('', { as })).revision;

/** An answer gives away nothing of how it is made. */
function tellsNothing(res, what) {
  assert.doesNotMatch(res.text, /\/tmp\/|\/work\/|\/usr\/|streampulse\.db|\.c:\d|\bSELECT\b|\bINSERT INTO\b|SQLITE|sqlite3?_|errno|No such file/, what);
  assert.doesNotMatch(res.text, /<script|<img/i, what);
}

/** What a raw body (bytes after the head of a POST to /api/upload) is answered. */
const post = (s, as, lines, chunks, options) => raw(s.port, [`POST /api/upload HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nCookie: ${as.cookie}\r\nSec-Fetch-Site: same-origin\r\n${lines.map((l) => `${l}\r\n`).join('')}\r\n`, ...chunks], options);

const B = '--B\r\n', D = 'Content-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n', E = '\r\n--B--\r\n';
const field = (name, value) => `${B}Content-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
const form = (s, as, body, type = 'multipart/form-data; boundary=B') => s.send('POST', '/api/upload', { as, body, headers: { 'Content-Type': type } });

suite('getting in where nobody may without signing in', { anonymous: 'none' }, (s) => {
  const secret = ['/api/data', '/api/data/sunday', '/api/special-events', '/api/stats', '/api/uploads', '/api/uploads/1', '/api/export', '/api/upload'];
  const spell = (p) => [p, `/${p}`, p.replace('/api/', '/api//'), `/.${p}`, `/x/..${p}`, p.replace('/api/', '/api/%2e/'), p.replace('a', '%61'), `${p}/`, `${p};x`, `${p}?`, `${p}?x=%00`, `${p}%2f`, `${p}%00`, `${p}/.`, p.toUpperCase(),
    `${p}%20`, `http://localhost${p}`, `http://localhost:1${p}`, `/api/auth/me/..${p.slice(4)}`, `/healthz/..${p}`, `/favicon.svg%2f..${p}`];

  it('no spelling of a path and no method', async () => {
    s.allow(/AH10244/);
    await s.upload(csv);
    for (const path of secret) {
      for (const url of spell(path)) {
        for (const method of ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'get', 'PROPFIND']) {
          const res = await s.send(method, url, { contract: false });
          assert.ok([400, 401, 403, 404, 405].includes(res.status), `${method} ${url} → ${res.status}`);
          assert.ok(!res.text.includes('Sunday') && !res.headers.etag, `${method} ${url}`);
        }
      }
    }
    assert.deepEqual((await s.data('', { as: await s.asAdmin() })).services[0].total, [10]);
  });

  it('no header', async () => {
    for (const name of ['X-Forwarded-User', 'X-Remote-User', 'Remote-User', 'REMOTE_USER', 'OIDC_CLAIM_email', 'OIDC-CLAIM-groups', 'X-Forwarded-For', 'X-Forwarded-Host', 'X-Original-URL', 'X-Rewrite-URL', 'X-HTTP-Method-Override', 'Authorization']) {
      for (const value of ['admin', '127.0.0.1', 'Basic YWRtaW46YWRtaW4=', 'Bearer x', '/healthz', 'GET']) {
        assert.equal((await s.get('/api/data', { headers: { [name]: value } })).status, 401, `${name}: ${value}`);
      }
    }
  });

  it('no cookie but the one session, alone and as it was given', async () => {
    const as = await s.signIn(), [name, token] = as.cookie.split('=');
    const role = async (cookie) => (await s.get('/api/auth/me', { headers: { Cookie: cookie } })).json().role;
    assert.equal(await role(`a=b; ${as.cookie}`), 'admin');
    for (const cookie of [`${as.cookie}; ${as.cookie}`, `${name}=${'0'.repeat(64)}; ${as.cookie}`, `${name}="${token}"`, `${name} =${token}`, `${name.toUpperCase()}=${token}`, `__Host-streampulse=${token}`, `${name}=${token}x`, `a=${'x'.repeat(7000)}`]) {
      assert.equal(await role(cookie), 'none', cookie.slice(0, 40));
    }
    const planted = `${name}=${'a'.repeat(64)}`;
    const res = await s.post('/api/auth', { pin: PIN }, { headers: { Cookie: planted, ...own } });
    assert.equal(await role(planted), 'none', 'a planted token never becomes a session');
    const cookie = res.headers['set-cookie'][0].split(';')[0];
    await s.send('DELETE', '/api/auth', { headers: { Cookie: cookie, ...own } });
    assert.equal(await role(cookie), 'none', 'nor does one that was signed out');
  });

  it('no condition and no range', async () => {
    const { etag } = (await s.get('/api/uploads', { as: await s.asAdmin() })).headers;
    for (const headers of [{ 'If-None-Match': etag }, { 'If-None-Match': '*' }, { Range: 'bytes=0-5' }]) assert.equal((await s.get('/api/uploads', { headers })).status, 401);
  });
});

suite('another site', {}, (s) => {
  it('is not taken for this one, however its origin is written', async () => {
    const as = await s.signIn(), { port } = s, host = `localhost:${port}`;
    const send = async (headers) => code(await s.send('DELETE', '/api/data/nothing', { headers: { Cookie: as.cookie, Host: host, ...headers } }));
    assert.equal(await send({ Origin: `http://${host}` }), 'service_unknown');
    assert.equal(await send({ Origin: `HTTP://LOCALHOST:${port}` }), 'service_unknown');
    for (const headers of [{}, { Origin: '' }, { Origin: 'null' }, { Origin: `https://${host}` }, { Origin: 'http://localhost' }, { Origin: `http://localhost:${port + 65536}` }, { Origin: `http://localhost:0${port}x` }, { Origin: `http://${host}@evil.example` },
      { Referer: `http://evil.example\\@${host}/` }, { Origin: `http://evil.example@${host}` }, { Referer: `http://evil.example/?http://${host}/` }, { Origin: `http://${host} http://evil.example` }, { Origin: `http://localhost.:${port}` },
      { Origin: `//${host}` }, { 'Sec-Fetch-Site': '' }, { 'Sec-Fetch-Site': 'same-site' }, { 'Sec-Fetch-Site': 'cross-site, same-origin' }, { Origin: 'http://evil.example', 'X-Forwarded-Host': 'evil.example' }]) {
      assert.equal(await send(headers), 'cross_site', JSON.stringify(headers));
    }
  });

  it('cannot send JSON as a form', async () => {
    const as = await s.asAdmin();
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=B', '']) {
      assert.equal(code(await s.send('POST', '/api/data', { as, body: '{"entries":[]}', headers: { 'Content-Type': type } })), 'unsupported_media_type', type);
    }
  });
});

const forms = {
  'nothing': ['', 'bad_multipart'], 'an end only': ['--B--\r\n', 'bad_request'], 'no end': [B + D + csv, 'bad_multipart'], 'line ends without CR': [(B + D + csv + E).replaceAll('\r\n', '\n'), 'bad_multipart'],
  'no headers': [`${B}\r\n${csv}${E}`, 'bad_multipart'], 'an attachment': [B + D.replace('form-data', 'attachment') + csv + E, 'bad_multipart'], 'no name': [B + D.replace(' name="file";', '') + csv + E, 'bad_multipart'],
  'two names': [B + D.replace('name="file";', 'name="file"; name="mode";') + csv + E, 'bad_multipart'], 'an open quote': [B + D.replace('"a.csv"', '"a.csv') + csv + E, 'bad_multipart'], 'a NUL in a header': [B + D.replace('file"', 'fi\0le"') + csv + E, 'bad_multipart'],
  'a CR in a file name': [B + D.replace('a.csv', 'a\rSP0312: b.csv') + csv + E, 'bad_multipart'], 'an escape in a file name': [B + D.replace('a.csv', 'a\u001b[31m.csv') + csv + E, 'bad_multipart'],
  'base64': [`${B}Content-Transfer-Encoding: base64\r\n${D}${csv}${E}`, 'bad_multipart'], 'a header of 9 kB': [`${B}X: ${'x'.repeat(9000)}\r\n${D}${csv}${E}`, 'bad_multipart'], 'a header of 4 MB': [`${B}X: ${'x'.repeat(4e6)}\r\n${D}${csv}${E}`, 'bad_multipart'],
  '100,000 parts': [field('mode', 'merge').repeat(1e5) + E, 'bad_multipart'], '100,000 fields': [Array.from({ length: 1e5 }, (_, i) => field(`f${i}`, 'x')).join('') + E, 'unknown_parameter'], 'two files': [B + D + csv + '\r\n' + B + D + csv + E, 'bad_request'],
  'two modes': [field('mode', 'merge') + field('mode', 'replace') + B + D + csv + E, 'bad_parameter'], 'a field of 1 MB': [field('mode', 'x'.repeat(1e6)) + E, 'bad_parameter'], 'a NUL in a field': [field('mode', 'mer\0ge') + E, 'bad_parameter'],
  'a field of markup': [field('<script>', 'x') + E, 'unknown_parameter'], '100,000 beginnings of a boundary': [B + D + '\r\n--'.repeat(1e5) + E, 'layout_unknown'], 'a million CR': [B + D + '\r'.repeat(1e6) + E, 'csv_empty'],
};
const types = ['multipart/form-data', 'multipart/form-data; boundary=', `multipart/form-data; boundary=${'x'.repeat(71)}`, 'multipart/form-data; boundary="a\\', 'multipart/mixed; boundary=B', 'application/json', 'image/png'];

const length = (n) => [`Content-Type: text/csv`, `Content-Length: ${n}`];
const streamed = ['Content-Type: text/csv', 'Transfer-Encoding: chunked'];
const framings = {
  'a length beyond 64 bits': [length('99999999999999999999'), [csv], [400]], 'the largest length': [length('9223372036854775807'), [csv], [413]], 'a negative one': [length('-1'), [csv], [400]], 'a hexadecimal one': [length('0x10'), [csv], [400]],
  'two of them': [[...length('5'), 'Content-Length: 61'], [csv], [400]], 'more than there is': [length('1000'), [csv], [400], { end: true }], 'less than there is': [length('30'), [csv], [422]], 'above the limit, expecting to be asked': [[...length('999999999999'), 'Expect: 100-continue'], [], [413]],
  'a chunk that is no number': [streamed, ['zz\r\n', csv], [400]], 'a chunk beyond 64 bits': [streamed, ['10000000000000000\r\n', csv], [400, 413]], 'a negative chunk': [streamed, ['-5\r\n', csv], [400]], 'no length at all': [['Content-Type: text/csv'], [csv], [400, 422]], 'a chunk cut off': [streamed, ['ff\r\n', csv], [400], { end: true }],
  'a chunk extension without end': [streamed, [`3d;${'a'.repeat(1e5)}\r\n`, csv], [400, 413]], '50,000 chunks of one byte': [streamed, ['1\r\nx\r\n'.repeat(5e4), '0\r\n\r\n'], [422]], 'an unknown coding': [['Content-Type: text/csv', 'Transfer-Encoding: xchunked'], [csv], [400, 501]],
};

const entry = (fields) => JSON.stringify({ entries: [{ service: 'S', platform: 'P', week_start: '2025-01-05', viewers: 1, ...fields }] });
const documents = {
  'nesting': ['['.repeat(262144), 'bad_json'], 'objects in objects': ['{"a":'.repeat(40000), 'bad_json'], 'more than the limit': [' '.repeat(262145), 'body_too_large'], 'a field twice': ['{"entries":[],"entries":[]}', 'bad_json'],
  'half a surrogate pair': ['{"entries":[{"service":"\\ud800"}]}', 'bad_json'], 'a NUL': ['{"entries":[{"service":"a\\u0000b"}]}', 'bad_json'], 'bytes that are no text': [Buffer.from('{"entries":"\xff"}', 'latin1'), 'bad_json'], 'something behind it': ['{"entries":[]}x', 'bad_json'],
  'a number of 200,000 digits': [entry({ viewers: 0 }).replace(':0}', `:${'9'.repeat(2e5)}}`), 'bad_json'], '1e400': [entry({ viewers: 0 }).replace(':0}', ':1e400}'), 'bad_json'], 'a fraction': [entry({ viewers: 0 }).replace(':0}', ':1.0}'), 'bad_entry'],
  'above 10^12': [entry({ viewers: 1e12 + 1 }), 'bad_entry'], 'below 0': [entry({ viewers: -1 }), 'bad_entry'], 'text for a number': [entry({ viewers: '1' }), 'bad_entry'], '25,000 unknown fields': [`{"entries":[{${Array.from({ length: 25000 }, (_, i) => `"${i}":1`)}}]}`, 'bad_entry'],
  '1,001 entries': [JSON.stringify({ entries: Array(1001).fill(1) }), 'bad_entry'], 'a prototype': ['{"__proto__":{"entries":[]},"entries":[1]}', 'bad_entry'], 'markup for a field': [entry({ '<img src=x onerror=alert(1)>': 1 }), 'bad_entry', true],
  'the day before the first': [entry({ week_start: '1969-12-31' }), 'bad_entry'], 'the day behind the last': [entry({ week_start: '2200-01-01' }), 'bad_entry'], 'no such day': [entry({ week_start: '2025-02-30' }), 'bad_entry'], 'one number twice': [entry({}).replace(/\[(.*)\]/, '[$1,$1]'), 'bad_entry'],
};

const queries = { 'service=%00': 400, 'service=%ff': 400, 'service=%c0%ae': 400, 'from=%': 400, 'from=2025-01-01%00': 400, '=x': 400, 'x=1': 400, '__proto__=1': 400, 'service[]=x': 400, 'from=2025-01-01&from=2025-01-02': 400, 'from=2199-12-31&to=1970-01-01': 400,
  'from=1969-12-31': 400, 'to=9999-99-99': 400, 'interval=WEEK': 400, [Array.from({ length: 500 }, (_, i) => `service=${i}`).join('&')]: 400, [`service=${'x'.repeat(8000)}`]: 404, "service='%20or%201=1--": 404, [`service=${'%F0%9F%98%80'.repeat(500)}`]: 404, ['&'.repeat(8000)]: 200 };

suite('breaking', {}, (s) => {
  let before;
  const refused = (res, wanted, what) => {
    assert.equal(code(res), wanted, `${what}: ${res.text.slice(0, 300)}`);
    if (!/markup/.test(what)) tellsNothing(res, what);
    assert.ok(res.body.length < 64 * 1024, `${what}: ${res.body.length} bytes of answer`);
  };

  it('starts with something to break', async () => {
    assert.equal((await s.upload(csv)).status, 201);
    before = await revision(s);
  });

  it('forms', async () => {
    const as = await s.asAdmin();
    for (const [what, [body, wanted]] of Object.entries(forms)) refused(await form(s, as, body), wanted, what);
    for (const type of types) assert.match(code(await form(s, as, B + D + csv + E, type)), /bad_multipart|unsupported_media_type/, type);
  });

  it('framings of a body', async () => {
    s.allow(/AH0158[78]|AH0265[0-9]|AH0112[0-9]/);
    const as = await s.asAdmin();
    for (const [what, [lines, chunks, statuses, options]] of Object.entries(framings)) {
      const res = await post(s, as, lines, chunks, options);
      assert.ok(statuses.includes(res.status), `${what}: ${res.status} ${res.text.slice(0, 200)}`);
      tellsNothing(res, what);
    }
  });

  it('a body that says it is compressed: 415, whatever it is', async () => {
    const headers = { 'Content-Encoding': 'gzip' }, as = await s.asAdmin();
    for (const body of [gzipSync(csv), csv]) {
      refused(await s.uploadRaw(body, { headers }), 'unsupported_media_type', 'raw');
      refused(await s.post('/api/data', entry({}), { as, headers }), 'unsupported_media_type', 'entries');
    }
    assert.equal((await s.uploadRaw(csv, { headers: { 'Content-Encoding': 'identity' } })).status, 200);
    assert.equal(code(await s.uploadRaw(gzipSync(csv))), 'csv_bad_encoding', 'and one that does not say so');
  });

  it('documents', async () => {
    const as = await s.asAdmin();
    for (const [what, [body, wanted]] of Object.entries(documents)) refused(await s.send('POST', '/api/data', { as, body, headers: { 'Content-Type': 'application/json' } }), wanted, what);
    for (const body of ['{"pin":"1\\u0000"}', `{"pin":["${PIN}"]}`, '[[', '']) assert.equal(code(await s.post('/api/auth', body)), 'bad_json', body);
  });

  it('query strings and paths', async () => {
    for (const [query, status] of Object.entries(queries)) {
      const res = await s.get(`/api/data?${query}`);
      assert.equal(res.status, status, query.slice(0, 60));
      if (status !== 200) tellsNothing(res, query.slice(0, 60));
    }
    for (const path of ['/api/x%0d%0aSet-Cookie:%20a=b', '/api/data/%ff%3Cscript%3E', `/api/data/${'a'.repeat(8000)}`, '/api/uploads/9223372036854775808', '/api/uploads/-1']) {
      const res = await s.get(path, { contract: false });
      assert.equal(res.status, 404, path.slice(0, 60));
      assert.equal(res.headers['set-cookie'], undefined);
      tellsNothing(res, path.slice(0, 60));
      assert.doesNotThrow(() => new TextDecoder('utf-8', { fatal: true }).decode(res.body));
    }
  });

  it('numbers and days in a file', async () => {
    for (const viewers of ['1000000000001', '1e12', '-1', '+5', '0x10', '\u0663', '\uff11', '9'.repeat(400), 'NaN', '1/2', '=1+1', '10%', '1.5', 'null', '1_000', '1k']) assert.equal(code(await s.uploadRaw(row({ viewers }))), 'csv_bad_count', viewers);
    for (const week of ['1969-12-31', '2200-01-01', '0000-01-01', '2031-02-29', '2031-13-01', '99999999', '44927']) assert.equal(code(await s.uploadRaw(row({ week }))), 'csv_bad_date', week);
  });

  it('nothing of it was stored', async () => assert.equal(await revision(s), before));
});

suite('names that mean something elsewhere', {}, (s) => {
  const names = ['<script>alert(1)</script>', "'; DROP TABLE service; --", '=cmd|calc', '+1', '-2', '@SUM(1)', "'x", '"quoted"', 'a;=1+1', '__proto__', 'constructor', 'toString', '.', '..', '/', '%2e%2e', '😀', '👨‍👩‍👧‍👦', '\u0301', '!!!', 'null', '0', 'CON', 'Total', 'N/A', 'İ', 'ß', 'é'];
  const quoted = (n) => `"${n.replaceAll('"', '""')}"`;

  it('stay names, each its own, in the data and in the export', async () => {
    const file = head + names.map((n) => `${quoted(n)},YouTube,2025-01-05,7\n`).join('');
    assert.equal((await s.uploadRaw(file)).status, 201);
    const { services } = await s.data();
    assert.deepEqual(services.map((x) => x.name).sort(), [...names].sort());
    assert.equal(new Set(services.map((x) => x.id)).size, names.length);
    for (const { id } of services) assert.match(id, /^[a-z0-9-]+$/);
    const out = (await s.get('/api/export')).text;
    for (const line of out.split('\r\n')) assert.doesNotMatch(line, /(^|,)"?[=+\-@\t]/, line);
    assert.equal((await s.uploadRaw(out, { query: '?mode=replace_all' })).json().upload, null, 'the export reads back as what is stored');
  });

  it('invisible and control characters are refused, in a file and by hand', async () => {
    for (const n of ['\u202eevil', '\u200b', '\u0001a', '\u007f', 'a\u2066b', 'x'.repeat(300)]) {
      assert.equal(code(await s.uploadRaw(row({ service: quoted(n) }))), 'csv_bad_name', JSON.stringify(n));
      assert.equal(code(await s.post('/api/data', entry({ service: n }), { as: await s.asAdmin() })), 'bad_entry', JSON.stringify(n));
    }
  });

  it('of 64 kB are refused, and told back only in part', async () => {
    const name = 'n'.repeat(65536), as = await s.asAdmin();
    for (const file of [row({ service: name }), row({ platform: name }), `Event,Date,Platform,Viewers\n${name},2025-01-05,YouTube,1\n`, `week_start,service,${name}\n2025-01-05,Sunday,1\n`]) {
      const res = await s.uploadRaw(file);
      assert.ok(res.status >= 400 && res.status < 500, res.text.slice(0, 300));
      assert.match(code(res), /^(cell_too_long|csv_bad_name)$/);
      assert.ok(res.body.length < 4096, `${res.body.length} bytes of answer`);
    }
    for (const fields of [{ service: name }, { platform: name }]) {
      const res = await s.post('/api/data', entry(fields), { as });
      assert.equal(code(res), 'bad_entry');
      assert.ok(res.body.length < 4096, `${res.body.length} bytes of answer`);
    }
  });

  it('file names lose folders and what cannot be seen', async () => {
    const kept = async (name, n) => (await s.upload(row({ viewers: n }), { name })).json().upload.filename;
    assert.equal(await kept('../../etc/passwd', 1), 'passwd');
    assert.equal(await kept('C:\\\\a\\\\b.csv', 2), 'b.csv');
    assert.equal(await kept('\u202e\u200b\u2060\u2064\ufeffgpj.csv', 3), 'gpj.csv');
    assert.equal(await kept('<img src=x>.csv', 4), '<img src=x>.csv');
  });

  it('the last week there is can be exported and read back', async () => {
    const as = await s.asAdmin();
    assert.equal((await s.post('/api/data', entry({ service: 'Last', week_start: '2199-12-31' }), { as })).status, 201);
    const out = (await s.get('/api/export?service=last')).text;
    const res = await s.uploadRaw(out);
    assert.equal(res.status, 200, res.text);
    assert.equal(res.json().upload, null);
  });
});

/** The most that a child's memory grew while fn ran, in bytes; 0 under the sanitizers, whose own memory it would be. */
async function growth(s, fn) {
  const read = (pid, name) => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(fs.readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) * 1024;
  const children = s.processes().filter((pid) => fs.existsSync(`/proc/${pid}`));
  if (children.some((pid) => fs.readFileSync(`/proc/${pid}/maps`, 'utf8').includes('libasan'))) return (await fn(), 0);
  const start = children.map((pid) => (fs.writeFileSync(`/proc/${pid}/clear_refs`, '5'), read(pid, 'VmRSS')));
  await fn();
  return Math.max(...children.map((pid, i) => read(pid, 'VmHWM') - start[i]));
}
const canMeasure = process.platform === 'linux' && process.getuid() === 0;

suite('large and mean files', { main: ['ServerLimit 1', 'MaxRequestWorkers 16'] }, (s) => {
  const size = 20 * MiB;
  const files = {
    'one line': ['x'.repeat(size), 'cell_too_long'], 'quotes': ['"'.repeat(size), 'cell_too_long'], 'commas': [','.repeat(size), 'too_many_columns'], 'line ends': ['\n'.repeat(size), 'too_many_rows'], 'blanks': [' '.repeat(size), 'cell_too_long'], 'a quote that never closes': ['a,"' + 'x\n'.repeat(size / 2), 'cell_too_long'],
    'NULs': [Buffer.alloc(size), 'csv_bad_encoding'], 'half surrogate pairs': [Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.alloc(1e5, Buffer.from([0, 0xd8]))]), 'csv_bad_encoding'], '60 kB of commas and line ends': [',\n'.repeat(30000), 'csv_empty'],
    '300,000 services': [head + Array.from({ length: 3e5 }, (_, i) => `s${i},Y,2025-01-05,1\n`).join(''), 'too_many_names'], '300,000 bad numbers': [head + Array.from({ length: 3e5 }, (_, i) => `s,Y,2025-01-05,x${i}\n`).join(''), 'csv_bad_count'],
    '300,000 contradictions': [head + Array.from({ length: 3e5 }, (_, i) => `s,Y,2025-01-05,${i}\n`).join(''), 'csv_duplicate'], '2,000 columns': [('a' + ',1'.repeat(1999) + '\n').repeat(2000), 'layout_unknown'],
  };

  it('are refused, in little memory', async () => {
    await s.asAdmin();
    for (const [what, [data, wanted]] of Object.entries(files)) {
      const send = async () => { const res = await s.uploadRaw(data); assert.equal(code(res), wanted, what); assert.ok(res.body.length < 256 * 1024, what); };
      const grown = canMeasure ? await growth(s, send) : await send();
      if (canMeasure) assert.ok(grown < 32 * MiB, `${what}: ${Math.round(grown / MiB)} MiB more`);
    }
    assert.equal(await revision(s), 0);
  });

  it('what reads all the numbers holds one service at a time', { skip: !canMeasure && 'no measure of memory here' }, async () => {
    const day = (w) => new Date(Date.UTC(2000, 0, 2 + 7 * w)).toISOString().slice(0, 10);
    const rows = [];
    for (let service = 0; service < 40; service++) for (let platform = 0; platform < 50; platform++) for (let week = 0; week < 500; week++) rows.push(`Service ${service},P${platform},${day(week)},${week}\n`);
    assert.equal((await s.uploadRaw(head + rows.join(''))).status, 201);
    for (const url of ['/api/stats', '/api/export', '/api/data?interval=year']) {
      const grown = await growth(s, async () => assert.equal((await s.get(url)).status, 200));
      assert.ok(grown < 8 * MiB, `${url}: ${Math.round(grown / MiB)} MiB more`);
    }
  });
});

suite('clients that stall', { main: ['DBDMin 1', 'DBDKeep 1', 'DBDMax 1', 'ServerLimit 1', 'MaxRequestWorkers 16'] }, (s) => {
  const open = (text) => new Promise((resolve, reject) => {
    const socket = net.connect(s.port, '127.0.0.1', () => { socket.pause(); socket.write(text); resolve(socket); });
    socket.on('error', reject);
  });
  const spoolFiles = () => s.processes().flatMap((pid) => fs.readdirSync(`/proc/${pid}/fd`).map((fd) => { try { return fs.readlinkSync(`/proc/${pid}/fd/${fd}`); } catch { return ''; } })).filter((f) => f.includes('/spool/'));

  it('hold no connection to the database, in the middle of an upload or of an answer; and no file that has a name', async () => {
    const rows = Array.from({ length: 40000 }, (_, i) => `Service ${i % 40},Platform with a rather long name ${Math.floor(i / 40) % 10},${new Date(Date.UTC(2000, 0, 2 + 7 * Math.floor(i / 400))).toISOString().slice(0, 10)},1\n`);
    const as = await s.asAdmin();
    assert.equal((await s.uploadRaw(head + rows.join(''))).status, 201);
    const sockets = [];
    for (let i = 0; i < 4; i++) {
      sockets.push(await open(`GET /api/export HTTP/1.1\r\nHost: localhost\r\n\r\n`));
      sockets.push(await open(`POST /api/upload HTTP/1.1\r\nHost: localhost\r\nCookie: ${as.cookie}\r\nSec-Fetch-Site: same-origin\r\nContent-Type: multipart/form-data; boundary=B\r\nContent-Length: 100000\r\n\r\n${B}${D}service,`));
    }
    for (let i = 0; i < 3; i++) assert.equal((await s.get('/api/stats')).status, 200);
    assert.equal((await s.uploadRaw(row({ viewers: 11 }))).status, 201, 'and a write gets through');
    assert.deepEqual(fs.readdirSync(s.file('spool')), []);
    for (const socket of sockets) socket.destroy();
    if (process.getuid() === 0) await until('the files to go with their clients', () => spoolFiles().length === 0);
  });
});

suite('what the log holds', {}, (s) => {
  it('is one line for each thing, without control characters, PINs or cells', async () => {
    s.allow(/AH10244|SP0316/);
    await s.asAdmin();
    await s.post('/api/auth', { pin: '7391846205' });
    await s.get('/api/data/%0a%1b[31m[core:error]%20fake', { contract: false });
    await s.get('/api/stats?a%0a=SP0312', { headers: { Referer: 'http://localhost/\t[error]', 'User-Agent': '"; evil' } });
    await s.uploadRaw(row({ viewers: 'topsecretcell' }));
    await s.uploadRaw(row({ viewers: 12 }), { query: '?filename=' + encodeURIComponent('x[core:error] y.csv') });
    for (const text of [PIN, '7391846205', 'topsecretcell', '\u001b']) assert.ok(!s.log().includes(text), JSON.stringify(text));
    const lines = s.log().split('\n').filter(Boolean);
    for (const line of lines.slice(lines.findIndex((l) => /resuming normal operations/.test(l)))) assert.match(line, /^\[\w{3} \w{3} \d\d /, line);
  });
});
