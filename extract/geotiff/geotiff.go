// Package geotiff works out where on earth a georeferenced picture lies, as
// satellite and aerial pictures are: GeoTIFF 1.1 (OGC 19-008r4).
//
// Start at [Keys.Footprint]. It promises: positions are degrees of WGS 84, or
// of a datum that is the same within a few metres; a projection or datum that
// it does not know is an error that names it and never a guess; no value makes
// it panic. It reads no file: the caller hands over the values of the tags.
//
// Known are geographic systems; Transverse Mercator, with that UTM, by its
// parameters or its code; Web Mercator and World Mercator. Formulas: Karney,
// "Transverse Mercator with an accuracy of a few nanometers" (2011), equations
// 7 to 35 to the sixth order; IOGP Guidance Note 7-2.
package geotiff

import (
	"errors"
	"fmt"
	"math"
	"strings"
)

// The tags of a TIFF directory that belong to GeoTIFF.
const (
	TagPixelScale     = 0x830e
	TagTiepoints      = 0x8482
	TagTransformation = 0x85d8
	TagDirectory      = 0x87af
	TagDoubles        = 0x87b0
	TagASCII          = 0x87b1
)

// Keys is what the tags of a directory hold, empty where one is missing.
type Keys struct {
	Width, Height  int // pixels
	PixelScale     []float64
	Tiepoints      []float64
	Transformation []float64
	Directory      []uint16
	Doubles        []float64
	ASCII          string
}

// LatLon is a position in degrees, north and east positive.
type LatLon struct{ Latitude, Longitude float64 }

// Footprint is the ground that a picture covers.
type Footprint struct {
	System  string    // "EPSG:32637", or what the file calls it
	Corners [4]LatLon // clockwise from the picture's upper left
	Centre  LatLon
	RadiusM float64 // metres from the centre to the farthest corner
}

// Errors of [Keys.Footprint].
var (
	ErrNone    = errors.New("the picture is not georeferenced")
	errDamaged = errors.New("the georeference is damaged")
)

// UnknownError is of a system that this package cannot turn into degrees.
type UnknownError struct{ System string }

func (e *UnknownError) Error() string {
	return fmt.Sprintf("the reference system %s is not among those that are read", e.System)
}

// The keys of a GeoKey directory that are read.
const (
	keyModelType     = 1024
	keyRasterType    = 1025
	keyCitation      = 1026
	keyGeographic    = 2048
	keyDatum         = 2050
	keyAngularUnits  = 2054
	keyEllipsoid     = 2056
	keySemiMajor     = 2057
	keyInvFlattening = 2059
	keyProjected     = 3072
	keyProjCitation  = 3073
	keyTransform     = 3075
	keyLinearUnits   = 3076
	keyNatOriginLon  = 3080
	keyNatOriginLat  = 3081
	keyFalseEasting  = 3082
	keyFalseNorthing = 3083
	keyScale         = 3092

	modelProjected  = 1
	modelGeographic = 2
	pixelIsPoint    = 2
	userDefined     = 32767
)

// Footprint says where the picture lies. The error is [ErrNone] where it says
// nothing of that, and an [*UnknownError] where it says so in a system that is
// not known here.
func (k Keys) Footprint() (Footprint, error) {
	if len(k.Directory) == 0 {
		return Footprint{}, ErrNone
	}
	place, err := k.pixels()
	if err != nil {
		return Footprint{}, err
	}
	system, name, err := k.system()
	if err != nil {
		return Footprint{}, err
	}
	f := Footprint{System: name}
	w, h := float64(k.Width), float64(k.Height)
	for i, p := range [4][2]float64{{0, 0}, {w, 0}, {w, h}, {0, h}} {
		if f.Corners[i], err = system(place(p[0], p[1])); err != nil {
			return Footprint{}, err
		}
	}
	if f.Centre, err = system(place(w/2, h/2)); err != nil {
		return Footprint{}, err
	}
	for _, c := range f.Corners {
		f.RadiusM = max(f.RadiusM, distance(f.Centre, c))
	}
	return f, nil
}

// pixels gives the map from pixels, counted from the upper left corner of the
// picture, to the coordinates of its system (section 7.7 of the standard).
func (k Keys) pixels() (func(x, y float64) (float64, float64), error) {
	if k.Width <= 0 || k.Height <= 0 {
		return nil, errDamaged
	}
	shift := 0.0
	if k.short(keyRasterType) == pixelIsPoint {
		shift = -0.5 // its coordinates are those of the middle of a pixel
	}
	var a [6]float64
	switch m, t, s := k.Transformation, k.Tiepoints, k.PixelScale; {
	case len(m) >= 8:
		a = [6]float64{m[0], m[1], m[3], m[4], m[5], m[7]}
	case len(t) >= 6 && len(s) >= 2 && s[0] != 0 && s[1] != 0:
		a = [6]float64{s[0], 0, t[3] - t[0]*s[0], 0, -s[1], t[4] + t[1]*s[1]}
	default:
		return nil, ErrNone
	}
	for _, v := range a {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return nil, errDamaged
		}
	}
	return func(x, y float64) (float64, float64) {
		x, y = x+shift, y+shift
		return a[0]*x + a[1]*y + a[2], a[3]*x + a[4]*y + a[5]
	}, nil
}

// find gives the location and the value of a key.
func (k Keys) find(key uint16) (location, count, value uint16, ok bool) {
	for i := 4; i+3 < len(k.Directory); i += 4 {
		if k.Directory[i] == key {
			return k.Directory[i+1], k.Directory[i+2], k.Directory[i+3], true
		}
	}
	return 0, 0, 0, false
}

// short is the value of a key that stands in the directory itself, else 0.
func (k Keys) short(key uint16) int {
	if location, _, v, ok := k.find(key); ok && location == 0 {
		return int(v)
	}
	return 0
}

// double is the value of a key among the doubles, else otherwise.
func (k Keys) double(key uint16, otherwise float64) float64 {
	location, _, at, ok := k.find(key)
	if !ok || location != TagDoubles || int(at) >= len(k.Doubles) {
		return otherwise
	}
	return k.Doubles[at]
}

// text is the value of a key among the texts, else "".
func (k Keys) text(key uint16) string {
	location, n, at, ok := k.find(key)
	if !ok || location != TagASCII || int(at) >= len(k.ASCII) {
		return ""
	}
	s := k.ASCII[at:min(int(at)+int(n), len(k.ASCII))]
	return strings.TrimRight(s, "|\x00 ")
}

// distance is that of the great circle on a sphere, metres.
func distance(a, b LatLon) float64 {
	const radius = 6_371_008.8
	dLat, dLon := rad(b.Latitude-a.Latitude)/2, rad(b.Longitude-a.Longitude)/2
	h := math.Pow(math.Sin(dLat), 2) + math.Cos(rad(a.Latitude))*math.Cos(rad(b.Latitude))*math.Pow(math.Sin(dLon), 2)
	return 2 * radius * math.Asin(math.Min(1, math.Sqrt(h)))
}

func rad(degrees float64) float64 { return degrees * math.Pi / 180 }
func deg(radians float64) float64 { return radians * 180 / math.Pi }
