// Moving in: streampulse-admin import --from-legacy, with a year in the predecessor's database in both of its forms; no server.
import test from 'node:test';
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import crypto from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const admin = path.resolve(root, process.env.BUILD ?? 'build', 'streampulse-admin');
const expected = JSON.parse(fs.readFileSync(path.join(root, 'tests/data/sample-year.expected.json'), 'utf8'));
const forms = ['older', 'newer'];

function spawn(program, args) {
    const result = spawnSync(program, args, { encoding: 'utf8' });
    assert.ifError(result.error);
    return { code: result.status, out: result.stdout, err: result.stderr };
}

function run(...args) {
    return spawn(admin, args);
}

function ok(...args) {
    const result = run(...args);
    assert.equal(result.code, 0, `${args.join(' ')}: ${result.err}`);
    return result;
}

function sql(db, statement) {
    const result = spawn('sqlite3', ['-json', db, statement]);
    assert.equal(result.code, 0, result.err);
    return result.out.trim() ? JSON.parse(result.out) : [];
}

function folder(t, form) {
    const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'streampulse-legacy-'));
    const legacy = path.join(dir, 'predecessor.db');
    t.after(() => fs.rmSync(dir, { recursive: true, force: true }));
    const made = spawn(process.env.PYTHON ?? 'python3', [path.join(root, 'tests/data/make_legacy.py'), form, legacy]);
    assert.equal(made.code, 0, made.err);
    return { dir, legacy, db: path.join(dir, 'pulse.db') };
}

const sha256 = (file) => crypto.createHash('sha256').update(fs.readFileSync(file)).digest('hex');

// Both forms know most platforms by an id. The older one has no column for Twitch: those viewers stand in the column zoom.
function platformName(form, platform) {
    const renamed = { "Pastor Amara's YouTube": "PT's YouTube", 'X (formerly Twitter)': 'X', Youtube: 'YouTube', Twitch: form === 'older' ? 'Zoom' : 'Twitch' };
    return renamed[platform] ?? platform;
}

for (const form of forms) {
    test(`the ${form} form gives every total of the year`, (t) => {
        const f = folder(t, form);
        const before = sha256(f.legacy);
        const result = ok('import', '--from-legacy', f.legacy, '--db', f.db, '--actor', 'mover');
        assert.match(result.out, new RegExp(`predecessor's database, ${form} form, 252 rows`));
        assert.match(result.out, new RegExp(`\\b${expected.weekly.grand_total}  all services`));
        assert.match(result.out, new RegExp(`\\b${expected.events.grand_total}  all events`));

        const weekly = sql(f.db, 'SELECT service, sum(viewers) AS viewers, min(week_start) AS first, max(week_start) AS last FROM weekly_data GROUP BY service');
        const wanted = expected.weekly.services.map((s) => ({ service: s.service, viewers: s.viewers, first: s.first_week, last: s.last_week }));
        const byName = (a, b) => (a.service < b.service ? -1 : 1);
        assert.deepEqual(weekly.sort(byName), wanted.sort(byName));

        for (const service of expected.weekly.services) {
            const sums = {};
            for (const [platform, viewers] of Object.entries(service.platform_viewers)) sums[platformName(form, platform)] = viewers;
            const rows = sql(f.db, `SELECT platform, sum(viewers) AS viewers FROM weekly_data WHERE service = '${service.service}' GROUP BY platform`);
            assert.deepEqual(Object.fromEntries(rows.map((r) => [r.platform, r.viewers])), sums, service.service);
        }

        const events = sql(f.db, 'SELECT e.name, e.start_date, e.end_date, count(DISTINCT d.date) AS days, sum(d.viewers) AS viewers FROM special_events e JOIN special_event_data d ON d.event_id = e.id GROUP BY e.id');
        const key = (e) => `${e.start_date} ${e.name}`;
        const sorted = (list) => [...list].sort((a, b) => (key(a) < key(b) ? -1 : 1));
        assert.deepEqual(sorted(events), sorted(expected.events.list));

        const [entry] = sql(f.db, 'SELECT filename, sha256, actor, kind, mode FROM entry');
        assert.deepEqual(entry, { filename: 'predecessor.db', sha256: before, actor: 'mover', kind: 'upload', mode: 'merge' });
        assert.equal(sha256(f.legacy), before);
        ok('check', '--db', f.db);
        assert.deepEqual(fs.readdirSync(f.dir).filter((n) => n.startsWith('predecessor')), ['predecessor.db']);
    });
}

test('the same file twice changes nothing', (t) => {
    const f = folder(t, 'newer');
    ok('import', '--from-legacy', f.legacy, '--db', f.db);
    const before = sql(f.db, 'SELECT * FROM meta');
    assert.match(ok('import', '--from-legacy', f.legacy, '--db', f.db).out, /nothing to change/);
    assert.deepEqual(sql(f.db, 'SELECT * FROM meta'), before);
    assert.equal(sql(f.db, 'SELECT count(*) AS n FROM entry')[0].n, 1);
});

test('what is left out or not carried over is said', (t) => {
    const f = folder(t, 'older');
    const { err } = ok('import', '--from-legacy', f.legacy, '--db', f.db);
    assert.match(err, /note: "Friday Prayer" is taken not to have been on Telegram, Emerge, BoxCast, Zoom: left out/);
    assert.match(err, /note: 12 uploads in the history \(upload_history\) are not carried over/);
    assert.match(err, /note: 1 written insights \(ai_insights\) are not carried over/);
    assert.match(err, /assumed: the days of "First Saturday Breakfast" have no year; they are taken to begin on 2025-02-01/);
    assert.doesNotMatch(err, /sessions/);
});

