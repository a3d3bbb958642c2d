package hashing

import "slices"

// Parameters of the search for bars and borders. They were set on the photos
// and variants of the development corpus.
const (
	barTolerance  = 12   // grey levels that a pixel of a bar may lie off the bar's colour: JPEG noise at quality 30
	barStray      = 0.02 // share of pixels of a bar's row that may lie off: ringing where the picture touches it
	textMost      = 0.90 // share of such pixels in a line of words, blurred by the reduction
	textStray     = 0.06 // the same as barStray between lines of words: what hangs below them
	textTallest   = 0.12 // of the side: a line of words before the next plain line
	textContrast  = 64   // grey levels that words stand off the bar by
	textFar       = 4    // one in so many of the pixels off the bar's colour must stand off so far
	barLeast      = 0.02 // thinner bars, as a share of the side, do not move the hash
	barMost       = 0.40 // at one side; more would leave a strip
	softDetail    = 1.6  // mean second difference, in grey levels, up to which a row counts as blurred
	softContrast  = 3.0  // the picture inside must have this many times the detail of blurred bars
	softLeast     = 0.05 // thinnest blurred bar
	softImbalance = 0.03 // blurred bars come in pairs of equal width; a blurred sky does not
)

// trim finds bars or a border around the picture: uniform ones (letterbox,
// pillar box, white border) or, failing that, a pair of blurred ones. Box is
// what they enclose; ok is false when nothing was found.
func trim(l Luma) (box Box, ok bool) {
	if min(l.W, l.H) < grid/2 {
		return Box{}, false
	}
	r := rect{0, 0, l.W, l.H}
	// A border inside a bar shows when the bar is gone. All four sides are
	// looked at together, so that a turned picture is trimmed alike.
	for range 3 {
		in := l.withoutBars(r)
		if in == r {
			break
		}
		r = in
	}
	if r == (rect{0, 0, l.W, l.H}) {
		r = l.withoutBlurredBars(r)
	}
	if r == (rect{0, 0, l.W, l.H}) || 4*(r.x1-r.x0) < l.W || 4*(r.y1-r.y0) < l.H {
		return Box{}, false
	}
	w, h := float64(l.W), float64(l.H)
	return Box{float64(r.x0) / w, float64(r.y0) / h, float64(r.x1) / w, float64(r.y1) / h}, true
}

// rect is a part of a picture in pixels, upper ends excluded.
type rect struct{ x0, y0, x1, y1 int }

// line is a row or a column of a rect.
type line struct {
	l                Luma
	start, step, len int
}

func (n line) at(i int) byte { return n.l.Pix[n.start+i*n.step] }

func (l Luma) row(r rect, y int) line { return line{l, y*l.W + r.x0, 1, r.x1 - r.x0} }
func (l Luma) col(r rect, x int) line { return line{l, r.y0*l.W + x, l.W, r.y1 - r.y0} }

func (n line) median() int {
	var count [256]int
	for i := range n.len {
		count[n.at(i)]++
	}
	for v, seen := 0, 0; v < 256; v++ {
		if seen += count[v]; 2*seen >= n.len {
			return v
		}
	}
	return 255
}

// strays counts the pixels that are not close to a level, and those far from it.
func (n line) strays(level int) (off, far int) {
	for i := range n.len {
		d := abs(int(n.at(i)) - level)
		if d > barTolerance {
			off++
		}
		if d > textContrast {
			far++
		}
	}
	return off, far
}

// bar counts the lines from the edge that belong to a bar of the edge's own
// colour. Words may stand in it (captions, the frame of an app): lines that
// hold the bar's colour and something of high contrast are passed over when
// plain ones follow.
func bar(n int, at func(i int) line) int {
	level, end := at(0).median(), 0
	stray := barStray
	for i := range n {
		l := at(i)
		off, far := l.strays(level)
		switch share := float64(off) / float64(l.len); {
		case share <= stray:
			end = i + 1
		case share > textMost || far*textFar < off || i-end > int(textTallest*float64(n)):
			return end
		default:
			stray = textStray
		}
	}
	return end
}

// withoutBars takes one uniform bar off each side of r that has one, and the
// line beside it, which is a mixture of bar and picture.
func (l Luma) withoutBars(r rect) rect {
	w, h := r.x1-r.x0, r.y1-r.y0
	cut := func(side int, at func(i int) line) int {
		n := bar(side, at)
		if share := float64(n) / float64(side); share < barLeast || share > barMost {
			return 0
		}
		return n + 1
	}
	top := cut(h, func(i int) line { return l.row(r, r.y0+i) })
	low := cut(h, func(i int) line { return l.row(r, r.y1-1-i) })
	left := cut(w, func(i int) line { return l.col(r, r.x0+i) })
	right := cut(w, func(i int) line { return l.col(r, r.x1-1-i) })
	return rect{r.x0 + left, r.y0 + top, r.x1 - right, r.y1 - low}
}

// detail is the mean second difference along and across a line that has a
// neighbour on either side.
func (n line) detail(across int) float64 {
	sum, p := 0, n.l.Pix
	for i := 1; i < n.len-1; i++ {
		j := n.start + i*n.step
		v := 2 * int(p[j])
		sum += abs(v-int(p[j-n.step])-int(p[j+n.step])) + abs(v-int(p[j-across])-int(p[j+across]))
	}
	return float64(sum) / float64(max(n.len-2, 1)) / 2
}

// withoutBlurredBars takes off a pair of bars of equal width that hold nothing
// but an enlarged and blurred copy of the picture.
func (l Luma) withoutBlurredBars(r rect) rect {
	x0, x1 := blurredPair(l.W, func(x int) float64 { return l.col(r, x).detail(1) })
	y0, y1 := blurredPair(l.H, func(y int) float64 { return l.row(r, y).detail(l.W) })
	return rect{x0, y0, x1, y1}
}

// blurredPair gives the part of a side of n lines between two blurred bars, or
// all of it. Most pictures are sharp at their edge, and few lines are looked at.
func blurredPair(n int, detail func(i int) float64) (from, to int) {
	for from = 1; from < n/2 && detail(from) < softDetail; {
		from++
	}
	least, slack := int(softLeast*float64(n)), int(softImbalance*float64(n))+1
	if from < least {
		return 0, n
	}
	for to = n - 1; to > n/2 && detail(to-1) < softDetail; {
		to--
	}
	if n-to < least || abs(from-(n-to)) > slack || to-from < n/5 {
		return 0, n
	}
	within := func(from, to int) float64 {
		var v []float64
		for i := from; i < to; i++ {
			v = append(v, detail(i))
		}
		return median(v)
	}
	if within(from, to) < softContrast*max(within(1, from), within(to, n-1), 0.1) {
		return 0, n
	}
	return from + 1, to - 1
}

// median sorts v.
func median(v []float64) float64 {
	if len(v) == 0 {
		return 0
	}
	slices.Sort(v)
	return v[len(v)/2]
}
