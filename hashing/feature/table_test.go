package feature

import "testing"

// The promise that a mirrored picture has the same descriptors with their
// halves exchanged rests on the table: every couple must be two comparisons,
// and no comparison may come twice.
func TestCouplesAreClosedUnderMirroring(t *testing.T) {
	seen := map[Comparison]int{}
	for i, c := range comparisons {
		m := c.Mirrored()
		if m.Mirrored() != c {
			t.Fatalf("couple %d: mirrored twice it is another", i)
		}
		if m == c || m == (Comparison{c.B, c.A}) {
			t.Errorf("couple %d is its own partner", i)
		}
		for _, f := range []Field{c.A, c.B} {
			if f.R < 0 || max(f.U, -f.U)+f.R > PatchRadius || max(f.V, -f.V)+f.R > PatchRadius {
				t.Errorf("couple %d: %+v reaches out of the patch", i, f)
			}
		}
		for _, same := range []Comparison{c, m, {c.B, c.A}, {m.B, m.A}} {
			if j, ok := seen[same]; ok {
				t.Errorf("couples %d and %d are the same", i, j)
			}
			seen[same] = i
		}
	}
}
