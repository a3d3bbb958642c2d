package hashing

import (
	"math/rand/v2"
	"testing"
)

// Every result pixel is the mean of what it covers, to the nearest level,
// whatever the ratio of the sides.
func TestReducedIsTheMeanByArea(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for range 300 {
		w, h := 1+r.IntN(60), 1+r.IntN(60)
		l := Luma{W: w, H: h, Pix: make([]byte, w*h)}
		for i := range l.Pix {
			l.Pix[i] = byte(r.IntN(2) * 255)
			if r.IntN(2) == 0 {
				l.Pix[i] = byte(r.Uint32())
			}
		}
		dw, dh := 1+r.IntN(w), 1+r.IntN(h)
		got := l.resized(dw, dh)
		for y := range dh {
			for x := range dw {
				if want := meanByArea(l, dw, dh, x, y); got.Pix[y*dw+x] != want {
					t.Fatalf("%d x %d to %d x %d: pixel (%d, %d) is %d, want %d", w, h, dw, dh, x, y, got.Pix[y*dw+x], want)
				}
			}
		}
	}
}

// meanByArea is result pixel (x, y) by the definition, in pieces of 1/dw by 1/dh
// of a pixel.
func meanByArea(l Luma, dw, dh, x, y int) byte {
	sum := 0
	for j := y * l.H; j < (y+1)*l.H; j++ {
		for i := x * l.W; i < (x+1)*l.W; i++ {
			sum += int(l.Pix[j/dh*l.W+i/dw])
		}
	}
	return byte((sum + l.W*l.H/2) / (l.W * l.H))
}

// The quotient of a sum is exact up to the largest that there can be.
func TestQuotientIsExact(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	for _, by := range []uint64{1, 2, 3, 7, 1 << 20, 12_345_677, 1<<28 - 1, 1 << 28, 1<<32 - 1} {
		q := divisor(by)
		var sums []uint64
		for level := range uint64(256) {
			for _, n := range []uint64{level * by, level*by + by/2, level*by - min(level, 1) + by/2, r.Uint64N(255*by + 1)} {
				sums = append(sums, min(n, 255*by))
			}
		}
		got := make([]byte, len(sums))
		q.rounded(sums, got)
		for i, s := range sums {
			if want := byte((s + by/2) / by); got[i] != want {
				t.Fatalf("%d by %d is %d, want %d", s, by, got[i], want)
			}
		}
	}
}
