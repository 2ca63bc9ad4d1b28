-- Every statement that the module runs. Parameters are $1, $2, …; scripts/gen_queries.py writes the enum and the table for each engine.
-- A block "-- :name x" may be followed by a variant "-- :name x :engine postgresql". Days are day numbers (days since 1970-01-01).

-- Transactions

-- :name begin_read
BEGIN;

-- :name begin_read :engine postgresql
BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;

-- :name begin_write :engine sqlite
BEGIN IMMEDIATE;

-- :name begin_write :engine postgresql
BEGIN;

-- :name commit
COMMIT;

-- :name rollback
ROLLBACK;

-- What the database is

-- :name application_id :engine sqlite
PRAGMA application_id;

-- :name application_id :engine postgresql
SELECT value FROM meta WHERE key = 'application_id';

-- :name meta_versions
SELECT (SELECT value FROM meta WHERE key = 'schema_version'), (SELECT value FROM meta WHERE key = 'compatible_since');

-- :name meta_get
SELECT value FROM meta WHERE key = $1;

-- :name meta_set
UPDATE meta SET value = $2 WHERE key = $1;

-- :name meta_revision
SELECT (SELECT value FROM meta WHERE key = 'revision'), (SELECT value FROM meta WHERE key = 'revision_tag'), (SELECT value FROM meta WHERE key = 'insight_tag');

-- What monitoring is told: each part is one seek.
-- :name vitals_read
SELECT (SELECT value FROM meta WHERE key = 'revision'),
       (SELECT value FROM meta WHERE key = 'schema_version'),
       (SELECT at_ms FROM entry WHERE id = (SELECT max(id) FROM entry)),
       (SELECT at_ms FROM entry WHERE kind = 'upload' ORDER BY id DESC LIMIT 1),
       (SELECT count(*) FROM insight_job WHERE state = 'queued'),
       (SELECT count(*) FROM insight_job WHERE state = 'running');

-- :name meta_bump
UPDATE meta SET value = value + 1 WHERE key = 'revision';

-- Identities

-- An alias comes before the fold key that an identity was created with: one that was merged into another leads there.
-- :name service_by_fold
SELECT id
FROM service
WHERE id = coalesce((SELECT min(id) FROM alias WHERE kind = 's' AND fold = $1), (SELECT id FROM service WHERE fold = $1));

-- :name service_by_id
SELECT id, slug, name, color, position FROM service WHERE id = $1;

-- :name service_by_slug
SELECT id, slug, name, color FROM service WHERE slug = $1;

-- :name service_last_id
SELECT coalesce(max(id), 0) FROM service;

-- :name service_all
SELECT id, slug, name, color, position, fold, base_name FROM service ORDER BY position, id;

-- :name service_ids
SELECT id FROM service;

-- :name service_colors
SELECT color, count(*) FROM service GROUP BY color;

-- :name service_add
INSERT INTO service (id, slug, fold, name, color, position, base_name, base_color, base_position)
VALUES ($1, $2, $3, $4, $5, (SELECT coalesce(max(position), 0) + 1 FROM service), $4, $5, (SELECT coalesce(max(position), 0) + 1 FROM service));

-- :name service_list
SELECT s.id, s.slug, s.name, s.color
FROM service s
WHERE EXISTS (SELECT 1 FROM number n WHERE n.event = 0 AND n.service = s.id)
ORDER BY s.position, s.id;

-- :name service_in_use
SELECT EXISTS (SELECT 1 FROM number n WHERE n.event = 0 AND n.service = $1)
    OR EXISTS (SELECT 1 FROM event v WHERE EXISTS (SELECT 1 FROM number n WHERE n.event = v.id AND n.service = $1));

-- An alias comes before the fold key that an identity was created with: one that was merged into another leads there.
-- :name platform_by_fold
SELECT id
FROM platform
WHERE id = coalesce((SELECT min(id) FROM alias WHERE kind = 'p' AND fold = $1), (SELECT id FROM platform WHERE fold = $1));

-- :name platform_by_id
SELECT id, slug, name, color, position FROM platform WHERE id = $1;

-- :name platform_by_slug
SELECT id, slug, name, color FROM platform WHERE slug = $1;

-- :name platform_last_id
SELECT coalesce(max(id), 0) FROM platform;

-- :name platform_all
SELECT id, slug, name, color, position, fold, base_name FROM platform ORDER BY position, id;

-- :name platform_ids
SELECT id FROM platform;

-- :name platform_colors
SELECT color, count(*) FROM platform GROUP BY color;

-- :name platform_add
INSERT INTO platform (id, slug, fold, name, color, position, base_name, base_color, base_position)
VALUES ($1, $2, $3, $4, $5, (SELECT coalesce(max(position), 0) + 1 FROM platform), $4, $5, (SELECT coalesce(max(position), 0) + 1 FROM platform));

-- :name platform_list
SELECT id, slug, name, color FROM platform ORDER BY position, id;

