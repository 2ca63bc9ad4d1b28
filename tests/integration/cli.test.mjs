// streampulse-admin: every command, its exit codes and its messages; no server.
import test from 'node:test';
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const admin = path.resolve(root, process.env.BUILD ?? 'build', 'streampulse-admin');
const version = fs.readFileSync(path.join(root, 'VERSION'), 'utf8').trim();
const header = 'service,platform,week_start,week_end,viewers,event,event_start,date,label\r\n';

const tidy = [
    'service,platform,week_start,viewers',
    'Sunday Service,YouTube,2025-01-05,120',
    'Sunday Service,YouTube,2025-01-12,130',
    'Sunday Service,Facebook,2025-01-05,0',
    'Bible Study,YouTube,2025-01-07,45',
    '',
].join('\n');
const events = ['event,service,platform,date,viewers', 'Easter Nights,,YouTube,2025-04-18,300', 'Easter Nights,,YouTube,2025-04-19,320', ''].join('\n');

function run(args, { input = '', env = {}, cwd } = {}) {
    const { STREAMPULSE_DB, ...rest } = process.env;
    const result = spawnSync(admin, args, { input, cwd, env: { ...rest, ...env }, encoding: 'utf8' });
    if (result.error?.code !== 'EPIPE') assert.ifError(result.error); // it may end before it has read its input
    assert.equal(result.signal, null, `killed by ${result.signal}: ${result.stderr}`);
    return { code: result.status, out: result.stdout, err: result.stderr };
}

function ok(args, options) {
    const result = run(args, options);
    assert.equal(result.code, 0, `${args.join(' ')}: ${result.err}`);
    return result;
}

function sql(db, statement) {
    const result = spawnSync('sqlite3', [db, statement], { encoding: 'utf8' });
    assert.equal(result.status, 0, result.stderr ?? String(result.error));
    return result.stdout.trim();
}

function folder(t) {
    const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'streampulse-cli-'));
    t.after(() => fs.rmSync(dir, { recursive: true, force: true }));
    const file = (name, content) => {
        const at = path.join(dir, name);
        if (content !== undefined) fs.writeFileSync(at, content);
        return at;
    };
    return { dir, file, db: path.join(dir, 'pulse.db') };
}

function loaded(t) {
    const f = folder(t);
    ok(['import', '--db', f.db, f.file('tidy.csv', tidy)]);
    ok(['import', '--db', f.db, f.file('events.csv', events)]);
    return f;
}

test('without a command it tells its usage and exits 2', () => {
    const result = run([]);
    assert.equal(result.code, 2);
    assert.match(result.err, /^usage: streampulse-admin COMMAND/);
});

test('--help and --version answer on standard output', () => {
    const help = ok(['--help']);
    for (const command of ['migrate', 'import', 'export', 'check', 'pin', 'facts']) assert.match(help.out, new RegExp(`^  ${command} `, 'm'));
    assert.equal(ok(['--version']).out, `streampulse-admin ${version}\n`);
});

test('every command explains itself', () => {
    for (const command of ['migrate', 'import', 'export', 'check', 'pin', 'facts']) {
        const result = ok([command, '--help']);
        assert.match(result.out, new RegExp(`^usage: streampulse-admin ${command} `));
        assert.equal(result.err, '');
    }
});

