// Who did what: one entry for each change, in its transaction; paged, filtered, and as CSV.
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import http from 'node:http';
import { shellSql } from './lib/database.mjs';
import { raw } from './lib/http.mjs';
import { admin, assert, it, suite, until } from './lib/server.mjs';

const tidy = (rows) => `service,platform,week_start,viewers\n${rows.map((r) => r.join(',')).join('\n')}\n`;
const week = (viewers, service = 'A') => ({ entries: [{ service, platform: 'Zoom', week_start: '2025-01-05', viewers }] });

// The format that core/audit_chain.h documents, written a second time.
const COLUMNS = ['id', 'at_ms', 'actor', 'role', 'method', 'address', 'request_id', 'action', 'target', 'detail', 'result', 'count'];
const START = '0'.repeat(64);
const field = (value) => (value === null ? '-,' : `${Buffer.byteLength(String(value))}:${value},`);
const chained = (previous, row) => createHash('sha256').update(['streampulse-audit-1', previous, ...COLUMNS.map((c) => row[c])].map(field).join('')).digest('hex');
const verify = (db, ...options) => {
  const run = spawnSync(admin, ['audit', 'verify', '--db', db, ...options], { encoding: 'utf8' });
  return { code: run.status, text: run.stdout + run.stderr };
};