-- Every edition of a name or alias, with the days that were ever said about it: by numbers, and by hand.
-- :name event_by_fold
SELECT v.id, (SELECT min(w.first_day) FROM words w WHERE w.event = v.id), (SELECT max(w.last_day) FROM words w WHERE w.event = v.id), v.start_day, v.end_day
FROM event v
WHERE v.fold = $1 OR v.id IN (SELECT id FROM alias WHERE kind = 'e' AND fold = $1)
ORDER BY v.id;

-- :name event_by_id
SELECT id, slug, name, description FROM event WHERE id = $1;

-- :name event_by_slug
SELECT id FROM event WHERE slug = $1;

-- :name event_last_id
SELECT coalesce(max(id), 0) FROM event;

-- :name event_ids
SELECT id FROM event;

-- :name event_add
INSERT INTO event (id, slug, fold, name, base_name) VALUES ($1, $2, $3, $4, $4);

-- Those that are shown and touch the days from $1 to $2.
-- :name event_list
SELECT id, slug, name, description, first_day, last_day, has_numbers
FROM event_shown
WHERE last_day >= $1 AND first_day <= $2
ORDER BY first_day, id;

-- :name event_for_edit
SELECT v.name, v.fold, v.description, v.start_day, v.end_day, v.shown,
       (SELECT min(n.day) FROM number n WHERE n.event = v.id AND n.event > 0), (SELECT max(n.day) FROM number n WHERE n.event = v.id AND n.event > 0)
FROM event v
WHERE v.id = $1;

-- What stands for a name where ids do not.
-- :name service_key
SELECT name, fold FROM service WHERE id = $1;

-- :name platform_key
SELECT name, fold FROM platform WHERE id = $1;

-- :name event_key
SELECT name, fold, slug FROM event WHERE id = $1;

-- :name event_first_day
SELECT min(day) FROM number WHERE event = $1 AND event > 0;

-- Entries

-- :name entry_add
INSERT INTO entry (kind, mode, filename, sha256, actor, at_ms, rows_imported, added, changed, cleared, unchanged, undoes)
VALUES ($1, $2, $3, $4, $5, $6, $7, 0, 0, 0, 0, $8)
RETURNING id;

-- :name entry_counts
UPDATE entry SET rows_imported = $2, added = $3, changed = $4, cleared = $5, unchanged = $6 WHERE id = $1;

-- :name entry_list
SELECT id, kind, mode, filename, sha256, actor, at_ms, rows_imported, added, changed, cleared, unchanged, undoes, undone_by, in_effect
FROM entry
WHERE id < $1
ORDER BY id DESC
LIMIT $2;

-- :name entry_get
SELECT id, kind, mode, filename, sha256, actor, at_ms, rows_imported, added, changed, cleared, unchanged, undoes, undone_by, in_effect
FROM entry
WHERE id = $1;

-- :name entry_last_upload
SELECT id, kind, mode, filename, sha256, actor, at_ms, rows_imported, added, changed, cleared, unchanged, undoes, undone_by, in_effect
FROM entry
WHERE kind = 'upload'
ORDER BY id DESC
LIMIT 1;

-- :name entry_exists
SELECT 1 FROM entry WHERE id = $1;

-- The latest undo in effect of an entry, but for one.
-- :name entry_undoer
SELECT max(id) FROM entry WHERE undoes = $1 AND in_effect = 1 AND id <> $2;

-- :name entry_state
UPDATE entry SET in_effect = $2, undone_by = $3 WHERE id = $1;

-- Every undo up to an entry, latest first.
-- :name entry_undos
SELECT id, undoes FROM entry WHERE undoes IS NOT NULL AND id <= $1 ORDER BY id DESC;

-- Attributes: what entries say about identities, and its projection

-- :name attr_add
INSERT INTO attr_words (kind, id, attr, entry, value) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (kind, id, attr, entry) DO UPDATE SET value = excluded.value;

-- :name attr_of_entry
SELECT kind, id, attr, value FROM attr_words WHERE entry = $1 ORDER BY kind, id, attr;

-- What entries up to one say about events' days, latest first.
-- :name attr_of_events_until
SELECT w.id, w.attr, w.value, w.entry, e.in_effect
FROM attr_words w
JOIN entry e ON e.id = w.entry
WHERE w.kind = 'e' AND w.attr IN ('start_day', 'end_day', 'shown') AND w.entry <= $1
ORDER BY w.id, w.attr, w.entry DESC;

-- :name service_settle
UPDATE service
SET name = v.name, color = v.color, position = v.position
FROM service_in_effect v
WHERE v.id = service.id AND service.id = $1 AND (v.name <> service.name OR v.color <> service.color OR v.position <> service.position);

-- :name platform_settle
UPDATE platform
SET name = v.name, color = v.color, position = v.position
FROM platform_in_effect v
WHERE v.id = platform.id AND platform.id = $1 AND (v.name <> platform.name OR v.color <> platform.color OR v.position <> platform.position);

