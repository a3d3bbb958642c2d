package exercise

import "time"

// Key is the answers and the whys, which lie sealed in the pack.
type Key struct {
	Format int       `json:"format"`
	Pack   string    `json:"pack"` // SHA-256 of all else in the pack, hexadecimal: a key opens no other
	Tasks  []TaskKey `json:"tasks"`
}

// TaskKey is the key of one task.
type TaskKey struct {
	Task     string       `json:"task"`
	Why      Words        `json:"why"` // what is to be learnt
	Subjects []SubjectKey `json:"subjects"`
}

// SubjectKey is what is right of one subject, in the field of the task's form.
type SubjectKey struct {
	Subject string             `json:"subject"`
	Credit  map[string]float64 `json:"credit"`  // of a choice: 1 for right, less for partly right; 0 for what is not named
	Right   []string           `json:"right"`   // of choices
	When    *WhenKey           `json:"when"`    // of an interval
	Where   *WhereKey          `json:"where"`   // of a place
	Reasons []string           `json:"reasons"` // the good ones
	Why     Words              `json:"why"`
	Partly  map[string]Words   `json:"partly"` // why an option is only partly right, or wrong
}

// WhenKey is the true interval, and the width up to which an answer is as
// narrow as can be known.
type WhenKey struct {
	Earliest     time.Time `json:"earliest"`
	Latest       time.Time `json:"latest"`
	WidthSeconds float64   `json:"width_seconds"`
}

// WhereKey is the true place, and the radius up to which an answer is as
// narrow as can be known.
type WhereKey struct {
	Latitude  float64 `json:"latitude"`
	Longitude float64 `json:"longitude"`
	RadiusM   float64 `json:"radius_m"`
}
