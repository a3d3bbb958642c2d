package api

import (
	"fmt"
	"math"
	"slices"

	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/verify"
)

// PlaceClaim is one place that something says of an item.
type PlaceClaim struct {
	Place     Spot     `json:"place"`
	Paths     []string `json:"paths"` // of the sightings that say so; none where the file itself does
	Best      bool     `json:"best"`
	AltitudeM *float64 `json:"altitude_m"`        // above sea level
	Direction *float64 `json:"direction_degrees"` // where the camera pointed, clockwise from north
}

// farApart is from which distance two positions of one item are worth a
// sentence, metres: more than receivers and cities are off.
const farApart = 1000

// placesOf gives all places of an item, the best first, then the file's own.
func (v *View) placesOf(it *verify.Item) ([]PlaceClaim, []Clash) {
	best := v.bestPlace(it)
	out := []PlaceClaim{}
	add := func(p *extract.Place, path string) {
		at := slices.IndexFunc(out, func(c PlaceClaim) bool {
			return c.Place.Field == p.Field && c.Place.Raw == p.Raw && c.Place.Kind == string(p.Kind)
		})
		if at < 0 {
			out = append(out, PlaceClaim{
				Place: *spot(p), Paths: []string{}, AltitudeM: p.AltitudeM, Direction: p.DirectionDegrees,
				Best: best != nil && best.Field == p.Field && best.Raw == p.Raw && best.Kind == p.Kind,
			})
			at = len(out) - 1
		}
		if path != "" {
			out[at].Paths = append(out[at].Paths, path)
		}
	}
	if m := v.Marks[it.Digest]; m.Place != nil {
		add(&m.Place.Place, "")
		out[0].Place.By = m.Place.By
	}
	for i := range it.Media.Places {
		add(&it.Media.Places[i], "")
	}
	for i := range it.Sightings {
		for j := range it.Sightings[i].Places {
			add(&it.Sightings[i].Places[j], it.Sightings[i].Path)
		}
	}
	slices.SortStableFunc(out, func(a, b PlaceClaim) int { return order(b.Best) - order(a.Best) })
	return out, placeClashes(out)
}

func order(first bool) int {
	if first {
		return 1
	}
	return 0
}

// placeClashes names positions that lie so far apart that no one place is
// meant.
func placeClashes(list []PlaceClaim) []Clash {
	out := []Clash{}
	for i := range list {
		for j := i + 1; j < len(list) && len(out) < mostClashes; j++ {
			a, b := &list[i].Place, &list[j].Place
			m, ok := metresBetween(a, b)
			if !ok || m <= farApart+radiusOf(a)+radiusOf(b) || a.Trust == string(extract.TrustNone) || b.Trust == string(extract.TrustNone) {
				continue
			}
			out = append(out, Clash{fmt.Sprintf("%s and %s lie %s apart", capital(a.Label), b.Label, distanceText(m)), i, j})
		}
	}
	return out
}

func radiusOf(s *Spot) float64 {
	if s.RadiusM == nil {
		return 0
	}
	return *s.RadiusM
}

// metresBetween is the distance of two positions; ok is false where one is no
// position.
func metresBetween(a, b *Spot) (m float64, ok bool) {
	if a.Latitude == nil || a.Longitude == nil || b.Latitude == nil || b.Longitude == nil {
		return 0, false
	}
	return verify.Metres(*a.Latitude, *a.Longitude, *b.Latitude, *b.Longitude), true
}

// distanceText writes metres for people.
func distanceText(m float64) string {
	switch {
	case m >= 9950:
		return fmt.Sprintf("%.0f km", math.Round(m/1000))
	case m >= 999.5:
		return fmt.Sprintf("%.1f km", m/1000)
	}
	return fmt.Sprintf("%.0f m", m)
}