-- :name event_settle
UPDATE event
SET name = v.name, description = v.description, start_day = v.start_day, end_day = v.end_day, shown = v.shown
FROM event_in_effect v
WHERE v.id = event.id AND event.id = $1
  AND (v.name <> event.name OR v.description IS DISTINCT FROM event.description OR v.start_day IS DISTINCT FROM event.start_day
       OR v.end_day IS DISTINCT FROM event.end_day OR v.shown <> event.shown);

-- :name alias_drop
DELETE FROM alias
WHERE kind = $1 AND fold = $2
  AND NOT EXISTS (SELECT 1 FROM alias_in_effect v WHERE v.kind = alias.kind AND v.fold = alias.fold AND v.id = alias.id AND v.name = alias.name);

-- :name alias_put
INSERT INTO alias (kind, fold, id, name)
SELECT kind, fold, id, name FROM alias_in_effect WHERE kind = $1 AND fold = $2
ON CONFLICT (kind, fold, id) DO NOTHING;

-- :name alias_list
SELECT id, fold, name FROM alias WHERE kind = $1 ORDER BY id, fold;

-- Identities that are not what the ledger says.
-- :name service_unsettled
SELECT s.id, s.name, v.name, s.color, v.color, s.position, v.position
FROM service s
JOIN service_in_effect v ON v.id = s.id
WHERE v.name <> s.name OR v.color <> s.color OR v.position <> s.position
ORDER BY s.id;

-- :name platform_unsettled
SELECT s.id, s.name, v.name, s.color, v.color, s.position, v.position
FROM platform s
JOIN platform_in_effect v ON v.id = s.id
WHERE v.name <> s.name OR v.color <> s.color OR v.position <> s.position
ORDER BY s.id;

-- :name event_unsettled
SELECT s.id, s.name, v.name, s.description, v.description, s.start_day, v.start_day, s.end_day, v.end_day, s.shown, v.shown
FROM event s
JOIN event_in_effect v ON v.id = s.id
WHERE v.name <> s.name OR v.description IS DISTINCT FROM s.description OR v.start_day IS DISTINCT FROM s.start_day
   OR v.end_day IS DISTINCT FROM s.end_day OR v.shown <> s.shown
ORDER BY s.id;

-- :name alias_missing
SELECT v.kind, v.id, v.fold, v.name
FROM alias_in_effect v
WHERE NOT EXISTS (SELECT 1 FROM alias a WHERE a.kind = v.kind AND a.fold = v.fold AND a.id = v.id AND a.name = v.name)
ORDER BY v.kind, v.id, v.fold;

-- :name alias_unsaid
SELECT a.kind, a.id, a.fold, a.name
FROM alias a
WHERE NOT EXISTS (SELECT 1 FROM alias_in_effect v WHERE v.kind = a.kind AND v.fold = a.fold AND v.id = a.id AND v.name = a.name)
ORDER BY a.kind, a.id, a.fold;

-- Words about identities that there are not.
-- :name attr_orphans
SELECT w.kind, w.id, w.attr, w.entry
FROM attr_words w
WHERE NOT EXISTS (SELECT 1 FROM service s WHERE w.kind = 's' AND s.id = w.id) AND NOT EXISTS (SELECT 1 FROM platform p WHERE w.kind = 'p' AND p.id = w.id)
  AND NOT EXISTS (SELECT 1 FROM event v WHERE w.kind = 'e' AND v.id = w.id)
ORDER BY w.kind, w.id, w.attr, w.entry;

-- What entries say

-- From the table incoming, which the engine makes of rows in memory (store/db.h).
-- :name words_add
INSERT INTO words (event, service, platform, entry, first_day, last_day, cells) SELECT a, b, c, $1, d, e, data FROM incoming;

-- :name words_next_series
SELECT event, service, platform
FROM words
WHERE (event, service, platform, entry) > ($1, $2, $3, 9223372036854775807)
ORDER BY event, service, platform, entry
LIMIT 1;

-- What entries up to one say about the days of a series.
-- :name words_of_series
SELECT w.entry, w.cells, e.in_effect
FROM words w
JOIN entry e ON e.id = w.entry
WHERE w.event = $1 AND w.service = $2 AND w.platform = $3 AND w.entry <= $4 AND w.last_day >= $5 AND w.first_day <= $6
ORDER BY w.entry, w.first_day;

-- The next series that an entry has words about, and their days.
-- :name words_next_of_entry
SELECT event, service, platform, min(first_day), max(last_day)
FROM words
WHERE entry = $4 AND (event, service, platform) > ($1, $2, $3)
GROUP BY event, service, platform
ORDER BY event, service, platform
LIMIT 1;

-- :name words_of_entry
SELECT cells
FROM words
WHERE entry = $4 AND event = $1 AND service = $2 AND platform = $3 AND last_day >= $5
ORDER BY first_day;

