package feature

// Parameters of the keypoints and their descriptors. Where a reason names a
// measurement, it was made on copies of photographs of the development corpus.
const (
	// ratio is the factor from one level of the pyramid to the next: four
	// levels an octave. A point's scale is then at most 9 % from its level's,
	// which the descriptor bears even without refinement.
	ratio = 1.19
	// coarsest is the longest side of the last level. Below it a picture has
	// fewer than ten points, none of them well placed.
	coarsest = 40
	// maxLevels is how many levels a picture of hashing.FingerprintSide has.
	maxLevels = 16
	// blobSigma is the standard deviation, in pixels of its level, of the blob
	// that answers strongest: the blur of every level. With 0.8 more of the
	// points were noise and compression, and most kinds of copy had a tenth
	// fewer points in place.
	blobSigma = 1.1

	// margin is how far from a level's edge, in its pixels, a maximum must
	// lie. Nearer ones are described mostly by the edge repeated, and change
	// with it in an inset or a crop: with 5 in place of 3, insets of 35 % with
	// ten points in place rose from 89 to 96 %.
	margin = 5
	// leastResponse is the determinant of a blob whose curvature is 0.8 of a
	// grey level. It is this low because fog and night have nothing stronger,
	// and because points are chosen by rank, not by strength; half of it finds
	// nothing more again, only noise and what JPEG leaves.
	leastResponse = 2500

	// cells is the number of cells along each side of the grid over which
	// points are spread: text and foliage would take all places.
	cells = 9
	// bands is the number of ranges of scale, of bandLevels levels each, that
	// have a grid of their own: small blobs are many and would take all
	// places, but an inset of a third of the side shows only the large ones.
	// On 47 insets of 35 % it raises those with ten points in place from 79 to
	// 92 %, and the worst tenth of blurred copies from 60 points to 143.
	bands      = 3
	bandLevels = 5

	// orientRadius and orientSigma shape the window, in pixels of the level,
	// from which a point's direction is taken. Wider windows reach over the
	// edge of an inset more often: 24 points of 27 keep their direction with
	// this one, 22 with a radius of 13.
	orientRadius = 7
	orientSigma  = 3.5
	// orientBins divides the circle; a multiple of four, so that a quarter
	// turn moves whole bins.
	orientBins = 36
	// secondPeak is the share of the strongest direction from which another
	// makes a second entry: near-ties fall either way in a copy. A lower share
	// spends places on entries that are rarely the right ones: with 0.85 every
	// kind of copy had 5 to 10 % fewer points in place.
	secondPeak = 0.95

	// PatchRadius is half the side of the patch that is described, in pixels
	// of the level.
	PatchRadius = 13
	patchSide   = 2*PatchRadius + 1
)

// Steps in which a point's geometry is kept, 40 bits together. Points are
// brought to these steps before they are described, so that a stored set is
// the set that was extracted.
const (
	placeSteps = 1 << 11 // of each side: a quarter of a pixel at 512
	angleSteps = 1 << 10 // of the circle: 0.35 degrees
	scaleSteps = 1 << 8  // scaleParts a level
	scaleParts = scaleSteps / maxLevels
)