test('wrong usage exits 2 and says what is wrong', () => {
    const cases = [
        [['frobnicate'], /there is no command "frobnicate"/],
        [['check', '--frob'], /there is no option "--frob"/],
        [['check', '-x'], /there is no option "-x"/],
        [['check', '--db'], /--db wants a value/],
        [['check', '--db', 'x.db', 'more'], /"more" is one word too many/],
        [['import', '--db', 'x.db'], /FILE\|- is missing/],
        [['import', '--db', 'x.db', 'a', 'b'], /"b" is one word too many/],
        [['import', '--db', 'x.db', '--mode', 'mix', 'f'], /--mode "mix" is none of/],
        [['import', '--db', 'x.db', '--layout', 'mix', 'f'], /--layout "mix" is none of/],
        [['import', '--db', 'x.db', '--encoding', 'mix', 'f'], /--encoding "mix" is none of/],
        [['import', '--db', 'x.db', '--delimiter', 'mix', 'f'], /--delimiter "mix" is none of/],
        [['import', '--db', 'x.db', '--on-error', 'mix', 'f'], /--on-error "mix" is none of/],
        [['import', '--db', 'x.db', '--date-order', 'ydm', 'f'], /--date-order "ydm" is none of/],
        [['import', '--db', 'x.db', '--event-year', '20x5', 'f'], /--event-year "20x5" is not a year/],
        [['import', '--db', 'x.db', '--event-year', '1969', 'f'], /--event-year "1969" is not a year/],
        [['import', '--db', 'x.db', '--actor', '', 'f'], /--actor wants/],
        [['import', '--db', 'x.db', '--actor', 'Ada\u001b[2J', 'f'], /--actor will not do: it /],
        [['import', '--db', 'x.db', '--actor', 'Ada\nBob', 'f'], /--actor will not do: it /],
        [['import', '--db', 'x.db', '--actor', 'Ada\u202e', 'f'], /--actor will not do: it /],
        [['import', '--db', 'x.db', '--on-error', 'skip', '--mode', 'replace', 'f'], /--on-error skip goes with --mode merge only/],
        [['export', '--db', 'x.db', '--format', 'xml'], /--format "xml" is none of/],
        [['export', '--db', 'x.db', '--from', '1.2.2025'], /--from "1.2.2025" is not a date/],
        [['export', '--db', 'x.db', '--from', '2025-02-01', '--to', '2025-01-31'], /--from must not be after --to/],
        [['pin'], /FILE is missing/],
    ];
    for (const [args, message] of cases) {
        const result = run(args);
        assert.equal(result.code, 2, args.join(' '));
        assert.match(result.err, /^streampulse-admin: /);
        assert.match(result.err, message);
        assert.match(result.err, /try "streampulse-admin .*--help"/);
        assert.equal(result.out, '');
    }
});

test('the database is --db, else STREAMPULSE_DB, else a usage error', (t) => {
    const f = folder(t);
    for (const command of ['migrate', 'check', 'export', 'facts']) {
        const result = run([command]);
        assert.equal(result.code, 2);
        assert.match(result.err, /give --db PATH, or set STREAMPULSE_DB/);
    }
    ok(['migrate'], { env: { STREAMPULSE_DB: f.db } });
    assert.ok(fs.existsSync(f.db));
    ok(['check'], { env: { STREAMPULSE_DB: f.db } });
});

test("the server's own DBDParams name the database too", (t) => {
    const f = folder(t);
    ok(['migrate', '--db', `file:${f.db}?mode=rw`]);
    ok(['check', '--db', `file:${f.db}?mode=rw`]);
    assert.ok(fs.existsSync(f.db));
});

test('migrate creates a database once, and leaves it alone afterwards', (t) => {
    const f = folder(t);
    assert.match(ok(['migrate', '--db', f.db]).out, /created, schema \d+/);
    const before = fs.readFileSync(f.db);
    assert.match(ok(['migrate', '--db', f.db]).out, /nothing to do/);
    assert.deepEqual(fs.readFileSync(f.db), before);
});

test('a file that is not a StreamPulse database is refused, and not touched', (t) => {
    const f = folder(t);
    const other = f.file('other.db');
    sql(other, 'CREATE TABLE things (a)');
    for (const file of [f.file('text.db', 'not a database at all\n'.repeat(100)), f.file('empty.db', ''), other]) {
        const before = fs.readFileSync(file);
        for (const args of [['migrate', '--db', file], ['check', '--db', file], ['export', '--db', file], ['import', '--db', file, f.file('t.csv', tidy)]]) {
            const result = run(args);
            assert.equal(result.code, 1, args.join(' '));
            assert.match(result.err, /^streampulse-admin: /m);
        }
        assert.deepEqual(fs.readFileSync(file), before, file);
    }
});

test('only migrate and import make a database', (t) => {
    const f = folder(t);
    for (const command of ['check', 'export', 'facts']) assert.equal(run([command, '--db', f.db]).code, 1);
    assert.ok(!fs.existsSync(f.db));
});

