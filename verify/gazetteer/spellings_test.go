package gazetteer

import (
	"slices"
	"testing"
)

// Whoever looks for a place finds it in texts that write it otherwise.
func TestSpellings(t *testing.T) {
	world, err := World()
	if err != nil {
		t.Fatal(err)
	}
	g := world.With([]Own{{Name: "Old Pier", Variants: []string{"Старий причал", "الرصيف القديم"}, Lat: 46.5, Lon: 30.7}})
	for _, c := range []struct {
		name string
		want []string
	}{
		{"Kharkiv", []string{"харків", "харьков", "خاركيف", "kharkov"}},
		{"у Харкові", nil}, // not a name
		{"Харкові", []string{"kharkiv"}},
		{"حلب", []string{"aleppo", "алеппо"}},
		{"Aleppo", []string{"حلب"}},
		{"Біла Церква", []string{"bila tserkva", "белая церковь"}},
		{"old pier", []string{"старий причал", "الرصيف القديم"}},
		{"Мир", nil},     // peace, and a small town
		{"Reading", nil}, // what people do with books
		{"снідали", nil},
		{"", nil},
	} {
		got := g.Spellings(c.name)
		if len(c.want) == 0 && len(got) > 0 {
			t.Errorf("%q is written %q, want nothing", c.name, got)
		}
		for _, w := range c.want {
			if !slices.Contains(got, Fold(w)) {
				t.Errorf("%q is written %q, want %q among them", c.name, got, w)
			}
		}
	}
	if got := g.Spellings("старий причал"); !slices.Contains(got, "old pier") {
		t.Errorf("a place of the case is written %q", got)
	}
}