-- Words that may hold a day, latest first.
-- :name words_of_day
SELECT w.entry, w.cells, e.in_effect
FROM words w
JOIN entry e ON e.id = w.entry
WHERE w.event = $1 AND w.service = $2 AND w.platform = $3 AND w.first_day <= $4 AND w.last_day >= $4
ORDER BY w.entry DESC;

-- :name scope_add
INSERT INTO scope (event, service, entry) VALUES ($1, $2, $3);

-- Entries up to one that speak about all of a series.
-- :name scope_of_series
SELECT o.entry, e.in_effect
FROM scope o
JOIN entry e ON e.id = o.entry
WHERE o.event IN (-1, $1) AND o.service IN (-1, $2) AND o.entry <= $3
ORDER BY o.entry;

-- :name scope_of_entry
SELECT event, service FROM scope WHERE entry = $1 ORDER BY event, service;

-- :name label_words_add
INSERT INTO label_words (event, day, entry, label) VALUES ($1, $2, $3, $4)
ON CONFLICT (event, day, entry) DO UPDATE SET label = excluded.label;

-- :name label_words_of_entry
SELECT event, day FROM label_words WHERE entry = $1 ORDER BY event, day;

-- Every day that any entry ever labelled, and those of one event.
-- :name label_words_days
SELECT DISTINCT event, day FROM label_words ORDER BY event, day;

-- :name label_words_days_of_event
SELECT DISTINCT event, day FROM label_words WHERE event = $1 ORDER BY day;

-- :name label_words_get
SELECT label FROM label_words WHERE event = $1 AND day = $2 AND entry = $3;

-- Labels that were said of a day, latest first.
-- :name label_words_of_day
SELECT w.entry, w.label, e.in_effect
FROM label_words w
JOIN entry e ON e.id = w.entry
WHERE w.event = $1 AND w.day = $2
ORDER BY w.entry DESC;

-- Every label up to an entry, by day, latest first.
-- :name label_words_until
SELECT w.event, w.day, w.label, w.entry, e.in_effect
FROM label_words w
JOIN entry e ON e.id = w.entry
WHERE w.entry <= $1
ORDER BY w.event, w.day, w.entry DESC;

-- Days whose latest label in effect is not the stored one.
-- :name label_missing
SELECT w.event, w.day, w.label, d.label
FROM label_words w
LEFT JOIN day_label d ON d.event = w.event AND d.day = w.day
WHERE w.entry = (SELECT max(x.entry) FROM label_words x JOIN entry e ON e.id = x.entry WHERE x.event = w.event AND x.day = w.day AND e.in_effect = 1)
  AND d.label IS DISTINCT FROM w.label
ORDER BY w.event, w.day;

-- Stored labels that no entry in effect says.
-- :name label_unsaid
SELECT d.event, d.day, d.label
FROM day_label d
WHERE NOT EXISTS (SELECT 1 FROM label_words w JOIN entry e ON e.id = w.entry WHERE w.event = d.event AND w.day = d.day AND e.in_effect = 1)
ORDER BY d.event, d.day;

-- The projection

-- :name number_next_series
SELECT event, service, platform
FROM number
WHERE (event, service, platform, day) > ($1, $2, $3, 2147483647)
ORDER BY event, service, platform, day
LIMIT 1;

-- :name number_from
SELECT event, service, platform, day, viewers, span
FROM number
WHERE (event, service, platform, day) >= ($1, $2, $3, $4)
ORDER BY event, service, platform, day;

-- :name number_range
SELECT day, viewers, span
FROM number
WHERE event = $1 AND service = $2 AND platform = $3 AND day BETWEEN $4 AND $5
ORDER BY day;

-- :name number_labelled
SELECT n.day, n.viewers, n.span, l.label
FROM number n
LEFT JOIN day_label l ON l.event = n.event AND l.day = n.day
WHERE n.event = $1 AND n.service = $2 AND n.platform = $3 AND n.day BETWEEN $4 AND $5
ORDER BY n.day;

-- :name number_of_series
SELECT day, viewers, span, changed_by
FROM number
WHERE event = $1 AND service = $2 AND platform = $3
ORDER BY day;

-- :name number_count_series
SELECT count(*) FROM number WHERE event = $1 AND service = $2 AND platform = $3;

-- New numbers, and others in the place of stored ones, from the table incoming.
-- :name number_put :engine sqlite
INSERT OR REPLACE INTO number (event, service, platform, day, viewers, span, changed_by) SELECT a, b, c, d, e, f, $1 FROM incoming;

-- :name number_put :engine postgresql
INSERT INTO number (event, service, platform, day, viewers, span, changed_by) SELECT a, b, c, d, e, f, $1 FROM incoming
ON CONFLICT (event, service, platform, day) DO UPDATE SET viewers = excluded.viewers, span = excluded.span, changed_by = excluded.changed_by;

