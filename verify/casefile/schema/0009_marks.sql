-- +goose Up
-- Which entries of the ledger are marks that people made of items: what they
-- say stands in the events themselves and in texts.
CREATE TABLE marks (
    seq INTEGER PRIMARY KEY REFERENCES events (seq)
) STRICT;
