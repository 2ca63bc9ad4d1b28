// conf/several-servers.conf as it is shipped: two httpds that share their logins in a Redis.
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { after, before } from 'node:test';
import { HANGS_MS } from './lib/patience.mjs';
import { answers, assert, describe, freePort, it, until } from './lib/server.mjs';
import { password, Site } from './lib/site.mjs';
import { spawnTied } from './lib/tied.mjs';

const HOST = '127.0.0.1';
const SITE = 'https://viewers.example.org';

// Debian's package redis-tools has the server under the name of a checker: which of them it is, it tells by the name that it is called by.
const program = () => execFileSync('sh', ['-c', 'command -v redis-server || command -v redis-check-rdb'], { encoding: 'utf8' }).trim();

/** A Redis on loopback that wants a password and keeps nothing on disk. */
class Redis {
  async start() {
    this.dir ??= fs.mkdtempSync(path.join(os.tmpdir(), 'streampulse-redis-'));
    this.port ??= await freePort();
    this.password ??= randomBytes(16).toString('hex');
    this.link();
    const settings = { bind: HOST, port: this.port, dir: this.dir, save: '', appendonly: 'no', requirepass: this.password };
    this.child = spawnTied(path.join(this.dir, 'redis-server'), Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]), { stdio: 'ignore' });
    this.exited = new Promise((resolve) => this.child.on('exit', resolve));
    await until('Redis to run', () => answers(this.port));
  }

  link() {
    const link = path.join(this.dir, 'redis-server');
    if (!fs.existsSync(link)) fs.symlinkSync(program(), link);
  }

  async stop() {
    this.child?.kill('SIGTERM');
    await this.exited;
  }

  async kill() {
    await this.stop();
    if (this.dir) fs.rmSync(this.dir, { recursive: true, force: true });
  }

  /** What is in it, by its own protocol. */
  async dump() {
    const keys = (await this.ask('KEYS *')).split('\r\n').filter((line) => line && !/^[*$+]/.test(line));
    return Promise.all(keys.map(async (key) => `${key}=${await this.ask(`GET ${key}`)}`));
  }

  ask(command) {
    return new Promise((resolve, reject) => {
      const socket = net.connect(this.port, HOST, () => socket.end(`AUTH ${this.password}\r\n${command}\r\n`));
      const chunks = [];
      socket.on('data', (c) => chunks.push(c)).on('error', reject).on('end', () => resolve(Buffer.concat(chunks).toString('latin1').replace(/^\+OK\r\n/, '')));
    });
  }
}

describe('two servers with one Redis', { timeout: HANGS_MS }, () => {
  const redis = new Redis();
  let one, two;

  before(async () => {
    await redis.start();
    const values = { STREAMPULSE_REDIS: `${HOST}:${redis.port}`, STREAMPULSE_REDIS_PASSWORD: redis.password };
    one = new Site({ values, way: 'load-balancer', url: SITE });
    await one.start();
    two = new Site({ values, way: 'load-balancer', url: SITE, pool: one.pool, state: one.dir });
    two.passphrase = one.passphrase;
    await two.start();
  });
  after(async () => {
    await two?.kill();
    await one?.kill();
    await redis.kill();
  });

  const status = async (site, visitor) => (await site.get('/api/data', { as: site.holding(visitor), contract: false })).status;
  /** What a balancer does now and then. */
  const sendTo = (visitor, site) => (visitor.options = { ...visitor.options, ports: { [new URL(SITE).host]: site.port } });

  it('who signed in at one is signed in at the other', async () => {
    const { visitor } = await one.as('ada');
    const answer = (await two.get('/api/auth/me', { as: two.holding(visitor) })).json();
    assert.deepEqual([answer.user, answer.role], ['ada@example.org', 'admin']);
  });

  it('who signs out at one is signed out at both, and so is a copy of the cookie', async () => {
    const { visitor } = await one.as('vera');
    const thief = visitor.copy();
    assert.deepEqual([await status(one, visitor), await status(two, visitor)], [200, 200]);
    const { logout_url: out } = (await two.get('/api/auth/me', { as: two.holding(visitor) })).json();
    sendTo(visitor, two);
    await visitor.open(new URL(out, two.url).href);
    for (const site of [one, two]) assert.equal(await status(site, thief), 401);
  });

  it('a login that begins at one ends at the other', async () => {
    const visitor = one.visitor();
    const form = await visitor.open(one.home);
    sendTo(visitor, two);
    assert.equal((await visitor.submit(form, 'edith', password)).address, two.home);
    for (const site of [one, two]) assert.equal(await status(site, visitor), 200);
  });

  it('what is in Redis says nothing to who reads it', async () => {
    const held = await redis.dump();
    assert.ok(held.length > 3, 'sessions are there');
    for (const row of held) assert.doesNotMatch(row, /example\.org|Admins|eyJraWQ|access_token/);
  });

  it('a restart of one server ends no session', async () => {
    const { visitor } = await one.as('ada');
    await one.restart();
    assert.equal(await status(one, visitor), 200);
  });

  it('while Redis is away nobody is let in, and everybody is when it is back', async () => {
    const { visitor } = await one.as('ada');
    await redis.stop();
    for (const site of [one, two]) assert.notEqual(await status(site, visitor), 200);
    const page = await one.visitor().ask(one.home);
    assert.doesNotMatch(page.text, /id="root"/);
    await redis.start();
    await until('a login to work again', async () => (await one.as('vera').catch(() => null)) !== null);
    assert.equal(await status(two, (await one.as('vera')).visitor), 200);
  });

  it('both stop cleanly', async () => {
    for (const site of [one, two]) {
      site.allow(/auth_openidc:(error|warn)/, /AH01629/);
      await site.finish();
    }
  });
});
