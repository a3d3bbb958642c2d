package locale

import (
	"math"
	"testing"
)

// Large numbers take the plural form of their last digits, and are not the zero
// that those digits are alone.
func TestLargeNumbers(t *testing.T) {
	for n, want := range map[int64]string{0: "zero", 2_000_000: "other", 5_000_001: "other", 7_000_003: "few", 7_000_011: "many"} {
		if got := For("ar").category(n); got != want {
			t.Errorf("%d: %s, want %s", n, got, want)
		}
	}
}

func TestNoNumber(t *testing.T) {
	for _, x := range []float64{math.NaN(), math.Inf(1), math.Inf(-1)} {
		if got := For("uk").Decimal(x, 2); got != "–" {
			t.Errorf("%v is written %q", x, got)
		}
	}
}
