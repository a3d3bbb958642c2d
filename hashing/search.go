package hashing

// Parameters of the search for one picture in another without keypoints.
const (
	searchSide  = 40   // longest side of the picture that is searched
	searchLeast = 0.25 // of its side: a smaller part has too few pixels left
	searchStep  = 1.07 // from one size tried to the next
	searchAlike = 0.90 // correlation of the place found, from which its blocks are compared

	texturedLeast = 8 // blocks: with fewer no comparison can be convincing
)

// Flat says that a picture has too little texture to be compared with anything:
// fog, a clear sky, a page of one colour. It should be reported as too flat to
// compare and not as unmatched.
func Flat(l Luma) bool {
	if !l.valid() {
		return true
	}
	p := newPlates(l.Reduced(workSide).smoothed(), blockSide)
	n := 0
	for _, m := range p.self {
		if m.rr >= blockTexture*blockTexture*blockSide*blockSide {
			n++
		}
	}
	return n < texturedLeast
}

// Search looks for the whole of a in b, or of b in a, at any size and in the
// eight symmetries, by the correlation of strongly reduced pictures. It is for
// pictures with too little texture for keypoints, takes some ten milliseconds,
// and finds no crop of one in a crop of the other. ok is false when nothing
// fits well; what it finds is to be confirmed (ConfirmUnder).
func Search(a, b Luma) (m Affine, ok bool) {
	if !a.valid() || !b.valid() {
		return m, false
	}
	inB, rB := within(a, b)
	inA, rA := within(b, a)
	if max(rA, rB) < searchAlike {
		return m, false
	}
	if rB >= rA {
		return inB, true
	}
	return inA.Inverse()
}

// within finds where in l the picture part fits best: the map from fractions of
// part to fractions of l, and the correlation.
func within(part, l Luma) (m Affine, best float64) {
	small := l.Reduced(searchSide)
	for s := range Symmetry(Symmetries) {
		turned := part.Under(s)
		fill := min(float64(small.W)/float64(turned.W), float64(small.H)/float64(turned.H))
		for k := 1.0; k >= searchLeast; k /= searchStep {
			w, h := int(float64(turned.W)*fill*k+0.5), int(float64(turned.H)*fill*k+0.5)
			if min(w, h) < 6 {
				break
			}
			if r, at := placed(small, turned.resized(w, h)); r > best {
				best = r
				sw, sh := float64(small.W), float64(small.H)
				m = s.affine().Then(Affine{float64(w) / sw, 0, float64(at.x0) / sw, 0, float64(h) / sh, float64(at.y0) / sh})
			}
		}
	}
	return m, best
}

// affine is the map of the unit square that moves points as s does.
func (s Symmetry) affine() Affine {
	x, y := s.point(0, 0)
	ux, uy := s.point(1, 0)
	vx, vy := s.point(0, 1)
	return Affine{ux - x, vx - x, x, uy - y, vy - y, y}
}
