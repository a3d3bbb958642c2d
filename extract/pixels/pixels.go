// Package pixels decodes still pictures: JPEG, PNG, GIF, WebP, TIFF, BMP, HEIC
// and AVIF, the first picture of each file.
//
// Start at [Decode]. It promises: the size that the header states is checked
// before memory is spent on pixels; whatever a file does to a decoder comes
// back as an error in plain words and never as a panic; no decoder is chosen by
// file name.
package pixels

import (
	"errors"
	"fmt"
	"image"
	"io"

	"github.com/firsthand-media/firsthand/extract/container"
)

// Limits bound one decoding. A zero field takes the value of DefaultLimits.
type Limits struct {
	Pixels int64 // width times height
	Side   int   // longest side, pixels
	File   int64 // bytes of the file, for formats that must be read whole (HEIC, AVIF)
	Memory int64 // bytes of the decoded picture, by the header's size and depth
}

// DefaultLimits are what a phone, a scanner and a stitched panorama need: 100
// megapixels, and sides up to what JPEG can state.
func DefaultLimits() Limits {
	return Limits{Pixels: 100_000_000, Side: 65_500, File: 256 << 20, Memory: 512 << 20}
}

func (l Limits) withDefaults() Limits {
	d := DefaultLimits()
	if l.Pixels <= 0 {
		l.Pixels = d.Pixels
	}
	if l.Side <= 0 {
		l.Side = d.Side
	}
	if l.File <= 0 {
		l.File = d.File
	}
	if l.Memory <= 0 {
		l.Memory = d.Memory
	}
	return l
}

// LimitError says that a picture is larger than the limits allow; nothing was
// decoded.
type LimitError struct {
	What  string // "pixels", "side", "file" or "memory"
	Value int64
	Limit int64
}

func (e *LimitError) Error() string {
	switch e.What {
	case "pixels":
		return fmt.Sprintf("the picture has %d pixels, more than the limit of %d", e.Value, e.Limit)
	case "side":
		return fmt.Sprintf("the picture's longest side is %d pixels, more than the limit of %d", e.Value, e.Limit)
	case "memory":
		return fmt.Sprintf("the decoded picture would take %d bytes, more than the limit of %d", e.Value, e.Limit)
	}
	return fmt.Sprintf("the file has %d bytes, more than the limit of %d for this format", e.Value, e.Limit)
}

// Errors that callers tell apart with errors.Is.
var (
	// ErrUnsupported: no decoder for this format, or for this variant of it.
	ErrUnsupported = errors.New("this kind of picture cannot be decoded here")
	// ErrDamaged: the file says that it is such a picture and cannot be decoded
	// as one.
	ErrDamaged = errors.New("the picture's data is damaged")
	// ErrTruncated: the file ends before the picture does. The part that could
	// be decoded comes with it, if there is one.
	ErrTruncated = errors.New("the file ends before its picture is complete")
)

// decoder is one format. config reads the header alone; pixels decodes.
type decoder struct {
	name   string
	config func(r *io.SectionReader) (image.Config, error)
	pixels func(r *io.SectionReader) (image.Image, error)
	whole  bool // reads the whole file into memory
	// extra is how many bytes a pixel the decoder takes besides the picture's
	// own, nil for none.
	extra func(r *io.SectionReader) int64
}

// Decode decodes the picture in the size bytes of r, whose type was found by
// container.Sniff. The first frame of an animation is given. HEIC and AVIF
// come upright, see Upright; all others as stored.
//
// Errors are a *LimitError or wrap ErrUnsupported, ErrDamaged or ErrTruncated.
// With ErrTruncated the image may be there: it is the upper part of the
// picture, cut to the rows that the file holds.
func Decode(r io.ReaderAt, size int64, t container.Type, l Limits) (img image.Image, err error) {
	d, ok := decoders()[t.Format]
	if !ok {
		return nil, fmt.Errorf("%w: no decoder for %s", ErrUnsupported, t.MediaType)
	}
	defer func() {
		if p := recover(); p != nil {
			img, err = nil, fmt.Errorf("%s: %w: the decoder stopped: %v", d.name, ErrDamaged, p)
		}
	}()
	l = l.withDefaults()
	if d.whole && size > l.File {
		return nil, &LimitError{What: "file", Value: size, Limit: l.File}
	}
	c, err := d.config(io.NewSectionReader(r, 0, size))
	if err != nil {
		return nil, classify(d.name, err)
	}
	if err := l.check(c); err != nil {
		return nil, err
	}
	if d.extra != nil {
		if err := l.spare(c, d.extra(io.NewSectionReader(r, 0, size))); err != nil {
			return nil, err
		}
	}
	img, err = d.pixels(io.NewSectionReader(r, 0, size))
	if err == nil && (img == nil || img.Bounds().Empty()) {
		err = errors.New("it holds no pixels")
	}
	if err != nil {
		return img, classify(d.name, err)
	}
	return img, nil
}

// Upright says whether Decode already turns pictures of this format as the
// file asks (HEIF irot and imir), so that an EXIF orientation must not be
// applied again.
func Upright(t container.Type) bool {
	d, ok := decoders()[t.Format]
	return ok && d.name == heifName
}