test('import tells what it did, service by service, and the ledger keeps who and what', (t) => {
    const f = folder(t);
    const { out } = ok(['import', '--db', f.db, '--actor', 'Ada', f.file('tidy.csv', tidy)]);
    assert.match(out, /layout tidy/);
    assert.match(out, /^ +3 +0 +0 +0 +Sunday Service$/m);
    assert.match(out, /^ +1 +0 +0 +0 +Bible Study$/m);
    assert.match(out, /^ +4 +0 +0 +0 +in all$/m);
    assert.match(out, /stored as entry 1 of the ledger, mode merge/);
    assert.equal(sql(f.db, 'SELECT actor, filename, kind, mode, added FROM entry'), 'Ada|tidy.csv|upload|merge|4');
    assert.match(ok(['import', '--db', f.db, f.file('events.csv', events)]).out, /event: Easter Nights$/m);
    assert.match(sql(f.db, 'SELECT actor FROM entry WHERE id = 2'), /\(command line\)$/);
});

test('the same file again changes nothing, and that is no failure', (t) => {
    const f = loaded(t);
    const before = ok(['export', '--db', f.db]).out;
    assert.match(ok(['import', '--db', f.db, f.file('tidy.csv')]).out, /nothing to change/);
    assert.equal(sql(f.db, 'SELECT count(*) FROM entry'), '2');
    assert.equal(ok(['export', '--db', f.db]).out, before);
});

test('import reads standard input and obeys the mode', (t) => {
    const f = loaded(t);
    const input = 'service,platform,week_start,viewers\nSunday Service,YouTube,2025-01-05,121\n';
    assert.match(ok(['import', '--db', f.db, '-'], { input }).out, /^ +0 +1 +0 +0 +Sunday Service$/m);
    assert.match(ok(['import', '--db', f.db, '--mode', 'replace', '-'], { input }).out, /^ +0 +0 +2 +1 +Sunday Service$/m);
    assert.match(ok(['import', '--db', f.db, '--mode', 'replace_all', '-'], { input }).out, /mode replace_all/);
    assert.equal(ok(['export', '--db', f.db]).out, `${header}Sunday Service,YouTube,2025-01-05,2025-01-11,121,,,,\r\n`);
    assert.equal(sql(f.db, 'SELECT count(*) FROM entry WHERE filename IS NULL'), '3');
});

test('a file with problems is refused whole, each problem with its place', (t) => {
    const f = loaded(t);
    const before = ok(['export', '--db', f.db]).out;
    const bad = f.file('bad.csv', 'service,platform,week_start,viewers\nSunday Service,YouTube,2025-01-19,1.2K\nSunday Service,YouTube,2025-02-30,5\nSunday Service,YouTube,2025-01-26,7\n');
    const result = run(['import', '--db', f.db, bad]);
    assert.equal(result.code, 1);
    assert.match(result.err, new RegExp(`^${bad}:2:4: .*1\\.2K`, 'm'));
    assert.match(result.err, new RegExp(`^${bad}:3:3: .*2025-02-30`, 'm'));
    assert.match(result.err, /^streampulse-admin: /m);
    assert.equal(ok(['export', '--db', f.db]).out, before);

    const skipped = ok(['import', '--db', f.db, '--on-error', 'skip', bad]);
    assert.match(skipped.err, /left out/);
    assert.match(skipped.err, new RegExp(`^${bad}:2:4: `, 'm'));
    assert.match(skipped.out, /^ +1 +0 +0 +0 +in all$/m);
});

test('a refused file does not create a database', (t) => {
    const f = folder(t);
    assert.equal(run(['import', '--db', f.db, f.file('bad.csv', 'service,platform,week_start,viewers\nA,B,2025-01-19,-5\n')]).code, 1);
    assert.equal(run(['import', '--db', f.db, f.file('empty.csv', '')]).code, 1);
    assert.ok(!fs.existsSync(f.db));
});

test('a file that cannot be read is a failure with the reason', (t) => {
    const f = folder(t);
    const result = run(['import', '--db', f.db, f.file('missing.csv')]);
    assert.equal(result.code, 1);
    assert.match(result.err, /^streampulse-admin: could not read ".*missing\.csv": No such file/);
});

