-- Insights as they were published, and the jobs that make them.

-- The predecessor's columns first: texts, highlights and alerts as JSON lists of texts. sentences, facts and stale_sentences are JSON as the API shows it (core/insight_json.h). revision is that of the
-- numbers it was written from; checked_revision that of the numbers its sentences were last held against. cost in millionths of a dollar.
DROP TABLE ai_insights;
CREATE TABLE ai_insights (
    id INTEGER NOT NULL PRIMARY KEY,
    generated_at TEXT NOT NULL,
    summary TEXT NOT NULL,
    highlights TEXT NOT NULL,
    platform_analysis TEXT NOT NULL,
    alerts TEXT NOT NULL,
    recommendation TEXT NOT NULL,
    source TEXT NOT NULL,
    model TEXT,
    input_tokens INTEGER,
    output_tokens INTEGER,
    cost_microdollars INTEGER,
    dropped_sentences INTEGER NOT NULL,
    remark TEXT,
    job INTEGER NOT NULL UNIQUE,
    revision INTEGER NOT NULL,
    checked_revision INTEGER NOT NULL,
    stale_sentences TEXT NOT NULL,
    sentences TEXT NOT NULL,
    facts TEXT NOT NULL
);

-- Times in milliseconds since 1970. What has to pass is counted from them (from wait_from_ms for wait_ms), and a time in the future counts as long past: so no jump of the clock holds a job up for long.
-- lease: random, of the process that runs it, which renews it; holder: the server that the process belongs to. standing: the insight that it would have
-- written once more. message: why it failed, waits, or wrote nothing.
CREATE TABLE insight_job (
    id INTEGER NOT NULL PRIMARY KEY,
    reason TEXT NOT NULL,
    requested_by TEXT NOT NULL,
    state TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    queued_ms INTEGER NOT NULL,
    changed_ms INTEGER NOT NULL,
    wait_from_ms INTEGER NOT NULL,
    wait_ms INTEGER NOT NULL,
    lease TEXT,
    holder TEXT,
    renewed_ms INTEGER,
    finished_ms INTEGER,
    revision INTEGER,
    standing INTEGER,
    message TEXT
);
CREATE UNIQUE INDEX insight_job_waiting ON insight_job (state) WHERE state = 'queued';
CREATE UNIQUE INDEX insight_job_running ON insight_job (state) WHERE state = 'running';

-- A random text, another one whenever an insight or what is known about one changes; the numbers' revision stays.
INSERT INTO meta (key, value) VALUES ('insight_tag', '');

-- What asking the language model has cost, and how it went: one row. day counts from 1970 (UTC); jobs and cost_microdollars are that day's, the cost with what calls under way may cost at most.
-- job: the last one it was asked for, calls: how often. failures: of jobs, in a row; open_ms: when that was too often, in milliseconds since 1970.
CREATE TABLE insight_spending (
    day INTEGER NOT NULL,
    jobs INTEGER NOT NULL,
    cost_microdollars INTEGER NOT NULL,
    job INTEGER NOT NULL,
    calls INTEGER NOT NULL,
    failures INTEGER NOT NULL,
    open_ms INTEGER NOT NULL
);
INSERT INTO insight_spending (day, jobs, cost_microdollars, job, calls, failures, open_ms) VALUES (0, 0, 0, 0, 0, 0, 0);
