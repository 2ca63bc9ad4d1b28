// A real httpd for one group of tests: its own folder, configuration, port and databases; and what its error log says afterwards.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { hold } from './contract.mjs';
import { objectsOf } from './database.mjs';
import { multipart, request } from './http.mjs';
import { HANGS_MS, PATIENCE_MS, pause, until } from './patience.mjs';
import { freePort } from './ports.mjs';
import { endWithRunner, spawnTied } from './tied.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
export const repo = path.resolve(here, '../../..');
export const build = path.resolve(repo, process.env.BUILD ?? 'build');
const SETTLE_MS = 100;
/** httpd's own remarks about a slow machine: that all of the few workers that tests give it are busy, that children which are to go still have a place each, and that one took three seconds to go. */
const BUSY = /AH10159|AH00484|AH03490|AH00045/;
/** Who has to wait for a turn gets it, however slow the machine is; what comes of not getting it is told by tests of their own. */
export const PATIENT = ['Write', 'Pool'].map((what) => `StreamPulse${what}Timeout ${PATIENCE_MS}`);
export const asRoot = process.getuid() === 0;
process.env.PATH += ':/usr/sbin:/sbin';
endWithRunner();

export const admin = path.join(build, 'streampulse-admin');
export const PIN = '482915';

/** For tests in which one client sends what many do. */
export const unlimited = ['Reads', 'Writes', 'Uploads', 'Exports'].map((kind) => `StreamPulseRate${kind} off`);

