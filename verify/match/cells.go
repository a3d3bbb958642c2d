package match

import (
	"math"

	"github.com/firsthand-media/firsthand/hashing"
)

// Cells of the comparison that finds what many pictures share.
const (
	cellSide    = 12  // pixels
	cellPicture = 192 // longest side of the picture that is cut into cells
	cellTexture = 4.0 // standard deviation in grey levels that makes a cell telling
	cellAlike   = 0.7 // normalised correlation from which two cells agree
)

// cell is what the comparison says of one cell.
type cell uint8

const (
	silent cell = iota // flat, or not covered by the other picture
	alike
	unlike
)

// sheet is a picture cut into cells.
type sheet struct {
	hashing.Luma
	cols, rows int
}

func newSheet(l hashing.Luma) sheet {
	l = l.Reduced(cellPicture)
	return sheet{l, l.W / cellSide, l.H / cellSide}
}

func (s sheet) len() int { return s.cols * s.rows }

// middle is the middle of a cell in fractions of the picture.
func (s sheet) middle(i int) (x, y float64) {
	return (float64(i%s.cols) + 0.5) * cellSide / float64(s.W), (float64(i/s.cols) + 0.5) * cellSide / float64(s.H)
}

// at is the cell in which a point lies, given in fractions; -1 outside.
func (s sheet) at(x, y float64) int {
	c, r := int(math.Floor(x*float64(s.W)/cellSide)), int(math.Floor(y*float64(s.H)/cellSide))
	if c < 0 || r < 0 || c >= s.cols || r >= s.rows {
		return -1
	}
	return r*s.cols + c
}

type patch [cellSide * cellSide]float64

// compare says of every cell of s whether other shows the same where m, from s
// to other in fractions, lays it. A cell is telling when s has texture there.
func (s sheet) compare(other hashing.Luma, m hashing.Affine) []cell {
	if k := m.Scale(s.W, s.H, other.W, other.H); k > 1 && !math.IsInf(k, 0) {
		other = other.Reduced(max(1, int(float64(max(other.W, other.H))/k+0.5)))
	}
	out := make([]cell, s.len())
	var p, q patch
	for i := range out {
		x0, y0 := i%s.cols*cellSide, i/s.cols*cellSide
		inside := true
		for j := range p {
			x, y := x0+j%cellSide, y0+j/cellSide
			p[j] = float64(s.Pix[y*s.W+x])
			u, v := m.Apply((float64(x)+0.5)/float64(s.W), (float64(y)+0.5)/float64(s.H))
			if !(u >= 0 && v >= 0 && u <= 1 && v <= 1) {
				inside = false
				break
			}
			q[j] = between(other, u*float64(other.W)-0.5, v*float64(other.H)-0.5)
		}
		switch texture := p.level(); {
		case !inside || texture < cellTexture:
		case q.level() >= cellTexture/2 && p.correlation(&q) >= cellAlike:
			out[i] = alike
		default:
			out[i] = unlike
		}
	}
	return out
}

// level takes the mean out of a patch and gives the standard deviation.
func (p *patch) level() float64 {
	sum, squares := 0.0, 0.0
	for _, v := range p {
		sum += v
	}
	for i := range p {
		p[i] -= sum / float64(len(p))
		squares += p[i] * p[i]
	}
	return math.Sqrt(squares / float64(len(p)))
}

// correlation is that of two levelled patches that are not flat.
func (p *patch) correlation(q *patch) float64 {
	var pp, qq, pq float64
	for i, v := range p {
		pp, qq, pq = pp+v*v, qq+q[i]*q[i], pq+v*q[i]
	}
	return pq / math.Sqrt(pp*qq)
}

// between interpolates between pixel centres; places outside take the edge.
func between(l hashing.Luma, x, y float64) float64 {
	x, y = min(max(x, 0), float64(l.W-1)), min(max(y, 0), float64(l.H-1))
	x0, y0 := int(x), int(y)
	x1, y1 := min(x0+1, l.W-1), min(y0+1, l.H-1)
	fx, fy := x-float64(x0), y-float64(y0)
	at := func(x, y int) float64 { return float64(l.Pix[y*l.W+x]) }
	return (at(x0, y0)*(1-fx)+at(x1, y0)*fx)*(1-fy) + (at(x0, y1)*(1-fx)+at(x1, y1)*fx)*fy
}
