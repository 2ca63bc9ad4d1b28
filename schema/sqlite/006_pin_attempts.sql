-- Wrong PINs of the running window: each is a row before it is looked at, and goes when it was the right one. client: its address (the net of an IPv6 one).

CREATE TABLE pin_attempt (
    id INTEGER NOT NULL PRIMARY KEY,
    client TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    window_s INTEGER NOT NULL -- of who counted it: another host over this database that has a shorter one does not sweep it out before
);
CREATE INDEX pin_attempt_client ON pin_attempt (client, at_ms);
CREATE INDEX pin_attempt_at ON pin_attempt (at_ms);

-- Clients that had the right PIN lately: what all others do together does not keep these out.

CREATE TABLE pin_client (
    client TEXT NOT NULL PRIMARY KEY,
    at_ms INTEGER NOT NULL
) WITHOUT ROWID;
