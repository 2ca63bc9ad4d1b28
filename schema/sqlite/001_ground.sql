-- StreamPulse, schema 1 (SQLite). Days are days since 1970-01-01; times are milliseconds since 1970-01-01 UTC.
-- The runner wraps this file and the new meta.schema_version in one transaction.

PRAGMA application_id = 1400131701; -- "StPu"

CREATE TABLE meta (
    key TEXT NOT NULL PRIMARY KEY,
    value
) WITHOUT ROWID;
INSERT INTO meta (key, value) VALUES
    ('schema_version', 1),
    ('compatible_since', 1), -- the oldest schema_version whose code may use this database
    ('revision', 0),
    ('revision_tag', lower(hex(randomblob(8))));

-- Identities. Never deleted; shown only while a number in effect refers to them.
CREATE TABLE service (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id BETWEEN 1 AND 16383),
    slug TEXT NOT NULL UNIQUE,
    fold TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    color TEXT NOT NULL,
    position INTEGER NOT NULL
);
CREATE TABLE platform (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id BETWEEN 1 AND 16383),
    slug TEXT NOT NULL UNIQUE,
    fold TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    color TEXT NOT NULL,
    position INTEGER NOT NULL
);
CREATE TABLE event (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id BETWEEN 1 AND 16383),
    slug TEXT NOT NULL UNIQUE,
    fold TEXT NOT NULL, -- editions share it
    name TEXT NOT NULL,
    description TEXT
);
CREATE INDEX event_fold ON event (fold);

-- The ledger: the truth.
CREATE TABLE entry (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL CHECK (kind IN ('upload', 'entry', 'edit', 'delete', 'undo')),
    mode TEXT NOT NULL CHECK (mode IN ('merge', 'replace', 'replace_all')),
    filename TEXT,
    sha256 TEXT,
    actor TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    rows_imported INTEGER NOT NULL,
    added INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    cleared INTEGER NOT NULL,
    unchanged INTEGER NOT NULL,
    undoes INTEGER REFERENCES entry (id),
    undone_by INTEGER REFERENCES entry (id),
    in_effect INTEGER NOT NULL DEFAULT 1
);
CREATE INDEX entry_kind ON entry (kind, id);

-- What an entry says about the cells of one series, in chunks of packed cells (store/words.h has the format).
CREATE TABLE words (
    event INTEGER NOT NULL,    -- 0: weekly numbers
    service INTEGER NOT NULL,  -- 0: none
    platform INTEGER NOT NULL,
    entry INTEGER NOT NULL REFERENCES entry (id),
    first_day INTEGER NOT NULL,
    last_day INTEGER NOT NULL,
    cells BLOB NOT NULL
);
CREATE UNIQUE INDEX words_series ON words (event, service, platform, entry, first_day);
CREATE INDEX words_entry ON words (entry);

-- An entry that says "no number" about everything of a scope that its own words do not mention: -1 stands for any.
CREATE TABLE scope (
    event INTEGER NOT NULL, -- the key's columns first: SQLite 3.40's check takes them for NULL otherwise
    service INTEGER NOT NULL,
    entry INTEGER NOT NULL REFERENCES entry (id),
    PRIMARY KEY (event, service, entry)
) WITHOUT ROWID;
CREATE INDEX scope_entry ON scope (entry);

-- How an entry wrote the days of an event.
CREATE TABLE label_words (
    event INTEGER NOT NULL,
    day INTEGER NOT NULL,
    entry INTEGER NOT NULL REFERENCES entry (id),
    label TEXT NOT NULL,
    PRIMARY KEY (event, day, entry)
) WITHOUT ROWID;
CREATE INDEX label_words_entry ON label_words (entry);

-- The projection: what the latest entry in effect says about each cell. No row: no number; 0 is a number.
CREATE TABLE number (
    event INTEGER NOT NULL,
    service INTEGER NOT NULL,
    platform INTEGER NOT NULL,
    day INTEGER NOT NULL,
    viewers INTEGER NOT NULL CHECK (viewers BETWEEN 0 AND 1000000000000),
    span INTEGER NOT NULL,     -- days from the first to the last: 6 for a week, 0 for an event's day
    changed_by INTEGER NOT NULL, -- the entry whose commit gave it this value
    PRIMARY KEY (event, service, platform, day)
) WITHOUT ROWID;
CREATE TABLE day_label (
    event INTEGER NOT NULL,
    day INTEGER NOT NULL,
    label TEXT NOT NULL,
    PRIMARY KEY (event, day)
) WITHOUT ROWID;

CREATE TABLE session (
    token_hash TEXT NOT NULL PRIMARY KEY, -- SHA-256 of the token, hex
    made_with TEXT NOT NULL, -- the start of the SHA-256 of the credential (the line in the PIN's file): the session ends with it
    actor TEXT NOT NULL,
    role TEXT NOT NULL,
    created_ms INTEGER NOT NULL,
    seen_ms INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE ai_insights (
    id INTEGER NOT NULL PRIMARY KEY,
    generated_at TEXT NOT NULL,
    summary TEXT NOT NULL,
    highlights TEXT NOT NULL,
    platform_analysis TEXT NOT NULL,
    alerts TEXT NOT NULL,
    recommendation TEXT NOT NULL
);

-- The predecessor's tables, for anyone with an SQL shell.
CREATE VIEW weekly_data (id, service, platform, week_start, week_end, viewers, created_at) AS
SELECT (n.service << 36) | (n.platform << 22) | n.day, s.name, p.name,
       date(n.day * 86400, 'unixepoch'), date((n.day + n.span) * 86400, 'unixepoch'), n.viewers,
       strftime('%Y-%m-%dT%H:%M:%SZ', e.at_ms / 1000, 'unixepoch')
FROM number n
JOIN service s ON s.id = n.service
JOIN platform p ON p.id = n.platform
JOIN entry e ON e.id = n.changed_by
WHERE n.event = 0;

CREATE VIEW special_events (id, name, start_date, end_date, description) AS
SELECT v.id, v.name, date(min(n.day) * 86400, 'unixepoch'), date(max(n.day) * 86400, 'unixepoch'), v.description
FROM event v
JOIN number n ON n.event = v.id
GROUP BY v.id;

CREATE VIEW special_event_data (id, event_id, service, platform, date, viewers) AS
SELECT (n.event << 50) | (n.service << 36) | (n.platform << 22) | n.day, n.event, s.name, p.name, date(n.day * 86400, 'unixepoch'), n.viewers
FROM number n
JOIN platform p ON p.id = n.platform
LEFT JOIN service s ON s.id = n.service
WHERE n.event > 0;

CREATE VIEW upload_history (id, filename, upload_date, rows_imported, mode) AS
SELECT id, filename, strftime('%Y-%m-%dT%H:%M:%SZ', at_ms / 1000, 'unixepoch'), rows_imported, mode
FROM entry
WHERE kind = 'upload';
