package sequence

import (
	"math"

	"github.com/firsthand-media/firsthand/hashing"
)

// Parameters of what counts as one still picture that a video moves over. Of
// the development videos those that were filmed keep 0.88 of their blocks at
// most where the view moves, the best of them where it turns; of 540 made by
// moving over a picture, 64 to 576 pixels wide and badly compressed, 1 in 100
// keeps less than 0.98, and the worst 0.95.
const (
	panFrames = 3    // fewest
	panLeast  = 24   // pixels along either side of a frame
	panSide   = 128  // longest side of the frames that are laid onto each other
	panMoved  = 0.04 // of the frame that the view moves by, at least,
	panWidest = 4    // and how many times as wide and high as a frame all of it is, at most

	panBlock  = 8    // side of the blocks in which a frame is compared with the whole
	panFloor  = 8.0  // standard deviation, in grey levels, from which a block shows something
	panAlike  = 0.75 // correlation that it must have,
	panNoise  = 10.0 // or by how many grey levels it may differ
	panStills = 0.97 // share of the blocks that must, in all frames together

	reliefRadius = 4   // pixels of surroundings either way
	reliefFloor  = 3.0 // grey levels that noise may have
	reliefLevels = 40  // grey levels for a deviation
)

// Panorama is the still picture that a video moves over, put together of its
// frames, with noise and compression averaged out.
type Panorama struct {
	Picture hashing.Luma     // what frames have shown all over: the largest box of it
	Onto    []hashing.Affine // from fractions of each frame to fractions of the picture, over which a frame may reach
}

// Panned puts the frames of a video together that moves over one still picture:
// a slide, or a photograph panned or zoomed over. ok is false where anything
// else moves, or nothing does.
//
//  1. Each frame is laid onto the one before (follow), by a shift, a turn and a
//     change of size.
//  2. All are averaged where they lie (compose).
//  3. Every block of every frame must look as the whole does (keeps): what was
//     filmed stirs, and a view that turns shifts near things against far ones.
//
// Nothing in such a picture tells one moment from another, and how fast the view
// moves is the maker's choice: two such videos are to be compared as pictures.
func Panned(frames []hashing.Luma) (p Panorama, ok bool) {
	if len(frames) < panFrames {
		return p, false
	}
	small := make([]hashing.Luma, len(frames))
	for k, f := range frames {
		if f.W != frames[0].W || f.H != frames[0].H || min(f.W, f.H) < panLeast || len(f.Pix) != f.W*f.H {
			return p, false
		}
		small[k] = f.Reduced(panSide)
	}
	onto := []hashing.Affine{{1, 0, 0, 0, 1, 0}}
	for k := range len(small) - 1 {
		m, ok := follow(small[k+1], small[k])
		if !ok {
			return p, false
		}
		onto = append(onto, m.Then(onto[k]))
	}
	if viewMoves(onto) < panMoved {
		return p, false
	}
	if p, ok = compose(small, onto); !ok || p.keeps(small) < panStills {
		return Panorama{}, false
	}
	if small[0].W < frames[0].W {
		p, ok = compose(frames, onto)
	}
	return p, ok
}

// viewMoves is by how much of a frame the view has moved at most.
func viewMoves(onto []hashing.Affine) float64 {
	most := 0.0
	for _, m := range onto {
		for _, c := range corners {
			x, y := m.Apply(c[0], c[1])
			most = math.Max(most, math.Hypot(x-c[0], y-c[1]))
		}
	}
	return most
}

// keeps is the share of the blocks of the frames that look as the whole does.
func (p *Panorama) keeps(frames []hashing.Luma) float64 {
	kept, all := 0, 0
	for k, m := range p.Onto {
		f := frames[k]
		to := m.Pixels(float64(f.W), float64(f.H), float64(p.Picture.W), float64(p.Picture.H))
		for y := 0; y+panBlock <= f.H; y += panBlock {
			for x := 0; x+panBlock <= f.W; x += panBlock {
				var s sums
				s.over(f, p.Picture, to, x, y, x+panBlock, y+panBlock)
				if s.n < panBlock*panBlock/2 {
					continue // outside the picture
				}
				va, vb, both := s.moments()
				if math.Max(va, vb) < panFloor*panFloor {
					continue
				}
				all++
				if both >= panAlike*math.Sqrt(va*vb) || va+vb-2*both < panNoise*panNoise {
					kept++
				}
			}
		}
	}
	return float64(kept) / math.Max(1, float64(all))
}

