-- The latest word in effect is looked for from the newest entry down: what was undone is passed over once, however much was said before it.

DROP VIEW service_in_effect;
CREATE VIEW service_in_effect (id, name, color, position) AS
SELECT s.id,
       coalesce((SELECT w.value FROM attr_words w JOIN entry e ON e.id = w.entry
                 WHERE w.kind = 's' AND w.id = s.id AND w.attr = 'name' AND e.in_effect = 1 ORDER BY w.entry DESC LIMIT 1), s.base_name),
       coalesce((SELECT w.value FROM attr_words w JOIN entry e ON e.id = w.entry
                 WHERE w.kind = 's' AND w.id = s.id AND w.attr = 'color' AND e.in_effect = 1 ORDER BY w.entry DESC LIMIT 1), s.base_color),
       CAST(coalesce((SELECT w.value FROM attr_words w JOIN entry e ON e.id = w.entry
                      WHERE w.kind = 's' AND w.id = s.id AND w.attr = 'position' AND e.in_effect = 1 ORDER BY w.entry DESC LIMIT 1), s.base_position) AS INTEGER)
FROM service s;

DROP VIEW platform_in_effect;
CREATE VIEW platform_in_effect (id, name, color, position) AS
SELECT p.id,
       coalesce((SELECT w.value FROM attr_words w JOIN entry e ON e.id = w.entry
                 WHERE w.kind = 'p' AND w.id = p.id AND w.attr = 'name' AND e.in_effect = 1 ORDER BY w.entry DESC LIMIT 1), p.base_name),
       coalesce((SELECT w.value FROM attr_words w JOIN entry e ON e.id = w.entry
                 WHERE w.kind = 'p' AND w.id = p.id AND w.attr = 'color' AND e.in_effect = 1 ORDER BY w.entry DESC LIMIT 1), p.base_color),
       CAST(coalesce((SELECT w.value FROM attr_words w JOIN entry e ON e.id = w.entry
                      WHERE w.kind = 'p' AND w.id = p.id AND w.attr = 'position' AND e.in_effect = 1 ORDER BY w.entry DESC LIMIT 1), p.base_position) AS INTEGER)
FROM platform p;

DROP VIEW event_in_effect;
CREATE VIEW event_in_effect (id, name, description, start_day, end_day, shown) AS
SELECT v.id,
       coalesce((SELECT w.value FROM attr_words w JOIN entry e ON e.id = w.entry
                 WHERE w.kind = 'e' AND w.id = v.id AND w.attr = 'name' AND e.in_effect = 1 ORDER BY w.entry DESC LIMIT 1), v.base_name),
       CASE WHEN EXISTS (SELECT 1 FROM attr_words w JOIN entry e ON e.id = w.entry WHERE w.kind = 'e' AND w.id = v.id AND w.attr = 'description' AND e.in_effect = 1)
            THEN (SELECT w.value FROM attr_words w JOIN entry e ON e.id = w.entry
                  WHERE w.kind = 'e' AND w.id = v.id AND w.attr = 'description' AND e.in_effect = 1 ORDER BY w.entry DESC LIMIT 1)
            ELSE v.base_description END,
       CAST((SELECT w.value FROM attr_words w JOIN entry e ON e.id = w.entry
             WHERE w.kind = 'e' AND w.id = v.id AND w.attr = 'start_day' AND e.in_effect = 1 ORDER BY w.entry DESC LIMIT 1) AS INTEGER),
       CAST((SELECT w.value FROM attr_words w JOIN entry e ON e.id = w.entry
             WHERE w.kind = 'e' AND w.id = v.id AND w.attr = 'end_day' AND e.in_effect = 1 ORDER BY w.entry DESC LIMIT 1) AS INTEGER),
       CAST(coalesce((SELECT w.value FROM attr_words w JOIN entry e ON e.id = w.entry
                      WHERE w.kind = 'e' AND w.id = v.id AND w.attr = 'shown' AND e.in_effect = 1 ORDER BY w.entry DESC LIMIT 1), 0) AS INTEGER)
FROM event v;
