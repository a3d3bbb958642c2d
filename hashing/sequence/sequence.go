// Package sequence finds which stretch of one video shows the same as which
// stretch of another, from the fingerprints of their frames.
//
// Start at [Align]. It promises: a segment rests on at least three different
// moments on either side, in one order, at one speed; a pair of frames that
// look alike is counted only when the caller's check of the pictures confirms
// it; where the pictures do not change, the position is called ambiguous and
// not made up.
package sequence

import "github.com/firsthand-media/firsthand/hashing"

// Frame is the fingerprint of one sampled frame.
type Frame struct {
	At    float64 // seconds from the start
	Print hashing.Print
}

// Pair is one frame of each video that may show the same.
type Pair struct {
	A, B     int // index of the frames
	Symmetry hashing.Symmetry
	ViewA    *hashing.View
	ViewB    *hashing.View
	Distance int // bits
}

// Options say what counts as the same picture.
type Options struct {
	// Distance is the most bits between two frames that are looked at.
	Distance int
	// Confirm says whether the pictures of a pair show the same; nil trusts
	// the hash. It is called once for a pair, best pairs first.
	Confirm func(Pair) bool
}

// Segment is a stretch that two videos share.
type Segment struct {
	StartA, EndA float64 // seconds: of the first and last matching frame
	StartB, EndB float64
	Speed        float64 // seconds of A for one second of B
	Matches      int     // pairs of frames, each frame once
	Symmetry     hashing.Symmetry
	Distance     int  // bits, of the best pair
	Ambiguous    bool // the pictures do not change: the same is shown, but not which moment is which
}
