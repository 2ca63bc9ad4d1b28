-- StreamPulse, schema 2 (SQLite): names, colours, order, aliases, and an event's dates and description are in the ledger too.

-- Schema 1's code knows no alias: it would make a second service of a name that stands for another one, and its rows would lack what an undo goes back to.
UPDATE meta SET value = 2 WHERE key = 'compatible_since';

-- What an identity was created with: in force where no entry in effect says otherwise.
ALTER TABLE service ADD COLUMN base_name TEXT NOT NULL DEFAULT '';
ALTER TABLE service ADD COLUMN base_color TEXT NOT NULL DEFAULT '';
ALTER TABLE service ADD COLUMN base_position INTEGER NOT NULL DEFAULT 0;
UPDATE service SET base_name = name, base_color = color, base_position = position;
ALTER TABLE platform ADD COLUMN base_name TEXT NOT NULL DEFAULT '';
ALTER TABLE platform ADD COLUMN base_color TEXT NOT NULL DEFAULT '';
ALTER TABLE platform ADD COLUMN base_position INTEGER NOT NULL DEFAULT 0;
UPDATE platform SET base_name = name, base_color = color, base_position = position;
ALTER TABLE event ADD COLUMN base_name TEXT NOT NULL DEFAULT '';
ALTER TABLE event ADD COLUMN base_description TEXT;
ALTER TABLE event ADD COLUMN start_day INTEGER; -- said by hand; NULL: its numbers tell
ALTER TABLE event ADD COLUMN end_day INTEGER;
ALTER TABLE event ADD COLUMN shown INTEGER NOT NULL DEFAULT 0; -- also without a number: it was made by hand
UPDATE event SET base_name = name, base_description = description;

-- What an entry says about an attribute: name, color, position, description, start_day, end_day, shown, or alias:FOLD (the alias as it was written; NULL: not its alias).
CREATE TABLE attr_words (
    kind TEXT NOT NULL CHECK (kind IN ('s', 'p', 'e')), -- service, platform, event
    id INTEGER NOT NULL,
    attr TEXT NOT NULL,
    entry INTEGER NOT NULL REFERENCES entry (id),
    value TEXT,
    PRIMARY KEY (kind, id, attr, entry)
) WITHOUT ROWID;
CREATE INDEX attr_words_entry ON attr_words (entry);
CREATE INDEX attr_words_attr ON attr_words (kind, attr);

-- The projection of alias:FOLD. Of services and platforms only one has a fold.
CREATE TABLE alias (
    kind TEXT NOT NULL CHECK (kind IN ('s', 'p', 'e')),
    fold TEXT NOT NULL,
    id INTEGER NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (kind, fold, id)
) WITHOUT ROWID;
CREATE INDEX alias_id ON alias (kind, id);

-- An entry can also say that a day has no label: NULL.
CREATE TABLE label_words_2 (
    event INTEGER NOT NULL,
    day INTEGER NOT NULL,
    entry INTEGER NOT NULL REFERENCES entry (id),
    label TEXT,
    PRIMARY KEY (event, day, entry)
) WITHOUT ROWID;
INSERT INTO label_words_2 (event, day, entry, label) SELECT event, day, entry, label FROM label_words;
DROP TABLE label_words;
ALTER TABLE label_words_2 RENAME TO label_words;
CREATE INDEX label_words_entry ON label_words (entry);

-- What the ledger says: the latest entry in effect that speaks about an attribute.
CREATE VIEW attr_in_effect (kind, id, attr, entry, value) AS
SELECT w.kind, w.id, w.attr, w.entry, w.value
FROM attr_words w
JOIN entry e ON e.id = w.entry AND e.in_effect = 1
WHERE NOT EXISTS (SELECT 1 FROM attr_words x JOIN entry f ON f.id = x.entry AND f.in_effect = 1
                  WHERE x.kind = w.kind AND x.id = w.id AND x.attr = w.attr AND x.entry > w.entry);

