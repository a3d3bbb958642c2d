-- +goose Up
-- Free text apart from the ledger, so that it can be erased: the event at seq
-- holds HMAC-SHA256(salt, text) under "texts" by the name of the field. Both
-- are NULL once erased.
CREATE TABLE texts (
    seq   INTEGER NOT NULL REFERENCES events (seq),
    field TEXT NOT NULL,
    text  TEXT,
    salt  BLOB,
    PRIMARY KEY (seq, field)
) STRICT;
INSERT INTO texts (seq, field, text, salt) SELECT seq, 'reason', reason, salt FROM decisions;
ALTER TABLE decisions DROP COLUMN reason;
ALTER TABLE decisions DROP COLUMN salt;

-- What others have said of a checkpoint: the note that a colleague signed too,
-- or the token of a time-stamping authority.
CREATE TABLE anchors (
    seq      INTEGER PRIMARY KEY REFERENCES events (seq),
    kind     TEXT NOT NULL,    -- "countersignature" or "timestamp"
    size     INTEGER NOT NULL, -- of the checkpoint
    evidence BLOB NOT NULL, -- a signed note, or an RFC 3161 response
    roots    BLOB NOT NULL  -- certificates that a person trusts for it, PEM
) STRICT;

-- Times that stood a moment beside those of their events are now the same.
UPDATE case_info SET created = coalesce((SELECT CAST(entry AS TEXT) ->> '$.at' FROM events WHERE seq = 0), created);
CREATE TEMP TABLE scan_times AS
    SELECT CAST(entry AS TEXT) ->> '$.kind' AS kind, CAST(entry AS TEXT) ->> '$.body.scan' AS scan, CAST(entry AS TEXT) ->> '$.at' AS at
    FROM events WHERE instr(entry, CAST('"kind":"scan-began"' AS BLOB)) OR instr(entry, CAST('"kind":"scan-ended"' AS BLOB));
UPDATE scans SET began = coalesce((SELECT at FROM scan_times WHERE kind = 'scan-began' AND scan = id), began),
    ended = coalesce((SELECT at FROM scan_times WHERE kind = 'scan-ended' AND scan = id), ended);
DROP TABLE scan_times;
