-- Who has been here, and the tokens of programs.

CREATE TABLE person (
    name TEXT NOT NULL,
    method TEXT NOT NULL,
    role TEXT NOT NULL,
    groups TEXT,
    first_seen_ms INTEGER NOT NULL,
    last_seen_ms INTEGER NOT NULL,
    PRIMARY KEY (name, method)
) WITHOUT ROWID;

CREATE TABLE api_token (
    id INTEGER NOT NULL PRIMARY KEY,
    token_hash TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    created_ms INTEGER NOT NULL,
    created_by TEXT NOT NULL,
    expires_ms INTEGER NOT NULL,
    used_ms INTEGER,
    used_from TEXT,
    revoked_ms INTEGER,
    revoked_by TEXT
);
