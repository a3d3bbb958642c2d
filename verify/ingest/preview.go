package ingest

import (
	"bytes"
	"fmt"
	"image"
	"image/jpeg"

	"github.com/firsthand-media/firsthand/hashing"
	"golang.org/x/image/draw"
)

// preview makes the small upright colour picture that people see.
func preview(img image.Image, orientation int) ([]byte, error) {
	b := img.Bounds()
	w, h := fit(b.Dx(), b.Dy(), previewSide)
	small := image.NewRGBA(image.Rect(0, 0, w, h))
	draw.ApproxBiLinear.Scale(small, small.Bounds(), img, b, draw.Src, nil)
	return encode(upright(small, hashing.Orientation(orientation)))
}

func encode(img image.Image) ([]byte, error) {
	var buf bytes.Buffer
	if err := jpeg.Encode(&buf, img, &jpeg.Options{Quality: 80}); err != nil {
		return nil, fmt.Errorf("make the preview: %w", err)
	}
	return buf.Bytes(), nil
}

// upright mirrors and turns a picture.
func upright(src *image.RGBA, s hashing.Symmetry) *image.RGBA {
	if s.Mirrored() {
		src = moved(src, src.Rect.Dx(), src.Rect.Dy(), func(x, y int) (int, int) { return src.Rect.Dx() - 1 - x, y })
	}
	for range s.Turns() {
		from := src
		w, h := from.Rect.Dy(), from.Rect.Dx()
		src = moved(from, w, h, func(x, y int) (int, int) { return y, w - 1 - x })
	}
	return src
}

// moved makes a w x h picture whose pixel (x, y) is that of src at from(x, y).
func moved(src *image.RGBA, w, h int, from func(x, y int) (int, int)) *image.RGBA {
	dst := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			sx, sy := from(x, y)
			copy(dst.Pix[dst.PixOffset(x, y):], src.Pix[src.PixOffset(sx, sy):][:4])
		}
	}
	return dst
}

// fit scales w x h down so that the longer side is at most side.
func fit(w, h, side int) (int, int) {
	long := max(w, h)
	if long <= side {
		return max(w, 1), max(h, 1)
	}
	return max(1, w*side/long), max(1, h*side/long)
}