CREATE VIEW service_in_effect (id, name, color, position) AS
SELECT s.id, coalesce((SELECT a.value FROM attr_in_effect a WHERE a.kind = 's' AND a.id = s.id AND a.attr = 'name'), s.base_name),
       coalesce((SELECT a.value FROM attr_in_effect a WHERE a.kind = 's' AND a.id = s.id AND a.attr = 'color'), s.base_color),
       CAST(coalesce((SELECT a.value FROM attr_in_effect a WHERE a.kind = 's' AND a.id = s.id AND a.attr = 'position'), s.base_position) AS INTEGER)
FROM service s;

CREATE VIEW platform_in_effect (id, name, color, position) AS
SELECT p.id, coalesce((SELECT a.value FROM attr_in_effect a WHERE a.kind = 'p' AND a.id = p.id AND a.attr = 'name'), p.base_name),
       coalesce((SELECT a.value FROM attr_in_effect a WHERE a.kind = 'p' AND a.id = p.id AND a.attr = 'color'), p.base_color),
       CAST(coalesce((SELECT a.value FROM attr_in_effect a WHERE a.kind = 'p' AND a.id = p.id AND a.attr = 'position'), p.base_position) AS INTEGER)
FROM platform p;

CREATE VIEW event_in_effect (id, name, description, start_day, end_day, shown) AS
SELECT v.id, coalesce((SELECT a.value FROM attr_in_effect a WHERE a.kind = 'e' AND a.id = v.id AND a.attr = 'name'), v.base_name),
       CASE WHEN EXISTS (SELECT 1 FROM attr_in_effect a WHERE a.kind = 'e' AND a.id = v.id AND a.attr = 'description')
            THEN (SELECT a.value FROM attr_in_effect a WHERE a.kind = 'e' AND a.id = v.id AND a.attr = 'description')
            ELSE v.base_description END,
       CAST((SELECT a.value FROM attr_in_effect a WHERE a.kind = 'e' AND a.id = v.id AND a.attr = 'start_day') AS INTEGER),
       CAST((SELECT a.value FROM attr_in_effect a WHERE a.kind = 'e' AND a.id = v.id AND a.attr = 'end_day') AS INTEGER),
       CAST(coalesce((SELECT a.value FROM attr_in_effect a WHERE a.kind = 'e' AND a.id = v.id AND a.attr = 'shown'), 0) AS INTEGER)
FROM event v;

-- Editions of events may share an alias; of services and platforms the one has it that said so last.
CREATE VIEW alias_in_effect (kind, fold, id, name) AS
SELECT a.kind, substr(a.attr, 7), a.id, a.value
FROM attr_in_effect a
WHERE a.attr LIKE 'alias:%' AND a.value IS NOT NULL
  AND (a.kind = 'e' OR NOT EXISTS (SELECT 1 FROM attr_in_effect b
                                   WHERE b.kind = a.kind AND b.attr = a.attr AND b.value IS NOT NULL AND (b.entry > a.entry OR (b.entry = a.entry AND b.id > a.id))));

-- Events that are shown, with their own first and last day: those said by hand, and always all that have a number.
CREATE VIEW event_shown (id, slug, name, description, first_day, last_day, has_numbers) AS
SELECT v.id, v.slug, v.name, v.description,
       min(coalesce(v.start_day, n.first_day), coalesce(n.first_day, v.start_day)), max(coalesce(v.end_day, n.last_day), coalesce(n.last_day, v.end_day)),
       n.event IS NOT NULL
FROM event v
LEFT JOIN (SELECT event, min(day) AS first_day, max(day) AS last_day FROM number WHERE event > 0 GROUP BY event) n ON n.event = v.id
WHERE n.event IS NOT NULL OR (v.shown = 1 AND v.start_day IS NOT NULL AND v.end_day IS NOT NULL);

DROP VIEW special_events;
CREATE VIEW special_events (id, name, start_date, end_date, description) AS
SELECT id, name, date(first_day * 86400, 'unixepoch'), date(last_day * 86400, 'unixepoch'), description
FROM event_shown;
