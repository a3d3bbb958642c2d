package extract

import (
	"fmt"
	"math"
	"testing"
)

func TestEXIFPlaces(t *testing.T) {
	north := []uint32{49, 1, 59, 1, 3660, 100}
	east := []uint32{36, 1, 13, 1, 4944, 100}
	position := func(with tags) tags {
		out := tags{tLatRef: "N", tLat: north, tLonRef: "E", tLon: east}
		for k, v := range with {
			out[k] = v
		}
		return out
	}
	for _, c := range []struct {
		name  string
		gps   tags
		best  string // latitude longitude altitude direction accuracy
		codes []string
	}{
		{"all of it", position(tags{tAlt: []uint32{1142, 10}, tAltRef: byte(0), tDirectionRef: "T", tDirection: []uint32{8725, 100}, tAccuracy: []uint32{9, 2}}),
			"49.9935 36.2304 114.2 87.25 4.5", nil},
		{"south, west, below the sea", position(tags{tLatRef: "S", tLonRef: "W", tAlt: []uint32{430, 1}, tAltRef: byte(1)}),
			"-49.9935 -36.2304 -430 - -", nil},
		{"degrees written as text", position(tags{tLat: "49,59,36.6", tLon: "36,00000,13,00000,49,4400"}), "49.9935 36.2304 - - -", nil},
		{"one fraction for all", position(tags{tLat: []uint32{499935, 10000}}), "49.9935 36.2304 - - -", nil},
		{"minutes divided by zero", position(tags{tLat: []uint32{49, 1, 59, 0, 0, 1}}), "none", []string{"invalid-position"}},
		{"nothing divided by nothing", position(tags{tLat: []uint32{0, 0, 0, 0, 0, 0}, tLon: []uint32{0, 0, 0, 0, 0, 0}}), "none", []string{"invalid-position"}},
		{"hemisphere missing", position(tags{tLonRef: ""}), "none", []string{"invalid-position"}},
		{"beyond the pole", position(tags{tLat: []uint32{91, 1, 0, 1, 0, 1}}), "none", []string{"invalid-position"}},
		{"longitude missing", tags{tLatRef: "N", tLat: north}, "none", []string{"invalid-position"}},
		{"exactly zero", position(tags{tLat: []uint32{0, 1, 0, 1, 0, 1}, tLon: []uint32{0, 1, 0, 1, 0, 1}}), "none", []string{"null-island"}},
		{"on the equator is a place", position(tags{tLat: []uint32{0, 1, 0, 1, 0, 1}}), "0 36.2304 - - -", nil},
		{"altitude and direction undefined", position(tags{tAlt: []uint32{5, 0}, tDirection: []uint32{0, 0}}), "49.9935 36.2304 - - -", nil},
		{"altitude of a satellite", position(tags{tAlt: []uint32{400000, 1}}), "49.9935 36.2304 - - -", []string{"impossible-altitude"}},
		{"magnetic direction", position(tags{tDirectionRef: "M", tDirection: []uint32{90, 1}}), "49.9935 36.2304 - 90 -", []string{"magnetic-direction"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := readBytes(jpegWith(exifBlock(nil, nil, c.gps)), "a.jpg")
			got := "none"
			if p := m.BestPlace; p != nil {
				got = fmt.Sprint(number(p.Latitude), " ", number(p.Longitude), " ", number(p.AltitudeM), " ", number(p.DirectionDegrees), " ", number(p.AccuracyM))
			}
			if got != c.best {
				t.Errorf("best place %s, want %s", got, c.best)
			}
			have := codes(m)
			for _, code := range c.codes {
				if !have[code] {
					t.Errorf("no finding %s in %v", code, m.Findings)
				}
			}
			if len(c.codes) == 0 && len(have) > 0 {
				t.Errorf("findings %v, want none", m.Findings)
			}
		})
	}
}

func number(v *float64) string {
	if v == nil {
		return "-"
	}
	return fmt.Sprint(math.Round(*v*1e7) / 1e7)
}
