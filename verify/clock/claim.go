package clock

import (
	"cmp"
	"slices"
	"time"

	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/verify"
)

// Claims are what the item and its sightings say of when it was made, what
// speaks best of it first: what a person stated; a corrected clock; a clock
// that knows its zone; the satellite time, which corrects the clock where they
// differ; a clock in the zone that a person gave; a clock without a zone; then
// what knows no more than the day; and last the names that cameras give. Times
// that only bound it are none.
func Claims(it *verify.Item) []extract.Time {
	var claims []extract.Time
	add := func(times []extract.Time) {
		for _, t := range times {
			if t.IsCapture() && !t.Latest.IsZero() {
				claims = append(claims, t)
			}
		}
	}
	add(it.Media.Times)
	for i := range it.Sightings {
		add(it.Sightings[i].Times)
	}
	slices.SortStableFunc(claims, func(a, b extract.Time) int { return cmp.Compare(claimRank(a), claimRank(b)) })
	return claims
}

// Claim is the first of [Claims], nil where there is none.
func Claim(it *verify.Item) *extract.Time {
	claims := Claims(it)
	if len(claims) == 0 {
		return nil
	}
	return &claims[0]
}

func claimRank(t extract.Time) int {
	rank := 2
	switch {
	case t.Kind == extract.StatedByHand:
		return 0
	case t.IsCorrected():
		return 1
	case t.Kind == extract.GPS:
		rank = 3
	case t.IsZoned():
		rank = 4
	case t.Zone == extract.Floating:
		rank = 5
	}
	if t.Precision == extract.Day || t.Zone != extract.Floating && t.Latest.Sub(t.Earliest) >= 24*time.Hour {
		rank += 4
	}
	if t.Kind == extract.FileName {
		rank += 8
	}
	return rank
}
