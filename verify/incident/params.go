package incident

import (
	"errors"
	"fmt"
	"time"
)

// Params are the settings of a grouping. Weights are in bits: log2 of how
// much likelier the evidence is within one event than between two.
type Params struct {
	Workers int // goroutines; 0 takes all processors

	// Threshold is the mean of bits over all pairs of two groups above which
	// they are one event.
	Threshold float64
	// AtomsPerEvent estimates the number of events, hence the prior that two
	// files show the same one. Half of the published events in the Civilian
	// Harm in Ukraine TimeMap have a single source.
	AtomsPerEvent float64
	// VetoBits and VetoShare: two groups stay apart when at least this share
	// of their pairs speaks against it by at least so much.
	VetoBits, VetoShare float64

	// Window is how far apart in time two files of one event can lie.
	Window time.Duration
	// Recycled is how long after its first appearance a picture counts as
	// used again. 95 % of first posts follow within 55 h of the event day.
	Recycled time.Duration
	// StaleClock: a clock without a zone that is earlier than the first post
	// by more than this was wrong.
	StaleClock time.Duration
	// ZoneDoubt is the share of floating clocks that ran in another zone than
	// the case's.
	ZoneDoubt float64

	// Time densities: each is a mixture of two exponentials. Between two files
	// for pairs, from the start of the event for groups.
	Posts, Captures, CaptureToPost Gap
	PostLag, CaptureLag            Gap

	Near    []Step  // GPS against GPS, by kilometres
	FarBits float64 // beyond the last step
	// Named is the same for a position against the learnt position of a name.
	Named    []Step
	FarNamed float64

	NameCap     float64 // most that a shared name may count
	WordCap     float64 // most that a shared rare word may count
	OtherName   float64 // both captions name something, and nothing alike
	Habit       float64 // the account keeps to the place that the other names
	OtherHabit  float64 // it keeps to another
	SameObject  float64 // both speak of a hospital
	OtherObject float64 // one of a hospital, the other of a school
	Album       float64 // one post
	PartCopy    float64 // one shows a part of the other: clip, frame or crop
	Scene       float64 // other shots of one place
	Hand        float64 // same device or contributor within HandWindow
	HandWindow  time.Duration
	Forward     float64 // one was forwarded from the other's account
	Routine     float64 // a greeting, weather or advertisement
	Blind       float64 // neither side says anything but when it was posted

	// LoneBits is the least own evidence by which a single atom is proposed
	// as an incident.
	LoneBits float64
}

// Gap is a density of time differences: Share of them fall off with Short,
// the others with Long.
type Gap struct {
	Share       float64
	Short, Long time.Duration
	Before      float64 // share of gaps that run the other way; 0.5 for a symmetric density
}

// Step gives the bits for a distance below Km.
type Step struct {
	Km, Bits float64
}

// Automatic is the setting for use without looking: it would rather leave two
// halves of an event apart, which a person joins with one click, than mix two
// events, which a person must first notice.
//
// The weights are those of the project's study of 1,219 published incidents
// where one was measured there; the thresholds were chosen on synthetic cases
// made from them.
func Automatic() Params {
	return Params{
		Threshold:     0.5,
		AtomsPerEvent: 3,
		VetoBits:      -9,
		VetoShare:     0.2,

		Window:     96 * time.Hour,
		Recycled:   8 * 24 * time.Hour,
		StaleClock: 10 * 24 * time.Hour,
		ZoneDoubt:  0.15,

		Posts:         Gap{Share: 0.75, Short: 6 * time.Hour, Long: 24 * time.Hour, Before: 0.5},
		Captures:      Gap{Share: 0.75, Short: 2 * time.Hour, Long: 12 * time.Hour, Before: 0.5},
		CaptureToPost: Gap{Share: 0.75, Short: 5 * time.Hour, Long: 24 * time.Hour, Before: 0.15},
		PostLag:       Gap{Share: 0.75, Short: 4 * time.Hour, Long: 24 * time.Hour, Before: 0.02},
		CaptureLag:    Gap{Share: 0.75, Short: 90 * time.Minute, Long: 8 * time.Hour, Before: 0.05},

		Near:     []Step{{0.35, 6}, {1, 3}, {4, 0}, {10, -3}},
		FarBits:  -20,
		Named:    []Step{{6, 3}, {12, 1.5}, {25, -2}},
		FarNamed: -14,

		NameCap:     5,
		WordCap:     2,
		OtherName:   -4,
		Habit:       2,
		OtherHabit:  0,
		SameObject:  2.5,
		OtherObject: -4,
		Album:       9,
		PartCopy:    6,
		Scene:       3,
		Hand:        4.5,
		HandWindow:  6 * time.Hour,
		Forward:     1.5,
		Routine:     -8,
		Blind:       -1,

		LoneBits: 2,
	}
}

// Balanced weighs missed and wrong joins alike: more is grouped, and more of
// it must be looked at.
func Balanced() Params {
	p := Automatic()
	p.Threshold, p.Blind = -0.5, 0
	return p
}

func (p Params) check() error {
	if len(p.Near) == 0 || len(p.Named) == 0 {
		return errors.New("grouping settings are empty: start from Automatic or Balanced")
	}
	if p.Window <= 0 || p.Window > 60*24*time.Hour {
		return fmt.Errorf("grouping window %v: must be over 0 and at most 60 days", p.Window)
	}
	if p.AtomsPerEvent < 1 {
		return fmt.Errorf("atoms per event %g: must be at least 1", p.AtomsPerEvent)
	}
	return nil
}
