// The dashboard as it is served: every file that was built, as it was built, in every coding, at the root and at a prefix: GET /, GET /{page}, GET /assets/{file}.
import fs from 'node:fs';
import path from 'node:path';
import { brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import { contract } from './lib/contract.mjs';
import { assert, build, it, repo, suite } from './lib/server.mjs';

const htdocs = path.join(build, 'htdocs');
const files = fs.readdirSync(htdocs, { recursive: true }).map(String).filter((f) => fs.statSync(path.join(htdocs, f)).isFile()).sort();
const bytesOf = (file) => fs.readFileSync(path.join(htdocs, file));
const addressOf = (file) => (file === 'index.html' ? '/' : `/${file}`);
const views = contract.components.schemas.View.enum;
const isHashed = (file) => file.startsWith('assets/');

const TYPES = { '.css': 'text/css', '.csv': 'text/csv', '.html': 'text/html', '.js': 'text/javascript', '.svg': 'image/svg+xml', '.png': 'image/png', '.txt': 'text/plain', '.webmanifest': 'application/manifest+json', '.woff2': 'font/woff2' };
const decode = { br: brotliDecompressSync, gzip: gunzipSync, undefined: (b) => b };
const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; manifest-src 'self'";
const cacheOf = (file) => (isHashed(file) ? 'public, max-age=31536000, immutable' : file === 'index.html' ? 'no-cache' : 'public, max-age=300');

/** The answers to one file, for each Accept-Encoding. */
const CHOICES = [[undefined, undefined], ['gzip', 'gzip'], ['gzip, deflate, br', 'br'], ['br;q=0.1, gzip;q=0.9', 'gzip'], ['br;q=0, *', 'gzip'], ['*;q=0', undefined], ['zstd', undefined]];

/** In pieces small enough that coding gains nothing a file is sent as it is. */
const gains = (file, coding) => !coding || bytesOf(file).length > 1024;

function serves(s, prefix) {
  for (const file of files) {
    it(`${prefix}${addressOf(file)} is the file that was built, in every coding`, async () => {
      const tags = new Map();
      for (const [accept, coding] of CHOICES) {
        const res = await s.get(prefix + addressOf(file), { headers: accept ? { 'Accept-Encoding': accept } : {} });
        const got = res.headers['content-encoding'];
        assert.equal(res.status, 200);
        if (gains(file, coding)) assert.equal(got, coding, accept);
        assert.deepEqual(decode[got](res.body), bytesOf(file), accept);
        assert.equal(res.headers['content-type'].split(';')[0], TYPES[path.extname(file)]);
        assert.equal(res.headers['cache-control'], cacheOf(file));
        assert.equal(Number(res.headers['content-length']), res.body.length);
        assert.equal(res.headers['x-content-type-options'], 'nosniff');
        if (gains(file, 'br')) assert.equal(res.headers.vary, 'Accept-Encoding');
        assert.ok(!tags.has(got) || tags.get(got) === res.headers.etag, 'one tag for one coding');
        tags.set(got, res.headers.etag);
      }
      assert.equal(new Set(tags.values()).size, tags.size, 'a tag for each coding');
    });
  }

  it('a 304 to who has it, a 200 to who has another coding of it; HEAD without the body', async () => {
    for (const file of files) {
      const url = prefix + addressOf(file);
      const get = (headers, method = 'GET') => s.send(method, url, { headers: { 'Accept-Encoding': 'gzip', ...headers } });
      const { headers: { etag, ...known } } = await get({});
      for (const has of [etag, `W/${etag}`, `"x", ${etag}`, '*']) {
        const res = await get({ 'If-None-Match': has });
        assert.deepEqual([res.status, res.body.length, res.headers.etag, res.headers['cache-control'], res.headers['content-encoding']], [304, 0, etag, cacheOf(file), undefined], has);
        assert.equal(res.headers.vary, known.vary);
      }
      for (const has of ['"x"', etag.slice(1, -1), etag.replace('-gzip', '-br'), '']) if (has !== etag) assert.equal((await get({ 'If-None-Match': has })).status, 200, has);
      const head = await get({}, 'HEAD');
      for (const name of ['content-type', 'content-length', 'content-encoding', 'cache-control', 'vary']) assert.equal(head.headers[name], known[name], name);
      assert.deepEqual([head.status, head.body.length, head.headers.etag], [200, 0, etag]);
      assert.equal((await get({ 'If-None-Match': etag }, 'HEAD')).status, 304);
    }
  });

  it('each view is the page, whatever is asked of it; under the strictest policy', async () => {
    for (const view of ['', ...views]) {
      for (const query of ['', '?service=Sunday&from=2025-01-01&x=%zz&&=']) {
        const res = await s.get(`${prefix}/${view}${query}`);
        assert.deepEqual([res.status, res.text], [200, bytesOf('index.html').toString()], view);
        assert.equal(res.headers['content-security-policy'], POLICY);
        assert.equal(res.headers['cross-origin-opener-policy'], 'same-origin');
        assert.match(res.headers['permissions-policy'], /camera=\(\)/);
      }
    }
  });

  it('a 304 has the headers of the page that the browser kept: it takes them over', async () => {
    const names = ['content-security-policy', 'cross-origin-opener-policy', 'permissions-policy', 'x-frame-options', 'referrer-policy', 'cache-control', 'vary', 'etag'];
    const first = await s.get(`${prefix}/`);
    const again = await s.get(`${prefix}/`, { headers: { 'If-None-Match': first.headers.etag } });
    assert.equal(again.status, 304);
    for (const name of names) assert.equal(again.headers[name], first.headers[name], name);
  });

  it('is 404 for anything else and 405 for anything but reading', async () => {
    const name = path.posix.basename(files.find(isHashed));
    const others = ['/nothing', '/index.html', '/trends/', '/trends/x', '/Trends', '/trends%00', '/trends;x', '/%2e%2e/trends/x', '/assets', '/assets/', '/assets/x.js', '/assets/../x', '/assets/..%2findex.html', `/assets%2f${name}`, `/assets/${name}/`,
      `/assets/${name}.map`, `/assets/./x/${name}`, `/assets/${name}%20`, '/.vite/manifest.json', '/src/main.tsx', '/package.json', '/index.html%00', '/view', '/{page}'];
    s.allow(/AH10244|AH00026|SP0313/);
    for (const other of others) {
      const res = await s.get(prefix + other, { contract: false });
      assert.ok([404, ...(/%00|%2e/.test(other) ? [400] : [])].includes(res.status), `${other} → ${res.status}`);
      assert.equal(res.headers.etag, undefined, other);
    }
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
      for (const url of ['/', '/trends', '/favicon.svg', `/assets/${name}`]) {
        const res = await s.send(method, prefix + url);
        assert.deepEqual([res.status, res.headers.allow], [405, 'GET, HEAD'], `${method} ${url}`);
      }
      assert.equal((await s.send(method, `${prefix}/nothing`)).status, 404);
    }
  });
}

