-- The days of events: first, last and those of a period are found without a look at all of an event's numbers. Weekly numbers have no part in the index.

CREATE INDEX number_event_day ON number (event, day) WHERE event > 0;

DROP VIEW special_events;
DROP VIEW event_shown;
CREATE VIEW event_shown (id, slug, name, description, first_day, last_day, has_numbers) AS
WITH v AS MATERIALIZED (
    SELECT v.id, v.slug, v.name, v.description, v.start_day, v.end_day, v.shown,
           (SELECT min(n.day) FROM number n WHERE n.event = v.id AND n.event > 0) AS first_day,
           (SELECT max(n.day) FROM number n WHERE n.event = v.id AND n.event > 0) AS last_day
    FROM event v
)
SELECT id, slug, name, description, min(coalesce(start_day, first_day), coalesce(first_day, start_day)), max(coalesce(end_day, last_day), coalesce(last_day, end_day)),
       first_day IS NOT NULL
FROM v
WHERE first_day IS NOT NULL OR (shown = 1 AND start_day IS NOT NULL AND end_day IS NOT NULL);

CREATE VIEW special_events (id, name, start_date, end_date, description) AS
SELECT id, name, date(first_day * 86400, 'unixepoch'), date(last_day * 86400, 'unixepoch'), description
FROM event_shown;
