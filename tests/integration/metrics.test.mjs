// GET /metrics: what Prometheus reads, whether it is counted exactly, and that it is told to nobody else.
import fs from 'node:fs';
import path from 'node:path';
import { lockDatabase } from './lib/database.mjs';
import { metricsOf, parseExposition } from './lib/exposition.mjs';
import { METHODS, send } from './lib/matrix.mjs';
import { assert, configtest, it, repo, suite, unlimited, until } from './lib/server.mjs';

const ON = 'StreamPulseMetrics On';
const csv = 'service,platform,week_start,viewers\nSunday,YouTube,2025-01-05,10\nSunday,Facebook,2025-01-05,20\n';
const version = fs.readFileSync(path.join(repo, 'VERSION'), 'utf8').trim();
const twoChildren = ['StartServers 2', 'ServerLimit 4', 'ThreadsPerChild 8', 'MaxRequestWorkers 16', 'MinSpareThreads 8', 'MaxSpareThreads 16'];
const REQUESTS = 'streampulse_http_requests_total';

/** What an action brings to a counter: (await changes(s, action))(name, labels). */
async function changes(s, action, options) {
  const before = await metricsOf(s, options);
  await action();
  const after = await metricsOf(s, options);
  return (name, labels) => after.sum(name, labels) - before.sum(name, labels);
}

const atOnce = (count, ask) => Promise.all(Array.from({ length: count }, (_, i) => ask(i)));

