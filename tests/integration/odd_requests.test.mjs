// Requests that no browser sends: framings that two servers could read differently, targets and hosts in other shapes, and tokens where none belongs.
import net from 'node:net';
import { assert, it, suite } from './lib/server.mjs';
import { raw } from './lib/http.mjs';

const JSON_TYPE = 'Content-Type: application/json';
const entry = JSON.stringify({ entries: [{ service: 'A', platform: 'B', week_start: '2025-01-05', viewers: 1 }] });

/** All that the server says on one connection, until it closes it. */
const converse = (port, text) => new Promise((resolve, reject) => {
  const got = [];
  const socket = net.connect(port, '127.0.0.1', () => socket.end(text));
  socket.on('data', (c) => got.push(c)).on('error', reject).on('close', () => resolve(Buffer.concat(got).toString('latin1')));
});
const statuses = (text) => [...text.matchAll(/^HTTP\/1\.[01] (\d{3}) /gm)].map((found) => Number(found[1]));

suite('odd requests', { anonymous: 'none', sites: [{ prefix: '/pulse' }] }, (s) => {
  let secret, authorization;
  const lines = (first, ...headers) => `${[first, ...headers].join('\r\n')}\r\n\r\n`;
  const host = 'Host: localhost';
  const NEXT = lines('GET /pulse/healthz HTTP/1.1', host, 'Connection: close');
  const entries = () => s.sql('SELECT count(*) AS n FROM entry')[0].n;
  const one = async (text) => {
    const res = await raw(s.port, [text], { end: true });
    return [res.status, res.headers.location];
  };
  const get = (target, ...headers) => one(lines(`GET ${target} HTTP/1.1`, 'Connection: close', ...headers));

  it('there is a token', async () => {
    ({ secret } = (await s.post('/pulse/api/tokens', { name: 'program', role: 'editor', expires_in_days: 1 }, { as: await s.signIn() })).json());
    authorization = `Authorization: Bearer ${secret}`;
  });

  it('a body that belongs to a GET, or that nobody reads, is no request', async () => {
    const inner = lines('POST /pulse/api/data HTTP/1.1', host, authorization, JSON_TYPE, `Content-Length: ${entry.length}`) + entry;
    for (const first of ['GET /pulse/api/data HTTP/1.1', 'GET /pulse/healthz HTTP/1.1', 'GET /pulse/nothing HTTP/1.1', 'DELETE /pulse/api/data HTTP/1.1', 'POST /pulse/api/auth/me HTTP/1.1']) {
      for (const who of [[], [authorization]]) {
        const [, next, ...more] = statuses(await converse(s.port, lines(first, host, ...who, `Content-Length: ${inner.length}`) + inner + NEXT));
        assert.ok([undefined, 200].includes(next) && !more.length, `${first}: ${next} ${more}`);
      }
    }
    assert.equal(entries(), 0);
  });

  it('two lengths, or two ways to tell where a body ends, lead to no second request', async () => {
    const head = ['POST /pulse/api/data HTTP/1.1', host, authorization, JSON_TYPE];
    for (const [framing, body] of [
      [['Content-Length: 4', 'Transfer-Encoding: chunked'], '0\r\n\r\n'], [['Transfer-Encoding: chunked', `Content-Length: ${5 + NEXT.length}`], '0\r\n\r\n'], [['Content-Length: 2', 'Content-Length: 40'], '{}'],
      [['Transfer-Encoding: xchunked'], '0\r\n\r\n'], [['Transfer-Encoding: chunked, identity'], '0\r\n\r\n'], [['Transfer-Encoding: identity', 'Transfer-Encoding: chunked'], '0\r\n\r\n'], [['Transfer-Encoding : chunked'], '0\r\n\r\n'],
      [['Content-Length: -1'], ''], [['Content-Length: +2'], '{}'], [['Content-Length: 2, 2'], '{}'], [['Content-Length: 0x2'], '{}'], [['Content-Length: 99999999999999999999'], '{}'],
    ]) {
      const got = statuses(await converse(s.port, lines(...head, ...framing) + body + NEXT));
      assert.ok(got.length === 1 && got[0] >= 400, `${framing.join(' | ')}: ${got}`);
    }
    assert.equal(entries(), 0);
  });

  it('chunks that end badly store nothing', async () => {
    const head = lines('POST /pulse/api/data HTTP/1.1', host, authorization, JSON_TYPE, 'Transfer-Encoding: chunked', 'Connection: close');
    const size = entry.length.toString(16);
    for (const body of [`${size}\r\n${entry}\r\n`, `${size}\r\n${entry}X0\r\n\r\n`, `${size};\0\r\n${entry}\r\n0\r\n\r\n`, `-${size}\r\n${entry}\r\n0\r\n\r\n`, `fffffffffffffffff\r\n${entry}`]) {
      for (const status of statuses(await converse(s.port, head + body))) assert.ok(status >= 400, `${JSON.stringify(body.slice(0, 20))}: ${status}`);
    }
    assert.equal(entries(), 0);
  });

  it('the target: another form of it is that very page, with the same rules, or none', async () => {
    for (const [target, status] of [['http://localhost/pulse/api/data', 401], ['http://evil.example/pulse/api/data', 401], ['http://user:word@localhost/pulse/api/data', 400], ['ftp://localhost/pulse/api/data', 400], ['*', 400], ['pulse/api/data', 400],
      ['/pulse/api/data#x', 400], ['//localhost/pulse/api/data', 404]]) {
      assert.equal((await get(target, host))[0], status, target);
    }
    assert.equal((await get('http://localhost/pulse/api/data', host, authorization))[0], 200);
    assert.equal((await get(`http://${secret}@localhost/pulse/api/data`, host))[0], 400);
    assert.equal((await one(lines('OPTIONS * HTTP/1.1', host, 'Connection: close')))[0], 200, 'httpd’s own, about itself');
    assert.equal((await one(lines('CONNECT localhost:80 HTTP/1.1', host, 'Connection: close')))[0], 405);
  });

  it('no host, two, or one that is none: 400; and no answer leads to the one that was named', async () => {
    for (const headers of [[], [host, 'Host: evil.example'], ['Host: evil.example/x'], ['Host: a@evil.example'], ['Host: evil.example\\x'], ['Host: evil example'], ['Host: localhost:99999999']]) {
      assert.equal((await get('/pulse/api/data', ...headers))[0], 400, headers.join(' '));
    }
    for (const name of ['evil.example', 'evil.example:99', 'localhost:99', '127.0.0.1']) {
      assert.deepEqual(await get('/pulse', `Host: ${name}`), [301, '/pulse/'], name);
      assert.equal((await get('/pulse/api/data', `Host: ${name}`))[0], 401);
    }
    const made = await raw(s.port, [lines('POST /pulse/api/data HTTP/1.1', 'Host: evil.example', authorization, JSON_TYPE, `Content-Length: ${entry.length}`, 'Connection: close') + entry]);
    assert.deepEqual([made.status, made.headers.location], [201, '/pulse/api/uploads/1']);
  });

  it('HTTP/1.0 and 0.9 have the same rules', async () => {
    assert.equal((await one(lines('GET /pulse/api/data HTTP/1.0')))[0], 401);
    assert.equal((await one(lines('GET /pulse/api/data HTTP/1.0', authorization)))[0], 200);
    assert.equal((await one(lines('POST /pulse/api/data HTTP/1.0', authorization, JSON_TYPE, 'Transfer-Encoding: chunked') + `${entry.length.toString(16)}\r\n${entry}\r\n0\r\n\r\n`))[0], 200, 'as httpd reads it: that is stored already');
    assert.match(await converse(s.port, 'GET /pulse/api/data\r\n'), /"sign_in_required"/);
    for (const version of ['HTTP/1.1 x', 'HTTP/1', 'ICY/1.1']) assert.doesNotMatch(await converse(s.port, lines(`GET /pulse/api/data ${version}`, host, authorization)), /"revision"/, version);
  });

  it('a token counts in the Authorization header as Bearer, and nowhere else', async () => {
    const basic = (text) => `Authorization: Basic ${Buffer.from(text).toString('base64')}`;
    for (const headers of [[basic(`x:${secret}`)], [basic(`${secret}:`)], [basic(secret)], [`Cookie: access_token=${secret}; Authorization=Bearer ${secret}`], [`X-API-Key: ${secret}`], [`Proxy-Authorization: Bearer ${secret}`],
      [`X-Authorization: Bearer ${secret}`], [`X-Forwarded-Authorization: Bearer ${secret}`], [`Authorization: Bearer sp_${'0'.repeat(8000)}`]]) {
      assert.equal((await get('/pulse/api/data', host, ...headers))[0], 401, headers[0].slice(0, 60));
    }
    for (const name of ['access_token', 'token', 'authorization', 'bearer', 'key']) assert.equal((await get(`/pulse/api/data?${name}=${secret}`, host))[0], 401, name);
    for (const body of [`access_token=${secret}`, `token=${secret}`]) {
      assert.equal((await one(lines('POST /pulse/api/data HTTP/1.1', host, 'Content-Type: application/x-www-form-urlencoded', `Content-Length: ${body.length}`, 'Connection: close') + body))[0], 401);
    }
    assert.equal((await get('/pulse/api/data', host, `Authorization : Bearer ${secret}`))[0], 400);
    assert.equal((await get('/pulse/api/data', host, `Authorization: Bearer sp_${'0'.repeat(9000)}`))[0], 400, 'httpd’s limit of a header');
    assert.ok(!s.log().includes(secret.slice(3)));
  });

  it('another method by header, parameter or field is none', async () => {
    const { n } = s.sql('SELECT count(*) AS n FROM number')[0];
    for (const override of ['X-HTTP-Method-Override: DELETE', 'X-HTTP-Method: DELETE', 'X-Method-Override: DELETE']) assert.equal((await get('/pulse/api/data/a', host, authorization, override))[0], 200, override);
    assert.equal((await get('/pulse/api/data/a?_method=DELETE', host, authorization))[0], 400);
    const body = '_method=DELETE';
    assert.equal((await one(lines('POST /pulse/api/data/a HTTP/1.1', host, authorization, 'Content-Type: application/x-www-form-urlencoded', `Content-Length: ${body.length}`, 'Connection: close') + body))[0], 405);
    assert.equal(s.sql('SELECT count(*) AS n FROM number')[0].n, n);
  });
});
