package assess

import (
	"math"
	"math/rand/v2"
	"testing"
)

// The figures are those printed for these tables elsewhere, to the digits that
// are printed there.
func TestFleissKappaOfPublishedTables(t *testing.T) {
	for _, c := range []struct {
		source                    string
		table                     [][]int
		observed, expected, kappa float64
	}{
		{"Fleiss 1971, table 1: 30 patients, 6 psychiatrists, depression, personality disorder, schizophrenia, neurosis, other", [][]int{
			{0, 0, 0, 6, 0}, {0, 3, 0, 0, 3}, {0, 1, 4, 0, 1}, {0, 0, 0, 0, 6}, {0, 3, 0, 3, 0}, {2, 0, 4, 0, 0}, {0, 0, 4, 0, 2}, {2, 0, 3, 1, 0},
			{2, 0, 0, 4, 0}, {0, 0, 0, 0, 6}, {1, 0, 0, 5, 0}, {1, 1, 0, 4, 0}, {0, 3, 3, 0, 0}, {1, 0, 0, 5, 0}, {0, 2, 0, 3, 1}, {0, 0, 5, 0, 1},
			{3, 0, 0, 1, 2}, {5, 1, 0, 0, 0}, {0, 2, 0, 4, 0}, {1, 0, 2, 0, 3}, {0, 0, 0, 0, 6}, {0, 1, 0, 5, 0}, {0, 2, 0, 1, 3}, {2, 0, 0, 4, 0},
			{1, 0, 0, 4, 1}, {0, 5, 0, 1, 0}, {4, 0, 0, 0, 2}, {0, 2, 0, 4, 0}, {1, 0, 5, 0, 0}, {0, 0, 0, 0, 6},
		}, 0.556, 0.220, 0.430},
		{"Wikipedia, Fleiss' kappa, worked example: 10 subjects, 14 raters, 5 categories", [][]int{
			{0, 0, 0, 0, 14}, {0, 2, 6, 4, 2}, {0, 0, 3, 5, 6}, {0, 3, 9, 2, 0}, {2, 2, 8, 1, 1}, {7, 7, 0, 0, 0}, {3, 2, 6, 3, 0}, {2, 5, 3, 2, 2}, {6, 5, 2, 1, 0}, {0, 2, 2, 3, 7},
		}, 0.378, 0.213, 0.210},
	} {
		f := FleissKappa(c.table)
		for name, pair := range map[string][2]float64{"observed": {*f.Observed, c.observed}, "expected": {*f.Expected, c.expected}, "kappa": {*f.Kappa, c.kappa}} {
			if math.Abs(pair[0]-pair[1]) > 5e-4 {
				t.Errorf("%s: %s is %.4f, want %.3f", c.source, name, pair[0], pair[1])
			}
		}
		if f.Subjects != len(c.table) || f.LeftOut != 0 || f.Missing != "" {
			t.Errorf("%s: %+v", c.source, f)
		}
	}
}

func TestFleissKappaSaysWhatItCannot(t *testing.T) {
	for _, c := range []struct {
		name              string
		table             [][]int
		subjects, leftOut int
		missing           Missing
	}{
		{"no table", nil, 0, 0, NoSubjects},
		{"one rater", [][]int{{1, 0}, {0, 1}, {0, 0}}, 0, 3, NoSubjects},
		{"one subject", [][]int{{2, 1}, {1, 0}}, 1, 1, OneSubject},
		{"one answer", [][]int{{2, 0}, {5, 0}}, 2, 0, OneAnswer},
		{"two subjects", [][]int{{2, 0}, {0, 3}}, 2, 0, ""},
	} {
		f := FleissKappa(c.table)
		if f.Subjects != c.subjects || f.LeftOut != c.leftOut || f.Missing != c.missing || (f.Kappa == nil) != (c.missing != "") {
			t.Errorf("%s: got %+v", c.name, f)
		}
	}
}

// With raters that differ in number, by hand: {3,1} agrees in 6 of 12 pairs, {0,2}
// in 2 of 2, so 3/4 observed; 3 and 3 of 6 answers, so 1/2 expected.
func TestFleissKappaOfUnevenRaters(t *testing.T) {
	f := FleissKappa([][]int{{3, 1}, {0, 2}, {1, 0}})
	if f.LeftOut != 1 || *f.Observed != 0.75 || *f.Expected != 0.5 || *f.Kappa != 0.5 {
		t.Errorf("observed %v, expected %v, kappa %v", *f.Observed, *f.Expected, *f.Kappa)
	}
}

func TestFleissKappaIsBoundedAndSettled(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 500 {
		table := make([][]int, r.IntN(8))
		for i := range table {
			table[i] = make([]int, 2+r.IntN(4))
			for range r.IntN(7) {
				table[i][r.IntN(len(table[i]))]++
			}
		}
		a := FleissKappa(table)
		r.Shuffle(len(table), func(i, j int) { table[i], table[j] = table[j], table[i] })
		b := FleissKappa(table)
		if (a.Kappa == nil) != (b.Kappa == nil) || a.Kappa != nil && (math.Abs(*a.Kappa-*b.Kappa) > 1e-12 || *a.Kappa > 1+1e-12 || *a.Kappa < -1-1e-12) {
			t.Fatalf("%v: %+v and %+v", table, a, b)
		}
	}
}
