package strip

import (
	"fmt"
	"image"
	"image/color"
	"math"
	"time"

	"golang.org/x/image/draw"
	"golang.org/x/image/vector"
)

// Measures of drawn lanes, in pixels.
const (
	laneHigh   = 16
	laneApart  = 46 // between the two bars
	laneWords  = 22 // above the upper and below the lower
	LanesHigh  = 2*laneHigh + laneApart + 2*laneWords
	bridgeTint = 0x55 // of 255
	hatchEvery = 7
)

// Draw puts lanes into a picture, LanesHigh high and as wide as the room:
// the bars with their names and lengths, what is shared filled, and bridges
// between, hatched where the times are uncertain.
func (l Lanes) Draw(dst *image.RGBA, at image.Point, width int) {
	x := func(share float64) float64 { return float64(at.X) + share*float64(width) }
	upper := at.Y + laneWords
	lower := upper + laneHigh + laneApart
	bar(dst, x(l.A.From), x(l.A.To), upper, sunk)
	bar(dst, x(l.B.From), x(l.B.To), lower, sunk)
	face := Typeface(13)
	for _, b := range l.Bridges {
		bar(dst, x(b.A[0]), x(b.A[1]), upper, accent)
		bar(dst, x(b.B[0]), x(b.B[1]), lower, accent)
		b.draw(dst, x, upper+laneHigh, lower)
	}
	for _, b := range l.Bridges {
		if len(l.Bridges) > 1 {
			words := fmt.Sprint(b.Number)
			mid := (x(middle(b.A)) + x(middle(b.B))) / 2
			tag(dst, int(mid)-(wide(face, words)+8)/2, upper+laneHigh+laneApart/2-9, words)
		}
	}
	name := func(lane Lane, name string, y int) {
		words := name + "  " + Clock(time.Duration(lane.Seconds*float64(time.Second)), 1)
		if lane.Enlarged {
			words += "  (enlarged)"
		}
		from := int(x(lane.From))
		from = min(from, at.X+width-wide(face, words))
		write(dst, face, max(from, at.X), y, words, ink)
	}
	name(l.A, "A", upper-7)
	name(l.B, "B", lower+laneHigh+15)
}

// tag writes a number on a small plate.
func tag(dst *image.RGBA, x, y int, words string) {
	face := Typeface(13)
	draw.Draw(dst, image.Rect(x, y, x+wide(face, words)+8, y+18), image.NewUniform(paper), image.Point{}, draw.Src)
	write(dst, face, x+4, y+14, words, ink)
}

// bar fills a part of a lane; it is at least a pixel wide.
func bar(dst *image.RGBA, x0, x1 float64, y int, c color.RGBA) {
	left, right := int(math.Round(x0)), int(math.Round(x1))
	draw.Draw(dst, image.Rect(left, y, max(right, left+1), y+laneHigh), image.NewUniform(c), image.Point{}, draw.Src)
}

// draw fills the space between two stretches.
func (b Bridge) draw(dst *image.RGBA, x func(float64) float64, top, bottom int) {
	tint := color.NRGBA{accent.R, accent.G, accent.B, bridgeTint}
	if !b.Uncertain {
		quad(dst, [4]float64{x(b.A[0]), x(b.A[1]), x(b.B[1]), x(b.B[0])}, top, bottom, tint)
		return
	}
	// Lines from one stretch to the other, not a face: where in it a moment
	// lies is not known.
	n := max(1, int((x(b.A[1])-x(b.A[0]))/hatchEvery))
	for i := range n + 1 {
		k := float64(i) / float64(n)
		a, c := x(b.A[0]+k*(b.A[1]-b.A[0])), x(b.B[0]+k*(b.B[1]-b.B[0]))
		quad(dst, [4]float64{a - 0.6, a + 0.6, c + 0.6, c - 0.6}, top, bottom, color.NRGBA{warn.R, warn.G, warn.B, 0xff})
	}
}

// quad fills the face between a stretch of the line at top (x[0] to x[1]) and
// one of the line at bottom (x[3] to x[2]).
func quad(dst *image.RGBA, x [4]float64, top, bottom int, c color.NRGBA) {
	r := vector.NewRasterizer(dst.Rect.Dx(), dst.Rect.Dy())
	r.MoveTo(float32(x[0]), float32(top))
	r.LineTo(float32(x[1]), float32(top))
	r.LineTo(float32(x[2]), float32(bottom))
	r.LineTo(float32(x[3]), float32(bottom))
	r.ClosePath()
	r.Draw(dst, dst.Rect, image.NewUniform(c), image.Point{})
}
