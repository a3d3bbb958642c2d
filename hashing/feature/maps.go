package feature

import "github.com/firsthand-media/firsthand/hashing"

// Proposed is a way in which keypoints lay one picture onto another, before
// anything but keypoints has been looked at.
type Proposed struct {
	Map     hashing.Affine // from fractions of the first picture to fractions of the second
	Inliers int            // keypoints at distinct places that fit it
}

// Maps are the ways in which keypoints lay a onto b, as it is and seen in a
// mirror, the fullest of each first. They are for pictures that are known to be
// small, where blocks are too few to decide: the caller does.
func Maps(a, b *Picture) []Proposed {
	if !a.valid() || !b.valid() {
		return nil
	}
	var out []Proposed
	for _, mirrored := range [2]bool{false, true} {
		other := &b.Set
		if mirrored {
			m := b.Set.Mirrored()
			other = &m
		}
		g := newGeometry(a, b, other)
		for i, s := range g.solutions() {
			if i == checkedMost {
				break
			}
			out = append(out, Proposed{g.fractions(s.m, mirrored), s.inliers})
		}
	}
	return out
}
