package match

import (
	"math/rand"
	"reflect"
	"slices"
	"testing"
)

// Near pairs are always examined; of the loose ones each item's nearest come
// first, and the work stays within the budget.
func TestLargeCasesKeepTheNearestPairs(t *testing.T) {
	r := rand.New(rand.NewSource(1))
	var pairs []pair
	for a := range 3000 {
		pairs = append(pairs, pair{a: a, b: 3000 + a, distance: 3}, pair{a: a, b: 6000 + a, distance: 8})
		for range 10 {
			pairs = append(pairs, pair{a: a, b: 10000 + r.Intn(3000), distance: 12 + r.Intn(3)})
		}
	}
	pairs = unique([][]pair{pairs})
	kept := nearestOf(slices.Clone(pairs))
	near, best := 0, 0
	for _, p := range kept {
		switch p.distance {
		case 3:
			near++
		case 8:
			best++
		}
	}
	if near != 3000 || best != 3000 {
		t.Errorf("kept %d of 3000 near pairs and %d of 3000 nearest loose ones", near, best)
	}
	if loose := len(kept) - near; loose > looseBudget {
		t.Errorf("%d loose pairs exceed the budget of %d", loose, looseBudget)
	}
	if small := pairs[:500]; !reflect.DeepEqual(nearestOf(slices.Clone(small)), small) {
		t.Error("a small case lost pairs")
	}
}
