package gazetteer

import (
	"math"
	"slices"
	"testing"
)

func names(places []Place) []string {
	var out []string
	for _, p := range places {
		out = append(out, p.Name)
	}
	return out
}

func TestLargest(t *testing.T) {
	world, err := World()
	if err != nil {
		t.Fatal(err)
	}
	area := Area{South: 45.5, West: 22, North: 52.5, East: 40.5}
	if got := names(world.Largest(area, 2)); !slices.Equal(got, []string{"Kyiv", "Kharkiv"}) {
		t.Errorf("largest towns of an area: %q", got)
	}
	with := world.With([]Own{{Name: "Depot", Lat: 50, Lon: 30}})
	if got := names(with.Largest(area, 2)); !slices.Equal(got, []string{"Depot", "Kyiv"}) {
		t.Errorf("a place of the case does not come first: %q", got)
	}
	// Fiji lies on both sides of the 180th meridian.
	if got := names(world.Largest(Area{South: -19, West: 175, North: -16, East: 185}, 300)); !slices.Contains(got, "Suva") || !slices.Contains(got, "Lambasa") && !slices.Contains(got, "Labasa") {
		t.Errorf("around the 180th meridian: %q", got)
	}
	both := world.Largest(Area{South: -19, West: 175, North: -12, East: 190}, 300)
	for _, side := range []bool{true, false} {
		if !slices.ContainsFunc(both, func(p Place) bool { return (p.Lon > 0) == side }) {
			t.Errorf("from Fiji to Samoa, on one side of it alone: %q", names(both))
		}
	}
	for _, bad := range []Area{{South: 10, North: 0, East: 1}, {South: math.NaN(), North: 1, East: 1}, {North: 1, East: math.Inf(1)}} {
		if got := world.Largest(bad, 5); len(got) != 0 {
			t.Errorf("%+v has places: %q", bad, names(got))
		}
	}
}

func BenchmarkLargest(b *testing.B) {
	world, err := World()
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		world.Largest(Area{South: -90, West: -180, North: 90, East: 180}, 100)
	}
}
