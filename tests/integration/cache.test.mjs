// Answers that are kept ready: the same bytes as a fresh one, for the right people, never of a state that is over.
import { execFile } from 'node:child_process';
import fs from 'node:fs';
import { promisify } from 'node:util';
import zlib from 'node:zlib';
import { admin, assert, configtest, it, suite } from './lib/server.mjs';
import { years } from './lib/sheet.mjs';

const run = promisify(execFile);
const [sample] = years();
const csv = (viewers, service = 'A') => `service,platform,week_start,viewers\n${service},B,2025-01-05,${viewers}\n`;
const gzip = { headers: { 'Accept-Encoding': 'gzip' } };
const bodies = (answers) => new Set(answers.map((a) => a.body.toString('latin1'))).size;
const times = (n, make) => Promise.all(Array.from({ length: n }, (_, i) => make(i)));
const tagOf = (res) => res.headers.etag.replace(/^"([0-9a-f]+)-.*$/, '$1');

suite('answers that are kept', {}, (s) => {
  const urls = ['/api/data', '/api/data?interval=month&from=2025-03-01', '/api/data/sunday-gathering', '/api/special-events', '/api/stats', '/api/services', '/api/platforms', '/api/uploads', '/api/uploads/1',
    '/api/uploads/1?include=said&limit=5', '/api/data?as_of=1', '/api/history?service=sunday-gathering&platform=facebook&week=2025-01-05'];

  it('are the same bytes each time, plain and compressed', async () => {
    assert.equal((await s.upload(sample.csv)).status, 201);
    for (const url of urls) {
      const plain = await times(6, () => s.get(url));
      const packed = await times(6, () => s.get(url, gzip));
      assert.deepEqual([...new Set([...plain, ...packed].map((r) => r.status))], [200], url);
      assert.deepEqual([bodies(plain), bodies(packed)], [1, 1], url);
      assert.equal(new Set(plain.map((r) => r.headers.etag)).size, 1);
      const [one] = packed;
      if (one.headers['content-encoding']) assert.deepEqual(zlib.gunzipSync(one.body), plain[0].body, `${url} is compressed once`);
      else assert.deepEqual(one.body, plain[0].body);
      assert.equal(Number(one.headers['content-length']), one.body.length);
    }
  });

  it('the order of the parameters makes no difference, their values do', async () => {
    const [a, b, c] = await Promise.all(['?from=2025-03-01&to=2025-06-30&service=sunday-gathering&service=campus-north', '?service=campus-north&to=2025-06-30&service=sunday-gathering&from=2025-03-01',
      '?from=2025-03-01&to=2025-07-31&service=sunday-gathering&service=campus-north'].map((q) => s.data(q)));
    assert.deepEqual(a, b);
    assert.notDeepEqual(a, c);
    assert.equal((await s.data('?service=campus-north')).services.length, 1);
    assert.equal((await s.data('?platform=facebook')).services[0].platforms.length, 1);
  });

  it('who is signed in sees names, who is not never does', async () => {
    const as = await s.asAdmin();
    for (let i = 0; i < 5; i++) {
      for (const url of ['/api/stats', '/api/uploads', '/api/uploads/1']) {
        const [known, unknown] = (i % 2 ? await Promise.all([s.get(url, { as }), s.get(url)]) : [await s.get(url, { as }), await s.get(url)]).map((r) => r.text);
        assert.match(known, /"actor":"admin \(PIN\)"/);
        assert.doesNotMatch(unknown, /"actor":"/);
      }
    }
  });

  it('If-None-Match and Accept-Encoding together', async () => {
    const plain = await s.get('/api/stats');
    const packed = await s.get('/api/stats', gzip);
    assert.equal(packed.headers.etag, plain.headers.etag.replace(/"$/, '-gzip"'));
    for (const [accept, coding] of [['gzip', 'gzip'], ['gzip, deflate, br', 'gzip'], ['*', 'gzip'], ['gzip;q=0', undefined], ['*;q=0', undefined], ['identity', undefined], ['br', undefined]]) {
      const res = await s.get('/api/stats', { headers: { 'Accept-Encoding': accept } });
      assert.equal(res.headers['content-encoding'], coding, accept);
      assert.deepEqual(coding ? zlib.gunzipSync(res.body) : res.body, plain.body, accept);
      assert.match(res.headers.vary, /accept-encoding/i);
      for (const tag of [plain.headers.etag, packed.headers.etag, `W/${packed.headers.etag}`, '*', `"x", ${plain.headers.etag}`]) {
        const again = await s.get('/api/stats', { headers: { 'Accept-Encoding': accept, 'If-None-Match': tag } });
        assert.deepEqual([again.status, again.body.length], [304, 0]);
        assert.ok(again.headers.etag === plain.headers.etag || again.headers.etag === packed.headers.etag);
        if (tag.startsWith('"') && !tag.includes('x')) assert.equal(again.headers.etag, tag, 'the one that the client has');
        assert.equal(again.headers['content-encoding'], undefined);
      }
    }
  });

  it('HEAD says what GET would, and sends nothing', async () => {
    for (const options of [{}, gzip]) {
      const res = await s.get('/api/data', options);
      const head = await s.send('HEAD', '/api/data', options);
      assert.equal(head.body.length, 0);
      for (const name of ['content-length', 'content-encoding', 'content-type', 'etag', 'vary']) assert.equal(head.headers[name], res.headers[name], name);
    }
  });

  it('a part of it is a part of the same bytes', async () => {
    for (const options of [{}, gzip]) {
      const { body, headers } = await s.get('/api/data', options);
      for (const [range, slice] of [['bytes=0-9', [0, 10]], ['bytes=100-1099', [100, 1100]], ['bytes=-7', [body.length - 7]]]) {
        const part = await s.get('/api/data', { contract: false, headers: { ...options.headers, Range: range, 'If-Range': headers.etag } });
        assert.equal(part.status, 206);
        assert.deepEqual(part.body, body.subarray(...slice));
      }
      assert.equal((await s.get('/api/data', { headers: { ...options.headers, Range: 'bytes=0-9', 'If-Range': '"other"' } })).status, 200);
    }
  });

  it('what is not there is 404, whatever the client says it has', async () => {
    const { headers } = await s.get('/api/data/sunday-gathering');
    for (let i = 0; i < 3; i++) {
      for (const tag of [headers.etag, '*']) {
        assert.equal((await s.get('/api/data/nobody', { headers: { 'If-None-Match': tag } })).status, 404);
        assert.equal((await s.get('/api/data?service=nobody', { headers: { 'If-None-Match': tag } })).status, 404);
        assert.equal((await s.get('/api/data/campus-north?from=2025-02-01', { headers: { 'If-None-Match': tag } })).status, 304);
      }
      assert.equal((await s.get('/api/data/nobody')).status, 404);
    }
    const known = await s.get('/api/data/campus-north?from=2025-02-01');
    assert.deepEqual([known.status, known.json().service.id], [200, 'campus-north'], 'after 304s there is a body to be had');
  });

  it('an upload shows at once, in every child and both codings', async () => {
    for (let i = 1; i <= 10; i++) {
      assert.equal((await s.uploadRaw(csv(i))).status, 201);
      const answers = await times(6, (n) => s.get('/api/data?service=a', n % 2 ? gzip : {}));
      for (const res of answers) assert.match((res.headers['content-encoding'] ? zlib.gunzipSync(res.body) : res.body).toString(), new RegExp(`"total":\\[${i}\\]`));
    }
  });

  it('what another process commits shows at once, too', async () => {
    const file = s.file('more.csv');
    for (let i = 100; i < 112; i++) {
      await s.get('/api/data?service=a');
      fs.writeFileSync(file, csv(i));
      await run(admin, ['import', '--db', s.db, file]);
      assert.match((await s.get('/api/data?service=a')).text, new RegExp(`"total":\\[${i}\\]`));
    }
    await run('sqlite3', [s.db, 'PRAGMA wal_checkpoint(TRUNCATE)']);
    assert.match((await s.get('/api/data?service=a')).text, /"total":\[111\]/);
    fs.writeFileSync(file, csv(7));
    await run(admin, ['import', '--db', s.db, file]);
    assert.match((await s.get('/api/data?service=a')).text, /"total":\[7\]/);
  });
});

suite('clients and uploads at the same moment', { main: ['StreamPulseCacheBytes 256K'] }, (s) => {
  it('no answer is of another revision than its tag', async () => {
    const as = await s.asAdmin();
    assert.equal((await s.upload(sample.csv, { as })).status, 201);
    const revisions = new Map();
    let done = false;
    const read = async (n) => {
      let last = 0;
      for (let i = 0; !done; i++) {
        const url = ['/api/data?service=a&service=campus-north', '/api/stats'][(n + i) % 2];
        const res = await s.get(url, n % 3 ? gzip : {});
        if (res.status === 404) continue; // before the first of the uploads
        const { revision } = JSON.parse(res.headers['content-encoding'] ? zlib.gunzipSync(res.body) : res.body);
        assert.equal(revisions.get(tagOf(res)) ?? revision, revision, 'one tag, one revision');
        revisions.set(tagOf(res), revision);
        assert.ok(revision >= last, `${revision} after ${last}`);
        last = revision;
      }
    };
    const readers = Array.from({ length: 8 }, (_, n) => read(n));
    for (let i = 1; i <= 40; i++) assert.equal((await s.uploadRaw(csv(i), { as })).status, 201);
    done = true;
    await Promise.all(readers);
    assert.equal(new Set(revisions.values()).size, revisions.size, 'one revision, one tag');
    assert.ok(revisions.size > 5, `${revisions.size} revisions were seen`);
  });
});

suite('little room', { main: ['StreamPulseCacheBytes 24K', 'ServerLimit 1', 'MaxRequestWorkers 16'] }, (s) => {
  it('more answers than it holds are all right, again and again', async () => {
    assert.equal((await s.upload(sample.csv)).status, 201);
    const whole = await s.data();
    for (let round = 0; round < 3; round++) {
      await times(60, async (i) => {
        const from = new Date(Date.UTC(2025, 0, 1 + 5 * i)).toISOString().slice(0, 10);
        const part = await s.data(`?from=${from}&service=sunday-gathering`);
        const expected = whole.services.find((x) => x.id === 'sunday-gathering').week_start.filter((d) => d >= from);
        assert.deepEqual(part.services[0]?.week_start ?? [], expected);
      });
    }
  });
});

suite('StreamPulseCacheBytes 0', { main: ['StreamPulseCacheBytes 0'] }, (s) => {
  it('everything goes on, and mod_deflate compresses', async () => {
    assert.equal((await s.upload(sample.csv)).status, 201);
    const plain = await s.get('/api/data');
    const packed = await s.get('/api/data', gzip);
    assert.equal(packed.headers['content-encoding'], 'gzip');
    assert.deepEqual(zlib.gunzipSync(packed.body), plain.body);
    assert.equal((await s.get('/api/data', { headers: { 'If-None-Match': plain.headers.etag } })).status, 304);
    assert.equal((await s.get('/api/data?service=nobody', { headers: { 'If-None-Match': plain.headers.etag } })).status, 404);
  });
});

suite('two databases and two mounts', { sites: [{ host: 'a.test', db: 'a.db' }, { host: 'b.test', db: 'b.db', prefix: '/b' }, { host: 'c.test', db: 'a.db', anonymous: 'none' }], modules: ['env'] }, (s) => {
  it('each shows its own, to those who may look', async () => {
    assert.equal((await s.uploadRaw(csv(1, 'Of A'), { host: 'a.test' })).status, 201);
    assert.equal((await s.uploadRaw(csv(2, 'Of B'), { host: 'b.test' })).status, 201);
    const as = await s.asAdmin('c.test');
    for (let i = 0; i < 5; i++) {
      assert.equal((await s.data('', { host: 'a.test' })).services[0].name, 'Of A');
      assert.equal((await s.data('', { host: 'b.test' })).services[0].name, 'Of B');
      assert.equal((await s.get('/api/data', { host: 'c.test' })).status, 401);
      assert.equal((await s.get('/api/data', { host: 'c.test', headers: { 'If-None-Match': '*' } })).status, 401);
      assert.equal((await s.data('', { host: 'c.test', as })).services[0].name, 'Of A');
    }
  });
});

suite('a database that is replaced', { sites: [{ host: 'a.test', db: 'a.db' }, { host: 'b.test', db: 'b.db' }] }, (s) => {
  it('what was kept of the old one is never shown again', async () => {
    s.allow(/SP02\d\d/);
    assert.equal((await s.uploadRaw(csv(1, 'Old'), { host: 'a.test' })).status, 201);
    assert.equal((await s.uploadRaw(csv(2, 'New'), { host: 'b.test' })).status, 201);
    for (let i = 0; i < 6; i++) assert.equal((await s.data('', { host: 'a.test' })).services[0].name, 'Old');
    await run('sqlite3', [s.file('b.db'), `VACUUM INTO '${s.file('copy.db')}'`]);
    await run('sqlite3', [s.file('copy.db'), 'PRAGMA journal_mode=WAL']);
    s.own('copy.db');
    for (const tail of ['-wal', '-shm']) fs.rmSync(s.file(`a.db${tail}`), { force: true });
    fs.renameSync(s.file('copy.db'), s.file('a.db'));
    for (let i = 0; i < 6; i++) assert.equal((await s.data('', { host: 'a.test' })).services[0].name, 'New');
    const as = await s.signIn({ host: 'a.test' }); // the old session went with the old database
    assert.equal((await s.uploadRaw(csv(3, 'New'), { host: 'a.test', as })).status, 201);
    assert.deepEqual((await s.data('', { host: 'a.test' })).services[0].total, [3]);
    fs.renameSync(s.file('a.db'), s.file('away'));
    assert.equal((await s.get('/api/data', { host: 'a.test' })).status, 503);
    fs.renameSync(s.file('away'), s.file('a.db'));
    assert.equal((await s.data('', { host: 'a.test' })).services[0].name, 'New');
  });
});

suite('a client that takes no gzip although it says so', { modules: ['env'], main: ['SetEnv no-gzip 1'] }, (s) => {
  it('"no-gzip" of the configuration holds here, too', async () => {
    assert.equal((await s.upload(sample.csv)).status, 201);
    const res = await s.get('/api/data', gzip);
    assert.equal(res.headers['content-encoding'], undefined);
    assert.equal(res.json().services.length, 4);
  });
});

it('the directive is for the server as a whole, and a size', () => {
  const text = (...main) => configtest({ main }).text;
  assert.match(text('StreamPulseCacheBytes lots'), /number of bytes from 0/);
  assert.match(text('StreamPulseCacheBytes 2G'), /number of bytes from 0/);
  assert.match(text('<VirtualHost *:1>', 'StreamPulseCacheBytes 1M', '</VirtualHost>'), /VirtualHost/);
  assert.ok(configtest({ main: ['StreamPulseCacheBytes 1G'] }).ok);
});
