package exercise

import "time"

// Standing is how far a learner has come, as the learner's case holds it.
type Standing struct {
	Pack     string         `json:"pack"` // SHA-256 of the pack, hexadecimal
	Exercise Exercise       `json:"exercise"`
	Began    time.Time      `json:"began"`     // UTC
	Answers  []Answer       `json:"answers"`   // in the order of the exercise; none that is blank
	Hints    map[string]int `json:"hints"`     // how many were taken, by task; 0 is left out
	HandedIn bool           `json:"handed_in"` // at least once
	Name     string         `json:"name"`      // of the last hand-in
	Minutes  int            `json:"minutes"`   // likewise
	Key      *Key           `json:"key"`       // nil until it was opened
}

// MediaFolder is the folder beside the case folder in which the files of an
// exercise lie: MediaFolder/SOURCE/relative/path.
const MediaFolder = "media"

// CaseFolder is that of its case, beside it.
const CaseFolder = "case"
