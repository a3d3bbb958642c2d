-- +goose Up
-- The tables of a case. README.md in the folder above says what they mean.
-- Digests are SHA-256 in lower-case hexadecimal; times are whole seconds since
-- 1970 UTC and nanoseconds apart, so that any file time fits.

PRAGMA application_id = 1179140947;

CREATE TABLE case_info (
    one     INTEGER PRIMARY KEY CHECK (one = 1),
    id      TEXT NOT NULL,
    created TEXT NOT NULL, -- RFC 3339
    tool    TEXT NOT NULL
) STRICT;

CREATE TABLE events (
    seq   INTEGER PRIMARY KEY,
    entry BLOB NOT NULL -- canonical JSON, the leaf of the Merkle tree
) STRICT;

CREATE TABLE checkpoints (
    size INTEGER PRIMARY KEY,
    note BLOB NOT NULL -- signed note, as in checkpoints.txt
) STRICT;

CREATE TABLE sources (
    name     TEXT PRIMARY KEY,
    dir      TEXT NOT NULL,
    sidecars TEXT NOT NULL DEFAULT 'null',
    scan     INTEGER NOT NULL DEFAULT 0 -- the last that closed it
) STRICT;

CREATE TABLE scans (
    id      INTEGER PRIMARY KEY,
    began   TEXT NOT NULL,
    ended   TEXT NOT NULL DEFAULT '', -- '' while it runs or when it was interrupted
    info    TEXT NOT NULL,
    summary TEXT NOT NULL DEFAULT 'null'
) STRICT;

CREATE TABLE items (
    digest   TEXT PRIMARY KEY,
    size     INTEGER NOT NULL,
    kind     TEXT NOT NULL,
    unread   INTEGER NOT NULL, -- 1 when the media has an error
    version  TEXT NOT NULL,    -- of the pipeline that examined it
    path     TEXT,             -- first of its present sightings; NULL when all are gone
    media    TEXT NOT NULL,    -- JSON of extract.Media, without its findings
    findings TEXT NOT NULL,    -- JSON of those
    sampling TEXT NOT NULL,
    record   TEXT NOT NULL,    -- SHA-256 over the row; also in the event that wrote it
    frames   BLOB NOT NULL     -- see frames.go; last, so that a listing need not read it
) STRICT;
CREATE INDEX items_path ON items (path, digest);

CREATE TABLE sightings (
    source   TEXT NOT NULL,
    rel      BLOB NOT NULL, -- bytes as on disk
    digest   TEXT NOT NULL REFERENCES items (digest),
    path     TEXT NOT NULL, -- as shown
    account  TEXT NOT NULL,
    size     INTEGER NOT NULL,
    mtime_s  INTEGER NOT NULL,
    mtime_ns INTEGER NOT NULL,
    claims   TEXT NOT NULL, -- JSON: records, times, places
    findings TEXT NOT NULL, -- JSON of the sighting's own
    extra    TEXT NOT NULL, -- JSON of findings handed in beside it
    record   TEXT NOT NULL, -- SHA-256 over the row; also in the event that wrote it
    scan     INTEGER NOT NULL,
    gone     INTEGER,       -- the scan that no longer found it
    PRIMARY KEY (source, rel, digest)
) STRICT;
CREATE INDEX sightings_digest ON sightings (digest, path);
CREATE INDEX sightings_path ON sightings (path);

CREATE TABLE findings (
    ord     INTEGER PRIMARY KEY,
    origin  TEXT NOT NULL, -- "source/NAME" or "check/NAME"
    finding TEXT NOT NULL
) STRICT;
CREATE INDEX findings_origin ON findings (origin, ord);

CREATE TABLE matches (ord INTEGER PRIMARY KEY, doc TEXT NOT NULL) STRICT;
CREATE TABLE clusters (ord INTEGER PRIMARY KEY, doc TEXT NOT NULL) STRICT;
CREATE TABLE incidents (ord INTEGER PRIMARY KEY, doc TEXT NOT NULL) STRICT;

CREATE TABLE decisions (
    seq      INTEGER PRIMARY KEY REFERENCES events (seq),
    at       TEXT NOT NULL,
    kind     TEXT NOT NULL,
    incident TEXT NOT NULL,
    subjects TEXT NOT NULL,
    actor    TEXT NOT NULL,
    reason   TEXT, -- NULL once erased
    salt     BLOB  -- the event holds HMAC-SHA256(salt, reason)
) STRICT;
CREATE INDEX decisions_incident ON decisions (incident, seq);

CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;

-- The ledger grows and never changes. These triggers keep a mistake in the
-- program from breaking that; the Merkle tree shows what goes past them.
-- +goose StatementBegin
CREATE TRIGGER events_kept BEFORE UPDATE ON events BEGIN SELECT RAISE(ABORT, 'events are never changed'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER events_not_dropped BEFORE DELETE ON events BEGIN SELECT RAISE(ABORT, 'events are never deleted'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER checkpoints_kept BEFORE UPDATE ON checkpoints BEGIN SELECT RAISE(ABORT, 'checkpoints are never changed'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER checkpoints_not_dropped BEFORE DELETE ON checkpoints BEGIN SELECT RAISE(ABORT, 'checkpoints are never deleted'); END;
-- +goose StatementEnd
