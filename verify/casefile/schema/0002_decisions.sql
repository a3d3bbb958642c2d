-- +goose Up
-- A decision may take back an earlier one: its position, or 0.
ALTER TABLE decisions ADD COLUMN takes_back INTEGER NOT NULL DEFAULT 0;
