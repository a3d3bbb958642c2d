// Package pdq computes Meta's PDQ, the perceptual hash that platforms exchange
// to find copies of a whole picture: 256 bits and a measure of quality. It is
// here to compare with what others have hashed and as a peer to measure
// against; Firsthand's own matches come from package hashing and its features.
//
// Start at [FromImage] for a decoded picture. The definition is the paper "The
// TMK+PDQF Video-Hashing Algorithm and the PDQ Image-Hashing Algorithm" (2019)
// and the reference implementation in facebook/ThreatExchange:
//
//  1. Luma: 0.299 R + 0.587 G + 0.114 B.
//  2. Two passes of a box filter along the rows and the columns, each with a
//     window of 1/128 of the side: a tent filter (Jarosz).
//  3. Every 64th part of each side, taken at its centre: 64 x 64 values.
//  4. Their discrete cosine transform, frequencies 1 to 16 along each side.
//  5. A bit for each of the 256 that lies above their median.
//
// It promises: the arithmetic is that of the reference, 32-bit floating point
// in the same order, so that on the same pixels the bits are the same on every
// processor. Decoders of JPEG differ by a level here and there, which turns a
// few bits; Meta's own test of ports allows 16 of 256. The hash does not
// survive crops or frames.
package pdq

import (
	"encoding/hex"
	"errors"
	"fmt"
	"image"
	"image/color"
	"math/bits"

	"github.com/firsthand-media/firsthand/hashing"
)

// What Meta recommends: two pictures match at MatchDistance bits or fewer when
// both have at least MinQuality.
const (
	MatchDistance = 31
	MinQuality    = 50
)

// Hash is a PDQ hash, its bit 0 the lowest bit of the first word.
type Hash [4]uint64

// String writes the hash as Meta does: 64 hexadecimal digits, bit 255 first.
func (h Hash) String() string {
	return fmt.Sprintf("%016x%016x%016x%016x", h[3], h[2], h[1], h[0])
}

// Parse reads what String writes.
func Parse(s string) (Hash, error) {
	b, err := hex.DecodeString(s)
	if err != nil || len(b) != 32 {
		return Hash{}, errors.New("not a PDQ hash: want 64 hexadecimal digits")
	}
	var h Hash
	for i, v := range b {
		h[3-i/8] = h[3-i/8]<<8 | uint64(v)
	}
	return h, nil
}

// Distance is the Hamming distance of two hashes, 0 to 256.
func (h Hash) Distance(o Hash) int {
	n := 0
	for i := range h {
		n += bits.OnesCount64(h[i] ^ o[i])
	}
	return n
}

// Result is the hashes of a picture under each [hashing.Symmetry], index 0
// being the picture as it stands, and its quality, 0 to 100: how much gradient
// it has. A picture of fewer than 5 pixels along a side has no hash and
// quality 0.
type Result struct {
	Hash    [hashing.Symmetries]Hash
	Quality int
}

// FromImage hashes a decoded picture at its full size. Transparent parts count
// as black.
func FromImage(img image.Image) Result {
	b := img.Bounds()
	p := plane{w: b.Dx(), h: b.Dy(), pix: make([]float32, b.Dx()*b.Dy())}
	i := 0
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			p.pix[i] = luma(img.At(x, y))
			i++
		}
	}
	return compute(p)
}

// FromLuma hashes a grey picture, which may be a reduced one: of photographs
// reduced to 512 pixels the hash differs by some bits, see the tests.
func FromLuma(l hashing.Luma) Result {
	p := plane{w: l.W, h: l.H, pix: make([]float32, len(l.Pix))}
	for i, v := range l.Pix {
		p.pix[i] = float32(v)
	}
	return compute(p)
}

// luma is the first step. The conversions to float32 keep the compiler from
// fusing a product with a sum, which would round differently.
func luma(c color.Color) float32 {
	r, g, b, _ := c.RGBA()
	return float32(float32(0.299*float32(r>>8))+float32(0.587*float32(g>>8))) + float32(0.114*float32(b>>8))
}

// least is the shortest side that is hashed.
const least = 5

func compute(p plane) (r Result) {
	if p.w < least || p.h < least || len(p.pix) != p.w*p.h {
		return Result{}
	}
	small := p.reduced()
	r.Quality = quality(small)
	c := transform(small)
	for s := range r.Hash {
		r.Hash[s] = aboveMedian(c.under(hashing.Symmetry(s)))
	}
	return r
}
