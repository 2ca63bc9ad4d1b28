-- Who has been here, their sessions, and the tokens of programs.

CREATE TABLE person (
    name TEXT NOT NULL,
    method TEXT NOT NULL,
    role TEXT NOT NULL,
    groups TEXT, -- what the role follows from, as the provider gave it
    first_seen_ms INTEGER NOT NULL,
    last_seen_ms INTEGER NOT NULL,
    signed_out_ms INTEGER, -- since they were seen; NULL: they did not
    PRIMARY KEY (name, method)
) WITHOUT ROWID;
CREATE INDEX person_seen ON person (last_seen_ms);

CREATE TABLE api_token (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, -- the audit log names tokens that are gone
    token_hash TEXT NOT NULL UNIQUE, -- SHA-256 of the token, hex
    name TEXT NOT NULL,
    fold TEXT NOT NULL, -- under which no two live ones are alike
    role TEXT NOT NULL,
    created_ms INTEGER NOT NULL,
    created_by TEXT NOT NULL,
    expires_ms INTEGER NOT NULL,
    used_ms INTEGER,
    used_from TEXT,
    revoked_ms INTEGER,
    revoked_by TEXT
);

CREATE TABLE session_008 (
    token_hash TEXT NOT NULL PRIMARY KEY, -- SHA-256 of the token, hex
    made_with TEXT NOT NULL, -- the start of the SHA-256 of the credential (the line in the PIN's file): the session ends with it
    actor TEXT NOT NULL,
    role TEXT NOT NULL,
    created_ms INTEGER NOT NULL,
    seen_ms INTEGER NOT NULL,
    idle_s INTEGER NOT NULL DEFAULT 1800, -- as the mount had them that made it: it lasts no longer at another one, and no other one sweeps it out before
    lifetime_s INTEGER NOT NULL DEFAULT 43200,
    public_id TEXT NOT NULL UNIQUE DEFAULT (lower(hex(randomblob(8)))), -- what people name it by: not made from the token, so that it helps nobody to find that
    address TEXT, -- of the sign-in
    agent TEXT
) WITHOUT ROWID;
INSERT INTO session_008 (token_hash, made_with, actor, role, created_ms, seen_ms)
SELECT token_hash, made_with, actor, role, created_ms, seen_ms FROM session;
DROP TABLE session;
ALTER TABLE session_008 RENAME TO session;
CREATE INDEX session_seen ON session (made_with, seen_ms);