test('dates that can be read both ways are asked about, and --date-order answers', (t) => {
    const f = folder(t);
    const file = f.file('dates.csv', 'service,platform,week_start,viewers\nA,YouTube,1/5/2025,1\nA,YouTube,2/5/2025,2\n');
    const asked = run(['import', '--db', f.db, file]);
    if (asked.code !== 0) assert.match(asked.err, /--date-order mdy or --date-order dmy/);
    ok(['import', '--db', f.db, '--mode', 'replace_all', '--date-order', 'dmy', file]);
    assert.match(ok(['export', '--db', f.db]).out, /A,YouTube,2025-05-02,/);
});

test('control characters of a file never reach the terminal', (t) => {
    const f = folder(t);
    const result = run(['import', '--db', f.db, f.file('evil.csv', 'service,platform,week_start,viewers\nA,B,2025-01-19,\u001b[31m9\u009b1m\u0007\n')]);
    assert.equal(result.code, 1);
    assert.doesNotMatch(result.err, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
});

test('export gives CSV and NDJSON, on standard output or in a file', (t) => {
    const f = loaded(t);
    const { out } = ok(['export', '--db', f.db]);
    assert.ok(out.startsWith(header));
    assert.deepEqual(
        out.slice(header.length).trimEnd().split('\r\n').sort(),
        [
            'Bible Study,YouTube,2025-01-07,2025-01-13,45,,,,',
            'Sunday Service,Facebook,2025-01-05,2025-01-11,0,,,,',
            'Sunday Service,YouTube,2025-01-05,2025-01-11,120,,,,',
            'Sunday Service,YouTube,2025-01-12,2025-01-18,130,,,,',
            ',YouTube,,,300,Easter Nights,2025-04-18,2025-04-18,',
            ',YouTube,,,320,Easter Nights,2025-04-18,2025-04-19,',
        ].sort(),
    );
    const lines = ok(['export', '--db', f.db, '--format', 'ndjson']).out.trimEnd().split('\n').map((line) => JSON.parse(line));
    assert.equal(lines.length, 6);
    assert.deepEqual(lines.at(-1), { platform: 'YouTube', viewers: 320, event: 'Easter Nights', event_start: '2025-04-18', date: '2025-04-19' });
    const file = f.file('out.csv', 'what was there before');
    assert.equal(ok(['export', '--db', f.db, '-o', file]).out, '');
    assert.equal(fs.readFileSync(file, 'utf8'), out);
    assert.deepEqual(fs.readdirSync(f.dir).filter((name) => name.startsWith('out.csv')), ['out.csv']);
});

test('export filters by days, services and platforms', (t) => {
    const f = loaded(t);
    const rows = (...args) => ok(['export', '--db', f.db, ...args]).out.trimEnd().split('\r\n').length - 1;
    assert.equal(rows('--from', '2025-01-12', '--to', '2025-01-31'), 1);
    assert.equal(rows('--service', 'bible-study'), 1);
    assert.equal(rows('--service', 'BIBLE STUDY', '--service', 'sunday-service'), 4);
    assert.equal(rows('--platform', 'facebook'), 1);
    const result = run(['export', '--db', f.db, '--service', 'nobody']);
    assert.equal(result.code, 1);
    assert.equal(result.out, '');
    assert.match(result.err, /nobody/);
});

test('an export that cannot be written is a failure', (t) => {
    const f = loaded(t);
    const full = spawnSync('sh', ['-c', `exec "${admin}" export --db "${f.db}" > /dev/full`], { encoding: 'utf8' });
    assert.equal(full.status, 1);
    assert.match(full.stderr, /could not write/);
    const nowhere = run(['export', '--db', f.db, '-o', path.join(f.dir, 'no/such/folder/out.csv')]);
    assert.equal(nowhere.code, 1);
    assert.match(nowhere.err, /could not write/);
});

test('an export imports into an empty database as the identical one', (t) => {
    const f = folder(t);
    const names = ['=1+1', '+plus', '-minus', '@at', "'tis", 'a "quoted" name', 'semi;colon', 'comma, too', 'Ünïcode', 'مرحبا'];
    const quoted = (s) => `"${s.replaceAll('"', '""')}"`;
    const rows = names.map((name, i) => `${quoted(name)},YouTube,2025-01-05,${i}`);
    ok(['import', '--db', f.db, '--layout', 'tidy', '-'], { input: `service,platform,week_start,viewers\n${rows.join('\n')}\n` });
    const dayWords = `event,platform,date,viewers\n${names.map((name, i) => `${quoted(name)},YouTube,2025-03-0${(i % 8) + 1},${i}`).join('\n')}\n`;
    ok(['import', '--db', f.db, '--layout', 'events', '-'], { input: dayWords });
    const out = ok(['export', '--db', f.db]).out;
    assert.doesNotMatch(out, /(^|[,\n"])[=+@-]/);
    const copy = f.file('copy.db');
    ok(['import', '--db', copy, f.file('export.csv', out)]);
    assert.equal(ok(['export', '--db', copy]).out, out);
    assert.deepEqual(
        ok(['export', '--db', f.db, '--format', 'ndjson']).out.split('\n').filter(Boolean).map((line) => JSON.parse(line)).filter((row) => !row.event).map((row) => row.service).sort(),
        [...names].sort(),
    );
});

test('check finds a number that the ledger does not say, and a damaged file', (t) => {
    const f = loaded(t);
    assert.match(ok(['check', '--db', f.db]).out, /the numbers are what the ledger says/);
    sql(f.db, 'UPDATE number SET viewers = viewers + 1 WHERE viewers = 45');
    const changed = run(['check', '--db', f.db]);
    assert.equal(changed.code, 1);
    assert.match(changed.out, /Bible Study/);
    assert.match(changed.err, /differ from the ledger in 1 place/);

    sql(f.db, 'PRAGMA wal_checkpoint(TRUNCATE)');
    for (const suffix of ['-wal', '-shm']) fs.rmSync(f.db + suffix, { force: true });
    const bytes = fs.readFileSync(f.db);
    bytes.fill(0xa5, 8192, bytes.length - 4096);
    fs.writeFileSync(f.db, bytes);
    const damaged = run(['check', '--db', f.db]);
    assert.equal(damaged.code, 1);
    assert.match(damaged.err, /^streampulse-admin: /m);
    assert.deepEqual(fs.readFileSync(f.db), bytes);
});

test('facts are lines of JSON, most telling first, the same each time', (t) => {
    const f = loaded(t);
    const { out } = ok(['facts', '--db', f.db]);
    const facts = out.trimEnd().split('\n').map((line) => JSON.parse(line));
    const total = facts.find((fact) => fact.id === 'total.sunday-service');
    assert.deepEqual(
        { kind: total.kind, value: total.value, shown: total.shown, unit: total.unit, service: total.service, platform: total.platform, low: total.low, marks: total.marks, rows: total.rows },
        { kind: 'total', value: 250, shown: '250', unit: 'viewers', service: 'Sunday Service', platform: null, low: null, marks: [], rows: 'data?service=sunday-service&from=2025-01-05&to=2025-01-12' },
    );
    const telling = facts.map((fact) => fact.surprise * fact.size);
    assert.ok(telling.every((value, i) => i === 0 || telling[i - 1] >= value - 1e-5)); // six digits are written
    assert.equal(ok(['facts', '--db', f.db]).out, out);
    assert.equal(run(['facts', '--db', f.db, 'more']).code, 2);
});

test('pin writes a bcrypt hash that only owner and group may read', (t) => {
    const f = folder(t);
    const file = f.file('pin', 'old');
    fs.chmodSync(file, 0o666);
    ok(['pin', file], { input: 'correct horse\n' });
    const hash = fs.readFileSync(file, 'utf8');
    assert.match(hash, /^\$2y\$12\$[./A-Za-z0-9]{53}\n$/);
    assert.equal(fs.statSync(file).mode & 0o777, 0o640);
    assert.deepEqual(fs.readdirSync(f.dir), ['pin']);
    const users = f.file('users', `admin:${hash}`);
    assert.equal(spawnSync('htpasswd', ['-vb', users, 'admin', 'correct horse']).status, 0);
    assert.notEqual(spawnSync('htpasswd', ['-vb', users, 'admin', 'correct hors']).status, 0);
});

test('pin takes the group it is told, and refuses one that does not exist', (t) => {
    const f = folder(t);
    const gid = process.getgid();
    const name = spawnSync('id', ['-gn'], { encoding: 'utf8' }).stdout.trim();
    ok(['pin', '--group', name, f.file('pin')], { input: 'correct horse' });
    assert.equal(fs.statSync(f.file('pin')).gid, gid);
    const result = run(['pin', '--group', 'no-such-group-here', f.file('other')], { input: 'correct horse\n' });
    assert.equal(result.code, 1);
    assert.match(result.err, /there is no group "no-such-group-here"/);
    assert.ok(!fs.existsSync(f.file('other')));
});

test('pin refuses what is short or the first guess, and keeps the old one', (t) => {
    const f = folder(t);
    const file = f.file('pin', 'old');
    for (const input of ['', '\n', '12345\n', 'äöüäö\n', '111111\n', '123456\n', '654321\n', '0123456789\n', 'abcdef\n', 'aaaaaaaa\n', `${'x1'.repeat(40)}\n`, 'tab\there\n']) {
        const result = run(['pin', file], { input });
        assert.equal(result.code, 1, JSON.stringify(input));
        assert.match(result.err, /^streampulse-admin: /);
        assert.ok(!result.err.includes('123456'));
    }
    assert.equal(fs.readFileSync(file, 'utf8'), 'old');
    assert.deepEqual(fs.readdirSync(f.dir), ['pin']);
});

// The invented year, and a real one where it is at hand: through the command line and back to the last viewer.
const shared = process.env.SP_SHARED ?? path.resolve(root, '../shared');
const years = [
    ['sample year', path.join(root, 'tests/data/sample-year.csv'), path.join(root, 'tests/data/sample-year.expected.json')],
    ['real year', path.join(shared, 'data/jhb-2025-sheet.csv'), path.join(shared, 'data/jhb-2025-expected.json')],
].filter(([, csv]) => fs.existsSync(csv));

function summed(rows, key) {
    const sums = {};
    for (const row of rows) sums[key(row)] = (sums[key(row)] ?? 0) + row.viewers;
    return sums;
}

for (const [name, csv, json] of years) {
    test(`the ${name} comes out with the totals it must have, and survives a round trip`, (t) => {
        const f = folder(t);
        const expected = JSON.parse(fs.readFileSync(json, 'utf8'));
        ok(['import', '--db', f.db, csv]);
        const rows = ok(['export', '--db', f.db, '--format', 'ndjson']).out.trimEnd().split('\n').map((line) => JSON.parse(line));
        const weekly = summed(rows.filter((row) => !row.event), (row) => row.service);
        assert.deepEqual(weekly, Object.fromEntries(expected.weekly.services.map((service) => [service.service, service.viewers])));
        const editions = summed(rows.filter((row) => row.event), (row) => JSON.stringify([row.event, row.event_start]));
        const found = Object.entries(editions).map(([key, viewers]) => `${JSON.parse(key)[0]}: ${viewers}`).sort();
        assert.deepEqual(found, expected.events.list.map((event) => `${event.name}: ${event.viewers}`).sort());
        assert.match(ok(['import', '--db', f.db, csv]).out, /nothing to change/);
        ok(['check', '--db', f.db]);

        const out = ok(['export', '--db', f.db]).out;
        const copy = f.file('copy.db');
        ok(['import', '--db', copy, f.file('export.csv', out)]);
        assert.equal(ok(['export', '--db', copy]).out, out);
    });
}

// A terminal of its own: script(1) makes one. What is typed must not be echoed.
function typed(file, answers) {
    return new Promise((resolve, reject) => {
        const child = spawn('script', ['-qec', `'${admin}' pin '${file}'`, '/dev/null']);
        let seen = '';
        let next = 0;
        const prompts = ['new PIN: ', 'once more: '];
        child.stdout.on('data', (chunk) => {
            seen += chunk;
            if (next < prompts.length && seen.endsWith(prompts[next])) child.stdin.write(`${answers[next++]}\n`);
        });
        child.on('error', reject);
        child.on('close', (code) => resolve({ code, seen }));
    });
}

test('pin asks twice on a terminal without showing what is typed', async (t) => {
    const f = folder(t);
    const file = f.file('pin');
    const differ = await typed(file, ['correct horse', 'battery staple']);
    assert.equal(differ.code, 1);
    assert.match(differ.seen, /the two PINs differ/);
    assert.ok(!fs.existsSync(file));
    const good = await typed(file, ['correct horse', 'correct horse']);
    assert.equal(good.code, 0, good.seen);
    assert.doesNotMatch(good.seen, /horse/);
    assert.match(fs.readFileSync(file, 'utf8'), /^\$2y\$12\$/);
});
