// What is kept safe when something is wrong: damaged and replaced databases, sessions whose PIN is gone, and people who guess.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { lockDatabase, shellSql } from './lib/database.mjs';
import { pause } from './lib/patience.mjs';
import { assert, it, PIN, suite, until } from './lib/server.mjs';
import { sessionAs } from './lib/session.mjs';
import { years } from './lib/sheet.mjs';

const [sample] = years();
const entry = (viewers) => ({ entries: [{ service: 'A', platform: 'B', week_start: '2025-01-05', viewers }] });
const code = (res) => [res.status, res.json().code];
const role = async (s, cookie, options = {}) => (await s.get(options.url ?? '/api/auth/me', { headers: cookie ? { Cookie: cookie } : {}, ...options })).json().role;
const digest = (file) => (fs.existsSync(file) ? createHash('sha256').update(fs.readFileSync(file)).digest('hex') : null);
const state = (s) => ['', '-wal', '-journal'].map((suffix) => digest(s.db + suffix));
/** One child only: it is the one that keeps count. */
const oneChild = ['ServerLimit 1', 'MaxRequestWorkers 16'];

/** Numbers of the pages of a table or an index that have no children. */
function leaves(file, tree) {
  const bytes = fs.readFileSync(file);
  const size = bytes.readUInt16BE(16) === 1 ? 65536 : bytes.readUInt16BE(16);
  const found = [];
  const visit = (page) => {
    const at = (page - 1) * size + (page === 1 ? 100 : 0);
    if (bytes[at] === 10 || bytes[at] === 13) return found.push(page);
    const cells = bytes.readUInt16BE(at + 3);
    for (let i = 0; i < cells; i++) visit(bytes.readUInt32BE((page - 1) * size + bytes.readUInt16BE(at + 12 + 2 * i)));
    visit(bytes.readUInt32BE(at + 8));
  };
  visit(Number(shellSql(file, `SELECT rootpage FROM sqlite_schema WHERE name = '${tree}'`)));
  return { size, pages: found };
}

/** Overwrites a page in the middle of a table or an index, in place. */
function damage(file, tree) {
  const { size, pages } = leaves(file, tree);
  const fd = fs.openSync(file, 'r+');
  fs.writeSync(fd, Buffer.alloc(size, 0x5a), 0, size, (pages[pages.length >> 1] - 1) * size);
  fs.closeSync(fd);
}

/** All of the log in the file, and nothing beside it. */
const tidyUp = (file) => shellSql(file, 'PRAGMA wal_checkpoint(TRUNCATE);');

async function refusesEverything(s, as) {
  for (const url of ['/readyz', '/api/data', '/api/stats', '/api/uploads', '/api/export']) assert.deepEqual(code(await s.get(url)), [503, 'database_corrupt'], url);
  assert.deepEqual(code(await s.post('/api/auth', { pin: PIN })), [503, 'database_corrupt']);
  for (let n = 0; n < 3; n++) {
    assert.deepEqual(code(await s.upload(sample.csv, { as })), [503, 'database_corrupt']);
    assert.deepEqual(code(await s.post('/api/data', entry(n), { as })), [503, 'database_corrupt']);
    assert.deepEqual(code(await s.send('DELETE', '/api/data/sunday', { as })), [503, 'database_corrupt']);
  }
  assert.equal((await s.get('/healthz')).status, 200);
}

for (const [what, tree] of [['a table', 'number'], ['an index', 'words_series'], ['the ledger', 'sqlite_autoindex_service_1']]) {
  suite(`a database with a damaged page of ${what}`, {}, (s) => {
    it('is refused after a restart, and left as it is', async () => {
      s.allow(/SP02\d\d/);
      const as = await s.signIn();
      assert.equal((await s.upload(sample.csv, { as })).status, 201);
      await s.stop();
      tidyUp(s.db);
      fs.copyFileSync(s.db, s.file('backup'));
      damage(s.db, tree);
      const before = state(s);
      await s.restart();
      assert.match(s.log(), /SP0222[^\n]*damaged/);
      await refusesEverything(s, as);
      await s.graceful();
      await refusesEverything(s, as);
      assert.deepEqual(state(s), before);
    });

    it('a sound file in its place is served at once', async () => {
      s.own('backup');
      fs.renameSync(s.file('backup'), s.db);
      assert.equal((await s.get('/readyz')).status, 200);
      assert.equal((await s.get('/api/stats')).json().totals.weekly_viewers, sample.expected.weekly.grand_total);
      assert.equal((await s.post('/api/data', entry(1), { as: await s.signIn() })).status, 201);
    });
  });
}

