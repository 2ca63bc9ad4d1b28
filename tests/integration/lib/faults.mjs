// What the tests of faults share: a server with something preloaded or put before it, uploads whose content is known, and the database's own check.
import { execFile } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { rowsOf } from './database.mjs';
import { pause } from './patience.mjs';
import { admin, assert, repo, Server, serverSuite, unlimited } from './server.mjs';

export { pause };
const run = promisify(execFile);

/** A shared object of tests/faults. */
export const preload = (name) => path.resolve(repo, process.env.BUILD ?? 'build', 'faults', `${name}.so`);

const KINDS = { write: 1, sync: 2, size: 4, create: 8, read: 16 };
const { errno, signals } = os.constants;
const ACTIONS = { EIO: errno.EIO, ENOSPC: errno.ENOSPC, SIGKILL: -signals.SIGKILL, SIGSTOP: -signals.SIGSTOP };

/** What fail_io.so is told: a file of 32-bit integers that it maps. */
export class Faults {
  constructor(file) {
    this.file = file;
    fs.writeFileSync(file, Buffer.alloc(20));
    fs.chmodSync(file, 0o666);
  }

  write(numbers) {
    const fd = fs.openSync(this.file, 'r+');
    fs.writeSync(fd, Buffer.from(Int32Array.from(numbers).buffer), 0, 4 * numbers.length, 0);
    fs.closeSync(fd);
  }

  /** error: a name of ACTIONS; signals are for the process itself. */
  arm(kind, n, error, lasting) {
    this.write([0]);
    this.write([0, n, ACTIONS[error], lasting ? 1 : 0, 0]);
    this.write([KINDS[kind]]);
  }

  /** Calls that failed since arm(). */
  failed() {
    return new Int32Array(new Uint8Array(fs.readFileSync(this.file)).buffer)[4];
  }

  disarm() {
    this.write([0]);
    return this.failed();
  }
}

/** A server whose database has a folder of its own, "state", and which starts with what options.env says. No process writes to it but those that serve requests, unless options.main says so. */
export class FaultServer extends Server {
  constructor(options = {}) {
    super({ sites: [{ db: 'state/streampulse.db' }], ...options, main: ['StreamPulseInsights Off', ...unlimited, ...(options.main ?? [])] });
  }

  makeFolder() {
    super.makeFolder();
    fs.mkdirSync(this.file('state'));
    this.own('state');
  }

  /** The folder is there only once the start has begun, and the children take what the environment is when they are started. */
  async start() {
    const { prepare } = this.options;
    this.options.prepare = async () => {
      await prepare?.(this);
      this.setEnv();
    };
    try {
      await super.start();
    } finally {
      this.resetEnv();
    }
  }

  async restart() {
    await this.stop();
    this.setEnv();
    try {
      await super.restart();
    } finally {
      this.resetEnv();
    }
  }

  setEnv() {
    const env = this.options.env?.(this) ?? {};
    this.hadEnv = Object.fromEntries(Object.keys(env).map((k) => [k, process.env[k]]));
    Object.assign(process.env, env);
  }

  resetEnv() {
    for (const [k, v] of Object.entries(this.hadEnv ?? {})) {
      if (v === undefined) delete process.env[k];
      else process.env[k] = v;
    }
  }

  /** streampulse-admin check: throws with what it found. */
  check(db = this.db) {
    return checkDatabase(db);
  }
}

export async function checkDatabase(db) {
  for (const command of [['check'], ['audit', 'verify']]) {
    try {
      await run(admin, [...command, '--db', db]);
    } catch (error) {
      assert.fail(`streampulse-admin ${command.join(' ')}: ${error.stdout}${error.stderr}`);
    }
  }
}

/** As suite() of server.mjs, with a FaultServer. */
export const faultSuite = (title, options, define) => serverSuite(title, () => new FaultServer(options), define);

const DAY = 86_400_000;
export const isoDay = (day) => new Date(day * DAY).toISOString().slice(0, 10);

/** A tidy file of [service, platform, day since 1970, viewers]. */
export function tidy(cells) {
  return 'service,platform,week_start,viewers\n' + cells.map(([s, p, d, v]) => `${s},${p},${isoDay(d)},${v}\n`).join('');
}

/** Cells of the nth upload of a series: weeks × platforms from the first week on, each number telling whose it is. */
export function cellsOf(n, { service = 'S', platforms = 4, weeks = 6, first = 0 } = {}) {
  const cells = [];
  for (let w = 0; w < weeks; w++)
    for (let p = 0; p < platforms; p++) cells.push([service, `P${p}`, 20_090 + 7 * (first + w), n * 1000 + w * platforms + p]);
  return cells;
}

/** Every stored weekly number: Map("service|platform|day" → viewers). */
export function numbersIn(db) {
  const rows = rowsOf(db, 'SELECT s.name, p.name, n.day, n.viewers FROM number n JOIN service s ON s.id = n.service JOIN platform p ON p.id = n.platform WHERE n.event = 0');
  return new Map(rows.map(([s, p, d, v]) => [`${s}|${p}|${d}`, Number(v)]));
}

const ALONE = `SELECT id, kind FROM entry WHERE CAST(id AS TEXT) NOT IN (SELECT target FROM audit_log WHERE action = kind)
  UNION ALL SELECT target, action FROM audit_log WHERE action IN ('upload', 'entry', 'edit', 'delete', 'undo') AND CAST(target AS INTEGER) NOT IN (SELECT id FROM entry)`;

/** File name → entry, of the uploads that are in the ledger. */
export const entriesIn = (db) => new Map(rowsOf(db, "SELECT filename, id FROM entry WHERE kind = 'upload'").map(([f, id]) => [f, Number(id)]));

/** The numbers that follow from uploads [{file, cells}], as far as they are in the ledger, in its order. */
export function numbersOf(uploads, entries) {
  const numbers = new Map();
  for (const u of uploads.filter((one) => entries.has(one.file)).sort((a, b) => entries.get(a.file) - entries.get(b.file)))
    for (const [service, platform, day, viewers] of u.cells) numbers.set(`${service}|${platform}|${day}`, viewers);
  return numbers;
}

/** Fails where the database is not exactly what its uploads say. */
export function assertWhole(db, uploads) {
  assert.deepEqual(rowsOf(db, ALONE), [], 'an entry of the ledger without its entry of the audit log, or the other way round');
  const entries = entriesIn(db);
  const stored = numbersIn(db);
  const expected = numbersOf(uploads, entries);
  const wrong = [...new Set([...stored.keys(), ...expected.keys()])].filter((k) => stored.get(k) !== expected.get(k));
  assert.deepEqual(wrong.slice(0, 5), [], `${wrong.length} numbers do not follow from the uploads in the ledger`);
  assert.deepEqual([...entries.keys()].filter((f) => !uploads.some((u) => u.file === f)), [], 'entries that nobody sent');
  for (const u of uploads) {
    if (u.status >= 200 && u.status < 300) assert.ok(entries.has(u.file), `${u.file} was acknowledged and is gone`);
    else if (u.status) assert.ok(!entries.has(u.file), `${u.file} was refused with ${u.status} and is there`);
  }
}
