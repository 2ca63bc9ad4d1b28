-- What was done by whom. hash: SHA-256 over previous and this row's own fields (core/audit_chain.h), so that a row that was changed, left out or moved shows.

CREATE TABLE audit_log (
    id INTEGER NOT NULL PRIMARY KEY,
    at_ms INTEGER NOT NULL,
    actor TEXT NOT NULL,
    role TEXT NOT NULL,
    method TEXT NOT NULL,
    address TEXT,
    request_id TEXT,
    action TEXT NOT NULL,
    target TEXT,
    detail TEXT,
    result TEXT NOT NULL,
    count INTEGER NOT NULL,
    previous TEXT NOT NULL,
    hash TEXT NOT NULL
);
CREATE INDEX audit_log_at ON audit_log (at_ms);
CREATE INDEX audit_log_actor ON audit_log (actor, at_ms, action);
CREATE INDEX audit_log_action ON audit_log (action, at_ms);

-- As "ID:HASH": the newest entry ever made, and the newest one that was pruned; 0 and the hash before the first one where there is none.
INSERT INTO meta (key, value) VALUES
    ('audit_head', '0:0000000000000000000000000000000000000000000000000000000000000000'),
    ('audit_anchor', '0:0000000000000000000000000000000000000000000000000000000000000000');
