// Package sidebyside shows people what a match rests on: in words ([Describe])
// and as a picture ([PNG]).
//
// The picture has two rows. Above stand A and B with the part that both show
// outlined and dashed boxes where they differ inside it; below, one laid on the
// other by the map of the match, and where they differ, pixel by pixel. Of two
// videos, bars below show which stretches they share. Lines have a light edge
// and differ in pattern as well as colour, so that they can be told apart on
// any picture, in print and by everybody.
//
// It promises: the same match and pictures give the same words and pixels;
// geometry that no picture can have draws nothing; nothing is said of who
// changed what, since a match does not know.
package sidebyside

import (
	"image"
	"math"

	"github.com/firsthand-media/firsthand/hashing"
	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/strip"
	"golang.org/x/image/draw"
)

// Measures of the picture, in pixels.
const (
	panelSide  = 480 // longest side of each picture
	margin     = 24
	heading    = 30 // room for the words above a picture
	legendHigh = 40
	mostPoints = 64 // corners of a polygon that are drawn
	mostBoxes  = 32 // changed regions that are drawn
)

// side is one of the two pictures with what stands above it.
type side struct {
	name string
	img  image.Image
}

// compose lays out the rows: the two pictures upright, of any size, as the
// match's A and B, and below them, where the match has a map, one laid on the
// other; lanes go below these where there are some. It gives nil when a picture
// is empty.
func compose(sides [2]side, m verify.Match, lanes *strip.Lanes) *image.RGBA {
	for _, s := range sides {
		if s.img == nil || s.img.Bounds().Empty() {
			return nil
		}
	}
	pa, pb := fitted(sides[0].img), fitted(sides[1].img)
	columns := [2]int{pa.Rect.Dx(), pb.Rect.Dx()}
	rows := []int{max(pa.Rect.Dy(), pb.Rect.Dy())}
	lay, laid := newLaying(pa, pb, m)
	if laid {
		columns[0], columns[1] = max(columns[0], lay.base.Rect.Dx()), max(columns[1], lay.base.Rect.Dx())
		rows = append(rows, lay.base.Rect.Dy())
	}
	// Narrow pictures still leave room for the words.
	columns[0], columns[1] = max(columns[0], leastColumn), max(columns[1], leastColumn)
	high := margin + legendHigh
	for _, r := range rows {
		high += heading + r + margin/2
	}
	if lanes != nil {
		high += strip.LanesHigh + margin/2
	}
	c := newCanvas(3*margin+columns[0]+columns[1], high)
	x := [2]int{margin, 2*margin + columns[0]}
	y := margin
	numbered := len(m.ChangedA) == len(m.ChangedB) && len(m.ChangedA) > 1
	c.panel(x[0], y, sides[0].name, marked(pa, m.RegionA, m.ChangedA, numbered))
	c.panel(x[1], y, sides[1].name, marked(pb, m.RegionB, m.ChangedB, numbered))
	y += heading + rows[0] + margin/2
	if laid {
		c.panel(x[0], y, lay.title, lay.blended())
		changes, differing := lay.difference()
		c.panel(x[1], y, differenceHeading(differing, lanes != nil), changes)
		y += heading + rows[1] + margin/2
	}
	c.legend(margin, y, len(m.ChangedA)+len(m.ChangedB) > 0, laid)
	if lanes != nil {
		lanes.Draw(c.img, image.Pt(margin, y+legendHigh), margin+columns[0]+columns[1])
	}
	return c.img
}

// differenceHeading goes above the map of differences.
func differenceHeading(differing float64, frames bool) string {
	const noise = 0.002 // of the shared part: what compression alone leaves
	switch {
	case differing < noise:
		return "No difference stands out"
	case frames:
		return "Where these two frames differ"
	}
	return "Where they differ"
}

// leastColumn is the width that the longest heading and the legend need.
const leastColumn = 250

// fitted is the picture at the size of a panel, enlarged where it is smaller.
func fitted(src image.Image) *image.RGBA {
	s := src.Bounds()
	k := panelSide / float64(max(s.Dx(), s.Dy()))
	w := max(1, int(math.Round(k*float64(s.Dx()))))
	h := max(1, int(math.Round(k*float64(s.Dy()))))
	dst := image.NewRGBA(image.Rect(0, 0, w, h))
	draw.CatmullRom.Scale(dst, dst.Rect, src, s, draw.Src, nil)
	return dst
}

// points are the corners of a polygon in pixels of a w x h picture; nil for
// what is no polygon.
func points(region [][2]float64, w, h int) [][2]float64 {
	if len(region) < 3 || len(region) > mostPoints {
		return nil
	}
	out := make([][2]float64, len(region))
	for i, p := range region {
		if !inReach(p[0]) || !inReach(p[1]) {
			return nil
		}
		out[i] = [2]float64{p[0] * float64(w), p[1] * float64(h)}
	}
	return out
}

// inReach says whether a fraction can be drawn: a little outside the picture
// is, not a number is not.
func inReach(v float64) bool { return v >= -1 && v <= 2 }

// inverse undoes a map; ok is false where it squeezes the picture to a line or
// holds what is no number.
func inverse(m hashing.Affine) (hashing.Affine, bool) {
	for _, v := range m {
		if !(math.Abs(v) <= mostStretch) {
			return m, false
		}
	}
	if math.Abs(m.Determinant()) < 1/(mostStretch*mostStretch) {
		return m, false
	}
	return m.Inverse()
}

// mostStretch bounds the numbers of a map that is drawn: a tile of a thousandth
// of a picture's side is more than any match can hold.
const mostStretch = 1000
