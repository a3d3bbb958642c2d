// Package gazetteer finds the places that a text names, in Ukrainian,
// Russian, Arabic and Latin spellings, and says where they lie.
//
// Start at [World] for the places of the whole world, [Gazetteer.With] for
// those that a case adds, [Gazetteer.FindAll] for the captions of a case and
// [Gazetteer.Find] for one text alone.
//
// A text is read in four steps:
//
//  1. It is taken apart into words, each folded: see [Fold].
//  2. A word, or the longest row of words, that is a name or an inflected
//     form of one (see [Bases]) may be a mention.
//  3. What speaks for and against a place is weighed: see judge.go. A word
//     of the language, a person's name, a small place without anything that
//     points at one, are left alone: a place that nobody meant misleads more
//     than one that is missed.
//  4. Places of one name are put in order by how many people live there, and,
//     with the captions of a case at hand, by what lies near.
//
// It promises: results depend on the arguments alone; the work is bounded,
// however long the text; nothing is looked up outside the program.
package gazetteer

import (
	"math"

	"github.com/firsthand-media/firsthand/verify/gazetteer/atlas"
)

// Place is one place of a gazetteer. RadiusM is how far from its middle what
// is said to be there may lie.
type Place struct {
	ID         int64  // of GeoNames; below zero for a place of the case
	Name       string // as GeoNames writes it, or as the case does
	Country    string // ISO 3166-1 alpha-2, "" when not known
	Admin      string // first-order division, in GeoNames' code; "" when not known
	Lat, Lon   float64
	RadiusM    float64 // metres
	Population int64   // 0 when not known
	Own        bool    // the case says so itself
}

// Mention is a place named in a text.
type Mention struct {
	Text       string  // as written
	Start, End int     // bytes of the text
	Places     []Place // that it may mean, the likeliest first; never empty, at most eight
}

// Point is a position in degrees.
type Point struct{ Lat, Lon float64 }

// Gazetteer finds places. It is never changed once made, and any number of
// goroutines may use it.
type Gazetteer struct {
	table *atlas.Atlas
	forms *inflections
	stop  *lists
	own   *ownPlaces // nil for none

	version string
}

// most is how many places one mention is said to mean at most.
const most = 8

// place gives a row of the table.
func (g *Gazetteer) place(i int32) Place {
	p := g.table.Place(i)
	return Place{ID: p.ID, Name: p.Name, Country: p.Country, Admin: p.Admin, Lat: p.Lat, Lon: p.Lon,
		RadiusM: radius(p.Population), Population: p.Population}
}

// radius is how far a town of so many people reaches from its middle: one of
// a million about 10 km.
func radius(population int64) float64 {
	return min(max(10*math.Sqrt(float64(population)), 1000), 30000)
}

// distance is that of two points on the ground, in km (haversine).
func distance(a, b Point) float64 {
	const rad, earth = math.Pi / 180, 6371.0
	dLat, dLon := (b.Lat-a.Lat)*rad/2, (b.Lon-a.Lon)*rad/2
	h := math.Sin(dLat)*math.Sin(dLat) + math.Cos(a.Lat*rad)*math.Cos(b.Lat*rad)*math.Sin(dLon)*math.Sin(dLon)
	return 2 * earth * math.Asin(math.Sqrt(min(h, 1)))
}
