-- +goose Up
-- Which originals were copied into the case, to objects/ab/SHA256, and the last
-- entry of the ledger that says so.
CREATE TABLE collected (
    digest TEXT PRIMARY KEY,
    seq    INTEGER NOT NULL REFERENCES events (seq)
) STRICT;
