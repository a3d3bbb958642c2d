package geotiff

import (
	"errors"
	"math"
	"testing"
)

// at puts the middle of a picture of 2 by 2 pixels at a point of a system.
func at(east, north float64, dir []uint16) Keys {
	return Keys{Width: 2, Height: 2, PixelScale: []float64{10, 10, 0}, Tiepoints: []float64{1, 1, 0, east, north, 0}, Directory: dir}
}

// The first and the last zone of each series of codes, both hemispheres, and
// both sides of the date line. Positions by PROJ 9 (pyproj, to EPSG:4326).
func TestZonesOfEachSeries(t *testing.T) {
	for _, c := range []struct {
		code     uint16
		east     float64
		north    float64
		lat, lon float64
	}{
		{32601, 450000, 6000000, 54.145671009, -177.765463838},
		{32601, 95000, 5000000, 45.037568602, 177.858036309},
		{32660, 905000, 5000000, 45.037568602, -177.858036309},
		{32701, 450000, 6000000, -36.143428556, -177.555774330},
		{32760, 450000, 6000000, -36.143428556, 176.444225670},
		{25828, 450000, 6000000, 54.145671010, -15.765463838},
		{25838, 450000, 6000000, 54.145671010, 44.234536162},
		{26901, 450000, 6000000, 54.145677505, -177.765465031},
		{26923, 450000, 6000000, 54.145671010, -45.765463838},
		{31965, 450000, 1500000, 13.568023507, -117.462147812},
		{31976, 450000, 1500000, 13.568023507, -51.462147812},
		{31977, 450000, 9000000, -9.046280142, -81.454954554},
		{31985, 450000, 9000000, -9.046280142, -33.454954554},
	} {
		f, err := at(c.east, c.north, directory(1024, 1, 3072, c.code)).Footprint()
		if err != nil {
			t.Errorf("EPSG:%d: %v", c.code, err)
			continue
		}
		near(t, f.System, f.Centre, c.lat, c.lon, 1e-5) // PROJ moves NAD83 in Alaska by a metre
	}
	for _, code := range []uint16{32600, 32661, 32700, 32761, 25827, 25839, 26900, 26924, 31964, 31986} {
		var unknown *UnknownError
		if _, err := at(450000, 6000000, directory(1024, 1, 3072, code)).Footprint(); !errors.As(err, &unknown) {
			t.Errorf("EPSG:%d is no zone, and got a place: %v", code, err)
		}
	}
}

// New York East in survey feet (EPSG:2260) by its parameters: the unit is that
// of the picture's coordinates and of the false origin alike.
func TestFeetAreMeasuredAsFeet(t *testing.T) {
	k := at(650000, 1400000, append(directory(1024, 1, 2048, 4269, 3072, 32767, 3075, 1, 3076, 9003),
		3080, TagDoubles, 1, 0, 3081, TagDoubles, 1, 1, 3082, TagDoubles, 1, 2, 3083, TagDoubles, 1, 3, 3092, TagDoubles, 1, 4))
	k.Doubles = []float64{-74.5, 38.0 + 50.0/60, 492125, 0, 0.9999}
	f, err := k.Footprint()
	if err != nil {
		t.Fatal(err)
	}
	near(t, "New York East", f.Centre, 42.674840566, -73.912890542, 1e-8)

	k.Directory = append(directory(1024, 1, 2048, 4269, 3072, 32767, 3075, 2, 3076, 9003), k.Directory[24:]...)
	var unknown *UnknownError
	if _, err = k.Footprint(); !errors.As(err, &unknown) { // an oblique Mercator, say
		t.Errorf("another projection got a place: %v", err)
	}
	k.Directory = directory(1024, 1, 2048, 4284, 3072, 32767, 3075, 1)
	if _, err = k.Footprint(); !errors.As(err, &unknown) { // Pulkovo 1942 lies 100 m and more from WGS 84
		t.Errorf("another datum got a place: %v", err)
	}
	k.Directory = directory(1024, 1, 3072, 32637, 3076, 9036) // kilometres
	if _, err = k.Footprint(); !errors.As(err, &unknown) {
		t.Errorf("another unit got a place: %v", err)
	}
}