suite('a damaged database that is repaired in place', {}, (s) => {
  it('is served again after a reload', async () => {
    s.allow(/SP02\d\d/);
    assert.equal((await s.upload(sample.csv)).status, 201);
    await s.stop();
    tidyUp(s.db);
    const good = fs.readFileSync(s.db);
    damage(s.db, 'number');
    await s.restart();
    assert.equal((await s.get('/readyz')).status, 503);
    fs.writeFileSync(s.db, good);
    await s.graceful();
    await until('it to be served', async () => (await s.get('/readyz')).status === 200);
    assert.equal((await s.get('/api/stats')).json().totals.weekly_viewers, sample.expected.weekly.grand_total);
  });
});

suite('a database that is damaged while it is served', { main: oneChild }, (s) => {
  it('is neither read nor written any more from the moment that it is seen', async () => {
    s.allow(/SP02\d\d/, /SP03\d\d/);
    const as = await s.signIn();
    assert.equal((await s.upload(sample.csv, { as })).status, 201);
    tidyUp(s.db);
    damage(s.db, 'number');
    shellSql(s.db, "UPDATE meta SET value = value WHERE key = 'revision';"); // so that nobody trusts the pages that they remember
    assert.deepEqual(code(await s.get('/api/data')), [503, 'database_corrupt']);
    const before = state(s);
    await refusesEverything(s, as);
    assert.deepEqual(state(s), before);
  });
});

const writes = {
  'an upload': (s, as) => s.upload('service,platform,week_start,viewers\nLate,B,2025-01-05,7\n', { as }),
  'a manual entry': (s, as) => s.post('/api/data', entry(7), { as }),
  'a deletion': (s, as) => s.send('DELETE', '/api/data/a', { as }),
  'an undo': (s, as) => s.post('/api/uploads/1/undo', '', { as }),
  'an edit': (s, as) => s.send('PATCH', '/api/services/a', { as, body: '{"color":"#000001"}', headers: { 'Content-Type': 'application/json' } }),
  'an event': (s, as) => s.post('/api/special-events', { name: 'E', start_date: '2025-01-05' }, { as }),
  'a sign-in': (s) => s.post('/api/auth', { pin: PIN }),
};

/** Puts a copy of the file in its place while a write waits for its turn; gives what that one was told. */
async function replaceMeanwhile(s, write, as, ms) {
  fs.copyFileSync(s.file('template'), s.file('other'));
  s.own('other');
  const unlock = await lockDatabase(s.db);
  const answer = write(s, as);
  await pause(ms);
  fs.renameSync(s.file('other'), s.db);
  await unlock();
  return answer;
}

async function startAnew(s, prepare = () => undefined) {
  await s.stop();
  for (const suffix of ['-wal', '-shm']) fs.rmSync(s.db + suffix, { force: true });
  prepare();
  await s.restart();
}

for (const [what, write] of Object.entries(writes)) {
  suite(`a file that is replaced while ${what} waits for its turn`, {}, (s) => {
    it('is not said to hold what went into the one before', async () => {
      s.allow(/SP02\d\d/, /SP0312/);
      const as = await s.signIn();
      assert.equal((await s.post('/api/data', entry(1), { as })).status, 201);
      tidyUp(s.db);
      fs.copyFileSync(s.db, s.file('template'));
      let res;
      for (const ms of [400, 4000, 20_000]) {
        res = await replaceMeanwhile(s, write, as, ms);
        if (/no longer there/.test(res.text)) break;
        await startAnew(s, () => fs.copyFileSync(s.file('template'), s.db)); // it came when the file had been replaced already: into the new one, or in between
      }
      assert.deepEqual(code(res), [503, 'database_unavailable']);
      assert.match(res.json().error, /no longer there/);
      assert.equal(res.headers['set-cookie'], undefined);
      await startAnew(s);
      assert.deepEqual((await s.data()).services.map((x) => [x.name, x.total]), [['A', [1]]]);
    });
  });
}

