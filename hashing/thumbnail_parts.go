package hashing

import "math"

// Parameters of what may differ between a picture and its thumbnail; see
// thumbWork for the data that they were set on.
const (
	letterboxDark  = 40   // grey level up to which a row or column belongs to a bar
	letterboxStray = 0.02 // share of its pixels that may be lighter
	letterboxMost  = 0.35 // of the side, at either end
	letterboxEven  = 2    // pixels that the two bars may differ by

	patchLeast = 0.02 // of the picture: the smallest changed part that counts
	patchCell  = 4    // pixels that are averaged, along each side

	enclosedSide   = 32   // longest side of the thumbnail in the search for the picture in it
	enclosedLeast  = 0.30 // of the thumbnail's side: a smaller part has too few pixels
	enclosedMost   = 0.96 // nearly all of it is found by laying the one onto the other
	enclosedStep   = 1.06
	enclosedAlike  = 0.70 // correlation of the best place from which its blocks are compared
	enclosedAgrees = 0.60 // share of blocks that must agree there
)

// patchBounds say when a part that differs in detail was changed: its averaged
// pixels correlate less than alike, and differ in the mean by more than step
// grey levels, exposure taken out. Where only a camera or a compressor had been
// at work on real files, the least correlation was 0.86.
var patchBounds = [...]struct{ alike, step float64 }{{0.5, 16}, {0.7, 32}}

// letterbox finds the dark bars, at two opposite sides and equally wide, that
// cameras fill a thumbnail up with when its format is not the picture's.
func letterbox(l Luma) (Box, bool) {
	whole := rect{0, 0, l.W, l.H}
	y := evenBars(l.H, func(i int) line { return l.row(whole, i) })
	x := evenBars(l.W, func(i int) line { return l.col(whole, i) })
	if x == 0 && y == 0 {
		return Box{}, false
	}
	w, h := float64(l.W), float64(l.H)
	return Box{float64(x) / w, float64(y) / h, 1 - float64(x)/w, 1 - float64(y)/h}, true
}

// evenBars gives the width of the bars at both ends of n lines, with the line
// beside them, which is a mixture; 0 without bars.
func evenBars(n int, at func(i int) line) int {
	first, last := 0, 0
	for first < n && at(first).dark() {
		first++
	}
	for last < n-first && at(n-1-last).dark() {
		last++
	}
	wide := max(first, last)
	if min(first, last) == 0 || abs(first-last) > letterboxEven || float64(wide) > letterboxMost*float64(n) {
		return 0
	}
	return wide + 1
}

func (n line) dark() bool {
	light := 0
	for i := range n.len {
		if n.at(i) > letterboxDark {
			light++
		}
	}
	return float64(light) <= letterboxStray*float64(n.len)
}

// changedParts gives the parts of the picture that the thumbnail shows
// differently.
func (g *laying) changedParts() (parts []Box) {
	gain, offset := g.exposure()
	seen := make([]bool, len(g.blocks.state))
	for i, s := range g.blocks.state {
		if seen[i] || s != differs {
			continue
		}
		group := g.blocks.group(i, seen)
		if float64(len(group)*blockSide*blockSide) < patchLeast*float64(g.picture.W*g.picture.H) {
			continue
		}
		var c sums
		for _, j := range group {
			g.cells(j, &c)
		}
		if c.changed(gain, offset) {
			parts = append(parts, g.blocks.bounds(group))
		}
	}
	return parts
}

// sums gathers pairs of averaged pixels.
type sums struct {
	pairs                [][2]float64
	sa, sb, saa, sbb, ab float64
}

func (c *sums) add(a, b float64) {
	c.pairs = append(c.pairs, [2]float64{a, b})
	c.sa, c.sb, c.saa, c.sbb, c.ab = c.sa+a, c.sb+b, c.saa+a*a, c.sbb+b*b, c.ab+a*b
}

func (c *sums) correlation() float64 {
	return correlation(float64(len(c.pairs)), c.sa, c.sb, c.saa, c.sbb, c.ab)
}

func (c *sums) changed(gain, offset float64) bool {
	r, d := c.correlation(), c.apart(gain, offset)
	for _, b := range patchBounds {
		if r < b.alike && d > b.step {
			return true
		}
	}
	return false
}

