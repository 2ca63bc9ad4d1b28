// What is said about insights: written after changes and when somebody asks, shown, kept, and held against the numbers afterwards.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { configtest, assert, it, repo, suite, until } from './lib/server.mjs';

const year = fs.readFileSync(path.join(repo, 'tests/data/sample-year.csv'));
const quick = ['StreamPulseInsightDelay 0'];
const parts = ['summary', 'highlights', 'platform_analysis', 'alerts', 'recommendation'];
const row = (viewers, week = '2026-01-04', service = 'Hall') => `service,platform,week_start,viewers\n${service},Zoom,${week},${viewers}\n`;
/** As if the newest had been written where a language model was to be asked: it is not what would be written now. */
const byAnother = (s) => execFileSync('sqlite3', ['-cmd', '.timeout 5000', s.db, "UPDATE ai_insights SET remark = 'the API was down' WHERE id = (SELECT max(id) FROM ai_insights)"]);
const ask = async (s) => (await s.post('/api/insights/generate', '', { as: await s.asAdmin() })).json().job;
const revision = (s) => s.sql("SELECT value FROM meta WHERE key = 'revision'")[0].value;

suite('insights', { main: quick }, (s) => {
  it('GET /api/insights has nothing at first, and GET /api/insights/status says so', async () => {
    assert.equal(await s.insight(), null);
    const status = await s.insightStatus();
    assert.deepEqual([status.configured, status.state, status.job, status.claude], [true, 'idle', null, null]);
    assert.equal((await s.get('/api/insights/status?x=1')).status, 400);
  });

  it('an upload has one written', async () => {
    assert.equal((await s.upload(year)).status, 201);
    const insight = await until('an insight', () => s.insight());
    assert.deepEqual([insight.id, insight.source, insight.model, insight.stale, insight.checked, insight.stale_sentences], [1, 'statistics', null, false, true, []]);
    assert.ok(insight.summary.length, 'nothing in the summary');
    const status = await s.insightsAtRest();
    assert.deepEqual([status.job.state, status.job.reason, status.job.attempts, status.job.insight, status.job.requested_by], ['done', 'change', 1, 1, null]);
  });

  it('each value in it is where it says, and is that of its fact', async () => {
    const insight = await s.insight();
    let values = 0;
    for (const part of parts) {
      for (const { text, values: marked } of insight[part]) {
        for (const { start, end, fact } of marked) {
          const { shown, low_shown, high_shown, from, to, service, platform, event } = insight.facts[fact];
          const said = text.slice(start, end);
          assert.ok(said.trim() === said && said.length, `${said} in ${text}`);
          if (!from && !to) assert.ok([shown, low_shown, high_shown, service, platform, event].includes(said), `${said} is nothing of ${fact}`);
          values++;
        }
      }
    }
    assert.ok(values > 0);
    const used = new Set(parts.flatMap((part) => insight[part].flatMap((sentence) => sentence.values.map((v) => v.fact))));
    assert.deepEqual(Object.keys(insight.facts).sort(), [...used].sort(), 'facts that nothing refers to');
  });

  it('answers 304 until something changes, whatever the coding', async () => {
    const first = await s.get('/api/insights');
    const again = await s.get('/api/insights', { headers: { 'If-None-Match': first.headers.etag } });
    assert.equal(again.status, 304);
    const before = revision(s);
    byAnother(s);
    await ask(s);
    await until('the second insight', async () => (await s.insight()).id === 2);
    assert.equal(revision(s), before, 'an insight is no revision of the numbers');
    assert.equal((await s.get('/api/insights', { headers: { 'If-None-Match': first.headers.etag } })).status, 200);
  });

  it('POST /api/insights/generate makes a job, and says who asked in the audit log', async () => {
    const res = await s.post('/api/insights/generate', '', { as: await s.asAdmin() });
    assert.equal(res.status, 202, res.text);
    const { job } = res.json();
    assert.deepEqual([job.reason, job.requested_by, job.state], ['request', 'admin (PIN)', 'queued']);
    const status = await s.insightsAtRest();
    assert.equal(status.job.id, job.id);
    assert.equal(status.job.requested_by, null, 'who asked is shown to nobody who has not signed in');
    assert.equal((await s.insightStatus({ as: await s.asAdmin() })).job.requested_by, 'admin (PIN)');
    assert.equal(s.sql("SELECT count(*) AS n FROM audit_log WHERE action = 'insight_requested' AND result = 'ok'")[0].n, 2);
  });

  it('where nothing has changed, the job is done with the insight that stands, as often as somebody asks', async () => {
    const etag = (await s.get('/api/insights')).headers.etag;
    for (let n = 0; n < 3; n++) {
      const asked = await ask(s);
      const { state, job, message } = await s.insightsAtRest();
      assert.deepEqual([job.id, state, job.state, job.insight], [asked.id, 'idle', 'done', 2]);
      assert.equal(job.message, 'nothing has changed since insight 2 was written, which stands');
      assert.match(message, /nothing has changed since insight 2/);
    }
    assert.equal((await s.get('/api/insights', { headers: { 'If-None-Match': etag } })).status, 304);
    assert.equal((await s.insight()).id, 2);
    byAnother(s);
    await ask(s);
    await until('the third insight', async () => (await s.insight()).id === 3);
  });

  it('GET /api/insights/history is paged, newest first; GET /api/insights/{id} has each', async () => {
    const all = (await s.get('/api/insights/history')).json();
    assert.deepEqual(all.insights.map((i) => i.id), [3, 2, 1]);
    assert.equal(all.next, null);
    const page = (await s.get('/api/insights/history?limit=2')).json();
    assert.equal(page.next, 2);
    assert.deepEqual((await s.get(`/api/insights/history?limit=2&before=${page.next}`)).json().insights.map((i) => i.id), [1]);
    const one = (await s.get('/api/insights/1')).json().insight;
    assert.equal(one.id, 1);
    assert.equal(one.summary.map((sentence) => sentence.text).join(' '), all.insights[2].summary);
    for (const wrong of ['4', '0', 'x', '-1']) {
      const res = await s.get(`/api/insights/${wrong}`);
      assert.deepEqual([res.status, res.json().code], [404, 'insight_unknown'], wrong);
    }
    assert.equal((await s.get('/api/insights/history?limit=0')).status, 400);
    assert.equal((await s.get('/api/insights/history?limit=101')).status, 400);
  });

  it("the predecessor's columns answer in a shell", async () => {
    const [shell] = s.sql('SELECT generated_at, summary, highlights, platform_analysis, alerts, recommendation FROM ai_insights ORDER BY id LIMIT 1');
    const one = (await s.get('/api/insights/1')).json().insight;
    assert.equal(shell.generated_at, one.generated_at);
    assert.deepEqual(JSON.parse(shell.highlights), one.highlights.map((sentence) => sentence.text));
    assert.deepEqual(JSON.parse(shell.alerts), one.alerts.map((sentence) => sentence.text));
  });

  it('one that a change has made stale is followed by another', async () => {
    assert.equal((await s.upload(row(4321))).status, 201);
    const next = await until('the next insight', async () => {
      const insight = await s.insight();
      return insight.id > 3 && insight;
    });
    assert.equal(next.stale, false);
    assert.equal((await s.get('/api/insights/1')).json().insight.stale, true);
  });
});