suite('a session and the PIN it was made with', {}, (s) => {
  it('ends when the PIN is changed', async () => {
    const { cookie } = await s.signIn();
    assert.equal(await role(s, cookie), 'admin');
    s.writePin('771204');
    assert.equal(await role(s, cookie), 'viewer');
    const next = await s.signIn({ pin: '771204' });
    assert.equal(await role(s, next.cookie), 'admin');
    s.writePin('771204'); // the same digits, hashed anew
    assert.equal(await role(s, next.cookie), 'viewer');
  });

  it('does not count while the PIN file is away or holds none', async () => {
    const { cookie } = await s.signIn({ pin: '771204' });
    fs.renameSync(s.file('pin'), s.file('away'));
    assert.equal(await role(s, cookie), 'viewer');
    assert.deepEqual(code(await s.post('/api/data', entry(1), { headers: { Cookie: cookie, 'Sec-Fetch-Site': 'same-origin' } })), [401, 'sign_in_required']);
    fs.writeFileSync(s.file('pin'), 'none\n');
    assert.equal(await role(s, cookie), 'viewer');
    fs.renameSync(s.file('away'), s.file('pin'));
    assert.equal(await role(s, cookie), 'admin');
  });

  it('does not count without StreamPulsePinFile', async () => {
    const { cookie } = await s.signIn({ pin: '771204' });
    s.options.pin = null;
    fs.writeFileSync(s.file('httpd.conf'), s.conf());
    await s.graceful();
    await until('the new configuration', async () => (await s.get('/api/auth/me')).json().login_url === null);
    assert.equal(await role(s, cookie), 'viewer');
  });

  it('the row does not show the hash of the PIN', () => {
    const hash = fs.readFileSync(s.file('pin'), 'utf8').trim();
    assert.ok(!fs.readFileSync(s.db).includes(hash));
  });
});

const nameOf = (cookie) => cookie.split('=')[0];
const signInAt = async (s, prefix, pin) => (await s.post(`${prefix}/api/auth`, { pin }, { contract: false })).headers['set-cookie'][0].split(';')[0];

suite('two mounts on one host', { location: ['</Location>', '<Location "/pulse">', 'StreamPulse On', 'StreamPulsePinFile pin2'], prepare: (s) => {
  s.writePin('334455');
  fs.renameSync(s.file('pin'), s.file('pin2'));
  s.writePin(PIN);
} }, (s) => {
  const at = (prefix, Cookie) => s.get(`${prefix}/api/auth/me`, { headers: { Cookie }, contract: false }).then((res) => res.json().role);

  it('have a cookie each, and a browser that sends both is signed in on both', async () => {
    const root = await signInAt(s, '', PIN);
    const below = await signInAt(s, '/pulse', '334455');
    assert.notEqual(nameOf(root), nameOf(below));
    for (const both of [`${root}; ${below}`, `${below}; ${root}`]) assert.deepEqual([await at('', both), await at('/pulse', both)], ['admin', 'admin']);
    assert.deepEqual([await at('', below), await at('/pulse', root)], ['viewer', 'viewer']);
    const out = await s.send('DELETE', '/pulse/api/auth', { headers: { Cookie: `${root}; ${below}`, 'Sec-Fetch-Site': 'same-origin' }, contract: false });
    assert.equal(nameOf(out.headers['set-cookie'][0]), nameOf(below));
    assert.deepEqual([await at('', `${root}; ${below}`), await at('/pulse', `${root}; ${below}`)], ['admin', 'viewer']);
  });

  it('a session of one is none of the other, though they share the database', async () => {
    const root = await signInAt(s, '', PIN);
    const below = await signInAt(s, '/pulse', '334455');
    const swapped = (cookie, like) => `${nameOf(like)}=${cookie.split('=')[1]}`;
    assert.equal(await at('/pulse', swapped(root, below)), 'viewer');
    assert.equal(await at('', swapped(below, root)), 'viewer');
  });
});