// apart is the mean difference of the pairs once a is brought to b's exposure.
func (c *sums) apart(gain, offset float64) float64 {
	sum := 0.0
	for _, p := range c.pairs {
		sum += math.Abs(gain*p[0] + offset - p[1])
	}
	return sum / float64(max(len(c.pairs), 1))
}

// exposure is the line that brings the thumbnail's grey levels nearest to the
// picture's where the two agree or are flat.
func (g *laying) exposure() (gain, offset float64) {
	var c sums
	for j, s := range g.blocks.state {
		if s == agrees || s == flat {
			g.cells(j, &c)
		}
	}
	n := float64(len(c.pairs))
	spread := c.saa - c.sa*c.sa/max(n, 1)
	if n == 0 || spread < n {
		return 1, 0
	}
	gain = (c.ab - c.sa*c.sb/n) / spread
	return gain, (c.sb - gain*c.sa) / n
}

// cells averages block j of the picture, and its place in the thumbnail, in
// squares of patchCell pixels.
func (g *laying) cells(j int, c *sums) {
	x0, y0 := g.blocks.x0+j%g.blocks.cols*blockSide, g.blocks.y0+j/g.blocks.cols*blockSide
	var pixels [blockSide * blockSide]float64
	warped(g.thumb, g.picture, g.m, x0, y0, [2]float64{}, &pixels)
	for y := 0; y < blockSide; y += patchCell {
		for x := 0; x < blockSide; x += patchCell {
			var a, b float64
			for i := range patchCell * patchCell {
				dx, dy := x+i%patchCell, y+i/patchCell
				a += pixels[dy*blockSide+dx]
				b += float64(g.picture.Pix[(y0+dy)*g.picture.W+x0+dx])
			}
			c.add(a/(patchCell*patchCell), b/(patchCell*patchCell))
		}
	}
}

// enclosing looks for the picture as a smaller part of the thumbnail.
func enclosing(thumb, picture Luma) (ThumbnailMatch, bool) {
	small := thumb.Reduced(enclosedSide)
	best, at, turn := enclosedAlike, rect{}, Symmetry(0)
	for s := range Symmetry(4) {
		turned := picture.Under(s)
		for k := enclosedLeast; k <= enclosedMost; k *= enclosedStep {
			side := k * enclosedSide / float64(max(turned.W, turned.H))
			part := turned.resized(int(float64(turned.W)*side+0.5), int(float64(turned.H)*side+0.5))
			if r, place := placed(small, part); r > best {
				best, at, turn = r, place, s
			}
		}
	}
	if best <= enclosedAlike {
		return ThumbnailMatch{}, false
	}
	w, h := float64(small.W), float64(small.H)
	box := Box{float64(at.x0) / w, float64(at.y0) / h, float64(at.x1) / w, float64(at.y1) / h}
	part := thumb.cropped(box)
	view, shown := worked(part, thumbWork), worked(picture.Under(turn).resized(part.W, part.H), thumbWork)
	g := laid(view, shown, starts(view, shown), true)
	if g.agreeing < acceptBlocks || g.share() < enclosedAgrees {
		return ThumbnailMatch{}, false
	}
	return ThumbnailMatch{Showing: MoreOfScene, Share: g.share(), Covered: g.covered * (box.X1 - box.X0) * (box.Y1 - box.Y0)}, true
}

// placed finds where in l the smaller picture part fits best.
func placed(l, part Luma) (best float64, at rect) {
	var sb, sbb float64
	for _, v := range part.Pix {
		sb, sbb = sb+float64(v), sbb+float64(v)*float64(v)
	}
	n := float64(len(part.Pix))
	for y := 0; y+part.H <= l.H; y++ {
		for x := 0; x+part.W <= l.W; x++ {
			var sa, saa, sab int
			for j := range part.H {
				row := l.Pix[(y+j)*l.W+x:][:part.W]
				for i, q := range part.Pix[j*part.W:][:part.W] {
					p := int(row[i])
					sa, saa, sab = sa+p, saa+p*p, sab+p*int(q)
				}
			}
			if r := correlation(n, float64(sa), sb, float64(saa), sbb, float64(sab)); r > best {
				best, at = r, rect{x, y, x + part.W, y + part.H}
			}
		}
	}
	return best, at
}
