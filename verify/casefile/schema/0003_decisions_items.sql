-- +goose Up
-- A decision may speak of a second incident and of its items, and may have
-- been made to prevail over what it contradicts.
ALTER TABLE decisions ADD COLUMN other TEXT NOT NULL DEFAULT '';
ALTER TABLE decisions ADD COLUMN others TEXT NOT NULL DEFAULT '[]';
ALTER TABLE decisions ADD COLUMN left_there TEXT NOT NULL DEFAULT '[]';
ALTER TABLE decisions ADD COLUMN newer_wins INTEGER NOT NULL DEFAULT 0;
