package atlas

import (
	"bytes"
	"compress/flate"
	"fmt"
	"io"
	"reflect"
	"slices"
	"testing"
)

// small is a table with every kind of entry, and enough names for several
// blocks.
func small(t testing.TB) ([]Place, []Name, []byte) {
	t.Helper()
	places := []Place{
		{ID: 703448, Name: "Kyiv", Country: "UA", Admin: "12", Lat: 50.4547, Lon: 30.5238, Population: 2797553},
		{ID: 170063, Name: "Aleppo", Country: "SY", Admin: "09", Lat: 36.2012, Lon: 37.1612, Population: 1602264},
		{ID: 1, Name: "Nowhere", Lat: -89.9, Lon: -179.9},
		{ID: 4294967295, Name: "Київ", Country: "UA", Admin: "12", Lat: 50, Lon: 30},
	}
	names := []Name{
		{"київ", Entry{Places: []int32{0, 3}}},
		{"kyiv", Entry{Places: []int32{0}}},
		{"حلب", Entry{Places: []int32{1}, Common: true}},
		{"georgia", Entry{Country: "GE", Places: []int32{2}}},
		{"deir ez zor", Entry{Places: []int32{1}}},
		{"суми", Entry{Common: true}},
	}
	for i := range 50 {
		names = append(names, Name{fmt.Sprintf("village %03d", i), Entry{Places: []int32{2}}})
	}
	packed, err := Build(places, names)
	if err != nil {
		t.Fatal(err)
	}
	return places, names, packed
}

func TestWhatWasBuiltIsRead(t *testing.T) {
	places, names, packed := small(t)
	a, err := Open(packed)
	if err != nil {
		t.Fatal(err)
	}
	if a.Len() != len(places) || a.Longest() != 3 {
		t.Errorf("%d places, longest name %d words", a.Len(), a.Longest())
	}
	for _, n := range names {
		e, ok := a.Lookup(n.Key)
		if !ok || e.Common != n.Common || e.Country != n.Country {
			t.Errorf("%s: %+v, %v", n.Key, e, ok)
		}
		var got, want []Place
		for _, i := range e.Places {
			got = append(got, a.Place(i))
		}
		for _, i := range n.Places {
			want = append(want, places[i])
		}
		byID := func(a, b Place) int { return int(a.ID - b.ID) }
		slices.SortFunc(got, byID)
		slices.SortFunc(want, byID)
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s leads to %+v, not %+v", n.Key, got, want)
		}
	}
	for _, key := range []string{"", "a", "kyi", "kyivv", "village", "village 050", "яяя", "deir"} {
		if e, ok := a.Lookup(key); ok {
			t.Errorf("%q leads to %+v", key, e)
		}
	}
	if !a.Begins("deir") || !a.Begins("village") {
		t.Error("the first word of a name of several is not known")
	}
}

func TestBuildGivesEqualBytes(t *testing.T) {
	places, names, packed := small(t)
	slices.Reverse(names)
	again, err := Build(places, names)
	if err != nil || !bytes.Equal(packed, again) {
		t.Errorf("the order of names changes the table (%v)", err)
	}
}

func TestBuildRefuses(t *testing.T) {
	good := Place{ID: 1, Name: "A", Lat: 1, Lon: 1}
	for what, try := range map[string]struct {
		place Place
		names []Name
	}{
		"a place without an id": {Place{Name: "A"}, nil},
		"a latitude beyond":     {Place{ID: 1, Lat: 91}, nil},
		"a population below 0":  {Place{ID: 1, Population: -1}, nil},
		"an empty name":         {good, []Name{{"", Entry{}}}},
		"a name twice":          {good, []Name{{"a", Entry{}}, {"a", Entry{}}}},
		"a row that is not":     {good, []Name{{"a", Entry{Places: []int32{1}}}}},
	} {
		if _, err := Build([]Place{try.place}, try.names); err == nil {
			t.Errorf("%s is accepted", what)
		}
	}
}

// TestDamage cuts and changes the unpacked form at every byte: whatever still
// opens must be safe to use.
func TestDamage(t *testing.T) {
	places, names, _ := small(t)
	var w writer
	order, rank := []int32{0, 1, 2, 3}, []int32{0, 1, 2, 3}
	if err := w.places(places, order); err != nil {
		t.Fatal(err)
	}
	if err := w.keys(names, rank); err != nil {
		t.Fatal(err)
	}
	for i := range w.buf {
		if _, err := read(w.buf[:i]); err == nil {
			t.Fatalf("the first %d of %d bytes open", i, len(w.buf))
		}
		for _, v := range []byte{0, 1, 0x7f, 0x80, 0xff} {
			bad := bytes.Clone(w.buf)
			bad[i] = v
			if a, err := read(bad); err == nil {
				use(a)
			}
		}
	}
}

// use looks everything up.
func use(a *Atlas) {
	for i := range a.Len() {
		a.Place(int32(i))
	}
	for _, key := range []string{"kyiv", "київ", "حلب", "village 007", "deir ez zor", "georgia"} {
		if e, ok := a.Lookup(key); ok {
			for _, p := range e.Places {
				a.Place(p)
			}
		}
	}
}

func FuzzOpen(f *testing.F) {
	_, _, packed := small(f)
	f.Add(packed)
	f.Add([]byte(magic))
	if plain, err := io.ReadAll(flate.NewReader(bytes.NewReader(packed[len(magic):]))); err == nil {
		f.Add(plain)
	}
	f.Add([]byte("PK\x03\x04"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if a, err := Open(data); err == nil {
			use(a)
		}
		if a, err := read(data); err == nil { // past the compression, where damage seldom reaches
			use(a)
		}
	})
}
