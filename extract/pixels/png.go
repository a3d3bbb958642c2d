package pixels

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"image"
	"image/png"
	"io"
)

// decodePNG refuses pixels of colours that the palette does not hold, which
// the standard calls an error (PNG third edition, 11.2.2) and image/png shows
// as black.
func decodePNG(r io.Reader) (image.Image, error) {
	var head bytes.Buffer
	img, err := png.Decode(io.TeeReader(r, &capped{to: &head, left: paletteWithin}))
	p, ok := img.(*image.Paletted)
	if err != nil || !ok {
		return img, err
	}
	colours := paletteSize(head.Bytes())
	if colours == 0 {
		return img, nil
	}
	for y := range p.Rect.Dy() {
		for _, v := range p.Pix[y*p.Stride:][:p.Rect.Dx()] {
			if int(v) >= colours {
				return nil, fmt.Errorf("%w: a pixel has colour %d of a palette of %d", ErrDamaged, v, colours)
			}
		}
	}
	return img, nil
}

// paletteWithin is how far from the beginning of a file its palette is looked
// for; before it stand settings, profiles and texts.
const paletteWithin = 1 << 20

// capped keeps the first bytes written to it.
type capped struct {
	to   *bytes.Buffer
	left int
}

func (c *capped) Write(b []byte) (int, error) {
	n := min(len(b), c.left)
	c.to.Write(b[:n])
	c.left -= n
	return len(b), nil
}

// paletteSize gives the number of colours of a PNG's palette, 0 when none is
// found.
func paletteSize(b []byte) int {
	const header, around = 8, 12 // of the file; of a chunk, beside its data
	for b = b[min(header, len(b)):]; len(b) >= around; {
		size := int64(binary.BigEndian.Uint32(b))
		if string(b[4:8]) == "PLTE" {
			return int(size / 3)
		}
		if size > int64(len(b)-around) {
			return 0
		}
		b = b[size+around:]
	}
	return 0
}
