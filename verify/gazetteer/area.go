package gazetteer

import (
	"cmp"
	"math"
	"slices"

	"github.com/firsthand-media/firsthand/verify/gazetteer/atlas"
)

// Area is a stretch of the earth in degrees. East may be beyond 180, or West
// beyond -180, where it goes across the 180th meridian.
type Area struct{ South, West, North, East float64 }

// Valid says whether every edge is a number and the area is not inside out.
func (a Area) Valid() bool {
	return a.South <= a.North && a.West <= a.East && math.Abs(a.South) <= 90 && math.Abs(a.North) <= 90 &&
		math.Abs(a.West) <= 540 && math.Abs(a.East) <= 540
}

// holds says whether a point lies in the area, at whichever turn of the globe.
func (a Area) holds(lat, lon float64) bool {
	if lat < a.South || lat > a.North {
		return false
	}
	for turn := -360.0; turn <= 360; turn += 360 {
		if lon+turn >= a.West && lon+turn <= a.East {
			return true
		}
	}
	return false
}

// Largest gives the places of an area where most people live, the largest
// first, at most so many of them; those of the case come before all others.
func (g *Gazetteer) Largest(a Area, most int) []Place {
	if !a.Valid() || most <= 0 {
		return nil
	}
	var all []Place
	if g.own != nil {
		for _, p := range g.own.places {
			if a.holds(p.Lat, p.Lon) {
				all = append(all, p)
			}
		}
	}
	type town struct {
		atlas.Place
		row int32
	}
	larger := func(p, q town) int {
		return cmp.Or(cmp.Compare(q.Population, p.Population), cmp.Compare(p.ID, q.ID))
	}
	var top []town // the largest so far: most places fall behind its last at once
	for i := range g.table.Len() {
		p := town{g.table.Place(int32(i)), int32(i)}
		if len(top) == most && larger(top[most-1], p) <= 0 || !a.holds(p.Lat, p.Lon) {
			continue
		}
		at, _ := slices.BinarySearchFunc(top, p, larger)
		top = slices.Insert(top, at, p)
		top = top[:min(most, len(top))]
	}
	for _, p := range top {
		all = append(all, g.place(p.row))
	}
	return all[:min(most, len(all))]
}
