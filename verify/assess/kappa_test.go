package assess

import (
	"math"
	"math/rand/v2"
	"testing"
)

// The figures are those printed for these tables elsewhere, to the digits that
// are printed there.
func TestCohensKappaOfPublishedTables(t *testing.T) {
	for _, c := range []struct {
		source           string
		table            [][]int
		kappa, low, high float64
		digits           float64
	}{
		{"Fleiss, Levin and Paik, Statistical Methods for Rates and Proportions (2003), table 18.1: kappa .68, standard error .087",
			[][]int{{75, 1, 4}, {5, 4, 1}, {0, 0, 10}}, 0.676, 0.506, 0.847, 2e-3},
		{"SAS and statsmodels, a 3 x 3 table: kappa 0.4842, 95 % 0.2137 to 0.7547",
			[][]int{{0, 4, 1}, {0, 8, 0}, {0, 1, 5}}, 0.4842, 0.2137, 0.7547, 1e-4},
		{"Agresti, Categorical Data Analysis, married couples (SexualFun of R's vcd): kappa 0.1293, ASE 0.0686",
			[][]int{{7, 7, 2, 3}, {2, 8, 3, 7}, {1, 5, 4, 9}, {2, 8, 9, 14}}, 0.1293, -0.0051, 0.2638, 1e-4},
	} {
		k := CohensKappa(c.table)
		for name, pair := range map[string][2]float64{"kappa": {*k.Kappa, c.kappa}, "low": {*k.Low, c.low}, "high": {*k.High, c.high}} {
			if math.Abs(pair[0]-pair[1]) > c.digits {
				t.Errorf("%s: %s is %.4f, want %.4f", c.source, name, pair[0], pair[1])
			}
		}
	}
}

func TestCohensKappaSaysWhatItCannot(t *testing.T) {
	for _, c := range []struct {
		name            string
		table           [][]int
		kappa, interval bool
		word            string
	}{
		{"no pairs", [][]int{{0, 0}, {0, 0}}, false, false, "no item was answered by both"},
		{"one answer only", [][]int{{40, 0}, {0, 0}}, false, false, "both always gave the same one answer, about which kappa says nothing"},
		{"nine pairs", [][]int{{4, 1}, {0, 4}}, true, false, "too few items to say more than which differ"},
		{"ten pairs", [][]int{{5, 1}, {0, 4}}, true, true, "few items: the interval is a rough one"},
		{"fifty pairs", [][]int{{20, 5}, {10, 15}}, true, true, ""},
	} {
		k := CohensKappa(c.table)
		if (k.Kappa != nil) != c.kappa || (k.Low != nil) != c.interval || (k.High != nil) != c.interval || k.Word != c.word {
			t.Errorf("%s: got %+v", c.name, k)
		}
	}
	if k := CohensKappa([][]int{{20, 5}, {10, 15}}); math.Abs(*k.Kappa-0.4) > 1e-9 {
		t.Errorf("kappa of 20, 5, 10, 15 is %v, want 0.4", *k.Kappa)
	}
}

func TestCohensKappaIsSymmetricAndBounded(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 500 {
		n := 2 + r.IntN(4)
		table, turned := make([][]int, n), make([][]int, n)
		for i := range n {
			table[i], turned[i] = make([]int, n), make([]int, n)
		}
		for range r.IntN(60) {
			i, j := r.IntN(n), r.IntN(n)
			table[i][j]++
			turned[j][i]++
		}
		a, b := CohensKappa(table), CohensKappa(turned)
		if (a.Kappa == nil) != (b.Kappa == nil) {
			t.Fatalf("%v: one way round has a kappa and the other has none", table)
		}
		if a.Kappa == nil {
			continue
		}
		if math.Abs(*a.Kappa-*b.Kappa) > 1e-12 || *a.Kappa > 1+1e-12 || *a.Kappa < -1-1e-12 {
			t.Fatalf("%v: %v and %v", table, *a.Kappa, *b.Kappa)
		}
		if a.Low != nil && !(*a.Low <= *a.Kappa && *a.Kappa <= *a.High) {
			t.Fatalf("%v: %v is not within %v and %v", table, *a.Kappa, *a.Low, *a.High)
		}
	}
}
