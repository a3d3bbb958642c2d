package match

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"github.com/firsthand-media/firsthand/hashing"
	"github.com/firsthand-media/firsthand/verify"
)

// stillInVideo finds the frame of v that a picture shows.
func (x examiner) stillInVideo(still, v *verify.Item) (verify.Match, bool, error) {
	type try struct {
		frame, bits int
		s           hashing.Symmetry
		va, vb      *hashing.View
	}
	var tries []try
	for f := range v.Frames {
		bits, s, va, vb := hashing.Best(still.Frames[0].Print, v.Frames[f].Print)
		if bits <= frameRadius {
			tries = append(tries, try{f, bits, s, va, vb})
		}
	}
	slices.SortFunc(tries, func(p, q try) int { return cmp.Or(cmp.Compare(p.bits, q.bits), cmp.Compare(p.frame, q.frame)) })
	if len(tries) > framesTried {
		tries = tries[:framesTried]
	}
	var best verify.Match
	ok := false
	for _, t := range tries {
		g, err := x.check(still, 0, v, t.frame, t.va, t.vb, t.s)
		if err != nil {
			return best, false, err
		}
		if !convincing(t.bits, g) || ok && g.Share <= best.Score {
			continue
		}
		at := v.Frames[t.frame].At.Seconds()
		best, ok = frames(still, v, t.bits, t.s, g), true
		best.Relation, best.AIs = verify.Part, "frame_of_b"
		best.TimeB = &[2]float64{at, at}
		best.Why = fmt.Sprintf("the first shows the frame at %s of the second%s: %s", clockFace(at), symmetry(t.s), agreement(t.bits, g))
		if g.Share >= clearShare {
			break
		}
	}
	return best, ok, nil
}

// frames fills what every confirmed pair of frames has.
func frames(a, b *verify.Item, bits int, s hashing.Symmetry, g hashing.Agreement) verify.Match {
	m := verify.Match{
		Distance: bits, Inliers: g.Agreeing, Score: round(g.Share, 4),
		RegionA: g.RegionA, RegionB: g.RegionB, ChangedA: boxes(g.ChangedA), ChangedB: boxes(g.ChangedB),
		BlocksAgree: g.Agreeing, BlocksSeen: g.Textured, Transform: frameTransform(a, b, s, g.Scale),
	}
	if g.Map.Determinant() != 0 {
		m.Map = &g.Map
	}
	return m
}

// frameTransform turns the scale between thumbnails into one between the
// pictures.
func frameTransform(a, b *verify.Item, s hashing.Symmetry, scale float64) verify.Transform {
	t := verify.Transform{Mirrored: s.Mirrored(), Rotation: float64(90 * s.Turns())}
	if scale <= 0 || math.IsNaN(scale) || math.IsInf(scale, 0) {
		scale = 1
	}
	const side = hashing.ThumbSide
	t.Scale = round(scale*reduction(b, [2]int{side, side})/reduction(a, [2]int{side, side}), 4)
	return t
}

// agreement puts the evidence of a block check in words.
func agreement(bits int, g hashing.Agreement) string {
	words := fmt.Sprintf("%d of %d textured blocks agree, hash distance %d of 64", g.Agreeing, g.Textured, bits)
	if n := len(g.ChangedB); n > 0 && g.Share < 1 {
		words += fmt.Sprintf(", %s differ", plural(n, "area"))
	}
	return words
}

func symmetry(s hashing.Symmetry) string {
	var how []string
	if s.Mirrored() {
		how = append(how, "mirrored")
	}
	if n := s.Turns(); n > 0 {
		how = append(how, fmt.Sprintf("turned by %d degrees", 90*n))
	}
	return prefixed(", ", listed(how))
}

// exchanged is the match read from the other side.
func exchanged(m verify.Match) verify.Match {
	m.A, m.B, m.DigestA, m.DigestB = m.B, m.A, m.DigestB, m.DigestA
	m.RegionA, m.RegionB, m.TimeA, m.TimeB = m.RegionB, m.RegionA, m.TimeB, m.TimeA
	m.ChangedA, m.ChangedB = m.ChangedB, m.ChangedA
	switch m.AIs {
	case "frame_of_b", "crop_of_b", "clip_of_b":
		m.AIs = "contains_b"
	case "contains_b":
		m.AIs = "crop_of_b"
	}
	m.Why = swapWords(m.Why)
	if m.Map != nil {
		if inv, ok := m.Map.Inverse(); ok {
			m.Map = &inv
		}
	}
	if m.Transform.Scale > 0 {
		m.Transform.Scale = round(1/m.Transform.Scale, 4)
	}
	if !m.Transform.Mirrored {
		m.Transform.Rotation = math.Mod(360-m.Transform.Rotation, 360)
	}
	return m
}
