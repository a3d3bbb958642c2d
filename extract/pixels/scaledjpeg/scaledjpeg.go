// Package scaledjpeg decodes JPEG pictures at 1/8, 1/4 or 1/2 of their size,
// straight from the coefficients of the discrete cosine transform: most of the
// entropy-coded data is skipped and not decoded, and no full picture is ever
// in memory.
//
// Start at [Open], which reads the header, then [Picture.Decode]. It reads
// what package image/jpeg reads, and any sampling factors: baseline, extended
// and progressive frames, 8 bits, Huffman coding, one, three or four
// components (ITU-T T.81; Adobe Technical Note 5116 for the APP14 segment).
// It promises: memory is in proportion to the reduced picture and is checked
// before it is taken; every loop ends with the data or with the picture; a
// picture that ends early gives the part that is there.
//
// A reduced pixel is about the mean of the pixels that it stands for: exactly
// at 1/8 but for rounding, and at 1/4 and 1/2 as far as the lower frequencies
// of each block tell, which is what a reduced picture can show anyway. Of a
// progressive frame the last bits of finely quantized coefficients are left
// out at 1/4 and 1/2: pixels of photographs differ by a level for it, root mean
// square.
package scaledjpeg

import (
	"errors"
	"fmt"
	"image"
	"io"
)

// Errors that callers tell apart with errors.Is.
var (
	// ErrUnsupported: a kind of JPEG that this package does not read.
	ErrUnsupported = errors.New("this kind of JPEG is not read")
	// ErrTruncated: the data end before the picture does. The part that could
	// be decoded comes with it, if there is one.
	ErrTruncated = errors.New("the data end before the picture is complete")
)

// FormatError says what is wrong with the data.
type FormatError string

func (e FormatError) Error() string { return "damaged JPEG: " + string(e) }

// MemoryError says that decoding would take more memory than allowed; nothing
// was decoded.
type MemoryError struct{ Need, Limit int64 }

func (e *MemoryError) Error() string {
	return fmt.Sprintf("decoding takes %d bytes, more than the limit of %d", e.Need, e.Limit)
}

// Picture is a JPEG whose header was read. It is decoded once.
type Picture struct {
	Width, Height int
	Components    int
	Progressive   bool

	src    source
	tables tables
	frame  frame
	jfif   bool
	adobe  int // transform of the APP14 segment, -1 without one
}

// Open reads the segments up to the frame header.
func Open(r io.ReaderAt, size int64) (*Picture, error) {
	p := &Picture{src: source{r: r, size: size}, adobe: -1}
	var soi [2]byte
	if err := p.src.full(soi[:]); err != nil {
		return nil, err
	}
	if soi != [2]byte{0xff, markerSOI} {
		return nil, FormatError("no start marker")
	}
	for p.frame.components == nil {
		m, err := p.src.marker()
		if err != nil {
			return nil, err
		}
		if m == markerSOS || m == markerEOI {
			return nil, FormatError("no frame header before the picture")
		}
		if err := p.segment(m); err != nil {
			return nil, err
		}
	}
	return p, nil
}

// Eighths is the smallest scale, 1, 2 or 4 eighths of the size, at which the
// longer side has at least so many pixels; 8 when none has.
func (p *Picture) Eighths(side int) int {
	for _, n := range [...]int{1, 2, 4} {
		if reduced(max(p.Width, p.Height), n) >= side {
			return n
		}
	}
	return 8
}

// reduced is a length in pixels at n eighths, rounded up.
func reduced(length, n int) int { return (length*n + 7) / 8 }

// Decode decodes the picture at 1, 2 or 4 eighths of its size, rounded up to
// whole pixels, within so many bytes of memory for samples and coefficients.
// Like image/jpeg it gives an *image.Gray, *image.YCbCr, *image.RGBA or
// *image.CMYK. With [ErrTruncated] the picture may be there: its upper part,
// or all of it with less detail.
func (p *Picture) Decode(eighths int, memory int64) (image.Image, error) {
	if eighths != 1 && eighths != 2 && eighths != 4 {
		return nil, fmt.Errorf("%w at %d eighths of its size", ErrUnsupported, eighths)
	}
	d := &decoder{Picture: p, n: eighths, kept: keptCoefficients(eighths)}
	if need := d.memory(); need > memory {
		return nil, &MemoryError{Need: need, Limit: memory}
	}
	d.allocate()
	err := d.scans()
	if err != nil && !errors.Is(err, ErrTruncated) {
		return nil, err
	}
	img, failed := d.picture(err != nil)
	if failed != nil {
		return nil, failed
	}
	return img, err
}
