package hashing

import "math"

// Bounds of what a thumbnail may differ from its picture where the two are
// taken to be one without a closer look: less than patchBounds calls a change,
// and less than a crop that counts moves the cells of a picture with detail.
const (
	sameAlike = 0.985 // correlation of the cells
	sameStep  = 14.0  // grey levels that any cell may differ by, exposure taken out
	sameLevel = 12.0  // standard deviation of the cells: a flatter picture says nothing
)

// sameThroughout says at once that a thumbnail shows the whole picture: laid
// straight onto it, no cell differs by more than compression makes it. Most
// thumbnails are told so, at a hundredth of the cost of laying them on.
func sameThroughout(thumb, picture Luma) bool {
	p := picture.Reduced(thumbWork)
	w, h := p.W/patchCell, p.H/patchCell
	if w < 2 || h < 2 || math.Abs(float64(thumb.W*p.H)/float64(thumb.H*p.W)-1) > 0.02 {
		return false
	}
	a, b := thumb.resized(w, h), p.resized(w, h)
	f := fitted(a, b)
	if f.spread < sameLevel || f.alike < sameAlike {
		return false
	}
	for i, v := range a.Pix {
		if math.Abs(f.gain*float64(v)+f.offset-float64(b.Pix[i])) > sameStep {
			return false
		}
	}
	return true
}

// fit says how the grey levels of one picture follow from those of another.
type levels struct{ gain, offset, alike, spread float64 }

// fitted gives the line that brings the levels of a to those of b, which are of
// one size, best in the sense of least squares.
func fitted(a, b Luma) levels {
	var sa, sb, saa, sbb, sab float64
	for i := range a.Pix {
		x, y := float64(a.Pix[i]), float64(b.Pix[i])
		sa, sb, saa, sbb, sab = sa+x, sb+y, saa+x*x, sbb+y*y, sab+x*y
	}
	n := float64(len(a.Pix))
	va, vb, cov := saa-sa*sa/n, sbb-sb*sb/n, sab-sa*sb/n
	if va <= 0 || vb <= 0 {
		return levels{}
	}
	gain := cov / va
	return levels{gain: gain, offset: (sb - gain*sa) / n, alike: cov / math.Sqrt(va*vb), spread: math.Sqrt(vb / n)}
}
