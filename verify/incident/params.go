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

	// Threshold is the bits above which two groups are one event.
	Threshold float64
	// Margin is the least lead, in bits, that a member has over being
	// elsewhere. What has less, but more than Possible, is shown beside.
	Margin, Possible float64
	// AtomsPerEvent estimates the number of events, hence the prior that two
	// files show the same one. Half of the published events in the Civilian
	// Harm in Ukraine TimeMap have a single source.
	AtomsPerEvent float64
	// Crowd is how much likelier, in bits for each doubling of its pictures, an
	// event is to be the one that a further file shows.
	Crowd float64
	// Stake is how much surer, in bits for each doubling of the smaller of two
	// groups, their join must be: a wrong one mixes the more.
	Stake float64

	// Window is how far apart in time two files of one event can lie.
	Window time.Duration
	// Recycled is how long after its first appearance a picture counts as
	// used again. 95 % of first posts follow within 55 h of the event day.
	Recycled time.Duration
	// Reused is how long after it a picture counts as used again when the post
	// fits another event by ReusedBits better than that of the picture.
	Reused     time.Duration
	ReusedBits float64
	// StaleClock: a clock without a zone that is earlier than the first post
	// by more than this was wrong.
	StaleClock time.Duration
	// ZoneDoubt is the share of floating clocks that ran in another zone than
	// the case's.
	ZoneDoubt float64

	// From the start of an event to the first post and to the capture.
	PostLag, CaptureLag Lag

	// How often evidence has nothing to do with the place of the event, or
	// with what was hit there.
	WrongFix, WrongPlace, WrongName, WrongWord, WrongObject float64

	// Again is how many further events lie within 15 km and about AgainFor of
	// one.
	Again    float64
	AgainFor time.Duration

	Album       float64 // one post: of 200 posts of the project's study one speaks of two events
	PartCopy    float64 // one shows a part of the other: clip, frame or crop
	Scene       float64 // other shots of one place
	Hand        float64 // share of the captures of one event, within HandWindow, that are of one device or contributor
	HandWindow  time.Duration
	BurstWithin time.Duration
	Forward     float64 // one was forwarded from the other's account
	Burst       float64 // share of the posts of one event, within BurstWithin, that are of one account
	Routine     float64 // a greeting, weather or advertisement
	Blind       float64 // says nothing but when it was posted

	// LoneBits is the least own evidence by which a single atom is proposed
	// as an incident.
	LoneBits float64
}

// Lag is a density of the time from an event's start: a lognormal one, as
// reaction times are, with a long tail.
type Lag struct {
	Median, Tail, BeforeFor time.Duration
	Spread                  float64 // standard deviation of the logarithm
	TailShare               float64
	Before                  float64 // share that lies before the start: clocks differ
}

// Automatic is the setting for use without looking: it would rather leave two
// halves of an event apart, which a person joins with one click, than mix two
// events, which a person must first notice.
func Automatic() Params {
	p := Balanced()
	p.Threshold, p.Margin = 1, 1.6
	p.Crowd, p.Stake = 0.4, 2
	return p
}

// Balanced weighs missed and wrong joins alike: more is grouped, and more of
// it must be looked at.
//
// What one event is like is of the project's study of 1,219 published
// incidents where it was measured there: how long after them posts come, and
// that each has about one other within 15 km and a day, of which a fifth lie
// within 1 km. How common each place, name and kind of building is, how
// crowded the time, which accounts are local, and how much it says that two
// files are of one account or hand, every case teaches itself: [Statistics].
// The thresholds were chosen on synthetic cases made from the study's tables:
// seeds 1-5, and 101-139 with drawn pictures; of 2,000 events seeds 7 and 31,
// with the copies of their truth, of which one in fourteen was taken away; never
// 11-20.
func Balanced() Params {
	return Params{
		Threshold:     -1,
		Margin:        0,
		Possible:      -3,
		AtomsPerEvent: 3,
		Crowd:         0.8,

		Window:     96 * time.Hour,
		Recycled:   8 * 24 * time.Hour,
		Reused:     44 * time.Hour,
		ReusedBits: 4,
		StaleClock: 10 * 24 * time.Hour,
		ZoneDoubt:  0.15,

		PostLag:    Lag{Median: 4 * time.Hour, Spread: 1.2, Tail: 48 * time.Hour, TailShare: 0.05, BeforeFor: 2 * time.Hour, Before: 0.02},
		CaptureLag: Lag{Median: time.Hour, Spread: 1.1, Tail: 12 * time.Hour, TailShare: 0.05, BeforeFor: 2 * time.Hour, Before: 0.03},

		WrongFix: 0.001, WrongPlace: 0.06, WrongName: 0.35, WrongWord: 0.8, WrongObject: 0.12,

		Again: 1, AgainFor: 36 * time.Hour,

		Album:      12,
		PartCopy:   6,
		Scene:      3,
		Hand:       0.7,
		HandWindow: 6 * time.Hour,
		Forward:    1.5,
		Burst:      0.4, BurstWithin: 15 * time.Minute,
		Routine: -8,
		Blind:   -0.5,

		LoneBits: 2,
	}
}

// Usable says whether the settings can be used. Those of an older version and
// the zero value cannot.
func (p Params) Usable() bool { return p.check() == nil }

func (p Params) check() error {
	if p.WrongPlace <= 0 || p.WrongFix <= 0 || p.WrongObject <= 0 {
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
