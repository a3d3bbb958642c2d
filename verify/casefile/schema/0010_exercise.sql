-- +goose Up
-- What the case of an exercise is of, and how far a learner has come in it: the
-- exercise as it was packed, the entry that holds the answer to each subject, the
-- hints that were taken, what was handed in, and the key once it was opened. A
-- real case has no row in any of them.
CREATE TABLE exercise (
    seq      INTEGER PRIMARY KEY REFERENCES events (seq),
    pack     TEXT NOT NULL, -- SHA-256, hexadecimal
    document BLOB NOT NULL  -- JSON of exercise.Exercise
) STRICT;
CREATE TABLE exercise_answers (
    task    TEXT NOT NULL,
    subject TEXT NOT NULL,
    seq     INTEGER NOT NULL REFERENCES events (seq),
    PRIMARY KEY (task, subject)
) STRICT;
CREATE TABLE exercise_hints (
    task  TEXT NOT NULL,
    taken INTEGER NOT NULL, -- 1 for the first
    seq   INTEGER NOT NULL REFERENCES events (seq),
    PRIMARY KEY (task, taken)
) STRICT;
CREATE TABLE exercise_hand_ins (
    seq     INTEGER PRIMARY KEY REFERENCES events (seq),
    name    TEXT NOT NULL,
    minutes INTEGER NOT NULL
) STRICT;
CREATE TABLE exercise_key (
    seq      INTEGER PRIMARY KEY REFERENCES events (seq),
    document BLOB NOT NULL -- JSON of exercise.Key
) STRICT;
