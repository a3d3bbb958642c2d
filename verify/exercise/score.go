package exercise

import "github.com/firsthand-media/firsthand/verify/locale"

// Score is what answers amount to against a key.
type Score struct {
	Points float64     `json:"points"` // rounded to hundredths; the parts are rounded each by itself
	Of     int         `json:"of"`
	Tasks  []TaskScore `json:"tasks"` // in the order of the exercise
}

// TaskScore is the score of one task.
type TaskScore struct {
	Task     string         `json:"task"`
	Points   float64        `json:"points"`
	Of       int            `json:"of"`
	Answered int            `json:"answered"` // subjects
	Subjects []SubjectScore `json:"subjects"` // in the order of the task
}

// SubjectScore is the score of one answer.
type SubjectScore struct {
	Subject  string        `json:"subject"`
	Answered bool          `json:"answered"`
	Credit   float64       `json:"credit"` // 0 to 1, not rounded
	Points   float64       `json:"points"`
	Of       float64       `json:"of"` // its share of the task's points, rounded likewise
	Lines    []locale.Text `json:"-"`  // why, step by step
}

// Agreement is how far learners gave the same answers to one task.
type Agreement struct {
	Task     string `json:"task"`
	Learners int    `json:"learners"` // who answered any of it
	Subjects int    `json:"subjects"` // that two or more answered
	LeftOut  int    `json:"left_out"` // that fewer answered
	// Kappa, Observed and Expected are of choices alone: [assess.FleissKappa]
	// with the options as categories. Each is null where it cannot be told.
	Kappa    *float64 `json:"kappa"`
	Observed *float64 `json:"observed"`
	Expected *float64 `json:"expected"`
	// Overlap is of intervals and places alone: the share of Pairs, pairs of
	// learners who answered the same subject, whose answers have an instant or
	// a point in common. Null where there is no pair.
	Pairs   int           `json:"pairs"`
	Overlap *float64      `json:"overlap"`
	Notes   []locale.Text `json:"-"` // what was left out, and why there is no kappa
}
