// conf/container.conf as it is shipped: a user that is not root, everything from the environment, logs to standard output and error; slow clients and a mixed load in passing.
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { containerSuite } from './lib/container.mjs';
import { assert, it, repo, until } from './lib/server.mjs';

const SLOW = 300;
const SAMPLE = path.join(repo, 'tests/data/sample-year.csv');

containerSuite('the configuration of the container', {}, (s) => {
  it('runs without root', () => {
    for (const pid of [s.child.pid, ...s.processes()]) assert.doesNotMatch(fs.readFileSync(`/proc/${pid}/status`, 'utf8'), /^Uid:\s+0\s/m);
  });

  it('is alive and ready, without a line in the access log', async () => {
    for (const url of ['/healthz', '/readyz']) assert.equal((await s.get(url)).status, 200);
    assert.equal(s.access(), '');
  });

  it('serves the page, the API and its contract', async () => {
    const res = await s.upload(fs.readFileSync(SAMPLE), { name: 'year.csv' });
    assert.equal(res.status, 201, res.text);
    for (const url of ['/', '/api/data', '/api/stats', '/api/special-events', '/api/uploads', '/api/export', '/api/openapi.json', '/api/auth/me']) {
      assert.equal((await s.get(url)).status, 200, url);
    }
    assert.equal((await s.get('/nothing/here')).status, 404);
  });

  it('compresses, and an unchanged answer is a 304 nevertheless', async () => {
    const headers = { 'Accept-Encoding': 'gzip' };
    const res = await s.get('/api/data', { headers, contract: false });
    assert.equal(res.headers['content-encoding'], 'gzip');
    assert.equal((await s.get('/api/data', { headers: { ...headers, 'If-None-Match': res.headers.etag }, contract: false })).status, 304);
  });

  it('writes requests to standard output and what it does to standard error', async () => {
    await until('the line of a request', () => /"GET \/api\/data HTTP\/1.1" 200 /.test(s.access()));
    assert.match(s.log(), /resuming normal operations/);
  });

  it('restarts gracefully, and serves on', async () => {
    await s.graceful();
    assert.equal((await s.get('/readyz')).status, 200);
  });
});

containerSuite('the configuration of the container without an anonymous visitor', { anonymous: 'none' }, (s) => {
  it('shows nothing before signing in', async () => {
    assert.equal((await s.get('/api/data')).status, 401);
    const as = await s.asAdmin();
    assert.equal((await s.get('/api/data', { as })).status, 200);
  });
});

const upload = (as) => `POST /api/upload HTTP/1.1\r\nHost: localhost\r\nCookie: ${as.cookie}\r\nSec-Fetch-Site: same-origin\r\nContent-Type: text/csv\r\nContent-Length: 100000\r\n\r\nservice,`;
const SLOW_CLIENTS = {
  'half a header': () => 'GET /api/stats HTTP/1.1\r\nHost: localhost\r\nX-',
  'half a body': upload,
  'an answer that nobody reads': () => 'GET /api/export HTTP/1.1\r\nHost: localhost\r\n\r\n',
};

containerSuite('slow clients of the container', {}, (s) => {
  for (const [what, head] of Object.entries(SLOW_CLIENTS)) {
    it(`${SLOW} of them, each with ${what}: others are served`, async () => {
      const as = await s.asAdmin();
      const sockets = Array.from({ length: SLOW }, () => net.connect(s.port, '127.0.0.1').pause());
      for (const socket of sockets) {
        socket.on('error', () => {});
        socket.write(head(as));
      }
      await Promise.all(sockets.map((socket) => new Promise((resolve) => (socket.connecting ? socket.once('connect', resolve) : resolve()))));
      for (let n = 0; n < 20; n++) assert.equal((await s.get('/api/stats')).status, 200);
      for (const socket of sockets) socket.destroy();
    });
  }
});
