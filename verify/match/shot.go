package match

import (
	"cmp"

	"github.com/firsthand-media/firsthand/hashing"
	"github.com/firsthand-media/firsthand/hashing/feature"
	"github.com/firsthand-media/firsthand/verify"
)

const (
	// Within surelyBits of each other two pictures are checked as wholes first,
	// and when surelyShare of the blocks agree, all over both, there is nothing
	// that keypoints could add.
	surelyBits  = 8
	surelyShare = 0.9

	// leastPoints is how many keypoints each of two pictures must have for
	// these to be compared.
	leastPoints = 8

	// aloneShare is the share of the blocks that must agree where the hashes'
	// own check speaks alone: white borders around dark nights have up to 0.60
	// in common.
	aloneShare = 0.7

	// hashInliers is what hashes that are near are worth in keypoints.
	hashInliers = 6
)

// shot is one picture of an item: a still, or a frame of a video.
type shot struct {
	item  *verify.Item
	frame int
}

func (p shot) print() *hashing.Print { return &p.item.Frames[p.frame].Print }

// at is the time of the shot in its video, in seconds.
func (p shot) at() float64 { return p.item.Frames[p.frame].At.Seconds() }

// compared compares two pictures: as wholes when their hashes are very near, by
// keypoints, and, where these find nothing, as wholes as far as hashes lead.
func (x examiner) compared(p, q shot) (*finding, error) {
	w, err := x.wholes(p, q, surelyBits)
	if err != nil || w != nil && w.clear() {
		return w, err
	}
	f, err := x.parts(p, q)
	if err != nil || f != nil || w != nil {
		return cmp.Or(f, w), err
	}
	radius, err := x.wholeRadius(p, q)
	if err != nil {
		return nil, err
	}
	return x.wholes(p, q, radius)
}

// wholeRadius is how near the hashes of two pictures must be for these to be
// compared as wholes, where keypoints have found nothing: those of a small one
// find what lies further apart.
func (x examiner) wholeRadius(p, q shot) (int, error) {
	pp, pq, err := x.pair(p, q)
	if err == nil && (pp.Detail.Small() || pq.Detail.Small()) && min(len(pp.Points), len(pq.Points)) >= enoughPoints {
		return richRadius, nil
	}
	return stillRadius, err
}

// clear says that nothing about the finding is left to ask.
func (f *finding) clear() bool {
	return f.kind() == wholeCopy && f.Agreement.Verdict == hashing.Copy && f.Agreement.Share >= surelyShare
}

// wholes compares two pictures where their hashes lay them onto each other.
func (x examiner) wholes(p, q shot, radius int) (*finding, error) {
	bits, s, vp, vq := hashing.Best(*p.print(), *q.print())
	if bits > radius {
		return nil, nil
	}
	tp, tq, err := x.thumbs(p, q)
	if err != nil {
		return nil, err
	}
	g := hashing.ConfirmUnder(tp, tq, laid(vp.Box, vq.Box, s), hashing.Evidence{Inliers: hashInliers})
	side := hashing.DetailSide
	if !g.Accepted {
		// What was cut or stretched on the way is found by the search that
		// the hash's own check makes.
		g, side = hashing.Confirm(tp, tq, vp.Box, vq.Box, s), hashing.ThumbSide
		if !g.Accepted || g.Share < aloneShare {
			return nil, nil
		}
		if tp.Small() || tq.Small() { // too few blocks for that to speak alone
			return x.under(p, q, g.Map, hashInliers)
		}
		g.Mirrored, g.Rotation = s.Mirrored(), float64(90*s.Turns())
	}
	g.Inliers = 0 // none were looked for
	return x.finding(p, q, g, side)
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

func (x examiner) thumbs(p, q shot) (tp, tq hashing.Luma, err error) {
	if tp, err = x.thumb(p.item, p.frame); err == nil {
		tq, err = x.thumb(q.item, q.frame)
	}
	return tp, tq, err
}

// parts compares two pictures by their keypoints.
func (x examiner) parts(p, q shot) (*finding, error) {
	pp, pq, err := x.pair(p, q)
	if err != nil || min(len(pp.Points), len(pq.Points)) < leastPoints {
		return nil, err
	}
	compare := feature.Compare
	if isVideo(p.item) || isVideo(q.item) {
		compare = feature.ComparePoints
	}
	all := compare(pp, pq)
	if len(all) == 0 || !all[0].Accepted {
		return nil, nil
	}
	f, err := x.finding(p, q, all[0], hashing.DetailSide)
	if err == nil && all[0].Verdict == hashing.Copy {
		for _, g := range all[1:] {
			if g.Accepted && g.Verdict == hashing.Copy {
				f.Again++
			}
		}
	}
	return f, err
}

func (x examiner) pair(p, q shot) (pp, pq *feature.Picture, err error) {
	if pp, err = x.picture(p.item, p.frame); err == nil {
		pq, err = x.picture(q.item, q.frame)
	}
	return pp, pq, err
}

// under compares two pictures where a map that is known lays one onto the
// other; nil when they do not agree there.
func (x examiner) under(p, q shot, m hashing.Affine, inliers int) (*finding, error) {
	tp, tq, err := x.thumbs(p, q)
	if err != nil {
		return nil, err
	}
	g := hashing.ConfirmUnder(tp, tq, m, hashing.Evidence{Inliers: inliers})
	if !g.Accepted {
		return nil, nil
	}
	g.Inliers = 0 // none were looked for
	return x.finding(p, q, g, hashing.DetailSide)
}

// finding completes an accepted agreement, which was made from thumbnails of
// the given longest side.
func (x examiner) finding(p, q shot, g hashing.Agreement, side int) (*finding, error) {
	f := &finding{Bits: distance(p.print(), q.print()), Agreement: g}
	for i, s := range [2]shot{p, q} {
		l, err := x.thumb(s.item, s.frame)
		if err != nil {
			return nil, err
		}
		l = l.Reduced(side)
		f.Sides[i], f.Boxes[i] = [2]int{l.W, l.H}, trimmed(s.print())
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
