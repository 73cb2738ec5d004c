-- The recordings of talks: what exists, under which call and ticket, and how far it has come.
-- The audio itself stays with the carrier, and its address is never kept: no page or link can lead to it by accident.
-- Times are microseconds since 1970 in UTC. A test holds this file equal to the migrated database, SQLite and PostgreSQL.

CREATE TABLE recordings (
    id               TEXT    NOT NULL,  -- the carrier's recording id (RE...)
    call_id          TEXT    NOT NULL,  -- the caller's call (CA...)
    ticket           TEXT,              -- the company's case, 26-000123-3
    state            TEXT    NOT NULL,  -- in-progress, completed, absent or failed as reported, deleted in the end
    source           TEXT    NOT NULL,  -- what was recorded: Conference for a talk
    channels         INTEGER,
    duration_seconds INTEGER,
    reported_at      BIGINT  NOT NULL,
    CONSTRAINT recordings_pk PRIMARY KEY (id),
    CONSTRAINT recordings_call_id_fk FOREIGN KEY (call_id) REFERENCES calls (id)
);

CREATE INDEX recordings_call_id_ix ON recordings (call_id);
CREATE INDEX recordings_ticket_ix ON recordings (ticket);