suite('two mounts over one database, of which one ends sessions sooner', { location: ['StreamPulseSessionIdle 3600', '</Location>', '<Location "/pulse">', 'StreamPulse On', 'StreamPulsePinFile pin', 'StreamPulseSessionIdle 60'] }, (s) => {
  const at = (prefix, Cookie) => s.get(`${prefix}/api/auth/me`, { headers: { Cookie, 'StreamPulse-Background': '1' }, contract: false }).then((res) => res.json().role);
  const unused = (seconds) => shellSql(s.db, `UPDATE session SET seen_ms = seen_ms - ${seconds * 1000}`);

  it('whoever signs in there ends nobody’s session here', async () => {
    const root = await signInAt(s, '', PIN);
    unused(120);
    await signInAt(s, '/pulse', PIN);
    assert.equal(await at('', root), 'admin');
  });

  it('a session lasts no longer here than where it was made', async () => {
    const below = await signInAt(s, '/pulse', PIN);
    const here = `${nameOf(await signInAt(s, '', PIN))}=${below.split('=')[1]}`;
    assert.equal(await at('', here), 'admin');
    unused(61);
    assert.deepEqual([await at('', here), await at('/pulse', below)], ['viewer', 'viewer']);
  });
});

suite('somebody who guesses the PIN', { main: oneChild }, (s) => {
  const guess = (pin, options) => s.post('/api/auth', { pin }, { from: '127.0.0.2', ...options });

  it('is held up after five wrong ones in a row, whatever the sixth is', async () => {
    s.allow(/SP0316/);
    for (let n = 0; n < 5; n++) assert.deepEqual(code(await guess(`10000${n}`)), [401, 'wrong_pin']);
    for (const pin of ['100005', PIN]) {
      const res = await guess(pin);
      assert.deepEqual(code(res), [429, 'too_many_attempts']);
      assert.ok(Number(res.headers['retry-after']) >= 1, res.headers['retry-after']);
      assert.equal(res.headers['set-cookie'], undefined);
    }
  });

  it('does not keep anybody else out, not even by guessing all the time', async () => {
    let stop = false;
    const guessing = Array.from({ length: 12 }, async (_, i) => {
      while (!stop) await guess(`2${i}`, { from: `127.0.0.${3 + (i % 2)}` });
    });
    for (let n = 0; n < 5; n++) {
      await until('a turn', async () => (await s.post('/api/auth', { pin: PIN })).status === 200); // the gate may be full for a second, which is no lock-out
    }
    stop = true;
    await Promise.all(guessing);
  });

  it('is told in the log by address, once', () => {
    const lines = s.log().split('\n').filter((l) => /SP0316/.test(l) && /127\.0\.0\.2\b/.test(l));
    assert.equal(lines.length, 1);
    assert.match(lines[0], /:warn\]/);
    assert.doesNotMatch(s.log(), /100000|482915/);
  });

  it('the right PIN wipes the slate: mistakes count in a row only', async () => {
    for (let n = 0; n < 3; n++) {
      for (let m = 0; m < 4; m++) assert.deepEqual(code(await guess('999999', { from: '127.0.0.9' })), [401, 'wrong_pin']);
      assert.equal((await guess(PIN, { from: '127.0.0.9' })).status, 200);
    }
  });

  it('what cannot be a PIN is no guess', async () => {
    for (let n = 0; n < 8; n++) assert.deepEqual(code(await guess(n % 2 ? '' : 'x'.repeat(73), { from: '127.0.0.10' })), [401, 'wrong_pin']);
    assert.equal((await guess(PIN, { from: '127.0.0.10' })).status, 200);
  });
});

/** A PIN that takes this server a good while to check. */
const slowPin = (s) => {
  fs.writeFileSync(s.file('pin'), execFileSync('htpasswd', ['-nbB', '-C', '13', 'x', PIN], { encoding: 'utf8' }).trim().slice(2) + '\n');
  s.own('pin');
};

