// The key of Claude's API: what may reach the server with it, what the configuration takes, and that it is nowhere else.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { after } from 'node:test';
import { good, KEY, LIMITS, lines, writeKey } from './lib/claude.mjs';
import { makeCertificates, MessagesDouble } from './lib/messages_double.mjs';
import { assert, configtest, freePort, httpd, it, repo, Server, suite, until } from './lib/server.mjs';

const year = fs.readFileSync(path.join(repo, 'tests/data/sample-year.csv'));
const PROXIES = ['https_proxy', 'HTTPS_PROXY', 'http_proxy', 'all_proxy', 'ALL_PROXY'];
const proxied = [];

suite('a proxy in the environment, and the log at its most', {
  main: ['LogLevel trace8'],
  prepare: async (s) => {
    makeCertificates(s.file('tls'));
    writeKey(s);
    s.double = await new MessagesDouble(s.file('tls'), KEY).start();
    s.double.write = good;
    s.proxy = net.createServer((socket) => proxied.push(socket.destroy()));
    await new Promise((resolve) => s.proxy.listen(0, '127.0.0.1', resolve));
    for (const name of PROXIES) process.env[name] = `http://127.0.0.1:${s.proxy.address().port}`;
    s.options.main.push(...lines(s));
  },
}, (s) => {
  after(() => s.double?.stop());
  after(() => s.proxy?.close());

  it('is not asked, and nothing that is logged has the key', async () => {
    for (const name of PROXIES) delete process.env[name];
    await s.upload(year);
    const insight = await until('an insight', () => s.insight());
    assert.deepEqual([insight.source, insight.remark, proxied.length], ['claude', null, 0]);
    assert.match(s.log(), /:trace\d\]/);
    assert.doesNotMatch(s.log(), /sk-ant-canary/);
  });
});

const ENV_KEY = 'sk-ant-canary-environment';

suite('a host that wants nothing of Claude', {
  main: [...LIMITS, 'StreamPulseAnthropicKeyFile none'],
  prepare: () => (process.env.ANTHROPIC_API_KEY = ENV_KEY),
}, (s) => {
  it('asks nobody, also where the environment has a key', async () => {
    delete process.env.ANTHROPIC_API_KEY;
    await s.upload(year);
    const insight = await until('an insight', () => s.insight());
    assert.deepEqual([insight.source, insight.remark, (await s.insightStatus()).claude], ['statistics', null, null]);
    assert.doesNotMatch(s.log(), /SP170/);
  });
});

suite('the key in the environment', {
  main: [],
  prepare: async (s) => {
    makeCertificates(s.file('tls'));
    s.double = await new MessagesDouble(s.file('tls'), ENV_KEY).start();
    s.double.write = good;
    s.options.main.push(...lines(s).slice(1));
    process.env.ANTHROPIC_API_KEY = ENV_KEY;
  },
}, (s) => {
  after(() => s.double?.stop());

  it('is taken, also after a restart, and is in no environment and no process that serves requests', async () => {
    delete process.env.ANTHROPIC_API_KEY;
    await s.upload(year);
    assert.equal((await until('an insight', () => s.insight())).source, 'claude');
    assert.match(s.log(), /SP1702: Claude writes the insights about database ".*", as there is a key in ANTHROPIC_API_KEY/);
    await s.graceful();
    const before = (await s.insight()).id;
    await s.post('/api/insights/generate', '', { as: await s.asAdmin() });
    const insight = await until('another insight', async () => (await s.insight()).id > before && s.insight());
    assert.equal(insight.source, 'claude', insight.remark);
    for (const pid of [s.child.pid, ...s.children()]) assert.ok(!fs.readFileSync(`/proc/${pid}/environ`).includes('sk-ant-canary'), `environment of ${pid}`);
    assert.doesNotMatch(s.log(), /sk-ant-canary/);
    if (process.getuid() === 0) for (const pid of s.processes()) assert.ok(!heapHolds(pid, ENV_KEY), `memory of ${pid}`);
  });
});

