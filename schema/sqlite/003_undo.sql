-- Undo and history: who undoes an entry, and what an entry said in the order of the series.

CREATE INDEX entry_undoes ON entry (undoes) WHERE undoes IS NOT NULL;

DROP INDEX words_entry;
CREATE INDEX words_entry ON words (entry, event, service, platform, first_day, last_day);