suite('the dashboard at the root, for somebody who may do nothing', { anonymous: 'none', pin: null }, (s) => serves(s, ''));
suite('the dashboard at a prefix', { sites: [{ prefix: '/pulse' }] }, (s) => serves(s, '/pulse'));

const filters = { modules: ['brotli'], main: ['SetOutputFilter BROTLI_COMPRESS;DEFLATE'] };

suite('the dashboard behind filters that compress everything', filters, (s) => {
  it('is compressed once, and not at all for who would rather have it so', async () => {
    for (const file of files) {
      const res = await s.get(addressOf(file), { headers: { 'Accept-Encoding': 'gzip, br' } });
      const coding = res.headers['content-encoding'];
      assert.deepEqual(decode[coding](res.body), bytesOf(file), file);
      assert.doesNotMatch(res.headers.etag, /-(br|gzip)-/);
      assert.equal((await s.get(addressOf(file), { headers: { 'Accept-Encoding': 'gzip, br', 'If-None-Match': res.headers.etag } })).status, 304, file);
      const plain = await s.get(addressOf(file), { headers: { 'Accept-Encoding': 'identity, gzip;q=0.5, br;q=0.5' } });
      assert.deepEqual([plain.headers['content-encoding'], plain.body], [undefined, bytesOf(file)], file);
    }
  });
});

