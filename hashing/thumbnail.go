package hashing

import "math"

// Parameters of the comparison of a picture with its embedded thumbnail. They
// were set on 96 pairs from camera and editor files, and on thumbnails made of
// 141 photographs the way cameras make them, with and without edits after it.
const (
	thumbWork  = 160 // longest side that both are brought to: that of most EXIF thumbnails
	thumbLeast = 16  // pixels of the shorter side below which nothing can be said

	thumbStraight = 0.95 // share of the blocks that agree without any laying on, from which none is tried
	thumbSurely   = 0.60 // from which no other turn is tried
	thumbCover    = 0.92 // of the thumbnail that the picture must show: cameras cut off up to 2 % of each side
	thumbAlike    = 0.85 // correlation, all detail averaged away, from which it is no other picture
	thumbRough    = 48   // pixels of the longest side, and
	thumbSteps    = 12   // steps, of the search for a part that is the same, and of the first laying on of a turned thumbnail
	thumbHopeful  = 0.45 // correlation below which that one is given up
	thumbTextured = 12   // textured blocks in the thumbnail needed to call it another picture
)

// thumbPasses are the two comparisons: the second, without fine detail, for
// thumbnails that a camera made by dropping pixels. There, blocks of different
// pictures agree more often.
var thumbPasses = [...]struct {
	side  int     // pixels of the longest side that detail is averaged to
	share float64 // of the textured blocks that must agree; see acceptShare
}{{thumbWork, 0.35}, {64, 0.60}}

// Showing says what an embedded thumbnail shows of the picture around it.
type Showing int

// The ways in which a thumbnail can stand to its picture.
const (
	Undecided    Showing = iota // too small, flat or noisy to say
	WholePicture                // the picture, as far as a thumbnail can
	MoreOfScene                 // the picture and what lies around it
	OtherInPart                 // the picture, but for parts that look different
	MirrorImage                 // the picture with left and right exchanged
	OtherPicture                // something else
)

// ThumbnailMatch is the outcome of [CompareThumbnail].
type ThumbnailMatch struct {
	Showing Showing
	Share   float64 // of the textured blocks that agree, 0..1
	Covered float64 // part of the thumbnail, without bars, that the picture shows, 0..1
	Changed []Box   // the parts of the picture that look different, for OtherInPart
}

// CompareThumbnail says whether a thumbnail shows the whole picture. Both are
// taken as they are stored, without their orientation.
//
//  1. Dark bars that fill the thumbnail up to 4:3 are taken off; both ways are
//     tried, since a scene can be dark at its edges.
//  2. The thumbnail is laid onto the picture in each of the four turns (a
//     writer may have turned one of the two) and the blocks are compared as by
//     [Confirm], which takes no notice of exposure and small shifts.
//  3. Blocks that differ count where they lie together, differ in grey level
//     too, and still differ with all fine detail averaged away: noise,
//     sharpening and compression do not (changedParts).
//  4. A thumbnail that cannot be laid on is tried mirrored, both again without
//     fine detail, then as a view of which the picture is a smaller part
//     (enclosing).
//
// Where that gives nothing it is another picture only if it has enough detail
// to be told apart, and does not look like the picture from afar.
func CompareThumbnail(thumb, picture Luma) ThumbnailMatch {
	if !thumb.valid() || !picture.valid() ||
		min(thumb.W, thumb.H, picture.W, picture.H) < thumbLeast {
		return ThumbnailMatch{}
	}
	views := []Luma{thumb}
	if box, ok := letterbox(thumb); ok {
		views = append(views, thumb.cropped(box))
	}
	for _, v := range views {
		if sameThroughout(v, picture) {
			return ThumbnailMatch{Showing: WholePicture, Share: 1, Covered: 1}
		}
	}
	from := beginnings{}
	for _, pass := range thumbPasses {
		if m, ok := compared(views, picture, from, pass.side, pass.share); ok {
			return m
		}
	}
	view, picture := worked(views[len(views)-1], thumbWork), worked(picture, thumbWork)
	if m, ok := enclosing(view, picture); ok {
		return m
	}
	if textured(view) < thumbTextured || resemblance(views, picture) >= thumbAlike {
		return ThumbnailMatch{}
	}
	return ThumbnailMatch{Showing: OtherPicture}
}

// compared lays the views onto the picture, as they are and mirrored, with
// detail finer than side averaged away.
func compared(views []Luma, picture Luma, from beginnings, side int, share float64) (ThumbnailMatch, bool) {
	picture = worked(picture, side)
	at := make([]Luma, len(views))
	for i, v := range views {
		at[i] = worked(v, side)
	}
	for _, v := range at {
		if g := laidBy(Affine{0: 1, 4: 1}, v, picture); g.accepted(thumbStraight) {
			if m := g.verdict(); m.Showing == WholePicture {
				return m, true
			}
		}
	}
	if best := laidBest(at, picture, from, 0); best.accepted(share) {
		return best.verdict(), true
	}
	if best := laidBest(at, picture, from, 4); best.accepted(share) {
		return ThumbnailMatch{Showing: MirrorImage, Share: best.share(), Covered: best.covered}, true
	}
	return ThumbnailMatch{}, false
}

// worked brings a picture to the size that thumbnails are compared at, by way
// of a smaller one where detail is to be averaged away.
func worked(l Luma, side int) Luma {
	l = l.Reduced(side)
	long := max(l.W, l.H)
	return l.resized(max(1, (l.W*thumbWork+long/2)/long), max(1, (l.H*thumbWork+long/2)/long))
}

