package hashing

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
)

// Sizes of the two grey pictures that are made of every still and frame.
const (
	// FingerprintSide is the longest side, in pixels, of the picture that
	// Fingerprint is made from.
	FingerprintSide = 512
	// ThumbSide is the longest side of the picture that Confirm compares.
	ThumbSide = 192
)

// maxSide bounds both sides of a Luma: no decoder in use gives more.
const maxSide = 1 << 16

// FromImage makes the upright grey picture of img: its luma, averaged by area
// so that the longest side has at most longest pixels (0: no bound), then
// turned as the EXIF orientation says. A smaller picture is never enlarged.
// Where the decoder gives a luma plane (JPEG, WebP, HEIC) that plane is used as
// it is; transparent parts count as black, as goimagehash has them.
func FromImage(img image.Image, orientation, longest int) Luma {
	b := img.Bounds()
	if b.Empty() {
		return Luma{}
	}
	w, h := fit(b.Dx(), b.Dy(), longest)
	row := lumaRows(img)
	l := reduce(b.Dx(), b.Dy(), w, h, row)
	return l.Under(Orientation(orientation))
}

// FromGray makes a Luma of w x h grey pixels, rows from the top without
// padding, reduced like FromImage does. It fails when pix is not w*h long.
// The result shares pix when nothing needs to be reduced.
func FromGray(w, h int, pix []byte, longest int) (Luma, error) {
	if w <= 0 || h <= 0 || w > maxSide || h > maxSide || len(pix) != w*h {
		return Luma{}, fmt.Errorf("grey picture of %d x %d pixels with %d bytes: sides and length do not fit", w, h, len(pix))
	}
	return Luma{W: w, H: h, Pix: pix}.Reduced(longest), nil
}

// Reduced is the picture averaged by area to at most longest pixels on its
// longest side; l itself when it is no larger.
func (l Luma) Reduced(longest int) Luma {
	w, h := fit(l.W, l.H, longest)
	if w == l.W && h == l.H {
		return l
	}
	return l.resized(w, h)
}

// JPEG writes the picture as a grey JPEG of quality 85. The thresholds of the
// block check were set on thumbnails that had been through it.
func (l Luma) JPEG() ([]byte, error) {
	if !l.valid() {
		return nil, errors.New("empty picture: there is nothing to write")
	}
	var b bytes.Buffer
	g := &image.Gray{Pix: l.Pix, Stride: l.W, Rect: image.Rect(0, 0, l.W, l.H)}
	if err := jpeg.Encode(&b, g, &jpeg.Options{Quality: 85}); err != nil {
		return nil, fmt.Errorf("write thumbnail: %w", err)
	}
	return b.Bytes(), nil
}

// FromJPEG reads what JPEG wrote. It refuses pictures that are much larger
// than a thumbnail before it decodes them.
func FromJPEG(b []byte) (Luma, error) {
	c, err := jpeg.DecodeConfig(bytes.NewReader(b))
	if err != nil {
		return Luma{}, fmt.Errorf("read thumbnail: %w", err)
	}
	if c.Width > 4*FingerprintSide || c.Height > 4*FingerprintSide {
		return Luma{}, fmt.Errorf("read thumbnail: %d x %d pixels are too many for a thumbnail", c.Width, c.Height)
	}
	img, err := jpeg.Decode(bytes.NewReader(b))
	if err != nil {
		return Luma{}, fmt.Errorf("read thumbnail: %w", err)
	}
	return FromImage(img, 1, 0), nil
}

// valid says whether the sides and the pixels fit together.
func (l Luma) valid() bool {
	return l.W > 0 && l.H > 0 && l.W <= maxSide && l.H <= maxSide && len(l.Pix) == l.W*l.H
}

// fit gives the sides of a w x h picture whose longest side is at most longest.
func fit(w, h, longest int) (int, int) {
	m := max(w, h)
	if longest <= 0 || m <= longest {
		return w, h
	}
	return max(1, (w*longest+m/2)/m), max(1, (h*longest+m/2)/m)
}

// lumaRows returns a function that gives the grey values of row y, from the
// top, of img. The slice is good until the next call.
func lumaRows(img image.Image) func(y int) []byte {
	b := img.Bounds()
	w := b.Dx()
	buf := make([]byte, w)
	switch m := img.(type) {
	case *image.YCbCr:
		return func(y int) []byte {
			i := m.YOffset(b.Min.X, b.Min.Y+y)
			return m.Y[i : i+w]
		}
	case *image.Gray:
		return func(y int) []byte {
			i := m.PixOffset(b.Min.X, b.Min.Y+y)
			return m.Pix[i : i+w]
		}
	case *image.NYCbCrA:
		return func(y int) []byte {
			i, j := m.YOffset(b.Min.X, b.Min.Y+y), m.AOffset(b.Min.X, b.Min.Y+y)
			for x := range buf {
				buf[x] = byte(uint32(m.Y[i+x]) * uint32(m.A[j+x]) / 255)
			}
			return buf
		}
	case *image.RGBA:
		return func(y int) []byte {
			p := m.Pix[m.PixOffset(b.Min.X, b.Min.Y+y):][:4*w]
			for x := range buf {
				buf[x] = grey(uint32(p[4*x]), uint32(p[4*x+1]), uint32(p[4*x+2]))
			}
			return buf
		}
	case *image.NRGBA:
		return func(y int) []byte {
			p := m.Pix[m.PixOffset(b.Min.X, b.Min.Y+y):][:4*w]
			for x := range buf {
				v := uint32(grey(uint32(p[4*x]), uint32(p[4*x+1]), uint32(p[4*x+2])))
				buf[x] = byte(v * uint32(p[4*x+3]) / 255)
			}
			return buf
		}
	case *image.Paletted:
		return palettedRows(m, buf)
	}
	return func(y int) []byte {
		for x := range buf {
			buf[x] = greyOf(img.At(b.Min.X+x, b.Min.Y+y))
		}
		return buf
	}
}

func palettedRows(m *image.Paletted, buf []byte) func(y int) []byte {
	var table [256]byte
	for i, c := range m.Palette[:min(len(m.Palette), 256)] {
		table[i] = greyOf(c)
	}
	return func(y int) []byte {
		i := m.PixOffset(m.Rect.Min.X, m.Rect.Min.Y+y)
		for x, v := range m.Pix[i : i+len(buf)] {
			buf[x] = table[v]
		}
		return buf
	}
}

func greyOf(c color.Color) byte {
	r, g, b, _ := c.RGBA()
	return grey(r>>8, g>>8, b>>8)
}

// grey is the luma of ITU-R BT.601, as JPEG defines it.
func grey(r, g, b uint32) byte {
	return byte((19595*r + 38470*g + 7471*b + 1<<15) >> 16)
}