const refused = { sites: [{ db: 'state.db' }], prepare: (s) => { fs.writeFileSync(s.file('state.db'), 'This is no database.\n'.repeat(300)); s.own('state.db'); } };

suite('the dashboard without its database', refused, (s) => {
  it('is there, also for somebody with a cookie', async () => {
    s.allow(/SP02\d\d/);
    assert.equal((await s.get('/readyz')).status, 503);
    for (const url of ['/', '/data', ...files.filter(isHashed).map(addressOf)]) assert.equal((await s.get(url, { headers: { Cookie: `streampulse_session=${'a'.repeat(64)}` } })).status, 200, url);
  });
});

suite('what is in the dashboard', {}, (s) => {
  it('no address of anybody else', () => {
    const known = /^https?:\/\/(www\.w3\.org\/|reactjs\.org\/docs\/error-decoder|react\.dev\/errors\/|localhost$)/;
    for (const file of files.filter((f) => /\.(html|js|css|svg|webmanifest)$/.test(f))) {
      const text = bytesOf(file).toString();
      assert.deepEqual([...text.matchAll(/https?:\/\/[^\s"'`)<>]*/g)].map((m) => m[0]).filter((a) => !known.test(a)), [], file);
      assert.doesNotMatch(text, /["'(=`]\s*\/\/[a-z0-9-]+(\.[a-z0-9-]+)+[/"'`)]/i, file);
    }
  });

  it('nothing in the page that the policy forbids, and no address from the root', () => {
    const page = bytesOf('index.html').toString();
    assert.doesNotMatch(page, /<style|\sstyle=|\son\w+=|javascript:|<base/i);
    // The texts are data, which no browser runs.
    for (const [, attributes, inside] of page.matchAll(/<script([^>]*)>([^<]*)</g)) {
      assert.ok(/ type="application\/json" id="texts"/.test(attributes) ? JSON.parse(inside) : / src=/.test(attributes) && inside === '', attributes);
    }
    for (const [, address] of page.matchAll(/\s(?:src|href)="([^"]*)"/g)) assert.match(address, /^\.\//);
    assert.match(page, /<noscript>/);
  });

  it('the licences of what is in it', async () => {
    const { text } = await s.get('/licenses.txt');
    for (const name of ['react', 'react-dom', 'scheduler']) assert.match(text, new RegExp(`^${name} \\d+\\.\\d+\\.\\d+$`, 'm'));
    assert.match(text, /MIT License/);
  });

  it('less than 100 kB of JavaScript, gzipped', () => {
    const total = files.filter((f) => f.endsWith('.js')).reduce((sum, f) => sum + gzipSync(bytesOf(f), { level: 9 }).length, 0);
    assert.ok(total > 0 && total < 100_000, `${total} bytes`);
  });

  it('the sample year is the one of the tests, and the template is taken without a word', async () => {
    assert.deepEqual((await s.get('/sample-year.csv')).body, fs.readFileSync(path.join(repo, 'tests/data/sample-year.csv')));
    const res = await s.upload((await s.get('/template.csv')).body, { name: 'template.csv' });
    const { upload, layout, rows, services, problems, warnings, assumed } = res.json();
    assert.deepEqual([res.status, layout, rows, problems, warnings, assumed, upload.added], [201, 'wide', 5, [], [], [], 12]);
    assert.equal(services.length, 1);
    const [service] = (await s.data()).services;
    assert.deepEqual([service.platforms.length, service.week_start.length, service.total.includes(null)], [3, 4, false]);
  });
});