suite('metrics', { main: twoChildren, location: [ON, ...unlimited] }, (s) => {
  it('are text in version 0.0.4 of the format, for GET and HEAD', async () => {
    await until('two children', () => s.processes().length >= 2);
    const res = await s.get('/metrics');
    assert.deepEqual([res.status, res.headers['content-type'], res.headers['cache-control']], [200, 'text/plain; version=0.0.4; charset=utf-8', 'no-store']);
    const families = parseExposition(res.text);
    assert.deepEqual(families.get('streampulse_build_info').samples, [{ name: 'streampulse_build_info', labels: { version }, value: 1 }]);
    for (const family of families.values()) assert.match(family.name, /^streampulse_/);
    const head = await s.send('HEAD', '/metrics');
    assert.deepEqual([head.status, head.body.length, head.headers['content-type']], [200, 0, res.headers['content-type']]);
    assert.equal((await s.get('/metrics?x=1')).status, 400);
    assert.deepEqual([(await s.post('/metrics', '{}')).status, (await s.get('/metrics/x')).status], [405, 404]);
  });

  it('need no identity, and ask nobody for one', async () => {
    const res = await s.get('/metrics', { headers: { Authorization: 'Basic eDp5', Cookie: `streampulse_session=${'0'.repeat(64)}` } });
    assert.equal(res.status, 200);
  });

  it('count each request once, whichever child answers it', async () => {
    const change = await changes(s, async () => {
      assert.equal((await s.uploadRaw(csv, { query: '?mode=merge' })).status, 201);
      const { etag } = (await s.get('/api/stats')).headers;
      await atOnce(40, () => s.get('/api/stats'));
      await atOnce(20, () => s.get('/api/stats', { headers: { 'If-None-Match': etag } }));
      await atOnce(5, () => s.send('HEAD', '/api/stats'));
      await atOnce(10, (i) => s.get(`/api/data/no-such-service-${i}`));
      await atOnce(7, (i) => s.get(`/nothing/here/${i}`));
      await atOnce(3, () => s.send('DELETE', '/api/stats'));
    });
    assert.equal(change(REQUESTS, { route: '/api/stats', method: 'GET', code: 200 }), 46);
    assert.equal(change(REQUESTS, { route: '/api/stats', method: 'GET', code: 304 }), 20);
    assert.equal(change(REQUESTS, { route: '/api/stats' }), 66);
    assert.equal(change('streampulse_http_request_duration_seconds_count', { route: '/api/stats' }), 66);
    assert.ok(change('streampulse_http_request_duration_seconds_sum', { route: '/api/stats' }) > 0);
    assert.equal(change(REQUESTS, { route: '/api/data/{service}', method: 'GET', code: 404 }), 10, 'by the pattern, whatever stands for its parameter');
    assert.equal(change(REQUESTS, { route: 'none', code: 404 }), 7);
    assert.equal(change(REQUESTS, { route: 'none', code: 405 }), 3);
    assert.equal(change(REQUESTS, { route: '/api/upload', method: 'POST', code: 201 }), 1);
    assert.deepEqual(['service_unknown', 'not_found', 'method_not_allowed', 'internal'].map((error) => change('streampulse_errors_total', { error })), [10, 7, 3, 0]);
  });

  it('count bytes of bodies, and none for HEAD and 304', async () => {
    let length, etag;
    const change = await changes(s, async () => {
      const res = await s.get('/api/uploads');
      length = res.body.length;
      ({ etag } = res.headers);
      await atOnce(4, () => s.get('/api/uploads'));
      await s.send('HEAD', '/api/uploads');
      await s.get('/api/uploads', { headers: { 'If-None-Match': etag } });
      assert.equal((await s.uploadRaw(csv)).status, 200);
    });
    assert.equal(change('streampulse_http_response_body_bytes_total', { route: '/api/uploads' }), 5 * length);
    assert.equal(change('streampulse_http_request_body_bytes_total', { route: '/api/upload' }), csv.length);
    assert.equal(change('streampulse_http_request_body_bytes_total', { route: '/api/uploads' }), 0);
  });

  it('tell what became of uploads, and how many numbers they brought', async () => {
    const more = csv.replaceAll('2025-01-05', '2025-01-12');
    const change = await changes(s, async () => {
      assert.equal((await s.uploadRaw(more, { query: '?dry_run=1' })).status, 200);
      assert.equal((await s.uploadRaw(more)).status, 201);
      assert.equal((await s.uploadRaw(more)).status, 200);
      assert.equal((await s.uploadRaw(csv.replace(',20', ',twenty'))).status, 422);
      assert.equal((await s.uploadRaw(more, { as: {} })).status, 401);
    });
    assert.deepEqual(['stored', 'unchanged', 'previewed', 'rejected', 'failed'].map((result) => change('streampulse_uploads_total', { result })), [1, 1, 1, 1, 0]);
    assert.equal(change('streampulse_upload_rows_total'), 2);
    assert.equal(change('streampulse_errors_total', { error: 'sign_in_required' }), 1);
  });

  it('tell how the database is doing', async () => {
    const metrics = await metricsOf(s);
    const { value: revision } = s.sql("SELECT value FROM meta WHERE key = 'revision'")[0];
    const { at_ms: at } = s.sql("SELECT at_ms FROM entry WHERE kind = 'upload' ORDER BY id DESC LIMIT 1")[0];
    assert.deepEqual(['up', 'schema_version', 'size_bytes', 'wal_size_bytes'].map((name) => metrics.sum(`streampulse_database_${name}`)),
      [1, s.sql("SELECT value FROM meta WHERE key = 'schema_version'")[0].value, fs.statSync(s.db).size, fs.statSync(`${s.db}-wal`).size]);
    assert.equal(metrics.sum('streampulse_revision'), revision);
    assert.equal(metrics.sum('streampulse_last_upload_timestamp_seconds'), Math.floor(at / 1000));
    assert.ok(metrics.sum('streampulse_last_change_timestamp_seconds') >= Math.floor(at / 1000));
    assert.ok(metrics.sum('streampulse_database_connection_wait_seconds_count') > 0);
  });

  it('name no people, services, files, folders or addresses', async () => {
    const { text } = await s.get('/metrics');
    assert.doesNotMatch(text, /admin|sunday|youtube|sheet|\.csv|\.db|no-such-service|nothing\/here|127\.0\.0|streampulse-test|\/tmp/i);
  });

  it('outlive a graceful restart and a child that is killed, and begin anew when httpd does', async () => {
    s.allow(/exit signal Killed/, /AH0005[12]/);
    const count = (metrics) => metrics.sum(REQUESTS, { route: '/api/stats', code: 200 });
    const before = count(await metricsOf(s));
    await s.graceful();
    assert.equal(count(await metricsOf(s)), before);
    const killed = s.processes();
    for (const pid of killed) process.kill(pid, 'SIGKILL');
    await until('other children', () => s.processes().some((pid) => !killed.includes(pid)));
    assert.equal(await until('an answer', () => metricsOf(s).then(count, () => null)), before);
    assert.equal((await s.get('/api/stats')).status, 200);
    assert.equal(count(await metricsOf(s)), before + 1);
    await s.restart();
    assert.equal(count(await metricsOf(s)), 0);
  });
});