for (const form of forms) {
    test(`totals that differ stop the ${form} form, with both numbers and the row, and nothing is stored`, (t) => {
        const f = folder(t, form);
        const [row] = sql(f.legacy, "SELECT id, total FROM weekly_data WHERE service = 'sunday' AND date IN ('8/17/2025', '2025-08-17')");
        const [day] = sql(f.legacy, "SELECT id, total FROM special_event_data WHERE date = 'March 25'");
        const [sunday] = expected.weekly.services.filter((s) => s.service === 'Sunday Gathering');
        assert.equal(row.total, expected.wrong_totals[0].sum);
        sql(f.legacy, `UPDATE weekly_data SET total = total + 100 WHERE id = ${row.id}; UPDATE special_event_data SET total = 1 WHERE id = ${day.id}`);
        const result = run('import', '--from-legacy', f.legacy, '--db', f.db);
        assert.equal(result.code, 1);
        assert.equal(result.out, '');
        for (const line of [
            `${f.legacy}:${row.id}: weekly_data, row ${row.id}: "Sunday Gathering" on 2025-08-17 has the total ${row.total + 100}, but its platforms have ${row.total} together`,
            `${f.legacy}: the totals differ for the service "Sunday Gathering": the file's own add up to ${sunday.viewers + 100}, its numbers to ${sunday.viewers}`,
            `"The Open Door Conference (Main)" on 2025-03-25 has the total 1, but its platforms have ${day.total} together`,
            'the totals differ for the event "The Open Door Conference (Main)"',
            "streampulse-admin: nothing was imported: the predecessor's file has 4 problems",
        ]) assert.ok(result.err.includes(line), `${line}\n${result.err}`);
        assert.ok(!fs.existsSync(f.db));
    });
}

test('a file in use, with its log beside it, is read with what the log holds', (t) => {
    const f = folder(t, 'newer');
    const writer = path.join(f.dir, 'writer.py');
    fs.writeFileSync(writer, `
import os, sqlite3, sys
db = sqlite3.connect(sys.argv[1])
db.execute("PRAGMA journal_mode=WAL")
db.execute("""INSERT INTO weekly_data VALUES (NULL, 'sunday', '2026-02-01', 'February', '{"youtube": 1000}', 1000)""")
db.commit()
os._exit(0)
`);
    assert.equal(spawn(process.env.PYTHON ?? 'python3', [writer, f.legacy]).code, 0);
    const files = () => fs.readdirSync(f.dir).filter((n) => n.startsWith('predecessor')).map((n) => [n, sha256(path.join(f.dir, n))]);
    const before = files();
    assert.ok(before.length > 1, 'the log is there');
    ok('import', '--from-legacy', f.legacy, '--db', f.db);
    assert.equal(sql(f.db, 'SELECT sum(viewers) AS n FROM weekly_data')[0].n, expected.weekly.grand_total + 1000);
    assert.deepEqual(files(), before);
});

test('it adds to what is there, or takes its place with replace_all', (t) => {
    const f = folder(t, 'newer');
    const csv = path.join(f.dir, 'tidy.csv');
    fs.writeFileSync(csv, 'service,platform,week_start,viewers\nSunday Gathering,YouTube,2024-12-29,7\nOld Stream,YouTube,2024-12-29,5\n');
    ok('import', '--db', f.db, csv);
    ok('import', '--from-legacy', f.legacy, '--db', f.db);
    assert.equal(sql(f.db, 'SELECT sum(viewers) AS n FROM weekly_data')[0].n, expected.weekly.grand_total + 12);
    assert.match(ok('import', '--from-legacy', f.legacy, '--db', f.db, '--mode', 'replace_all').out, /mode replace_all/);
    assert.equal(sql(f.db, 'SELECT sum(viewers) AS n FROM weekly_data')[0].n, expected.weekly.grand_total);
    ok('check', '--db', f.db);
});

test('other files and other options are refused', (t) => {
    const f = folder(t, 'newer');
    const text = path.join(f.dir, 'text.csv');
    const things = path.join(f.dir, 'things.db');
    fs.writeFileSync(text, 'service,platform\n');
    sql(things, 'CREATE TABLE things (a)');
    ok('migrate', '--db', f.db);
    const cases = [
        [text, /not an SQLite database/],
        [things, /lacks the tables "weekly_data", "special_events", "special_event_data"/],
        [f.db, /a database of StreamPulse already/],
        [path.join(f.dir, 'gone.db'), /could not read the predecessor's file/],
    ];
    for (const [file, message] of cases) {
        const result = run('import', '--from-legacy', file, '--db', path.join(f.dir, 'other.db'));
        assert.equal(result.code, 1, file);
        assert.match(result.err, message);
    }
    assert.ok(!fs.existsSync(path.join(f.dir, 'other.db')));
    for (const [args, message] of [
        [['-'], /--from-legacy wants a file/],
        [['--layout', 'tidy', f.legacy], /--layout does not go with --from-legacy/],
        [['--on-error', 'skip', f.legacy], /--on-error does not go with --from-legacy/],
    ]) {
        const result = run('import', '--db', f.db, '--from-legacy', ...args);
        assert.equal(result.code, 2);
        assert.match(result.err, message);
    }
    assert.equal(run('import', '--from-legacy', f.legacy, '--db', f.legacy).code, 1);
    assert.equal(sql(f.legacy, 'SELECT count(*) AS n FROM weekly_data')[0].n, 209);
});
