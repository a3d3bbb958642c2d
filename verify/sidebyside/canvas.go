package sidebyside

import (
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"math"

	"github.com/firsthand-media/firsthand/verify/strip"
	"golang.org/x/image/font"
	"golang.org/x/image/math/fixed"
	"golang.org/x/image/vector"
)

// The light colours of the interface. veil is how far what does not matter is
// moved towards the paper.
var (
	paper  = color.RGBA{0xf6, 0xf5, 0xf2, 0xff}
	ink    = color.RGBA{0x1f, 0x24, 0x22, 0xff}
	accent = color.RGBA{0x1d, 0x6a, 0x63, 0xff}
	warn   = color.RGBA{0x8a, 0x53, 0x00, 0xff}
	halo   = color.RGBA{0xff, 0xff, 0xff, 0xff}
)

const (
	veil      = 0.6
	lineWidth = 3.0
	haloWidth = 6.0
	dashLong  = 9.0
	textSize  = 16
)

// canvas is the picture being drawn.
type canvas struct {
	img  *image.RGBA
	face font.Face
}

func newCanvas(w, h int) canvas {
	c := canvas{img: image.NewRGBA(image.Rect(0, 0, w, h))}
	draw.Draw(c.img, c.img.Rect, image.NewUniform(paper), image.Point{}, draw.Src)
	c.face = strip.Typeface(textSize)
	return c
}

// panel draws a picture with words above it; x and y are the corner of the words.
func (c canvas) panel(x, y int, words string, img *image.RGBA) {
	c.text(x, y+heading-10, words, ink)
	at := image.Pt(x, y+heading)
	draw.Draw(c.img, img.Rect.Add(at), img, image.Point{}, draw.Src)
}

// text writes with the baseline at y and gives where it ends.
func (c canvas) text(x, y int, words string, col color.RGBA) int {
	d := font.Drawer{Dst: c.img, Src: image.NewUniform(col), Face: c.face, Dot: fixed.P(x, y)}
	d.DrawString(words)
	return d.Dot.X.Ceil()
}

// legend says what the lines mean, and the dark places of the map.
func (c canvas) legend(x, y int, changed, mapped bool) {
	mid := y + legendHigh/2
	box := func(x int) [][2]float64 {
		x0, y0 := float64(x), float64(mid)
		return [][2]float64{{x0, y0 - 7}, {x0 + 26, y0 - 7}, {x0 + 26, y0 + 7}, {x0, y0 + 7}}
	}
	outline(c.img, box(x), accent, false)
	x = c.text(x+36, mid+6, "shown by both", ink) + 28
	if changed {
		outline(c.img, box(x), warn, true)
		x = c.text(x+36, mid+6, "differs", ink) + 28
	}
	if mapped {
		draw.Draw(c.img, image.Rect(x, mid-7, x+26, mid+7), image.NewUniform(warn), image.Point{}, draw.Src)
		c.text(x+36, mid+6, "other pixels", ink)
	}
}

// marked is a picture with what both show outlined, the rest veiled and the
// changed regions in boxes, with numbers where there are several.
func marked(img *image.RGBA, region [][2]float64, changed [][4]float64, numbered bool) *image.RGBA {
	w, h := img.Rect.Dx(), img.Rect.Dy()
	poly := points(region, w, h)
	out := img
	if poly == nil {
		out = veiled(img, func(int) bool { return true })
	} else {
		inside := filled(poly, w, h)
		out = veiled(img, func(i int) bool { return inside[i] })
		outline(out, within(poly, w, h), accent, false)
	}
	for i, box := range changed[:min(len(changed), mostBoxes)] {
		x0, y0, x1, y1 := corners(box, w, h)
		if x0 >= x1 || y0 >= y1 {
			continue
		}
		r := [][2]float64{{float64(x0), float64(y0)}, {float64(x1), float64(y0)}, {float64(x1), float64(y1)}, {float64(x0), float64(y1)}}
		outline(out, within(r, w, h), warn, true)
		if numbered {
			tag(out, x0, y0, fmt.Sprint(i+1))
		}
	}
	return out
}