/** Whether the writable memory of a process holds a text. */
function heapHolds(pid, text) {
  const fd = fs.openSync(`/proc/${pid}/mem`, 'r');
  try {
    return fs.readFileSync(`/proc/${pid}/maps`, 'utf8').split('\n').filter((line) => / rw-p /.test(line)).some((line) => {
      const [from, to] = line.split(' ')[0].split('-').map((x) => parseInt(x, 16));
      const bytes = Buffer.alloc(to - from);
      try {
        fs.readSync(fd, bytes, 0, bytes.length, from);
      } catch {
        return false;
      }
      return bytes.includes(text);
    });
  } finally {
    fs.closeSync(fd);
  }
}

suite('what the configuration refuses', {}, () => {
  const refuses = (line, reason, prepare) => {
    const { ok, text } = configtest({ main: [line], prepare });
    assert.ok(!ok, `${line} was taken`);
    assert.match(text, reason);
  };
  const takes = (line, prepare) => {
    const { ok, text } = configtest({ main: [line], prepare });
    assert.ok(ok, text);
  };

  it('a key file that everybody can read, or that is not there', () => {
    refuses('StreamPulseAnthropicKeyFile key', /StreamPulseAnthropicKeyFile: "key" is open to everybody on this machine, write chmod o=/, (s) => writeKey(s, KEY, 0o644));
    refuses('StreamPulseAnthropicKeyFile key', /StreamPulseAnthropicKeyFile: "key" is no file/);
    takes('StreamPulseAnthropicKeyFile key', writeKey);
  });

  it('anything but https, and addresses with more in them', () => {
    for (const address of ['http://api.anthropic.com', 'api.anthropic.com', 'https://', 'https://user@host', 'https://host?x', 'https://host/', 'file:///etc/passwd']) refuses(`StreamPulseAnthropicEndpoint "${address}"`, /StreamPulseAnthropicEndpoint: /);
    takes('StreamPulseAnthropicEndpoint https://gateway.example:8443/anthropic');
  });

  it('models, efforts, files, prices and limits that are none', () => {
    refuses('StreamPulseAnthropicModel "a b"', /StreamPulseAnthropicModel: "a b" will not do/);
    refuses('StreamPulseAnthropicEffort little', /write low, medium, high, xhigh or max/);
    refuses('StreamPulseAnthropicCAFile none.pem', /StreamPulseAnthropicCAFile: "none.pem" is no file/);
    refuses('StreamPulseAnthropicPrice 3 -1', /StreamPulseAnthropicPrice: "-1" will not do, write US dollars/);
    refuses('StreamPulseAnthropicTimeout 0', /StreamPulseAnthropicTimeout: "0" will not do/);
    refuses('StreamPulseAnthropicMaxTokens 1', /StreamPulseAnthropicMaxTokens: "1" will not do/);
    refuses('StreamPulseInsightDailyMax 0', /StreamPulseInsightDailyMax: "0" will not do/);
    refuses('StreamPulseInsightDailyCost x', /StreamPulseInsightDailyCost: "x" will not do/);
    takes('StreamPulseInsightDailyCost 0.25');
  });

  it('a dump of the configuration has no key in it', async () => {
    const s = new Server({ main: ['StreamPulseAnthropicKeyFile key'], pin: null, modules: ['info'] });
    s.makeFolder();
    s.port = await freePort();
    writeKey(s);
    fs.writeFileSync(s.file('httpd.conf'), s.conf());
    const text = execFileSync(httpd(), ['-t', '-D', 'DUMP_CONFIG', '-D', 'DUMP_RUN_CFG', '-f', s.file('httpd.conf')], { encoding: 'utf8', env: { ...process.env, ANTHROPIC_API_KEY: ENV_KEY }, stdio: ['ignore', 'pipe', 'pipe'] });
    assert.match(text, /StreamPulseAnthropicKeyFile key/i);
    assert.doesNotMatch(text, /sk-ant/);
    fs.rmSync(s.dir, { recursive: true });
  });
});
