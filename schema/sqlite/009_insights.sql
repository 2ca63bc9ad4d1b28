-- Insights as they were published, and the jobs that make them. highlights and alerts: JSON lists of texts, as the predecessor had them; sentences and facts: JSON, see core/insight.h.

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
    revision INTEGER NOT NULL,
    job INTEGER NOT NULL,
    sentences TEXT NOT NULL,
    facts TEXT NOT NULL
);

CREATE TABLE insight_job (
    id INTEGER NOT NULL PRIMARY KEY,
    reason TEXT NOT NULL,
    requested_by TEXT NOT NULL,
    queued_ms INTEGER NOT NULL,
    not_before_ms INTEGER NOT NULL,
    state TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    lease TEXT,
    lease_until_ms INTEGER,
    finished_ms INTEGER,
    failure TEXT,
    insight INTEGER
);