// So long a delay that nothing new is written while the test looks.
suite('an insight that does not hold any more', { main: ['StreamPulseInsightDelay 600'] }, (s) => {
  it('says that it is stale, and which of its sentences no longer hold', async () => {
    await s.upload(year);
    await s.post('/api/insights/generate', '', { as: await s.asAdmin() });
    const insight = await until('an insight', () => s.insight());
    assert.deepEqual([insight.stale, insight.checked], [false, true]);
    const etag = (await s.get('/api/insights')).headers.etag;
    await s.upload(row(987654321, '2026-02-01'));
    const after = await until('the check', async () => {
      const now = await s.insight();
      return now.checked && now.stale && now;
    });
    assert.equal(after.id, insight.id);
    assert.ok(after.stale_sentences.length > 0, 'every sentence still holds');
    for (const { part, index } of after.stale_sentences) assert.ok(after[part][index], `${part} ${index}`);
    assert.notEqual((await s.get('/api/insights', { headers: { 'If-None-Match': etag } })).status, 304);
  });

  it('and that they hold again when the change is undone', async () => {
    const last = (await s.get('/api/uploads')).json().uploads[0];
    assert.equal((await s.post(`/api/uploads/${last.id}/undo`, '', { as: await s.asAdmin() })).status, 201);
    const after = await until('the check', async () => {
      const now = await s.insight();
      return now.checked && now.stale && !now.stale_sentences.length && now;
    });
    assert.equal(after.stale, true);
  });

  it('GET /api/insights/status says when the next one comes', async () => {
    const status = await s.insightStatus();
    assert.deepEqual([status.state, status.job.reason], ['queued', 'change']);
    const wait = Date.parse(status.job.due_at) - Date.now();
    assert.ok(wait <= 101_000, `due in ${wait} ms`);
    assert.match(status.message, /^It is written in \d+ seconds/);
  });
});