-- Many numbers of one series, in one pass over the stored ones between the first and the last. incoming_number(d, n) is number n (from 0) of the incoming row with that d.
-- :name number_change :engine sqlite
UPDATE number SET viewers = incoming_number(day, 4), span = incoming_number(day, 5), changed_by = $6
WHERE event = $1 AND service = $2 AND platform = $3 AND day BETWEEN $4 AND $5 AND incoming_number(day, 4) IS NOT NULL;

-- :name number_change :engine postgresql
UPDATE number n SET viewers = i.e, span = i.f, changed_by = $6
FROM incoming i
WHERE n.event = $1 AND n.service = $2 AND n.platform = $3 AND n.day BETWEEN $4 AND $5 AND n.day = i.d;

-- :name number_clear_many :engine sqlite
DELETE FROM number
WHERE event = $1 AND service = $2 AND platform = $3 AND day BETWEEN $4 AND $5 AND incoming_number(day, 3) IS NOT NULL;

-- :name number_clear_many :engine postgresql
DELETE FROM number
WHERE event = $1 AND service = $2 AND platform = $3 AND day BETWEEN $4 AND $5 AND day IN (SELECT d FROM incoming);

-- :name number_clear
DELETE FROM number WHERE event = $1 AND service = $2 AND platform = $3 AND day = $4;

-- :name number_clear_series
DELETE FROM number WHERE event = $1 AND service = $2 AND platform = $3;

-- :name label_get
SELECT label FROM day_label WHERE event = $1 AND day = $2;

-- :name label_set
INSERT INTO day_label (event, day, label) VALUES ($1, $2, $3)
ON CONFLICT (event, day) DO UPDATE SET label = excluded.label;

-- :name label_clear
DELETE FROM day_label WHERE event = $1 AND day = $2;

-- :name label_range
SELECT day, label FROM day_label WHERE event = $1 AND day BETWEEN $2 AND $3 ORDER BY day;

-- The projection as it was: tables that hide those of the same name, and go with the transaction that makes them

-- :name past_number
CREATE TEMP TABLE number (
    event INTEGER NOT NULL,
    service INTEGER NOT NULL,
    platform INTEGER NOT NULL,
    day INTEGER NOT NULL,
    viewers INTEGER NOT NULL,
    span INTEGER NOT NULL,
    changed_by INTEGER NOT NULL,
    PRIMARY KEY (event, service, platform, day)
) WITHOUT ROWID;

-- :name past_number :engine postgresql
CREATE TEMP TABLE number (LIKE number INCLUDING ALL) ON COMMIT DROP;

-- :name past_label
CREATE TEMP TABLE day_label (
    event INTEGER NOT NULL,
    day INTEGER NOT NULL,
    label TEXT NOT NULL,
    PRIMARY KEY (event, day)
) WITHOUT ROWID;

-- :name past_label :engine postgresql
CREATE TEMP TABLE day_label (LIKE day_label INCLUDING ALL) ON COMMIT DROP;

-- :name past_event
CREATE TEMP TABLE event (
    id INTEGER NOT NULL PRIMARY KEY,
    slug TEXT NOT NULL,
    fold TEXT NOT NULL,
    name TEXT NOT NULL,
    description TEXT,
    start_day INTEGER,
    end_day INTEGER,
    shown INTEGER NOT NULL DEFAULT 0
);

-- :name past_event :engine postgresql
CREATE TEMP TABLE event (LIKE event INCLUDING ALL) ON COMMIT DROP;

-- Days, and whether one is shown without a number, are said anew.
-- :name past_event_copy :engine sqlite
INSERT INTO event (id, slug, fold, name, description) SELECT id, slug, fold, name, description FROM main.event;

-- :name past_event_copy :engine postgresql
INSERT INTO event (id, slug, fold, name, description) SELECT id, slug, fold, name, description FROM public.event;

-- :name past_event_say
UPDATE event
SET start_day = CASE WHEN $2 = 'start_day' THEN CAST($3 AS INTEGER) ELSE start_day END,
    end_day = CASE WHEN $2 = 'end_day' THEN CAST($3 AS INTEGER) ELSE end_day END,
    shown = CASE WHEN $2 = 'shown' THEN coalesce(CAST($3 AS INTEGER), 0) ELSE shown END
WHERE id = $1;

-- :name past_events
CREATE TEMP TABLE event_shown AS
SELECT v.id, v.slug, v.name, v.description,
       min(coalesce(v.start_day, n.first_day), coalesce(n.first_day, v.start_day)) AS first_day,
       max(coalesce(v.end_day, n.last_day), coalesce(n.last_day, v.end_day)) AS last_day,
       n.event IS NOT NULL AS has_numbers
FROM event v
LEFT JOIN (SELECT event, min(day) AS first_day, max(day) AS last_day FROM number WHERE event > 0 GROUP BY event) n ON n.event = v.id
WHERE n.event IS NOT NULL OR (v.shown = 1 AND v.start_day IS NOT NULL AND v.end_day IS NOT NULL);

