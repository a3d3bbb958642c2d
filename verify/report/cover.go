package report

import (
	"bytes"
	"fmt"
	"image"
	"image/draw"
	"image/jpeg"

	scale "golang.org/x/image/draw"
)

// Bounds of a picture that is shown as it is, in pixels.
const (
	// SharpSide is the longest side that it has in a report.
	SharpSide = 960
	mostSide  = 8192
)

// Covered makes a picture of at most side pixels, with the parts that a person
// covered painted black: boxes are x0, y0, x1, y1 in 0..1 of the picture. What
// is covered is not in the bytes, and neither are tags of the file. picture is
// a JPEG.
func Covered(picture []byte, boxes [][4]float64, side int) ([]byte, error) {
	c, err := jpeg.DecodeConfig(bytes.NewReader(picture))
	if err != nil {
		return nil, fmt.Errorf("cover a picture: %w", err)
	}
	if c.Width > mostSide || c.Height > mostSide {
		return nil, fmt.Errorf("cover a picture: %d x %d pixels are too many", c.Width, c.Height)
	}
	img, err := jpeg.Decode(bytes.NewReader(picture))
	if err != nil {
		return nil, fmt.Errorf("cover a picture: %w", err)
	}
	full := image.NewRGBA(image.Rect(0, 0, c.Width, c.Height))
	draw.Draw(full, full.Rect, img, img.Bounds().Min, draw.Src)
	for _, b := range boxes { // before it is made smaller, so that nothing bleeds out
		draw.Draw(full, covering(b, c.Width, c.Height), image.Black, image.Point{}, draw.Src)
	}
	out := full
	if longest := max(c.Width, c.Height); longest > side {
		out = image.NewRGBA(image.Rect(0, 0, max(1, c.Width*side/longest), max(1, c.Height*side/longest)))
		scale.CatmullRom.Scale(out, out.Rect, full, full.Rect, draw.Src, nil)
		for _, b := range boxes {
			draw.Draw(out, covering(b, out.Rect.Dx(), out.Rect.Dy()), image.Black, image.Point{}, draw.Src)
		}
	}
	var w bytes.Buffer
	if err := jpeg.Encode(&w, out, &jpeg.Options{Quality: 85}); err != nil {
		return nil, fmt.Errorf("cover a picture: %w", err)
	}
	return w.Bytes(), nil
}

// covering is a box in pixels, every pixel that it touches among them.
func covering(b [4]float64, w, h int) image.Rectangle {
	floor := func(v float64, n int) int { return int(v * float64(n)) }
	return image.Rect(floor(b[0], w), floor(b[1], h), floor(b[2], w)+1, floor(b[3], h)+1).Intersect(image.Rect(0, 0, w, h))
}
