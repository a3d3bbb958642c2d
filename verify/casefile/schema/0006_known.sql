-- +goose Up
-- Incidents that others have documented, to look up: entries by collection and
-- their own id, and of each collection what the last entry of the ledger says.
CREATE TABLE known_sets (
    name    TEXT PRIMARY KEY,
    seq     INTEGER NOT NULL REFERENCES events (seq),
    at      TEXT NOT NULL,
    file    TEXT NOT NULL,    -- name of the file that was loaded last
    format  TEXT NOT NULL,
    entries INTEGER NOT NULL, -- of the set, those of earlier files included
    digest  TEXT NOT NULL     -- SHA-256 over the entries in the order of their ids
) STRICT;
CREATE TABLE known (
    name TEXT NOT NULL REFERENCES known_sets (name),
    id   TEXT NOT NULL,
    doc  TEXT NOT NULL, -- JSON of verify.Known
    PRIMARY KEY (name, id)
) STRICT;