suite('GET /api/audit', {}, (s) => {
  const list = async (query = '', options = {}) => {
    const res = await s.get(`/api/audit${query}`, { as: await s.asAdmin(), ...options });
    assert.equal(res.status, 200, res.text);
    return res.json();
  };
  const changes = () => s.sql("SELECT id, actor, role, method, address, action, target, detail, result, count FROM audit_log WHERE action IN ('upload', 'entry', 'edit', 'delete', 'undo') ORDER BY id");
  /** What the action left in the log. */
  const left = async (action) => {
    const before = changes().length;
    const res = await action();
    assert.ok(res.status < 300, res.text);
    const after = changes().slice(before);
    assert.equal(after.length, 1, JSON.stringify(after));
    return after[0];
  };

  it('each kind of change is one entry, with the number of the ledger as target', async () => {
    const as = await s.asAdmin();
    const kinds = [];
    const doing = async (action) => kinds.push(await left(action));
    await doing(() => s.upload(tidy([['A', 'Zoom', '2025-01-05', 1], ['A', 'Teams', '2025-01-12', 2]]), { name: 'first.csv' }));
    await doing(() => s.post('/api/data', week(3), { as }));
    await doing(() => s.send('PATCH', '/api/services/a', { as, body: '{"name":"Aa","color":"#123456"}', headers: { 'Content-Type': 'application/json' } }));
    await doing(() => s.send('PATCH', '/api/platforms/zoom', { as, body: '{"color":"#123457"}', headers: { 'Content-Type': 'application/json' } }));
    await doing(() => s.post('/api/special-events', { name: 'Gala', start_date: '2025-06-14', end_date: '2025-06-14' }, { as }));
    await doing(() => s.send('PATCH', '/api/special-events/gala-2025', { as, body: '{"description":"x"}', headers: { 'Content-Type': 'application/json' } }));
    await doing(() => s.send('DELETE', '/api/special-events/gala-2025', { as }));
    await doing(() => s.send('PATCH', '/api/platforms/teams', { as, body: '{"merge_into":"zoom"}', headers: { 'Content-Type': 'application/json' } }));
    await doing(() => s.send('DELETE', '/api/data/a', { as }));
    await doing(() => s.post('/api/uploads/1/undo', '', { as }));
    await doing(() => s.post('/api/uploads/10/undo', '', { as }));
    assert.deepEqual(kinds.map((e) => [e.action, e.target]), ['upload', 'entry', 'edit', 'edit', 'edit', 'edit', 'delete', 'edit', 'delete', 'undo', 'undo'].map((action, i) => [action, String(i + 1)]));
    assert.deepEqual(kinds[0], { id: kinds[0].id, actor: 'admin (PIN)', role: 'admin', method: 'pin', address: '127.0.0.1', action: 'upload', target: '1', detail: 'merge: 2 added, 0 changed, 0 cleared, first.csv', result: 'ok', count: 1 });
    assert.match(kinds[2].detail, /^service name "Aa", service alias "Aa", service color "#123456": 0 added/);
    assert.match(kinds[9].detail, /^of 1: /);
  });

  it('what changes nothing writes nothing: a dry run, the same once more, what is refused', async () => {
    const as = await s.asAdmin();
    await s.post('/api/data', week(5, 'C'), { as });
    const before = s.sql('SELECT count(*) AS n FROM audit_log')[0].n;
    for (const res of [await s.post('/api/data?dry_run=1', week(6, 'C'), { as }), await s.post('/api/data', week(5, 'C'), { as }), await s.upload('nonsense'), await s.send('DELETE', '/api/data/zzz', { as }),
      await s.send('DELETE', '/api/data/c?dry_run=1', { as }), await s.send('PATCH', '/api/services/c', { as, body: '{"name":"C"}', headers: { 'Content-Type': 'application/json' } })])
      assert.ok(res.status < 500, res.text);
    assert.equal(s.sql('SELECT count(*) AS n FROM audit_log')[0].n, before);
  });

  it('newest first, page by page', async () => {
    const all = (await list('?limit=200')).entries;
    assert.deepEqual(all.map((e) => e.id), all.map((_, i) => all[0].id - i), 'no gap');
    const paged = [];
    for (let next = '', pages = 0; next !== null && pages < 50; pages++) {
      const page = await list(`?limit=5${next && `&before=${next}`}`);
      paged.push(...page.entries);
      next = page.next;
    }
    assert.deepEqual(paged, all);
    assert.deepEqual((await list('?before=1')), { entries: [], next: null });
    assert.match(all[0].at, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  });

  it('by actor, action and day, also page by page', async () => {
    const edits = (await list('?action=edit&limit=3')).entries;
    assert.deepEqual(edits.map((e) => e.action), ['edit', 'edit', 'edit']);
    const more = await list(`?action=edit&limit=3&before=${edits[2].id}`);
    assert.ok(more.entries.length && more.entries.every((e) => e.action === 'edit' && e.id < edits[2].id));
    const actor = encodeURIComponent('admin (PIN)');
    assert.ok((await list(`?actor=${actor}&action=undo`)).entries.length >= 2);
    assert.deepEqual((await list('?actor=nobody')).entries, []);
    assert.deepEqual((await list('?action=nothing')).entries, []);
    const [day] = (await list(`?actor=${actor}`)).entries[0].at.split('T');
    assert.ok((await list(`?from=${day}&to=${day}&actor=${actor}`)).entries.length);
    assert.deepEqual((await list('?to=2000-01-01')).entries, []);
    assert.deepEqual((await list('?from=2100-01-01')).entries, []);
    for (const query of ['limit=0', 'limit=201', 'before=x', 'from=x', 'from=2025-01-02&to=2025-01-01', 'action=', 'action=x%20y', 'actor=', 'format=xml', 'format=csv&limit=5', 'format=csv&before=5'])
      assert.equal((await s.get(`/api/audit?${query}`, { as: await s.asAdmin() })).json().code, 'bad_parameter', query);
  });

  it('is for admins only, and never stored', async () => {
    assert.equal((await s.get('/api/audit')).status, 401);
    for (const role of ['viewer', 'editor']) {
      const as = await s.signIn();
      const hash = createHash('sha256').update(as.cookie.split('=')[1]).digest('hex');
      shellSql(s.db, `UPDATE session SET role = '${role}' WHERE token_hash = '${hash}'`);
      const res = await s.get('/api/audit', { as });
      assert.deepEqual([res.status, res.json().code], [403, 'role_required']);
    }
    const res = await s.get('/api/audit', { as: await s.asAdmin() });
    assert.deepEqual([res.headers['cache-control'], res.headers.etag], ['no-store', undefined]);
  });

  it('as CSV: all that match, safe in a spreadsheet, and an entry itself', async () => {
    const as = await s.asAdmin();
    await s.upload(tidy([['D', 'Zoom', '2025-01-05', 1]]), { name: '=cmd,"x".csv' });
    const { entries } = await list('?limit=200');
    const res = await s.get('/api/audit?format=csv', { as });
    assert.equal(res.status, 200);
    assert.match(res.headers['content-type'], /^text\/csv/);
    assert.match(res.headers['content-disposition'], /filename="streampulse-audit-\d{4}-\d\d-\d\d\.csv"/);
    const lines = res.text.trimEnd().split('\r\n');
    assert.equal(lines[0], 'id,at,actor,role,method,address,request_id,action,target,detail,result,count,hash');
    assert.equal(lines.length, entries.length + 1);
    assert.ok(lines[1].startsWith(`${entries[0].id},${entries[0].at},admin (PIN),admin,pin,127.0.0.1,`), lines[1]);
    assert.ok(lines[1].endsWith(`,${entries[0].hash}`));
    const read = (await list('?limit=1')).entries[0];
    assert.deepEqual([read.action, read.target, read.actor], ['audit_read', 'format=csv', 'admin (PIN)']);
    assert.equal((await s.get('/api/audit?format=csv&action=undo', { as })).text.trimEnd().split('\r\n').length, 1 + entries.filter((e) => e.action === 'undo').length);
  });

  it('a name that is a formula is none in the CSV, and one line is one entry', async () => {
    const as = await s.asAdmin();
    for (const name of ['=1+1', '+2+1', '-3+1', '@SUM(1)', '=HYPERLINK("http://evil.example","x")', 'a,b"c']) assert.equal((await s.post('/api/tokens', { name, role: 'viewer', expires_in_days: 1 }, { as })).status, 201, name);
    for (const name of ['=cmd|x.csv', '-2+3.csv', '@x.csv', '\t=1.csv', 'x\u001b[31m.csv', 'a\u202eb.csv']) await s.upload(tidy([['E', 'Zoom', '2025-01-05', name.length + name.charCodeAt(0)]]), { name });
    const { text } = await s.get('/api/audit?format=csv', { as });
    const cells = text.split('\r\n').slice(1).flatMap((line) => [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].map((found) => found[1].replace(/^"/, '')));
    for (const cell of cells) assert.doesNotMatch(cell, /^\s*[=+\-@]/, cell);
    assert.doesNotMatch(text, /[\u0000-\u0009\u000b\u000c\u000e-\u001f\u007f\u202a-\u202e]/);
    assert.equal(text.trimEnd().split('\r\n').length, 1 + s.sql('SELECT count(*) AS n FROM audit_log')[0].n - 1, 'a reading is an entry once it was answered');
    assert.doesNotMatch(s.log(), /[\u0000-\u0009\u000b-\u001f\u007f\u0080-\u009f\u202a-\u202e]/);
  });

  it('each entry is a line of the error log, with its hash', async () => {
    for (const e of (await list('?limit=200')).entries)
      assert.ok(s.log().includes(`SP1400: audit ${e.id}:${e.hash} ${e.action} by "${e.actor}"`), `entry ${e.id}`);
  });
});

suite('what httpd refuses by its own configuration', { location: ['Require method GET'] }, (s) => {
  it('is a refused request as any other', async () => {
    s.allow(/AH01630/);
    for (let i = 0; i < 3; i++) assert.equal((await s.send('POST', '/api/data', { contract: false })).status, 403);
    assert.equal((await s.send('POST', '/elsewhere', { contract: false })).status, 403);
    assert.equal((await s.get('/api/data')).status, 200);
    await s.restart();
    assert.deepEqual(s.sql("SELECT actor, address, result, count FROM audit_log WHERE action = 'refused'"), [{ actor: 'anonymous', address: '127.0.0.1', result: 'role_required', count: 4 }]);
  });
});

suite('a name that looks like the end of a line', {}, (s) => {
  it('stays a name: what the quotes hold has none in it', async () => {
    const name = 'x" (admin, pin) from 10.0.0.1, 7: ok, 1', as = await s.asAdmin();
    const { secret } = (await s.post('/api/tokens', { name, role: 'editor', expires_in_days: 1 }, { as })).json();
    assert.equal((await s.post('/api/data', week(1), { headers: { Authorization: `Bearer ${secret}` } })).status, 201);
    assert.equal(s.sql("SELECT actor FROM audit_log WHERE action = 'entry'")[0].actor, `${name} (token)`);
    const [, actor, role] = /SP1400: audit \d+:\S+ entry by "([^"]*)" \(([^)]*)\) from 127\.0\.0\.1, \d+: ok, 1/.exec(s.log());
    assert.deepEqual([actor, role], [`${name.replace('"', "'")} (token)`, 'editor, token']);
  });
});

suite('streampulse-admin audit', {}, (s) => {
  const copy = (sql) => {
    const db = s.file('copy.db');
    fs.rmSync(db, { force: true });
    shellSql(s.db, `VACUUM INTO '${db}'`);
    if (sql) shellSql(db, sql);
    return db;
  };

  it('the chain is what the documented format makes of it', async () => {
    for (let i = 1; i <= 8; i++) assert.equal((await s.post('/api/data', week(i, 'Caf\u00e9 \u{1F600}'), { as: await s.asAdmin() })).status, 201);
    let previous = START;
    for (const row of s.sql('SELECT * FROM audit_log ORDER BY id')) {
      assert.deepEqual([row.previous, row.hash], [previous, chained(previous, row)], `entry ${row.id}`);
      previous = row.hash;
    }
    const good = verify(s.db);
    assert.equal(good.code, 0, good.text);
    assert.ok(good.text.includes(`head: ${s.sql('SELECT max(id) AS id FROM audit_log')[0].id}:${previous}`));
    assert.equal(verify(s.db, '--expect', execFileSync(admin, ['audit', 'head', '--db', s.db], { encoding: 'utf8' }).trim()).code, 0);
  });

  it('finds each kind of tampering, and says where', () => {
    for (const [sql, says] of [
      ["UPDATE audit_log SET actor = 'somebody else' WHERE id = 4", /is 4: it was changed/],
      ['DELETE FROM audit_log WHERE id = 4', /is 4: it is missing/],
      ['DELETE FROM audit_log WHERE id > 6', /is 7: it is missing, with all up to the newest/],
      ['DELETE FROM audit_log WHERE id <= 2', /is 1: it is missing/],
      ['UPDATE audit_log SET id = -id; UPDATE audit_log SET id = CASE id WHEN -4 THEN 6 WHEN -6 THEN 4 ELSE -id END', /is 4: it was moved here: it is entry 6/],
      ["INSERT INTO audit_log SELECT max(id) + 1, at_ms, 'x', role, method, address, request_id, action, target, detail, result, count, previous, hash FROM audit_log", /it was added/],
      ["UPDATE meta SET value = 'nonsense' WHERE key = 'audit_head'", /damaged/],
    ]) {
      const bad = verify(copy(sql));
      assert.equal(bad.code, 1, sql);
      assert.match(bad.text, says, sql);
    }
  });

  it('a log that was made anew holds, but not with a head that was noted in the error log', () => {
    const db = copy();
    const rows = s.sql('SELECT * FROM audit_log ORDER BY id', db).filter((r) => r.id !== 4);
    let previous = START;
    const sql = ['DELETE FROM audit_log'];
    rows.forEach((row, i) => {
      row.id = i + 1;
      const hash = chained(previous, row);
      sql.push(`INSERT INTO audit_log VALUES (${[...COLUMNS.map((c) => row[c]), previous, hash].map((v) => (v === null ? 'NULL' : typeof v === 'number' ? v : `'${String(v).replaceAll("'", "''")}'`)).join(', ')})`);
      previous = hash;
    });
    shellSql(db, `${sql.join('; ')}; UPDATE meta SET value = '${rows.length}:${previous}' WHERE key = 'audit_head'`);
    assert.equal(verify(db).code, 0, verify(db).text);
    const noted = [...s.log().matchAll(/SP1400: audit (\d+:[0-9a-f]{64}) /g)].map((m) => m[1]);
    assert.equal(verify(db, '--expect', noted[2]).code, 0);
    assert.match(verify(db, '--expect', noted[5]).text, /is 6: it is not the one that was expected/);
    assert.match(verify(db, '--expect', noted.at(-1)).text, /it is missing, with all up to the expected one/);
    assert.equal(verify(s.db, '--expect', noted.at(-1)).code, 0);
  });

  it('what it does not understand is exit code 2', () => {
    for (const args of [['audit'], ['audit', 'fix', '--db', s.db], ['audit', 'verify', '--db', s.db, '--expect', 'x'], ['audit', 'head', '--db', s.db, '--expect', `1:${START}`]])
      assert.equal(spawnSync(admin, args).status, 2, args.join(' '));
  });

  it('what the command line changes is an entry too; what it does not is none', () => {
    const file = s.file('in.csv');
    fs.writeFileSync(file, tidy([['K', 'Zoom', '2025-01-05', 1]]));
    const before = s.sql('SELECT max(id) AS id FROM audit_log')[0].id;
    for (let i = 0; i < 2; i++) execFileSync(admin, ['import', '--db', s.db, '--actor', 'nightly job', file]);
    assert.deepEqual(s.sql(`SELECT actor, role, method, address, action, detail FROM audit_log WHERE id > ${before}`),
      [{ actor: 'nightly job', role: 'admin', method: 'command', address: null, action: 'upload', detail: 'merge: 1 added, 0 changed, 0 cleared, in.csv' }]);
    assert.equal(verify(s.db).code, 0);
  });
});

/** Sends count requests from that address on one connection; → how often each status came. */
async function storm(s, from, count, headers) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  const seen = {};
  for (let i = 0; i < count; i++) {
    const { status } = await s.send('POST', `/api/auth?n=${i}`, { agent, from, headers, body: '{}', contract: false });
    seen[status] = (seen[status] ?? 0) + 1;
  }
  agent.destroy();
  return seen;
}

suite('refused requests', { main: ['MaxKeepAliveRequests 0'] }, (s) => {
  s.allow(/wrong PIN/, /SP13\d\d/);
  const rows = () => s.sql("SELECT * FROM audit_log WHERE action = 'refused' ORDER BY id");

  it('10,000 from 50 addresses: counted in memory, and a bounded number of entries', async () => {
    const seen = [];
    for (let wave = 0; wave < 50; wave += 5) // httpd closes idle connections when there are many of them
      seen.push(...await Promise.all(Array.from({ length: 5 }, (_, i) => storm(s, `127.0.1.${wave + i + 1}`, 200, { 'Sec-Fetch-Site': 'cross-site' }))));
    for (const one of seen) assert.deepEqual(Object.keys(one).filter((status) => !['403', '429'].includes(status)), []);
    assert.equal(rows().length, 0, 'a write for a refused request');
    s.child.kill('SIGUSR1');
    await until('the restart', () => s.starts() > 2);
    await until('the old children to write it', () => rows().length);
    const got = rows();
    assert.ok(got.length <= 20, `${got.length} entries`);
    assert.equal(got.reduce((sum, r) => sum + r.count, 0), 10_000);
    const alone = got.filter((r) => r.address);
    assert.equal(alone.length, 16);
    assert.match(alone[0].detail, /^from POST \/api\/auth at \S+Z to POST \/api\/auth at \S+Z$/);
    const others = got.filter((r) => !r.address);
    assert.match(others[0].detail, /^of at least \d+ more addresses/);
    assert.equal(verify(s.db).code, 0);
  });

  it('who is known is named; what is no refusal is not counted', async () => {
    const as = await s.signIn();
    const before = rows().length;
    for (const [method, url, options] of [['GET', '/api/audit', {}], ['GET', '/nowhere', {}], ['POST', '/api/auth', { body: '{"pin":"000000"}', headers: { 'Content-Type': 'application/json' } }], ['GET', '/api/data?x=1', {}]])
      await s.send(method, url, { ...options, contract: false });
    shellSql(s.db, `UPDATE session SET role = 'viewer' WHERE token_hash = '${createHash('sha256').update(as.cookie.split('=')[1]).digest('hex')}'`);
    for (let i = 0; i < 3; i++) assert.equal((await s.post('/api/data', week(1), { as })).status, 403);
    await s.restart();
    const got = rows().slice(before);
    assert.deepEqual(got.map((r) => [r.actor, r.role, r.method, r.address, r.result, r.count]), [['admin (PIN)', 'viewer', 'pin', '127.0.0.1', 'role_required', 3]]);
  });

  it('an address is told in plain characters, whatever bytes a client puts there', async () => {
    const before = rows().length, post = (path) => raw(s.port, [Buffer.from(`POST ${path} HTTP/1.1\r\nHost: localhost\r\nOrigin: http://evil.example\r\nConnection: close\r\n\r\n`, 'latin1')]);
    await post('/api/uploads/\xff\x9b31m/undo');
    await post(`/api/uploads/${'x'.repeat(140)}\xc3\xa4\xe2\x82\xac/undo`);
    await s.restart();
    const hex = s.sql("SELECT hex(detail) AS detail FROM audit_log WHERE action = 'refused' ORDER BY id").slice(before).map((r) => Buffer.from(r.detail, 'hex').toString('latin1'));
    assert.equal(hex.length, 1);
    assert.match(hex[0], /^from POST \/api\/uploads\/%ff%9b31m\/undo at \S+ to POST \/api\/uploads\/x{140}[%0-9a-f]* at \S+$/);
    assert.equal(verify(s.db).code, 0);
  });
});

/** A chain of entries that are that old, as the server would have written it. */
function fillWith(db, agesMs) {
  let previous = START;
  const count = agesMs.length, sql = ['BEGIN'];
  for (let id = 1; id <= count; id++) {
    const row = { id, at_ms: Date.now() - agesMs[id - 1] + id, actor: 'ann', role: 'admin', method: 'pin', address: null, request_id: null, action: 'login', target: null, detail: null, result: 'ok', count: 1 };
    const hash = chained(previous, row);
    sql.push(`INSERT INTO audit_log VALUES (${COLUMNS.map((c) => (row[c] === null ? 'NULL' : `'${row[c]}'`)).join(', ')}, '${previous}', '${hash}')`);
    previous = hash;
  }
  shellSql(db, `${sql.join(';\n')}; UPDATE meta SET value = '${count}:${previous}' WHERE key = 'audit_head'; COMMIT`);
}

const DAY = 86_400_000;
const YESTERDAY = DAY + 60_000;
/** Where the clock is years ahead, all that there is was long ago, and nothing was yesterday. */
for (const [what, days, last, left] of [['with StreamPulseAuditDays 30', 30, YESTERDAY, 0], ['with StreamPulseAuditDays 0', 0, YESTERDAY, 300], ['and a clock that was just set forward', 30, 39 * DAY, 300]])
  suite(`entries of 40 days ago ${what}`, {
    main: [`StreamPulseAuditDays ${days}`],
    prepare: (s) => {
      execFileSync(admin, ['migrate', '--db', s.db]);
      fillWith(s.db, [...Array(300).fill(40 * DAY), last]);
      s.own('streampulse.db');
    },
  }, (s) => {
    it(left ? 'stay' : 'are removed, which is an entry; the chain holds', async () => {
      const as = await s.asAdmin();
      await s.get('/api/data', { as });
      await s.get('/api/data', { as });
      assert.equal(s.sql('SELECT count(*) AS n FROM audit_log WHERE id <= 300')[0].n, left);
      const pruned = s.sql("SELECT actor, method, target, count, result FROM audit_log WHERE action = 'audit_pruned'");
      assert.deepEqual(pruned, left ? [] : [{ actor: 'system', method: 'system', target: '300', count: 300, result: 'ok' }]);
      const good = verify(s.db);
      assert.equal(good.code, 0, good.text);
      if (!left) assert.match(good.text, /those up to 300 were pruned/);
    });
  });
