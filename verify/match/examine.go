package match

import (
	"cmp"

	"github.com/firsthand-media/firsthand/hashing"
	"github.com/firsthand-media/firsthand/hashing/feature"
	"github.com/firsthand-media/firsthand/verify"
)

const (
	// framesTried is how many frames of a video a still is compared with by
	// block check, nearest hash first.
	framesTried = 3
	// clearShare is the share of agreeing blocks from which no better frame is
	// looked for.
	clearShare = 0.8

	// Within surelyBits of each other two pictures are checked as wholes first,
	// and when surelyShare of the blocks agree, all over both, there is nothing
	// that keypoints could add.
	surelyBits  = 8
	surelyShare = 0.9

	// leastPoints is how many keypoints each of two pictures must have for
	// these to be compared.
	leastPoints = 8
)

// examiner decides whether two items match. It may be used by several
// goroutines.
type examiner struct{ *shelf }

// verdict is what the examination of two items found: nothing, a finding of
// stills, or a match in which a video takes part. It reads from the item with
// the lesser digest to the other.
type verdict struct {
	Stills *finding      `json:",omitempty"`
	Moving *verify.Match `json:",omitempty"`
	Whole  bool          `json:",omitempty"` // Moving covers the whole of both
}

func (v verdict) found() bool { return v.Stills != nil || v.Moving != nil }

// match describes a verdict that found something, from a to b.
func (v verdict) match(a, b *verify.Item) verify.Match {
	if v.Stills != nil {
		return v.Stills.match(a, b)
	}
	m := *v.Moving
	if a.Digest > b.Digest {
		m = exchanged(m)
	}
	m.A, m.B, m.DigestA, m.DigestB, m.WholeOfBoth = firstPath(a), firstPath(b), a.Digest, b.Digest, v.Whole
	return m
}

// examine compares two items. Which comes first does not matter.
func (x examiner) examine(a, b *verify.Item) (verdict, error) {
	if a.Digest > b.Digest {
		a, b = b, a
	}
	if len(a.Frames) == 0 || len(b.Frames) == 0 {
		return verdict{}, nil
	}
	if !isVideo(a) && !isVideo(b) {
		f, err := x.stills(a, b)
		return verdict{Stills: f}, err
	}
	m, ok, err := x.moving(a, b)
	if err != nil || !ok {
		return verdict{}, err
	}
	return verdict{Moving: &m, Whole: m.WholeOfBoth}, nil
}

func (x examiner) moving(a, b *verify.Item) (verify.Match, bool, error) {
	switch va, vb := isVideo(a), isVideo(b); {
	case va && vb:
		return x.videos(a, b)
	case va:
		m, ok, err := x.stillInVideo(b, a)
		return exchanged(m), ok, err
	default:
		return x.stillInVideo(a, b)
	}
}

// Beyond farBits the hash says little for a match, so that the blocks must say
// more: farShare of them must agree.
const (
	farBits  = 16
	farShare = 0.5
)

func convincing(bits int, g hashing.Agreement) bool {
	return g.Accepted && (bits <= farBits || g.Share >= farShare)
}

// stills compares two pictures: as wholes when their hashes are very near, by
// keypoints, and, where these find nothing, as wholes as far as hashes lead.
func (x examiner) stills(a, b *verify.Item) (*finding, error) {
	w, err := x.wholes(a, b, surelyBits)
	if err != nil || w != nil && w.clear() {
		return w, err
	}
	f, err := x.parts(a, b)
	if err != nil || f != nil || w != nil {
		return cmp.Or(f, w), err
	}
	return x.wholes(a, b, stillRadius)
}

// clear says that nothing about the finding is left to ask.
func (f *finding) clear() bool {
	return f.kind() == wholeCopy && f.Agreement.Verdict == hashing.Copy && f.Agreement.Share >= surelyShare
}

// aloneShare is the share of the blocks that must agree where the hashes' own
// check speaks alone: white borders around dark nights have up to 0.60 in common.
const aloneShare = 0.7

// hashInliers is what hashes that are near are worth in keypoints.
const hashInliers = 6