// tag writes a number into the corner of a box.
func tag(img *image.RGBA, x, y int, number string) {
	c := canvas{img, strip.Typeface(13)}
	wide := font.MeasureString(c.face, number).Ceil() + 8
	x, y = min(max(x, 0), img.Rect.Dx()-wide), min(max(y, 0), img.Rect.Dy()-18)
	draw.Draw(img, image.Rect(x, y, x+wide, y+18), image.NewUniform(warn), image.Point{}, draw.Src)
	c.text(x+4, y+14, number, halo)
}

// within moves points so that a line through them lies inside the picture, and
// leaves out those that then fall together.
func within(poly [][2]float64, w, h int) [][2]float64 {
	const edge, together = haloWidth / 2, 1.5
	var out [][2]float64
	for _, p := range poly {
		q := [2]float64{clamp(p[0], edge, float64(w)-edge), clamp(p[1], edge, float64(h)-edge)}
		if n := len(out); n == 0 || math.Hypot(q[0]-out[n-1][0], q[1]-out[n-1][1]) >= together {
			out = append(out, q)
		}
	}
	return out
}

// corners are those of a box in whole pixels of a w x h picture.
func corners(box [4]float64, w, h int) (x0, y0, x1, y1 int) {
	at := func(v float64, side int) int { return int(math.Round(clamp(v, 0, 1) * float64(side))) }
	return at(box[0], w), at(box[1], h), at(box[2], w), at(box[3], h)
}

// clamp bounds v; what is no number becomes low.
func clamp(v, low, high float64) float64 {
	if !(v > low) {
		return low
	}
	return min(v, high)
}

// outline draws a closed line with a light edge.
func outline(img *image.RGBA, poly [][2]float64, col color.RGBA, dashed bool) {
	stroke(img, poly, haloWidth, halo, 0)
	dash := 0.0
	if dashed {
		dash = dashLong
	}
	stroke(img, poly, lineWidth, col, dash)
}

// stroke draws a closed line; dash is the length of its strokes and gaps, 0 for
// a line without gaps.
func stroke(img *image.RGBA, poly [][2]float64, width float64, col color.RGBA, dash float64) {
	r := vector.NewRasterizer(img.Rect.Dx(), img.Rect.Dy())
	for i, p := range poly {
		q := poly[(i+1)%len(poly)]
		long := math.Hypot(q[0]-p[0], q[1]-p[1])
		if long == 0 {
			continue
		}
		if dash == 0 {
			segment(r, p, q, 0, long, long, width)
			continue
		}
		for from := 0.0; from < long; from += 2 * dash {
			segment(r, p, q, from, min(from+dash, long), long, width)
		}
	}
	r.Draw(img, img.Rect, image.NewUniform(col), image.Point{})
}

// segment adds a bar along a part of the line from p to q. Bars reach half
// their width beyond their ends, which closes the corners.
func segment(r *vector.Rasterizer, p, q [2]float64, from, to, long, width float64) {
	dx, dy := (q[0]-p[0])/long, (q[1]-p[1])/long
	if from == 0 {
		from = -width / 2
	}
	if to == long {
		to = long + width/2
	}
	nx, ny := -dy*width/2, dx*width/2
	at := func(along, side float64) (x, y float32) {
		return float32(p[0] + dx*along + nx*side), float32(p[1] + dy*along + ny*side)
	}
	r.MoveTo(at(from, 1))
	r.LineTo(at(to, 1))
	r.LineTo(at(to, -1))
	r.LineTo(at(from, -1))
	r.ClosePath()
}

// filled says for each pixel whether its middle lies in a polygon.
func filled(poly [][2]float64, w, h int) []bool {
	in := make([]bool, w*h)
	for y := range h {
		cy := float64(y) + 0.5
		for x := range w {
			in[y*w+x] = contains(poly, float64(x)+0.5, cy)
		}
	}
	return in
}

// contains says whether a point lies in a polygon (even-odd rule).
func contains(poly [][2]float64, x, y float64) bool {
	in := false
	for i, p := range poly {
		q := poly[(i+1)%len(poly)]
		if (p[1] > y) != (q[1] > y) && x < p[0]+(y-p[1])*(q[0]-p[0])/(q[1]-p[1]) {
			in = !in
		}
	}
	return in
}
