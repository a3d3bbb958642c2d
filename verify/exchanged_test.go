package verify

import (
	"math"
	"testing"

	"github.com/firsthand-media/firsthand/hashing"
)

// A match says the same from either side: points go there and back, moments
// too, and a turn is undone by the turn the other way.
func TestExchanged(t *testing.T) {
	m := Match{
		A: "a/1.jpg", B: "b/2.mp4", DigestA: "1", DigestB: "2", AIs: "frame_of_b", TimeB: &[2]float64{4, 4},
		Transform: Transform{Rotation: 90, Scale: 0.5}, Map: &hashing.Affine{0, -0.5, 1, 0.5, 0, 0.25},
		RegionA: [][2]float64{{0, 0}}, RegionB: [][2]float64{{1, 1}},
		Segments: Segments{{TimeA: [2]float64{1, 3}, TimeB: [2]float64{10, 11}, Offset: -19, Speed: 2}},
	}
	x := m.Exchanged()
	if x.A != m.B || x.DigestB != m.DigestA || x.AIs != "contains_b" || x.TimeA == nil || x.TimeB != nil || x.RegionA[0] != m.RegionB[0] {
		t.Fatalf("read from the other side: %+v", x)
	}
	if x.Transform != (Transform{Rotation: 270, Scale: 2}) {
		t.Errorf("undone: %+v", x.Transform)
	}
	u, v := m.Map.Apply(0.2, 0.7)
	if u, v = x.Map.Apply(u, v); math.Abs(u-0.2)+math.Abs(v-0.7) > 1e-9 {
		t.Errorf("a point comes back at %v, %v", u, v)
	}
	s := x.Segments[0]
	if at := s.Offset + s.Speed*(m.Segments[0].Offset+m.Segments[0].Speed*10.5); math.Abs(at-10.5) > 1e-9 || s.TimeA != m.Segments[0].TimeB {
		t.Errorf("a moment comes back at %v: %+v", at, s)
	}
	if back := x.Exchanged(); back.AIs != m.AIs || back.A != m.A || back.Transform != m.Transform {
		t.Errorf("twice exchanged: %+v", back)
	}
	mirrored := Match{Transform: Transform{Mirrored: true, Rotation: 30, Scale: 1}}
	if got := mirrored.Exchanged().Transform; got != mirrored.Transform {
		t.Errorf("a mirroring undone: %+v", got)
	}
}
