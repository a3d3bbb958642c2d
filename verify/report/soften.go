package report

import (
	"bytes"
	"fmt"
	"image"
	"image/draw"
	"image/jpeg"

	"github.com/firsthand-media/firsthand/hashing"
)

// softSide is the longest side in pixels of a softened picture: enough to
// tell a street from a field, too little to show what happens in it.
const softSide = 48

// Soften makes the small, grey, blurred picture that reports carry. The
// softening is in the pixels: no reader of the file can undo it. preview is a
// JPEG.
func Soften(preview []byte) ([]byte, error) {
	l, err := hashing.FromJPEG(preview)
	if err != nil {
		return nil, err
	}
	l = l.Reduced(softSide)
	for range 2 {
		l = blurred(l)
	}
	return l.JPEG()
}

// blurred averages each pixel with its neighbours.
func blurred(l hashing.Luma) hashing.Luma {
	out := hashing.Luma{W: l.W, H: l.H, Pix: make([]byte, len(l.Pix))}
	for y := range l.H {
		for x := range l.W {
			sum, n := 0, 0
			for v := max(0, y-1); v <= min(l.H-1, y+1); v++ {
				for u := max(0, x-1); u <= min(l.W-1, x+1); u++ {
					sum += int(l.Pix[v*l.W+u])
					n++
				}
			}
			out.Pix[y*l.W+x] = byte(sum / n)
		}
	}
	return out
}

// Bounds of a strip that is softened, in pixels.
const (
	widestStrip  = 16384
	tallestStrip = 2048
)

// SoftenStrip softens each of so many frames that stand side by side, all of
// one width. preview is a JPEG.
func SoftenStrip(preview []byte, frames int) ([]byte, error) {
	c, err := jpeg.DecodeConfig(bytes.NewReader(preview))
	if err != nil {
		return nil, fmt.Errorf("soften a strip: %w", err)
	}
	if frames < 1 || c.Width < frames || c.Width > widestStrip || c.Height > tallestStrip {
		return nil, fmt.Errorf("soften a strip: %d frames do not fit %d x %d pixels", frames, c.Width, c.Height)
	}
	img, err := jpeg.Decode(bytes.NewReader(preview))
	if err != nil {
		return nil, fmt.Errorf("soften a strip: %w", err)
	}
	grey := image.NewGray(img.Bounds())
	draw.Draw(grey, grey.Rect, img, img.Bounds().Min, draw.Src)
	var out hashing.Luma
	for i := range frames {
		one := softFrame(grey, i*c.Width/frames, (i+1)*c.Width/frames)
		if i == 0 {
			out = hashing.Luma{W: one.W * frames, H: one.H, Pix: make([]byte, one.W*one.H*frames)}
		}
		for y := range out.H { // rounding may make one frame a pixel narrower
			copy(out.Pix[y*out.W+i*out.W/frames:(y+1)*out.W], one.Pix[min(y, one.H-1)*one.W:(min(y, one.H-1)+1)*one.W])
		}
	}
	return out.JPEG()
}

// softFrame is the softened part of a picture from x0 up to x1.
func softFrame(img *image.Gray, x0, x1 int) hashing.Luma {
	l := hashing.Luma{W: x1 - x0, H: img.Rect.Dy()}
	for y := range l.H {
		l.Pix = append(l.Pix, img.Pix[y*img.Stride+x0:y*img.Stride+x1]...)
	}
	l = l.Reduced(softSide)
	for range 2 {
		l = blurred(l)
	}
	return l
}