const once = (make) => {
  let value;
  return () => (value ??= make());
};
export const httpd = once(() => execFileSync('sh', ['-c', 'command -v apache2 || command -v httpd'], { encoding: 'utf8' }).trim());
export const modules = once(() => execFileSync(process.env.APXS ?? 'apxs', ['-q', 'LIBEXECDIR'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim());
const owner = once(() => (asRoot ? ['-u', '-g'].map((o) => Number(execFileSync('id', [o, 'www-data'], { encoding: 'utf8' }))) : [process.getuid(), process.getgid()]));
// bcrypt at its lowest cost: the tests sign in often.
const pinHash = (pin) => execFileSync('htpasswd', ['-nbB', '-C', '4', 'x', pin], { encoding: 'utf8' }).trim().slice(2) + '\n';

export { freePort, until };

export const answers = (port) => new Promise((resolve) => {
  const socket = net.connect(port, '127.0.0.1', () => resolve(socket.destroy() && true));
  socket.on('error', () => resolve(false));
});

const TCP_CLOSED = new Set(['06', '0A']); // of /proc/net/tcp: ended on both sides (TIME_WAIT), or waiting for connections (LISTEN)

/** Whether this machine's own end of some connection to the port is still open. */
function hasConnections(port) {
  const local = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const rows = fs.readFileSync('/proc/net/tcp', 'utf8').split('\n').map((line) => line.trim().split(/\s+/));
  return rows.some(([, from, , state]) => from?.endsWith(local) && !TCP_CLOSED.has(state));
}

function isInsightProcess(pid) {
  try {
    return fs.readFileSync(`/proc/${pid}/comm`, 'utf8').trim() === 'sp-insights';
  } catch {
    return false;
  }
}

/**
 * options: sites: [{prefix, db, host, location: [lines], server: [lines]}] (a site without host belongs to the main server), main: [lines], anonymous ('viewer'), pin (null: no PIN file),
 * location: [lines for every mount], prepare(server): before the start.
 */
export class Server {
  constructor(options = {}) {
    this.options = { anonymous: 'viewer', pin: PIN, main: [], location: [], ...options };
    this.sites = (this.options.sites ?? [{}]).map((s) => ({ prefix: '', db: 'streampulse.db', location: [], server: [], ...s }));
    this.allowed = [];
    this.sessions = new Map();
  }

  file(name) {
    return path.join(this.dir, name);
  }

  get db() {
    return this.file(this.sites[0].db);
  }

  /** Gives what root made in the folder to the server's user. */
  own(name) {
    fs.chownSync(this.file(name), ...owner());
  }

  makeFolder() {
    this.dir = fs.mkdtempSync(path.join(os.tmpdir(), 'streampulse-test-'));
    fs.chmodSync(this.dir, 0o755);
    for (const name of ['', 'spool', 'htdocs']) {
      fs.mkdirSync(this.file(name), { recursive: true });
      this.own(name);
    }
    fs.writeFileSync(this.file('htdocs/plain.txt'), 'plain\n');
    if (this.options.pin) this.writePin(this.options.pin);
  }

  writePin(pin) {
    fs.writeFileSync(this.file('pin'), pinHash(pin));
    this.own('pin');
  }

  /** Leaves nothing behind where it fails: Node 18 runs no after() then, and what still runs would keep the tests from ending. */
  async start() {
    this.guard = setTimeout(() => this.giveUp(), HANGS_MS + PATIENCE_MS).unref();
    try {
      await this.begin();
    } catch (cause) {
      await this.kill();
      throw cause;
    }
  }

  async begin() {
    this.makeFolder();
    await this.options.prepare?.(this);
    for (let tries = 0; ; tries++) {
      this.port = await freePort();
      fs.writeFileSync(this.file('httpd.conf'), this.conf());
      this.spawn();
      await until('httpd to run', async () => this.end || (this.starts() > 1 && (await answers(this.port)))); // it listens before it has looked at its databases
      if (!this.end) return;
      if (tries < 3 && /Address already in use/.test(this.output + this.log())) continue;
      throw new Error(`httpd did not start: ${this.output}\n${this.log()}`);
    }
  }

  spawn() {
    this.output = '';
    this.end = undefined;
    this.child = spawnTied(httpd(), ['-f', this.file('httpd.conf'), '-D', 'FOREGROUND'], { env: { ...process.env, ...this.options.env?.(this) }, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [this.child.stdout, this.child.stderr]) stream.on('data', (d) => (this.output += d));
    this.exited = new Promise((resolve) => this.child.on('exit', (code, signal) => resolve((this.end = { code, signal }))));
  }

  conf() {
    const lines = [
      `ServerRoot "${this.dir}"`, 'ServerName localhost', `Listen 127.0.0.1:${this.port}`,
      ...['mpm_event', 'unixd', 'log_config', 'authz_core', 'dbd', 'filter', 'deflate', 'reqtimeout', 'headers', 'dir', ...(this.options.modules ?? [])]
        .filter((m) => fs.existsSync(path.join(modules(), `mod_${m}.so`)))
        .map((m) => `LoadModule ${m}_module "${modules()}/mod_${m}.so"`),
      `LoadModule streampulse_module "${build}/mod_streampulse.so"`,
      ...(asRoot ? ['User www-data', 'Group www-data'] : []),
      `PidFile "${this.file('httpd.pid')}"`, `DefaultRuntimeDir "${this.dir}"`, `Mutex default:${this.dir}`, `ErrorLog "${this.file('error.log')}"`,
      'LogLevel notice streampulse:info', 'StartServers 1', 'ServerLimit 2', 'ThreadsPerChild 16', 'MaxRequestWorkers 32', 'MinSpareThreads 1', 'MaxSpareThreads 32',
      `DocumentRoot "${this.file('htdocs')}"`,
      'AddOutputFilterByType DEFLATE application/json text/csv text/html application/x-ndjson',
      ...PATIENT, `StreamPulseSpoolDir "${this.file('spool')}"`,
      ...this.options.main,
    ];
    for (const site of this.sites) {
      const database = ['DBDriver sqlite3', `DBDParams "file:${this.file(site.db)}?mode=rw"`];
      const inside = [...site.server, ...(site.mount === false ? [] : [...database, ...this.mount(site)])];
      lines.push(...(site.host ? [`<VirtualHost *:${this.port}>`, `ServerName ${site.host}`, `DocumentRoot "${this.file('htdocs')}"`, ...inside, '</VirtualHost>'] : inside));
    }
    return lines.join('\n') + '\n';
  }

  mount(site) {
    return [
      `<Location "${site.prefix || '/'}">`, 'StreamPulse On', `StreamPulseAnonymousRole ${site.anonymous ?? this.options.anonymous}`,
      ...(this.options.pin ? [`StreamPulsePinFile "${this.file('pin')}"`] : []), ...this.options.location, ...site.location, '</Location>',
    ];
  }

  log() {
    try {
      return fs.readFileSync(this.file('error.log'), 'utf8');
    } catch {
      return '';
    }
  }

  /** Lines that the tests of this server may leave in the error log. */
  allow(...patterns) {
    this.allowed.push(...patterns);
  }

  undeclared() {
    const known = [BUSY, ...this.allowed];
    return this.log().split('\n').filter((l) => /\[[\w]*:(emerg|alert|crit|error|warn)\]|exit signal|Sanitizer|runtime error/.test(l) && !known.some((p) => p.test(l)));
  }

  /** Stops httpd and fails on what its log holds. */
  async finish() {
    const children = this.children();
    await this.stop();
    const lines = this.undeclared();
    assert.equal(lines.length, 0, `undeclared lines in the error log:\n${lines.join('\n')}`);
    assert.equal(this.end.signal, null, `httpd ended by ${this.end.signal}`);
    assert.equal(this.end.code, 0, 'httpd ended with an error');
    await until('the children to go', () => children.every((pid) => !fs.existsSync(`/proc/${pid}`)));
    assert.deepEqual(fs.readdirSync(this.file('spool')), [], 'files left in the spool folder');
  }

  children() {
    const found = spawnSync('pgrep', ['-P', String(this.child.pid)], { encoding: 'utf8' });
    return found.stdout.split('\n').filter(Boolean).map(Number);
  }

  /** Those that serve requests. */
  processes() {
    return this.children().filter((pid) => !isInsightProcess(pid));
  }

  /** [] where there is none. */
  insightProcess() {
    return this.children().filter(isInsightProcess);
  }

  /**
   * Once clients have gone, and a moment later: on SIGTERM httpd's own event MPM now and then crashes in a child that is just closing a connection (without any module of ours too).
   * Those who stay are not waited for long.
   */
  async stop() {
    if (!this.child || this.end) return;
    for (const end = Date.now() + 20 * SETTLE_MS; hasConnections(this.port) && Date.now() < end; ) await pause(25);
    await pause(SETTLE_MS);
    this.child.kill('SIGTERM');
    await this.exited;
  }

  /** A group whose time is over is told as failed by node's runner, but that of Node 18 leaves what it started running. */
  async giveUp() {
    console.error(`the server in ${this.dir} still runs: its group of tests did not come to its end`);
    await Promise.race([this.stop(), pause(PATIENCE_MS)]);
    process.exit(1);
  }

  async kill() {
    clearTimeout(this.guard);
    await this.stop();
    if (this.dir && !process.env.SP_KEEP) fs.rmSync(this.dir, { recursive: true, force: true });
  }

  async insight(options) {
    const res = await this.get(`${this.site(options?.host).prefix}/api/insights`, options);
    assert.equal(res.status, 200, res.text);
    return res.json().insight;
  }

  async insightStatus(options) {
    const res = await this.get(`${this.site(options?.host).prefix}/api/insights/status`, options);
    assert.equal(res.status, 200, res.text);
    return res.json();
  }

  /** Waits until nothing is queued or runs; gives the status. */
  insightsAtRest(ms = PATIENCE_MS) {
    return until('the insight process to be done', async () => {
      const status = await this.insightStatus();
      return ['idle', 'failed'].includes(status.state) && status;
    }, ms);
  }

  starts() {
    return this.log().split('resuming normal operations').length;
  }

  async restart() {
    await this.stop();
    const had = this.starts();
    this.spawn();
    await until('httpd to run', () => this.end || this.starts() > had); // it listens before it has looked at its databases
    assert.equal(this.end, undefined, `httpd did not start again: ${this.output}\n${this.log()}`);
  }

  async graceful() {
    const had = this.starts();
    this.child.kill('SIGUSR1');
    await until('the graceful restart', () => this.starts() > had);
  }

  site(host) {
    return this.sites.find((s) => s.host === host) ?? this.sites[0];
  }

  /** Sends and holds the answer against the contract. options: host, headers, body, as (a session of signIn), contract: false. */
  async send(method, url, options = {}) {
    const headers = { Host: options.host ?? 'localhost', ...options.as?.headers, ...options.headers };
    const res = await request(this.port, method, url, { ...options, headers });
    if (options.contract !== false) this.hold(method, url, res, options.host);
    return res;
  }

  hold(method, url, res, host) {
    const { prefix } = this.site(host);
    const pathname = url.split('?')[0];
    if (pathname.startsWith(`${prefix}/`)) hold(method, pathname.slice(prefix.length), res);
  }

  get(url, options) {
    return this.send('GET', url, options);
  }

  async data(query = '', options = {}) {
    const res = await this.get(`${this.site(options.host).prefix}/api/data${query}`, options);
    assert.equal(res.status, 200, res.text);
    return res.json();
  }

  post(url, json, options = {}) {
    return this.send('POST', url, { ...options, body: typeof json === 'string' ? json : JSON.stringify(json), headers: { 'Content-Type': 'application/json', ...options.headers } });
  }

  /** {headers, cookie} to pass as options.as. */
  async signIn(options = {}) {
    const res = await this.post(`${this.site(options.host).prefix}/api/auth`, { pin: options.pin ?? this.options.pin }, options);
    assert.equal(res.status, 200, res.text);
    const cookie = res.headers['set-cookie'][0].split(';')[0];
    return { cookie, headers: { Cookie: cookie, 'Sec-Fetch-Site': 'same-origin' } };
  }

  /** The same session for all tests of this server. */
  async asAdmin(host) {
    if (!this.sessions.has(host)) this.sessions.set(host, await this.signIn({ host }));
    return this.sessions.get(host);
  }

  /** options: fields ({mode: …}), name (file name), as, host, query. */
  async upload(data, options = {}) {
    const parts = [...Object.entries(options.fields ?? {}).map(([name, value]) => ({ name, value: String(value) })), { name: options.part ?? 'file', filename: options.name ?? 'sheet.csv', data }];
    const { body, type } = multipart(options.fieldsLast ? parts.reverse() : parts);
    const as = options.as ?? (await this.asAdmin(options.host));
    return this.send('POST', `${this.site(options.host).prefix}/api/upload${options.query ?? ''}`, { ...options, as, body, headers: { 'Content-Type': type, ...options.headers } });
  }

  async uploadRaw(data, options = {}) {
    const as = options.as ?? (await this.asAdmin(options.host));
    return this.send('POST', `${this.site(options.host).prefix}/api/upload${options.query ?? ''}`, { ...options, as, body: data, headers: { 'Content-Type': 'text/csv', ...options.headers } });
  }

  /** Rows of a query in the database of the first site, as objects. */
  sql(query, db = this.db) {
    return objectsOf(db, query);
  }
}

/** A group of tests on a server that make() gives; the last of them is that the server stops well and its error log is clean. */
export function serverSuite(title, make, define) {
  describe(title, { timeout: HANGS_MS, concurrency: 1 }, () => {
    const server = make();
    before(() => server.start());
    define(server);
    it('stops cleanly, with nothing undeclared in the error log', () => server.finish());
    after(() => server.kill());
  });
}

/** As serverSuite(), on a Server with these options. */
export const suite = (title, options, define) => serverSuite(title, () => new Server(options), define);

/** httpd -t on a configuration that has these lines in it: {ok, text}. */
export function configtest(options) {
  const server = new Server({ ...options, pin: options.pin ?? null });
  server.makeFolder();
  server.port = 1;
  try {
    options.prepare?.(server);
    fs.writeFileSync(server.file('httpd.conf'), server.conf());
    const run = spawnSync(httpd(), ['-t', '-f', server.file('httpd.conf')], { encoding: 'utf8' });
    return { ok: run.status === 0, text: run.stdout + run.stderr + server.log() };
  } finally {
    fs.rmSync(server.dir, { recursive: true, force: true });
  }
}

export { assert, it, describe };