-- Sessions

-- Insights, and the jobs that make them

-- :name job_add
INSERT INTO insight_job (reason, requested_by, state, attempts, queued_ms, changed_ms, wait_from_ms, wait_ms)
VALUES ($1, $2, 'queued', 0, $3, $3, 0, 0)
RETURNING id;

-- :name job_note_change
UPDATE insight_job SET changed_ms = $1 WHERE state = 'queued';

-- :name job_hasten
UPDATE insight_job SET reason = 'request', requested_by = $1, attempts = 0, wait_ms = 0 WHERE state = 'queued';

-- :name job_waiting
SELECT id, reason, requested_by, state, attempts, queued_ms, changed_ms, wait_from_ms, wait_ms, lease, renewed_ms, finished_ms, message,
       (SELECT i.id FROM ai_insights i WHERE i.job = insight_job.id OR i.id = insight_job.standing)
FROM insight_job
WHERE state = 'queued';

-- :name job_running
SELECT id, reason, requested_by, state, attempts, queued_ms, changed_ms, wait_from_ms, wait_ms, lease, renewed_ms, finished_ms, message,
       (SELECT i.id FROM ai_insights i WHERE i.job = insight_job.id OR i.id = insight_job.standing)
FROM insight_job
WHERE state = 'running';

-- :name job_newest
SELECT id, reason, requested_by, state, attempts, queued_ms, changed_ms, wait_from_ms, wait_ms, lease, renewed_ms, finished_ms, message,
       (SELECT i.id FROM ai_insights i WHERE i.job = insight_job.id OR i.id = insight_job.standing)
FROM insight_job
WHERE id = (SELECT max(id) FROM insight_job);

-- Numbers that no job has looked at and none is going to: they came with code that knows no jobs, or with a backup. Where none waits or runs, the newest one was the last to look.
-- :name job_is_missing
SELECT 1
FROM meta
WHERE key = 'revision'
  AND (SELECT max(id) FROM entry) IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM insight_job WHERE state = 'queued')
  AND NOT EXISTS (SELECT 1 FROM insight_job WHERE state = 'running')
  AND NOT EXISTS (SELECT 1 FROM insight_job WHERE id = (SELECT max(id) FROM insight_job) AND revision = meta.value)
  AND NOT EXISTS (SELECT 1 FROM ai_insights WHERE id = (SELECT max(id) FROM ai_insights) AND revision = meta.value);

-- :name job_claim
UPDATE insight_job SET state = 'running', attempts = attempts + 1, lease = $2, holder = $3, renewed_ms = $4, message = NULL WHERE id = $1;

-- :name job_renew
UPDATE insight_job SET renewed_ms = $3 WHERE id = $1 AND lease = $2;

-- :name job_abandon
UPDATE insight_job SET renewed_ms = 0, message = $2 WHERE state = 'running' AND holder = $1;

-- :name job_drop_waiting
DELETE FROM insight_job WHERE state = 'queued';

-- :name job_requeue
UPDATE insight_job
SET state = 'queued', reason = $3, requested_by = $4, attempts = $5, changed_ms = $6, wait_from_ms = $7, wait_ms = $8, message = $9, lease = NULL, holder = NULL
WHERE id = $1 AND lease = $2;

-- :name job_end
UPDATE insight_job
SET state = $3, finished_ms = $4, message = $5, revision = coalesce($6, (SELECT value FROM meta WHERE key = 'revision')), standing = $7, lease = NULL, holder = NULL
WHERE id = $1 AND lease = $2;

-- :name job_sweep
DELETE FROM insight_job WHERE state IN ('done', 'failed') AND id <= (SELECT max(id) FROM insight_job) - $1;

-- :name spending_get
SELECT day, jobs, cost_microdollars, job, calls, failures, open_ms FROM insight_spending;

-- :name spending_set
UPDATE insight_spending SET day = $1, jobs = $2, cost_microdollars = $3, job = $4, calls = $5;

-- :name spending_set_failures
UPDATE insight_spending SET failures = $1, open_ms = $2;

-- :name insight_add
INSERT INTO ai_insights (generated_at, summary, highlights, platform_analysis, alerts, recommendation, source, model, input_tokens, output_tokens, cost_microdollars, dropped_sentences, remark, job,
                         revision, checked_revision, stale_sentences, sentences, facts)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $15, '[]', $16, $17)
RETURNING id;

-- :name insight_latest
SELECT id, generated_at, source, model, input_tokens, output_tokens, cost_microdollars, dropped_sentences, remark, revision, checked_revision, stale_sentences, sentences, facts
FROM ai_insights
WHERE id = (SELECT max(id) FROM ai_insights);