// Likeness is the correlation of two pictures over what both show under m, from
// fractions of a to fractions of b; 0 where that is next to nothing.
func Likeness(a, b hashing.Luma, m hashing.Affine) float64 {
	var s sums
	if min(a.W, a.H, b.W, b.H) < 2 {
		return 0
	}
	s.over(a, b, m.Pixels(float64(a.W), float64(a.H), float64(b.W), float64(b.H)), 0, 0, a.W, a.H)
	va, vb, both := s.moments()
	if s.n < leastCells || va <= 0 || vb <= 0 {
		return 0
	}
	return both / math.Sqrt(va*vb)
}

// Relief is a picture with its light and its contrast taken out: each pixel
// less the mean of its surroundings, over their deviation. Different pictures,
// of which many are light above and dark below, hardly correlate in it.
func Relief(l hashing.Luma) hashing.Luma {
	out := hashing.Luma{W: l.W, H: l.H, Pix: make([]byte, len(l.Pix))}
	for y := range l.H {
		for x := range l.W {
			var n, sum, squares int
			for j := max(0, y-reliefRadius); j <= min(l.H-1, y+reliefRadius); j++ {
				for _, v := range l.Pix[j*l.W+max(0, x-reliefRadius) : j*l.W+min(l.W, x+reliefRadius+1)] {
					n, sum, squares = n+1, sum+int(v), squares+int(v)*int(v)
				}
			}
			mean := float64(sum) / float64(n)
			deviation := math.Sqrt(math.Max(0, float64(squares)/float64(n)-mean*mean) + reliefFloor*reliefFloor)
			v := 128.5 + reliefLevels*(float64(l.Pix[y*l.W+x])-mean)/deviation
			out.Pix[y*l.W+x] = byte(math.Max(0, math.Min(255, v)))
		}
	}
	return out
}

// sums are over pixels of one picture and the places of another that they lie
// on.
type sums struct{ n, a, b, aa, bb, ab float64 }

// over adds the pixels of a box of a that m, between pixels, lays into b.
func (s *sums) over(a, b hashing.Luma, m hashing.Affine, x0, y0, x1, y1 int) {
	for y := y0; y < y1; y++ {
		for x := x0; x < x1; x++ {
			q, ok := at(b, m, x, y)
			if !ok {
				continue
			}
			p := float64(a.Pix[y*a.W+x])
			s.n, s.a, s.b, s.aa, s.bb, s.ab = s.n+1, s.a+p, s.b+q.value, s.aa+p*p, s.bb+q.value*q.value, s.ab+p*q.value
		}
	}
}

// moments are the variances of either picture, and what they have in common.
func (s *sums) moments() (va, vb, both float64) {
	n := math.Max(1, s.n)
	return s.aa/n - s.a*s.a/n/n, s.bb/n - s.b*s.b/n/n, s.ab/n - s.a*s.b/n/n
}

// spot is a picture between its pixels: its value there, and its slopes.
type spot struct{ value, dx, dy float64 }

// at is the spot of l that m lays the middle of pixel x, y on.
func at(l hashing.Luma, m hashing.Affine, x, y int) (s spot, ok bool) {
	u, v := m.Apply(float64(x)+0.5, float64(y)+0.5)
	if !(u >= 0 && v >= 0 && u <= float64(l.W) && v <= float64(l.H)) {
		return s, false
	}
	u, v = math.Max(0, math.Min(u-0.5, float64(l.W-1))), math.Max(0, math.Min(v-0.5, float64(l.H-1)))
	i, j := min(int(u), l.W-2), min(int(v), l.H-2)
	fu, fv := u-float64(i), v-float64(j)
	top, low := l.Pix[j*l.W+i:][:2], l.Pix[(j+1)*l.W+i:][:2]
	a, b, c, d := float64(top[0]), float64(top[1]), float64(low[0]), float64(low[1])
	s.dx, s.dy = (1-fv)*(b-a)+fv*(d-c), (1-fu)*(c-a)+fu*(d-b)
	s.value = (1-fv)*(a+fu*(b-a)) + fv*(c+fu*(d-c))
	return s, true
}

// Enlarged is the picture interpolated between its pixels so that its longest
// side has so many, at most three for one; as it is where it has more.
func Enlarged(l hashing.Luma, longest int) hashing.Luma {
	by := math.Min(3, float64(longest)/float64(max(l.W, l.H, 1)))
	if by <= 1 || min(l.W, l.H) < 2 {
		return l
	}
	w, h := int(float64(l.W)*by+0.5), int(float64(l.H)*by+0.5)
	out := hashing.Luma{W: w, H: h, Pix: make([]byte, w*h)}
	m := hashing.Affine{float64(l.W) / float64(w), 0, 0, 0, float64(l.H) / float64(h), 0}
	for y := range h {
		for x := range w {
			s, _ := at(l, m, x, y)
			out.Pix[y*w+x] = byte(s.value + 0.5)
		}
	}
	return out
}