suite('many sign-ins at once', { main: oneChild, prepare: slowPin }, (s) => {
  it('few are checked at a time, the rest is 429 after a short wait, and other requests go on', async () => {
    s.allow(/SP0316/);
    const all = Array.from({ length: 14 }, (_, i) => s.post('/api/auth', { pin: '1' }, { from: `127.0.1.${i + 1}` }));
    await pause(100);
    for (let n = 0; n < 5; n++) assert.equal((await s.get('/api/data')).status, 200);
    const answers = await Promise.all(all);
    const late = answers.filter((r) => r.status === 429);
    assert.ok(late.length >= 4, `${answers.map((r) => r.status)}`);
    for (const res of late) assert.deepEqual([res.json().code, Number(res.headers['retry-after']) >= 1], ['too_many_attempts', true]);
    assert.ok(answers.every((r) => r.status === 401 || r.status === 429));
  });
});

suite('people with other roles', { location: ['StreamPulseExportRole editor'] }, (s) => {
  it('a viewer reads, and is told what the rest needs: 403 role_required', async () => {
    const as = await sessionAs(s, 'viewer');
    const me = (await s.get('/api/auth/me', { as })).json();
    assert.deepEqual([me.user, me.role, me.can], ['viewer@example.org', 'viewer', ['view', 'export']]);
    assert.equal((await s.get('/api/data', { as })).status, 200);
    for (const [method, url] of [['POST', '/api/upload'], ['POST', '/api/data'], ['DELETE', '/api/data/x'], ['GET', '/api/export']]) {
      const res = await s.send(method, url, { as });
      assert.deepEqual(code(res), [403, 'role_required'], `${method} ${url}`);
      assert.match(res.json().error, /yours is viewer/);
    }
  });

  it('an editor writes, but neither deletes nor replaces everything', async () => {
    const as = await sessionAs(s, 'editor');
    assert.equal((await s.upload(sample.csv, { as })).status, 201);
    assert.equal((await s.post('/api/data', entry(1), { as })).status, 201);
    assert.equal((await s.get('/api/export', { as })).status, 200);
    assert.deepEqual(code(await s.send('DELETE', '/api/data/a', { as })), [403, 'role_required']);
    assert.deepEqual(code(await s.upload(sample.csv, { as, fields: { mode: 'replace_all' } })), [403, 'role_required']);
    assert.equal((await s.get('/api/uploads', { as })).json().uploads[0].actor, 'editor@example.org');
  });
});

suite('the last upload', {}, (s) => {
  it('is found behind any number of entries by hand', async () => {
    const as = await s.signIn();
    const stats = async () => (await s.get('/api/stats')).json().last_upload;
    assert.equal((await s.post('/api/data', entry(1), { as })).status, 201);
    assert.equal(await stats(), null);
    const { upload } = (await s.upload('service,platform,week_start,viewers\nLast,B,2025-01-05,7\n', { as, name: 'last.csv' })).json();
    shellSql(s.db, `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 450)
      INSERT INTO entry (kind, mode, actor, at_ms, rows_imported, added, changed, cleared, unchanged) SELECT 'entry', 'merge', 'x', 0, 0, 0, 0, 0, 0 FROM n;
      UPDATE meta SET value = lower(hex(randomblob(8))) WHERE key = 'revision_tag';`);
    assert.deepEqual([(await stats()).id, (await stats()).filename], [upload.id, 'last.csv']);
  });
});

suite('limits that a whole file decides', {}, (s) => {
  it('more event days than are kept in memory are 422 too_many_days', async () => {
    const rows = [];
    for (let e = 0; rows.length <= 100_001; e++)
      for (let d = 0; d < 1000 && rows.length <= 100_001; d++) rows.push(`E${e},P,${new Date(Date.UTC(2000, 0, 1 + d)).toISOString().slice(0, 10)},1`);
    const res = await s.upload(`event,platform,date,viewers\n${rows.join('\n')}\n`);
    assert.deepEqual(code(res), [422, 'too_many_days'], res.text.slice(0, 300));
  });
});