-- When the newest was written, in seconds since 1970.
-- :name insight_latest_s :engine sqlite
SELECT CAST(strftime('%s', generated_at) AS INTEGER) FROM ai_insights WHERE id = (SELECT max(id) FROM ai_insights);

-- :name insight_latest_s :engine postgresql
SELECT CAST(extract(epoch FROM CAST(generated_at AS timestamptz)) AS bigint) FROM ai_insights WHERE id = (SELECT max(id) FROM ai_insights);

-- :name insight_by_id
SELECT id, generated_at, source, model, input_tokens, output_tokens, cost_microdollars, dropped_sentences, remark, revision, checked_revision, stale_sentences, sentences, facts
FROM ai_insights
WHERE id = $1;

-- :name insight_page
SELECT id, generated_at, source, model, cost_microdollars, dropped_sentences, remark, summary
FROM ai_insights
WHERE id < $1
ORDER BY id DESC
LIMIT $2;

-- :name insight_checked
UPDATE ai_insights SET checked_revision = $2, stale_sentences = $3 WHERE id = $1;

-- :name insight_to_check
SELECT i.id
FROM ai_insights i
WHERE i.id = (SELECT max(id) FROM ai_insights) AND i.checked_revision <> (SELECT value FROM meta WHERE key = 'revision');

-- :name insight_sweep
DELETE FROM ai_insights WHERE id <= (SELECT max(id) FROM ai_insights) - $1;

-- :name session_add
INSERT INTO session (token_hash, made_with, actor, role, created_ms, seen_ms, public_id, address, agent, idle_s, lifetime_s) VALUES ($1, $2, $3, $4, $5, $5, $6, $7, $8, $9, $10);

-- :name session_get
SELECT public_id, actor, role, created_ms, seen_ms, address, agent, idle_s, lifetime_s FROM session WHERE token_hash = $1 AND made_with = $2;

-- :name session_list
SELECT public_id, actor, role, created_ms, seen_ms, address, agent, idle_s, lifetime_s FROM session
WHERE made_with = $1 AND seen_ms >= $2 AND created_ms >= $3
ORDER BY seen_ms DESC, public_id
LIMIT $4;

-- :name session_get_public
SELECT public_id, actor, role, created_ms, seen_ms, address, agent, idle_s, lifetime_s FROM session WHERE public_id = $1;

-- :name session_end_public
DELETE FROM session WHERE public_id = $1;

-- :name session_seen
UPDATE session SET seen_ms = $2 WHERE token_hash = $1;

-- :name session_end
DELETE FROM session WHERE token_hash = $1;

-- :name session_sweep
DELETE FROM session WHERE seen_ms + idle_s * 1000 < $1 OR created_ms + lifetime_s * 1000 < $1 OR seen_ms - idle_s * 1000 > $1 OR created_ms - lifetime_s * 1000 > $1;

-- Tokens of programs. What is revoked or expired is kept for a while, to be shown.

-- :name token_add
INSERT INTO api_token (token_hash, name, fold, role, created_ms, created_by, expires_ms) VALUES ($1, $2, $3, $4, $5, $6, $7)
RETURNING id;

-- :name token_by_hash
SELECT id, name, role, created_ms, created_by, expires_ms, used_ms, used_from, revoked_ms, revoked_by FROM api_token WHERE token_hash = $1;

-- :name token_get
SELECT id, name, role, created_ms, created_by, expires_ms, used_ms, used_from, revoked_ms, revoked_by FROM api_token WHERE id = $1;

-- :name token_list
SELECT id, name, role, created_ms, created_by, expires_ms, used_ms, used_from, revoked_ms, revoked_by FROM api_token ORDER BY id DESC;

-- :name token_live
SELECT count(*), coalesce(sum(fold = $2), 0) FROM api_token WHERE revoked_ms IS NULL AND expires_ms > $1;

-- :name token_live :engine postgresql
SELECT count(*), count(*) FILTER (WHERE fold = $2) FROM api_token WHERE revoked_ms IS NULL AND expires_ms > $1;

-- :name token_revoke
UPDATE api_token SET revoked_ms = $2, revoked_by = $3 WHERE id = $1;

-- :name token_used
UPDATE api_token SET used_ms = $2, used_from = $3 WHERE id = $1;

-- :name token_sweep
DELETE FROM api_token
WHERE (revoked_ms IS NOT NULL OR expires_ms <= $1)
  AND id NOT IN (SELECT id FROM api_token WHERE revoked_ms IS NOT NULL OR expires_ms <= $1 ORDER BY id DESC LIMIT $2);

-- People

-- :name person_get
SELECT role, groups, last_seen_ms, signed_out_ms FROM person WHERE name = $1 AND method = $2;

-- :name person_seen
INSERT INTO person (name, method, role, groups, first_seen_ms, last_seen_ms) VALUES ($1, $2, $3, $4, $5, $5)
ON CONFLICT (name, method) DO UPDATE SET role = excluded.role, groups = excluded.groups, last_seen_ms = excluded.last_seen_ms, signed_out_ms = NULL;