suite('metrics of a database that is gone', { location: [ON] }, (s) => {
  it('are told where the database is gone, too', async () => {
    s.allow(/SP02\d\d/);
    assert.equal((await s.get('/api/data')).status, 200);
    const before = await metricsOf(s);
    fs.renameSync(s.db, s.file('away'));
    assert.equal((await s.get('/readyz')).status, 503);
    const metrics = await metricsOf(s);
    assert.deepEqual([metrics.has('streampulse_database_up'), metrics.sum('streampulse_database_up')], [true, 0]);
    assert.equal(metrics.sum('streampulse_errors_total', { error: 'database_unavailable' }), before.sum('streampulse_errors_total', { error: 'database_unavailable' }) + 1);
    for (const name of ['streampulse_revision', 'streampulse_database_size_bytes', 'streampulse_last_upload_timestamp_seconds']) assert.ok(!metrics.has(name), name);
    fs.renameSync(s.file('away'), s.db);
    assert.equal(await until('the database', async () => (await metricsOf(s)).sum('streampulse_database_up')), 1);
  });
});

suite('metrics are there where they are switched on', {
  sites: [{ host: 'localhost' }, { host: 'internal.test', location: [ON] }, { host: 'other.test', db: 'other.db', location: [ON] }],
}, (s) => {
  it('elsewhere there is nothing at that path, by any method', async () => {
    for (const method of METHODS.filter((m) => m !== 'TRACE')) assert.equal((await send(s.port, method, '/metrics')).status, 404, method);
  });

  it('hosts with one database count together, others apart', async () => {
    let other;
    const change = await changes(s, async () => {
      other = await changes(s, () => atOnce(9, () => s.get('/api/stats')), { host: 'other.test' });
    }, { host: 'internal.test' });
    assert.equal(change(REQUESTS, { route: '/api/stats' }), 9);
    assert.equal(other(REQUESTS, { route: '/api/stats' }), 0);
  });
});

suite('metrics of what is refused', {
  main: ['StreamPulseWriteTimeout 200', 'StreamPulsePinAttempts 2', 'DBDMin 1', 'DBDKeep 1', 'DBDMax 1', 'StreamPulsePoolTimeout 100'],
  location: [ON, 'StreamPulseRateReads 4/3600', 'StreamPulseRateWrites 12/3600', '</Location>', '<Location "/api/export">', 'Require all denied', '</Location>', '<Location "/other">'],
}, (s) => {
  const entry = { entries: [{ service: 'A', platform: 'B', week_start: '2025-01-05', viewers: 1 }] };

  it('by limit', async () => {
    s.allow(/SP1311/);
    const change = await changes(s, () => atOnce(10, () => s.get('/api/uploads', { from: '127.0.0.2' })));
    assert.equal(change('streampulse_rate_limited_total', { limit: 'reads' }), 6);
    assert.equal(change('streampulse_rate_limited_total'), 6);
    assert.equal(change('streampulse_errors_total', { error: 'rate_limited' }), 6);
    assert.equal(change(REQUESTS, { route: '/api/uploads', code: 429 }), 6);
  });

  it('credentials that are nobody’s', async () => {
    const change = await changes(s, () => atOnce(20, (i) => s.get('/api/uploads', { from: '127.0.0.3', headers: { Cookie: `streampulse_session=${String(i).padStart(64, '0')}` } })));
    assert.ok(change('streampulse_rate_limited_total', { limit: 'credentials' }) > 0);
  });

  it('PINs, and the lock-out', async () => {
    s.allow(/SP0316/);
    const change = await changes(s, async () => {
      await s.signIn({ from: '127.0.0.4' });
      for (const status of [401, 401, 429, 429, 429]) assert.equal((await s.post('/api/auth', { pin: '000000' }, { from: '127.0.0.5' })).status, status);
    });
    assert.deepEqual(['right', 'wrong', 'refused'].map((result) => change('streampulse_pin_attempts_total', { result })), [1, 2, 3]);
    assert.equal(change('streampulse_pin_lockouts_total'), 1);
  });

  it('by httpd’s own configuration, and tokens that are nobody’s', async () => {
    s.allow(/AH01630/);
    const change = await changes(s, async () => {
      await atOnce(3, () => s.get('/api/export', { contract: false }));
      assert.equal((await s.get('/api/uploads', { from: '127.0.0.6', headers: { Authorization: `Bearer sp_${'x'.repeat(40)}` } })).status, 401);
    });
    assert.equal(change(REQUESTS, { route: 'httpd', code: 403 }), 3);
    assert.equal(change(REQUESTS, { route: 'httpd', code: 401 }), 1);
    assert.equal(change(REQUESTS, { route: '/api/uploads' }), 0, 'once each');
    assert.equal(change('streampulse_errors_total', { error: 'token_invalid' }), 1);
  });

  it('by a database that is busy', async () => {
    s.allow(/database_busy/);
    const as = await s.signIn({ from: '127.0.0.7' });
    const unlock = await lockDatabase(s.db);
    const change = await changes(s, async () => assert.equal((await s.post('/api/data', entry, { as })).status, 503));
    await unlock();
    assert.equal(change('streampulse_errors_total', { error: 'database_busy' }), 1);
    assert.equal(change(REQUESTS, { route: '/api/data', method: 'POST', code: 503 }), 1);
  });
});

