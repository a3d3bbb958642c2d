package pixels

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/jpeg"
	"io"

	"github.com/firsthand-media/firsthand/extract/pixels/scaledjpeg"
)

func jpegConfig(r *io.SectionReader) (image.Config, error) { return jpeg.DecodeConfig(r) }

// coefficientBytes is what image/jpeg keeps of a progressive picture until its
// last scan: four bytes for each sample.
func coefficientBytes(r *io.SectionReader) int64 {
	p, err := scaledjpeg.Open(r, r.Size())
	if err != nil || !p.Progressive {
		return 0
	}
	return 4 * int64(p.Components)
}

// decodeJPEG decodes a JPEG. Of one that ends early, as an interrupted download
// does, it gives the rows that are there.
func decodeJPEG(r *io.SectionReader) (image.Image, error) {
	src := &watched{r: r}
	img, err := jpeg.Decode(src)
	if err == nil {
		return img, nil
	}
	var lacks jpeg.UnsupportedError
	if !src.ended || errors.As(err, &lacks) {
		return nil, err
	}
	img, ok := salvage(r)
	if !ok {
		return nil, fmt.Errorf("%w: too little is there to show", ErrTruncated)
	}
	return img, ErrTruncated
}

// watched notes whether the source was read to its end.
type watched struct {
	r     io.Reader
	ended bool
}

func (w *watched) Read(p []byte) (int, error) {
	n, err := w.r.Read(p)
	w.ended = w.ended || err == io.EOF
	return n, err
}

const (
	withheld   = 32 // bytes at the end that the second decoding goes without
	leastShare = 8  // one part in so many of the rows must be there
)

// salvage decodes a JPEG that ends early. The decoder gives nothing unless the
// data is complete, so it is completed: with zero bits, which every Huffman
// table can decode, and an end marker. Which rows are made of real data shows
// by decoding again with the last bytes withheld: all rows above the first
// difference come from before them.
//
// A progressive file is cut back to its last complete scan instead: that is the
// whole picture with less detail.
func salvage(r *io.SectionReader) (image.Image, bool) {
	c, err := jpeg.DecodeConfig(io.NewSectionReader(r, 0, r.Size()))
	if err != nil || r.Size() <= withheld {
		return nil, false
	}
	if img, ok := completeScans(r); ok {
		return img, true
	}
	// Zero bits take at most 4 bytes a pixel with any table in use.
	padding := 4*int64(c.Width)*int64(c.Height) + 1<<16
	one, err := jpeg.Decode(completed(r, r.Size(), padding))
	if err != nil {
		return nil, false
	}
	two, err := jpeg.Decode(completed(r, r.Size()-withheld, padding))
	if err != nil {
		return nil, false
	}
	rows := equalRows(one, two)
	if rows*leastShare < c.Height {
		return nil, false
	}
	return upperRows(one, rows)
}

// completed is the first n bytes of r, then zeros, then an end marker.
func completed(r io.ReaderAt, n, padding int64) io.Reader {
	return io.MultiReader(io.NewSectionReader(r, 0, n), io.LimitReader(zeros{}, padding), bytes.NewReader([]byte{0xff, 0xd9}))
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}

// completeScans decodes a progressive file up to where its last scan begins.
func completeScans(r *io.SectionReader) (image.Image, bool) {
	at, progressive := lastScan(r)
	if !progressive || at <= 0 {
		return nil, false
	}
	img, err := jpeg.Decode(completed(r, at, 0))
	return img, err == nil
}

// lastScan finds the last start-of-scan marker, and whether the frame is
// progressive. Inside scan data 0xff is always stuffed, so the last one found
// begins the scan that was cut off.
func lastScan(r *io.SectionReader) (at int64, progressive bool) {
	const piece = 1 << 16
	buf := make([]byte, piece+1)
	at = -1
	for from := int64(0); from < r.Size(); from += piece {
		n, _ := r.ReadAt(buf, from) // pieces overlap by one byte
		if i := bytes.LastIndex(buf[:n], []byte{0xff, 0xda}); i >= 0 {
			at = from + int64(i)
		}
		progressive = progressive || bytes.Contains(buf[:n], []byte{0xff, 0xc2})
	}
	return at, progressive
}

// equalRows counts the rows from the top in which two decodings agree.
func equalRows(a, b image.Image) int {
	switch a := a.(type) {
	case *image.YCbCr:
		b, ok := b.(*image.YCbCr)
		if !ok || len(a.Y) != len(b.Y) || a.YStride != b.YStride {
			return 0
		}
		return commonPrefix(a.Y, b.Y) / max(a.YStride, 1)
	case *image.Gray:
		b, ok := b.(*image.Gray)
		if !ok || len(a.Pix) != len(b.Pix) || a.Stride != b.Stride {
			return 0
		}
		return commonPrefix(a.Pix, b.Pix) / max(a.Stride, 1)
	}
	return 0
}

func commonPrefix(a, b []byte) int {
	for i := range a {
		if a[i] != b[i] {
			return i
		}
	}
	return len(a)
}

func upperRows(img image.Image, rows int) (image.Image, bool) {
	b := img.Bounds()
	b.Max.Y = min(b.Max.Y, b.Min.Y+rows)
	switch m := img.(type) {
	case *image.YCbCr:
		return m.SubImage(b), true
	case *image.Gray:
		return m.SubImage(b), true
	}
	return nil, false
}
