-- +goose Up
-- What the run left that the incidents which stand are of: what the case taught
-- (by which they were weighed), and the names that are in use no more.
CREATE TABLE grouping (
    part   TEXT PRIMARY KEY, -- statistics or names
    digest TEXT NOT NULL,    -- SHA-256 of the body; also in the event of the incidents
    body   BLOB NOT NULL     -- JSON
) STRICT;