// A system of the file's own is called what the file calls it, and is taken
// where its datum or its ellipsoid is known.
func TestSystemsOfTheFilesOwn(t *testing.T) {
	named := func(keys ...uint16) Keys {
		k := at(36, 50, append(directory(keys...), 1026, TagASCII, 13, 4))
		k.PixelScale, k.ASCII = []float64{0.001, 0.001, 0}, "xyz|Survey of 99|rest"
		return k
	}
	for what, k := range map[string]Keys{
		"a datum":            named(1024, 2, 2048, 32767, 2050, 6326),
		"an ellipsoid":       named(1024, 2, 2048, 32767, 2050, 32767, 2056, 7019),
		"no code and datum":  named(1024, 2, 2050, 6326),
		"degrees, spelt out": named(1024, 2, 2048, 32767, 2050, 6326, 2054, 9102),
	} {
		f, err := k.Footprint()
		if err != nil {
			t.Errorf("%s: %v", what, err)
			continue
		}
		if f.System != "Survey of 99" {
			t.Errorf("%s: the system is called %q", what, f.System)
		}
		near(t, what, f.Centre, 50, 36, 1e-12)
	}
	radians := named(1024, 2, 2048, 32767, 2050, 6326, 2054, 9101)
	radians.Tiepoints, radians.PixelScale = []float64{1, 1, 0, rad(36), rad(50), 0}, []float64{1e-6, 1e-6, 0}
	if f, err := radians.Footprint(); err != nil {
		t.Error(err)
	} else {
		near(t, "in radians", f.Centre, 50, 36, 1e-9)
	}
	for what, k := range map[string]Keys{
		"another datum":     named(1024, 2, 2048, 32767, 2050, 6284),
		"another ellipsoid": named(1024, 2, 2048, 32767, 2056, 7024),
		"other angles":      named(1024, 2, 2048, 32767, 2050, 6326, 2054, 9105),
		"a geocentric one":  named(1024, 3, 2048, 4326),
	} {
		var unknown *UnknownError
		if _, err := k.Footprint(); !errors.As(err, &unknown) {
			t.Errorf("%s got a place: %v", what, err)
		}
	}
}

// A picture turned by 30 degrees: each corner by hand.
func TestTurnedPicture(t *testing.T) {
	c, s := 0.001*math.Sqrt(3)/2, 0.001/2
	k := Keys{Width: 100, Height: 40, Directory: directory(1024, 2, 2048, 4326),
		Transformation: []float64{c, s, 0, 36, s, -c, 0, 50}}
	f, err := k.Footprint()
	if err != nil {
		t.Fatal(err)
	}
	for i, p := range [4][2]float64{{0, 0}, {100, 0}, {100, 40}, {0, 40}} {
		near(t, "corner", f.Corners[i], 50+p[0]*s-p[1]*c, 36+p[0]*c+p[1]*s, 1e-12)
	}
}

// Longitudes counted from 0 to 360 are put into -180 to 180; the poles and the
// date line themselves are on the globe.
func TestLongitudesFromZeroTo360(t *testing.T) {
	k := Keys{Width: 1, Height: 1, PixelScale: []float64{10, 10, 0}, Tiepoints: []float64{0, 0, 0, 170, 90, 0}, Directory: directory(1024, 2, 2048, 4326)}
	f, err := k.Footprint()
	if err != nil {
		t.Fatal(err)
	}
	near(t, "pole and date line", f.Corners[1], 90, 180, 0)
	k.Tiepoints[3] = 350
	if f, err = k.Footprint(); err != nil {
		t.Fatal(err)
	}
	near(t, "350 degrees", f.Corners[0], 90, -10, 0)
	near(t, "360 degrees", f.Corners[1], 90, 0, 0)
}

func TestDamageIsNotMissing(t *testing.T) {
	good := Keys{Width: 1, Height: 1, PixelScale: []float64{1, 1, 0}, Tiepoints: []float64{0, 0, 0, 5, 5, 0}, Directory: directory(1024, 2, 2048, 4326)}
	for what, damage := range map[string]func(*Keys){
		"no width":        func(k *Keys) { k.Width = 0 },
		"no height":       func(k *Keys) { k.Height = 0 },
		"negative height": func(k *Keys) { k.Height = -1 },
		"no number":       func(k *Keys) { k.Tiepoints = []float64{0, 0, 0, math.NaN(), 5, 0} },
		"endless":         func(k *Keys) { k.Tiepoints = []float64{0, 0, 0, 5, math.Inf(1), 0} },
	} {
		k := good
		damage(&k)
		if _, err := k.Footprint(); !errors.Is(err, errDamaged) {
			t.Errorf("%s: %v", what, err)
		}
	}
	for what, lack := range map[string]func(*Keys){
		"a cut tie point": func(k *Keys) { k.Tiepoints = k.Tiepoints[:5] },
		"a cut scale":     func(k *Keys) { k.PixelScale = k.PixelScale[:1] },
		"a scale of 0":    func(k *Keys) { k.PixelScale = []float64{0, 1} },
		"a height of 0":   func(k *Keys) { k.PixelScale = []float64{1, 0} },
		"a cut matrix":    func(k *Keys) { k.Tiepoints, k.Transformation = nil, make([]float64, 7) },
	} {
		k := good
		lack(&k)
		if _, err := k.Footprint(); !errors.Is(err, ErrNone) {
			t.Errorf("%s: %v", what, err)
		}
	}
	k := good
	k.Directory = append(k.Directory, 2048) // a key cut off after its name
	if _, err := k.Footprint(); err != nil {
		t.Errorf("a cut directory: %v", err)
	}
	k.Directory = append(directory(1024, 2, 2048, 32767, 2050, 6326), 1026, TagASCII, 5, 3)
	k.ASCII = "abc" // the text would begin behind its end
	if f, err := k.Footprint(); err != nil || f.System != "user-defined" {
		t.Errorf("a text out of reach: %q %v", f.System, err)
	}
}