suite('metrics of insights', { main: ['StreamPulseInsightDelay 0'], sites: [{ host: 'localhost', location: [ON] }, { host: 'quiet.test', db: 'quiet.db', server: ['StreamPulseInsights Off'], location: [ON] }] }, (s) => {
  it('the process, what it did and when', async () => {
    assert.equal((await s.uploadRaw(csv)).status, 201);
    await until('an insight', () => s.insight());
    await s.insightsAtRest();
    const metrics = await metricsOf(s);
    assert.equal(metrics.sum('streampulse_insight_process_up'), 1);
    assert.ok(metrics.sum('streampulse_insight_runs_total', { outcome: 'published' }) >= 1);
    assert.deepEqual(['queued', 'running'].map((state) => metrics.sum('streampulse_insight_jobs', { state })), [0, 0]);
    assert.equal(metrics.sum('streampulse_last_insight_timestamp_seconds'), Date.parse((await s.insight()).generated_at) / 1000);
    assert.ok(metrics.sum('streampulse_insight_process_look_timestamp_seconds') > 0);
    assert.ok(!metrics.has('streampulse_claude_calls_total'), 'nobody asks Claude');
  });

  it('one that was killed is started again, and counted', async () => {
    s.allow(/SP1600/);
    const before = await metricsOf(s);
    const [pid] = s.insightProcess();
    process.kill(pid, 'SIGKILL');
    await until('the next one', async () => (await metricsOf(s)).sum('streampulse_insight_process_starts_total') > before.sum('streampulse_insight_process_starts_total'));
    assert.equal((await metricsOf(s)).sum('streampulse_insight_process_up'), 1);
  });

  it('nothing of them where they are off', async () => {
    const metrics = await metricsOf(s, { host: 'quiet.test' });
    assert.deepEqual([...metrics.families.keys()].filter((name) => /insight|claude/.test(name)), []);
  });
});

it('StreamPulseMetrics is a switch of a <Location>', () => {
  assert.match(configtest({ location: ['StreamPulseMetrics perhaps'] }).text, /StreamPulseMetrics must be On or Off/);
  const inFolder = configtest({ main: ['<Directory "/">', 'StreamPulseMetrics On', '</Directory>'] });
  assert.deepEqual([inFolder.ok, /StreamPulseMetrics does nothing in <Directory>/.test(inFolder.text)], [false, true]);
  assert.ok(configtest({ location: [ON] }).ok);
});

it('the reader of the format finds what is wrong with it', () => {
  const good = '# HELP a_total x\n# TYPE a_total counter\na_total 1\n';
  assert.equal(parseExposition(good).size, 1);
  for (const bad of ['a_total 1\n', `${good}${good}`, `${good}a_total 2\n`, good.slice(0, -1), good.replace('counter', 'count'), good.replaceAll('_total', ''), good.replace(' 1', ' one'), good.replace(' 1', '{a="b} 1'),
    good.replace(' 1', '{a="\\x"} 1'), good.replace(' 1', '{a="b"a="c"} 1'), good.replace('# TYPE a_total counter\n', ''), `${good}\n`, '# HELP h x\n# TYPE h histogram\nh_bucket{le="1"} 2\nh_bucket{le="+Inf"} 1\nh_sum 1\nh_count 1\n',
    '# HELP h x\n# TYPE h histogram\nh_bucket{le="1"} 1\nh_sum 1\nh_count 1\n', '# HELP a_milliseconds x\n# TYPE a_milliseconds gauge\na_milliseconds 1\n']) {
    assert.throws(() => parseExposition(bad), undefined, bad);
  }
});
