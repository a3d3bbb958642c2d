package match

import (
	"reflect"
	"strings"
	"testing"

	"github.com/firsthand-media/firsthand/hashing"
	"github.com/firsthand-media/firsthand/verify"
)

// A person reads which part is shown, how it was moved and where it was
// changed; a cluster takes copies of the whole alone.
func TestCopiesAreDescribed(t *testing.T) {
	l, other := scene(31, 640, 480), scene(32, 640, 480)
	caption := lettered(pasted(l, canvas(640, 120, 250), 0, 360), 5, 10, 370, 630, 470)
	tests := []struct {
		name     string
		copy     hashing.Luma
		relation verify.Relation
		is       string
		mirrored bool
		turned   float64
		scale    float64
		why      []string
	}{
		{"caption over the lower quarter", caption, verify.Near, "same", false, 0, 1, []string{"both show the same picture", "differs in the lower quarter"}},
		{"a quarter of the area", cut(l, 0.5, 0.5, 1, 1), verify.Part, "contains_b", false, 0, 1, []string{"the second is shown in the lower right", "of the first (25 % of it)"}},
		{"screenshot", screenshot(l), verify.Part, "crop_of_b", false, 0, 0.525, []string{"the first is shown in", "of the second", "times the size"}},
		{"tile of a collage", collage(other, l, scene(33, 640, 480), scene(34, 640, 480)), verify.Part, "crop_of_b", false, 0, 0.375, []string{"upper right"}},
		{"inset", pasted(other, l.Reduced(220), 400, 300), verify.Part, "crop_of_b", false, 0, 0.344, []string{"lower right"}},
		{"turned by 20 degrees", rotated(l, 20), verify.Part, "contains_b", false, 20, 1, []string{"turned by 20 degrees"}},
		{"mirrored crop", cut(l, 0.1, 0.1, 0.8, 0.8).Under(4), verify.Part, "contains_b", true, 0, 1, []string{"mirrored"}},
		{"upside down", l.Under(2), verify.Near, "same", false, 180, 1, []string{"turned upside down"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			a, b := still(t, "s/a.jpg", l), still(t, "s/b.jpg", test.copy)
			m, ok, err := Compare(a, b, Options{})
			if err != nil || !ok {
				t.Fatalf("nothing found: %v", err)
			}
			if m.Relation != test.relation || m.AIs != test.is || m.Transform.Mirrored != test.mirrored {
				t.Errorf("%s %s %+v", m.Relation, m.AIs, m.Transform)
			}
			if d := m.Transform.Rotation - test.turned; d > 1 || d < -1 {
				t.Errorf("turned by %g, want %g", m.Transform.Rotation, test.turned)
			}
			if m.Transform.Scale < 0.97*test.scale || m.Transform.Scale > 1.03*test.scale {
				t.Errorf("scale %g, want %g", m.Transform.Scale, test.scale)
			}
			for _, words := range test.why {
				if !strings.Contains(m.Why, words) {
					t.Errorf("%q lacks %q", m.Why, words)
				}
			}
			if m.Map == nil || m.Distance < 0 || m.Distance > 64 || len(m.RegionA) < 3 || len(m.RegionB) < 3 {
				t.Errorf("evidence is missing: %+v", m)
			}
			if m.WholeOfBoth != (m.Relation == verify.Near) {
				t.Error("what is a part may join no cluster, and what is whole may")
			}
		})
	}
}

// What B is to A follows from what A is to B.
func TestVerdictsAreSymmetric(t *testing.T) {
	if testing.Short() {
		t.Skip("one goroutine: nothing for the race detector, which is ten times as slow")
	}
	l, other := scene(41, 480, 360), scene(42, 480, 360)
	kinds := []hashing.Luma{
		l.Reduced(240), l.Under(1), l.Under(5), l.Under(6), cut(l, 0.3, 0.2, 1, 0.9), rotated(l, 12), screenshot(l),
		collage(l, other, l, other), pasted(l, canvas(200, 100, 0), 20, 20), street(43, 6), other,
	}
	kinds = append(kinds, street(43, 0))
	for i, k := range kinds {
		a, b := still(t, "a", l), still(t, "b", k)
		if i == len(kinds)-1 {
			a = still(t, "a", street(43, 6))
		}
		ab, ok, err := Compare(a, b, Options{})
		ba, ok2, err2 := Compare(b, a, Options{})
		if err != nil || err2 != nil || ok != ok2 {
			t.Fatalf("%d: found %v and %v, %v %v", i, ok, ok2, err, err2)
		}
		want := map[string]string{"same": "same", "crop_of_b": "contains_b", "contains_b": "crop_of_b", "other_shot_of_b": "other_shot_of_b", "": ""}[ab.AIs]
		if ba.Relation != ab.Relation || ba.AIs != want || ba.Distance != ab.Distance || ba.Inliers != ab.Inliers || ba.Score != ab.Score {
			t.Errorf("%d: %s %s reads back as %s %s", i, ab.Relation, ab.AIs, ba.Relation, ba.AIs)
		}
		if !reflect.DeepEqual(ab.RegionA, ba.RegionB) || !reflect.DeepEqual(ab.RegionB, ba.RegionA) || !reflect.DeepEqual(ab.ChangedA, ba.ChangedB) {
			t.Errorf("%d: other regions from the other side", i)
		}
		if ok && (ab.Transform.Mirrored != ba.Transform.Mirrored || ab.Transform.Scale*ba.Transform.Scale < 0.99 || ab.Transform.Scale*ba.Transform.Scale > 1.01) {
			t.Errorf("%d: %+v reads back as %+v", i, ab.Transform, ba.Transform)
		}
	}
}

// Another shot of one place is no copy, and no way from copy to copy.
func TestOtherShotsAreNoCopies(t *testing.T) {
	a, b := street(51, 0), street(51, 7)
	items := []verify.Item{still(t, "s/a.jpg", a), still(t, "s/a-small.jpg", a.Reduced(360)), still(t, "s/b.jpg", b), still(t, "s/b-small.jpg", b.Reduced(360))}
	res := find(t, items, Options{})
	if m := matchOf(t, res, "s/a.jpg", "s/b.jpg"); m.Relation != verify.SameScene || m.AIs != "other_shot_of_b" || m.WholeOfBoth {
		t.Errorf("another shot is %s %s: %s", m.Relation, m.AIs, m.Why)
	}
	if len(res.Clusters) != 2 {
		t.Errorf("%d clusters of two shots: %+v", len(res.Clusters), res.Clusters)
	}
}
