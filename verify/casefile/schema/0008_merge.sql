-- +goose Up
-- The ledgers of cases that were joined to this one, word for word: whose they
-- are, how far they go, and the entry of this ledger that says so.
CREATE TABLE annexes (
    annex       INTEGER PRIMARY KEY,
    case_id     TEXT NOT NULL,
    size        INTEGER NOT NULL,
    root        TEXT NOT NULL,    -- base64
    checkpoints TEXT NOT NULL,    -- SHA-256 over the notes
    seq         INTEGER NOT NULL REFERENCES events (seq)
) STRICT;
CREATE TABLE annex_events (
    annex INTEGER NOT NULL REFERENCES annexes (annex),
    seq   INTEGER NOT NULL,
    entry BLOB NOT NULL,
    PRIMARY KEY (annex, seq)
) STRICT;
CREATE TABLE annex_checkpoints (
    annex INTEGER NOT NULL REFERENCES annexes (annex),
    size  INTEGER NOT NULL,
    note  BLOB NOT NULL,
    PRIMARY KEY (annex, size)
) STRICT;

-- What people did in those cases and was taken over: the entry of this ledger,
-- and which entry of theirs it repeats.
CREATE TABLE adopted (
    seq     INTEGER PRIMARY KEY REFERENCES events (seq),
    case_id TEXT NOT NULL,
    leaf    TEXT NOT NULL,   -- leaf hash of their entry, base64
    eff     INTEGER NOT NULL -- its place in time, nanoseconds since 1970
) STRICT;
CREATE UNIQUE INDEX adopted_leaf ON adopted (leaf);
