package hashing

import "math"

// SmallSide is the longest side, in pixels, up to which a picture is small: a
// thumbnail, a messenger's preview. It has too few blocks with texture for
// their number to tell anything, half of them with a hard edge that fits many
// pictures. So small pictures are compared by their fine structure as a whole,
// and what agrees is measured by what chance brings.
const SmallSide = ThumbSide

// Parameters of the comparison of small pictures. They were set on 1,260 pairs
// of drawn scenes and of photographs of the development corpus, reduced to 40 to
// 160 pixels, cropped, captioned and compressed, and on 9,600 maps that
// keypoints of different ones had led to.
const (
	smallTexture = 2.0 // of a block, in place of blockTexture: of a small picture there is little else
	smallTries   = 1   // steps of the map before the first look at the blocks
	smallBlocks  = 3   // textured blocks from which that look means something
	smallAlike   = 0.3 // their mean correlation, below which it ends: nine in ten wrong maps, and none of 360 right ones

	// Agreeing blocks needed; blocks that are no graphics from which a share of
	// them must agree; that share; where there are fewer, the share of all blocks.
	// The frame of an app around different pictures had 0.46 of the first share at
	// most, and 99 in 100 copies 0.53 or more.
	smallAgreeing     = 6
	smallNatural      = 6
	smallNaturalShare = 0.5
	smallShare        = 0.8

	smallDrift = 0.3 // pixels from which drift speaks against a copy even where all agrees

	smallGrain = 9.0 // pixels of a smoothed picture that vary as one
	smallUsual = 1.6 // variances of a displacement that chance stays below four times of five

	fineRadius = 4    // pixels that the surroundings of one reach
	fineFloor  = 2.0  // grey levels by which noise and compression vary
	fineCell   = 8    // side in pixels of the cells that agree or do not,
	fineAlike  = 0.4  // correlation from which they do,
	fineNoise  = 0.05 // and part of their pixels that is added to what they must exceed: cells without structure

	fineNear = 6  // pixels off, at least,
	fineFar  = 12 // and at most, at which a laying is wrong,
	fineStep = 3  // and from one to the next

	// The proof needed for pictures shown whole in each other, and what is
	// added for e times less of one. Wrong maps had 1.0 at most where half of
	// either picture is shown, 1.5 from a third on, and 2.5 below; of the right
	// ones 2.6 % have less than is asked for.
	proofLeast = 2.4
	proofStep  = 1.0
	proofSure  = 8.0 // standard deviations of chance, beyond which more proves nothing
)

// Small says whether a picture is compared as small ones are. It must not have
// been reduced.
func (l Luma) Small() bool { return max(l.W, l.H) <= SmallSide }

// Doubled is the picture with twice its sides, interpolated: the first octave
// of the scale space of a small one (Lowe, "Distinctive Image Features from
// Scale-Invariant Keypoints", IJCV 2004, 3.3).
func (l Luma) Doubled() Luma { return l.enlarged(2*l.W, 2*l.H) }

// resembles says whether a first look at the blocks of two small pictures makes
// a closer one worth while.
func (p *plates) resembles() bool {
	sum, n := 0.0, 0
	for i, s := range p.state {
		if s == agrees || s == differs {
			sum += p.found[i].alike
			n++
		}
	}
	return n < smallBlocks || sum >= smallAlike*float64(n)
}

// proof is how much two small pictures have in common that are laid onto each
// other: the correlation of their fine structure (Fisher's z), times the share
// of it that lies where the two agree, as an alignment by chance of a few edges
// leaves the rest apart, times how many standard deviations of the correlation
// by chance it is.
func (l *sheet) proof() float64 {
	ref, top := l.fineStructure()
	z := math.Atanh(math.Max(0, math.Min(ref.along(top, 0, 0), 0.999)))
	common := z * ref.agreeing(top)
	if common*proofSure < proofLeast {
		return common // not worth the comparison with chance
	}
	return common * math.Min(proofSure, z/math.Max(ref.chance(top), 1e-6))
}

// telling says whether what agrees of two small pictures is more than graphics,
// which pictures in one app have in common: of so many blocks that are none.
func (g *Agreement) telling(natural int) bool {
	if g.Agreeing < smallAgreeing {
		return false
	}
	if natural < smallNatural {
		return g.Share >= smallShare
	}
	return g.Natural >= smallNaturalShare
}

// proven says whether so much is more than chance brings. The smaller a part of
// either picture the other shows, the more places there are for it.
func (g *Agreement) proven(proof float64) bool {
	if math.Max(g.CoverA, g.CoverB) < leastCover {
		return false
	}
	return proof >= proofLeast-proofStep*math.Log(math.Min(1, math.Min(g.CoverA, g.CoverB)))
}

// beyondChance takes from a displacement that blocks ask for together what noise
// makes them ask for: a picture of few pixels has been resampled as coarsely.
// trace is that of the inverse of the sum of the blocks' moments, which are
// weighed by their certainty.
func (p *plates) beyondChance(off, trace float64) float64 {
	variance := trace * smallGrain / float64(p.side*p.side)
	return math.Sqrt(math.Max(0, off*off-smallUsual*variance))
}
