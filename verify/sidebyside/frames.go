package sidebyside

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/png"
	"math"

	"github.com/firsthand-media/firsthand/hashing"
	"github.com/firsthand-media/firsthand/verify"
)

// ErrNoPicture is the answer where a file has no picture to show.
var ErrNoPicture = errors.New("no picture of it was kept")

// PNG draws the match of two items whose frames have their thumbnails, given in
// any order. Of a video it takes the frame that the match speaks of.
func PNG(m verify.Match, items [2]verify.Item) ([]byte, error) {
	if items[0].Digest != m.DigestA {
		items[0], items[1] = items[1], items[0]
	}
	var pictures [2]image.Image
	for i, at := range []*[2]float64{m.TimeA, m.TimeB} {
		img, err := frame(&items[i], at)
		if err != nil {
			return nil, fmt.Errorf("show %s: %w", items[i].Path(), err)
		}
		pictures[i] = img
	}
	img := Draw(pictures[0], pictures[1], m)
	if img == nil {
		return nil, ErrNoPicture
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// frame is the grey picture of an item at the start of a span, the first where
// none is given.
func frame(it *verify.Item, at *[2]float64) (image.Image, error) {
	best, off := []byte(nil), math.Inf(1)
	for _, f := range it.Frames {
		d := 0.0
		if at != nil {
			d = math.Abs(f.At.Seconds() - at[0])
		}
		if len(f.Thumb) > 0 && d < off {
			best, off = f.Thumb, d
		}
	}
	if best == nil {
		return nil, ErrNoPicture
	}
	l, err := hashing.FromJPEG(best)
	if err != nil {
		return nil, err
	}
	return &image.Gray{Pix: l.Pix, Stride: l.W, Rect: image.Rect(0, 0, l.W, l.H)}, nil
}
