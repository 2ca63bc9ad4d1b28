// conf/container.conf as it is shipped: a user that is not root, everything from the environment, logs to standard output and error; slow clients and a mixed load in passing.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { after, before } from 'node:test';
import { answers, asRoot, assert, build, describe, freePort, httpd, it, modules, repo, Server, until } from './lib/server.mjs';

const SLOW = 300;
const SAMPLE = path.join(repo, 'tests/data/sample-year.csv');

class Container extends Server {
  conf() {
    throw new Error('a container has only the configuration that is shipped');
  }

  makeFolder() {
    super.makeFolder();
    fs.chmodSync(this.file('pin'), 0o640);
    for (const name of ['run', 'modules']) {
      fs.mkdirSync(this.file(name));
      this.own(name);
    }
    for (const name of fs.readdirSync(modules()).filter((m) => m !== 'mod_streampulse.so')) fs.symlinkSync(path.join(modules(), name), this.file(`modules/${name}`));
    fs.copyFileSync(path.join(build, 'mod_streampulse.so'), this.file('modules/mod_streampulse.so'));
    // The server's user may not be able to read the repository.
    fs.cpSync(path.join(repo, 'conf'), this.file('conf'), { recursive: true });
    fs.chmodSync(this.file('conf'), 0o755);
  }

  environment() {
    return {
      ...process.env, STREAMPULSE_STATE: this.dir, STREAMPULSE_RUN: this.file('run'), STREAMPULSE_MODULES: this.file('modules'), STREAMPULSE_CONF: this.file('conf'),
      STREAMPULSE_PORT: String(this.port), STREAMPULSE_PIN_FILE: this.file('pin'), STREAMPULSE_ANONYMOUS_ROLE: this.options.anonymous, MALLOC_ARENA_MAX: '2',
    };
  }

  /** Files take the place of the pipes that a container has for standard output and error: they belong to the server's user, as those do. */
  openOutput(name) {
    const fd = fs.openSync(this.file(name), 'a');
    this.own(name);
    return fd;
  }

  async start() {
    this.makeFolder();
    this.port = await freePort();
    const command = [httpd(), '-f', this.file('conf/container.conf'), '-D', 'FOREGROUND'];
    const as = asRoot ? ['setpriv', '--reuid', 'www-data', '--regid', 'www-data', '--init-groups', ...command] : command;
    this.child = spawn(as[0], as.slice(1), { stdio: ['ignore', this.openOutput('access.log'), this.openOutput('error.log')], env: this.environment() });
    this.exited = new Promise((resolve) => this.child.on('exit', (code, signal) => resolve((this.end = { code, signal }))));
    await until('httpd to run', async () => this.end || (this.starts() > 1 && (await answers(this.port))));
    assert.equal(this.end, undefined, `httpd did not start: ${this.log()}`);
  }

  access() {
    return fs.readFileSync(this.file('access.log'), 'utf8');
  }
}

function suite(title, options, define) {
  describe(title, () => {
    const server = new Container(options);
    before(() => server.start());
    define(server);
    it('stops cleanly, with nothing undeclared in the error log', () => server.finish());
    after(() => server.kill());
  });
}

suite('the configuration of the container', {}, (s) => {
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

suite('the configuration of the container without an anonymous visitor', { anonymous: 'none' }, (s) => {
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

suite('slow clients of the container', {}, (s) => {
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
