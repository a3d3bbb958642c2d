package incident

import (
	"math"
	"testing"
)

func TestBeliefs(t *testing.T) {
	shares := []float64{0.01, 0.3, 0.3, 0.39}
	village := shapeOf(map[int32]float64{0: 1}, shares, 0.05)
	city := shapeOf(map[int32]float64{1: 1}, shares, 0.05)
	either := shapeOf(map[int32]float64{0: 1, 1: 1}, shares, 0.05)
	t.Run("a rare place says more than a common one", func(t *testing.T) {
		if r, c := village.agree(village, shares), city.agree(city, shares); r < c+4 || c <= 0 {
			t.Errorf("village %.1f, city %.1f bits", r, c)
		}
	})
	t.Run("contradiction costs no more than the evidence is trusted", func(t *testing.T) {
		if b := village.agree(city, shares); b > -3 || b < math.Log2(0.05) {
			t.Errorf("%.1f bits", b)
		}
	})
	t.Run("what may be either is told by the other", func(t *testing.T) {
		both := either.and(village, shares)
		if at, p := both.best(shares); at != 0 || p < 0.8 {
			t.Errorf("place %d with %.2f", at, p)
		}
	})
	t.Run("nothing said weighs nothing", func(t *testing.T) {
		if b := (belief{}).agree(village, shares); b != 0 {
			t.Errorf("%.1f bits", b)
		}
	})
	t.Run("a thousand members stay finite", func(t *testing.T) {
		sum := village
		for range 1000 {
			sum = sum.and(village, shares)
		}
		if b := sum.agree(village, shares); math.IsNaN(b) || math.IsInf(b, 0) || b < village.agree(village, shares) {
			t.Errorf("%.1f bits", b)
		}
	})
}
