-- Every statement that the module runs. Parameters are $1, $2, …; scripts/gen_queries.py writes the enum and the table for each engine.
-- A block "-- :name x" may be followed by a variant "-- :name x :engine postgresql".

-- :name meta_get
SELECT value FROM meta WHERE key = $1;

-- :name meta_set
UPDATE meta SET value = $2 WHERE key = $1;
