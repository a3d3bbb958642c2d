package geotiff

import (
	"errors"
	"math"
	"testing"
)

// directory builds a GeoKey directory of short values.
func directory(keys ...uint16) []uint16 {
	d := []uint16{1, 1, 0, uint16(len(keys) / 2)}
	for i := 0; i < len(keys); i += 2 {
		d = append(d, keys[i], 0, 1, keys[i+1])
	}
	return d
}

func near(t *testing.T, what string, got LatLon, lat, lon, within float64) {
	t.Helper()
	if math.Abs(got.Latitude-lat) > within || math.Abs(got.Longitude-lon) > within {
		t.Errorf("%s lies at %.9f %.9f, want %.9f %.9f", what, got.Latitude, got.Longitude, lat, lon)
	}
}

// The positions are those of PROJ 9.1 (cs2cs to EPSG:4326).
func TestProjectedSystems(t *testing.T) {
	for code, c := range map[uint16][4]float64{
		32637: {331000.5, 5545123.25, 50.034396461, 36.640080760},
		32735: {512345, 7654321, -21.212576561, 27.118952404},
		25833: {387000, 5812000, 52.446490161, 13.337330871},
		26912: {440000, 4400000, 39.747794861, -111.700334871},
		31981: {720000, 7380000, -23.675822510, -54.842728488},
		32660: {833000, 100000, 0.903489548, 179.991587839},
		3857:  {-11169055.58, 2800000, 24.381786919, -100.333333367},
		3395:  {4030983.12, 6450000.5, 50.210741547, 36.210937467},
	} {
		k := Keys{Width: 2, Height: 2, PixelScale: []float64{10, 10, 0}, Tiepoints: []float64{1, 1, 0, c[0], c[1], 0}, Directory: directory(1024, 1, 3072, code)}
		f, err := k.Footprint()
		if err != nil {
			t.Errorf("EPSG:%d: %v", code, err)
			continue
		}
		near(t, f.System, f.Centre, c[2], c[3], 2e-9)
		if f.RadiusM < 9 || f.RadiusM > 30 { // a picture of 20 by 20 metres; Mercator makes it smaller
			t.Errorf("%s: radius %.2f m", f.System, f.RadiusM)
		}
	}
}

// The example of IOGP Guidance Note 7-2 for method 9807: OSGB 1936 on Airy's
// ellipsoid, with an origin that is not on the equator.
func TestTransverseMercatorByParameters(t *testing.T) {
	airy := ellipsoid{6377563.396, 1 / 299.32496}
	got, err := newTransverse(airy, 49, -2, 0.9996012717, 400000, -100000).inverse(577274.99, 69740.50)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "the example", got, 50.5, 0.5, 1e-7)

	k := Keys{ // UTM zone 37 north, spelled out
		Width: 2, Height: 2, PixelScale: []float64{10, 10, 0}, Tiepoints: []float64{1, 1, 0, 331000.5, 5545123.25, 0},
		Directory: append(directory(1024, 1, 2048, 4326, 3072, 32767, 3075, 1),
			3080, TagDoubles, 1, 0, 3082, TagDoubles, 1, 1, 3092, TagDoubles, 1, 2),
		Doubles: []float64{39, 500000, 0.9996},
	}
	f, err := k.Footprint()
	if err != nil {
		t.Fatal(err)
	}
	near(t, "zone 37 by its parameters", f.Centre, 50.034396461, 36.640080760, 1e-9)
}