// wholes compares two pictures where their hashes lay them onto each other.
func (x examiner) wholes(a, b *verify.Item, radius int) (*finding, error) {
	bits, s, va, vb := hashing.Best(a.Frames[0].Print, b.Frames[0].Print)
	if bits > radius {
		return nil, nil
	}
	ta, tb, err := x.thumbs(a, b)
	if err != nil {
		return nil, err
	}
	g := hashing.ConfirmUnder(ta, tb, laid(va.Box, vb.Box, s), hashing.Evidence{Inliers: hashInliers})
	side := hashing.DetailSide
	if !g.Accepted {
		// What was cut or stretched on the way is found by the search that
		// the hash's own check makes.
		g, side = hashing.Confirm(ta, tb, va.Box, vb.Box, s), hashing.ThumbSide
		if !g.Accepted || g.Share < aloneShare {
			return nil, nil
		}
		g.Mirrored, g.Rotation = s.Mirrored(), float64(90*s.Turns())
	}
	g.Inliers = 0 // none were looked for
	return x.finding(a, b, g, side)
}

// laid is the map of two pictures of which the box of the first, under s, lies
// on that of the second.
func laid(from, to hashing.Box, s hashing.Symmetry) hashing.Affine {
	w, h := from.X1-from.X0, from.Y1-from.Y0
	m := hashing.Affine{1 / w, 0, -from.X0 / w, 0, 1 / h, -from.Y0 / h}
	if s.Mirrored() {
		m = m.Then(hashing.Affine{-1, 0, 1, 0, 1, 0})
	}
	for range s.Turns() {
		m = m.Then(hashing.Affine{0, -1, 1, 1, 0, 0})
	}
	return m.Then(hashing.Affine{to.X1 - to.X0, 0, to.X0, 0, to.Y1 - to.Y0, to.Y0})
}

func (x examiner) thumbs(a, b *verify.Item) (ta, tb hashing.Luma, err error) {
	if ta, err = x.thumb(a, 0); err == nil {
		tb, err = x.thumb(b, 0)
	}
	return ta, tb, err
}

// parts compares two pictures by their keypoints.
func (x examiner) parts(a, b *verify.Item) (*finding, error) {
	pa, pb, err := x.pair(a, b)
	if err != nil || min(len(pa.Points), len(pb.Points)) < leastPoints {
		return nil, err
	}
	all := feature.Compare(pa, pb)
	if len(all) == 0 || !all[0].Accepted {
		return nil, nil
	}
	f, err := x.finding(a, b, all[0], hashing.DetailSide)
	if err == nil && all[0].Verdict == hashing.Copy {
		for _, g := range all[1:] {
			if g.Accepted && g.Verdict == hashing.Copy {
				f.Again++
			}
		}
	}
	return f, err
}

func (x examiner) pair(a, b *verify.Item) (pa, pb *feature.Picture, err error) {
	if pa, err = x.picture(a, 0); err == nil {
		pb, err = x.picture(b, 0)
	}
	return pa, pb, err
}

// finding completes an accepted agreement, which was made from thumbnails of
// the given longest side.
func (x examiner) finding(a, b *verify.Item, g hashing.Agreement, side int) (*finding, error) {
	f := &finding{Bits: distance(&a.Frames[0].Print, &b.Frames[0].Print), Agreement: g}
	for i, it := range [2]*verify.Item{a, b} {
		l, err := x.thumb(it, 0)
		if err != nil {
			return nil, err
		}
		l = l.Reduced(side)
		f.Sides[i], f.Boxes[i] = [2]int{l.W, l.H}, trimmed(&it.Frames[0].Print)
	}
	return f, nil
}

// distance is the least distance of any two views of two pictures, however
// little there is to be seen in them.
func distance(a, b *hashing.Print) int {
	views := func(p *hashing.Print) []*hashing.View {
		if p.Trimmed == nil {
			return []*hashing.View{&p.Full}
		}
		return []*hashing.View{&p.Full, p.Trimmed}
	}
	bits, _, _, _ := hashing.Nearest(views(a), views(b))
	return min(bits, 64)
}

// check runs the block check on a pair of frames.
func (x examiner) check(a *verify.Item, fa int, b *verify.Item, fb int, va, vb *hashing.View, s hashing.Symmetry) (hashing.Agreement, error) {
	ta, err := x.thumb(a, fa)
	if err != nil {
		return hashing.Agreement{}, err
	}
	tb, err := x.thumb(b, fb)
	if err != nil {
		return hashing.Agreement{}, err
	}
	return hashing.Confirm(ta, tb, va.Box, vb.Box, s), nil
}
