package hashing

import (
	"image"
	"math/bits"

	"github.com/corona10/goimagehash"
	"github.com/corona10/goimagehash/etcs"
	"github.com/corona10/goimagehash/transforms"
)

// MinQuality is the least quality at which a view may take part in a match by
// hash: below it the bits are set by noise. PDQ's own gate is 50, for matches
// that nothing else confirms. Here every match is confirmed block by block, and
// 20 keeps night shots, fog and empty roads (quality 23 to 29) without letting a
// false pair through on the development corpus.
const MinQuality = 20

// grid is the side of the picture that goimagehash takes its transform of.
const grid = 64

// Fingerprint makes the perceptual hash of an upright grey picture. Make the
// picture with FromImage or FromGray and FingerprintSide, so that two copies of
// different size are reduced alike; a larger picture is reduced here.
//
// The hash is goimagehash's PerceptionHash of the picture averaged by area to
// 64 x 64 pixels. On 141 photographs it differs from PerceptionHash of the
// decoded colour picture by 0 of 64 bits in the median and by 2 at most.
//
// An invalid or empty picture gives a Print of quality 0, which matches nothing.
func Fingerprint(l Luma) Print {
	whole := Box{X1: 1, Y1: 1}
	if !l.valid() {
		return Print{Full: View{Box: whole}}
	}
	l = l.Reduced(FingerprintSide)
	p := Print{Full: view(l, whole)}
	if box, ok := trim(l); ok {
		v := view(l.cropped(box), box)
		p.Trimmed = &v
	}
	return p
}

// ViewOf fingerprints the part of an upright grey picture that lies in box, for
// callers that know its borders better than one picture tells: the frames of a
// video have theirs in common. An invalid or empty picture gives quality 0.
func ViewOf(l Luma, box Box) View {
	if !l.valid() {
		return View{Box: box}
	}
	return view(l.cropped(box), box)
}

// view fingerprints the part of a picture that lies in box.
func view(part Luma, box Box) View {
	small := part.resized(grid, grid)
	v := View{Box: box, Quality: quality(small)}
	v.Hash = symmetricHashes(small)
	return v
}

// symmetricHashes is PerceptionHash of a 64 x 64 picture under each symmetry.
// Mirroring a picture changes the sign of every other coefficient of its
// cosine transform and turning it exchanges rows and columns, so one transform
// serves all eight; index 0 is taken from the library itself.
func symmetricHashes(small Luma) (hash [Symmetries]uint64) {
	gray := &image.Gray{Pix: small.Pix, Stride: grid, Rect: image.Rect(0, 0, grid, grid)}
	// The only error is a nil image.
	if h, err := goimagehash.PerceptionHash(gray); err == nil {
		hash[0] = h.GetHash()
	}
	pixels := make([]float64, grid*grid)
	for i, v := range small.Pix {
		f := float64(v)
		pixels[i] = 0.299*f + 0.587*f + 0.114*f // as goimagehash weighs a grey pixel
	}
	transforms.DCT2DFast64(&pixels)
	low := transforms.FlattenPixelsFast64(pixels, 8, 8)
	for s := Symmetry(1); s < Symmetries; s++ {
		hash[s] = aboveMedian(turned(low, s))
	}
	return hash
}

// turned gives the 8 x 8 low coefficients of a picture under s from those of
// the picture itself.
func turned(low []float64, s Symmetry) []float64 {
	out := make([]float64, len(low))
	for v := range 8 {
		for u := range 8 {
			c := low[8*v+u]
			x, y := u, v // frequencies along x and y
			if s.Mirrored() && x%2 == 1 {
				c = -c
			}
			for range s.Turns() {
				// A quarter turn clockwise puts x along y, and y along x reversed.
				if y%2 == 1 {
					c = -c
				}
				x, y = y, x
			}
			out[8*y+x] = c
		}
	}
	return out
}

// aboveMedian sets a bit for each coefficient above goimagehash's median, the
// first one highest.
func aboveMedian(low []float64) (hash uint64) {
	median := etcs.MedianOfPixelsFast64(low)
	for i, c := range low {
		if c > median {
			hash |= 1 << (63 - i)
		}
	}
	return hash
}

// quality is PDQ's measure of how much gradient a 64 x 64 picture has, 0 to
// 100 ("The TMK+PDQF Video-Hashing Algorithm and the PDQ Image-Hashing
// Algorithm", 2019, and its reference implementation): differences of
// neighbours in whole per cent of full scale, summed, by 90.
func quality(small Luma) uint8 {
	sum := 0
	for y := range grid {
		for x := range grid {
			v := int(small.Pix[y*grid+x])
			if x+1 < grid {
				sum += abs(v-int(small.Pix[y*grid+x+1])) * 100 / 255
			}
			if y+1 < grid {
				sum += abs(v-int(small.Pix[(y+1)*grid+x])) * 100 / 255
			}
		}
	}
	return uint8(min(sum/90, 100))
}

func abs(v int) int { return max(v, -v) }

// Distance is the Hamming distance of two hashes, 0 to 64.
func Distance(a, b uint64) int { return bits.OnesCount64(a ^ b) }

// Views are the views of the print that have enough gradient to be matched, the
// full view first; none for a featureless picture.
func (p *Print) Views() []*View {
	var views []*View
	if p.Full.Quality >= MinQuality {
		views = append(views, &p.Full)
	}
	if p.Trimmed != nil && p.Trimmed.Quality >= MinQuality {
		views = append(views, p.Trimmed)
	}
	return views
}

// Best finds the two views and the symmetry in which a and b are nearest: a
// under s looks like b. Views below MinQuality take no part; when none is
// left, bits is 65 and the views are nil. The distance is symmetric: Best(b, a)
// gives the same bits. On a tie the earlier views and the lower symmetry win,
// full before trimmed.
func Best(a, b Print) (bits int, s Symmetry, va, vb *View) {
	return Nearest(a.Views(), b.Views())
}

// Nearest is Best for views already chosen, for callers that compare each
// print with many.
func Nearest(as, bs []*View) (bits int, s Symmetry, va, vb *View) {
	bits = 65
	for _, x := range as {
		for _, y := range bs {
			if d, t := nearest(x, y); d < bits {
				bits, s, va, vb = d, t, x, y
			}
		}
	}
	return bits, s, va, vb
}

// nearest is the least distance of x under a symmetry from y. Because the
// median moves a little when a picture is mirrored, x against the turned y is
// not always as far as the turned x against y: the lesser counts.
func nearest(x, y *View) (int, Symmetry) {
	best, at := 65, Symmetry(0)
	for s := Symmetry(0); s < Symmetries; s++ {
		d := min(Distance(x.Hash[s], y.Hash[0]), Distance(x.Hash[0], y.Hash[s.Inverse()]))
		if d < best {
			best, at = d, s
		}
	}
	return best, at
}
