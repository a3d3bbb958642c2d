-- +goose Up
-- Which entries of the ledger are about assessments and records of incidents:
-- what they say stands in the events themselves and in texts, so that nothing
-- is kept twice.
CREATE TABLE assessments (
    seq  INTEGER PRIMARY KEY REFERENCES events (seq),
    kind TEXT NOT NULL -- of the event
) STRICT;
