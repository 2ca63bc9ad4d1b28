-- Wrong PINs of a client in the running window. client: its address (the net of an IPv6 one); '' counts all of them together.

CREATE TABLE pin_attempt (
    client TEXT NOT NULL PRIMARY KEY,
    since_ms INTEGER NOT NULL,
    attempts INTEGER NOT NULL
) WITHOUT ROWID;
