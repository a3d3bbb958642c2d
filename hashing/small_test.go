package hashing_test

import (
	"math"
	"testing"

	"github.com/firsthand-media/firsthand/hashing"
)

// soft is a small picture with little but smooth shades: no block of it has an
// edge.
func soft(seed uint64) hashing.Luma {
	l := scene(seed, 640, 480).Reduced(160)
	return each(l, func(_, _ int, v float64) float64 { return 100 + v/5 })
}

// posted is a picture in the frame of an app: a heading, a row of buttons, and
// an even ground, the same for all.
func posted(l hashing.Luma) hashing.Luma {
	const w, h = 160, 150
	l = l.Reduced(130)
	x0, y0 := (w-l.W)/2, 26
	out := hashing.Luma{W: w, H: h, Pix: make([]byte, w*h)}
	return each(out, func(x, y int, _ float64) float64 {
		u, v := x-x0, y-y0
		switch {
		case u >= 0 && v >= 0 && u < l.W && v < l.H:
			return float64(l.Pix[v*l.W+u])
		case (y < 20 || y > h-18) && (x/3*5+y/4*3)%7 < 3:
			return 30
		}
		return 235
	})
}

func TestSmallPicturesAreJudgedAsAWhole(t *testing.T) {
	same := hashing.Affine{0: 1, 4: 1}
	for seed := range uint64(10) {
		l, other := soft(500+seed), soft(600+seed)
		copied := titled(grainy(l))
		if g := hashing.ConfirmUnder(l, copied, same, hashing.Evidence{}); g.Verdict != hashing.Copy {
			t.Errorf("seed %d: a captioned copy is refused, %d of %d blocks agree, residual %.2f", seed, g.Agreeing, g.Textured, g.Residual)
		}
		for name, pair := range map[string][2]hashing.Luma{
			"another picture":   {l, other},
			"under one caption": {titled(l), titled(other)},
			"in one app":        {posted(l), posted(other)},
		} {
			if g := hashing.ConfirmUnder(pair[0], pair[1], same, hashing.Evidence{Inliers: 20}); g.Accepted {
				t.Errorf("seed %d, %s: %d of %d blocks agree", seed, name, g.Agreeing, g.Textured)
			}
		}
	}
}

// grainy is the noise of a good JPEG.
func grainy(l hashing.Luma) hashing.Luma {
	return each(l, func(x, y int, v float64) float64 { return v + 2*math.Sin(float64(x*x*7+y*y*13+x*y)) })
}