suite('only so many are kept', { main: [...quick, 'StreamPulseInsightsKept 3'] }, (s) => {
  it('the oldest go', async () => {
    await s.upload(row(5));
    for (let n = 1; n <= 5; n++) {
      await until(`insight ${n}`, async () => (await s.insight())?.id === n);
      if (n < 5) await s.upload(row(5 + n));
    }
    assert.deepEqual((await s.get('/api/insights/history')).json().insights.map((i) => i.id), [5, 4, 3]);
    assert.equal((await s.get('/api/insights/1')).status, 404);
  });
});

suite('nothing to say', { main: quick }, (s) => {
  it('is no failure and no insight', async () => {
    await s.post('/api/insights/generate', '', { as: await s.asAdmin() });
    const status = await s.insightsAtRest();
    assert.deepEqual([status.state, status.job.state, status.job.insight], ['idle', 'done', null]);
    assert.match(status.message, /nothing to say/);
    assert.equal(await s.insight(), null);
  });
});

suite('insights switched off', { main: ['StreamPulseInsights Off'] }, (s) => {
  it('there is no process, and asking is refused', async () => {
    assert.deepEqual(s.insightProcess(), []);
    const status = await s.insightStatus();
    assert.deepEqual([status.configured, status.state], [false, 'off']);
    const res = await s.post('/api/insights/generate', '', { as: await s.asAdmin() });
    assert.deepEqual([res.status, res.json().code], [409, 'insights_off']);
  });

  it('a change is remembered for the day that they are switched on', async () => {
    await s.upload(row(5));
    assert.equal(await s.insight(), null);
    assert.equal(s.sql("SELECT count(*) AS n FROM insight_job WHERE state = 'queued'")[0].n, 1);
  });
});

suite('insights, for nobody but who may look', { anonymous: 'none' }, (s) => {
  it('GET /api/insights and the others want a role', async () => {
    for (const url of ['/api/insights', '/api/insights/status', '/api/insights/history', '/api/insights/1']) assert.equal((await s.get(url)).status, 401, url);
    assert.equal((await s.post('/api/insights/generate', '')).status, 401);
  });
});

suite('insights, for viewers', {}, (s) => {
  it('POST /api/insights/generate wants an editor', async () => {
    assert.equal((await s.post('/api/insights/generate', '')).status, 401);
  });
});

it('directives of insights say what they may be', () => {
  for (const [line, what] of [['StreamPulseInsightDelay x', /seconds from 0 to 86400/], ['StreamPulseInsightTimeout 0', /seconds from 1 to 3600/], ['StreamPulseInsightsKept 0', /insights from 1 to 100000/], ['StreamPulseInsights maybe', /On or Off/]]) {
    const { ok, text } = configtest({ main: [line] });
    assert.equal(ok, false, line);
    assert.match(text, what);
  }
  assert.ok(configtest({ main: ['StreamPulseInsights Off', 'StreamPulseInsightDelay 5', 'StreamPulseInsightTimeout 5', 'StreamPulseInsightsKept 5'] }).ok);
});
