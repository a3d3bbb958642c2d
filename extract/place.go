package extract

import (
	"math"
	"slices"

	"github.com/firsthand-media/firsthand/extract/container"
	"github.com/firsthand-media/firsthand/extract/source"
)

// fieldGPS is the name that ExifTool gives latitude and longitude together.
const fieldGPS = "Composite:GPSPosition"

// Bounds of altitude, metres: below the deepest mine, above what aircraft and
// their cameras reach.
const (
	lowestAltitude  = -11_000
	highestAltitude = 40_000
)

// containerPlaces turns the positions of a container into places.
func containerPlaces(positions []container.Position, f *findings) []Place {
	var out []Place
	for _, p := range positions {
		if !onGlobe(p.Latitude, p.Longitude) {
			f.add("invalid-position", source.Warning, p.Field, "the position %q is outside the globe", clip(p.Raw))
			continue
		}
		out = append(out, Place{
			Kind: PlaceContainer, Latitude: &p.Latitude, Longitude: &p.Longitude,
			AltitudeM: p.Altitude, AccuracyM: p.Accuracy, Name: Text(p.Name), Field: p.Field, Raw: p.Raw,
		})
	}
	return out
}

func onGlobe(lat, lon float64) bool { return math.Abs(lat) <= 90 && math.Abs(lon) <= 180 } // false for NaN

// isNullIsland tells a position of exactly zero, which is open sea and what
// devices write that have no fix.
func (p Place) isNullIsland() bool {
	return p.Latitude != nil && p.Longitude != nil && *p.Latitude == 0 && *p.Longitude == 0
}

// samePlace is how far apart two writings of one position may be, degrees:
// about eleven metres, more than rounding and less than a street.
const samePlace = 1e-4

// farApart is from where two positions of one file are called two, degrees:
// about a kilometre.
const farApart = 0.01

// foldPlaces leaves one of several places that are the same claim: a position
// that XMP copied from EXIF, a name that stands in XMP and IPTC. Positions of
// one kind that are far apart are a finding.
func foldPlaces(ps []Place, f *findings) []Place {
	out := []Place{}
	for _, p := range ps {
		if !slices.ContainsFunc(out, p.repeats) {
			if i := slices.IndexFunc(out, p.contradicts); i >= 0 {
				f.add("position-disagree", source.Warning, p.Field, "%s and %s state different positions", out[i].Field, p.Field)
			}
			out = append(out, p)
		}
	}
	return out
}

func (p Place) repeats(have Place) bool {
	if p.Kind != have.Kind {
		return false
	}
	if p.Latitude == nil || have.Latitude == nil {
		return p.Latitude == nil && have.Latitude == nil && p.Name == have.Name
	}
	return p.within(have, samePlace) && (p.Name == "" || p.Name == have.Name)
}

// within compares latitude and longitude each, as the file writes them.
func (p Place) within(q Place, degrees float64) bool {
	return math.Abs(*p.Latitude-*q.Latitude) <= degrees && math.Abs(*p.Longitude-*q.Longitude) <= degrees
}

func (p Place) contradicts(have Place) bool {
	return p.Kind == PlaceEXIF && have.Kind == PlaceEXIF && !p.within(have, farApart)
}

// BestPlace gives the first position that can be one, nil when there is none:
// exactly zero is none, and what a receiver wrote goes before what a person
// wrote. Of places without a position none is the best.
func BestPlace(ps []Place) *Place {
	var best *Place
	for i, p := range ps {
		if p.Latitude != nil && !p.isNullIsland() && (best == nil || best.Kind == PlaceCaption && p.Kind != PlaceCaption) {
			out := ps[i]
			best = &out
		}
	}
	return best
}

// checkNullIsland reports positions that are none.
func checkNullIsland(ps []Place, f *findings) {
	for _, p := range ps {
		if p.isNullIsland() {
			f.add("null-island", source.Warning, p.Field, "the position is exactly 0 north, 0 east, which devices write when they have none")
		}
	}
}

// fieldFootprint is the field of the place that a georeferenced picture covers.
const fieldFootprint = "GeoTIFF:Footprint"

// FromAbove says whether a picture was taken from so far above that it shows a
// stretch of land and no event: a satellite's, or one like it.
func (m *Media) FromAbove() bool {
	return slices.ContainsFunc(m.Places, func(p Place) bool { return p.Field == fieldFootprint })
}
