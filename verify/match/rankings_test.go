package match

import (
	"reflect"
	"testing"

	"github.com/firsthand-media/firsthand/hashing/index"
	"github.com/firsthand-media/firsthand/verify"
)

// What an index answered is recalled where its contents have the same name, and
// asked for again where they have not.
func TestRememberedRankings(t *testing.T) {
	l := scene(220, 480, 360)
	items := []verify.Item{
		still(t, "a.jpg", l), still(t, "part.jpg", cut(l, 0.4, 0.3, 1, 1)), still(t, "turned.jpg", rotated(l, 15)),
	}
	n := &notebook{pages: map[verify.Digest][]byte{}}
	ranked := func(x *index.Descriptors, contents string) []pair {
		o := n.options()
		o.Index, o.Contents = x, contents
		s := newSearch(items, o)
		if err := s.remember(t.Context()); err != nil {
			t.Fatal(err)
		}
		pairs, _, err := s.ranked(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		s.store()
		return pairs
	}
	x, err := newSearch(items, Options{}).index(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	empty := index.NewDescriptors(nil, nil)
	want := ranked(x, "one")
	if len(want) != 3 {
		t.Fatalf("%d pairs, want 3", len(want))
	}
	if got := ranked(empty, "one"); !reflect.DeepEqual(got, want) {
		t.Errorf("recalled %v, want %v", got, want)
	}
	if got := ranked(empty, "two"); len(got) != 0 {
		t.Errorf("%d pairs recalled of other contents", len(got))
	}
	if got := ranked(x, ""); !reflect.DeepEqual(got, want) {
		t.Errorf("without a name %v, want %v", got, want)
	}
}

func TestRankingsAreReadAsWritten(t *testing.T) {
	r := rankings{
		{0, 340}:    {{Key: index.Key{1}, Votes: 1023.0625}, {Key: index.Key{2}, Votes: 16.5, Mirrored: true}},
		{0, 640}:    {},
		{61_000, 9}: {{Key: index.Key{15: 3}, Votes: 16}},
	}
	b := r.append(nil)
	if got := readRankings(b); !reflect.DeepEqual(got, r) {
		t.Errorf("read %v, want %v", got, r)
	}
	for n := 1; n < len(b); n++ {
		if got := readRankings(b[:n]); len(got) > 2 {
			t.Errorf("of %d bytes %d rankings are read", n, len(got))
		}
	}
}