func TestGeographicCorners(t *testing.T) {
	k := Keys{Width: 100, Height: 50, PixelScale: []float64{0.001, 0.002, 0}, Tiepoints: []float64{0, 0, 0, 36, 50, 0}, Directory: directory(1024, 2, 2048, 4326)}
	f, err := k.Footprint()
	if err != nil {
		t.Fatal(err)
	}
	for i, c := range [4][2]float64{{50, 36}, {50, 36.1}, {49.9, 36.1}, {49.9, 36}} {
		near(t, "corner", f.Corners[i], c[0], c[1], 1e-12)
	}
	near(t, "centre", f.Centre, 49.95, 36.05, 1e-12)
	if math.Abs(f.RadiusM-6612) > 15 { // half of 11.1 km by 7.2 km across
		t.Errorf("radius is %.0f m", f.RadiusM)
	}
	k.Directory = directory(1024, 2, 1025, pixelIsPoint, 2048, 4326)
	if f, _ = k.Footprint(); math.Abs(f.Corners[0].Latitude-50.001) > 1e-12 || math.Abs(f.Corners[0].Longitude-35.9995) > 1e-12 {
		t.Errorf("where pixels are points the corner lies half a pixel further out, not at %v", f.Corners[0])
	}
	// turned by a quarter: x runs north
	k = Keys{Width: 10, Height: 10, Transformation: []float64{0, 0.1, 0, 36, 0.1, 0, 0, 50, 0, 0, 0, 0, 0, 0, 0, 1}, Directory: directory(1024, 2, 2048, 4326)}
	if f, err = k.Footprint(); err != nil {
		t.Fatal(err)
	}
	near(t, "turned corner", f.Corners[1], 51, 36, 1e-12)
}

func TestWhatIsNotKnownIsNamed(t *testing.T) {
	base := Keys{Width: 10, Height: 10, PixelScale: []float64{1, 1, 0}, Tiepoints: []float64{0, 0, 0, 5, 5, 0}}
	for name, keys := range map[string][]uint16{
		"EPSG:2180":  directory(1024, 1, 3072, 2180),  // a national grid
		"EPSG:28406": directory(1024, 1, 3072, 28406), // Pulkovo 1942
		"EPSG:4284":  directory(1024, 2, 2048, 4284),
	} {
		base.Directory = keys
		var unknown *UnknownError
		if _, err := base.Footprint(); !errors.As(err, &unknown) || unknown.System != name {
			t.Errorf("%s: %v", name, err)
		}
	}
	base.Directory = nil
	if _, err := base.Footprint(); !errors.Is(err, ErrNone) {
		t.Errorf("without keys: %v", err)
	}
	base.Directory, base.PixelScale = directory(1024, 2, 2048, 4326), nil
	if _, err := base.Footprint(); !errors.Is(err, ErrNone) {
		t.Errorf("without a scale: %v", err)
	}
	base.PixelScale, base.Tiepoints = []float64{1, 1, 0}, []float64{0, 0, 0, 400, 95, 0}
	if _, err := base.Footprint(); err == nil {
		t.Error("a picture beyond the pole has a place")
	}
}

// No values make it panic, and a place is always on the globe.
func FuzzFootprint(f *testing.F) {
	f.Add(uint16(1), uint16(32637), uint16(0), 10.0, 331000.5, 5545123.25, 100, "")
	f.Add(uint16(1), uint16(32767), uint16(1), 10.0, 0.0, 0.0, 100, "UTM")
	f.Add(uint16(2), uint16(0), uint16(4326), 0.1, 36.0, 50.0, 3, "WGS 84|")
	f.Fuzz(func(t *testing.T, model, projected, geographic uint16, scale, x, y float64, side int, ascii string) {
		k := Keys{
			Width: side, Height: side, PixelScale: []float64{scale, scale, 0}, Tiepoints: []float64{0, 0, 0, x, y, 0}, ASCII: ascii, Doubles: []float64{x, y, scale},
			Directory: append(directory(1024, model, 3072, projected, 2048, geographic, 3075, 1), 3080, TagDoubles, 1, 0, 3092, TagDoubles, 1, 2, 1026, TagASCII, 9, uint16(side)),
		}
		fp, err := k.Footprint()
		if err != nil {
			return
		}
		for _, c := range fp.Corners {
			if !(math.Abs(c.Latitude) <= 90 && math.Abs(c.Longitude) <= 180) {
				t.Errorf("corner %v", c)
			}
		}
		if !(fp.RadiusM >= 0) {
			t.Errorf("radius %v", fp.RadiusM)
		}
	})
}
