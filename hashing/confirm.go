package hashing

import (
	"bytes"
	"cmp"
)

// Parameters of the block check. Side, correlation and offsets of the blocks are
// what the prototype of this check used; the others were set on the
// development corpus: 141 photographs, 47 of them in 35 kinds of altered copy.
// Of 17,800 pairs of different photographs within 20 bits of each other none
// had more than 16 % of its blocks agree.
const (
	blockSide        = 12   // pixels of the 192-pixel thumbnail
	blockCorrelation = 0.75 // normalised correlation from which a block agrees
	blockTexture     = 3.0  // standard deviation in grey levels, mean and slope taken out, that both pictures must have
	blockOverlay     = 6.0  // or one of them alone: something laid over a flat place

	coarseSide    = 24   // side of the pictures of the coarse search
	coarseShift   = 3    // pixels of 24 either way: a crop of a fifth of the area at a corner
	coarseOverlap = 0.55 // share of the area that a shift must leave
	coarseLeast   = 0.50 // correlation below which nothing is refined: it ends half of the wrong pairs, and no right one
	registerReach = 0.35 // how far each number of the map may leave the identity

	acceptBlocks = 8    // agreeing blocks needed
	surelyShare  = 0.70 // from which no other start is tried
	acceptShare  = 0.35 // of the textured blocks: twice what the worst wrong pair had, and room for overlays
)

// coarseScales are the parts of A's side that may fill B's.
var coarseScales = [...]float64{0.82, 0.88, 0.94, 1, 1.06, 1.13, 1.21}

// Agreement is what the block check found: which parts of two pictures show
// the same. Regions are polygons in fractions of each whole picture, clockwise
// as seen, and nil when nothing was accepted.
type Agreement struct {
	Accepted  bool
	Verdict   Verdict // Nothing unless accepted
	Map       Affine  // from points of A to points of B, both in fractions of the whole picture
	Mirrored  bool    // how A is to be moved to look like B: mirrored first,
	Rotation  float64 // then turned clockwise by so many degrees, 0 up to 360
	Inliers   int     // keypoints at distinct places that fit the map; 0 when none were asked
	Residual  float64 // pixels of DetailSide that four fifths of the agreeing blocks lie off the map by less than, each taken with its neighbours: a copy's hardly do
	Parallax  float64 // share of the keypoints that fit the map only nearly, less what chance puts there; 0 when none were asked
	Displaced float64 // share of the differing blocks that hold such a keypoint: the same thing, moved

	Agreeing int     // textured blocks that agree
	Textured int     // textured blocks compared
	Share    float64 // Agreeing of Textured, 0..1
	Natural  float64 // the same of the blocks that are no graphics (letters on an even ground); 0 when there are none
	Exact    bool    // so much that is no graphics lies to the pixel that more than a frame or a logo must be shared
	natural  int     // agreeing blocks among those
	open     float64 // share of agreeing blocks among those that neither graphics nor their ground cover

	RegionA, RegionB   [][2]float64
	ChangedA, ChangedB []Box   // what differs inside the regions: overlays, captions
	CoverA, CoverB     float64 // share of each box, of each whole picture where there are none, that the region fills, 0..1
	Scale              float64 // thumbnail pixels of B for one of A along a side; Map.Scale gives it for pictures of any size
}

// Confirm says whether two thumbnails (ThumbSide pixels) show the same picture
// when the part boxA of a, under s, is laid onto the part boxB of b. A small
// crop, stretch or turn between the two is found and taken out first.
//
//  1. Both parts are cut out, a's is put under s, and the map from b onto a
//     is found (starts, refined).
//  2. b is cut into blocks of 12 pixels. A block is compared when the map puts
//     it inside a and it is textured in either picture.
//  3. It agrees when the normalised correlation of the two exceeds 0.75 at one
//     of five offsets: none and half a pixel each way.
//  4. The pair is accepted by number and share of agreeing blocks.
//
// The verdict is symmetric: Confirm(b, a, boxB, boxA, s.Inverse()) gives the
// same with A and B exchanged. Neighbouring frames of one video and burst
// photographs cannot be told from copies.
func Confirm(a, b Luma, boxA, boxB Box, s Symmetry) Agreement {
	if !a.valid() || !b.valid() || !boxA.valid() || !boxB.valid() {
		return Agreement{}
	}
	if later(a, b, boxA, boxB) {
		return confirm(b, a, boxB, boxA, s.Inverse()).Exchanged()
	}
	return confirm(a, b, boxA, boxB, s)
}

// later puts any two pictures in an order that does not depend on which was
// given first.
func later(a, b Luma, boxA, boxB Box) bool {
	return cmp.Or(
		cmp.Compare(a.W*a.H, b.W*b.H), cmp.Compare(a.W, b.W), bytes.Compare(a.Pix, b.Pix),
		cmp.Compare(boxA.X0, boxB.X0), cmp.Compare(boxA.Y0, boxB.Y0),
		cmp.Compare(boxA.X1, boxB.X1), cmp.Compare(boxA.Y1, boxB.Y1)) > 0
}

// Exchanged is the same agreement seen from the other picture.
func (g Agreement) Exchanged() Agreement {
	g.RegionA, g.RegionB = g.RegionB, g.RegionA
	g.ChangedA, g.ChangedB = g.ChangedB, g.ChangedA
	g.CoverA, g.CoverB = g.CoverB, g.CoverA
	if g.Scale > 0 {
		g.Scale = 1 / g.Scale
	}
	if inv, ok := g.Map.Inverse(); ok {
		g.Map = inv
	}
	if !g.Mirrored { // a mirroring followed by a turn undoes itself
		g.Rotation = degreesOf(-g.Rotation)
	}
	return g
}

func (b Box) valid() bool {
	return b.X0 >= 0 && b.Y0 >= 0 && b.X1 <= 1 && b.Y1 <= 1 && b.X0 < b.X1 && b.Y0 < b.Y1
}

func confirm(a, b Luma, boxA, boxB Box, s Symmetry) (best Agreement) {
	a, b = a.Reduced(ThumbSide), b.Reduced(ThumbSide)
	partA, partB := a.cropped(boxA).Under(s), b.cropped(boxB)
	for _, start := range starts(partA, partB) {
		m := refined(partA, partB, start)
		blocks := compareBlocks(partA, partB, m)
		g := Agreement{Agreeing: blocks.count(agrees), Textured: blocks.count(agrees) + blocks.count(differs)}
		if g.Agreeing <= best.Agreeing {
			continue
		}
		g.Share = float64(g.Agreeing) / float64(g.Textured)
		g.Accepted = g.Agreeing >= acceptBlocks && g.Share >= acceptShare
		if g.Accepted {
			g.locate(blocks, m, boxA, boxB, s, partA, partB)
		}
		best = g
		if g.Accepted && g.Share >= surelyShare {
			break
		}
	}
	if best.Accepted {
		best.judgeLaid(a, b)
	}
	return best
}

// judgeLaid gives the verdict on two thumbnails that have been laid onto each
// other by their map.
func (g *Agreement) judgeLaid(a, b Luma) {
	g.Verdict = Copy
	g.Mirrored, g.Rotation = g.Map.Turn(a.W, a.H, b.W, b.H)
	l, ok := lay(a, b, g.Map, workSide, 0, layFinest)
	if !ok {
		return
	}
	l.smooth()
	if g.Residual = l.settle(blockSide, fineTries).drift(); g.Residual >= driftMost && !g.throughout() {
		g.Verdict = SameScene
	}
}
