package pixels

import (
	"errors"
	"fmt"
	"image"
	"image/color"
	"io"

	"github.com/firsthand-media/firsthand/extract/container"
	"github.com/firsthand-media/firsthand/extract/pixels/scaledjpeg"
)

// DecodeReduced decodes a picture for uses that need no more than side pixels
// along its longer side. A JPEG comes at 1/8, 1/4 or 1/2 of its size, whichever
// is the smallest with a longer side of at least side pixels, in much less time
// and memory than in full. Everything else comes in full, as from [Decode].
// The limits on pixels and side are of the whole picture, that on memory is of
// what is decoded. The errors are those of Decode.
func DecodeReduced(r io.ReaderAt, size int64, t container.Type, side int, l Limits) (img image.Image, err error) {
	if t.Format != "jpeg" {
		return Decode(r, size, t, l)
	}
	defer func() {
		if p := recover(); p != nil {
			img, err = nil, fmt.Errorf("JPEG: %w: the decoder stopped: %v", ErrDamaged, p)
		}
	}()
	p, err := scaledjpeg.Open(r, size)
	if err != nil || p.Eighths(side) == 8 {
		return Decode(r, size, t, l)
	}
	n := p.Eighths(side)
	l = l.withDefaults()
	// Of the decoder's memory it judges better itself.
	whole := Limits{Pixels: l.Pixels, Side: l.Side, Memory: l.Pixels}
	if err := whole.check(image.Config{Width: p.Width, Height: p.Height, ColorModel: color.GrayModel}); err != nil {
		return nil, err
	}
	img, err = p.Decode(n, l.Memory)
	err = classifyReduced(err)
	if errors.Is(err, ErrDamaged) || errors.Is(err, ErrUnsupported) {
		// The decoder of full pictures has the last word on what is one.
		var limit *LimitError
		full, failed := Decode(r, size, t, l)
		if failed == nil || errors.As(failed, &limit) {
			return full, failed
		}
	}
	return img, err
}

// classifyReduced turns an error of the reducing decoder into one of this
// package's.
func classifyReduced(err error) error {
	var memory *scaledjpeg.MemoryError
	var damaged scaledjpeg.FormatError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &memory):
		return &LimitError{What: "memory", Value: memory.Need, Limit: memory.Limit}
	case errors.Is(err, scaledjpeg.ErrTruncated):
		return fmt.Errorf("JPEG: %w", ErrTruncated)
	case errors.Is(err, scaledjpeg.ErrUnsupported):
		return fmt.Errorf("JPEG: %w: %w", ErrUnsupported, err)
	case errors.As(err, &damaged):
		return fmt.Errorf("JPEG: %w: %s", ErrDamaged, string(damaged))
	}
	return fmt.Errorf("JPEG: %w", err)
}
