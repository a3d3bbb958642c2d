package geotiff

import (
	"cmp"
	"fmt"
	"math"
	"slices"
)

// inverse turns coordinates of a system, east and north, into degrees.
type inverse func(east, north float64) (LatLon, error)

// The reference ellipsoids of the known datums: WGS 84 and GRS 80 differ by a
// tenth of a millimetre.
var wgs84 = ellipsoid{6_378_137, 1 / 298.257223563}

// alike are geographic systems whose positions are those of WGS 84 within a few
// metres: WGS 84, ETRS89, NAD83, GDA94, GDA2020, NZGD2000, JGD2000, JGD2011,
// CGCS2000, SIRGAS 2000, NAD83(CSRS), NAD83(2011), RGF93, Hartebeesthoek94.
var alike = []int{4326, 4258, 4269, 4283, 7844, 4167, 4612, 6668, 4490, 4674, 4617, 6318, 4171, 4148}

// alikeDatums are the datums of the same (keys 2050).
var alikeDatums = []int{6326, 6258, 6269, 6283, 6167, 6612, 6674, 6617, 6171, 6148, 1168, 1128, 1043, 1116}

// system gives how to turn coordinates into degrees, and the name of the
// system.
func (k Keys) system() (inverse, string, error) {
	switch model := k.short(keyModelType); model {
	case modelGeographic:
		return k.geographic()
	case modelProjected:
		return k.projected()
	default:
		return nil, "", &UnknownError{k.name(fmt.Sprintf("of model type %d", model))}
	}
}

// name is what the file calls the system, else otherwise.
func (k Keys) name(otherwise string) string {
	return cmp.Or(k.text(keyProjCitation), k.text(keyCitation), otherwise)
}

func (k Keys) geographic() (inverse, string, error) {
	code := k.short(keyGeographic)
	name := fmt.Sprintf("EPSG:%d", code)
	if code == userDefined || code == 0 {
		name = k.name("user-defined")
	}
	if !k.onKnownDatum() {
		return nil, "", &UnknownError{name}
	}
	unit := 1.0
	switch k.short(keyAngularUnits) {
	case 0, 9102, 9122: // degree
	case 9101:
		unit = 180 / math.Pi
	default:
		return nil, "", &UnknownError{fmt.Sprintf("%s in angular units %d", name, k.short(keyAngularUnits))}
	}
	return func(east, north float64) (LatLon, error) { return onGlobe(north*unit, east*unit) }, name, nil
}

// onKnownDatum says whether positions on the file's datum are those of WGS 84
// within a few metres.
func (k Keys) onKnownDatum() bool {
	code, datum, body := k.short(keyGeographic), k.short(keyDatum), k.short(keyEllipsoid)
	switch {
	case code != 0 && code != userDefined:
		return slices.Contains(alike, code)
	case datum != 0 && datum != userDefined:
		return slices.Contains(alikeDatums, datum)
	}
	a := k.double(keySemiMajor, 0)
	return body == 7030 || body == 7019 || math.Abs(a-wgs84.a) < 0.01
}

// projected knows the codes of UTM and Mercator, and Transverse Mercator by its
// parameters.
func (k Keys) projected() (inverse, string, error) {
	code := k.short(keyProjected)
	name := fmt.Sprintf("EPSG:%d", code)
	if code == userDefined || code == 0 {
		name = k.name("user-defined")
	}
	unit, ok := map[int]float64{0: 1, 9001: 1, 9002: 0.3048, 9003: 1200.0 / 3937}[k.short(keyLinearUnits)]
	if !ok {
		return nil, "", &UnknownError{fmt.Sprintf("%s in linear units %d", name, k.short(keyLinearUnits))}
	}
	switch {
	case code == 3857 || code == 3785:
		return sphericalMercator, name, nil
	case code == 3395:
		return wgs84.mercator, name, nil
	}
	if zone, south, ok := utm(code); ok {
		m := newTransverse(wgs84, 0, float64(zone*6-183), 0.9996, 500_000, south)
		return m.inverse, name, nil
	}
	const transverseMercator = 1
	if code != userDefined && code != 0 || k.short(keyTransform) != transverseMercator || !k.onKnownDatum() {
		return nil, "", &UnknownError{name}
	}
	m := newTransverse(wgs84, k.double(keyNatOriginLat, 0), k.double(keyNatOriginLon, 0), k.double(keyScale, 1),
		k.double(keyFalseEasting, 0)*unit, k.double(keyFalseNorthing, 0)*unit)
	return func(east, north float64) (LatLon, error) { return m.inverse(east*unit, north*unit) }, name, nil
}

// utm tells zone and false northing of the codes of UTM on a known datum: WGS
// 84, ETRS89, NAD83, and SIRGAS 2000.
func utm(code int) (zone int, falseNorthing float64, ok bool) {
	for _, r := range []struct {
		first, last, zone int
		north             float64
	}{
		{32601, 32660, 1, 0}, {32701, 32760, 1, 10_000_000},
		{25828, 25838, 28, 0}, {26901, 26923, 1, 0},
		{31965, 31976, 11, 0}, {31977, 31985, 17, 10_000_000},
	} {
		if code >= r.first && code <= r.last {
			return r.zone + code - r.first, r.north, true
		}
	}
	return 0, 0, false
}

// onGlobe is a position, or an error where there is none.
func onGlobe(lat, lon float64) (LatLon, error) {
	if lon > 180 && lon <= 360 {
		lon -= 360
	}
	if !(math.Abs(lat) <= 90 && math.Abs(lon) <= 180) { // NaN too
		return LatLon{}, fmt.Errorf("%w: it lies outside the globe", errDamaged)
	}
	return LatLon{lat, lon}, nil
}