// laying is a thumbnail laid onto a picture.
type laying struct {
	thumb, picture Luma
	m              Affine // from the picture to the thumbnail
	blocks         blocks // of the picture
	agreeing       int
	textured       int
	covered        float64 // of the thumbnail by the picture
}

func (g *laying) share() float64 {
	return float64(g.agreeing) / float64(max(g.textured, 1))
}

func (g *laying) accepted(share float64) bool {
	return g.agreeing >= acceptBlocks && g.share() >= share
}

// rank orders layings: what agrees, times what of the thumbnail is explained,
// so that bars are rather taken off than left over.
func (g *laying) rank() float64 {
	return g.share() * g.covered * float64(min(g.agreeing, acceptBlocks))
}

// beginnings remembers the starts of each view in each turn: they are found
// with so little detail that both passes find the same.
type beginnings map[[2]int][]Affine

func (b beginnings) of(view int, s Symmetry, thumb, picture Luma) []Affine {
	key := [2]int{view, int(s)}
	from, ok := b[key]
	if !ok {
		from = starts(thumb, picture)
		b[key] = from
	}
	return from
}

// laidBest lays each view of the thumbnail onto the picture in the four turns
// that follow s.
func laidBest(views []Luma, picture Luma, from beginnings, s Symmetry) (best laying) {
	for turn := range Symmetry(4) {
		for i, view := range views {
			view = view.Under(s + turn)
			if g := laid(view, picture, from.of(i, s+turn, view, picture), s+turn == 0); g.rank() > best.rank() {
				best = g
			}
		}
		if best.accepted(thumbSurely) {
			break
		}
	}
	return best
}

// laid finds the map from picture to thumbnail and compares the blocks.
func laid(thumb, picture Luma, from []Affine, inPart bool) (best laying) {
	for _, m := range maps(thumb, picture, from, inPart) {
		if g := laidBy(m, thumb, picture); g.rank() > best.rank() {
			best = g
		}
	}
	return best
}

func laidBy(m Affine, thumb, picture Luma) laying {
	k := compareBlocks(thumb, picture, m)
	g := laying{thumb: thumb, picture: picture, m: m, blocks: k, agreeing: k.count(agrees), covered: coveredPart(m)}
	g.textured = g.agreeing + k.count(differs)
	return g
}

// maps gives the maps by which the two may agree. Where they have too little in
// common as a whole, a part may still be the same, at about its place: that is
// looked for, when inPart is set, which takes most of the time.
func maps(thumb, picture Luma, from []Affine, inPart bool) (all []Affine) {
	rough, roughPicture := thumb.Reduced(thumbRough), picture.Reduced(thumbRough)
	for _, start := range from {
		if inPart {
			all = append(all, refined(thumb, picture, start))
			continue
		}
		if m, ok := refine(rough, roughPicture, start, thumbSteps); ok && alikeUnder(rough, roughPicture, m) >= thumbHopeful {
			all = append(all, refined(thumb, picture, m))
		}
		break
	}
	if len(all) > 0 || !inPart {
		return all
	}
	m, _ := refine(rough, roughPicture, Affine{0: 1, 4: 1}, thumbSteps)
	return []Affine{m}
}

// alikeUnder is the correlation of b with a where m lays it.
func alikeUnder(a, b Luma, m Affine) float64 {
	var n, sa, sb, saa, sbb, sab float64
	for y := range b.H {
		for x := range b.W {
			u, v := m.Apply((float64(x)+0.5)/float64(b.W), (float64(y)+0.5)/float64(b.H))
			if u < 0 || v < 0 || u > 1 || v > 1 {
				continue
			}
			p, q := sample(a, u*float64(a.W)-0.5, v*float64(a.H)-0.5), float64(b.Pix[y*b.W+x])
			n++
			sa, sb, saa, sbb, sab = sa+p, sb+q, saa+p*p, sbb+q*q, sab+p*q
		}
	}
	return correlation(n, sa, sb, saa, sbb, sab)
}

// coveredPart is how much of its unit square m fills from the other.
func coveredPart(m Affine) float64 {
	var outline [][2]float64
	for _, c := range [4][2]float64{{0, 0}, {1, 0}, {1, 1}, {0, 1}} {
		x, y := m.Apply(c[0], c[1])
		outline = append(outline, [2]float64{x, y})
	}
	return math.Abs(area(clip(outline)))
}

func (g *laying) verdict() ThumbnailMatch {
	m := ThumbnailMatch{Showing: WholePicture, Share: g.share(), Covered: g.covered, Changed: g.changedParts()}
	switch {
	case g.covered < thumbCover:
		m.Showing, m.Changed = MoreOfScene, nil
	case len(m.Changed) > 0:
		m.Showing = OtherInPart
	}
	return m
}

// textured counts the blocks of a picture that have something to compare.
func textured(l Luma) int {
	flatter := Luma{W: l.W, H: l.H, Pix: make([]byte, len(l.Pix))}
	k := compareBlocks(flatter, l, Affine{0: 1, 4: 1})
	return k.count(differs)
}

// resemblance is the greatest correlation of a view with the picture, of which
// no more is left than 24 x 24 pixels.
func resemblance(views []Luma, picture Luma) (most float64) {
	small := picture.resized(coarseSide, coarseSide)
	for _, view := range views {
		for s := range Symmetry(4) {
			_, r := coarse(view.Under(s).resized(coarseSide, coarseSide), small)
			most = max(most, r)
		}
	}
	return most
}