-- :name person_sign_out
UPDATE person SET signed_out_ms = $3 WHERE name = $1 AND method = $2 AND signed_out_ms IS NULL;

-- :name person_list
SELECT name, method, role, groups, first_seen_ms, last_seen_ms FROM person WHERE last_seen_ms >= $1 ORDER BY last_seen_ms DESC, name, method LIMIT $2;

-- :name person_sweep
DELETE FROM person
WHERE last_seen_ms < $1 OR (name, method) IN (SELECT name, method FROM person ORDER BY role = 'none', last_seen_ms DESC, name, method LIMIT -1 OFFSET $2);

-- :name person_sweep :engine postgresql
DELETE FROM person
WHERE last_seen_ms < $1 OR (name, method) IN (SELECT name, method FROM person ORDER BY role = 'none', last_seen_ms DESC, name, method OFFSET $2);
-- :name pin_attempt_of_client
SELECT count(*), (SELECT at_ms FROM pin_attempt WHERE client = $1 AND at_ms BETWEEN $2 AND $3 ORDER BY at_ms DESC LIMIT 1 OFFSET $4)
FROM pin_attempt WHERE client = $1 AND at_ms BETWEEN $2 AND $3;

-- :name pin_attempt_of_all
SELECT count(*), (SELECT at_ms FROM pin_attempt WHERE at_ms BETWEEN $1 AND $2 ORDER BY at_ms DESC LIMIT 1 OFFSET $3)
FROM pin_attempt WHERE at_ms BETWEEN $1 AND $2;

-- :name pin_attempt_sweep
DELETE FROM pin_attempt WHERE at_ms + window_s * 1000 <= $1 OR at_ms - window_s * 1000 > $1;

-- :name pin_attempt_add
INSERT INTO pin_attempt (client, at_ms, window_s) VALUES ($1, $2, $3);

-- :name pin_attempt_forgive
DELETE FROM pin_attempt WHERE client = $1;

-- :name pin_attempt_forgive_all
DELETE FROM pin_attempt;

-- :name pin_client_known
SELECT 1 FROM pin_client WHERE client = $1 AND at_ms > $2;

-- :name pin_client_add
INSERT INTO pin_client (client, at_ms) VALUES ($1, $2) ON CONFLICT (client) DO UPDATE SET at_ms = excluded.at_ms;

-- :name pin_client_sweep
DELETE FROM pin_client WHERE at_ms <= $1 OR client NOT IN (SELECT client FROM pin_client ORDER BY at_ms DESC LIMIT $2);
-- The audit log

-- :name audit_add
INSERT INTO audit_log (id, at_ms, actor, role, method, address, request_id, action, target, detail, result, count, previous, hash)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14);

-- The clock may have been set back, so that the order of time is not that of ids.
-- :name audit_list
SELECT id, at_ms, actor, role, method, address, request_id, action, target, detail, result, count, previous, hash
FROM audit_log
WHERE at_ms >= $1 AND at_ms < $2 AND (at_ms, id) < ($3, $4)
ORDER BY at_ms DESC, id DESC
LIMIT $5;

-- :name audit_list_actor
SELECT id, at_ms, actor, role, method, address, request_id, action, target, detail, result, count, previous, hash
FROM audit_log
WHERE at_ms >= $1 AND at_ms < $2 AND (at_ms, id) < ($3, $4) AND actor = $6
ORDER BY at_ms DESC, id DESC
LIMIT $5;

-- :name audit_list_action
SELECT id, at_ms, actor, role, method, address, request_id, action, target, detail, result, count, previous, hash
FROM audit_log
WHERE at_ms >= $1 AND at_ms < $2 AND (at_ms, id) < ($3, $4) AND action = $6
ORDER BY at_ms DESC, id DESC
LIMIT $5;

-- :name audit_list_actor_action
SELECT id, at_ms, actor, role, method, address, request_id, action, target, detail, result, count, previous, hash
FROM audit_log
WHERE at_ms >= $1 AND at_ms < $2 AND (at_ms, id) < ($3, $4) AND actor = $6 AND +action = $7 -- by the index of the actor, which has the action in it
ORDER BY at_ms DESC, id DESC
LIMIT $5;

-- :name audit_time_of
SELECT at_ms FROM audit_log WHERE id <= $1 ORDER BY id DESC LIMIT 1;

-- :name audit_scan
SELECT id, at_ms, actor, role, method, address, request_id, action, target, detail, result, count, previous, hash FROM audit_log WHERE id >= $1 ORDER BY id;

-- :name audit_old
SELECT id, at_ms, hash FROM audit_log WHERE id > $1 ORDER BY id LIMIT $2;

-- :name audit_lived
SELECT max(at_ms) FROM audit_log WHERE at_ms <= $1;

-- :name audit_prune
DELETE FROM audit_log WHERE id <= $1;
