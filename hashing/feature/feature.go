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
// kept to query with and to compare two pictures. An inset of 35 % has an
// eighth of its picture's; of 560 too few were its own.
const (
	Indexed = 340
	Kept    = 640
)

// Extract finds the keypoints of an upright grey picture, Kept entries at
// most. Make the picture with hashing.FromImage and hashing.FingerprintSide;
// a larger one is reduced here, and a small one (hashing.SmallSide) is enlarged
// to twice its sides, and gives Indexed entries at most. A picture that is
// empty, flat or less than 6 pixels wide or high has none.
//
//  1. The picture is averaged by area to sizes that shrink by 1.19, down to 40
//     pixels, and each is blurred a little.
//  2. Keypoints are the maxima, over place and neighbouring sizes, of the
//     determinant of the Hessian: blobs and corners.
//  3. They are taken in rounds, the strongest of every cell of a grid first.
//  4. Each gets the direction of its surroundings' gradients, or two.
//  5. The turned and scaled surroundings are described by 256 comparisons.
func Extract(l hashing.Luma) Set {
	s, _ := extract(l, false)
	return s
}

// Patches is Extract that gives, in place of the descriptors, what they would
// describe. It serves the program that learns the comparisons.
func Patches(l hashing.Luma) (Set, []Patch) { return extract(l, true) }

func extract(l hashing.Luma, patches bool) (Set, []Patch) {
	l = l.Reduced(hashing.FingerprintSide)
	if l.W <= 0 || l.H <= 0 || len(l.Pix) != l.W*l.H {
		return Set{}, nil
	}
	most := Kept
	if l.Small() {
		l, most = l.Doubled(), Indexed
	}
	p := pyramids.Get().(*pyramid)
	defer pyramids.Put(p)
	p.build(l)
	p.detect()
	p.spread()
	return p.described(l.W, l.H, most, patches)
}

// described makes the entries of the keypoints, in their order, so many at most.
func (p *pyramid) described(w, h, most int, patches bool) (Set, []Patch) {
	most = min(most, 2*len(p.order))
	s := Set{W: w, H: h, Points: make([]Point, 0, most), Descriptors: make([]Descriptor, 0, most)}
	var cut []Patch
	var t Patch
	for _, r := range p.order {
		q := &p.found[r.keypoint()]
		angles, n := p.orientations(q)
		for _, angle := range angles[:n] {
			if len(s.Points) == most {
				return s, cut
			}
			t.cut(&p.levels[q.level], q, angle)
			s.Points = append(s.Points, steps{q.x, q.y, q.scale, angle}.point(w, h))
			if patches {
				cut = append(cut, t)
				continue
			}
			s.Descriptors = append(s.Descriptors, t.describe())
		}
	}
	return s, cut
}

// First is the set's first n entries.
func (s Set) First(n int) Set {
	n = min(n, len(s.Points))
	return Set{s.W, s.H, s.Points[:n:n], s.Descriptors[:n:n]}
}
